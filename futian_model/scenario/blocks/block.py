"""What every block of a scenario states: its faults, its path, its words, its numbers to move."""

import math
from abc import abstractmethod
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, ClassVar, NamedTuple

import numpy as np

from futian_model import population
from futian_model.calibration import Calibration
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Figure, Goal
from futian_model.growth import Floats
from futian_model.languages import LANGS, texts
from futian_model.scenario.checks_paths import Faults, Span
from futian_model.scenario.clauses import Clause, Fact, Knob
from futian_model.scenario.entries import Parts
from futian_model.scenario.phases import Part


class Since(NamedTuple):
    """Growth from one year to another, as factors: real GDP, average population, prices."""

    volume: float
    people: float
    prices: float


@dataclass(frozen=True)
class Base:
    """Levels in the base year, and the figures they come from.

    Attributes
    ----------
    gdp : float
        亿元; real and nominal are one in the base year.
    average_population, year_end_population : float
        万人; where no figure is held, relative to the year-end, so that labour still has a growth.
    population_held : bool
        Whether they are levels, so that per-head amounts exist.
    shares : mapping of str to float
        Fractions.
    figures : mapping of str to Figure
        The published figures used; without an entry where the scenario states the value itself.
    carried : mapping of str to int
        Indicators without a figure of the base year, carried on by what the evidence says of the years
        since the last one that has one.
    since : mapping of int to Since
        What happened between the base years of goals and this one, where they differ.
    """

    gdp: float
    average_population: float
    year_end_population: float
    shares: Mapping[str, float]
    figures: Mapping[str, Figure]
    population_held: bool = True
    carried: Mapping[str, int] = field(default_factory=dict)
    since: Mapping[int, Since] = field(default_factory=dict)

    def target(self, goal: Goal) -> float:
        """What a goal asks, in the base year's prices, whatever base year the plan has.

        A multiple is one of the level that the plan's own base year had; a value at the prices of that
        year is expressed in those of this one. Levels at current prices and shares are what they are.

        Raises
        ------
        InputError
            The indicator has no base-year level here, or the plan leaves the value to the city.
        """
        level, between = self.level(goal.indicator), self.since.get(goal.base_year)
        if between is None or goal.indicator in self.shares:
            return goal.level(level)
        nominal = goal.indicator.startswith("nominal_")
        if math.isnan(goal.multiple):
            return goal.level(level) * (1.0 if nominal else between.prices)
        grown = between.volume / (between.people if goal.indicator.endswith("_per_capita") else 1.0)
        return goal.level(level / (grown * between.prices if nominal else grown))

    def level(self, indicator: str) -> float:
        """Base-year level of an indicator that a target or goal may name.

        Raises
        ------
        InputError
            The indicator has no base-year level here.
        """
        levels = {"real_gdp": self.gdp, "nominal_gdp": self.gdp, **self.shares}
        if self.population_held:
            per_head = float(population.per_capita(self.gdp, self.average_population))
            levels |= {"real_gdp_per_capita": per_head, "nominal_gdp_per_capita": per_head}
        if indicator not in levels:
            missing = "" if self.population_held else "; no population of the base year is held"
            raise InputError("indicator", indicator, f"one of {', '.join(levels)}{missing}")
        return levels[indicator]

    def averages(self, people: Floats) -> Floats:
        """Average population, 万人, base year first, shape (years + 1,), on a path of log growth."""
        stock = self.year_end_population * np.exp(np.concatenate([[0.0], np.cumsum(people)]))
        return np.concatenate([[self.average_population], population.average(stock[:-1], stock[1:])])


class Aim(NamedTuple):
    """A target in the library's unit, years after the start."""

    indicator: str
    year: int
    level: float


