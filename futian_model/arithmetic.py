"""What the plan's own figures imply for each other, before any model and whatever the scenario."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, pairwise

import numpy as np
import pandas as pd

from futian_model import growth, population, shares
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Figure, Goal, in_unit
from futian_model.results import Row, case, tidy

GDP, PER_HEAD = "real_gdp", "real_gdp_per_capita"
PLAN = "plan"
"""Reading of the rows: they hold whatever the scenario, but for the path of its population."""
PEOPLE, CENSUS = "average_population", "population_census"
RATES = np.linspace(-0.02, 0.03, 11).round(4) + 0.0
"""Population growth a year along the curve, fractions."""
SAME = 1e-9
"""Growth a year below which two goals ask for one pace: rounding in the last digits of a computation."""


@dataclass(frozen=True)
class Requirement:
    """A goal on a level, and the growth it takes.

    Attributes
    ----------
    base, target : float
        Level in the base year as the plan states it and level to reach, in the goal's unit.
    growth : float
        From the one to the other, a fraction a year.
    """

    goal: Goal
    base: float
    target: float
    growth: float

    @property
    def years(self) -> int:
        return self.goal.year - self.goal.base_year


@dataclass(frozen=True)
class Stage:
    """Two goals on one indicator, the earlier met exactly: growth still needed, a fraction a year."""

    earlier: Requirement
    later: Requirement
    growth: float


@dataclass(frozen=True)
class Path:
    """An average population: where it starts and where it ends, 万人, and its growth a year."""

    name: str
    base: float
    end: float
    growth: float


@dataclass(frozen=True)
class Pair:
    """A goal on GDP and one on GDP per head of the same year, from the same base year.

    Attributes
    ----------
    base_population, target_population : float
        Average population behind the base levels and behind both goals met exactly, 万人.
    switch_growth : float
        Population growth a year, a fraction, at which both goals take the same growth of GDP; above
        it the goal per head takes more, below it the goal on GDP.
    """

    gdp: Requirement
    per_head: Requirement
    base_population: float
    target_population: float
    switch_growth: float

    @property
    def year(self) -> int:
        return self.gdp.goal.year

    @property
    def base_year(self) -> int:
        return self.gdp.goal.base_year

    def path(self, name: str, growth_rate: float, base: float | None = None) -> Path:
        """A population that grows at one rate, from the plan's base unless another is given."""
        start = self.base_population if base is None else base
        return Path(name, start, start * (1 + growth_rate) ** self.gdp.years, growth_rate)

    def through(self, name: str, base: float, end: float) -> Path:
        """A population that leads from one level to another, 万人, however it gets there."""
        return Path(name, base, end, float(growth.cagr(base, end, self.gdp.years)))

    def needed(self, path: Path) -> float:
        """Growth of GDP a year, a fraction, that the goal per head takes on a population path.

        A multiple counts from GDP per head on the path's own base, a level goal does not move with it.
        """
        base = float(population.per_capita(self.gdp.base, path.base))
        # 万元/人 times 万人 gives 亿元
        reached = self.per_head.goal.level(base) * path.end
        return float(growth.cagr(self.gdp.base, reached, self.gdp.years))

    def binding(self, path: Path, alike: float = SAME) -> Requirement | None:
        """The goal that takes more growth of GDP; None where both take the same to within `alike`."""
        more = self.needed(path) - self.gdp.growth
        if abs(more) <= alike:
            return None
        return self.per_head if more > 0 else self.gdp


@dataclass(frozen=True)
class Part:
    """A share goal beside the GDP goal of its year: value added of the part and of the rest.

    Attributes
    ----------
    start, end, rest_start, rest_end : float
        亿元, base year and goal year, of the GDP that the plan states.
    growth, rest_growth : float
        Fractions a year.
    of_increase : float
        Share of the increase of GDP that the part makes, a fraction.
    """

    goal: Goal
    start: float
    end: float
    growth: float
    rest_start: float
    rest_end: float
    rest_growth: float
    of_increase: float


