"""Cells of the matrix as rows of the results table, each by itself and all together."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd

from futian_model.contexts.judging import FLAGS, Check
from futian_model.contexts.matrix import ON_GDP, Cell
from futian_model.contexts.shares import recorded
from futian_model.evidence import Evidence
from futian_model.results import Row, case, tidy

READING, SHARE = "context", "share_of_city"
"""Reading of the rows; the district's share of the city's GDP."""
ALIKE = 1e-9
LOGS = ("nation", "city_path")
"""Checks on growth: log inside the library, a rate in the results. Leads stay log."""


def frame(cells: Sequence[Cell], evidence: Evidence) -> pd.DataFrame:
    """The matrix as a results table: a row's case names city and nation; without one it is of all cells.

    Levels in the goals' years and the last one, growth a year of every rung (fractions; leads as log
    growth), the district's share of the city, what the goals ask for, and each check with what it
    allows. Of all cells: how many there are, how many meet each goal and are plausible, what they hold
    against each check, and the published shares.
    """
    if not cells:
        return tidy("", READING, ())
    scenario, place = cells[0].result.scenario, cells[0].result.place
    rows = [row for cell in cells for row in cell_rows(cell)]
    rows += [*counts(cells), *ranges(cells), *records(evidence, scenario.assumptions.vintage)]
    return tidy(scenario.id, READING, rows, place)


def cell_rows(cell: Cell) -> Iterator[Row]:
    """Rows of one cell."""
    result, first, last, under = cell.result, int(cell.result.years[0]), int(cell.result.years[-1]), cell.case
    for year in sorted({last, *(judged.goal.year for judged in cell.judged)}):
        for indicator in (name for name in ON_GDP if name in result.central):
            known, path = result.glossary.loc[indicator], result.central[indicator]
            at = result.position(year)
            measure = str(known["unit"]), str(known["price_basis"]), under
            grown = float((path[at] / path[0]) ** (1 / at) - 1)
            yield Row(indicator, year, "central", float(path[at]), *measure)
            yield Row(indicator, year, "cagr", grown, "fraction", "constant", under)
    for judged in cell.judged:
        name, year = judged.goal.name, judged.goal.year
        yield Row(name, year, "met", float(judged.met), "none", case=under)
        for statistic, value in {
            "required_growth": judged.required_growth,
            "city_growth_needed": cell.city_growth_needed(judged),
        }.items():
            yield Row(name, year, statistic, value, "fraction", case=under)
    for at, value in ((first, cell.share[0]), (last, cell.share[-1])):
        yield Row("share_of_city", at, "central", float(value), "fraction", "constant", under)
    for name, mean in means(cell).items():
        yield Row(name, last, "mean", mean, "fraction", "constant", under)
    for check in cell.checks:
        for statistic, value in {**check._asdict(), "side": check.side}.items():
            if statistic != "of":
                unit = "none" if statistic == "side" else "fraction"
                yield Row("check", last, statistic, float(value), unit, case=f"{under};{of_check(check.of)}")
    yield Row("flag", last, "level", float(FLAGS.index(cell.flag)), "none", case=under)


def of_check(name: str) -> str:
    """Case of a check."""
    return case(check=name)


def counts(cells: Sequence[Cell]) -> Iterator[Row]:
    """Cells in all, by flag and by goal met."""
    last = int(cells[0].result.years[-1])
    flags = {name: sum(cell.flag == name for cell in cells) for name in FLAGS}
    for statistic, count in {"count": len(cells), **flags}.items():
        yield Row("cells", last, statistic, float(count), "count")
    for judged in zip(*(cell.judged for cell in cells), strict=True):
        goal = judged[0].goal
        yield Row(goal.name, goal.year, "cells_met", float(sum(own.met for own in judged)), "count")
        yield Row(goal.name, goal.year, "target", judged[0].target, goal.unit, goal.price_basis)
        # one number where the cells agree: a population that the goals imply moves with GDP
        needed = [cell.city_growth_needed(own) for cell, own in zip(cells, judged, strict=True)]
        for statistic, values in {
            "required_growth": [assessment.required_growth for assessment in judged],
            "city_growth_needed": needed,
        }.items():
            if max(values) - min(values) < ALIKE:
                yield Row(goal.name, goal.year, statistic, values[0], "fraction")


def checks_of(cells: Sequence[Cell]) -> dict[str, list[Check]]:
    """Checks by what they are about, over all cells."""
    held: dict[str, list[Check]] = {}
    for check in (check for cell in cells for check in cell.checks):
        held.setdefault(check.of, []).append(check)
    return held


def ranges(cells: Sequence[Cell]) -> Iterator[Row]:
    """What each check allows, and what the cells hold against it."""
    last = int(cells[0].result.years[-1])
    for of, held in checks_of(cells).items():
        values = [check.value for check in held]
        span = {"low": held[0].low, "high": held[0].high, "least": min(values), "most": max(values)}
        for statistic, value in span.items():
            shown = float(np.expm1(value)) if of in LOGS else value
            yield Row("range", last, statistic, shown, "fraction", case=of_check(of))
        outside = float(sum(check.side != 0 for check in held))
        yield Row("range", last, "outside", outside, "count", case=of_check(of))


def records(evidence: Evidence, vintage: str) -> Iterator[Row]:
    """The district's share of the city as published, known at the vintage and later."""
    known, today = recorded(evidence, vintage), recorded(evidence)
    later = today.loc[today.index.difference(known.index)]
    for statistic, table in (("published", known), ("published_later", later)):
        for year, value in table["value"].items():
            yield Row(SHARE, int(str(year)), statistic, float(value), "fraction", "nominal")


def means(cell: Cell) -> Mapping[str, float]:
    """Mean growth a year of each rung (fractions), and of the leads (log), base year to horizon."""
    around = cell.around
    leads = {"district_lead": cell.district - around.city}
    paths = {"city_growth": around.city, "district_growth": cell.district}
    if around.nation is not None:
        leads["city_lead"] = around.city - around.nation
        paths["nation_growth"] = around.nation
    grown = {name: float(np.expm1(path.mean())) for name, path in paths.items()}
    return grown | {name: float(path.mean()) for name, path in leads.items()}
