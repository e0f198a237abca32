"""Pairs of targets that hold together at a chance, and where the plan's own pair lies."""

from typing import NamedTuple

import numpy as np

from futian_model.errors import InputError
from futian_model.evidence import Goal
from futian_model.simulation import Result
from futian_model.targets.chances import ends
from futian_model.targets.draws import (
    IN_TAIL,
    Quantile,
    Variable,
    checked,
    growth,
    meets,
    one_ended,
    outcomes,
)
from futian_model.uncertainty import share_error

POINTS = 21


class Pair(NamedTuple):
    """Two targets that hold together at the front's chance.

    Attributes
    ----------
    first : float
        Level of the first, exact.
    second : Quantile
        The most that can be asked of the second beside it.
    first_chance, second_chance : float
        Of each by itself.
    """

    first: float
    second: Quantile
    first_chance: float
    second_chance: float


class Front(NamedTuple):
    """Pairs at a chance, from the safest first target to the boldest.

    Attributes
    ----------
    plan : tuple of Goal
        The pair that is marked.
    plan_chance, plan_se : float
        Chance that it holds together.
    """

    first: Variable
    second: Variable
    chance: float
    pairs: tuple[Pair, ...]
    plan: tuple[Goal, Goal]
    plan_chance: float
    plan_se: float

    @property
    def inside(self) -> bool:
        """Whether the plan's pair has at least the chance of the front."""
        return self.plan_chance >= self.chance


def front(
    result: Result, first: Goal | str, second: Goal | str, chance: float, points: int = POINTS
) -> Front:
    """Pairs of levels of two goals' indicators that hold together at a chance.

    Parameters
    ----------
    first, second : Goal or str
        The plan's pair, or their names, each at least or at most a level.
    points : int
        Pairs, evenly spaced in the first one's own chance.

    Raises
    ------
    InputError
        As `at_chance`; a goal with two ends; fewer than two points; goals on one variable.
    """
    first, second, chance = result.goal(first), result.goal(second), checked(chance, result.draws)
    variable, other = (Variable.of(one_ended(goal)) for goal in (first, second))
    if variable[:2] == other[:2]:
        raise InputError("goals", f"{first.name}, {second.name}", "goals on different indicators or years")
    if points < 2:
        raise InputError("points", points, "2 or more")
    values, beside = outcomes(result, variable), outcomes(result, other)
    grown = growth(result, other)
    room = IN_TAIL / result.draws
    if chance + room >= 1 - room:
        raise InputError("draws", result.draws, f"{int(2 * IN_TAIL / (1 - chance)) + 1:,} or more")
    pairs = []
    for own in np.linspace(chance + room, 1 - room, points)[::-1]:
        level = float(np.quantile(values, 1 - own if variable.operator == "≥" else own))
        met = values >= level if variable.operator == "≥" else values <= level
        end = ends(other, beside, grown, met, chance)[0].level
        alone = beside >= end.value if other.operator == "≥" else beside <= end.value
        pairs.append(Pair(level, end, float(met.mean()), float(alone.mean())))
    both = share_error(int(meets(result, [first, second]).sum()), result.draws)
    return Front(variable, other, chance, tuple(pairs), (first, second), *both)
