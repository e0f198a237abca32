"""Every numeric goal of the plan at once, as one of the plan's three evaluations sees it."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence, Goal
from futian_model.evidence.figures import in_unit
from futian_model.scorecard.judging import STATUSES, Standing, judge
from futian_model.scorecard.outturns import outturns

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
    before : tuple of Standing
        The table a year earlier.
    """

    view: str
    as_of: int
    vintage: str | None
    table: tuple[Standing, ...]
    outlook: tuple[Standing, ...]
    others: tuple[Standing, ...]
    before: tuple[Standing, ...]

    @property
    def end(self) -> int:
        """Last year of the plan."""
        return max(one.goal.year for one in self.table)


def card(
    evidence: Evidence, view: str = ANNUAL, as_of: int | None = None, vintage: str | None = None
) -> Card:
    """The scorecard of a view.

    Parameters
    ----------
    view : {"annual", "midterm", "final"}
        ``"annual"`` and ``"midterm"`` hold the latest figure of each goal against the straight course in
        the figure's own year; ``"final"`` counts only the figure of the goal's year, where that is over.
    as_of : int, optional
        Default: of ``"annual"`` the latest year with a figure, of ``"midterm"`` the year after half of
        the plan, of ``"final"`` its last year, which is the earliest it can be.
    vintage : str, optional
        ``"2023"`` or ``"2023-06"``: nothing published later counts.

    Raises
    ------
    UnknownName
        No such view.
    InputError
        The year lies outside the plan and its outlook, the vintage is none, or the plan has no table.
    """
    if view not in VIEWS:
        raise UnknownName(view, VIEWS)
    goals = [evidence.goal(name) for name in evidence.goals.index]
    table = [goal for goal in goals if goal.table_row is not None]
    if not table:
        raise InputError("plan_goals.table_row", "none", "the rows of the plan's table of indicators")
    if vintage is not None and not VINTAGE.fullmatch(vintage):
        raise InputError("vintage", vintage, "a year, or a year and month such as 2021-10")
    at = default_year(evidence, table, view, vintage) if as_of is None else as_of
    end, last = (max(goal.year for goal in asked) for asked in (table, goals))
    first = end if view == FINAL else table[0].base_year + 1
    if not first <= at <= last:
        raise InputError("as_of", at, f"a year from {first} to {last}")
    others = [evidence.commitment(name) for name in evidence.commitments.index]
    outlook = [goal for goal in goals if goal.table_row is None]

    def standings(asked: Sequence[Goal], year: int) -> tuple[Standing, ...]:
        return tuple(standing(evidence, goal, view, year, vintage) for goal in asked)

    return Card(
        view,
        at,
        vintage,
        standings(table, at),
        standings(outlook, at),
        standings(others, at),
        standings(table, at - 1),
    )


def standing(evidence: Evidence, goal: Goal, view: str, as_of: int, vintage: str | None) -> Standing:
    """One goal as a view sees it; one whose year is over is due in every view."""
    base = base_of(evidence, goal)
    held = outturns(evidence, goal, base, last=as_of, vintage=vintage)
    return judge(goal, base, held, due=goal.year < as_of or (view == FINAL and goal.year == as_of))


def default_year(evidence: Evidence, table: Sequence[Goal], view: str, vintage: str | None) -> int:
    """The year that a view looks at unless told otherwise."""
    first, last = table[0].base_year, max(goal.year for goal in table)
    if view == FINAL:
        return last
    if view == MIDTERM:
        return first + math.ceil((last - first) / 2)
    held = [
        one.year
        for goal in table
        for one in outturns(evidence, goal, base_of(evidence, goal), last=last, vintage=vintage)
    ]
    return max(held, default=first + 1)


def base_of(evidence: Evidence, goal: Goal) -> float:
    """Level that the plan states for the goal's base year, in the goal's unit; NaN where it states none.

    A multiple takes the base value of another goal on its indicator.
    """
    if goal.name in evidence.commitments.index:
        return stated(evidence.commitments.loc[[goal.name]], goal.unit)
    own = stated(evidence.goals.loc[[goal.name]], goal.unit)
    if not math.isnan(own) or math.isnan(goal.multiple):
        return own
    rows = evidence.goals
    same = (rows["indicator"] == goal.indicator) & (rows["base_year"] == goal.base_year)
    return stated(rows[same & rows["base_value"].notna()].head(1), goal.unit)


def stated(rows: pd.DataFrame, unit: str) -> float:
    """The base value in a row, in a unit; NaN without one."""
    return float(in_unit(rows["base_value"], rows["unit"], unit).iloc[0]) if len(rows) else math.nan


def counts(standings: Sequence[Standing]) -> dict[str, int]:
    """How many goals have each status, in the order of `STATUSES`."""
    return {status: sum(one.status == status for one in standings) for status in STATUSES}
