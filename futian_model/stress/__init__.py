"""What departures, relocation and a share goal do to GDP: stress tests of the groups behind a share.

Sizes of groups are assumed, never observed, so nothing here is a forecast. Ranges over sizes either span
the corners of what is stated (`concentration_table`, `relocation_table`), or hold eight draws in ten
(`stress`).
"""

from futian_model.stress.departures import Stress, leaving, staying_put, stress
from futian_model.stress.sizes import (
    Concentration,
    Held,
    Remaining,
    Spread,
    concentration_table,
    once_told,
    relocation_table,
)
from futian_model.stress.trade_off import (
    PART_GROWS,
    REST_SHRINKS,
    SAME_GDP,
    WAYS,
    Levels,
    TradeOffCurve,
    lead_to,
    trade_off_curve,
)

__all__ = [
    "PART_GROWS",
    "REST_SHRINKS",
    "SAME_GDP",
    "WAYS",
    "Concentration",
    "Held",
    "Levels",
    "Remaining",
    "Spread",
    "Stress",
    "TradeOffCurve",
    "concentration_table",
    "lead_to",
    "leaving",
    "once_told",
    "relocation_table",
    "staying_put",
    "stress",
    "trade_off_curve",
]
