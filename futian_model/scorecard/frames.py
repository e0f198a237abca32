"""A scorecard as rows of the results table."""

import math
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from futian_model.results import Row, tidy
from futian_model.scorecard.card import Card, counts
from futian_model.scorecard.judging import (
    AT_BOUND,
    BEHIND,
    MET,
    MISSED,
    MISSING,
    ON_COURSE,
    SET_BY_CITY,
    Standing,
)
from futian_model.scorecard.outturns import DEFLATED, PRICES, Outturn

SCORECARD = "scorecard"
"""Reading of the rows, and the scenario they belong to: they hold whatever the scenario."""
TABLE, OTHERS = "table_goals", "other_goals"
JUDGED = (MET, ON_COURSE, BEHIND, MISSED, AT_BOUND)


def frame(card: Card, place: str = "") -> pd.DataFrame:
    """A scorecard as a results table.

    How many goals stand where, in the year of the card (the plan's table and the goals outside it apart);
    of every goal its base, target, straight line, outturns and what is still required, in the goal's own
    unit. What the plan or the data lack is left out.
    """
    rows: list[Row] = []
    for group, standings in groups(card).items():
        rows += tallied(group, standings, card.as_of)
        rows += [row for one in standings for row in goal_rows(one, card.as_of)]
    return tidy(SCORECARD, SCORECARD, rows, place)


def groups(card: Card) -> Mapping[str, Sequence[Standing]]:
    """The plan's table, and its goals outside it, those for later years first."""
    return {TABLE: card.table, OTHERS: [*card.outlook, *card.others]}


def tallied(group: str, standings: Sequence[Standing], as_of: int) -> Iterator[Row]:
    """How many goals stand where."""
    found = counts(standings)
    found |= {
        "count": len(standings),
        "judged": sum(found[status] for status in JUDGED),
        "settled": found[MET] + found[MISSED],
        "kept": found[MET] + found[ON_COURSE],
        "with_figure": sum(bool(one.held) for one in standings),
        "missing_binding": sum(
            one.status == MISSING and one.goal.attribute == "binding" for one in standings
        ),
        SET_BY_CITY: sum(one.reason == SET_BY_CITY for one in standings),
    }
    found["open"] = len(standings) - found["settled"] - found[MISSING]
    for statistic, value in found.items():
        yield Row(group, as_of, statistic, float(value), "goals")


def goal_rows(one: Standing, as_of: int) -> Iterator[Row]:
    """Every figure of one goal; what the plan or the data lack is left out."""
    goal, unit, basis = one.goal, one.goal.unit, one.goal.price_basis
    told = [
        (goal.base_year, "base", one.base, unit),
        (goal.year, "target", one.target, unit),
        (goal.year, "trend", one.trend, unit),
        *(
            (goal.year, name, value, "fraction" if one.shape == "growth" else unit)
            for name, value in (("required", one.required), ("required_size", abs(one.required)))
        ),
        (as_of, "course", one.line_at(as_of) if as_of < goal.year else math.nan, unit),
    ]
    if one.latest is not None:
        told += [(one.latest.year, "way", one.way, "fraction")]
        told += [(one.latest.year, "line_way", one.line_way, "fraction")]
    for at, statistic, value, measured in told:
        if not math.isnan(value):
            yield Row(goal.name, at, statistic, value, measured, basis)
    for held in one.held:
        yield from outturn_rows(one, held)


def outturn_rows(one: Standing, held: Outturn) -> Iterator[Row]:
    """A published figure, and the straight line of its year where the two can be compared."""
    goal, basis = one.goal, one.goal.price_basis
    current = "nominal" if held.clash == PRICES else basis
    yield Row(goal.name, held.year, "outturn", held.value, goal.unit, current)
    if held.how == DEFLATED:
        yield Row(goal.name, held.year, "published", held.published, goal.unit, "nominal")
    line = one.line_at(held.year)
    if not held.clash and not math.isnan(line):
        yield Row(goal.name, held.year, "line", line, goal.unit, basis)
        yield Row(goal.name, held.year, "distance", abs(held.value - line), goal.unit, basis)
