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
from futian_model.scorecard.official import BINDING, EXPECTED, OFFICIAL, of_standing
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

    How many goals stand where, in the year of the card (the plan's table and the goals outside it apart, and
    of the table what is binding and what is expected, which the case names: ``attribute=binding``) and in the
    years before it (the table alone);
    of every goal its base, target, straight line, outturns and what is still required, in the goal's own
    unit. What the plan or the data lack is left out.
    """
    rows: list[Row] = []
    for group, standings in groups(card).items():
        rows += counted(group, standings, card)
        rows += [row for standing in standings for row in goal_rows(standing, card.as_of)]
        rows += [
            row
            for standing in standings
            for judged in card.verdicts.get(standing.goal.name, ())
            for row in (*verdict_rows(judged), *ways(judged, standing))
        ]
    for attribute in (BINDING, EXPECTED):
        of_kind = [standing for standing in card.table if standing.goal.attribute == attribute]
        rows += [row._replace(case=of_attribute(attribute)) for row in counted(TABLE, of_kind, card)]
    for stage in card.stages:
        rows += tallied(TABLE, stage.table, stage.as_of)
        rows += named(TABLE, map(of_standing, stage.table), stage.as_of)
    return tidy(SCORECARD, SCORECARD, rows, place)


def verdict_frame(verdicts: Iterable[Verdict], place: str = "") -> pd.DataFrame:
    """Verdicts as a results table.

    Of each goal and reading of its prices, which the case names (``prices=constant``): target, figure and
    its year, gap, estimate and its range, chance, in the goal's own unit. What is not known is left out.
    """
    return tidy(SCORECARD, SCORECARD, [row for verdict in verdicts for row in verdict_rows(verdict)], place)


def counted(group: str, standings: Sequence[Standing], card: Card) -> Iterator[Row]:
    """How many goals stand where, by our statuses and by those of evaluations, and the part that is met."""
    rows = list(
        settled(group, standings, card) if card.view == FINAL else tallied(group, standings, card.as_of)
    )
    yield from rows
    yield from named(group, (card.officials[standing.goal.name] for standing in standings), card.as_of)
    tally = {row.statistic: row.value for row in rows}
    if tally["settled"]:
        rate = tally["kept" if card.view == FINAL else MET] / tally["settled"]
        yield Row(group, card.as_of, "completion_rate", rate, "fraction")


def named(group: str, statuses: Iterable[str], at: int) -> Iterator[Row]:
    """How many goals have which status of evaluations."""
    held = list(statuses)
    for status in (*OFFICIAL, ""):
        yield Row(group, at, status or "without_status", float(held.count(status)), "goals")


def of_attribute(attribute: str) -> str:
    """The case of rows on binding, or on expected goals alone."""
    return case(attribute=attribute)


def priced(reading: str) -> str:
    """The case of rows on one reading of prices."""
    return case(prices=reading)


def held(standings: Sequence[Standing]) -> dict[str, int]:
    """How many goals there are, and of how many what is known."""
    return {
        "count": len(standings),
        "with_figure": sum(bool(standing.held) for standing in standings),
        "missing_binding": sum(
            standing.status == MISSING and standing.goal.attribute == BINDING for standing in standings
        ),
        SET_BY_CITY: sum(standing.reason == SET_BY_CITY for standing in standings),
    }


def settled(group: str, standings: Sequence[Standing], card: Card) -> Iterator[Row]:
    """How many goals have which verdict; those whose year is not over have none."""
    tally = dict.fromkeys((*VERDICTS, BY_READING, TO_COME), 0)
    for standing in standings:
        judged = card.verdicts.get(standing.goal.name)
        tally[overall(judged) if judged else TO_COME] += 1
    tally |= held(standings) | {
        "settled": sum(tally[name] for name in (MET, MISSED, MET_SO_FAR, MISSED_SO_FAR)),
        "kept": tally[MET] + tally[MET_SO_FAR],
        "failed": tally[MISSED] + tally[MISSED_SO_FAR],
    }
    for statistic, value in tally.items():
        yield Row(group, card.as_of, statistic, float(value), "goals")


def verdict_rows(verdict: Verdict) -> Iterator[Row]:
    """Every figure of one verdict; what is not known is left out."""
    goal = verdict.goal
    basis = goal.price_basis if verdict.reading == STATED else verdict.reading
    unit, plain = (goal.unit, basis), ("fraction", "none")
    apart = verdict.expected_gap

    def relative(gap: float) -> float:
        return abs(gap / verdict.target) if verdict.target else math.nan

    figures = [
        (goal.year, "target", verdict.target, unit),
        (verdict.year, "outturn", verdict.value, unit),
        (goal.year, "gap", verdict.gap, unit),
        (goal.year, "gap_size", abs(verdict.gap), unit),
        (goal.year, "relative_gap_size", relative(verdict.gap), plain),
        (goal.year, "expected", verdict.expected, unit),
        (goal.year, "expected_low", verdict.low, unit),
        (goal.year, "expected_high", verdict.high, unit),
        (goal.year, "expected_gap_size", abs(apart), unit),
        (goal.year, "expected_relative_gap_size", relative(apart), plain),
        (goal.year, "chance", verdict.chance, plain),
    ]
    if verdict.outturn is not None and verdict.outturn.how == DEFLATED:
        figures.append((verdict.year, "published", verdict.outturn.published, (goal.unit, NOMINAL)))
    for at, statistic, value, (measured, prices) in figures:
        if not math.isnan(value):
            yield Row(goal.name, at, statistic, value, measured, prices, priced(verdict.reading))


def groups(card: Card) -> Mapping[str, Sequence[Standing]]:
    """The plan's table, and its goals outside it, those for later years first."""
    return {TABLE: card.table, OTHERS: [*card.outlook, *card.others]}


