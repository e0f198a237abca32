"""Which target has a chance: levels and growth that draws reach as often as asked, alone and together."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from futian_model.errors import InputError
from futian_model.evidence import Goal
from futian_model.growth import Floats
from futian_model.simulation import Result
from futian_model.targets.draws import (
    IN_TAIL,
    Quantile,
    Variable,
    checked,
    growth,
    limit,
    listed,
    meets,
    outcomes,
    quantile,
    variable_of,
)
from futian_model.uncertainty import share_error

CHANCES = (0.5, 0.7, 0.8, 0.9)
FLOOR, CEILING, RANGE = "≥", "≤", "="


class End(NamedTuple):
    """One end of a target.

    Attributes
    ----------
    operator : {"≥", "≤"}
    level : Quantile
        In the indicator's unit.
    growth : Quantile
        Growth a year from the jump-off that has the same chance, a fraction; of a share points a year. A
        quantile of the draws' own growth: they start from different levels where the jump-off is not
        published, so it need not lead from the median jump-off to `level`.
    """

    operator: str
    level: Quantile
    growth: Quantile


class Target(NamedTuple):
    """A target and its chance; a range has two ends, any other one."""

    variable: Variable
    chance: float
    ends: tuple[End, ...]
    beside: tuple[str, ...] = ()
    """Names of goals that hold together with it."""


class Together(NamedTuple):
    """Targets that hold together at a chance, each with the same chance by itself.

    Attributes
    ----------
    own : Quantile
        Chance that each has by itself.
    """

    chance: float
    own: Quantile
    targets: tuple[Target, ...]


def at_chance(
    result: Result,
    variable: Variable | Goal | str,
    chances: Iterable[float] = CHANCES,
    beside: Sequence[Goal | str] | Goal | str = (),
) -> tuple[Target, ...]:
    """Targets on one variable that hold with given chances.

    Parameters
    ----------
    result : Result
        With its paths kept; a likelihood only where it is read given the evidence.
    variable : Variable, Goal or str
        Or the goal, or the name of the goal, that it is of.
    chances : iterable of float
        Fractions, above 0 and below 1.
    beside : sequence of Goal
        Goals that must hold as well: the chance is that of target and goals together.

    Returns
    -------
    tuple of Target
        One a chance.

    Raises
    ------
    InputError
        A chance out of range, too few draws for it, or more than the goals beside have by themselves; a year
        that is over; an indicator of which the draws say nothing.

    Examples
    --------
    A level with a higher chance is a lower one:

    >>> from futian_model.simulation import simulate
    >>> result = simulate("evidence_trend", draws=500, reading="given_evidence", keep=True)
    >>> even, likely = at_chance(result, "gdp_double_2035", [0.5, 0.9])
    >>> print(likely.ends[0].level.value < even.ends[0].level.value)
    True
    """
    variable = variable_of(result, variable)
    values, grown = outcomes(result, variable), growth(result, variable)
    others = listed(beside)
    met = meets(result, others)
    names = tuple(result.goal(goal).name for goal in others)
    return tuple(
        Target(variable, chance, ends(variable, values, grown, met, chance, names), names)
        for chance in (checked(chance, result.draws) for chance in chances)
    )


def ends(
    variable: Variable,
    values: Floats,
    grown: Floats,
    met: NDArray[np.bool_],
    chance: float,
    names: Sequence[str] = (),
) -> tuple[End, ...]:
    """Ends at which a chance is reached among the draws that meet everything else."""
    left = float(met.mean())
    most = left - IN_TAIL / len(values)
    if names and most <= 0:
        raise InputError(
            "beside", ", ".join(names), "goals that draws meet together: these exclude each other"
        )
    if names and chance > most:
        allowed = f"at most {limit(most, least=False)}: {', '.join(names)} alone have {left:.3g}"
        raise InputError("chance", chance, f"{allowed}, and draws must lie beyond")
    part = chance / left
    error = share_error(round(chance * len(values)), len(values))[1] / left
    levels = {FLOOR: (1 - part,), CEILING: (part,), RANGE: ((1 - part) / 2, (1 + part) / 2)}
    return tuple(
        End(side, quantile(values[met], level, error), quantile(grown[met], level, error))
        for side, level in zip(
            (FLOOR, CEILING) if variable.operator == RANGE else (variable.operator,),
            levels[variable.operator],
            strict=True,
        )
    )


def together(result: Result, variables: Sequence[Variable | Goal | str], chance: float) -> Together:
    """Targets on several variables that hold together with a chance, none riskier than another.

    A draw meets all of them exactly where the worst of its ranks, each counted from its target's safe side,
    is no worse than the chance that each has by itself: that chance is a quantile of the worst ranks.

    Raises
    ------
    InputError
        No variables, or as `at_chance`.
    """
    chance = checked(chance, result.draws)
    if not variables:
        raise InputError("variables", "none", "at least one variable")
    asked = [variable_of(result, variable) for variable in variables]
    values = [outcomes(result, variable) for variable in asked]
    worst = np.max(
        [needed(own, variable.operator) for own, variable in zip(values, asked, strict=True)], axis=0
    )
    own = quantile(worst, chance)
    everyone = np.ones(result.draws, bool)
    targets = tuple(
        Target(variable, own.value, ends(variable, held, growth(result, variable), everyone, own.value))
        for variable, held in zip(asked, values, strict=True)
    )
    return Together(chance, own, targets)


def needed(values: Floats, operator: str) -> Floats:
    """Chance of the safest target that each draw still just meets, shape (draws,)."""
    below = (np.argsort(np.argsort(values)) + 0.5) / len(values)
    sides = {FLOOR: 1 - below, CEILING: below, RANGE: np.abs(2 * below - 1)}
    return np.asarray(sides[operator])
