"""What a scenario report is written from: its results, the baseline it changes, on what its goal hangs."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model.attribution import Mixtures
from futian_model.evidence import Goal
from futian_model.report.sections.explained import Explained
from futian_model.report.sections.hanging import Hanging
from futian_model.report.sections.material import GIVEN_EVIDENCE
from futian_model.scenario import Scenario


@dataclass(frozen=True, eq=False)
class ScenarioMaterial(Explained, Hanging):
    """Material of a scenario, held against the one it extends.

    Attributes
    ----------
    baseline : Scenario or None
        What the scenario changes; None where it extends nothing.
    """

    baseline: Scenario | None = None

    @property
    def comparable(self) -> bool:
        """Whether there is a baseline over the same years."""
        if self.baseline is None:
            return False
        own, other = self.scenario.assumptions, self.baseline.assumptions
        return (own.base_year, own.horizon) == (other.base_year, other.horizon)

    @property
    def pair(self) -> tuple[Scenario, Scenario]:
        return self.baseline or self.scenario, self.scenario

    @cached_property
    def mixtures(self) -> Mixtures:
        return Mixtures(*self.pair, self.evidence)

    @cached_property
    def about(self) -> Goal | None:
        """The goal the scenario is about: of the last year, one it asks for before any other."""
        if not self.judged:
            return None
        last = max(goal.year for goal in self.judged)
        asked = self.scenario.levers.goals()
        return min((goal for goal in self.judged if goal.year == last), key=lambda one: one.name not in asked)

    @cached_property
    def results(self) -> pd.DataFrame:
        told = [self.about.name] if self.about is not None else []
        tables = [
            super().results,
            self.index_table(),
            self.hangs_table(GIVEN_EVIDENCE, told),
            *(self.parts() if self.comparable else []),
        ]
        return pd.concat([one for one in tables if not one.empty], ignore_index=True)
