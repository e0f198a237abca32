"""A scorecard as rows of the results table."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pandas as pd

from futian_model.results import Row, case, tidy
from futian_model.scorecard.card import FINAL, Card, counts
from futian_model.scorecard.course import way
from futian_model.scorecard.estimates import NOMINAL, STATED
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
from futian_model.scorecard.verdicts import (
    BY_READING,
    MET_SO_FAR,
    MISSED_SO_FAR,
    VERDICTS,
    Verdict,
    overall,
)

SCORECARD = "scorecard"
"""Reading of the rows, and the scenario they belong to: they hold whatever the scenario."""
TABLE, OTHERS = "table_goals", "other_goals"
TO_COME = "to_come"
"""Of a goal whose year is not over."""
JUDGED = (MET, ON_COURSE, BEHIND, MISSED, AT_BOUND)


def frame(card: Card, place: str = "") -> pd.DataFrame:
    """A scorecard as a results table.

    How many goals stand where, in the year of the card (the plan's table and the goals outside it apart);
    of every goal its base, target, straight line, outturns and what is still required, in the goal's own
    unit. What the plan or the data lack is left out.
    """
    rows: list[Row] = []
    for group, standings in groups(card).items():
        if card.view == FINAL:
            rows += settled(group, standings, card)
        else:
            rows += tallied(group, standings, card.as_of)
        rows += [row for one in standings for row in goal_rows(one, card.as_of)]
        rows += [
            row
            for one in standings
            for judged in card.verdicts.get(one.goal.name, ())
            for row in (*verdict_rows(judged), *ways(judged, one))
        ]
    return tidy(SCORECARD, SCORECARD, rows, place)


def verdict_frame(found: Iterable[Verdict], place: str = "") -> pd.DataFrame:
    """Verdicts as a results table.

    Of each goal and reading of its prices, which the case names (``prices=constant``): target, figure and
    its year, gap, estimate and its range, chance, in the goal's own unit. What is not known is left out.
    """
    return tidy(SCORECARD, SCORECARD, [row for one in found for row in verdict_rows(one)], place)


def priced(reading: str) -> str:
    """The case of rows on one reading of prices."""
    return case(prices=reading)


def held(standings: Sequence[Standing]) -> dict[str, int]:
    """How many goals there are, and of how many what is known."""
    return {
        "count": len(standings),
        "with_figure": sum(bool(one.held) for one in standings),
        "missing_binding": sum(
            one.status == MISSING and one.goal.attribute == "binding" for one in standings
        ),
        SET_BY_CITY: sum(one.reason == SET_BY_CITY for one in standings),
    }


def settled(group: str, standings: Sequence[Standing], card: Card) -> Iterator[Row]:
    """How many goals have which verdict; those whose year is not over have none."""
    found = dict.fromkeys((*VERDICTS, BY_READING, TO_COME), 0)
    for one in standings:
        judged = card.verdicts.get(one.goal.name)
        found[overall(judged) if judged else TO_COME] += 1
    found |= held(standings) | {
        "settled": sum(found[name] for name in (MET, MISSED, MET_SO_FAR, MISSED_SO_FAR)),
        "kept": found[MET] + found[MET_SO_FAR],
        "failed": found[MISSED] + found[MISSED_SO_FAR],
    }
    for statistic, value in found.items():
        yield Row(group, card.as_of, statistic, float(value), "goals")


def verdict_rows(one: Verdict) -> Iterator[Row]:
    """Every figure of one verdict; what is not known is left out."""
    goal = one.goal
    basis = goal.price_basis if one.reading == STATED else one.reading
    unit, plain = (goal.unit, basis), ("fraction", "none")
    apart = one.expected_gap
    told = [
        (goal.year, "target", one.target, unit),
        (one.year, "outturn", one.value, unit),
        (goal.year, "gap", one.gap, unit),
        (goal.year, "gap_size", abs(one.gap), unit),
        (goal.year, "relative_gap_size", abs(one.gap / one.target) if one.target else math.nan, plain),
        (goal.year, "expected", one.expected, unit),
        (goal.year, "expected_low", one.low, unit),
        (goal.year, "expected_high", one.high, unit),
        (goal.year, "expected_gap_size", abs(apart), unit),
        (goal.year, "expected_relative_gap_size", abs(apart / one.target) if one.target else math.nan, plain),
        (goal.year, "chance", one.chance, plain),
    ]
    if one.outturn is not None and one.outturn.how == DEFLATED:
        told.append((one.year, "published", one.outturn.published, (goal.unit, NOMINAL)))
    for at, statistic, value, (measured, prices) in told:
        if not math.isnan(value):
            yield Row(goal.name, at, statistic, value, measured, prices, priced(one.reading))


def groups(card: Card) -> Mapping[str, Sequence[Standing]]:
    """The plan's table, and its goals outside it, those for later years first."""
    return {TABLE: card.table, OTHERS: [*card.outlook, *card.others]}


def tallied(group: str, standings: Sequence[Standing], as_of: int) -> Iterator[Row]:
    """How many goals stand where."""
    found = counts(standings)
    found |= held(standings) | {
        "judged": sum(found[status] for status in JUDGED),
        "settled": found[MET] + found[MISSED],
        "kept": found[MET] + found[ON_COURSE],
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


def ways(judged: Verdict, one: Standing) -> Iterator[Row]:
    """Part of the way from base to target that the figure and the estimate have covered."""
    for at, statistic, value in (
        (judged.year, "way", judged.value),
        (judged.goal.year, "expected_way", judged.expected),
    ):
        part = way(one.base, judged.target, value, one.shape)
        if not math.isnan(part):
            yield Row(judged.goal.name, at, statistic, part, "fraction", "none", priced(judged.reading))


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
