"""Blocks to paths, in the order in which they need each other."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from futian_model import firms, shares
from futian_model.calibration import Calibration
from futian_model.drivers.base import base_levels
from futian_model.drivers.judgments import judged_growth
from futian_model.drivers.paths import happened
from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence
from futian_model.firms import Groups
from futian_model.growth import Floats
from futian_model.scenario import Assumptions, Scenario
from futian_model.scenario.blocks import Base, Block, Ground
from futian_model.scenario.blocks.block import field_of
from futian_model.scenario.blocks.context import Around
from futian_model.scenario.blocks.production import LEVERS, Engine
from futian_model.scenario.events import Firms

FURTHEST = 1e6
"""How many times the base year's level a path may reach; in 80 years of 19% a year it does."""
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
    jump : int
        Years after the base year up to the jump-off. The scenario's own paths, engine and surroundings
        begin after it.
    published : tuple of (int, float)
        Years after the base year, and GDP at current prices, 亿元, published exactly for them up to the
        jump-off: every path goes through these figures, and prices take up how far it lies away.
    """

    base: Base
    centre: Mapping[str, Floats]
    firms: tuple[str, Groups] | None = None
    engine: Engine | None = None
    around: Around | None = None
    jump: int = 0
    published: tuple[tuple[int, float], ...] = ()

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
            path = self.engine.investment_share[self.jump - len(self.centre["growth"]) :]
            return [(np.insert(path, 0, np.full(self.jump, path[0])), 0.0, 1.0)]
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
        engine, grouped = self.engine, self.firms
        if engine is not None and not {"population", *LEVERS}.isdisjoint(added):
            later = {name: path[self.jump :] for name, path in added.items()}
            engine = engine.moved(later, self.base.averages(centre["population"])[self.jump :])
            assert self.engine is not None
            centre["growth"][self.jump :] += engine.log_growth - self.engine.log_growth
        if grouped is not None and ENTRY in added:
            grouped = grouped[0], grouped[1].with_entry(added[ENTRY])
        return replace(self, centre=centre, engine=engine, firms=grouped)


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
        years = scenario.assumptions.span(evidence)
        centre = {name: trends[name].centre for name in (*NOT_SHARES, *held)}
        jump = years.jump_off - years.base_year
        return Drivers(base, centre, jump=jump, published=outturns(evidence, scenario.assumptions, jump))
    return _Blocks(scenario, evidence, calibration).drivers()


def outturns(evidence: Evidence, settings: Assumptions, jump: int) -> tuple[tuple[int, float], ...]:
    """Exact GDP at current prices that the vintage knows, after the base year and up to the jump-off.

    None where the scenario rewrites those years.
    """
    if settings.counterfactual:
        return ()
    table = evidence.series(evidence.place("district"), "gdp", as_of=settings.vintage).table
    known = ~table["published_later"].astype(bool) & (table["precision"] != "lower_bound")
    levels = table.loc[known, "value"]
    years = range(1, jump + 1)
    return tuple(
        (at, float(levels[settings.base_year + at]))
        for at in years
        if settings.base_year + at in levels.index
    )


NOT_SHARES = ("growth", "population", "deflator")


class _Blocks:
    """A scenario's own paths."""

    def __init__(self, scenario: Scenario, evidence: Evidence, calibration: Calibration) -> None:
        self.scenario, self.evidence, self.calibration = scenario, evidence, calibration
        self.levers, self.settings = scenario.levers, scenario.assumptions
        self.first, self.span = self.settings.base_year, len(scenario.years) - 1
        self.start = self.settings.span(evidence).jump_off
        self.jump = self.start - self.first
        self.share_blocks = {name: block for name, block in self.levers.shares.items() if block is not None}
        self.base = base_levels(self.settings, self.share_blocks, evidence, calibration)
        self.nowcast = {name: self.so_far(name) for name in (*NOT_SHARES, *self.share_blocks)}
        self.moved_on = self.base_moved_on()
        self.beside: dict[str, Any] = {}

    def so_far(self, driver: str) -> Floats:
        """Log growth up to the jump-off as the evidence has it; none where it cannot say."""
        trend = self.calibration.trends().get(driver)
        return np.zeros(self.jump) if trend is None else trend.centre[: self.jump]

    def base_moved_on(self) -> Base:
        """Levels of the jump-off year, at the base year's prices."""
        if not self.jump:
            return self.base
        base, total = self.base, {name: float(path.sum()) for name, path in self.nowcast.items()}
        return replace(
            base,
            gdp=base.gdp * float(np.exp(total["growth"])),
            average_population=float(base.averages(self.nowcast["population"])[-1]),
            year_end_population=base.year_end_population * float(np.exp(total["population"])),
            shares={
                name: float(shares.project(share, self.nowcast[name])[-1])
                for name, share in base.shares.items()
            },
        )

    def drivers(self) -> Drivers:
        levers = self.levers
        if levers.population.after_growth:
            grown = self.path("growth", levers.growth)
            people = self.path("population", levers.population, grown=grown)
        else:  # per-capita targets of growth, and labour, need the population first
            people = self.path("population", levers.population)
            added = self.on_top("population")[self.jump :]
            grown = self.path("growth", levers.growth, people=people, added_people=added)
        centre = {
            "growth": grown,
            "population": people,
            "deflator": self.path("deflator", self.settings.deflator),
        }
        centre |= {name: self.path(name, block) for name, block in self.share_blocks.items()}
        centre = {
            name: np.concatenate([self.nowcast[name], path]) + self.on_top(name)
            for name, path in centre.items()
        }
        self.measure(centre)
        grouped = self.levers.firms
        groups = None if grouped is None else (grouped.share, self.groups(grouped))
        published = outturns(self.evidence, self.settings, self.jump)
        return Drivers(self.base, centre, groups, jump=self.jump, published=published, **self.beside)

    def measure(self, centre: Mapping[str, Floats]) -> None:
        """Refuse paths that leave all measure, with what events and judgments add to them."""
        for name, path in centre.items():
            moved = np.cumsum(path)
            at = int(np.argmax(np.abs(moved)))
            if not abs(moved[at]) <= np.log(FURTHEST):
                blocks = {"growth": self.levers.growth, "population": self.levers.population}
                blocks |= {"deflator": self.settings.deflator, **self.share_blocks}
                factor = f"10^{moved[at] / np.log(10):.0f} times"
                value = f"{blocks[name].block}, in {self.first + 1 + at} {factor} the base year"
                allowed = f"a level within {FURTHEST:,.0f} times the base year's, up or down"
                raise InputError(f"{field_of(name, self.share_blocks)}.block", value, allowed)

    def path(self, driver: str, block: Block, **asked: Floats) -> Floats:
        """What a block says of a driver after the jump-off, with what other blocks said already."""
        trend = self.calibration.trends().get(driver)
        ground = Ground(
            driver,
            self.start,
            self.span - self.jump,
            self.moved_on,
            self.base,
            self.evidence,
            self.calibration,
            None if trend is None else trend.centre[self.jump :],
            **asked,
        )
        growth = block.log_growth(ground)
        self.beside |= growth.beside
        return growth.values

    def on_top(self, name: str) -> Floats:
        """Log growth that events and judgments add to a driver."""
        events = happened(self.levers.events.values(), name, self.first, self.span)
        return events + judged_growth(self.scenario, self.calibration, name)

    def groups(self, stated: Firms) -> Groups:
        """The groups behind a share."""
        number, tail = (firms.Range(span.low, span.value, span.high) for span in (stated.groups, stated.tail))
        leaving = [departure for departure in stated.departures.values() if departure is not None]
        return Groups(
            number,
            tail,
            stated.relocation,
            np.where(np.arange(self.span) < self.jump, 0.0, stated.entry),
            stated.entrant_size,
            stated.spillover,
            tuple(firms.Leaving(departure.largest, departure.year - self.first - 1) for departure in leaving),
            self.jump,
        )
