"""Where the district stands against its goals, held against a scenario's base year."""

import math
from dataclasses import replace

from futian_model.evidence import Evidence, Goal, vintages
from futian_model.rounds.published import about
from futian_model.scenario import Scenario
from futian_model.scorecard import Basis, Standing, judge, outturns
from futian_model.simulation import READINGS, Result, simulate


def standings(
    evidence: Evidence, scenario: Scenario, published: str | None = None, vintage: str | None = None
) -> list[Standing]:
    """Goals on the level of an indicator against its latest outturn, in the plan's order.

    Parameters
    ----------
    evidence : Evidence
    scenario : Scenario
        Gives the base year and its levels, as revised since the plan; a goal stands on them.
    published : str, optional
        Only goals of which this published indicator says something; all when left out.
    vintage : str, optional
        Figures published later do not count; all count when left out.
    """
    path = path_of(scenario, evidence)
    indicators = None if published is None else about(evidence.indicators, published)
    return [
        standing(evidence, goal, path, vintage)
        for goal in evidence.quantified_goals()
        if goal.measure == "level"
        and (indicators is None or goal.indicator in indicators)
        and (math.isfinite(goal.value) or goal.indicator in path.central)
    ]


def path_of(scenario: Scenario, evidence: Evidence) -> Result:
    """A scenario's path."""
    return simulate(scenario, evidence, draws=1, seed=0, reading=READINGS[0])


def base_levels(scenario: Scenario, evidence: Evidence) -> dict[str, float]:
    """What a scenario simulates, in its base year."""
    return {name: float(path[0]) for name, path in path_of(scenario, evidence).central.items()}


def standing(evidence: Evidence, goal: Goal, path: Result, vintage: str | None = None) -> Standing:
    """One goal, at the base year's prices of a result; what it still takes where its year is not over."""
    first, simulated = int(path.years[0]), goal.indicator in path.central
    base = float(path.central[goal.indicator][0]) if simulated else math.nan
    held = outturns(evidence, goal.indicator, Basis(first, base), vintage)
    if not simulated:
        base = next((outturn.value for outturn in held if outturn.year == first), math.nan)
    target = path.base.target(goal) if simulated else goal.value
    later = [outturn for outturn in held if first < outturn.year <= goal.year]
    judged = judge(goal.restated(first, target), base, later)
    over = goal.year <= vintages.last_over(vintage or vintages.latest(evidence))
    return replace(judged, required=math.nan) if over else judged
