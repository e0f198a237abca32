"""Levels of GDP and figures of parts of a year as readings of the ladder.

Levels at current prices are readings of growth and prices together. They are compared on one statistical
basis where two years have the same; from one basis to the next a revision lies between them, whose size
is estimated from the revisions that places of the same kind had.
"""

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from futian_model.calibration.ladder import Reading
from futian_model.calibration.readings import Published, economic_basis, knowable, rounding_sd
from futian_model.evidence import Evidence, kept
from futian_model.evidence.figures import month

FEWEST_PAIRS = 3
"""Pairs from which the spread of a difference is estimated."""
PARTS = ("Q1-Q3", "H1", "Q1")
"""Parts of a year whose cumulated growth tells of the whole, the longest first."""


class Level(NamedTuple):
    """GDP of a year at current prices, its log of 亿元, what rounding leaves open of that, and its basis."""

    year: int
    log: float
    sd: float
    census: str
    lower_bound: bool
    published_later: bool

    @property
    def point(self) -> bool:
        return not self.lower_bound


def levels_of(evidence: Evidence, geo: str, vintage: str) -> list[Level]:
    """GDP at current prices of a place as a vintage knows it, year by year."""
    table = evidence.series(geo, "gdp", as_of=vintage).table
    table = knowable(table, table.index, vintage)
    names = ("value", "precision", "basis", "vintage", "published_later")
    return [
        Level(
            int(year),
            float(np.log(value)),
            level_rounding(float(value), precision),
            economic_basis(basis, int(year), released),
            precision == "lower_bound",
            bool(later),
        )
        for year, value, precision, basis, released, later in zip(
            table.index, *(table[name] for name in names), strict=True
        )
    ]


def level_rounding(value: float, precision: str, decimals: int = 2) -> float:
    """Standard deviation, in logs, of what rounding took from a level: half its last digit's step or so."""
    digits = f"{value:.{decimals}f}".rstrip("0").rstrip(".")
    if precision in ("rounded", "lower_bound") and "." not in digits:
        step = 10.0 ** (len(digits) - len(digits.rstrip("0")))
    else:
        step = 10.0 ** -len(digits.partition(".")[2])
    return float(step / np.sqrt(12) / value)


def levels(
    evidence: Evidence,
    rung: int,
    geo: str,
    vintage: str,
    first: int,
    revision: float,
    without: Collection[int] = (),
) -> Published:
    """Nominal growth between published levels of GDP.

    A level is compared with the last earlier one that includes the same economic census; where there is
    none, with the last earlier one of any, and `revision` stays open.

    Parameters
    ----------
    revision : float
        Standard deviation, in logs, of a level's move from one basis to the next.
    without : collection of int
        Years of which nothing new is learned, their growth and prices being published.
    """
    readings, later = [], []
    points: list[Level] = []
    for level in levels_of(evidence, geo, vintage):
        if level.year < first - 1:
            continue
        if points and level.year not in without:
            same = [earlier for earlier in points if earlier.census == level.census]
            start = (same or points)[-1]
            years = level.year - start.year
            moved = 0.0 if same else revision
            sd = float(np.sqrt(level.sd**2 + start.sd**2 + moved**2)) / years
            growth = (level.log - start.log) / years
            # a bound is as sharp as the level that it is a step from
            readings.append(Reading(rung, start.year + 1, level.year, growth, sd, level.lower_bound, True))
            later += [level.year] if level.published_later else []
        points += [level] if level.point else []
    return Published(geo, "gdp", readings, tuple(later))


def revisions(evidence: Evidence, vintage: str, prices: Mapping[int, float]) -> dict[bool, float]:
    """How far levels moved from one economic census to the next, of cities and of districts.

    What is left of the step between two levels on different bases once the published real growth of the
    years between and the nation's prices are taken off: root mean square over all places held, in logs.

    Parameters
    ----------
    prices : mapping of int to float
        The nation's log deflator growth by year.

    Returns
    -------
    dict
        By whether the place is a district; a kind with fewer than three steps has the other's.
    """
    steps: dict[bool, list[float]] = {False: [], True: []}
    for geo, role in evidence.places["role"].items():
        if role in ("nation", "province"):
            continue
        points = [level for level in levels_of(evidence, str(geo), vintage) if level.point]
        if len({level.census for level in points}) < 2:
            continue
        table = evidence.series(str(geo), "real_gdp_growth", as_of=vintage).table
        real = dict(zip(table.index, np.log1p(table["value"]), strict=True))
        for start, stop in pairwise(points):
            years = range(start.year + 1, stop.year + 1)
            if start.census != stop.census and all(year in real and year in prices for year in years):
                grown = sum(real[year] + prices[year] for year in years)
                steps["district" in str(role)].append(stop.log - start.log - grown)
    sized = {
        kind: float(np.sqrt(np.mean(np.square(moves))))
        for kind, moves in steps.items()
        if len(moves) >= FEWEST_PAIRS
    }
    return {kind: sized.get(kind, max(sized.values(), default=np.inf)) for kind in steps}


@kept
def part_years(evidence: Evidence, vintage: str) -> dict[tuple[bool, str], tuple[float, float]]:
    """How far a year's growth ends from that of its part: mean and standard deviation, log growth.

    From all places and years of which both are published by the vintage, those of 2020 and the years after
    it included: a half-year says less of a place than of the nation, and least in such years.

    Returns
    -------
    dict
        By whether it is the nation, and by part; only where three pairs are held.
    """
    nation = evidence.place("nation")
    growth: dict[tuple[str, str], float] = {}
    rows = evidence.observations[evidence.in_use]
    rows = rows[(rows["indicator"] == "real_gdp_growth") & (rows["precision"] != "lower_bound")]
    for geo, period, value, released in zip(
        rows["geo"], rows["period"], rows["value"], rows["vintage"], strict=True
    ):
        if month(released) <= month(vintage):
            growth[geo, period] = float(np.log1p(value / 100))
    gaps: dict[tuple[bool, str], list[float]] = {}
    for (geo, period), value in growth.items():
        if period[4:] in PARTS and (geo, period[:4]) in growth:
            gaps.setdefault((geo == nation, period[4:]), []).append(growth[geo, period[:4]] - value)
    return {
        key: (float(np.mean(apart)), float(np.std(apart, ddof=1)))
        for key, apart in gaps.items()
        if len(apart) >= FEWEST_PAIRS
    }


def of_parts(
    evidence: Evidence, rung: int, geo: str, vintage: str, first: int, singly: Collection[int]
) -> Published:
    """Growth of years of which only a part is published: the longest part held, with what it leaves open.

    Parameters
    ----------
    singly : collection of int
        Years whose growth is published whole.
    """
    gaps = part_years(evidence, vintage)
    held: dict[str, tuple[int, float, str]] = {}
    for row in evidence.all_figures(geo, "real_gdp_growth").to_dict("records"):
        released = month(row["vintage"])
        if row["precision"] != "lower_bound" and released <= month(vintage):
            latest = held.get(row["period"], (0,))[0]
            if released >= latest:
                held[row["period"]] = (released, float(row["value"]) / 100, row["precision"])
    readings = []
    for year in range(first, int(vintage[:4]) + 1):
        part = next((part for part in PARTS if (rung == 0, part) in gaps and f"{year}{part}" in held), None)
        if part is not None and year not in singly:
            _, value, precision = held[f"{year}{part}"]
            middle, spread = gaps[rung == 0, part]
            sd = float(np.hypot(spread, rounding_sd(value, precision)))
            readings.append(Reading(rung, year, year, float(np.log1p(value)) + middle, sd))
    return Published(geo, "real_gdp_growth", readings, ())
