"""What a first scenario of a district may start from, by what is published."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from futian_model.calibration.plausibility import over
from futian_model.calibration.trends import FEWEST_POINTS
from futian_model.evidence import Evidence, vintages
from futian_model.scenario.model import Assumptions


class Lowest(NamedTuple):
    """The published path of the nation that grows least."""

    path: str
    name_zh: str
    name_en: str


class Fall(NamedTuple):
    """The largest fall of the city's growth from one year to the next, fractions."""

    year: int
    before: float
    after: float

    @property
    def size(self) -> float:
        """Level of GDP against growth as before, a fraction."""
        return (1 + self.after) / (1 + self.before) - 1


def base_year(evidence: Evidence) -> int:
    """The latest year with a GDP of the district that can be put into constant prices.

    Without any, the latest year that prices are published for.
    """
    gdp = evidence.series(evidence.place("district"), "gdp").table
    prices = evidence.series(evidence.place("nation"), "gdp_deflator_growth").table.index
    years = gdp.index[(gdp["precision"] != "lower_bound") & gdp.index.isin(prices)]
    return int(years.max() if len(years) else prices.max())


def jump_off(evidence: Evidence) -> int:
    """The year up to which the figures of the district tell; levers move the years after it."""
    return vintages.jump_off(evidence, base_year(evidence), vintages.latest(evidence))


def horizon(first: int) -> int:
    """The library's own last year, or the first one after a later base year."""
    return max(int(Assumptions.model_fields["horizon"].default), first + 1)


def shares(evidence: Evidence) -> list[str]:
    """Shares of GDP with enough figures of the district, one of them of the base year."""
    district, year = evidence.place("district"), base_year(evidence)
    names = evidence.indicators.index[evidence.indicators["kind"] == "share"]
    held = {name: evidence.series(district, name).table for name in names}
    return [str(name) for name, table in held.items() if len(table) >= FEWEST_POINTS and year in table.index]


def lowest(evidence: Evidence) -> Lowest | None:
    """The nation's path that grows least on average over the years ahead, if one covers them all."""
    first = jump_off(evidence)
    rows = evidence.paths[evidence.paths["geo"] == evidence.place("nation")]
    means = {
        name: means[1]
        for name, path in rows.groupby("path")
        if (means := over(path, first + 1, horizon(first))) is not None
    }
    if not means:
        return None
    name = min(means, key=lambda path: means[path])
    row = rows[rows["path"] == name].iloc[0]
    return Lowest(str(name), str(row["name_zh"]), str(row["name_en"]))


def fall(evidence: Evidence) -> Fall | None:
    """The city's largest fall of growth between two years next to each other, if any is published."""
    table = evidence.series(evidence.place("city"), "real_gdp_growth").table
    growth = table.loc[table["precision"] != "lower_bound", "value"]
    falls = [
        Fall(int(year), float(growth.loc[year - 1]), float(growth.loc[year]))
        for before, year in pairwise(growth.index)
        if year == before + 1 and growth.loc[year] < growth.loc[before]
    ]
    return min(falls, key=lambda fall: np.log1p(fall.after) - np.log1p(fall.before), default=None)
