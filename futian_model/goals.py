"""Is a goal met, by how much is it missed, how likely is it, what would it take?"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from futian_model import growth
from futian_model.evidence import Evidence, Goal
from futian_model.simulation import COLUMNS, Result


class Assessment(NamedTuple):
    """One goal against one result.

    Attributes
    ----------
    target, central : float
        What the goal asks and what the zero-shock path gives in its year, library units.
    gap : float
        Central less target; negative means missed where the goal is a floor.
    met : bool
        On the central path.
    probability, probability_se : float
        Share of draws that meet the goal in its year, and its Monte Carlo standard error.
    required_growth, central_growth : float
        Growth a year from the base year to the target and of the central path, fractions: of real
        GDP for a goal on GDP or, at the central population, on per-capita GDP; of the nominal value
        added of the part, at the central GDP, for a goal on a share.
    first_year : int or None
        First year in which the central path meets the target.
    """

    goal: Goal
    target: float
    central: float
    gap: float
    met: bool
    probability: float
    probability_se: float
    required_growth: float
    central_growth: float
    first_year: int | None


def within_reach(result: Result, evidence: Evidence) -> list[Goal]:
    """The plan's goals this result can speak to: indicator simulated, year within its span."""
    return [
        goal
        for goal in evidence.quantified_goals()
        if goal.indicator in result.paths and result.years[0] < goal.year <= result.years[-1]
    ]


def assess(result: Result, goal: Goal) -> Assessment:
    """Judge one goal on one result.

    Raises
    ------
    InputError
        The goal's year lies outside the result, or its indicator is not simulated.
    """
    target, at = goal.level(result.base.level(goal.indicator)), result.position(goal.year)
    path = result.central[goal.indicator]
    chance, error = share_of(meets(goal, result.at(goal.indicator, goal.year), target))
    reached = np.flatnonzero(meets(goal, path[1:], target))
    central = float(path[at])
    return Assessment(
        goal,
        target,
        central,
        central - target,
        bool(meets(goal, central, target)),
        chance,
        error,
        growth_to(result, goal, target, at),
        growth_to(result, goal, central, at),
        int(result.years[1 + reached[0]]) if len(reached) else None,
    )


def joint_probability(result: Result, goals: Sequence[Goal]) -> tuple[float, float]:
    """Share of draws that meet every goal in its own year, and its Monte Carlo standard error."""
    hits = [
        meets(goal, result.at(goal.indicator, goal.year), goal.level(result.base.level(goal.indicator)))
        for goal in goals
    ]
    return share_of(np.logical_and.reduce(hits))


def implied_population(result: Result, gdp: Goal, per_capita: Goal) -> float:
    """Average population, 万人, at which a GDP goal and a per-capita goal of one year are one goal."""
    return gdp.level(result.base.level(gdp.indicator)) / per_capita.level(
        result.base.level(per_capita.indicator)
    )


def meets(goal: Goal, values: ArrayLike, target: float) -> NDArray[np.bool_]:
    """Whether values reach the target; a path solved to a target meets it whatever its last digit."""
    reached, slack = np.asarray(values, float), 1e-9 * abs(target)
    if goal.operator == "≤":
        return np.asarray(reached <= target + slack)
    return np.asarray(reached >= target - slack)


def share_of(hits: NDArray[np.bool_]) -> tuple[float, float]:
    """Share of draws that hit, and its standard error, which is not zero where none or all do."""
    count = len(hits)
    smoothed = (hits.sum() + 0.5) / (count + 1)
    return float(hits.mean()), float(np.sqrt(smoothed * (1 - smoothed) / count))


def growth_to(result: Result, goal: Goal, level: float, at: int) -> float:
    """Growth a year that leads from the base year to a level of the goal's indicator (see Assessment)."""
    if goal.indicator == "real_gdp":
        start, end = result.base.gdp, level
    elif goal.indicator == "real_gdp_per_capita":
        start, end = result.base.gdp, level * result.central["average_population"][at]
    else:
        start = result.base.shares[goal.indicator] * result.base.gdp
        end = level * result.central["nominal_gdp"][at]
    return float(growth.cagr(start, end, at))


def frame(result: Result, assessments: Sequence[Assessment]) -> pd.DataFrame:
    """Assessments as rows of the results table: indicator is the goal's name, year the goal's year."""
    rows = []
    for one in assessments:
        known = result.glossary.loc[one.goal.indicator]
        own, rate, none = known["unit"], "fraction", "none"
        values = {
            "target": (one.target, own, known["price_basis"]),
            "central": (one.central, own, known["price_basis"]),
            "gap": (one.gap, own, known["price_basis"]),
            "relative_gap": (one.gap / one.target, rate, none),
            "met": (float(one.met), rate, none),
            "probability": (one.probability, rate, none),
            "probability_se": (one.probability_se, rate, none),
            "required_growth": (one.required_growth, rate, none),
            "central_growth": (one.central_growth, rate, none),
            "growth_shortfall": (one.required_growth - one.central_growth, rate, none),
            "first_year": (float("nan") if one.first_year is None else one.first_year, "year", none),
        }
        for statistic, (value, unit, basis) in values.items():
            rows.append(
                (
                    result.scenario.id,
                    result.reading,
                    one.goal.name,
                    unit,
                    basis,
                    one.goal.year,
                    statistic,
                    float(value),
                )
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))
