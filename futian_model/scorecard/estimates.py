"""What the joint state of growth, prices, population and shares says of a goal's year that is over.

The level of a year is a published one carried on by estimated growth: GDP at current prices from its
latest exact figure, at the base year's prices from the figure of that year, GDP per head over the average
population that the plan's own two figures of the base year imply, a share from its latest figure.
"""

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.linalg import block_diag
from scipy.special import expit, stdtr, stdtrit

from futian_model import shares
from futian_model.calibration import Calibration
from futian_model.calibration.estimates import SHOCK_FREEDOM
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Goal, history
from futian_model.growth import Floats
from futian_model.scorecard.outturns import LOWER_BOUND, known_by

CONSTANT, NOMINAL, STATED = "constant", "nominal", "stated"
"""Price basis a target is read on: the base year's prices, current ones, or as the plan states it."""
BAND = 0.8
"""Part of the probability between `Estimate.low` and `Estimate.high`."""


class Estimate(NamedTuple):
    """What is estimated of a goal's year.

    Attributes
    ----------
    expected : float
        Median, in the goal's unit.
    low, high : float
        Ends of the middle `BAND`.
    chance : float
        That the target is met, a fraction.
    """

    expected: float = math.nan
    low: float = math.nan
    high: float = math.nan
    chance: float = math.nan


class Start(NamedTuple):
    """A published level, and what its log moves by until the goal's year: weights of yearly log growth.

    `moves` has an array of shape (years,) for each driver.
    """

    level: float
    moves: Mapping[str, Floats]


def estimate(
    evidence: Evidence,
    goal: Goal,
    target: float,
    reading: str,
    vintage: str,
    calibration: Calibration,
) -> Estimate:
    """The level of a goal's year given everything published by a vintage.

    Logs of levels, and log-odds of shares, follow a Student t with the mean, variance and kurtosis that
    sums of yearly growth have in the draws; where only published years are summed, that is a normal.

    Parameters
    ----------
    target : float
        What must be reached, in the goal's unit.
    reading : {"constant", "nominal", "stated"}
        Prices of a goal on GDP or GDP per head; ``"stated"`` takes those that the goal is judged on.
    vintage : str
        Levels published later play no part.
    calibration : Calibration
        As seen from the vintage, starting in the goal's base year.

    Returns
    -------
    Estimate
        NaN throughout where no state is estimated for the goal's indicator, or no level is published
        to start from.
    """
    prices = goal.price_basis if reading == STATED else reading
    start = started(evidence, goal, prices, vintage, calibration)
    if start is None or not start.level > 0:
        return Estimate()
    trends = calibration.trends()
    names = list(start.moves)
    means = {name: float(trends[name].centre @ start.moves[name]) for name in names}
    spread, freedom = spread_of(calibration, start.moves)
    asked = goal.interval(target)
    if not spread:  # the level of the goal's year is published
        return Estimate(start.level, start.level, start.level, float(asked.low <= start.level <= asked.high))
    share = goal.indicator in calibration.shares

    def outward(value: float) -> float:
        return float(shares.log_odds(value)) if share else math.log(value)

    def inward(value: float) -> float:
        return float(expit(value)) if share else math.exp(value)

    middle = outward(start.level) + sum(means.values())

    def below(value: float) -> float:
        if not math.isfinite(value) or value <= 0:
            return 1.0 if value == math.inf else 0.0
        if share and value >= 1:
            return 1.0
        return float(stdtr(freedom, (outward(value) - middle) / spread))

    low, high = (inward(middle + spread * float(stdtrit(freedom, (1 + side * BAND) / 2))) for side in (-1, 1))
    chance = below(asked.high) - below(asked.low)
    return Estimate(inward(middle), low, high, chance)