def tallied(group: str, standings: Sequence[Standing], as_of: int) -> Iterator[Row]:
    """How many goals stand where."""
    tally = counts(standings)
    tally |= held(standings) | {
        "judged": sum(tally[status] for status in JUDGED),
        "settled": tally[MET] + tally[MISSED],
        "kept": tally[MET] + tally[ON_COURSE],
    }
    tally["open"] = len(standings) - tally["settled"] - tally[MISSING]
    for statistic, value in tally.items():
        yield Row(group, as_of, statistic, float(value), "goals")


def goal_rows(standing: Standing, as_of: int) -> Iterator[Row]:
    """Every figure of one goal; what the plan or the data lack is left out."""
    goal, unit, basis = standing.goal, standing.goal.unit, standing.goal.price_basis
    figures = [
        (goal.base_year, "base", standing.base, unit),
        (goal.year, "target", standing.target, unit),
        (goal.year, "trend", standing.trend, unit),
        *(
            (goal.year, name, value, "fraction" if standing.shape == "growth" else unit)
            for name, value in (("required", standing.required), ("required_size", abs(standing.required)))
        ),
        (as_of, "course", standing.line_at(as_of) if as_of < goal.year else math.nan, unit),
    ]
    if standing.latest is not None:
        figures += [(standing.latest.year, "way", standing.way, "fraction")]
        figures += [(standing.latest.year, "line_way", standing.line_way, "fraction")]
    for at, statistic, value, measured in figures:
        if not math.isnan(value):
            yield Row(goal.name, at, statistic, value, measured, basis)
    for held in standing.held:
        yield from outturn_rows(standing, held)


def ways(judged: Verdict, standing: Standing) -> Iterator[Row]:
    """Part of the way from base to target that the figure and the estimate have covered."""
    for at, statistic, value in (
        (judged.year, "way", judged.value),
        (judged.goal.year, "expected_way", judged.expected),
    ):
        part = way(standing.base, judged.target, value, standing.shape)
        if not math.isnan(part):
            yield Row(judged.goal.name, at, statistic, part, "fraction", "none", priced(judged.reading))


def outturn_rows(standing: Standing, held: Outturn) -> Iterator[Row]:
    """A published figure, and the straight line of its year where the two can be compared."""
    goal, basis = standing.goal, standing.goal.price_basis
    current = "nominal" if held.clash == PRICES else basis
    yield Row(goal.name, held.year, "outturn", held.value, goal.unit, current)
    if held.how == DEFLATED:
        yield Row(goal.name, held.year, "published", held.published, goal.unit, "nominal")
    line = standing.line_at(held.year)
    if not held.clash and not math.isnan(line):
        yield Row(goal.name, held.year, "line", line, goal.unit, basis)
        yield Row(goal.name, held.year, "distance", abs(held.value - line), goal.unit, basis)