@dataclass(frozen=True)
class Cut:
    """A published share of GDP, and the other ones it overlaps with."""

    figure: Figure
    overlaps: tuple[str, ...]


def requirements(evidence: Evidence) -> list[Requirement]:
    """Goals on GDP and on GDP per head, with the plan's own base levels, in the plan's order."""
    asked = []
    for goal in evidence.quantified_goals():
        if goal.indicator in (GDP, PER_HEAD):
            base = base_level(evidence, goal)
            target = goal.level(base)
            pace = float(growth.cagr(base, target, goal.year - goal.base_year))
            asked.append(Requirement(goal, base, target, pace))
    return asked


def base_level(evidence: Evidence, goal: Goal) -> float:
    """Level that the plan states for a goal's indicator and base year, in the goal's unit.

    Raises
    ------
    InputError
        No goal on the indicator states it.
    """
    rows = evidence.goals
    rows = rows[(rows["indicator"] == goal.indicator) & (rows["base_year"] == goal.base_year)]
    rows = rows[rows["base_value"].notna()]
    if rows.empty:
        allowed = f"an indicator whose level of {goal.base_year} the plan states"
        raise InputError(f"{goal.name}.base_value", "", allowed)
    return float(in_unit(rows["base_value"], rows["unit"], goal.unit).iloc[0])


def stages(asked: Sequence[Requirement]) -> list[Stage]:
    """Growth still needed between consecutive goals on one indicator, the earlier met exactly."""
    steps = []
    for indicator in dict.fromkeys(need.goal.indicator for need in asked):
        line = sorted(
            (need for need in asked if need.goal.indicator == indicator),
            key=lambda need: need.goal.year,
        )
        for earlier, later in pairwise(line):
            if later.goal.year > earlier.goal.year:
                span = later.goal.year - earlier.goal.year
                still = float(growth.cagr(earlier.target, later.target, span))
                steps.append(Stage(earlier, later, still))
    return steps


def pairs(asked: Sequence[Requirement]) -> list[Pair]:
    """Every goal on GDP beside the goal per head of its year, earliest first."""
    matched = []
    for gdp in (need for need in asked if need.goal.indicator == GDP):
        for per_head in (need for need in asked if need.goal.indicator == PER_HEAD):
            same = ("year", "base_year")
            if all(getattr(gdp.goal, name) == getattr(per_head.goal, name) for name in same):
                # 亿元 over 万元/人 gives 万人
                base, target = gdp.base / per_head.base, gdp.target / per_head.target
                switch = float(growth.cagr(base, target, gdp.years))
                matched.append(Pair(gdp, per_head, base, target, switch))
    return sorted(matched, key=lambda pair: pair.year)


def between(earlier: Pair, later: Pair) -> float:
    """Population growth a year, a fraction, from one pair of goals met exactly to the next."""
    span = later.year - earlier.year
    return float(growth.cagr(earlier.target_population, later.target_population, span))


def plan_paths(pair: Pair, first: Pair) -> list[Path]:
    """Populations to hold a pair of goals against: flat, and as the plan's first pair implies.

    The growth that the first pair implies kept up to the pair's year; and, where that is later, the
    population of the first pair reached and then held.
    """
    paths = [pair.path("flat", 0.0), pair.path("plan", first.switch_growth)]
    if pair.year > first.year:
        paths.append(pair.through("plan_held", first.base_population, first.target_population))
    return paths


def parts(evidence: Evidence, asked: Sequence[Requirement]) -> list[Part]:
    """Share goals beside the GDP goal of their year; a share is never moved without the rest."""
    whole = {need.goal.year: need for need in asked if need.goal.indicator == GDP}
    shares = []
    for goal in evidence.quantified_goals():
        if evidence.indicators.loc[goal.indicator, "kind"] == "share" and goal.year in whole:
            shares.append(part(goal, base_level(evidence, goal), whole[goal.year]))
    return shares


