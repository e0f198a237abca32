"""What moved the chance of a goal between the year its plan was adopted and a later vintage.

One thing after another is taken from the later side, in a fixed order: the measured base levels in place
of the plan's, figures of population, figures of growth, prices and levels with the forecasts of the time
laid aside, and forecasts published since. The steps add up to the whole; in another order single steps
would differ. Chances are counted over the draws of a scenario that assumes nothing of its own, with the
same key at every step; of a year that is over at a step's vintage they are those of its verdict.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from futian_model.calibration import Calibration, calibrated
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Goal, history
from futian_model.evidence.vintages import LATEST, resolved
from futian_model.results import Row, tidy
from futian_model.scenario import read_back
from futian_model.scorecard import CONSTANT, NOMINAL, SCORECARD, STATED, priced
from futian_model.scorecard.estimates import estimate, implied_population
from futian_model.scorecard.judging import target_of
from futian_model.scorecard.outturns import base_of, seen_at
from futian_model.scorecard.verdicts import both_ways
from futian_model.simulation import Result, simulate

BASE, POPULATION, FIGURES, FORECASTS = "base", "population", "figures", "forecasts"
STEPS = (BASE, POPULATION, FIGURES, FORECASTS)
"""What is taken from the later side, in this order."""
TREND = {"block": "trend"}


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
    if evidence.goals.empty:
        return ()
    then, now = adopted(evidence), resolved(evidence, vintage or LATEST)
    asked = [evidence.goal(name) for name in evidence.goals.index] if goals is None else goals
    asked = [goal for goal in asked if goal.indicator in history.PUBLISHED]
    moved, drawn = [], dict[tuple[int, str], Sequence[Result]]()
    for goal in asked if int(now[:4]) > int(then[:4]) else ():
        try:
            if (goal.base_year, goal.source) not in drawn:
                drawn[goal.base_year, goal.source] = views(evidence, goal, then, now)
        except InputError:  # a district without figures enough
            return ()
        seen = drawn[goal.base_year, goal.source]
        for reading in (CONSTANT, NOMINAL) if both_ways(goal) else (STATED,):
            chances = [chance(evidence, goal, reading, result) for result in seen]
            steps = tuple(later - earlier for earlier, later in pairwise(chances))
            moved.append(Move(goal, reading, then, now, chances[0], chances[-1], steps))
    return tuple(move for move in moved if not math.isnan(move.start + move.end))


def adopted(evidence: Evidence) -> str:
    """Vintage of the plan's own figures."""
    goal = evidence.goal(str(evidence.goals.index[0]))
    rows = evidence.observations[evidence.observations["source"] == goal.source]
    return str(rows["vintage"].max()) if len(rows) else resolved(evidence, LATEST)


def views(evidence: Evidence, goal: Goal, then: str, now: str) -> Sequence[Result]:
    """The draws at the start and after each step, for every goal of one base year and source."""
    first, last = (seen_at(evidence, goal.base_year, vintage) for vintage in (then, now))
    horizon = int(last.base_year + len(last.growth.centre))
    bare = calibrated(evidence, base_year=goal.base_year, horizon=horizon, vintage=now, forecasts="none")
    people = replace(first, population=last.population)
    return [
        view(evidence, then, first, planned(evidence, goal)),
        *(view(evidence, at, known) for at, known in ((then, first), (then, people), (now, bare))),
        view(evidence, now, last),
    ]


def view(
    evidence: Evidence, vintage: str, calibration: Calibration, base: dict[str, float] | None = None
) -> Result:
    """Draws given the evidence of a vintage, no lever set, from base levels as measured or as stated."""
    name = {"zh": "趋势", "en": "trend"}
    settings = {
        "base_year": calibration.base_year,
        "horizon": calibration.base_year + len(calibration.growth.centre),
        "vintage": vintage,
        "base": base or {},
    }
    content = {"id": "trend", "title": name, "description": name, "assumptions": settings}
    content["levers"] = {"growth": TREND, "population": TREND}
    trend = read_back(content, evidence, "attribution")
    return simulate(trend, evidence, reading="given_evidence", calibration=calibration)


def chance(evidence: Evidence, goal: Goal, reading: str, result: Result) -> float:
    """Chance of a goal as a view has it; of a year that is over, that of its verdict."""
    read = goal.at_current_prices() if reading == NOMINAL else goal
    if read is None or read.indicator not in result.indicators:
        return math.nan
    if result.ahead(goal.year):
        return result.probability(read)
    vintage = result.scenario.assumptions.vintage
    target = target_of(goal, base_of(evidence, goal, vintage))
    return estimate(evidence, goal, target, reading, vintage, result.calibration).chance


def planned(evidence: Evidence, goal: Goal) -> dict[str, float]:
    """GDP, 亿元, and average population, 万人, of the base year as the plan states or implies them."""
    stated = evidence.goals.index[evidence.goals["indicator"] == "real_gdp"]
    gdp = base_of(evidence, evidence.goal(str(stated[0]))) if len(stated) else math.nan
    levels = {"gdp": gdp, "average_population": implied_population(evidence, goal)}
    return {name: level for name, level in levels.items() if not math.isnan(level)}


def moves_frame(moved: Iterable[Move], place: str = "") -> pd.DataFrame:
    """What moved chances, as a results table: of each goal and reading both ends, and every step."""
    rows = []
    for move in moved:
        values = {"chance_then": move.start, "chance_now": move.end}
        values |= {f"moved_{name}": step for name, step in zip(STEPS, move.steps, strict=True)}
        rows += [
            Row(move.goal.name, move.goal.year, name, value, "fraction", "none", priced(move.reading))
            for name, value in values.items()
        ]
    return tidy(SCORECARD, SCORECARD, rows, place)
