"""What moves the answer, as rows of the results table."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from futian_model.evidence import Evidence, load_evidence
from futian_model.results import Row, case, tidy
from futian_model.scenario import Scenario
from futian_model.sensitivity.discovery import Condition, Discovery
from futian_model.sensitivity.drawn import LEFT
from futian_model.sensitivity.inputs import GROUPS, TAIL
from futian_model.sensitivity.levers import lever_index
from futian_model.sensitivity.sobol import SAMPLES, sobol
from futian_model.sensitivity.tornado import tornado

INDEX, TORNADO, SOBOL = "lever_index", "tornado", "sobol"
"""Readings of the rows."""
UNITS = {TAIL: "none", GROUPS: "groups", LEFT: "groups"}
"""Units of inputs; the others are log growth a year."""


def frame(
    scenario: Scenario,
    evidence: Evidence | None = None,
    samples: int = SAMPLES,
    results: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Slopes, swings and parts of the variance of a scenario's results.

    Parameters
    ----------
    samples : int
        Of the Sobol indices, a power of two.
    results : sequence of str, optional
        Indicators; real GDP, GDP per capita and every share when left out.

    Returns
    -------
    DataFrame
        A results table. Readings: ``lever_index`` (case ``lever``: what a point more a year does, relative
        as a fraction and in the indicator's unit), ``tornado`` (case ``input``: the ends of the input, and
        the indicator there) and ``sobol`` (case ``input``: fractions of the variance).

    Raises
    ------
    InputError
        The scenario cannot be run, or an indicator is not simulated.

    Examples
    --------
    A point of growth more in each of the ten years ahead moves GDP by 10 %.

    >>> from futian_model.scenario import load_scenario
    >>> rows = frame(load_scenario("evidence_trend"), samples=8, results=["real_gdp"])
    >>> point = rows[(rows["statistic"] == "per_point") & (rows["year"] == 2035)].set_index("case")["value"]
    >>> print(round(point["lever=growth"], 3))
    0.1
    """
    evidence = evidence if evidence is not None else load_evidence()
    swings = tornado(scenario, evidence, results=results)
    parts = sobol(scenario, evidence, samples, results=results) if len(swings) else swings
    known = evidence.indicators
    rows = {
        INDEX: index_rows(lever_index(scenario, evidence, results), known),
        TORNADO: tornado_rows(swings, known),
        SOBOL: sobol_rows(parts),
    }
    place = evidence.place("district")
    return pd.concat(
        [tidy(scenario.id, name, entries, place) for name, entries in rows.items()], ignore_index=True
    )


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Rows with their columns as attributes."""
    return iter(table.itertuples(index=False))


def measure(indicator: str, known: pd.DataFrame) -> tuple[str, str]:
    """Unit and price basis of an indicator."""
    return str(known.loc[indicator, "unit"]), str(known.loc[indicator, "price_basis"])


def index_rows(table: pd.DataFrame, known: pd.DataFrame) -> Iterator[Row]:
    """What a point of a lever does: over its result, and in the result's own unit."""
    for row in rows_of(table):
        (unit, basis), under = measure(row.indicator, known), case(lever=row.lever)
        yield Row(row.indicator, row.year, "per_point", row.relative, "fraction", basis, under)
        yield Row(row.indicator, row.year, "per_point_level", row.effect, unit, basis, under)


def tornado_rows(table: pd.DataFrame, known: pd.DataFrame) -> Iterator[Row]:
    """Ends of each input, once, and the results there."""
    for row in rows_of(table.drop_duplicates("input")):
        for name in ("low", "high"):
            unit, under = UNITS.get(row.input, "fraction"), case(input=row.input)
            yield Row("input", row.year, name, getattr(row, name), unit, case=under)
    for row in rows_of(table):
        for name in ("at_low", "at_high", "swing"):
            at = (*measure(row.indicator, known), case(input=row.input))
            yield Row(row.indicator, row.year, name, getattr(row, name), *at)


def sobol_rows(table: pd.DataFrame) -> Iterator[Row]:
    """Indices with their errors, and what they leave to interaction."""
    for row in rows_of(table):
        for name in ("first", "first_conf", "total", "total_conf"):
            value, under = getattr(row, name), case(input=row.input)
            yield Row(row.indicator, row.year, name, value, "fraction", case=under)
    for (indicator, year), own in table.groupby(["indicator", "year"], sort=False):
        together = min(float(own["first"].sum()), 1.0)  # above one by sampling error alone
        yield Row(str(indicator), int(str(year)), "first_sum", together, "fraction")
        yield Row(str(indicator), int(str(year)), "interaction", 1 - together, "fraction")


def condition_rows(name: str, year: int, discovery: Discovery) -> Iterator[Row]:
    """On what a goal hangs: conditions, and how well they tell."""
    yield Row(name, year, "missed", discovery.missed, "fraction")
    if discovery.conditions:
        yield Row(name, year, "coverage", discovery.coverage, "fraction")
        yield Row(name, year, "density", discovery.density, "fraction")
    for condition in discovery.conditions:
        for end, value in (("above", condition.low), ("below", condition.high)):
            if abs(value) != float("inf"):
                unit = UNITS.get(condition.input.name, "fraction")
                yield Row(name, year, end, value, unit, case=within(condition))


def within(condition: Condition) -> str:
    """Case of a condition: its input, and over which years."""
    return case(input=condition.input.name, start=condition.input.start, end=condition.input.end)