def part(goal: Goal, share: float, gdp: Requirement) -> Part:
    """Value added behind a share goal, from a share in the base year, a fraction."""
    grown = shares.implied_growth(share, goal.level(share), gdp.target / gdp.base - 1)
    start, rest = share * gdp.base, (1 - share) * gdp.base
    end, rest_end = start * (1 + float(grown.part)), rest * (1 + float(grown.rest))
    return Part(
        goal,
        start,
        end,
        float(growth.cagr(start, end, gdp.years)),
        rest,
        rest_end,
        float(growth.cagr(rest, rest_end, gdp.years)),
        (end - start) / (gdp.target - gdp.base),
    )


def cuts(evidence: Evidence, source: str, year: int) -> list[Cut]:
    """Shares of GDP that a source gives for a year and that overlap one another, largest first."""
    district = evidence.place("district")
    names = evidence.indicators.index[evidence.indicators["kind"] == "share"]
    held = [name for name in names if year in evidence.series(district, name, source=source).table.index]
    figures = [evidence.figure(district, name, year, source=source) for name in held]
    listed = [Cut(figure, tuple(name for name in held if name in figure.overlaps)) for figure in figures]
    return sorted((cut for cut in listed if cut.overlaps), key=lambda cut: -cut.figure.value)


def least_in_both(listed: Sequence[Cut]) -> tuple[Cut, Cut, float] | None:
    """The two cuts that must share most, and how much: what both hold beyond the whole, a fraction.

    None where no two cuts exceed the whole.
    """
    both = [(cut, other, cut.figure.value + other.figure.value - 1) for cut, other in combinations(listed, 2)]
    most = max(both, key=lambda shared: shared[2], default=None)
    return most if most is not None and most[2] > 0 else None


