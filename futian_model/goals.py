"""Is a goal met, by how much is it missed, how likely is it, what would it take?"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from futian_model import growth
from futian_model.evidence import Evidence, Goal, history
from futian_model.growth import Floats
from futian_model.results import Row, case, tidy
from futian_model.simulation import Result
from futian_model.simulation.frames import chance_rows

FIVE, ACCOUNTING = 5, "accounting"


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
        Share of draws that meet the goal in its year, and its Monte Carlo standard error; NaN where
        the draws cannot judge it.
    required_growth, central_growth : float
        Growth a year from the jump-off to the target and of the central path, fractions: of real
        GDP for a goal on GDP or, at the central population, on per-capita GDP; of the nominal value
        added of the part, at the central GDP, for a goal on a share.
    first_year : int or None
        First year in which the central path meets the target.
    shortfall, shortfall_se : float
        Mean distance from the target of the draws that miss it, and its error; NaN where none does.
    first_years : ndarray, shape (years,)
        Share of draws that first reach the target's level in each year after the base year.
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
    shortfall: float
    shortfall_se: float
    first_years: Floats


def within_reach(result: Result, evidence: Evidence) -> list[Goal]:
    """The plan's goals this result can speak to: indicator simulated, year within its span and not over."""
    return [
        goal
        for goal in evidence.quantified_goals()
        if goal.indicator in result.indicators and result.ahead(goal.year)
    ]


def assess(result: Result, goal: Goal | str) -> Assessment:
    """Judge one goal on one result.

    Parameters
    ----------
    result : Result
    goal : Goal or str
        A goal of the plan by name, or any other.

    Raises
    ------
    InputError
        The goal's year lies outside the result, or its indicator is not simulated.

    Examples
    --------
    >>> from futian_model.simulation import simulate
    >>> judged = assess(simulate("double_gdp_2035", draws=10), "gdp_double_2035")
    >>> print(judged.first_year, round(judged.gap, 6))
    2035 0.0
    """
    goal = result.goal(goal)
    _, target, at = result.aim(goal)
    path, odds = result.central[goal.indicator], result.odds(goal)
    reached = np.flatnonzero(goal.meets(path[1:], target))
    central = float(path[at])
    return Assessment(
        goal,
        target,
        central,
        central - target,
        bool(goal.meets(central, target)),
        odds.probability,
        odds.probability_se,
        growth_to(result, goal, target, at),
        growth_to(result, goal, central, at),
        int(result.years[1 + reached[0]]) if len(reached) else None,
        odds.shortfall,
        odds.shortfall_se,
        odds.first_years,
    )


def growth_to(result: Result, goal: Goal, level: float, at: int) -> float:
    """Growth a year that leads from the jump-off to a level of the goal's indicator (see Assessment)."""
    jump, central = result.driven.jump, result.central
    if goal.indicator == "real_gdp":
        start, end = central["real_gdp"][jump], level
    elif goal.indicator == "real_gdp_per_capita":
        start, end = central["real_gdp"][jump], level * central["average_population"][at]
    else:
        start = central[goal.indicator][jump] * central["nominal_gdp"][jump]
        end = level * central["nominal_gdp"][at]
    return float(growth.cagr(start, end, at - jump))


def frame(result: Result, goals: Sequence[Goal]) -> pd.DataFrame:
    """Goals against a result, as rows of the results table.

    The indicator is the goal's name and the year the goal's. ``all_goals`` holds the joint
    probability: of the goals of one year in that year, and of all of them in the last one as
    ``joint_probability``.
    """
    rows: list[Row] = []
    judged = [assess(result, goal) for goal in goals]
    for assessment in judged:
        rows += assessed(result, assessment)
        nominal = assessment.goal.at_current_prices()
        if nominal is not None:
            rows += chance_rows(result, nominal, case(prices="nominal"))

    def together(some: Sequence[Goal], year: int, name: str) -> list[Row]:
        chance, error = result.together(some)
        values = {name: chance, f"{name}_se": error}
        return [Row("all_goals", year, statistic, value, "fraction") for statistic, value in values.items()]

    for year in sorted({goal.year for goal in goals}):
        rows += together([goal for goal in goals if goal.year == year], year, "probability")
    if goals:
        last, met = max(goal.year for goal in goals), sum(assessment.met for assessment in judged)
        rows += together(goals, last, "joint_probability")
        rows += [
            Row("all_goals", last, "count", len(judged), "goals"),
            Row("all_goals", last, "met", met, "goals"),
        ]
    return tidy(result.scenario.id, result.reading, rows, result.place)


