"""On what goals hang, and what a point of a lever does: the parts of sensitivity that any report may tell."""

from collections.abc import Sequence
from functools import cached_property

import pandas as pd

from futian_model import sensitivity
from futian_model.evidence import Goal
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material
from futian_model.report.words import Number
from futian_model.report.words.names import lever_name
from futian_model.results import case, tidy
from futian_model.sensitivity import GROUPS, INDEX, TAIL, Discovery

HANGS = {GIVEN_EVIDENCE: "hangs_given_evidence", GIVEN_SCENARIO: "hangs_given_scenario"}
"""Readings of the conditions, by the reading of the draws."""
ALL = "all_goals"


class Hanging(Material):
    """Material of a scenario whose goals and levers are looked into."""

    @cached_property
    def index(self) -> pd.DataFrame:
        """Effect of a point of each lever."""
        return sensitivity.lever_index(self.scenario, self.evidence, self.headline)

    def asked(self, reading: str) -> dict[str, list[Goal]]:
        """Goals that a reading can judge, each by its name, and all of them together."""
        goals = self.judged if reading == GIVEN_EVIDENCE else self.goals
        named = {goal.name: [goal] for goal in goals}
        return named | ({ALL: goals} if len(goals) > 1 else {})

    @cached_property
    def _discoveries(self) -> dict[tuple[str, str], Discovery]:
        return {}

    def hangs(self, reading: str, name: str) -> Discovery:
        """On what a goal hangs; looked for once."""
        if (reading, name) not in self._discoveries:
            if reading == GIVEN_EVIDENCE:
                discovery = self.of_evidence("hangs", name, make=lambda: self.sought(reading, name))
            else:
                discovery = self.sought(reading, name)
            self._discoveries[reading, name] = discovery
        return self._discoveries[reading, name]

    def sought(self, reading: str, name: str) -> Discovery:
        """On what a goal hangs, looked for in the draws."""
        splits = sorted({goal.year for goal in self.goals})
        return sensitivity.discover(self.kept(reading), self.asked(reading)[name], splits=splits)

    def index_table(self) -> pd.DataFrame:
        """The slopes as results."""
        rows = sensitivity.index_rows(self.index, self.evidence.indicators)
        return tidy(self.scenario.id, INDEX, rows)

    def hangs_table(self, reading: str, names: Sequence[str]) -> pd.DataFrame:
        """Conditions of some goals as results."""
        rows = [
            row
            for name in names
            for row in sensitivity.condition_rows(name, self.due(reading, name), self.hangs(reading, name))
        ]
        return tidy(self.scenario.id, HANGS[reading], rows)

    def due(self, reading: str, name: str) -> int:
        """The year of a goal, the last one of all of them."""
        return max(goal.year for goal in self.asked(reading)[name])

    def effect(self, lever: str, indicator: str, at: int) -> Number:
        """What a point of a lever does: per cent of a level, points of a share."""
        rule = "points" if self.rule(indicator) == "share" else "change_coarse"
        return self.read(INDEX, indicator, at, "per_point", rule, case(lever=lever))

    def input_name(self, name: str) -> str:
        """A lever or another input in words."""
        own = {TAIL: "sensitivity_tail", GROUPS: "sensitivity_groups"}
        return self.words[own[name]] if name in own else lever_name(name, self.evidence, self.words)
