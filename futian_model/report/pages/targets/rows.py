"""What the page on targets is written from: need and possibility, and the solver's answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from futian_model import simulation
from futian_model.backtest.frames import PROMISES, own_windows, promise_rows, told_promises
from futian_model.backtest.promises import MODEL
from futian_model.calibration.trends import RUNGS
from futian_model.report.sections.material import GIVEN_EVIDENCE, Material
from futian_model.report.words import Number
from futian_model.report.words.names import place_names
from futian_model.report.words.numbers import chance_rule
from futian_model.results import case, tidy
from futian_model.simulation import KEPT
from futian_model.solver import Takes, takes
from futian_model.solver.takes import SOLVER
from futian_model.targets import Variable, at_chance, frame
from futian_model.targets.frames import SIDES, TARGETS, percent
from futian_model.targets.needs import GDP, GROWTH, LINES, NEED, Need, need_frame, needs

FEWEST = 2500
"""Draws from which chances are told, however few a scenario has."""
LEAST_ERROR = 0.002
"""Error of a chance below which a finer step would say more than a normal distribution can."""
FIVE = 5
"""Years of a plan, the last of which ends in five or nought."""


@dataclass(frozen=True, eq=False)
class TakesMaterial(Material):
    """Material with need and possibility, and the solver's answers, in its results."""

    bounds: tuple[float, float]

    @cached_property
    def takes(self) -> Takes:
        """Solved once, at the first section asked for."""
        return takes(self.given_scenario, self.evidence, self.goals, self.bounds)

    @cached_property
    def years(self) -> list[int]:
        """The next year, the last of its five-year plan and the last of all; none where all are over."""
        own = self.given_scenario
        first = own.last_over + 1
        return sorted({year for year in (first, -FIVE * (-first // FIVE), self.last) if own.ahead(year)})

    @cached_property
    def possibility(self) -> tuple[tuple[Need, ...], pd.DataFrame]:
        """Needs of these years and their rows, with the levels of the lines, by the evidence alone."""
        return self.of_evidence("need", make=self._possibility)

    def _possibility(self) -> tuple[tuple[Need, ...], pd.DataFrame]:
        own = self.given_scenario
        draws = int(np.clip(own.draws, FEWEST, KEPT))
        drawn = simulation.simulate(
            self.scenario, self.evidence, draws=draws, seed=own.seed, reading=GIVEN_EVIDENCE
        )
        required = needs(drawn, self.evidence, self.years)
        levels = [
            target for year in self.years for target in at_chance(drawn, Variable(GDP, year), LINES.values())
        ]
        return required, pd.concat([need_frame(drawn, required), frame(drawn, levels)], ignore_index=True)

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        own = self.possibility[1].assign(scenario=self.scenario.id)
        kept = tidy(self.scenario.id, PROMISES, promise_rows(self.promises))
        return pd.concat([super().results, self.takes.frame(), own, kept], ignore_index=True)

    @cached_property
    def promises(self) -> pd.DataFrame:
        """How often targets on growth were met that were set as the page sets them."""
        table = told_promises(self.evidence, own_windows(self.evidence))
        return table[(table["quantity"] == GROWTH) & (table["method"] == MODEL)]

    def result_names(self, inputs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        places = [self.evidence.place(role) for role in RUNGS]
        return super().result_names(inputs) | place_names(places, self.evidence)

    def solved(
        self, name: str, at: int, under: str, rule: str = "growth_points", statistic: str = "change"
    ) -> Number | None:
        """A number of the solver; None where the goal is out of reach."""
        return self.ledger.find(rule, SOLVER, name, at, statistic, under)

    def need(self, geo: str, year: int, statistic: str, rule: str = "growth_coarse") -> Number | None:
        """A number of a place in a year; None where nothing is held."""
        under = case(place=geo)
        error = self.ledger.find(rule, NEED, GROWTH, year, "chance_se", under)
        if statistic == "chance" and error is not None:
            rule = chance_rule(max(error.value, LEAST_ERROR))
        return self.ledger.find(rule, NEED, GROWTH, year, statistic, under)

    def possible(self, geo: str, year: int, line: str) -> Number:
        """Growth that has the chance of a line."""
        under = case(place=geo, chance=percent(LINES[line]))
        return self.number(GROWTH, year, "growth", rule="growth_coarse", reading=NEED, case=under)

    def level(self, year: int, line: str) -> Number:
        """GDP that has the chance of a line."""
        under = case(chance=percent(LINES[line]), side=SIDES["≥"])
        return self.number(GDP, year, "level", reading=TARGETS, case=under)
