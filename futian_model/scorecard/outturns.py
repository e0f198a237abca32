"""What has been published of a goal since its base year, expressed as the goal is judged."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pandas as pd

from futian_model import population
from futian_model.calibration import Calibration, calibrated
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Goal, history
from futian_model.evidence.figures import in_unit
from futian_model.evidence.vintages import LATEST, resolved

LOWER_BOUND = "lower_bound"
PUBLISHED, DEFLATED, CHAINED, SUMMED = "published", "deflated", "chained", "summed"
"""As printed; in the nation's prices; the base level carried on by published growth; years added up."""
PRICES, CENSUS = "prices", "census"
"""Why a figure cannot be held against the goal: its prices are not known, its census is another one."""
CENSUS_COUNT, STOCK = "population_census", "population_resident_yearend"
TODAY = "9999"
"""A vintage that sees everything."""


@dataclass(frozen=True)
class Outturn:
    """A published figure of a goal.

    Attributes
    ----------
    value : float
        In the goal's unit and price basis; as published where `clash` says that it cannot be.
    precision : str
        ``"point"``, ``"estimate"``, ``"rounded"`` or ``"lower_bound"``.
    source : str
        One of `sources.csv`; ``a / b`` is a quotient of two.
    how : str
        ``"published"``, ``"deflated"``, ``"chained"`` or ``"summed"``.
    published : float
        The figure as published, in the library's unit.
    clash : str
        ``""``; ``"prices"``: no deflator is held for its year; ``"census"``: it rests on another
        census than the goal's base.
    """

    year: int
    value: float
    precision: str
    source: str
    how: str
    published: float
    clash: str = ""


class Basis(NamedTuple):
    """What figures are held against: the base as a plan states it, or as a scenario has it revised.

    Attributes
    ----------
    year : int
        Whose prices levels at constant prices are in.
    level : float
        Of that year, in the library's unit; published growth is chained on it, on NaN none.
    source : str or None
        Where a plan was read: levels on another census than its own base clash, and bounds count. Without
        one every census will do, and bounds are no outturns.
    """

    year: int
    level: float = math.nan
    source: str | None = None


def outturns(evidence: Evidence, indicator: str, basis: Basis, vintage: str | None = None) -> list[Outturn]:
    """The district's figures of an indicator, one a year, earliest first.

    Real levels are published levels in the nation's prices or, where growth of every year since the
    base year is published, its level in the base year carried on by that growth, which comes first.

    Parameters
    ----------
    indicator : str
        Of the model, or as published.
    vintage : str, optional
        Figures published later do not count; all count when left out.
    """
    glossary = evidence.indicators
    kind, prices = (str(glossary.loc[indicator, name]) for name in ("kind", "price_basis"))
    if kind == "share":
        figures = list(shares(evidence, indicator, vintage))
    elif kind == "level" and prices == "constant":
        figures = [
            *chained(evidence, indicator, basis, vintage),
            *deflated(evidence, indicator, basis, vintage),
        ]
    else:
        names = [indicator, *named(glossary, indicator, "published_as")]
        figures = [figure for name in names for figure in as_published(evidence, name, basis, vintage)]
    first: dict[int, Outturn] = {}
    for outturn in figures:
        if basis.source is not None or outturn.precision != LOWER_BOUND:
            first.setdefault(outturn.year, outturn)
    return [first[year] for year in sorted(first)]


def of_goal(
    evidence: Evidence, goal: Goal, base: float, *, last: int, vintage: str | None = None
) -> list[Outturn]:
    """A goal's figures from after its base year up to a year, one a year, earliest first.

    Parameters
    ----------
    goal : Goal
        One without an indicator has none.
    base : float
        Level of the base year in the goal's unit, on which published growth is chained; may be NaN.
    last : int
        Last year looked at, the goal's own at most.
    vintage : str, optional
        Figures published later do not count; all count when left out.
    """
    if not goal.indicator:
        return []
    if goal.measure == "cumulative":
        figures = totals(evidence, goal, vintage)
    else:
        figures = outturns(evidence, goal.indicator, Basis(goal.base_year, base, goal.source), vintage)
    return [figure for figure in figures if goal.base_year < figure.year <= min(last, goal.year)]


def known_by(evidence: Evidence, indicator: str, vintage: str | None) -> pd.DataFrame:
    """The district's annual figures published by a vintage."""
    table = evidence.series(evidence.place("district"), indicator, as_of=vintage).table
    return table[~table["published_later"].astype(bool)]


def as_published(evidence: Evidence, indicator: str, basis: Basis, vintage: str | None) -> Iterator[Outturn]:
    """Levels as they were printed, marked where their census is not the base's."""
    census = ""
    if basis.source is not None:
        stated = evidence.series(evidence.place("district"), indicator, source=basis.source).table
        census = str(stated["basis"].get(basis.year, ""))
    for year, row in known_by(evidence, indicator, vintage).iterrows():
        # a basis that no source states clashes with nothing
        clash = CENSUS if census and row["basis"] and row["basis"] != census else ""
        yield replace(of_row(int(str(year)), row), clash=clash)


def of_row(year: int, row: "pd.Series[Any]") -> Outturn:
    """A row of a series."""
    value = float(row["value"])
    return Outturn(year, value, str(row["precision"]), str(row["source"]), PUBLISHED, value)


