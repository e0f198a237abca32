"""What moved the chance of a goal between the year its plan was adopted and a later vintage.

One thing after another is taken from the later side, in a fixed order: the published base level in place
of the plan's, figures of population, figures of growth, prices and levels with the forecasts of the time
laid aside, and forecasts published since. The steps add up to the whole; in another order single steps
would differ.
"""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from futian_model.calibration import Calibration, calibrate
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Goal, history
from futian_model.scorecard.estimates import CONSTANT, NOMINAL, STATED, estimate, newest
from futian_model.scorecard.judging import target_of
from futian_model.scorecard.outturns import base_of
from futian_model.scorecard.verdicts import both_ways, calibrated

BASE, POPULATION, FIGURES, FORECASTS = "base", "population", "figures", "forecasts"
STEPS = (BASE, POPULATION, FIGURES, FORECASTS)
"""What is taken from the later side, in this order."""


class Move(NamedTuple):
    """How the chance of a goal moved, on one reading of its prices.

    Attributes
    ----------
    goal : Goal
    reading : {"constant", "nominal", "stated"}
    then, now : str
        The two vintages.
    start, end : float
        Chance as seen from each, a fraction.
    steps : tuple of float
        What each of `STEPS` moved it by; they add up to `end` less `start`.
    """

    goal: Goal
    reading: str
    then: str
    now: str
    start: float
    end: float
    steps: tuple[float, ...]


def adopted(evidence: Evidence) -> str:
    """Vintage of the plan's own figures."""
    goal = evidence.goal(str(evidence.goals.index[0]))
    held = evidence.observations[evidence.observations["source"] == goal.source]
    return str(held["vintage"].max()) if len(held) else newest(evidence)


def moves(
    evidence: Evidence, goals: Sequence[Goal] | None = None, *, vintage: str | None = None
) -> tuple[Move, ...]:
    """What moved the chances of goals on GDP and GDP per head since the plan was adopted.

    Parameters
    ----------
    goals : sequence of Goal, optional
        All of the plan's goals on these indicators when left out; others are passed over.
    vintage : str, optional
        Of the later side; everything held when left out.

    Returns
    -------
    tuple of Move
        One a goal and reading; none where either side supports no calibration, or they are one.
    """
    then, now = adopted(evidence), vintage or newest(evidence)
    asked = [evidence.goal(name) for name in evidence.goals.index] if goals is None else goals
    told = [goal for goal in asked if goal.indicator in history.PUBLISHED]
    found = []
    for goal in told if int(now[:4]) > int(then[:4]) else ():
        try:
            stages = staged(evidence, goal.base_year, then, now)
        except InputError:  # a district without figures enough
            return ()
        for reading in (CONSTANT, NOMINAL) if both_ways(goal) else (STATED,):
            found.append(move(evidence, goal, reading, then, now, stages))
    return tuple(one for one in found if not math.isnan(one.start + one.end))


def staged(evidence: Evidence, base_year: int, then: str, now: str) -> list[tuple[str, Calibration]]:
    """Vintage of the levels and the calibration after each step, the start first."""
    first, last = (calibrated(evidence, base_year, at) for at in (then, now))
    horizon = base_year + len(last.growth.centre)
    bare = evidence.once(
        ("calibration without forecasts", str(base_year), str(horizon), now),
        lambda: calibrate(evidence, base_year=base_year, horizon=horizon, vintage=now, forecasts="none"),
    )
    people = replace(first, population=last.population)
    return [(then, first), (then, first), (then, people), (now, bare), (now, last)]


def move(
    evidence: Evidence,
    goal: Goal,
    reading: str,
    then: str,
    now: str,
    stages: Sequence[tuple[str, Calibration]],
) -> Move:
    """How one chance moved."""
    base = base_of(evidence, goal)
    target = target_of(goal, base)
    if goal.indicator != "real_gdp":  # per head: the plan's GDP belongs to its own population
        stated = evidence.goals[evidence.goals["indicator"] == "real_gdp"]
        gdp = base_of(evidence, evidence.goal(str(stated.index[0]))) if len(stated) else math.nan
    else:
        gdp = base
    chances = [
        estimate(evidence, goal, target, reading, vintage, known, gdp if at == 0 else math.nan).chance
        for at, (vintage, known) in enumerate(stages)
    ]
    steps = tuple(later - earlier for earlier, later in pairwise(chances))
    return Move(goal, reading, then, now, chances[0], chances[-1], steps)