@dataclass(frozen=True, eq=False)
class Arithmetic:
    """The plan's own figures, each worked out when it is first asked for.

    Attributes
    ----------
    people : mapping of int to float
        A population to hold the goals against, 万人 by year.
    """

    evidence: Evidence = field(repr=False)
    people: Mapping[int, float] = field(default_factory=dict, repr=False)

    @cached_property
    def asked(self) -> list[Requirement]:
        return requirements(self.evidence)

    @cached_property
    def stages(self) -> list[Stage]:
        return stages(self.asked)

    @cached_property
    def pairs(self) -> list[Pair]:
        return pairs(self.asked)

    @cached_property
    def parts(self) -> list[Part]:
        return parts(self.evidence, self.asked)

    @cached_property
    def cuts(self) -> list[Cut]:
        return [cut for source, year in self.stated for cut in cuts(self.evidence, source, year)]

    @property
    def stated(self) -> list[tuple[str, int]]:
        """Sources of the goals with the base year they state."""
        return list(dict.fromkeys((need.goal.source, need.goal.base_year) for need in self.asked))

    def census(self, year: int) -> float | None:
        """The census count of a year, 万人; None where none is held."""
        counts = self.evidence.series(self.evidence.place("district"), CENSUS).table["value"]
        return float(counts.loc[year]) if year in counts.index else None

    def paths(self, pair: Pair) -> list[Path]:
        """Populations by name: the scenario's, flat, as the plan implies, and from the census."""
        own = self.own(pair)
        paths = [] if own is None else [own]
        paths += plan_paths(pair, self.pairs[0])
        counted = self.census(pair.base_year)
        if own is not None and counted is not None:
            paths.append(pair.path("census", own.growth, counted))
        return paths

    def own(self, pair: Pair) -> Path | None:
        """The scenario's population; None where its years do not reach the goals'."""
        if not {pair.base_year, pair.year} <= self.people.keys():
            return None
        return pair.through("scenario", self.people[pair.base_year], self.people[pair.year])

    def frame(self, scenario: str = PLAN) -> pd.DataFrame:
        """Everything as a results table.

        Parameters
        ----------
        scenario : str
            Whose population it is.

        Returns
        -------
        DataFrame
            Levels in the unit of each goal, growth as fractions a year, populations in 万人. The case of a
            row names the population ``path`` that it is of, or the ``point`` of a curve over its growth.

        Examples
        --------
        >>> from futian_model.evidence import load_evidence
        >>> rows = Arithmetic(load_evidence()).frame()
        >>> rows = rows.set_index(["indicator", "year", "case", "statistic"])["value"]
        >>> print(round(rows["gdp_2025", 2025, "", "growth"], 4))
        0.0658
        """
        rows = [*self.goal_rows(), *self.people_rows(), *self.share_rows()]
        return tidy(scenario, PLAN, rows, self.evidence.place("district"))

    def goal_rows(self) -> Iterator[Row]:
        """Levels and growth of each goal, and growth still needed after the one before it."""
        for need in self.asked:
            goal = need.goal
            for name, level in (("base", need.base), ("target", need.target)):
                yield Row(goal.name, goal.year, name, level, goal.unit, goal.price_basis)
            yield Row(goal.name, goal.year, "growth", need.growth, "fraction", goal.price_basis)
        for stage in self.stages:
            goal = stage.later.goal
            yield Row(goal.name, goal.year, "growth_after", stage.growth, "fraction", goal.price_basis)

    def people_rows(self) -> Iterator[Row]:
        """Populations behind the goals, beside the census, and what each path of them asks for."""
        for at, pair in enumerate(self.pairs):
            name, year = pair.per_head.goal.name, pair.year
            if at == 0:
                yield Row(PEOPLE, pair.base_year, "implied", pair.base_population, "万人")
                yield from self.census_rows(pair)
            else:
                before = self.pairs[at - 1]
                since = between(before, pair)
                yield Row(PEOPLE, year, "growth_after", since, "fraction")
            yield Row(PEOPLE, year, "implied", pair.target_population, "万人")
            yield Row(PEOPLE, year, "growth", pair.switch_growth, "fraction")
            for path in self.paths(pair):
                yield from path_rows(name, pair, path, of_path(path))
        for pair in self.pairs[-1:]:
            name = pair.per_head.goal.name
            for at, rate in enumerate(RATES):
                yield from path_rows(name, pair, pair.path("", float(rate)), of_point(at))

    def census_rows(self, pair: Pair) -> Iterator[Row]:
        """The census count against the population that the plan's base levels imply."""
        counted, year = self.census(pair.base_year), pair.base_year
        if counted is not None:
            gap = counted - pair.base_population
            per_head = float(population.per_capita(pair.gdp.base, counted))
            yield Row(CENSUS, year, "counted", counted, "万人")
            yield Row(CENSUS, year, "distance", abs(gap), "万人")
            yield Row(CENSUS, year, "relative_gap", gap / pair.base_population, "fraction")
            yield Row(CENSUS, year, "gdp_per_head", per_head, "万元/人", "nominal")

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
                    yield Row(f"{whose}_value_added", year, what, value, unit, basis)
        for cut in self.cuts:
            figure = cut.figure
            yield Row(
                figure.indicator, figure.year, "published", figure.value, "fraction", figure.price_basis
            )
        most = least_in_both(self.cuts)
        if most is not None:
            first, _, least = most
            yield Row(
                first.figure.indicator, first.figure.year, "least_in_both", least, "fraction", "nominal"
            )


def of_path(path: Path) -> str:
    """Case of a population path."""
    return case(path=path.name)


def of_point(at: int) -> str:
    """Case of a point of the curve over population growth, counted from one."""
    return case(point=at + 1)


def path_rows(name: str, pair: Pair, path: Path, under: str) -> Iterator[Row]:
    """A population path and the growth of GDP that the goal per head takes on it."""
    yield Row(name, pair.year, "base", path.base, "万人", case=under)
    yield Row(name, pair.year, "end", path.end, "万人", case=under)
    yield Row(name, pair.year, "growth", path.growth, "fraction", case=under)
    yield Row(name, pair.year, "needed", pair.needed(path), "fraction", "constant", under)
