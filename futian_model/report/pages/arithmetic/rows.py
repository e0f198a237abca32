"""What the plan-arithmetic page is written from: the plan's own figures, computed once, as results."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from futian_model import arithmetic, goals, population
from futian_model.arithmetic import Cut, Pair, Part, Path, Requirement, Stage
from futian_model.claims import Claim, claims
from futian_model.evidence import Goal
from futian_model.goals import Row
from futian_model.report.sections.material import Material
from futian_model.report.words.numbers import Number

PLAN = "plan"
"""Reading of the rows: they hold whatever the scenario, but for the paths named after it."""
PEOPLE, CENSUS = "average_population", "population_census"
RATES = np.linspace(-0.02, 0.03, 11).round(4) + 0.0
"""Population growth a year along the chart, fractions."""
UNITS = {
    **dict.fromkeys(("start", "end", "gdp", "product", "amount"), "亿元"),
    **dict.fromkeys(("people", "before", "after"), "万人"),
    **dict.fromkeys(("before_year", "after_year"), "year"),
    "multiple": "times",
}
"""Units of a claim's values; the others are fractions."""


@dataclass(frozen=True, eq=False)
class ArithmeticMaterial(Material):
    """Material whose results are the plan's arithmetic; of the scenario only its population is used."""

    @cached_property
    def asked(self) -> list[Requirement]:
        return arithmetic.requirements(self.evidence)

    @cached_property
    def stages(self) -> list[Stage]:
        return arithmetic.stages(self.asked)

    @cached_property
    def pairs(self) -> list[Pair]:
        return arithmetic.pairs(self.asked)

    @cached_property
    def parts(self) -> list[Part]:
        return arithmetic.parts(self.evidence, self.asked)

    @cached_property
    def cuts(self) -> list[Cut]:
        return [cut for source, year in self.stated for cut in arithmetic.cuts(self.evidence, source, year)]

    @cached_property
    def claims(self) -> list[Claim]:
        return [
            claim
            for source in dict.fromkeys(source for source, _ in self.stated)
            for claim in claims(self.evidence, source)
        ]

    @property
    def stated(self) -> list[tuple[str, int]]:
        """Sources of the goals with the base year they state."""
        return list(dict.fromkeys((one.goal.source, one.goal.base_year) for one in self.asked))

    def census(self, year: int) -> float | None:
        """The census count of a year, 万人; None where none is held."""
        counts = self.evidence.series(self.evidence.place("district"), CENSUS).table["value"]
        return float(counts.loc[year]) if year in counts.index else None

    def paths(self, pair: Pair) -> list[Path]:
        """Populations by name: the scenario's, flat, as the plan implies, and from the census."""
        own = self.own(pair)
        found = [] if own is None else [own]
        found += arithmetic.plan_paths(pair, self.pairs[0])
        counted = self.census(pair.base_year)
        if own is not None and counted is not None:
            found.append(pair.path("census", own.growth, counted))
        return found

    def own(self, pair: Pair) -> Path | None:
        """The scenario's central population; None where its years do not reach the goals'."""
        if not self.first <= pair.base_year < pair.year <= self.last:
            return None
        central = self.given_scenario.central[PEOPLE]
        start, end = (float(central[at - self.first]) for at in (pair.base_year, pair.year))
        return pair.through("scenario", start, end)

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        rows: list[Row] = [
            row
            for made in (self.goal_rows(), self.people_rows(), self.share_rows(), self.claim_rows())
            for row in made
        ]
        return goals.tidy(self.scenario.id, PLAN, rows)

    def goal_rows(self) -> Iterator[Row]:
        """Levels and growth of each goal, and growth still needed after the one before it."""
        for one in self.asked:
            goal = one.goal
            for name, level in (("base", one.base), ("target", one.target)):
                yield goal.name, goal.year, name, level, goal.unit, goal.price_basis
            yield goal.name, goal.year, "growth", one.growth, "fraction", goal.price_basis
        for stage in self.stages:
            goal = stage.later.goal
            yield goal.name, goal.year, "growth_after", stage.growth, "fraction", goal.price_basis

    def people_rows(self) -> Iterator[Row]:
        """Populations behind the goals, beside the census, and what each path of them asks for."""
        for at, pair in enumerate(self.pairs):
            name, year = pair.per_head.goal.name, pair.year
            if at == 0:
                yield PEOPLE, pair.base_year, "implied", pair.base_population, "万人", "none"
                yield from self.census_rows(pair)
            else:
                before = self.pairs[at - 1]
                since = arithmetic.between(before, pair)
                yield PEOPLE, year, "growth_after", since, "fraction", "none"
            yield PEOPLE, year, "implied", pair.target_population, "万人", "none"
            yield PEOPLE, year, "growth", pair.switch_growth, "fraction", "none"
            yield from path_rows(name, year, "path", pair, self.paths(pair))
        for pair in self.pairs[-1:]:
            name = pair.per_head.goal.name
            curve = [pair.path(str(at), float(rate)) for at, rate in enumerate(RATES)]
            yield from path_rows(name, pair.year, "curve", pair, curve)

    def census_rows(self, pair: Pair) -> Iterator[Row]:
        """The census count against the population that the plan's base levels imply."""
        counted, year = self.census(pair.base_year), pair.base_year
        if counted is not None:
            gap = counted - pair.base_population
            per_head = float(population.per_capita(pair.gdp.base, counted))
            yield CENSUS, year, "counted", counted, "万人", "none"
            yield CENSUS, year, "distance", abs(gap), "万人", "none"
            yield CENSUS, year, "relative_gap", gap / pair.base_population, "fraction", "none"
            yield CENSUS, year, "gdp_per_head", per_head, "万元/人", "nominal"

    def share_rows(self) -> Iterator[Row]:
        """Value added of each part and of the rest; the published cuts."""
        for part in self.parts:
            goal = part.goal
            name, year, basis = goal.indicator.removesuffix("_share"), goal.year, goal.price_basis
            of_part = (part.start, part.end, part.growth, part.of_increase)
            of_rest = (part.rest_start, part.rest_end, part.rest_growth, 1 - part.of_increase)
            for whose, values in ((name, of_part), (f"rest_of_{name}", of_rest)):
                for what, value in zip(("start", "end", "growth", "of_increase"), values, strict=True):
                    unit = "亿元" if what in ("start", "end") else "fraction"
                    yield f"{whose}_value_added", year, what, value, unit, basis
        for cut in self.cuts:
            figure = cut.figure
            yield figure.indicator, figure.year, "published", figure.value, "fraction", figure.price_basis
        most = arithmetic.least_in_both(self.cuts)
        if most is not None:
            one, _, least = most
            yield one.figure.indicator, one.figure.year, "least_in_both", least, "fraction", "nominal"

    def claim_rows(self) -> Iterator[Row]:
        """Every figure a claim is told with."""
        for claim in self.claims:
            for what, value in claim.values.items():
                unit = UNITS.get(what, "fraction")
                yield claim.indicator, claim.last, f"{claim.kind}_{claim.first}_{what}", value, unit, "none"

    def told(self, indicator: str, year: int, statistic: str, rule: str = "growth") -> Number:
        """A row of the results."""
        return self.number(indicator, year, statistic, rule=rule, reading=PLAN)

    def held(self, indicator: str, year: int, statistic: str) -> bool:
        return self.has(indicator, year, statistic, PLAN)

    def of_goal(self, goal: Goal, statistic: str, rule: str = "growth") -> Number:
        """A figure of a goal."""
        return self.told(goal.name, goal.year, statistic, rule)

    def of_path(self, pair: Pair, path: Path, what: str, rule: str = "growth") -> Number:
        """A figure of a population path: its ``base``, ``end``, ``growth``, or what it has ``needed``."""
        return self.of_goal(pair.per_head.goal, f"path_{path.name}_{what}", rule)


def path_rows(name: str, year: int, kind: str, pair: Pair, paths: list[Path]) -> Iterator[Row]:
    """A population path and the growth of GDP that the goal per head takes on it."""
    for path in paths:
        yield name, year, f"{kind}_{path.name}_base", path.base, "万人", "none"
        yield name, year, f"{kind}_{path.name}_end", path.end, "万人", "none"
        yield name, year, f"{kind}_{path.name}_growth", path.growth, "fraction", "none"
        yield name, year, f"{kind}_{path.name}_needed", pair.needed(path), "fraction", "constant"
