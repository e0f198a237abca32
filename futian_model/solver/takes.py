"""What every goal of a scenario would take, alone and together, as rows of the results table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from futian_model.drivers import ENTRY, Drivers
from futian_model.evidence import Evidence, Goal
from futian_model.results import Row, case, tidy
from futian_model.simulation import Result
from futian_model.solver.solving import MET, Mix, Verdict, solve, solve_mix

SOLVER, ALL = "solver", "all_goals"
"""Reading of the rows, and the indicator of those on all goals together."""
SHAPES = ("constant", "ramp")
GROWTH, POPULATION = "growth", "population"


@dataclass(frozen=True, eq=False)
class Takes:
    """Every verdict on a scenario's goals.

    Attributes
    ----------
    joint : mapping of str to Verdict
        All goals on GDP and GDP per capita by the growth lever, by shape.
    single : mapping of (goal, lever) to Verdict
        Each goal by itself, by each lever that moves it, at the same amplitude every year.
    mix : Mix or None
        The same goals by growth and population together; None where there are none.
    """

    scenario: str
    place: str
    last: int
    joint: Mapping[str, Verdict]
    single: Mapping[tuple[str, str], Verdict]
    mix: Mix | None

    def frame(self) -> pd.DataFrame:
        """The verdicts as a table.

        Returns
        -------
        DataFrame
            Columns as in `results.COLUMNS`, fractions: ``change`` of a lever, log growth a year, by goal and
            lever or for all goals in the last year; ``miss``, how far the bounds fall short of a goal. What
            is out of reach has no change.
        """
        rows = [
            (ALL, self.last, "change", verdict.amplitude, case(lever=GROWTH, shape=shape))
            for shape, verdict in self.joint.items()
        ]
        for (name, lever), verdict in self.single.items():
            decisive, under = verdict.decisive, case(lever=lever)
            rows.append((name, decisive.goal.year, "change", decisive.amplitude, under))
            rows.append((name, decisive.goal.year, "miss", decisive.miss, under))
        if self.mix is not None and self.mix.status == MET:
            for lever, amplitude in self.mix.amplitudes.items():
                rows.append((ALL, self.last, "change", amplitude, together(lever)))
        finite = [
            Row(name, at, statistic, float(value), "fraction", case=under)
            for name, at, statistic, value, under in rows
            if np.isfinite(value)
        ]
        return tidy(self.scenario, SOLVER, finite, self.place)


def takes(result: Result, evidence: Evidence, goals: Sequence[Goal], bounds: tuple[float, float]) -> Takes:
    """What the goals would take from a scenario.

    Parameters
    ----------
    result : Result
        Of the baseline.
    goals : sequence of Goal
        That it can be held against.
    bounds : (float, float)
        Least and greatest change of every lever, log growth a year.

    Raises
    ------
    InputError
        As `solve`.
    """
    scenario, names = result.scenario, [goal.name for goal in on_gdp(goals)]
    common: dict[str, Any] = {"evidence": evidence, "bounds": bounds}
    joint, mix = {}, None
    if names:
        joint = {shape: solve(scenario, names, GROWTH, shape=shape, **common) for shape in SHAPES}
        mix = solve_mix(scenario, names, {GROWTH: bounds, POPULATION: bounds}, evidence=evidence)
    single = {
        (goal.name, lever): solve(scenario, [goal], lever, **common)
        for goal in goals
        for lever in levers(goal, result.driven)
    }
    return Takes(scenario.id, result.place, int(result.years[-1]), joint, single, mix)


def on_gdp(goals: Sequence[Goal]) -> list[Goal]:
    """Goals that growth moves."""
    return [goal for goal in goals if goal.indicator in ("real_gdp", "real_gdp_per_capita")]


def levers(goal: Goal, driven: Drivers) -> list[str]:
    """Levers that move a goal."""
    inputs = ["investment_share", "tfp_growth"] if driven.engine is not None else []
    firms = [ENTRY] if driven.firms is not None else []
    if goal.indicator == "real_gdp":
        return [GROWTH, *inputs, *firms]
    if goal.indicator == "real_gdp_per_capita":
        return [GROWTH, POPULATION, *inputs, *firms]
    return [goal.indicator, *(firms if driven.firms and driven.firms[0] == goal.indicator else [])]


def together(lever: str) -> str:
    """Case of a lever that moves together with others."""
    return case(lever=lever, moved="together")
