"""What the comparison is written from: two scenarios, every part of their differences, one table."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model import goals
from futian_model.attribution import PROBABILITY, Attribution, Mixtures, attribute, compare
from futian_model.evidence import Goal
from futian_model.report.sections.attribution import ATTRIBUTION, Why
from futian_model.report.sections.explained import Explained
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material
from futian_model.report.words import Number
from futian_model.results import Row, tidy
from futian_model.scenario import Scenario
from futian_model.simulation import Result

A, B, DIFFERENCE = "a", "b", "difference"
"""Readings of the rows: either side's begin with its letter."""


@dataclass(frozen=True, eq=False)
class CompareMaterial(Explained):
    """Material of the scenario it starts from, with the other one beside it."""

    other: Material
    between: Mixtures

    @property
    def pair(self) -> tuple[Scenario, Scenario]:
        return self.scenario, self.other.scenario

    @property
    def mixtures(self) -> Mixtures:
        return self.between

    @property
    def sides(self) -> dict[str, Material]:
        return {A: self, B: self.other}

    @property
    def listed_indicators(self) -> list[str]:
        """Indicators side by side, as far as either simulates them."""
        every = dict.fromkeys([*self.shares, *self.other.shares])
        names = ["real_gdp", "real_gdp_per_capita", "average_population", *every]
        held = {*self.given_scenario.indicators, *self.other.given_scenario.indicators}
        return [name for name in names if name in held]

    @property
    def common(self) -> list[Goal]:
        """Goals that both can be held against."""
        return [goal for goal in self.goals if goal.indicator in self.other.given_scenario.indicators]

    @cached_property
    def about(self) -> Goal | None:
        """The goal that the two meet in the most different shares of paths; the later of two alike."""
        apart = {goal.name: abs(self.met(goal, B) - self.met(goal, A)) for goal in self.common}
        told = [goal for goal in self.common if apart[goal.name] > 0]
        return max(told, key=lambda goal: (apart[goal.name], goal.year), default=None)

    def met(self, goal: Goal, side: str) -> float:
        """Share of a side's paths that meet a goal."""
        return self.sides[side].given_scenario.probability(goal)

    @cached_property
    def chances(self) -> Attribution | None:
        """The same of that goal's share of paths."""
        if self.about is None:
            return None
        made = self.given_scenario
        return attribute(
            self.scenario,
            self.other.scenario,
            self.evidence,
            statistic=PROBABILITY,
            goal=self.about,
            draws=made.draws,
            seed=made.seed,
            mixtures=self.mixtures,
        )

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        tables = []
        for side, page in self.sides.items():
            for result in (page.given_scenario, page.given_evidence):
                held = [goal for goal in page.goals if goal.indicator in result.indicators]
                found = [goals.frame(result, held), *central_rows(result)]
                tables += [table.assign(reading=f"{side}_{result.reading}") for table in found]
        tables.append(tidy(self.names, DIFFERENCE, self.differences(), self.given_scenario.place))
        tables += self.parts()
        if self.chances is not None:
            tables.append(self.chances.frame(ATTRIBUTION))
        return pd.concat(tables, ignore_index=True)

    @property
    def names(self) -> str:
        """The two by id."""
        return f"{self.scenario.id} to {self.other.scenario.id}"

    def differences(self) -> Iterator[Row]:
        """Difference in every year: absolute and, of a level, relative."""
        years = [int(at) for at in self.given_scenario.years]
        table = compare(self.scenario, self.other.scenario, self.evidence, years=years).dropna()
        for row in table.itertuples():
            at = (str(row.indicator), int(str(row.year)))
            yield Row(*at, "difference", float(str(row.difference)), str(row.unit), str(row.price_basis))
            yield Row(*at, "relative", float(str(row.ratio)) - 1, "fraction")

    @property
    def why_chance(self) -> Why | None:
        """What the difference in the share of paths comes from."""
        if self.chances is None:
            return None
        return Why(self.chances, self.words, self.evidence, self.titles, self.ledger)

    def of(
        self,
        side: str,
        name: str,
        at: int,
        statistic: str = "central",
        *,
        rule: str | None = None,
    ) -> Number:
        """A figure of one side."""
        return self.number(name, at, statistic, rule=rule, reading=f"{side}_{GIVEN_SCENARIO}")

    def judged_chance(self, goal: Goal, side: str) -> Number | None:
        """What the evidence alone says of a goal, at one side's vintage and base year."""
        if not self.has(goal.name, goal.year, PROBABILITY, f"{side}_{GIVEN_EVIDENCE}"):
            return None
        return self.chance(goal.name, goal.year, reading=f"{side}_{GIVEN_EVIDENCE}")


def central_rows(result: Result) -> list[pd.DataFrame]:
    """The central path of every indicator."""
    return [result.rows(name, result.years, ["central"], path[None]) for name, path in result.central.items()]
