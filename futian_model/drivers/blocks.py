"""Blocks to paths, in the order in which they need each other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from futian_model import firms, growth, population, shares
from futian_model.calibration import Calibration
from futian_model.drivers.around import Around, Surroundings
from futian_model.drivers.base import Base, base_levels
from futian_model.drivers.engine import LEVERS, Engine, engine
from futian_model.drivers.judgments import judged_growth
from futian_model.drivers.paths import happened, phased
from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence
from futian_model.firms import Groups
from futian_model.growth import Floats
from futian_model.scenario import Scenario
from futian_model.scenario.context import Context
from futian_model.scenario.engine import Production
from futian_model.scenario.events import Firms
from futian_model.scenario.model import ImpliedPopulation
from futian_model.scenario.phases import GrowthPath, LeadPath, Trend

ENTRY = "entry"
"""Lever of the firms block: value added that comes a year, relative to the base year's."""


@dataclass(frozen=True, eq=False)
class Drivers:
    """Base levels, and the central log growth of each driver.

    Attributes
    ----------
    centre : mapping of str to ndarray, shape (years,)
    firms : (str, Groups) or None
        The share that groups make up, and the groups.
    engine : Engine or None
        Inputs and accounts of a production block.
    around : Around or None
        City and nation of a context block.
    """

    base: Base
    centre: Mapping[str, Floats]
    firms: tuple[str, Groups] | None = None
    engine: Engine | None = None
    around: Around | None = None

    @property
    def levers(self) -> list[str]:
        """What a solver may move."""
        own = [*LEVERS] if self.engine is not None else []
        # without a population figure nothing but labour depends on people
        idle = () if self.base.population_held or self.engine is not None else ("population",)
        driven = [name for name in self.centre if name not in idle]
        return [*driven, *own, *([ENTRY] if self.firms is not None else [])]

    def ranges(self, lever: str) -> list[tuple[Floats, float, float]]:
        """Path of a lever that cannot take any value, with its least and greatest, shape (years,)."""
        if lever == ENTRY and self.firms is not None:
            return [(self.firms[1].entry, 0.0, np.inf)]
        if lever == "investment_share" and self.engine is not None:
            return [(self.engine.investment_share[-len(self.centre["growth"]) :], 0.0, 1.0)]
        return []

    def moved(self, added: Mapping[str, Floats]) -> "Drivers":
        """The same with something added to levers, shape (years,) each.

        A driver's own path moves by it; growth from production follows its inputs, and the people who
        work follow the population.

        Raises
        ------
        UnknownName
            There is no such lever.
        """
        for name in added:
            if name not in self.levers:
                raise UnknownName(name, self.levers)
        centre = {name: path + added.get(name, 0.0) for name, path in self.centre.items()}
        made, grouped = self.engine, self.firms
        if made is not None and not {"population", *LEVERS}.isdisjoint(added):
            made = made.moved(added, averages(self.base, centre["population"]))
            assert self.engine is not None
            centre["growth"] = centre["growth"] - self.engine.log_growth + made.log_growth
        if grouped is not None and ENTRY in added:
            grouped = grouped[0], grouped[1].with_entry(added[ENTRY])
        return replace(self, centre=centre, engine=made, firms=grouped)


def averages(base: Base, people: Floats) -> Floats:
    """Average population on a path of log growth, base year first, shape (years + 1,)."""
    stock = base.year_end_population * np.exp(np.concatenate([[0.0], np.cumsum(people)]))
    return np.concatenate([[base.average_population], population.average(stock[:-1], stock[1:])])


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
    if reading == "given_evidence":
        held = [
            name
            for name, block in scenario.levers.shares.items()
            if block is not None and name in calibration.shares
        ]
        base = base_levels(scenario.assumptions, held, evidence, calibration)
        trends = calibration.trends()
        return Drivers(base, {name: trends[name].centre for name in (*NOT_SHARES, *held)})
    return _Blocks(scenario, evidence, calibration).drivers()


NOT_SHARES = ("growth", "population", "deflator")


