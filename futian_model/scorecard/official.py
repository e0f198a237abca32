"""The statuses that evaluations of plans use, which allow for a stated tolerance, beside our stricter ones.

Early, faster than expected, broadly in line with what was expected, lagging: the words of mid-term
evaluations of five-year plans. Neither ordinances nor public evaluations state a tolerance; the one here
is stated, and the same for every goal.
"""

import math
from collections.abc import Iterable

from futian_model.scorecard.course import FLAT, NONE, PRO_RATA
from futian_model.scorecard.judging import MET, MISSED, NO_FINAL, Standing, on_the_way
from futian_model.scorecard.outturns import LOWER_BOUND
from futian_model.scorecard.verdicts import MET_SO_FAR, MISSED_SO_FAR, Verdict

EARLY, FASTER, IN_LINE, LAGGING = "early", "faster", "in_line", "lagging"
OFFICIAL = (LAGGING, IN_LINE, FASTER, EARLY)
"""From the worst to the best."""
QUARTERS = 4
"""Of a year. A value is in line that lies within one quarter's part of the straight course: plans are
followed by quarters, so what a quarter earlier or later would bring makes no other status."""
FEASIBLE, WITH_EFFORT, HARD = "feasible", "with_effort", "hard"
PROSPECTS = (HARD, WITH_EFFORT, FEASIBLE)
"""Whether a goal can be met: it can, it can with effort, it is hard."""
HARD_BELOW, FEASIBLE_ABOVE = 0.33, 0.66
"""Chances below which a goal is hard and above which it can be met: "unlikely" and "likely" of the IPCC's
guidance note on the treatment of uncertainties (Mastrandrea and others, 2010, Table 1)."""
BINDING, EXPECTED = "binding", "expected"


def tolerance(years: int) -> float:
    """Part of the way from base to target that is one quarter of a straight course over some years."""
    return 1 / (QUARTERS * years)


def official(standing: Standing, value: float, year: int, *, before: bool = False) -> str:
    """What an evaluation calls a value of a year.

    Early: the target is reached before its year. In line: the value misses what the straight course asks of
    its year by no more than `tolerance`; faster: it is better by more; lagging: it misses by more. What is to
    be kept in every year is in line or lags; without a course only a goal's own year is judged.

    Parameters
    ----------
    value : float
        In the goal's unit.
    before : bool
        Whether the target had been reached in an earlier year already.

    Returns
    -------
    str
        One of `OFFICIAL`; empty where nothing can be said.
    """
    goal, target, shape = standing.goal, standing.target, standing.shape
    if math.isnan(value) or math.isnan(target):
        return ""
    reached = bool(goal.meets(value, target))
    if shape != FLAT and reached and (before or year < goal.year):
        return EARLY
    if shape in (FLAT, NONE):
        judged = shape == FLAT or year == goal.year
        return (IN_LINE if reached else LAGGING) if judged else ""
    start = 0.0 if shape == PRO_RATA else standing.base
    slack = abs(target - start) * tolerance(goal.year - goal.base_year)
    asked = on_the_way(goal, standing.base, target, shape, year)
    if asked.gap(value) > slack:
        return LAGGING
    ahead = (value - standing.line_at(year)) * math.copysign(1.0, target - start)
    return FASTER if ahead > slack and bool(asked.meets(value)) else IN_LINE


def of_standing(standing: Standing) -> str:
    """What an evaluation calls the latest figure; of a lower bound what holds whatever lies above it."""
    latest = standing.latest
    if latest is None or standing.reason == NO_FINAL:
        return ""
    before = reached_before(standing, latest.year)
    status = official(standing, latest.value, latest.year, before=before)
    if latest.precision != LOWER_BOUND or not status:
        return status
    most = standing.goal.interval(standing.target).high
    if most == math.inf:  # what lies above is no worse
        return status if status != LAGGING else ""
    return status if status == LAGGING and latest.value > most else ""


def of_verdicts(standing: Standing, verdicts: Iterable[Verdict]) -> str:
    """What an evaluation calls a goal whose year is over: on several readings of its prices the worst.

    A figure of the year decides, or an estimate where published figures allow a verdict.
    """
    statuses = [of_verdict(standing, verdict) for verdict in verdicts]
    return min(statuses, key=OFFICIAL.index) if all(statuses) else ""


def of_verdict(standing: Standing, verdict: Verdict) -> str:
    """What an evaluation calls one reading of a goal whose year is over."""
    year = verdict.goal.year
    if verdict.status in (MET_SO_FAR, MISSED_SO_FAR):
        return official(standing, verdict.expected, year)
    if verdict.status not in (MET, MISSED):
        return ""
    return official(standing, verdict.value, verdict.year or year, before=reached_before(standing, year))


def reached_before(standing: Standing, year: int) -> bool:
    """Whether an exact, comparable figure of an earlier year reached the target."""
    return any(
        bool(standing.goal.meets(outturn.value, standing.target))
        for outturn in standing.held
        if outturn.year < year and not outturn.clash and outturn.precision != LOWER_BOUND
    )


def prospect(chance: float) -> str:
    """Whether a goal can be met, by its chance, a fraction; empty where none is known."""
    if math.isnan(chance):
        return ""
    if chance < HARD_BELOW:
        return HARD
    return FEASIBLE if chance > FEASIBLE_ABOVE else WITH_EFFORT


def warned(standing: Standing, status: str, chance: float = math.nan) -> bool:
    """Whether a goal is on the list of warnings: a binding one that lags, was missed or is hard to meet."""
    behind = status == LAGGING or standing.status == MISSED or prospect(chance) == HARD
    return standing.goal.attribute == BINDING and behind
