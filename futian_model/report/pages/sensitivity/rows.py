"""What the page is written from: slopes, swings, variances, conditions and surroundings, as results."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model import goals, sensitivity
from futian_model.evidence import Goal
from futian_model.report.pages.sensitivity.surroundings import Surroundings
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material
from futian_model.report.words import Number, Sentence
from futian_model.report.words.names import lever_name
from futian_model.results import case, tidy
from futian_model.sensitivity import GROUPS, INDEX, SOBOL, TAIL, TORNADO, Discovery

HANGS = {GIVEN_EVIDENCE: "hangs_given_evidence", GIVEN_SCENARIO: "hangs_given_scenario"}
"""Readings of the conditions, by the reading of the draws."""
ALL = "all_goals"
LEVERS = {TAIL: "sensitivity_tail", GROUPS: "sensitivity_groups"}
SAMPLES = 4096
"""For Sobol indices to within three points or so."""


@dataclass(frozen=True, eq=False)
class SensitivityMaterial(Material):
    """Material of a scenario whose levers, uncertain inputs, goals and surroundings are looked into."""

    @cached_property
    def around(self) -> Surroundings:
        """The same scenario inside every city and nation."""
        return Surroundings(self.scenario, self.evidence, self.lang, self.given_scenario, self.goals)

    @cached_property
    def swings(self) -> pd.DataFrame:
        """Results at both ends of each input."""
        return sensitivity.tornado(self.scenario, self.evidence, results=self.headline)

    @cached_property
    def parts(self) -> pd.DataFrame:
        """Sobol indices; no row where nothing is uncertain."""
        if self.swings.empty:
            return pd.DataFrame(columns=["input", "indicator", "year", "first"])
        return sensitivity.sobol(self.scenario, self.evidence, SAMPLES, results=self.headline)

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
        return self.words[LEVERS[name]] if name in LEVERS else lever_name(name, self.evidence, self.words)

    @property
    def target(self) -> Goal | None:
        """The last goal on GDP, else the last of all."""
        return max(self.goals, key=lambda goal: (goal.indicator == "real_gdp", goal.year), default=None)

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        tables = []
        for reading in HANGS:
            result, asked = self.result(reading), self.asked(reading)
            one_by_one = [goal for name, meant in asked.items() if name != ALL for goal in meant]
            tables += [result.frame(), goals.frame(result, one_by_one)]
        rows = {
            TORNADO: sensitivity.tornado_rows(self.swings, self.evidence.indicators),
            SOBOL: sensitivity.sobol_rows(self.parts),
        }
        tables += [
            self.index_table(),
            *(tidy(self.scenario.id, name, entries) for name, entries in rows.items()),
        ]
        tables += [self.hangs_table(reading, list(self.asked(reading))) for reading in HANGS]
        tables.append(self.around.results)
        return pd.concat(tables, ignore_index=True)

    def indicator_names(self) -> dict[str, dict[str, str]]:
        return super().indicator_names() | self.around.place_names()

    def moving(self, indicator: str) -> list[str]:
        """Inputs that move a result, the widest swing first."""
        own = self.swings[(self.swings["indicator"] == indicator) & (self.swings["swing"] > 0)]
        return list(own["input"])

    def ends(self, name: str, indicator: str, *, bare: bool = False) -> tuple[Number, Number]:
        """A result with an input at its low and at its high end."""
        rule = self.rule(indicator)
        rule = f"{rule}_bare" if bare and rule != "share" else rule
        low, high = (
            self.read(TORNADO, indicator, self.last, end, rule, case(input=name))
            for end in ("at_low", "at_high")
        )
        return low, high

    def range_of(self, name: str) -> Sentence:
        """Ends of an input, in words."""
        rule = {TAIL: "ratio", GROUPS: "count"}.get(name, "growth_points")
        key = "sensitivity_range_points" if rule == "growth_points" else "sensitivity_range_plain"
        low, high = (
            self.read(TORNADO, "input", self.last, end, rule, case(input=name)) for end in ("low", "high")
        )
        return self.say(key, low=low, high=high)
