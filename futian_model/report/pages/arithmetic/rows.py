"""What the plan-arithmetic page is written from: the plan's own figures, and the one table of numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from futian_model.arithmetic import PEOPLE, PLAN, Arithmetic, Pair, Path, of_path
from futian_model.claims import Claim, claims
from futian_model.claims import frame as claim_frame
from futian_model.evidence import Goal
from futian_model.report.sections.material import Material
from futian_model.report.words import Number


@dataclass(frozen=True, eq=False)
class ArithmeticMaterial(Material):
    """Material whose results are the plan's arithmetic; of the scenario only its population is used."""

    @cached_property
    def plan(self) -> Arithmetic:
        """The plan's figures, beside the scenario's population, 万人 by year."""
        central: Iterable[float] = self.given_scenario.central.get(PEOPLE, [])
        own = {int(at): float(people) for at, people in zip(self.given_scenario.years, central, strict=False)}
        return Arithmetic(self.evidence, own)

    @cached_property
    def claims(self) -> list[Claim]:
        sources = dict.fromkeys(source for source, _ in self.plan.stated)
        return [claim for source in sources for claim in claims(self.evidence, source)]

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        tables = [self.plan.frame(self.scenario.id), claim_frame(self.claims, self.scenario.id, PLAN)]
        return pd.concat(tables, ignore_index=True)

    def of_plan(
        self, indicator: str, year: int, statistic: str, rule: str = "growth", under: str = ""
    ) -> Number:
        """A row of the results."""
        return self.number(indicator, year, statistic, rule=rule, reading=PLAN, case=under)

    def held(self, indicator: str, year: int, statistic: str) -> bool:
        return self.has(indicator, year, statistic, PLAN)

    def people(self, year: int) -> Number:
        """The population that the goals of a year imply."""
        return self.of_plan(PEOPLE, year, "implied", "people")

    def plan_goal(self, goal: Goal, statistic: str, rule: str = "growth", under: str = "") -> Number:
        """A figure of a goal."""
        return self.of_plan(goal.name, goal.year, statistic, rule, under)

    def of_path(self, pair: Pair, path: Path, what: str, rule: str = "growth") -> Number:
        """A figure of a population path: its ``base``, ``end``, ``growth``, or what it has ``needed``."""
        return self.plan_goal(pair.per_head.goal, what, rule, of_path(path))
