"""Need and possibility: growth that goals need, growth that has a chance, and what each level adds.

Of the district the draws tell. Of nation and city the calibration's ladder does, whose growth is normal;
what is uncertain of the size of their shocks is left out.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from futian_model.calibration.trends import RUNGS, Frame, population
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Goal
from futian_model.evidence.figures import month
from futian_model.evidence.plan import goal_of
from futian_model.goals import growth_to, within_reach
from futian_model.results import Row, case, tidy
from futian_model.simulation import Result
from futian_model.targets.chances import at_chance
from futian_model.targets.draws import Quantile, Variable, checked, growth
from futian_model.targets.frames import percent
from futian_model.uncertainty import share_error

NEED = "need"
"""Reading of the rows."""
LINES = {"prudent": 0.9, "active": 0.7, "stretch": 0.5}
"""Chances of three lines to choose a target from."""
GDP, PER_HEAD, GROWTH = "real_gdp", "real_gdp_per_capita", "real_gdp_growth"
OFFICIAL, NEEDED = "official", "needed"


class Need(NamedTuple):
    """What one level needs, may expect and has announced, growth of GDP a year from the jump-off, fractions.

    Attributes
    ----------
    role, geo : str
        ``"nation"``, ``"city"`` or ``"district"``, and the place.
    needed : float
        Growth, the same every year, that the most demanding goal of the year or later needs; NaN without one.
    goal : Goal or None
        That goal.
    chance : Quantile
        Of growing as fast to the year, and its Monte Carlo error; of nation and city without one. In a goal's
        own year the district's is that of the goal.
    possible : mapping of float to Quantile
        Growth by the chance that it has.
    low, high : float
        Announced for the year: a growth target or its range, or what a goal of the very year needs; NaN
        without one.
    mark_up : float
        What the level asks above the one over it, both by the low end of what is announced, or where one has
        announced nothing both by what is needed; NaN for the nation.
    by : str
        ``"official"`` or ``"needed"``.
    """

    role: str
    geo: str
    year: int
    needed: float
    goal: Goal | None
    chance: Quantile
    possible: Mapping[float, Quantile]
    low: float
    high: float
    mark_up: float = float("nan")
    by: str = ""


def needs(
    result: Result, evidence: Evidence, years: Sequence[int], chances: Iterable[float] = LINES.values()
) -> tuple[Need, ...]:
    """Need and possibility of nation, city and district in some years.

    Parameters
    ----------
    result : Result
        Given the evidence, paths kept.
    years : sequence of int
        Years ahead.

    Returns
    -------
    tuple of Need
        Year by year, in each from the nation down.

    Raises
    ------
    InputError
        A result not given the evidence, or a year that is not ahead.
    """
    if result.reading != "given_evidence":
        raise InputError("reading", result.reading, "given_evidence: what is possible is a likelihood")
    marks = [checked(chance, result.draws) for chance in chances]
    levels: list[Need] = []
    for year in years:
        if not result.ahead(year):
            allowed = f"a year from {result.last_over + 1} to {int(result.years[-1])}"
            raise InputError("year", year, allowed)
        above: Need | None = None
        for rung, role in enumerate(RUNGS):
            above = over(level(result, evidence, rung, role, year, marks), above)
            levels.append(above)
    return tuple(levels)


def level(
    result: Result, evidence: Evidence, rung: int, role: str, year: int, chances: Sequence[float]
) -> Need:
    """One level in one year, without what it adds to the one above."""
    geo = evidence.place(role)
    asked = {goal.name: (goal, growth) for goal, growth in required(result, evidence, rung, geo)}
    later = [pair for pair in asked.values() if pair[0].year >= year]
    goal, needed = max(later, key=lambda pair: pair[1], default=(None, float("nan")))
    own = [growth for goal, growth in asked.values() if goal.year == year]
    low, high = announced(result, evidence, geo, year)
    if np.isnan(low) and own:
        low = high = max(own)
    if role == RUNGS[-1]:
        grown = growth(result, Variable(GDP, year))
        met = share_error(int((grown >= needed).sum()), result.draws)
        if goal is not None and goal.year == year:
            met = result.odds(goal)[:2]
        targets = at_chance(result, Variable(GDP, year), chances)
        possible = {target.chance: target.ends[0].growth for target in targets}
    else:
        mean, sd = ahead(result, rung, year)
        met = float(1 - ndtr((np.log1p(needed) - mean) / sd)), 0.0
        possible = {mark: Quantile(float(np.expm1(mean + sd * ndtri(1 - mark))), 0.0) for mark in chances}
    chance = Quantile(*met) if goal is not None else Quantile(float("nan"), float("nan"))
    return Need(role, geo, year, needed, goal, chance, possible, low, high)


def over(own: Need, above: Need | None) -> Need:
    """A level with what it asks above the one over it."""
    if above is None:
        return own
    if np.isfinite([own.low, above.low]).all():
        return own._replace(mark_up=own.low - above.low, by=OFFICIAL)
    return own._replace(mark_up=own.needed - above.needed, by=NEEDED)


def ahead(result: Result, rung: int, year: int) -> tuple[float, float]:
    """Mean log growth a year of a rung from the jump-off to a year, and its standard deviation."""
    mean, covariance = result.calibration.ladder.of(rung, result.jump_off + 1)
    span = year - result.jump_off
    return float(mean[:span].mean()), float(np.sqrt(covariance[:span, :span].sum())) / span


def required(result: Result, evidence: Evidence, rung: int, geo: str) -> Iterator[tuple[Goal, float]]:
    """Goals of a place on GDP in years ahead, by the vintage, each with the growth a year from the jump-off.

    Of the district as `goals.assess`, on the central path. Of nation and city what is left of the goal after
    the growth since its base year; a goal per head counts on the population that the evidence expects.
    """
    if rung == len(RUNGS) - 1:
        for goal in within_reach(result, evidence):
            if goal.indicator in (GDP, PER_HEAD):
                aim = result.aim(goal)
                yield goal, growth_to(result, goal, aim.target, aim.position)
        return
    rows = evidence.plan_goals[evidence.plan_goals["geo"] == geo]
    released = rows["source"].map(evidence.sources["date"]).astype(str).map(month)
    rows = rows[released <= month(result.scenario.assumptions.vintage)]
    for name in rows.index[rows["indicator"].isin((GDP, PER_HEAD)) & (rows["operator"] == "≥")]:
        goal = goal_of(rows.loc[[name]].iloc[0], evidence.indicators)
        total = asked_in_all(result, evidence, rung, geo, goal)
        if result.ahead(goal.year) and np.isfinite(total):
            left = total - so_far(result, evidence, rung, geo, goal.base_year)
            yield goal, float(np.expm1(left / (goal.year - result.jump_off)))


def so_far(result: Result, evidence: Evidence, rung: int, geo: str, base_year: int) -> float:
    """Log growth of a place from a base year to the jump-off: as published, else as the evidence has it."""
    table = evidence.series(geo, GROWTH, as_of=result.scenario.assumptions.vintage).table
    held = np.log1p(table.loc[table["precision"] != "lower_bound", "value"])
    estimated = result.calibration.ladder.of(rung, base_year + 1)[0]
    years = range(base_year + 1, result.jump_off + 1)
    return float(sum(held.get(year, estimated[at]) for at, year in enumerate(years)))


def asked_in_all(result: Result, evidence: Evidence, rung: int, geo: str, goal: Goal) -> float:
    """Log growth of real GDP that a goal asks from its base year to its own; NaN where no base is held."""
    if np.isfinite(goal.multiple):
        total = float(np.log(goal.multiple))
    elif goal.indicator == GDP:
        held = evidence.series(geo, "gdp", as_of=result.scenario.assumptions.vintage).table["value"]
        total = float(np.log(goal.value / held[goal.base_year])) if goal.base_year in held.index else np.nan
    else:
        return float("nan")
    if goal.indicator == PER_HEAD:
        own = result.scenario.assumptions
        setting = Frame(evidence, own.base_year, own.horizon, own.vintage, forecasts=own.forecasts)
        people = population(setting)[0].ladders[0].posterior.of(rung, goal.base_year + 1)[0]
        total += float(people[: goal.year - goal.base_year].sum())
    return total


def announced(result: Result, evidence: Evidence, geo: str, year: int) -> tuple[float, float]:
    """Growth target of a year, fractions, or the ends of its range; NaN where none is held by the vintage."""
    vintage = result.scenario.assumptions.vintage
    stated = evidence.annual_target(geo, GROWTH, year, as_of=vintage)
    return (float("nan"), float("nan")) if stated is None else (stated.low, stated.high)


def need_frame(result: Result, levels: Iterable[Need]) -> pd.DataFrame:
    """Needs as rows of the results table.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`, under the reading ``need``, of growth of GDP, fractions; case place:
        ``needed``, ``chance``, ``chance_se``, ``official_low``, ``official_high`` and ``mark_up``, as far as
        they are held; case place and chance: ``growth``, ``growth_se``.
    """
    rows = []
    for need in levels:
        values = {
            "needed": need.needed,
            "chance": need.chance.value,
            "chance_se": need.chance.se,
            "official_low": need.low,
            "official_high": need.high,
            "mark_up": need.mark_up,
        }
        at, under = (GROWTH, need.year), case(place=need.geo)
        rows += [
            Row(*at, name, value, "fraction", "constant", under)
            for name, value in values.items()
            if np.isfinite(value)
        ]
        for chance, possible in need.possible.items():
            under = case(place=need.geo, chance=percent(chance))
            rows += [
                Row(*at, "growth", possible.value, "fraction", "constant", under),
                Row(*at, "growth_se", possible.se, "fraction", "constant", under),
            ]
    return tidy(result.scenario.id, NEED, rows, result.place)
