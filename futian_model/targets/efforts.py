"""How much of a lever lifts a goal's chance: the solver's answer, drawn again before it is given."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from futian_model.evidence import Evidence, Goal
from futian_model.growth import Floats
from futian_model.simulation import READINGS, Result, simulate
from futian_model.solver import MET, MET_ALREADY, OUT_OF_BOUNDS, Model, Verdict, solve
from futian_model.targets.draws import checked, is_share, margins
from futian_model.uncertainty import share_error

ROUNDS = 5
"""Simulations at most, until the chance cannot be told from the one asked for; of a lever that moves every
draw alike the first one is exact."""
BOUNDS, RANGE = "bounds", "range"
"""What binds: the bounds asked for, or the lever's own range, such as a share of GDP."""


class Effort(NamedTuple):
    """What a lever has to do for a goal's chance.

    Attributes
    ----------
    chance : float
        Asked for.
    before, before_se : float
        Chance without the lever.
    status : str
        ``"met_at_baseline"``, ``"met"`` or ``"not_within_bounds"``, as the solver's.
    amplitude : float
        As `solver.Requirement.amplitude`; NaN unless met.
    reached, reached_se : float
        Chance at the amplitude, or at the end of the bounds where it is highest, from draws of its own.
    limit : float
        That end.
    binding : str
        ``"bounds"`` or ``"range"`` where it is not within bounds, else empty.
    simulations : int
        How often it was simulated again.
    """

    goal: Goal
    lever: str
    shape: str
    chance: float
    before: float
    before_se: float
    status: str
    amplitude: float
    reached: float
    reached_se: float
    limit: float
    binding: str
    simulations: int


def effort(
    result: Result,
    evidence: Evidence,
    goal: Goal | str,
    chance: float,
    lever: str = "growth",
    *,
    shape: str = "constant",
    start: int | None = None,
    end: int | None = None,
    bounds: tuple[float, float] = (-0.1, 0.1),
) -> Effort:
    """The least change of a lever of the result's scenario at which a goal has a chance.

    A goal that is to have a chance is a goal on the central path, as far beyond it as the draws' quantile
    lies short of it: `solver.solve` finds what that takes, and the result is drawn again, with the same key,
    to see whether the chance is there.

    Parameters
    ----------
    result : Result
        Paths kept. Given the evidence, the lever adds to growth, population and shares of the evidence what
        it adds to the scenario's own.
    goal : Goal or str
        At least, or at most, a level; or the name of such a goal of the plan.
    lever, shape, start, end, bounds
        As `solver.solve`.

    Raises
    ------
    InputError
        A chance out of range or too few draws for it; a goal with two ends, or whose year is over; a lever
        that there is not or that cannot move the goal; reversed bounds.
    """
    goal, chance = result.goal(goal), checked(chance, result.draws)
    margin = margins(result, goal)
    before = share_error(int((margin >= 0).sum()), result.draws)
    model = Model(result.scenario, evidence)
    moves, still, ahead = model.shaped(lever, shape, start, end), model.run({}), 0.0

    def solved() -> tuple[Verdict, float]:
        """The solver's verdict, and the end of the bounds at which the goal is nearest."""
        aim = beyond(result, goal, still, ahead)
        verdict = solve(
            result.scenario, [aim], lever, shape=shape, start=start, end=end, bounds=bounds, evidence=evidence
        )
        return verdict, verdict.bounds[1 if verdict.requirements[0].at_least else 0]

    if before[0] >= chance:
        _, limit = solved()
        return Effort(goal, lever, shape, chance, *before, MET_ALREADY, 0.0, *before, limit, "", 0)
    runs, settled = 0, False
    while not settled:
        ahead -= float(np.quantile(margin, 1 - chance))
        verdict, limit = solved()
        amplitude = limit if verdict.status == OUT_OF_BOUNDS else verdict.amplitude
        drawn = again(result, evidence, model, still, {lever: amplitude * moves})
        margin, runs = margins(drawn, goal), runs + 1
        reached = share_error(int((margin >= 0).sum()), result.draws)
        out = verdict.status == OUT_OF_BOUNDS and reached[0] < chance
        settled = out or runs == ROUNDS or abs(reached[0] - chance) <= reached[1]
    status, change = (OUT_OF_BOUNDS, float("nan")) if out else (MET, amplitude)
    at_bounds = any(abs(limit - end) < 1e-12 for end in bounds)
    binding = (BOUNDS if at_bounds else RANGE) if out else ""
    return Effort(goal, lever, shape, chance, *before, status, change, *reached, limit, binding, runs)


def beyond(result: Result, goal: Goal, still: dict[str, Floats], ahead: float) -> Goal:
    """A goal on the central path, some log points beyond it on the side that the goal asks for."""
    level = float(still[goal.indicator][result.position(goal.year)])
    up = np.isfinite(goal.interval(result.aim(goal).target).low)
    moved = ahead if up else -ahead
    to = expit(logit(level) + moved) if is_share(result, goal.indicator) else level * np.exp(moved)
    return replace(goal, value=float(to), multiple=float("nan"), tolerance=0.0)


def again(
    result: Result, evidence: Evidence, model: Model, still: dict[str, Floats], moved: dict[str, Floats]
) -> Result:
    """The same draws with levers of the scenario moved.

    Given the evidence, the drivers move by what the levers make of the scenario's central path.
    """
    added = moved
    if result.reading != READINGS[0]:
        path = model.run(moved)
        drivers = {"growth": "real_gdp", "population": "year_end_population"}
        held = {name: level for name, level in drivers.items() if level in result.indicators}
        added = {name: np.diff(np.log(path[level] / still[level])) for name, level in held.items()}
        added |= {
            share: np.diff(logit(path[share]) - logit(still[share]))
            for share in result.base.shares
            if share in path
        }
    return simulate(
        result.scenario,
        evidence,
        draws=result.draws,
        seed=result.seed,
        reading=result.reading,
        keep=True,
        calibration=result.calibration,
        added=added,
    )