def spread_of(calibration: Calibration, moves: Mapping[str, Floats]) -> tuple[float, float]:
    """Scale and degrees of freedom of a weighted sum of yearly log growth.

    Parameters
    ----------
    moves : mapping of str to ndarray, shape (years,)
        Weights of each driver's years.

    Returns
    -------
    tuple of float
        Of the Student t with the variance and kurtosis of the draws (`Trend.predictive`).
    """
    trends = {name: calibration.trends()[name] for name in moves}
    weights = np.concatenate([*moves.values()])
    variance = float(weights @ covariance(calibration, list(moves)) @ weights)
    tails = 0.0
    for name, trend in trends.items():
        fresh = moves[name] @ trend.fresh()
        squares = float(fresh @ fresh)
        if squares > 0:
            yearly = 6 / (SHOCK_FREEDOM - 4) * float((fresh**4).sum()) / squares**2
            excess = (trend.freedom - 2) / (trend.freedom - 4) * (3 + yearly) - 3
            tails += (squares * trend.excess() / variance) ** 2 * excess
    freedom = 4 + 6 / max(tails, 1e-3)
    return math.sqrt(variance * (freedom - 2) / freedom), freedom


def covariance(calibration: Calibration, names: list[str]) -> Floats:
    """Covariance of yearly log growth of several drivers, stacked, shape (drivers * years,) twice.

    Drivers that published levels tie share their slow draws, and through them move together.
    """
    trends = [calibration.trends()[name] for name in names]
    whole = block_diag(*(trend.covariance() for trend in trends))
    years = len(trends[0].centre)
    for at, trend in enumerate(trends):
        for beside, other in enumerate(trends):
            if at != beside and trend.drawn_with == other.drawn_with:
                place = np.ix_(
                    range(at * years, (at + 1) * years), range(beside * years, (beside + 1) * years)
                )
                whole[place] = trend.slow @ other.slow.T
    return np.asarray(whole)


def started(
    evidence: Evidence, goal: Goal, prices: str, vintage: str, calibration: Calibration
) -> Start | None:
    """The level that a goal's year is estimated from; None where there is none."""
    years = np.arange(len(calibration.growth.centre)) + calibration.base_year + 1
    if goal.year > years[-1]:
        return None

    def after(year: int) -> Floats:
        return np.asarray((years > year) & (years <= goal.year), float)

    if goal.indicator in calibration.shares:
        at, level = latest(history.shares(evidence, goal.indicator, vintage), goal, vintage)
        return None if at is None else Start(level, {goal.indicator: after(at)})
    if goal.indicator not in history.PUBLISHED:
        return None
    gdp = known_by(evidence, history.PUBLISHED["real_gdp"], vintage)
    if prices == CONSTANT:
        gdp = gdp[gdp.index == goal.base_year]
    at, level = latest(gdp, goal, vintage)
    if at is None:
        return None
    moves = {"growth": after(at)}
    if prices == NOMINAL:
        moves["deflator"] = after(at)
    if goal.indicator == "real_gdp":
        return Start(level, moves)
    heads = implied_population(evidence, goal)
    # from the average of one year to that of another: half of the first year's growth is over by its middle
    people = (after(goal.base_year) + after(goal.base_year - 1)) / 2
    people[years == goal.year] -= 0.5
    people[years == goal.base_year + 1] += 0.5
    return Start(level / heads, moves | {"population": -people})


def latest(table: pd.DataFrame, goal: Goal, vintage: str) -> tuple[int | None, float]:
    """Year and value of the last exact figure from the goal's base year to its own."""
    held = table[(table["precision"] != LOWER_BOUND) & (table.index >= goal.base_year)]
    held = held[held.index <= goal.year]
    if "known" in held:
        held = held[held["known"].astype(bool)]
    return (None, math.nan) if held.empty else (int(held.index[-1]), float(held["value"].iloc[-1]))


def implied_population(evidence: Evidence, goal: Goal) -> float:
    """Average population of the goal's base year, 万人, that the plan's GDP and GDP per head imply."""
    district = evidence.place("district")
    try:
        whole, head = (
            evidence.figure(district, name, goal.base_year, source=goal.source).value
            for name in (history.PUBLISHED["real_gdp"], history.PUBLISHED["real_gdp_per_capita"])
        )
    except InputError:
        return math.nan
    return whole / head