@dataclass(frozen=True, eq=False)
class Ground:
    """What the path of a block rests on.

    Attributes
    ----------
    driver : str
        What the block moves: ``growth``, ``population``, ``deflator`` or a share.
    start, span : int
        The year that the path follows on, the base year or the jump-off, and years after it.
    base, origin : Base
        Levels of that year, and of the base year; both at the base year's prices.
    trend : ndarray, shape (years,), or None
        Log growth that the evidence suggests; None where too few figures are published.
    people, grown : ndarray, shape (years,), or None
        Log growth of population and of GDP, as far as their blocks have been asked already.
    added_people : ndarray, shape (years,), or None
        Log growth that events and judgments add to the population.
    around : ndarray, shape (years,), or None
        Log growth of what surrounds a city, the nation's.
    """

    driver: str
    start: int
    span: int
    base: Base
    origin: Base
    evidence: Evidence
    calibration: Calibration
    trend: Floats | None
    people: Floats | None = None
    grown: Floats | None = None
    added_people: Floats | None = None
    around: Floats | None = None

    @property
    def field(self) -> str:
        """Where the block stands in a scenario file."""
        return field_of(self.driver, self.base.shares)

    def aims(self, targets: Sequence[Any]) -> list[Aim]:
        """Targets in time."""
        aims = []
        for target in targets:
            if target.goal is not None:
                goal = self.evidence.goal(target.goal)
                indicator, year = goal.indicator, goal.year
                level = self.origin.target(goal)
            else:
                indicator, year = getattr(target, "indicator", self.driver), target.year
                level = target.value
                if level is None:
                    level = target.multiple * self.origin.level(indicator)
            aims.append(Aim(indicator, year - self.start, float(level)))
        ahead = [aim for aim in aims if aim.year > 0]
        if not ahead:
            allowed = f"a target of a year after {self.start}, up to which published figures tell"
            raise InputError(f"{self.field}.targets", max(aim.year for aim in aims) + self.start, allowed)
        return sorted(ahead, key=lambda aim: aim.year)


def field_of(driver: str, shares: Container[str]) -> str:
    """Where the block of a driver stands in a scenario file."""
    if driver == "deflator":
        return "assumptions.deflator"
    return f"levers.{'shares.' if driver in shares else ''}{driver}"


class Path(NamedTuple):
    """Log growth a year, shape (years,), and what else a block has worked out, by field of `Drivers`."""

    values: Floats
    beside: Mapping[str, Any] = {}


class Beside(Mapping[str, Mapping[str, str]]):
    """Texts by language in a block's own folder, read when they are asked for.

    Parameters
    ----------
    file : str
        A module of that folder, its ``__file__``.
    """

    def __init__(self, file: str) -> None:
        self.folder = FilePath(file).parent

    def __getitem__(self, lang: str) -> Mapping[str, str]:
        return texts(self.folder, lang)

    def __iter__(self) -> Iterator[str]:
        return iter(LANGS)

    def __len__(self) -> int:
        return len(LANGS)


class Block(Part):
    """How a driver moves: one of several kinds, chosen by its name.

    Attributes
    ----------
    after_growth : bool
        Whether the path follows from that of GDP; only of a population.
    texts : mapping
        The block's own texts by language and key: `Beside` its module, or written out. Of what is said here
        they hold ``block_<name>``, ``option_<name>`` and whatever its clauses name.
    """

    after_growth: ClassVar[bool] = False
    texts: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    block: str

    def faults(self, at: Parts, span: Span, evidence: Evidence) -> Faults:
        """What shows only against the scenario's years and the data."""
        yield from ()

    def clashes(self, population: "Block", at: Parts, evidence: Evidence) -> Faults:
        """What cannot stand beside a population block; only of growth."""
        yield from ()

    @abstractmethod
    def log_growth(self, ground: Ground) -> Path:
        """Log growth a year, and what comes with it.

        Raises
        ------
        InputError
            A figure or an estimate that it needs does not exist.
        """

    def said(self, share: str | None = None) -> Fact:
        """What it assumes, of a share by its name."""
        return Clause(f"block_{self.block}")

    def knobs(self, share: str | None = None) -> Iterator[Knob]:
        """Numbers of it that may be moved, in the order in which they are shown."""
        yield from ()
