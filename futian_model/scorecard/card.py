"""Every numeric goal of the plan at once, as one of the plan's three evaluations sees it."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence, Goal
from futian_model.evidence.vintages import LATEST, last_over, resolved
from futian_model.scorecard.judging import STATUSES, Standing, judge
from futian_model.scorecard.official import of_standing, of_verdicts
from futian_model.scorecard.outturns import base_of, of_goal
from futian_model.scorecard.verdicts import Verdict, verdicts

ANNUAL, MIDTERM, FINAL = "annual", "midterm", "final"
VIEWS = (ANNUAL, MIDTERM, FINAL)
"""Annual tracking, mid-term evaluation and final evaluation."""
VINTAGE = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?", re.ASCII)


@dataclass(frozen=True)
class Card:
    """A scorecard.

    Attributes
    ----------
    view : str
        One of `VIEWS`.
    as_of : int
        Last year whose outturns count.
    vintage : str or None
        Up to when figures were published; None is today.
    table, outlook, others : tuple of Standing
        The plan's table of indicators, its goals for later years, its other numeric goals.
    stages : tuple of Stage
        The table at the end of each earlier year, the base year first.
    verdicts : mapping of str to tuple of Verdict
        Of the final evaluation: by goal, of those whose year is over.
    """

    view: str
    as_of: int
    vintage: str | None
    table: tuple[Standing, ...]
    outlook: tuple[Standing, ...]
    others: tuple[Standing, ...]
    stages: tuple["Stage", ...]
    verdicts: Mapping[str, tuple[Verdict, ...]] = field(default_factory=dict)

    @cached_property
    def officials(self) -> Mapping[str, str]:
        """What an evaluation calls each goal, by name; empty where nothing can be said."""
        every = (*self.table, *self.outlook, *self.others)
        return {
            standing.goal.name: of_verdicts(standing, judged)
            if (judged := self.verdicts.get(standing.goal.name))
            else of_standing(standing)
            for standing in every
        }

    @property
    def end(self) -> int:
        """Last year of the plan; of none the year looked at."""
        return max((standing.goal.year for standing in self.table), default=self.as_of)


class Stage(NamedTuple):
    """The plan's table at the end of a year, by the figures of that year and earlier ones.

    `view` is one of `VIEWS`: the annual tracking, or of the middle year the mid-term evaluation.
    """

    view: str
    as_of: int
    table: tuple[Standing, ...]


def card(
    evidence: Evidence, view: str | None = None, as_of: int | None = None, vintage: str | None = None
) -> Card:
    """The scorecard of a view.

    Parameters
    ----------
    view : {"annual", "midterm", "final"}, optional
        Left out, the final evaluation where the plan's years are over at the vintage, else the annual
        tracking. ``"annual"`` and ``"midterm"`` hold the latest figure of each goal against the straight
        course in the figure's own year; ``"final"`` counts only the figure of the goal's year, where that
        is over, and gives verdicts.
    as_of : int, optional
        Default: of ``"annual"`` the latest year with a figure, of ``"midterm"`` the year after half of
        the plan, of ``"final"`` its last year, which is the earliest it can be.
    vintage : str, optional
        ``"2023"`` or ``"2023-06"``: nothing published later counts; ``"latest"``, or left out: everything
        held does.

    Raises
    ------
    UnknownName
        No such view.
    InputError
        The year lies outside the plan and its outlook, the vintage is none, the plan is not over at the
        vintage of a final evaluation, or a view is asked for of a district whose plan has no table.
    """
    if view is not None and view not in VIEWS:
        raise UnknownName(view, VIEWS)
    goals = [evidence.goal(name) for name in evidence.goals.index]
    table = [goal for goal in goals if goal.table_row is not None]
    vintage = None if vintage == LATEST else vintage
    if vintage is not None and not VINTAGE.fullmatch(vintage):
        raise InputError("vintage", vintage, "a year, or a year and month such as 2021-10")
    known = last_over(resolved(evidence, vintage or LATEST))
    others = [evidence.commitment(name) for name in evidence.commitments.index]
    outlook = [goal for goal in goals if goal.table_row is None]

    def standings(asked: Sequence[Goal], year: int) -> tuple[Standing, ...]:
        return tuple(standing(evidence, goal, view or ANNUAL, year, vintage) for goal in asked)

    if not table:
        if view is not None or as_of is not None:
            raise InputError("plan_goals.table_row", "none", "the rows of the plan's table of indicators")
        return Card(ANNUAL, known, vintage, (), standings(outlook, known), standings(others, known), ())
    end, last = (max(goal.year for goal in asked) for asked in (table, goals))
    if view is None:
        view = FINAL if end <= known and (as_of is None or as_of >= end) else ANNUAL
    elif view == FINAL and end > known:
        allowed = f"{ANNUAL} or {MIDTERM} as long as {end} is not over; {known} is the last year over"
        raise InputError("view", view, allowed)
    at = default_year(evidence, table, view, vintage) if as_of is None else as_of
    first = end if view == FINAL else table[0].base_year + 1
    if not first <= at <= last:
        raise InputError("as_of", at, f"a year from {first} to {last}")
    judged = {
        goal.name: verdicts(evidence, goal, vintage=vintage)
        for goal in (*goals, *others)
        if view == FINAL and goal.year <= known
    }
    return Card(
        view,
        at,
        vintage,
        standings(table, at),
        standings(outlook, at),
        standings(others, at),
        tuple(
            Stage(MIDTERM if year == middle(table) else ANNUAL, year, standings(table, year))
            for year in range(table[0].base_year, at)
        ),
        judged,
    )


def standing(evidence: Evidence, goal: Goal, view: str, as_of: int, vintage: str | None) -> Standing:
    """One goal as a view sees it; one whose year is over is due in every view."""
    base = base_of(evidence, goal, vintage)
    held = of_goal(evidence, goal, base, last=as_of, vintage=vintage)
    return judge(goal, base, held, due=goal.year < as_of or (view == FINAL and goal.year == as_of))


def default_year(evidence: Evidence, table: Sequence[Goal], view: str, vintage: str | None) -> int:
    """The year that a view looks at unless told otherwise."""
    first, last = table[0].base_year, max(goal.year for goal in table)
    if view == FINAL:
        return last
    if view == MIDTERM:
        return middle(table)
    held = [
        outturn.year
        for goal in table
        for outturn in of_goal(evidence, goal, base_of(evidence, goal, vintage), last=last, vintage=vintage)
    ]
    return max(held, default=first + 1)


def middle(table: Sequence[Goal]) -> int:
    """The year after half of the plan, of the mid-term evaluation."""
    first, last = table[0].base_year, max(goal.year for goal in table)
    return first + math.ceil((last - first) / 2)


def counts(standings: Sequence[Standing]) -> dict[str, int]:
    """How many goals have each status, in the order of `STATUSES`."""
    return {status: sum(standing.status == status for standing in standings) for status in STATUSES}
