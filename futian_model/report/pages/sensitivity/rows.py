"""What the page is written from: slopes, swings, variances, conditions and surroundings, as results."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model import goals, sensitivity
from futian_model.evidence import Goal
from futian_model.report.pages.sensitivity.surroundings import Surroundings
from futian_model.report.sections.hanging import ALL, HANGS, Hanging
from futian_model.report.words import Number, Sentence
from futian_model.results import case, tidy
from futian_model.sensitivity import GROUPS, SOBOL, TAIL, TORNADO

SAMPLES = 4096
"""For Sobol indices to within three points or so."""


@dataclass(frozen=True, eq=False)
class SensitivityMaterial(Hanging):
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
