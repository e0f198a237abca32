"""What the headquarters page is written from: the stress tests, and the one table of numbers."""

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model import goals
from futian_model.report.sections.material import Material
from futian_model.report.words import Number, Sentence
from futian_model.stress import Study

NO_DEPARTURE = "no_departure"
"""Reading of the rows without a departure."""


@dataclass(frozen=True, eq=False)
class HeadquartersMaterial(Material):
    """Material of a scenario in which the largest groups leave, beside the same without them leaving."""

    @cached_property
    def study(self) -> Study:
        """The stress tests of its groups."""
        return Study(self.given_scenario, self.evidence)

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        sides = {self.given_scenario.reading: self.given_scenario, NO_DEPARTURE: self.study.without}
        tables = [
            table.assign(reading=reading)
            for reading, result in sides.items()
            for table in (result.frame(), goals.frame(result, self.goals))
        ]
        return pd.concat([*tables, self.study.frame()], ignore_index=True)

    def range_of(
        self, reading: str, indicator: str, at: int, statistic: str, rule: str, case: str = ""
    ) -> tuple[Number, Number, Number]:
        """A figure, and the ends of its range."""
        middle, low, high = (
            self.read(reading, indicator, at, f"{statistic}{end}", rule, case)
            for end in ("", "_low", "_high")
        )
        return middle, low, high

    def spread(
        self, reading: str, indicator: str, at: int, statistic: str, rule: str, case: str = ""
    ) -> Sentence:
        """A figure with its range behind it."""
        middle, low, high = self.range_of(reading, indicator, at, statistic, rule, case)
        return self.say("headquarters_spread", middle=middle, low=low, high=high)

    @property
    def leaving(self) -> int:
        """The year in which the largest leave."""
        return self.study.event.year
