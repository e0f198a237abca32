"""On what goals hang, and what a point of a lever does: the parts of sensitivity that any report may tell."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from futian_model import sensitivity
from futian_model.evidence import Goal
from futian_model.goals import Row
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material
from futian_model.report.words.names import lever_name
from futian_model.report.words.numbers import Number
from futian_model.sensitivity import GROUPS, TAIL, Discovery
from futian_model.simulation import KEPT, Result, simulate

INDEX = "lever_index"
HANGS = {GIVEN_EVIDENCE: "hangs_given_evidence", GIVEN_SCENARIO: "hangs_given_scenario"}
"""Readings of the rows: of slopes, and of the conditions by the reading of the draws."""
ALL = "all_goals"


class Hanging(Material):
    """Material of a scenario whose goals and levers are looked into."""

    @cached_property
    def index(self) -> pd.DataFrame:
        """Effect of a point of each lever."""
        return sensitivity.lever_index(self.scenario, self.evidence, self.headline)

    def result(self, reading: str) -> Result:
        return self.given_scenario if reading == GIVEN_SCENARIO else self.given_evidence

    def kept(self, reading: str) -> Result:
        """A result with its paths: of more draws than are kept, the first."""
        own = self.given_scenario
        if own.draws > KEPT:
            return simulate(self.scenario, self.evidence, draws=KEPT, seed=own.seed, reading=reading)
        return self.result(reading)

    def asked(self, reading: str) -> dict[str, list[Goal]]:
        """Goals that a reading can judge, each by its name, and all of them together."""
        told = self.judged if reading == GIVEN_EVIDENCE else self.goals
        named = {goal.name: [goal] for goal in told}
        return named | ({ALL: told} if len(told) > 1 else {})

    @cached_property
    def _found(self) -> dict[tuple[str, str], Discovery]:
        return {}

    def hangs(self, reading: str, name: str) -> Discovery:
        """On what a goal hangs; looked for once."""
        if (reading, name) not in self._found:
            if reading == GIVEN_EVIDENCE:
                found = self.of_evidence("hangs", name, make=lambda: self.sought(reading, name))
            else:
                found = self.sought(reading, name)
            self._found[reading, name] = found
        return self._found[reading, name]

    def sought(self, reading: str, name: str) -> Discovery:
        """On what a goal hangs, looked for in the draws."""
        splits = sorted({goal.year for goal in self.goals})
        return sensitivity.discover(self.kept(reading), self.asked(reading)[name], splits=splits)

    def index_rows(self) -> Iterator[Row]:
        """A slope over its result, and in the result's own unit."""
        for one in rows_of(self.index):
            unit, basis = self.unit(one.indicator)
            yield one.indicator, one.year, f"{one.lever}_per_point", one.relative, "fraction", basis
            yield one.indicator, one.year, f"{one.lever}_per_point_level", one.effect, unit, basis

    def hangs_rows(self, reading: str, names: Sequence[str]) -> Iterator[Row]:
        """Conditions of some goals, and how well they tell."""
        for name in names:
            found, at = self.hangs(reading, name), max(goal.year for goal in self.asked(reading)[name])
            yield name, at, "missed", found.missed, "fraction", "none"
            if found.conditions:
                yield name, at, "coverage", found.coverage, "fraction", "none"
                yield name, at, "density", found.density, "fraction", "none"
            for one in found.conditions:
                told = f"{one.input.name}_{one.input.start}_{one.input.end}"
                for end, value in (("above", one.low), ("below", one.high)):
                    if abs(value) != float("inf"):
                        yield name, at, f"{told}_{end}", value, "fraction", "none"

    def unit(self, indicator: str) -> tuple[str, str]:
        """Unit and price basis of an indicator."""
        known = self.evidence.indicators.loc[indicator]
        return str(known["unit"]), str(known["price_basis"])

    def told(self, reading: str, indicator: str, at: int, statistic: str, rule: str) -> Number:
        """A row of the results."""
        return self.number(indicator, at, statistic, rule=rule, reading=reading)

    def effect(self, lever: str, indicator: str, at: int) -> Number:
        """What a point of a lever does: per cent of a level, points of a share."""
        rule = "points" if self.rule(indicator) == "share" else "change_coarse"
        return self.told(INDEX, indicator, at, f"{lever}_per_point", rule)

    def input_name(self, name: str) -> str:
        """A lever or another input in words."""
        own = {TAIL: "sensitivity_tail", GROUPS: "sensitivity_groups"}
        return self.words[own[name]] if name in own else lever_name(name, self.evidence, self.words)


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Rows with their columns as attributes."""
    return iter(table.itertuples(index=False))
