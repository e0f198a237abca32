"""Verdicts on goals whose year is over: met, missed, or what is known as long as the figure is not out."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from futian_model.calibration import Calibration
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Goal, history
from futian_model.evidence.vintages import LATEST, last_over, resolved
from futian_model.scorecard.estimates import (
    CONSTANT,
    NOMINAL,
    STATED,
    Estimate,
    estimate,
)
from futian_model.scorecard.judging import (
    AT_BOUND,
    MET,
    MISSED,
    MISSING,
    NO_FINAL,
    UNJUDGED,
    Standing,
    judge,
)
from futian_model.scorecard.outturns import CENSUS, PRICES, Outturn, base_of, of_goal, related, seen_at

OPEN, NOT_PUBLISHED = "open", "not_published"
MET_SO_FAR, MISSED_SO_FAR = "met_so_far", "missed_so_far"
BY_READING = "by_reading"
"""The two readings of a goal come to different verdicts."""
VERDICTS = (MET, MET_SO_FAR, MISSED, MISSED_SO_FAR, OPEN, NOT_PUBLISHED, UNJUDGED)
"""Met, missed, each by a figure of the year or as far as published figures allow; a bound that leaves it
open; no figure of the year; not to be judged."""
UNLIKELY = 0.05
"""Chance below which a goal with a bound of its year counts as missed so far, and above one less which as
met so far."""


class Verdict(NamedTuple):
    """A goal whose year is over, on one reading of its prices.

    Attributes
    ----------
    goal : Goal
    reading : {"constant", "nominal", "stated"}
        Price basis that the target is read on.
    status : str
        One of `VERDICTS`.
    target : float
        In the goal's unit.
    gap : float
        `value` less `target` where a figure of the year, or a bound that reaches the target, settles it; at
        least so much where it is a bound. Else NaN.
    expected : float
        Median of the goal's year given everything published, where its figure is not out; else NaN.
    chance : float
        That the target was met, a fraction, where that is still unknown and a state is estimated that no
        published figure contradicts; else NaN.
    low, high : float
        Ends of the middle 80 % of what `expected` is the median of.
    outturn : Outturn or None
        The figure judged, the bound, or the latest earlier figure.
    reason : str
        Why it cannot be judged (`Standing.reason`); else empty.
    """

    goal: Goal
    reading: str
    status: str
    target: float
    gap: float
    expected: float
    chance: float
    low: float = math.nan
    high: float = math.nan
    outturn: Outturn | None = None
    reason: str = ""

    @property
    def value(self) -> float:
        """The outturn, in the goal's unit; NaN without one."""
        return math.nan if self.outturn is None else self.outturn.value

    @property
    def year(self) -> int | None:
        """Of the outturn."""
        return None if self.outturn is None else self.outturn.year

    @property
    def precision(self) -> str:
        """``"point"``, ``"estimate"``, ``"rounded"`` or ``"lower_bound"``; empty without an outturn."""
        return "" if self.outturn is None else self.outturn.precision

    @property
    def expected_gap(self) -> float:
        """`expected` less `target`, in the goal's unit."""
        return self.expected - self.target


def verdicts(
    evidence: Evidence, goal: Goal, *, vintage: str | None = None, calibration: Calibration | None = None
) -> tuple[Verdict, ...]:
    """Whether a goal was met, by the figures published by a vintage.

    A measured figure of the goal's year decides, and so does a lower bound at or above the target. A
    bound below it leaves the answer open; the chance that the target was met then comes from what else is
    known, and one below `UNLIKELY` makes it missed as far as published figures allow. Without any figure
    of the year nothing is judged, and the chance is all that can be said.

    Parameters
    ----------
    goal : Goal
        Of the district's plan; its year is over at the vintage.
    vintage : str, optional
        ``"2026"`` or ``"2026-05"``: nothing published later counts; everything held when left out.
    calibration : Calibration, optional
        As seen from the vintage, from the goal's base year on; made when left out.

    Returns
    -------
    tuple of Verdict
        Two, at constant and at current prices, for a goal on GDP or GDP per head whose price basis the
        plan does not state; else one.

    Raises
    ------
    InputError
        The goal's year is not over, the vintage is no date, or the calibration starts in another year.
    """
    vintage = None if vintage == LATEST else vintage
    at = resolved(evidence, vintage or LATEST)
    last = last_over(at)
    if goal.year > last:
        allowed = f"a goal whose year is over, {last} or earlier at vintage {at}"
        raise InputError(f"verdict of {goal.name}", goal.year, allowed)
    if calibration is not None and calibration.base_year != goal.base_year:
        raise InputError("calibration.base_year", calibration.base_year, f"{goal.base_year}, of {goal.name}")
    asked = (CONSTANT, NOMINAL) if both_ways(goal) else (STATED,)
    return tuple(verdict(evidence, goal, reading, vintage, calibration) for reading in asked)