def arithmetic(result: Result, evidence: Evidence) -> pd.DataFrame:
    """What the plan's goals imply for each other, whatever the scenario, as rows of the results table.

    A GDP goal and a per-capita goal of one year ask for one average population
    (``average_population``, ``implied_by_goals``); what else they imply is told of the plan, in
    `futian_model.arithmetic`.
    """
    rows: list[Row] = []
    base, stated = result.base, {}
    for goal in within_reach(result, evidence):
        stated[goal.indicator, goal.year] = base.target(goal)
    for (indicator, year), level in stated.items():
        gdp = stated.get(("real_gdp", year))
        if gdp is not None and indicator == "real_gdp_per_capita":
            people = gdp / level  # 亿元 over 万元/人 gives 万人
            rate = float(growth.cagr(base.average_population, people, year - int(result.years[0])))
            rows += [
                Row("average_population", year, "implied_by_goals", people, "万人"),
                Row("average_population", year, "growth_implied_by_goals", rate, "fraction"),
            ]
    return tidy(result.scenario.id, "arithmetic", rows, result.place)


def outturns(result: Result, evidence: Evidence) -> pd.DataFrame:
    """Published GDP, the growth that GDP goals still require from its latest figure, and a census.

    The district's GDP at current prices is deflated by the nation's prices; a later level at
    current prices stands beside it where prices are not published yet, and a bound later than that
    (``lower_bound``). A count of the base year's
    population stands beside the one that per-capita figures imply.
    """
    first, rows = int(result.years[0]), list[Row]()
    vintage = result.scenario.assumptions.vintage
    real = history.levels(evidence, "gdp", first, vintage)
    real = real[(real["precision"] != "lower_bound") & (real.index > first)]
    nominal = evidence.series(evidence.place("district"), "gdp").table
    nominal, bounded = nominal[nominal.index > first], nominal["precision"] == "lower_bound"
    exact = nominal[~bounded.reindex(nominal.index)]
    later = nominal[bounded.reindex(nominal.index) & (nominal.index > max([first, *exact.index]))]
    levels = [("outturn", int(str(at))) for at in exact.index] + [
        ("lower_bound", at) for at in later.index[-1:]
    ]
    for statistic, at in levels:
        rows.append(Row("nominal_gdp", int(at), statistic, float(nominal["value"][at]), "亿元", "nominal"))
    if len(real):
        year, level = int(real.index[-1]), float(real["value"].iloc[-1])
        rows.append(Row("real_gdp", year, "outturn", level, "亿元", "constant"))
        for goal in within_reach(result, evidence):
            if goal.indicator == "real_gdp" and goal.year > year:
                still = float(growth.cagr(level, result.base.target(goal), goal.year - year))
                rows.append(Row(goal.name, goal.year, "still_required_growth", still, "fraction"))
    counts = evidence.series(evidence.place("district"), "population_census").table["value"]
    if first in counts.index:
        rows.append(Row("population_census", first, "outturn", float(counts.loc[first]), "万人"))
    return tidy(result.scenario.id, "published", rows, result.place)


def growth_outturns(result: Result, evidence: Evidence) -> pd.DataFrame:
    """Published growth of GDP year by year after the base year, as known at the vintage.

    Rows of the results table, ``outturn``: growth of real GDP as published; growth at current prices between
    exact figures on one statistical basis; growth of prices as published, or what both imply.
    """
    first, vintage, rows = int(result.years[0]), result.scenario.assumptions.vintage, list[Row]()
    district = evidence.place("district")

    def known(indicator: str) -> pd.DataFrame:
        table = history.published(evidence, district, indicator, vintage)
        table = table[(table["precision"] != "lower_bound") & table["known"].astype(bool)]
        return table[table.index > first - 1]

    real, level = known("real_gdp_growth")["value"], known("gdp")["value"]
    basis = evidence.series(district, "gdp", as_of=vintage).table["basis"]
    for at in level.index[level.index > first]:
        if at - 1 in level.index and basis[at] == basis[at - 1]:
            grown = float(level[at] / level[at - 1] - 1)
            rows.append(Row("nominal_gdp_growth", int(at), "outturn", grown, "fraction", "nominal"))
            if at in real.index:
                prices = (1 + grown) / (1 + float(real[at])) - 1
                rows.append(Row("gdp_deflator_growth", int(at), "outturn", prices, "fraction"))
    rows += [
        Row("real_gdp_growth", int(str(at)), "outturn", float(rate), "fraction", "constant")
        for at, rate in real.items()
        if int(str(at)) > first
    ]
    return tidy(result.scenario.id, "published", rows, result.place)


