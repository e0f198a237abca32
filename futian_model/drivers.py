"""Central paths: what a scenario's blocks say each driver does, year by year.

A driver is a log growth: of real GDP, of the year-end population, of prices, and for each share
the growth of the part less that of the rest. Everything else follows from these by identity.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from futian_model import growth, population, shares
from futian_model.calibration import Calibration
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Figure
from futian_model.growth import Floats
from futian_model.scenario import Scenario
from futian_model.scenario.model import GrowthPath, ImpliedPopulation, SharePath, Trend


@dataclass(frozen=True)
class Base:
    """Levels in the base year, and the figures they come from.

    Attributes
    ----------
    gdp : float
        亿元; real and nominal are one in the base year.
    average_population, year_end_population : float
        万人.
    shares : mapping of str to float
        Fractions.
    figures : mapping of str to Figure
        The published figures used; without an entry where the scenario states the value itself.
    """

    gdp: float
    average_population: float
    year_end_population: float
    shares: Mapping[str, float]
    figures: Mapping[str, Figure]

    def level(self, indicator: str) -> float:
        """Base-year level of an indicator that a target or goal may name.

        Raises
        ------
        InputError
            The indicator has no base-year level here.
        """
        per_head = float(population.per_capita(self.gdp, self.average_population))
        levels = {"real_gdp": self.gdp, "real_gdp_per_capita": per_head, **self.shares}
        if indicator not in levels:
            raise InputError("indicator", indicator, f"one of {', '.join(levels)}")
        return levels[indicator]


@dataclass(frozen=True)
class Drivers:
    """Base levels, and the central log growth of each driver, shape (years,)."""

    base: Base
    centre: Mapping[str, Floats]


def drivers(scenario: Scenario, evidence: Evidence, calibration: Calibration, reading: str) -> Drivers:
    """Central paths of a scenario, or of the evidence alone.

    Parameters
    ----------
    scenario : Scenario
        Gives the base-year sources in either reading, and the blocks in the first.
    evidence, calibration
        Published figures and what was estimated from them.
    reading : {"given_scenario", "given_evidence"}

    Raises
    ------
    InputError
        A figure or an estimate that a block needs does not exist, or two blocks ask for each other.
    """
    return _Blocks(scenario, evidence, calibration, evidence_only=reading == "given_evidence").drivers()


class _Blocks:
    """Blocks to paths, in the order in which they need each other."""

    def __init__(
        self, scenario: Scenario, evidence: Evidence, calibration: Calibration, *, evidence_only: bool
    ) -> None:
        self.evidence, self.calibration = evidence, calibration
        self.evidence_only = evidence_only
        self.levers, self.settings = scenario.levers, scenario.assumptions
        self.first, self.span = self.settings.base_year, len(scenario.years) - 1
        self.share_blocks = {name: block for name, block in self.levers.shares.items() if block is not None}
        self.district = evidence.place("district")
        self.figures: dict[str, Figure] = {}
        self.base = Base(self.base_gdp(), *self.base_population(), self.base_shares(), self.figures)

    def drivers(self) -> Drivers:
        block = Trend() if self.evidence_only else self.levers.population
        if isinstance(block, ImpliedPopulation):
            grown = self.growth(None)
            people = self.implied_population(block, grown)
        else:  # per-capita targets of growth need the population first
            people = self.population(block)
            grown = self.growth(people)
        centre = {"growth": grown, "population": people, "deflator": self.deflator()}
        return Drivers(self.base, centre | {share: self.share(share) for share in self.base.shares})

    # base year

    def base_gdp(self) -> float:
        typed = self.settings.base.gdp
        return self.figure("gdp", source=self.settings.gdp_source) if typed is None else float(typed)

    def base_population(self) -> tuple[float, float]:
        """Average and year-end of the base year, 万人.

        Growth up to the base year is history, so what turns one into the other is the
        calibration's rate, whatever the scenario assumes for later.
        """
        rate = float(np.expm1(self.calibration.population.centre[0]))
        typed, source = self.settings.base.average_population, self.settings.population_source
        if typed is not None:
            return float(typed), population.year_end_of(float(typed), rate)
        rows = self.evidence.observations
        held = set(
            rows.loc[
                (rows["geo"] == self.district)
                & (rows["source"] == source)
                & (rows["period"].astype(str) == str(self.first)),
                "indicator",
            ]
        )
        for stock in ("population_resident_yearend", "population_census"):
            if stock in held:
                year_end = self.figure(stock, source=source)
                return float(population.average(year_end / (1 + rate), year_end)), year_end
        if {"gdp", "gdp_per_capita"} <= held:  # the population a source's own two figures imply
            average = self.figure("gdp", source=source) / self.figure("gdp_per_capita", source=source)
            return average, population.year_end_of(average, rate)
        raise InputError(
            "assumptions.population_source",
            source,
            f"a source with a {self.first} population, or with {self.first} GDP and per-capita GDP",
        )

    def base_shares(self) -> dict[str, float]:
        wanted = list(self.share_blocks)
        if self.evidence_only:
            wanted = [name for name in wanted if name in self.calibration.shares]
        return {name: self.figure(name, as_of=self.settings.vintage) for name in wanted}

    def figure(self, indicator: str, **choice: str) -> float:
        found = self.evidence.figure(self.district, indicator, self.first, **choice)
        self.figures[indicator] = found
        return found.value

    # blocks

    def population(self, block: Trend | GrowthPath) -> Floats:
        if isinstance(block, Trend):
            return self.calibration.population.centre
        return self.phases(block.phases)

    def deflator(self) -> Floats:
        block = self.settings.deflator
        if self.evidence_only or isinstance(block, Trend):
            return self.calibration.deflator.centre
        return self.phases(block.phases)

    def growth(self, people: Floats | None) -> Floats:
        block = self.levers.growth
        if self.evidence_only or isinstance(block, Trend):
            return self.calibration.growth.centre
        if isinstance(block, GrowthPath):
            return self.phases(block.phases)
        levels: dict[int, float] = {}
        for indicator, year, level in self.targets(block.targets):
            if indicator == "real_gdp_per_capita":
                if people is None:
                    raise InputError(
                        "levers.growth.targets", indicator, "real_gdp, where population is itself implied"
                    )
                level *= float(self.averages(people)[year])
            # two goals in one year: the one that asks for more growth binds
            levels[year] = max(level, levels.get(year, 0.0))
        return growth.toward(self.base.gdp, levels, self.span)

    def averages(self, people: Floats) -> Floats:
        """Average population, base year first, shape (years + 1,)."""
        stock = self.base.year_end_population * np.exp(np.concatenate([[0.0], np.cumsum(people)]))
        return np.concatenate([[self.base.average_population], population.average(stock[:-1], stock[1:])])

    def implied_population(self, block: ImpliedPopulation, grown: Floats) -> Floats:
        """Year-end growth, constant between targets, that makes per-capita GDP meet each of them."""
        gdp = self.base.gdp * np.exp(np.cumsum(grown))
        path, at, year_end = np.empty(self.span), 0, self.base.year_end_population
        for indicator, year, level in self.targets(block.targets):
            if indicator != "real_gdp_per_capita":
                raise InputError("levers.population.targets", indicator, "real_gdp_per_capita")
            rate = population.growth_to_average(year_end, float(gdp[year - 1]) / level, year - at)
            path[at:] = np.log1p(rate)
            year_end *= (1 + rate) ** (year - at)
            at = year
        return path

    def share(self, name: str) -> Floats:
        block = self.share_blocks[name]
        if self.evidence_only or isinstance(block, Trend):
            if name not in self.calibration.shares:
                raise InputError(
                    f"levers.shares.{name}.block",
                    "trend",
                    "path or target: fewer than three published figures to estimate from",
                )
            return self.calibration.shares[name].centre
        path = np.zeros(self.span)
        if isinstance(block, SharePath):
            for phase in block.phases:
                path[phase.start - self.first - 1 : phase.end - self.first] = phase.growth_gap
            return path
        at, odds = 0, float(shares.log_odds(self.base.shares[name]))
        for indicator, year, level in self.targets(block.targets, name):
            if indicator != name:
                raise InputError(f"levers.shares.{name}.targets", indicator, f"goals for {name}")
            aim = float(shares.log_odds(level))
            path[at:year] = (aim - odds) / (year - at)
            at, odds = year, aim
        return path  # after the last target part and rest grow alike

    def targets(self, targets: Sequence[Any], share: str | None = None) -> list[tuple[str, int, float]]:
        """Indicator, years after the base year, and level in library units of each target, in time."""
        resolved = []
        for target in targets:
            if target.goal is not None:
                goal = self.evidence.goal(target.goal)
                indicator, year = goal.indicator, goal.year
                level = goal.level(self.base.level(indicator))
            else:
                indicator, year = share or target.indicator, target.year
                level = target.value
                if level is None:
                    level = target.multiple * self.base.level(indicator)
            resolved.append((indicator, year - self.first, float(level)))
        return sorted(resolved, key=lambda entry: entry[1])

    def phases(self, phases: Sequence[Any]) -> Floats:
        """Log growth of a path given phase by phase."""
        path = np.empty(self.span)
        for phase in phases:
            span = phase.end - phase.start + 1
            if phase.shape == "list":
                rates = np.asarray(phase.growth_rates, float)
            elif phase.shape == "constant":
                rates = np.full(span, phase.growth_rate)
            else:
                shape = {"ramp": growth.ramp, "step": growth.step}[phase.shape]
                rates = shape(phase.growth_rate, phase.to, span, phase.at - phase.start)
            path[phase.start - self.first - 1 : phase.end - self.first] = np.log1p(rates)
        return path
