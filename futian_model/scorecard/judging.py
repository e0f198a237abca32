"""One goal against its outturns: met, on course, behind, open, or without a figure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from futian_model.evidence import Goal
from futian_model.evidence.operators import Interval
from futian_model.scorecard.course import (
    FLAT,
    GROWTH,
    LINEAR,
    NONE,
    PRO_RATA,
    required,
    straight_line,
    trend,
    way,
)
from futian_model.scorecard.outturns import LOWER_BOUND, PRICES, Outturn
from futian_model.units import UNITS

MET, MISSED, ON_COURSE, BEHIND = "met", "missed", "on_course", "behind"
AT_BOUND, UNJUDGED, MISSING = "at_bound", "unjudged", "missing"
STATUSES = (MET, ON_COURSE, BEHIND, MISSED, AT_BOUND, UNJUDGED, MISSING)
SET_BY_CITY, NO_BASE, NO_FINAL = "set_by_city", "no_base", "no_final"
"""Why a goal cannot be judged, beside a clash of its outturn: its value, its start or its last year is not
held."""
YES, NO, OPEN = "yes", "no", "open"
LEVELS, PACES = ("target", "level", "gap", "current"), ("so_far", "required")
"""Figures of a standing: in its goal's unit, and what they move by a year (`pace_of`)."""


@dataclass(frozen=True)
class Standing:
    """Where a goal stands.

    Attributes
    ----------
    base, target : float
        In the goal's unit; NaN where the plan gives none.
    shape : str
        Of the straight course, see `course`.
    held : tuple of Outturn
        Everything published after the base year, earliest first.
    latest : Outturn or None
        The one judged.
    status, reason : str
        One of `STATUSES`; why it cannot be judged, else empty.
    line : float
        The straight course in the year of `latest`.
    way, line_way : float
        Part of the way from base to target covered by `latest` and by the straight course, fractions.
    trend : float
        What the figures lead to in the goal's year.
    required : float
        From `latest` to the target, a year: growth, a fraction, where the course is one of growth; else
        steps in the goal's unit. Of a bound it is the most that is left.
    """

    goal: Goal
    base: float
    target: float
    shape: str
    held: tuple[Outturn, ...]
    latest: Outturn | None
    status: str
    reason: str
    line: float
    way: float
    line_way: float
    trend: float
    required: float

    @property
    def year(self) -> int | None:
        """Of the figure judged."""
        return None if self.latest is None else self.latest.year

    @property
    def level(self) -> float:
        """The figure judged; NaN without one."""
        return math.nan if self.latest is None else self.latest.value

    @property
    def gap(self) -> float:
        """How far it lies above the target."""
        return self.level - self.target

    @property
    def so_far(self) -> float:
        """Growth a year, or steps in the goal's unit, from the base year to it."""
        return (
            math.nan
            if self.year is None
            else required(self.base, self.level, self.year - self.goal.base_year, pace_of(self.goal))
        )

    @property
    def current_year(self) -> int | None:
        """Year of a later level at current prices: for a goal at constant ones no outturn yet."""
        return self.held[-1].year if self.held and self.held[-1].clash == PRICES else None

    @property
    def current(self) -> float:
        """That level; NaN without one."""
        return math.nan if self.current_year is None else self.held[-1].value

    @property
    def met(self) -> bool:
        """Whether the figure judged meets the target, whatever its year."""
        return self.status == MET

    @property
    def over(self) -> bool:
        """Whether the goal's year has a figure."""
        return self.year is not None and self.year >= self.goal.year

    def to_dict(self) -> dict[str, Any]:
        """As plain values; what is not known is None."""
        numbers = {name: getattr(self, name) for name in (*LEVELS, *PACES)}
        return {
            "goal": self.goal.name,
            "goal_year": self.goal.year,
            "unit": self.goal.unit,
            "year": self.year,
            "met": self.met if self.latest else None,
            "how": self.latest.how if self.latest else None,
            "source": self.latest.source if self.latest else None,
            "current_year": self.current_year,
        } | {name: float(value) if math.isfinite(value) else None for name, value in numbers.items()}

    def line_at(self, year: int) -> float:
        """The straight course in a year."""
        return course(self.goal, self.base, self.target, self.shape, year)


def target_of(goal: Goal, base: float) -> float:
    """What the goal asks; NaN where the plan leaves it to the city, or it is a multiple of no base."""
    unset = math.isnan(goal.value) and math.isnan(goal.multiple)
    return math.nan if unset else goal.level(base)


def shape_of(goal: Goal, base: float, target: float) -> str:
    """The straight course of a goal.

    A total counts pro rata. What is to be kept in every year, or was reached in the base year already,
    is a bound. Money grows at one rate; shares, rates, counts and areas move in equal steps. A level
    whose start the plan does not give has no course.
    """
    if math.isnan(target):
        return NONE
    if goal.measure == "cumulative":
        return PRO_RATA
    if goal.measure == "bound":
        return FLAT
    if math.isnan(base):
        return NONE
    if bool(goal.meets(base, target)):
        return FLAT
    return pace_of(goal) if min(base, target) > 0 else LINEAR