def sources_of_growth(result: Result) -> pd.DataFrame:
    """Where growth comes from, as rows of the results table; none without a production block.

    Means over five years at a time, the last span the shorter, named by its last year: of growth as
    production gives it (``gdp_growth``) and of what each input contributes, which sum to it; and the
    capital-output ratio that the span ends with. Events and firms come on top.
    """
    engine, rows = result.driven.engine, list[Row]()
    if engine is None:
        return tidy(result.scenario.id, ACCOUNTING, rows, result.place)
    first, span = result.jump_off + 1, len(result.years) - 1 - result.driven.jump
    parts = {"gdp_growth": engine.path.gdp_growth, **engine.account()._asdict()}
    if engine.public is None:
        del parts["public_capital"]
    for start in range(0, span, FIVE):
        end = min(start + FIVE, span)
        for name, path in parts.items():
            mean = float(np.broadcast_to(path, (span,))[start:end].mean())
            rows.append(Row(name, first + end - 1, "contribution", mean, "fraction"))
        ratio = float(engine.path.capital_output_ratio[end - 1])
        rows.append(Row("capital_output_ratio", first + end - 1, "central", ratio, "years"))
    return tidy(result.scenario.id, ACCOUNTING, rows, result.place)


def productivity(result: Result, evidence: Evidence) -> pd.DataFrame:
    """Productivity that a production block assumes beside published estimates of the nation's.

    Rows of the results table in the last year, fractions a year: ``central``, the mean of the years ahead;
    ``low`` and ``high``, the ends of what `production.csv` holds of total factor productivity. None without a
    production block, or where none is held.
    """
    engine, rows = result.driven.engine, list[Row]()
    held = evidence.production
    held = held[(held["parameter"] == "tfp_growth") & (held["geo"] == evidence.place("nation"))]
    if engine is not None and len(held):
        ends = held[["low", "central", "high"]].to_numpy(float)
        mean = float(np.expm1(np.log1p(engine.tfp_growth).mean()))
        values = {"central": mean, "low": float(np.nanmin(ends)), "high": float(np.nanmax(ends))}
        rows = [Row("tfp", int(result.years[-1]), name, value, "fraction") for name, value in values.items()]
    return tidy(result.scenario.id, ACCOUNTING, rows, result.place)


def assessed(result: Result, assessment: Assessment) -> list[Row]:
    """One assessment as rows."""
    known = result.glossary.loc[assessment.goal.indicator]
    own, basis = str(known["unit"]), str(known["price_basis"])
    values = {
        "target": (assessment.target, own, basis),
        "central": (assessment.central, own, basis),
        "gap": (assessment.gap, own, basis),
        "relative_gap": (assessment.gap / assessment.target, "fraction", "none"),
        "met": (float(assessment.met), "none", "none"),
        "probability": (assessment.probability, "fraction", "none"),
        "probability_se": (assessment.probability_se, "fraction", "none"),
        "required_growth": (assessment.required_growth, "fraction", "none"),
        "central_growth": (assessment.central_growth, "fraction", "none"),
        "growth_shortfall": (assessment.required_growth - assessment.central_growth, "fraction", "none"),
        "probability_error": (2 * assessment.probability_se, "fraction", "none"),
        "median_first_year": (median_year(result, assessment.first_years), "year", "none"),
        "shortfall": (assessment.shortfall, own, basis),
        "shortfall_se": (assessment.shortfall_se, own, basis),
        "first_year": (assessment.first_year or float("nan"), "year", "none"),
    }
    rows = [Row(assessment.goal.name, assessment.goal.year, name, *value) for name, value in values.items()]
    first = int(result.years[0]) + 1
    reached = np.cumsum(assessment.first_years)  # by a year or in it
    return rows + [
        Row(assessment.goal.name, first + at, "reached_by", float(share), "fraction")
        for at, share in enumerate(reached)
    ]


def median_year(result: Result, first_years: Floats) -> float:
    """First year by which half of the draws have reached a goal's level; NaN where they never do."""
    reached = np.flatnonzero(np.cumsum(first_years) >= 0.5)
    return float(result.years[1 + reached[0]]) if len(reached) else float("nan")