def both_ways(goal: Goal) -> bool:
    """Whether a goal is read on constant and on current prices, its plan stating neither."""
    return goal.basis_stated is False and goal.indicator in history.PUBLISHED


def verdict(
    evidence: Evidence, goal: Goal, reading: str, vintage: str | None, calibration: Calibration | None
) -> Verdict:
    """One reading of a goal whose year is over."""
    read = on_prices(evidence, goal, reading)
    base = base_of(evidence, goal, vintage)
    held = of_goal(evidence, read, base, last=goal.year, vintage=vintage)
    standing = judge(read, base, held, due=True)
    shown = standing.latest or (held[-1] if held and standing.reason != PRICES else None)
    status = status_of(standing)
    guess = Estimate()
    if status in (OPEN, NOT_PUBLISHED):
        guess = of_state(evidence, goal, standing.target, reading, vintage, calibration)
    if status == OPEN:
        status = as_far_as_known(guess.chance)
    settled = status in (MET, MISSED) and shown is not None
    return Verdict(
        goal,
        reading,
        status,
        standing.target,
        shown.value - standing.target if settled and shown is not None else math.nan,
        guess.expected,
        guess.chance,
        guess.low,
        guess.high,
        shown,
        standing.reason if status == UNJUDGED else "",
    )


def on_prices(evidence: Evidence, goal: Goal, reading: str) -> Goal:
    """The goal on the published level of its indicator, at current prices, where it is read so."""
    if reading != NOMINAL:
        return goal
    (level, *_) = related(evidence.indicators, goal.indicator, "level")
    return replace(goal, indicator=level, price_basis=NOMINAL)


def status_of(standing: Standing) -> str:
    """What published figures alone say of a goal that is due."""
    if standing.status in (MET, MISSED):
        return standing.status
    if standing.reason in (PRICES, CENSUS) and standing.held[-1].year < standing.goal.year:
        return NOT_PUBLISHED
    if standing.status == AT_BOUND or standing.reason == PRICES:
        return OPEN
    return NOT_PUBLISHED if standing.status == MISSING or standing.reason == NO_FINAL else UNJUDGED


def overall(readings: Sequence[Verdict]) -> str:
    """The verdict on a goal: of all its readings, or that it hangs on the reading."""
    statuses = {reading.status for reading in readings}
    return statuses.pop() if len(statuses) == 1 else BY_READING


def as_far_as_known(chance: float) -> str:
    """The verdict that a chance allows."""
    if chance < UNLIKELY:
        return MISSED_SO_FAR
    return MET_SO_FAR if chance > 1 - UNLIKELY else OPEN


def of_state(
    evidence: Evidence,
    goal: Goal,
    target: float,
    reading: str,
    vintage: str | None,
    calibration: Calibration | None,
) -> Estimate:
    """What is estimated of the goal's year; nothing where the evidence supports no calibration."""
    at = resolved(evidence, vintage or LATEST)
    if goal.indicator not in history.PUBLISHED and not is_share(evidence, goal):
        return Estimate()
    try:
        known = calibration or seen_at(evidence, goal.base_year, at)
    except InputError:  # a district without figures enough
        return Estimate()
    return estimate(evidence, goal, target, reading, at, known)


def is_share(evidence: Evidence, goal: Goal) -> bool:
    """Whether a goal is on a share of GDP."""
    kinds = evidence.indicators["kind"]
    return goal.indicator in kinds.index and str(kinds.loc[goal.indicator]) == "share"