def pace_of(goal: Goal) -> str:
    """How what a goal is about moves: money by growth, everything else in steps."""
    money = goal.unit in UNITS and UNITS[goal.unit].quantity.startswith("money")
    return GROWTH if money else LINEAR


def course(goal: Goal, base: float, target: float, shape: str, year: int) -> float:
    """Where the straight course of a goal passes in a year."""
    return straight_line(base, target, year - goal.base_year, goal.year - goal.base_year, shape)


def judge(goal: Goal, base: float, held: Sequence[Outturn], *, due: bool = False) -> Standing:
    """Where a goal stands, by these rules in this order.

    1. The plan leaves the value to the city: it cannot be judged. 2. Nothing is published after the
    base year: missing. 3. No figure is on the goal's own prices and census: it cannot be judged.
    4. Where the goal is due, only the figure of its own year counts, and of a total also an earlier one
    that had reached the target; without it, it cannot be judged. 5. The latest figure reaches the
    target: met. A lower bound (突破) at or above a target of at least so much does so too. 6. It does not,
    and the goal is due: missed. 7. It is at the straight course of its own year or on the better side of
    it: on course; on the worse side: behind. A level without a base has no course and cannot be judged.
    8. A lower bound that leaves the answer open is told as such.

    Parameters
    ----------
    base : float
        Level of the base year in the goal's unit; NaN where the plan gives none.
    held : sequence of Outturn
        Of the goal, earliest first.
    due : bool
        The goal's year is being evaluated, or is over.
    """
    target = target_of(goal, base)
    shape = shape_of(goal, base, target)
    usable = [outturn for outturn in held if not outturn.clash]
    latest, why = chosen(goal, target, held, usable, due=due)
    status, reason = (UNJUDGED, why) if why else verdict(goal, base, target, shape, latest, due=due)
    line = course(goal, base, target, shape, latest.year) if latest else math.nan
    return Standing(
        goal,
        base,
        target,
        shape,
        tuple(held),
        latest,
        status,
        reason,
        line,
        way(base, target, latest.value, shape) if latest else math.nan,
        way(base, target, line, shape),
        leads_to(goal, base, usable, shape),
        required(latest.value, target, goal.year - latest.year, shape) if latest else math.nan,
    )


def chosen(
    goal: Goal, target: float, held: Sequence[Outturn], usable: Sequence[Outturn], *, due: bool
) -> tuple[Outturn | None, str]:
    """The figure that is judged, and why none can be (rules 1 to 4)."""
    latest = usable[-1] if usable else None
    if math.isnan(target):
        return latest, SET_BY_CITY if math.isnan(goal.multiple) else NO_BASE
    if not held:
        return None, ""
    if latest is None:
        return None, held[-1].clash
    if not due or latest.year == goal.year:
        return latest, ""
    if goal.measure == "cumulative" and answer(goal.interval(target), latest) == YES:
        return latest, ""
    return latest, held[-1].clash if held[-1].year == goal.year else NO_FINAL


def verdict(
    goal: Goal, base: float, target: float, shape: str, latest: Outturn | None, *, due: bool
) -> tuple[str, str]:
    """Status and reason of a figure that can be judged (rules 2 and 5 to 8)."""
    if latest is None:
        return MISSING, ""
    reached = answer(goal.interval(target), latest)
    if reached == YES:
        return MET, ""
    if due:
        return (MISSED if reached == NO else AT_BOUND), ""
    if shape == NONE:
        return UNJUDGED, NO_BASE
    asked = on_the_way(goal, base, target, shape, latest.year)
    passed = answer(asked, latest)
    return {YES: ON_COURSE, NO: BEHIND, OPEN: AT_BOUND}[passed], ""


def on_the_way(goal: Goal, base: float, target: float, shape: str, year: int) -> Interval:
    """What is on course in a year: the straight course and what is better.

    Of a goal that asks for an exact value or a range that is what lies between the course and the far
    end of what is asked.
    """
    asked, line = goal.interval(target), course(goal, base, target, shape, year)
    if not asked.closed:
        return goal.interval(line)
    if (0.0 if shape == PRO_RATA else base) < asked.low:
        return Interval(min(line, asked.low), asked.high)
    return Interval(asked.low, max(line, asked.high))


def answer(asked: Interval, outturn: Outturn) -> str:
    """Whether a figure lies in what is asked; of a lower bound that may stay open."""
    reaches = bool(asked.meets(outturn.value))
    if outturn.precision != LOWER_BOUND:
        return YES if reaches else NO
    if not reaches and outturn.value > asked.high:
        return NO
    return YES if reaches and asked.high == math.inf else OPEN


def leads_to(goal: Goal, base: float, usable: Sequence[Outturn], shape: str) -> float:
    """The trend of the exact figures, the base among them, in the goal's year."""
    exact = [outturn for outturn in usable if outturn.precision != LOWER_BOUND]
    years = [goal.base_year, *(outturn.year for outturn in exact)]
    values = [0.0 if shape == PRO_RATA else base, *(outturn.value for outturn in exact)]
    return trend(years, values, goal.year, shape)
