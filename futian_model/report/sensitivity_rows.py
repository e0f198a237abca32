"""What the sensitivity page is written from: slopes, swings, variances and conditions, as results."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from futian_model import goals, sensitivity
from futian_model.evidence import Goal
from futian_model.goals import Row
from futian_model.report.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material
from futian_model.report.numbers import Number
from futian_model.report.sentences import Sentence
from futian_model.report.verdicts import lever_name
from futian_model.sensitivity import GROUPS, TAIL, Discovery
from futian_model.simulation import Result

INDEX, TORNADO, SOBOL = "lever_index", "tornado", "sobol"
HANGS = {GIVEN_EVIDENCE: "hangs_given_evidence", GIVEN_SCENARIO: "hangs_given_scenario"}
"""Readings of the rows; of the conditions by the reading of the draws."""
ALL = "all_goals"
SAMPLES = 4096
"""For Sobol indices to within three points or so."""


@dataclass(frozen=True, eq=False)
class SensitivityMaterial(Material):
    """Material of a scenario whose levers, uncertain inputs and goals are looked into."""

    @cached_property
    def index(self) -> pd.DataFrame:
        """Effect of a point of each lever."""
        return sensitivity.lever_index(self.scenario, self.evidence, self.headline)

    @cached_property
    def swings(self) -> pd.DataFrame:
        """Results at both ends of each input."""
        return sensitivity.tornado(self.scenario, self.evidence, results=self.headline)

    @cached_property
    def parts(self) -> pd.DataFrame:
        """Sobol indices; no row where nothing is uncertain."""
        if self.swings.empty:
            return pd.DataFrame(columns=["input", "indicator", "first"])
        return sensitivity.sobol(self.scenario, self.evidence, SAMPLES, results=self.headline)

    def result(self, reading: str) -> Result:
        return self.given_scenario if reading == GIVEN_SCENARIO else self.given_evidence

    def asked(self, reading: str) -> dict[str, list[Goal]]:
        """Goals that a reading can judge, each by its name, and all of them together."""
        told = self.judged if reading == GIVEN_EVIDENCE else self.goals
        named = {goal.name: [goal] for goal in told}
        return named | ({ALL: told} if len(told) > 1 else {})

    @cached_property
    def hangs(self) -> dict[tuple[str, str], Discovery]:
        """On what each goal hangs, by reading and name."""
        splits = sorted({goal.year for goal in self.goals})
        return {
            (reading, name): sensitivity.discover(self.result(reading), asked, splits=splits)
            for reading in HANGS
            for name, asked in self.asked(reading).items()
        }

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
            one_by_one = [goal for name, told in asked.items() if name != ALL for goal in told]
            tables += [result.frame(), goals.frame(result, one_by_one)]
        own = {INDEX: self.index_rows(), TORNADO: self.tornado_rows(), SOBOL: self.sobol_rows()}
        own |= {HANGS[reading]: self.hangs_rows(reading) for reading in HANGS}
        tables += [goals.tidy(self.scenario.id, reading, list(rows)) for reading, rows in own.items()]
        return pd.concat(tables, ignore_index=True)

    def index_rows(self) -> Iterator[Row]:
        """A slope over its result, and in the result's own unit."""
        for one in rows_of(self.index):
            unit, basis = self.unit(one.indicator)
            yield one.indicator, one.year, f"{one.lever}_per_point", one.relative, "fraction", basis
            yield one.indicator, one.year, f"{one.lever}_per_point_level", one.effect, unit, basis

    def tornado_rows(self) -> Iterator[Row]:
        """Ends of each input, and the results there."""
        for one in rows_of(self.swings):
            if one.indicator == self.headline[0]:
                unit = {TAIL: "index", GROUPS: "groups"}.get(one.input, "fraction")
                yield one.input, one.year, "low", one.low, unit, "none"
                yield one.input, one.year, "high", one.high, unit, "none"
            unit, basis = self.unit(one.indicator)
            for name, value in (("at_low", one.at_low), ("at_high", one.at_high), ("swing", one.swing)):
                yield one.indicator, one.year, f"{one.input}_{name}", value, unit, basis

    def sobol_rows(self) -> Iterator[Row]:
        """Indices with their errors, and what they leave to interaction."""
        for one in rows_of(self.parts):
            for name in ("first", "first_conf", "total", "total_conf"):
                value = getattr(one, name)
                yield one.indicator, one.year, f"{one.input}_{name}", value, "fraction", "none"
        for indicator in self.parts["indicator"].unique():
            own = self.parts[self.parts["indicator"] == indicator]
            # above one by sampling error alone
            told = min(float(own["first"].sum()), 1.0)
            yield indicator, self.last, "first_sum", told, "fraction", "none"
            yield indicator, self.last, "interaction", 1 - told, "fraction", "none"

    def hangs_rows(self, reading: str) -> Iterator[Row]:
        """Conditions, and how well they tell."""
        for name, asked in self.asked(reading).items():
            found, at = self.hangs[reading, name], max(goal.year for goal in asked)
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
        rule = "growth_points" if self.rule(indicator) == "share" else "change"
        return self.told(INDEX, indicator, at, f"{lever}_per_point", rule)

    def moving(self, indicator: str) -> list[str]:
        """Inputs that move a result, the widest swing first."""
        own = self.swings[(self.swings["indicator"] == indicator) & (self.swings["swing"] > 0)]
        return list(own["input"])

    def ends(self, name: str, indicator: str, *, bare: bool = False) -> tuple[Number, Number]:
        """A result with an input at its low and at its high end."""
        rule = self.rule(indicator)
        rule = f"{rule}_bare" if bare and rule != "share" else rule
        low, high = (
            self.told(TORNADO, indicator, self.last, f"{name}_{end}", rule) for end in ("at_low", "at_high")
        )
        return low, high

    def range_of(self, name: str) -> Sentence:
        """Ends of an input, in words."""
        rule = {TAIL: "ratio", GROUPS: "count"}.get(name, "growth_points")
        key = "sensitivity_range_points" if rule == "growth_points" else "sensitivity_range_plain"
        low, high = (self.told(TORNADO, name, self.last, end, rule) for end in ("low", "high"))
        return self.words.say(key, low=low, high=high)

    def input_name(self, name: str) -> str:
        """A lever or another input in words."""
        own = {TAIL: "sensitivity_tail", GROUPS: "sensitivity_groups"}
        return self.words[own[name]] if name in own else lever_name(name, self.evidence, self.words)


def rows_of(table: pd.DataFrame) -> Iterator[Any]:
    """Rows with their columns as attributes."""
    return iter(table.itertuples(index=False))
