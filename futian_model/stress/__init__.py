"""What departures, relocation and a share goal do to GDP: stress tests of the groups behind a share.

Sizes of groups are assumed, never observed, so nothing here is a forecast. Ranges over sizes either span
the corners of what is stated (`concentration_table`, `relocation_table`), or hold eight draws in ten
(`stress`). `frame` gives everything of one scenario as one results table.
"""

from futian_model.stress.departures import Stress, leaving, staying_put, stress
from futian_model.stress.sizes import (
    Held,
    Spread,
    concentration_table,
    once_told,
    relocation_table,
)
from futian_model.stress.study import (
    AIM,
    CONCENTRATION,
    RELOCATION,
    SPILLOVERS,
    STRESS,
    TOLD,
    TRADE_OFF,
    USUAL,
    Event,
    Pair,
    Study,
    by_way,
    departure,
    event,
    frame,
    hazard,
    point,
)
from futian_model.stress.trade_off import (
    PART_GROWS,
    REST_SHRINKS,
    SAME_GDP,
    WAYS,
    Levels,
    lead_to,
    trade_off_curve,
)