class _Blocks:
    """A scenario's own paths."""

    def __init__(self, scenario: Scenario, evidence: Evidence, calibration: Calibration) -> None:
        self.scenario, self.evidence, self.calibration = scenario, evidence, calibration
        self.levers, self.settings = scenario.levers, scenario.assumptions
        self.first, self.span = self.settings.base_year, len(scenario.years) - 1
        self.share_blocks = {name: block for name, block in self.levers.shares.items() if block is not None}
        self.base = base_levels(self.settings, self.share_blocks, evidence, calibration)
        self.engine: Engine | None = None
        self.around: Around | None = None

    def drivers(self) -> Drivers:
        block = self.levers.population
        if isinstance(block, ImpliedPopulation):
            grown = self.growth(None)
            people = self.implied_population(block, grown)
        else:  # per-capita targets of growth, and labour, need the population first
            people = self.stated(block, self.calibration.population)
            grown = self.growth(people)
        centre = {
            "growth": grown,
            "population": people,
            "deflator": self.stated(self.settings.deflator, self.calibration.deflator),
        }
        centre |= {share: self.share(share) for share in self.base.shares}
        centre = {name: path + self.on_top(name) for name, path in centre.items()}
        grouped = self.levers.firms
        made = None if grouped is None else (grouped.share, self.groups(grouped))
        return Drivers(self.base, centre, made, self.engine, self.around)

    def on_top(self, name: str) -> Floats:
        """Log growth that events and judgments add to a driver."""
        events = happened(self.levers.events.values(), name, self.first, self.span)
        return events + judged_growth(self.scenario, self.calibration, name)

    def stated(self, block: Any, trend: Any) -> Floats:
        """A path of growth, or the estimated one."""
        return self.rates(block.phases) if isinstance(block, GrowthPath) else trend.centre

    def rates(self, phases: Sequence[Any]) -> Floats:
        return np.log1p(phased(phases, self.first, self.span))

    def growth(self, people: Floats | None) -> Floats:
        block = self.levers.growth
        if isinstance(block, Trend):
            return self.calibration.growth.centre
        if isinstance(block, GrowthPath):
            return self.rates(block.phases)
        if isinstance(block, Context):
            found = Surroundings(self.evidence, self.calibration, self.first, self.span)
            self.around = found.around(block)
            return self.around.district
        if isinstance(block, Production):
            return self.produced(block, people)
        levels: dict[int, float] = {}
        for indicator, year, level in self.targets(block.targets):
            if indicator == "real_gdp_per_capita":
                if people is None:
                    raise InputError(
                        "levers.growth.targets", indicator, "real_gdp, where population is itself implied"
                    )
                level *= float(averages(self.base, people)[year])
            # two goals in one year: the one that asks for more growth binds
            levels[year] = max(level, levels.get(year, 0.0))
        return growth.toward(self.base.gdp, levels, self.span)

    def produced(self, block: Production, people: Floats | None) -> Floats:
        """Growth from production, with the people that events and judgments add or take."""
        if people is None:
            told = "trend or path, where growth comes from production"
            raise InputError("levers.population.block", "implied", told)
        moved = people + self.on_top("population")
        self.engine = engine(block, self.first, self.span, averages(self.base, moved))
        return self.engine.log_growth

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
        if isinstance(block, Trend):
            if name not in self.calibration.shares:
                raise InputError(
                    f"levers.shares.{name}.block",
                    "trend",
                    "path or target: fewer than three published figures to estimate from",
                )
            return self.calibration.shares[name].centre
        if isinstance(block, LeadPath):
            return phased(block.phases, self.first, self.span, "growth_gap")
        path = np.zeros(self.span)
        at, odds = 0, float(shares.log_odds(self.base.shares[name]))
        for indicator, year, level in self.targets(block.targets, name):
            if indicator != name:
                raise InputError(f"levers.shares.{name}.targets", indicator, f"goals for {name}")
            aim = float(shares.log_odds(level))
            path[at:year] = (aim - odds) / (year - at)
            at, odds = year, aim
        return path  # after the last target part and rest grow alike

    def groups(self, stated: Firms) -> Groups:
        """The groups behind a share."""
        number, tail = (
            firms.Range(given.low, given.value, given.high) for given in (stated.groups, stated.tail)
        )
        leaving = [one for one in stated.departures.values() if one is not None]
        return Groups(
            number,
            tail,
            stated.relocation,
            np.full(self.span, stated.entry),
            stated.entrant_size,
            stated.spillover,
            tuple(firms.Leaving(one.largest, one.year - self.first - 1) for one in leaving),
        )

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
