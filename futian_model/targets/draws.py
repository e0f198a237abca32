"""Draws of a result as the questions on targets ask for them: outcomes, margins, quantiles with errors."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Context
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit

from futian_model.errors import InputError
from futian_model.evidence import Goal
from futian_model.evidence.operators import EXACT, operator
from futian_model.growth import Floats
from futian_model.simulation import Result
from futian_model.uncertainty import share_error

IN_TAIL = 20
"""Draws that must lie beyond a quantile, for its error to be about a quarter of the way into the tail."""
STILL = 1e-9
"""Spread, as a part of the level, below which the draws say nothing of an indicator."""


class Variable(NamedTuple):
    """An indicator in a year, and which way a target on it points.

    Attributes
    ----------
    operator : {"≥", "≤", "="}
        At least, at most, or within a range with as much chance of ending below as above.
    """

    indicator: str
    year: int
    operator: str = "≥"

    @classmethod
    def of(cls, goal: Goal) -> "Variable":
        """What a goal of the plan is about."""
        return cls(goal.indicator, goal.year, goal.operator or "≥")


class Quantile(NamedTuple):
    """A quantile of the draws and its Monte Carlo standard error, in the unit of what was drawn."""

    value: float
    se: float


def variable_of(result: Result, variable: Variable | Goal | str) -> Variable:
    """A variable as the functions of this room take it: itself, or that of a goal or of a goal's name."""
    return variable if isinstance(variable, Variable) else Variable.of(result.goal(variable))


def listed(goals: Sequence[Goal | str] | Goal | str) -> list[Goal | str]:
    """Goals as a list; a single goal or name is a list of itself."""
    return [goals] if isinstance(goals, Goal | str) else list(goals)


def outcomes(result: Result, variable: Variable) -> Floats:
    """All draws of a variable, shape (draws,).

    Raises
    ------
    InputError
        Its year is over or beyond the horizon, its indicator is not simulated or not uncertain, there is no
        such operator, or the paths were not kept.
    """
    operator(variable.operator)
    values = result.at(variable.indicator, variable.year)
    if not result.ahead(variable.year):
        raise InputError("year", variable.year, f"a year after {result.last_over}, the last that is over")
    if np.ptp(values) <= STILL * abs(float(values[0])):
        raise InputError("indicator", variable.indicator, "one whose draws differ: no series of it is held")
    return values


def is_share(result: Result, indicator: str) -> bool:
    """Whether an indicator is a share, which moves in log-odds and grows in points."""
    return bool(result.glossary.loc[indicator, "kind"] == "share")


def growth(result: Result, variable: Variable) -> Floats:
    """Growth a year of every draw from its own level at the jump-off, fractions, shape (draws,).

    Of a share the change a year, a fraction of one.
    """
    start, end = (result.at(variable.indicator, year) for year in (result.jump_off, variable.year))
    years = variable.year - result.jump_off
    if is_share(result, variable.indicator):
        return np.asarray((end - start) / years)
    return np.asarray((end / start) ** (1 / years) - 1)


def margins(result: Result, goal: Goal) -> Floats:
    """How far every draw exceeds a goal, in logs, of a share in log-odds, shape (draws,); 0 just meets it.

    Raises
    ------
    InputError
        As `outcomes`; or the goal has two ends, between which a chance both rises and falls.
    """
    target = result.aim(goal).target
    asked = one_ended(goal).interval(target)
    values = outcomes(result, Variable.of(goal))
    level = asked.low if np.isfinite(asked.low) else asked.high
    scale = logit if is_share(result, goal.indicator) else np.log
    return np.asarray((scale(values) - scale(level)) * (1.0 if np.isfinite(asked.low) else -1.0))


def one_ended(goal: Goal) -> Goal:
    """A goal with one end.

    Raises
    ------
    InputError
        It has two, between which a chance both rises and falls.
    """
    if goal.operator in EXACT:
        allowed = "a goal with one end, at least (≥) or at most (≤): of a range the chance rises and falls"
        raise InputError(f"goal {goal.name}", goal.operator, allowed)
    return goal


def meets(result: Result, goals: Sequence[Goal | str]) -> NDArray[np.bool_]:
    """Which draws meet all of some goals, shape (draws,)."""
    met = np.ones(result.draws, bool)
    for goal in map(result.goal, goals):
        met &= goal.meets(outcomes(result, Variable.of(goal)), result.aim(goal).target)
    return met


def checked(chance: float, draws: int, field: str = "chance") -> float:
    """A chance between 0 and 1 that so many draws can tell.

    Raises
    ------
    InputError
        It is none, or too few draws lie beyond it; says how many it takes.
    """
    if not 0 < chance < 1:
        raise InputError(field, chance, "a number above 0 and below 1")
    least = int(np.ceil(IN_TAIL / min(chance, 1 - chance) - 1e-9))
    if draws < least:
        raise InputError("draws", draws, f"{least:,} or more, for a chance of {chance:g}")
    return float(chance)


def limit(value: float, *, least: bool) -> str:
    """A least or greatest number that is allowed, to three figures that themselves keep to it.

    Examples
    --------
    >>> limit(0.70251, least=False), limit(0.70251, least=True)
    ('0.702', '0.703')
    """
    rounded = Context(prec=3, rounding=ROUND_CEILING if least else ROUND_FLOOR)
    return f"{float(rounded.create_decimal_from_float(value)):g}"


def quantile(values: Floats, level: float, se: float | None = None) -> Quantile:
    """A quantile of draws, and its standard error.

    Parameters
    ----------
    level : float
        Share of draws below, 0 to 1.
    se : float, optional
        Standard error of that share; that of a share of as many draws when left out.

    Notes
    -----
    The error is half the distance between the quantiles one standard error of the share to either side,
    which needs no density (Woodruff 1952).

    References
    ----------
    Woodruff, R. S. (1952). Confidence intervals for medians and other position measures. Journal of the
    American Statistical Association 47, 635-646.
    """
    away = share_error(round(level * len(values)), len(values))[1] if se is None else se
    low, middle, high = np.quantile(values, np.clip([level - away, level, level + away], 0.0, 1.0))
    return Quantile(float(middle), float(high - low) / 2)