def deflated(evidence: Evidence, indicator: str, basis: Basis, vintage: str | None) -> Iterator[Outturn]:
    """Levels at current prices in the base year's, by the nation's deflator as it is held today."""
    prices = history.deflator(evidence, basis.year)
    for level in related(evidence.indicators, indicator, "level"):
        for outturn in as_published(evidence, level, basis, vintage):
            if outturn.year in prices.index:
                yield replace(outturn, value=outturn.value / float(prices[outturn.year]), how=DEFLATED)
            else:
                yield replace(outturn, clash=PRICES)


def chained(evidence: Evidence, indicator: str, basis: Basis, vintage: str | None) -> Iterator[Outturn]:
    """The base level carried on by published growth, up to the first year that lacks it."""
    if math.isnan(basis.level):
        return
    for growth in related(evidence.indicators, indicator, "growth"):
        level = basis.level
        for year in yearly(evidence, growth, basis.year + 1, vintage):
            level *= 1 + year.value
            yield replace(year, value=level, how=CHAINED)


def yearly(evidence: Evidence, indicator: str, start: int, vintage: str | None) -> Iterator[Outturn]:
    """Figures of a year and those after it, up to the first that lacks one; all behind a bound are bounds."""
    table, precision = known_by(evidence, indicator, vintage), ""
    for year in itertools.takewhile(table.index.__contains__, itertools.count(start)):
        outturn = of_row(year, table.loc[[year]].iloc[0])
        precision = LOWER_BOUND if precision == LOWER_BOUND else outturn.precision
        yield replace(outturn, precision=precision)


def named(glossary: pd.DataFrame, indicator: str, column: str) -> list[str]:
    """Names in a cell of the glossary."""
    return [name for name in str(glossary.loc[indicator, column]).split(";") if name in glossary.index]


def related(glossary: pd.DataFrame, indicator: str, kind: str) -> list[str]:
    """Published levels that an indicator is worked out from, or its published growth."""
    return [name for name in named(glossary, indicator, "see_also") if glossary.loc[name, "kind"] == kind]


def shares(evidence: Evidence, share: str, vintage: str | None) -> Iterator[Outturn]:
    """Published shares, and quotients of a published value added and GDP."""
    table = history.shares(evidence, share, vintage or TODAY)
    for year, row in table[table["known"].astype(bool)].iterrows():
        yield of_row(int(str(year)), row)


def totals(evidence: Evidence, goal: Goal, vintage: str | None) -> list[Outturn]:
    """Totals since the base year: published as such, or years added up without a gap."""
    district, start = evidence.place("district"), goal.base_year + 1
    spans = evidence.spans(district, goal.indicator, as_of=vintage)
    spans = spans[(spans["first"] == start) & ~spans["published_later"].astype(bool)]
    figures = [of_row(int(row["last"]), row) for _, row in spans.iterrows()]
    total = 0.0
    for year in yearly(evidence, goal.indicator, start, vintage):
        total += year.value
        figures.append(replace(year, value=total, how=SUMMED))
    return figures


def base_of(evidence: Evidence, goal: Goal, vintage: str | None = None) -> float:
    """Level of the goal's base year, in the goal's unit: as the plan states it; NaN where it states none.

    A multiple takes the level measured for that year and published by the vintage, per head over the
    population counted for it; where none is, the base value of another goal on its indicator.
    """
    if goal.name in evidence.commitments.index:
        return stated(evidence.commitments.loc[[goal.name]], goal.unit)
    own = stated(evidence.goals.loc[[goal.name]], goal.unit)
    if not math.isnan(own) or math.isnan(goal.multiple):
        return own
    measured = measured_base(evidence, goal, vintage)
    if not math.isnan(measured):
        return measured
    rows = evidence.goals
    same = (rows["indicator"] == goal.indicator) & (rows["base_year"] == goal.base_year)
    return stated(rows[same & rows["base_value"].notna()].head(1), goal.unit)


def measured_base(evidence: Evidence, goal: Goal, vintage: str | None) -> float:
    """GDP, or GDP per head, measured for a goal's base year, in its unit; NaN where none is published."""

    def measured(indicator: str) -> float:
        table = known_by(evidence, indicator, vintage)
        table = table[(table.index == goal.base_year) & (table["precision"] == "point")]
        return float(table["value"].iloc[0]) if len(table) else math.nan

    level = measured(history.PUBLISHED[goal.indicator]) if goal.indicator in history.PUBLISHED else math.nan
    if not math.isnan(level) or goal.indicator != "real_gdp_per_capita":
        return level
    counted = [value for name in (STOCK, CENSUS_COUNT) if not math.isnan(value := measured(name))]
    if not counted:
        return math.nan
    try:
        seen = seen_at(evidence, goal.base_year, resolved(evidence, vintage or LATEST))
    except InputError:  # a district without figures enough
        return math.nan
    before = counted[0] / math.exp(seen.population.centre[0])
    return measured(history.PUBLISHED["real_gdp"]) / float(population.average(before, counted[0]))


def seen_at(evidence: Evidence, base_year: int, vintage: str) -> Calibration:
    """What the evidence says at a vintage, from a year up to the plan's last one."""
    horizon = int(evidence.goals["target_year"].max())
    return calibrated(evidence, base_year=base_year, horizon=horizon, vintage=vintage)


def stated(rows: pd.DataFrame, unit: str) -> float:
    """The base value in a row, in a unit; NaN without one."""
    return float(in_unit(rows["base_value"], rows["unit"], unit).iloc[0]) if len(rows) else math.nan
