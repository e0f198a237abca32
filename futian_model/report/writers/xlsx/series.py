"""The results that a report carries, by series and by group of indicators."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from futian_model.report.page.dictionary import ALL

GOALS, REST = "goals", "other"
GROUPS = ("gdp", "people", "shares", GOALS)
PART, JUDGED = "_value_added", "target"
"""Ending of the value added of a share, and of what lies outside it; what every judged goal has."""
MANY_YEARS = 5
"""A series of so many years stands in a row, years across."""


class Series(NamedTuple):
    """What a value is of, its year aside."""

    reading: str
    indicator: str
    unit: str
    basis: str
    statistic: str
    case: str = ""
    horizon: int = 0

    @property
    def code(self) -> str:
        return "|".join(filter(None, (self.reading, self.indicator, self.statistic, self.case)))


Values = Mapping[Series, Mapping[int, float]]
"""Value by year; under 0 what is of none."""


@dataclass(frozen=True)
class Record:
    """What a report carries of its results.

    Attributes
    ----------
    values : mapping
        Value by year of every series.
    names : mapping
        Names, unit and kind of indicators and goals.
    base_year : int or None
        Year of the constant prices, where the report tells it.
    """

    values: Values
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    base_year: int | None = None


def read(results: pd.DataFrame) -> dict[Series, dict[int, float]]:
    """A results table by series, in its own order; what holds no value is left out."""
    made: dict[Series, dict[int, float]] = {}
    columns = ("reading", "indicator", "unit", "price_basis", "statistic", "case", "horizon", "year", "value")
    told = results[results["value"].notna()].fillna({"horizon": 0, "year": 0})
    for *of, year, value in zip(*(told[name].tolist() for name in columns), strict=True):
        made.setdefault(Series(*of), {})[year] = value
    return made


def group_of(indicator: str, names: Mapping[str, Mapping[str, str]]) -> str:
    """The group an indicator belongs to, by its kind and unit."""
    told = names.get(indicator, {})
    kind, unit = told.get("kind"), told.get("unit")
    if kind == "goal" or indicator == ALL:
        return GOALS
    if kind == "share" or (kind == "level" and indicator.endswith(PART)):
        return "shares"
    if kind == "level" and unit in ("万人", "万元/人"):
        return "people"
    return "gdp" if kind in ("level", "index") and unit in ("亿元", "index") else REST


def goal_figures(values: Values) -> Values:
    """Figures of the goals' own years, of the readings that judge goals."""
    judged = {one.reading for one in values if one.statistic == JUDGED}
    return {
        one: told
        for one, told in values.items()
        if one.reading in judged and len(told) < MANY_YEARS and not one.case
    }
