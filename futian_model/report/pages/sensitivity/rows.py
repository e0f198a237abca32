"""What the sensitivity page is written from: slopes, swings, variances and conditions, as results."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model import goals, sensitivity
from futian_model.evidence import Goal
from futian_model.goals import Row
from futian_model.report.sections.hanging import ALL, HANGS, INDEX, Hanging, rows_of
from futian_model.report.words.numbers import Number
from futian_model.report.words.sentences import Sentence
from futian_model.sensitivity import GROUPS, TAIL

TORNADO, SOBOL = "tornado", "sobol"
"""Readings of the rows."""
SAMPLES = 4096
"""For Sobol indices to within three points or so."""


@dataclass(frozen=True, eq=False)
class SensitivityMaterial(Hanging):
    """Material of a scenario whose levers, uncertain inputs and goals are looked into."""

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
        own |= {HANGS[one]: self.hangs_rows(one, list(self.asked(one))) for one in HANGS}
        tables += [goals.tidy(self.scenario.id, reading, list(rows)) for reading, rows in own.items()]
        return pd.concat(tables, ignore_index=True)

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
