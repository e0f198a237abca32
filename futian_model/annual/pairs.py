"""Cumulative figures of years: growth and amounts from January on, and the year that they became."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from futian_model.calibration.readings import economic_basis
from futian_model.evidence import Evidence, in_unit, month
from futian_model.evidence.checks_periods import CUMULATED
from futian_model.evidence.package import kept

QUARTERS = 4
BEFORE, ENOUGH = 3, 2
"""Years before one whose mean growth is the usual, and how many of them have to be held."""
BOUND = "lower_bound"
CENSUSED = ("gdp", "_value_added")
"""Ends of the names of indicators whose amounts an economic census revises."""


class Cumulative(NamedTuple):
    """A figure from January to the end of a quarter, in the library's unit.

    Attributes
    ----------
    value : float
    printed, unit : str
        As published.
    census : str
        The last economic census that it includes; empty where none revises it.
    """

    value: float
    printed: str
    unit: str
    precision: str
    vintage: str
    source: str
    census: str

    @property
    def point(self) -> bool:
        """Whether it is no bound."""
        return self.precision != BOUND


Held = Mapping[tuple[int, int], Cumulative]
"""Cumulative figures of a place and indicator, by year and quarters."""


@kept
def cumulative(evidence: Evidence, geo: str, indicator: str) -> Held:
    """Every cumulative figure in use of a place, the latest release of each.

    A whole year is the release that counts for it anywhere (`Evidence.series`).

    Parameters
    ----------
    geo, indicator : str
        Place and indicator.

    Returns
    -------
    mapping of (int, int) to Cumulative
        By year and quarters, 1 to 4.
    """
    if indicator not in evidence.indicators.index:
        return {}
    whole = evidence.series(geo, indicator).table["source"]
    return {
        (year, quarters): figure
        for year, quarters, figure in releases(evidence, geo, indicator)
        if quarters < QUARTERS or figure.source == whole[year]
    }


@kept
def releases(evidence: Evidence, geo: str, indicator: str) -> list[tuple[int, int, Cumulative]]:
    """Every release of cumulative figures in use: year, quarters and figure, earliest first."""
    unit = str(evidence.indicators.loc[indicator, "unit"])
    revised = indicator.endswith(CENSUSED)
    rows = evidence.all_figures(geo, indicator)
    rows = rows[rows["period"].str[4:].isin(CUMULATED)]
    rows = rows.assign(size=in_unit(rows["value"], rows["unit"], unit), order=rows["vintage"].map(month))
    names = ["size", "printed", "unit", "precision", "vintage", "source"]
    held = []
    for row in rows.sort_values("order", kind="stable").to_dict("records"):
        year = int(row["period"][:4])
        census = economic_basis(row["basis"], year, row["vintage"]) if revised else ""
        figure = Cumulative._make([*(row[name] for name in names), census])
        held.append((year, CUMULATED[row["period"][4:]], figure))
    return held


@kept
def growth_pairs(evidence: Evidence, indicator: str = "real_gdp_growth") -> pd.DataFrame:
    """Cumulative growth of a part of a year beside that of the year, wherever both are held.

    Returns
    -------
    DataFrame
        Columns geo, year, quarters (1 to 3), so_far, whole, expected (`expected_growth`; fractions), nation
        (whether the place is it). Years of which nothing was expected are left out.
    """
    rows = []
    for geo in map(str, evidence.places.index):
        held = cumulative(evidence, geo, indicator)
        for (year, quarters), figure in sorted(held.items()):
            whole = held.get((year, QUARTERS))
            if quarters < QUARTERS and figure.point and whole is not None and whole.point:
                expected, nation = expected_growth(evidence, geo, indicator, year), evidence.place("nation")
                rows.append((geo, year, quarters, figure.value, whole.value, expected, geo == nation))
    pairs = pd.DataFrame(rows, columns=["geo", "year", "quarters", "so_far", "whole", "expected", "nation"])
    return pairs.dropna(subset="expected").reset_index(drop=True)


def expected_growth(evidence: Evidence, geo: str, indicator: str, year: int) -> float:
    """Growth expected of a year, a fraction: its target, of a range the middle, else the usual.

    The usual is the mean of the three years before, two of which are enough; of a place with fewer that of
    the place around it, and so on up to the nation. NaN without any.
    """
    target = evidence.annual_target(geo, indicator, year)
    if target is not None:
        return (target.low + target.high) / 2
    while geo:
        held = cumulative(evidence, geo, indicator)
        years = [held[at, QUARTERS] for at in range(year - BEFORE, year) if (at, QUARTERS) in held]
        rates = [figure.value for figure in years if figure.point]
        if len(rates) >= ENOUGH:
            return sum(rates) / len(rates)
        geo = str(evidence.places.loc[geo, "parent"])
    return float("nan")


@kept
def share_pairs(evidence: Evidence, indicator: str) -> pd.DataFrame:
    """Part of a year's amount that was made by the end of a quarter, wherever both are held on one basis.

    Of the year's releases the latest that includes the same economic census as the part.

    Returns
    -------
    DataFrame
        Columns geo, year, quarters (1 to 3), share (a fraction).
    """
    rows = []
    for geo in map(str, evidence.places.index):
        wholes = {
            (year, figure.census): figure.value
            for year, quarters, figure in releases(evidence, geo, indicator)
            if quarters == QUARTERS and figure.point
        }
        for (year, quarters), figure in sorted(cumulative(evidence, geo, indicator).items()):
            if quarters < QUARTERS and figure.point and (year, figure.census) in wholes:
                rows.append((geo, year, quarters, figure.value / wholes[year, figure.census]))
    return pd.DataFrame(rows, columns=["geo", "year", "quarters", "share"])
