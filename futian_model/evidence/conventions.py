"""Arithmetic on published figures that refuses to mix what statistics keep apart.

Nominal and constant prices, two censuses, two places, two years, a level and a lower bound: each
refusal names both figures. A basis that no source states clashes with nothing, unless a census lies
between the two and the other figure states its own.
"""

import math
from dataclasses import replace

from futian_model.errors import InputError
from futian_model.evidence.figures import Figure
from futian_model.units import UNITS, Unit, convert

PEOPLE = "people"
CENSUSES = {
    "economic census": (2004, 2008, 2013, 2018, 2023),
    "population census": (2000, 2010, 2020),
}
"""Years that a census counts; levels before it are estimates of another basis."""
CONTEMPORARY = 2
"""Years after its own up to which a level without a stated basis rests on the census then in force."""


class Clash(InputError):
    """Two figures that must not be combined, both told in full."""

    def message(self) -> str:
        return f"{self.field}: {self.value}; allowed: {self.allowed}"


def change(first: Figure, last: Figure) -> float:
    """Log growth a year between two figures of one indicator and place.

    Raises
    ------
    InputError
        Indicator, place, unit, price basis or statistical basis differ; one figure alone states its
        basis and a census lies between them; a figure is a lower bound or not positive; the second
        year is not later than the first.
    """
    for field in ("price_basis", "indicator", "geo", "unit", "basis"):
        same(field, first, last)
    census = between(first.indicator, first.year, last.year)
    if census is not None and (first.basis == "") != (last.basis == ""):
        raise clash("basis", first, last, f"two figures that state their basis: the {census} lies between")
    if "lower_bound" in (first.precision, last.precision):
        raise clash("precision", first, last, "two figures neither of which is a lower bound")
    if last.year <= first.year:
        raise clash("year", first, last, "an earlier figure, then a later one")
    if min(first.value, last.value) <= 0:
        raise clash("value", first, last, "levels above 0")
    return math.log(last.value / first.value) / (last.year - first.year)


def between(indicator: str, first: int, last: int) -> str | None:
    """The first census after one year and up to another, as words; None where there is none.

    A figure per head, like people, is moved by population censuses, other money by economic ones.
    """
    people = "population" in indicator or "per_capita" in indicator
    kind = "population census" if people else "economic census"
    years = [year for year in CENSUSES[kind] if first < year <= last]
    return f"{kind} of {years[0]}" if years else None


def ratio(part: Figure, whole: Figure) -> float:
    """A share, a fraction; or an amount of money per head, in 万元/人.

    Money per head is over the average of two year-ends (`average`), and takes the statistical
    basis of the population.

    Raises
    ------
    InputError
        Place or year differ; two amounts differ in price basis or statistical basis; the units
        give neither a share nor an amount per head.
    """
    same("geo", part, whole)
    same("year", part, whole)
    measures = [UNITS.get(figure.unit, Unit(figure.unit, 1.0)).quantity for figure in (part, whole)]
    if measures == ["money", PEOPLE]:
        heads = convert(whole.value, whole.unit, "人")
        return convert(convert(part.value, part.unit, "元") / heads, "元/人", "万元/人")
    if measures[0] != measures[1]:
        raise clash("unit", part, whole, "two figures of one unit, or money over people")
    same("price_basis", part, whole)
    same("basis", part, whole)
    return part.value / (
        whole.value if part.unit == whole.unit else convert(whole.value, whole.unit, part.unit)
    )


def average(before: Figure, last: Figure) -> Figure:
    """The year's average population, from this year-end and the one before.

    Raises
    ------
    InputError
        Place, indicator, unit or census differ, or the years do not follow each other.
    """
    for field in ("indicator", "geo", "unit", "basis"):
        same(field, before, last)
    if last.year != before.year + 1:
        raise clash("year", before, last, "two year-ends, one year apart")
    sources = "; ".join(dict.fromkeys((before.source, last.source)))
    return replace(last, value=(before.value + last.value) / 2, source=sources)


def same(field: str, first: Figure, second: Figure) -> None:
    """Refuse two figures that differ in a field; an unstated statistical basis is no difference."""
    values = [getattr(figure, field) for figure in (first, second)]
    if values[0] != values[1] and not (field == "basis" and "" in values):
        raise clash(field, first, second, f"one {field.replace('_', ' ')}, not {values[0]} and {values[1]}")


def clash(field: str, figure: Figure, other: Figure, allowed: str) -> Clash:
    """The refusal of two figures."""
    return Clash(field, f"{figure} and {other}", allowed)
