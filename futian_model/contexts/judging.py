"""How credible a city and a nation are around a district: each rung, and the share they imply."""

from collections.abc import Iterator, Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

from futian_model.calibration import band
from futian_model.calibration.trends import AHEAD
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.scenario.blocks.context import CITY, Around
from futian_model.simulation import Result

PLAUSIBLE, UNUSUAL, IMPLAUSIBLE = FLAGS = ("plausible", "unusual", "implausible")
RUNGS = {
    "nation": "nation",
    "published": "nation",
    "city": "city",
    "city_path": "city",
    "district": "district",
}
"""Whose growth each check is about; the check of the share is about no rung alone."""
SHARE = "share"
EIGHT_IN_TEN = NormalDist().inv_cdf(0.9)
"""Standard deviations on either side of the mean that hold eight outcomes in ten: 1.2816."""
SLACK = 1e-9


class Check(NamedTuple):
    """One assumption of a cell against what evidence allows.

    `of` says which: growth of the ``nation``, of the nation against ``published`` paths, lead of the
    ``city`` over the nation, growth of a city on its own path (``city_path``), lead of the
    ``district`` over the city, all a year (log, but for published paths); or the ``share`` of the
    district in the city's GDP, a fraction.
    """

    of: str
    value: float
    low: float
    high: float

    @property
    def side(self) -> int:
        """-1 below, 0 within, 1 above; an end belongs to the range."""
        return int(self.value > self.high + SLACK) - int(self.value < self.low - SLACK)


def flag(checks: Sequence[Check]) -> str:
    """How credible the surroundings are together.

    *Implausible*: two of the three rungs (nation, city, district) lie outside what evidence allows; or
    the district's share of the city leaves anything recorded and the district's lead that takes it
    there is itself outside. *Unusual*: anything else lies outside. *Plausible*: nothing does. The
    nation is outside by the estimates or by the published paths; both make one rung.
    """
    outside = {check.of for check in checks if check.side}
    rungs = {RUNGS[of] for of in outside if of in RUNGS}
    if len(rungs) > 1 or {SHARE, "district"} <= outside:
        return IMPLAUSIBLE
    return UNUSUAL if outside else PLAUSIBLE


def checks(
    result: Result, around: Around, share: Floats, evidence: Evidence, record: pd.DataFrame
) -> Iterator[Check]:
    """Each rung against the estimates and, for the nation, published paths; the share against the record.

    Growth is judged over the years that the estimates are about: fifteen, or up to the horizon.
    """
    settings, years = result.scenario.assumptions, min(AHEAD, len(result.years) - 1)
    district = np.diff(np.log(result.central["real_gdp"]))
    estimates = {
        estimate.name: (estimate.value, estimate.spread) for estimate in result.calibration.growth.estimates
    }

    def judged(of: str, path: Floats, value: float, spread: float) -> Check:
        reach = EIGHT_IN_TEN * spread
        return Check(of, float(path[:years].mean()), value - reach, value + reach)

    first = settings.base_year + 1
    if around.nation is None:
        mean, covariance = result.calibration.ladder.of(CITY, first)
        spread = float(np.sqrt(covariance[:years, :years].sum())) / years
        yield judged("city_path", around.city, float(mean[:years].mean()), spread)
    else:
        yield judged("nation", around.nation, *estimates["growth_nation"])
        ahead = slice(result.driven.jump, years)
        last = settings.base_year + years
        published = band(evidence, evidence.place("nation"), result.jump_off + 1, last, settings.vintage)
        if published is not None:
            growth = float(np.expm1(around.nation[ahead]).mean())
            yield Check("published", growth, published.low, published.high)
        yield judged("city", around.city - around.nation, *estimates["growth_city_lead"])
    yield judged("district", district - around.city, *estimates["growth_district_lead"])
    if len(record):
        yield Check(SHARE, float(share[-1]), float(record["low"].min()), float(record["high"].max()))
