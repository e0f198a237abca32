"""What the headquarters page is written from: stress tests of the groups, computed once, as results."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from futian_model import goals, headquarters, simulation, stress
from futian_model.evidence import Goal
from futian_model.firms import Groups
from futian_model.goals import Row
from futian_model.growth import Floats
from futian_model.report.sections.material import Material
from futian_model.report.words.numbers import Number
from futian_model.report.words.sentences import Sentence
from futian_model.scenario import Scenario
from futian_model.simulation import Result
from futian_model.stress import Concentration, Levels, Remaining, Spread, Stress, TradeOffCurve

NO_DEPARTURE, CONCENTRATION, STRESS = "no_departure", "concentration", "stress"
RELOCATION, TRADE_OFF = "relocation", "trade_off"
"""Readings of the rows."""
LARGEST, USUAL, TOLD = (1, 3, 5, 10), 3, 10
"""How many leave; how many where the scenario says nothing; the ten largest, whose sum might be published."""
SPILLOVERS = (0.0, 0.3)
"""Loss in the rest of the economy per unit that leaves: none, and a judgement of what is much."""
STEP, BEYOND = 0.01, 0.02
"""Of the leads along the trade-off curve, and how far it reaches beyond scenario and goal."""


class Event(NamedTuple):
    """How many of the largest leave, and the first year without all of them."""

    largest: int
    year: int


class Pair(NamedTuple):
    """The goal on the share, and the goal on GDP of the same year."""

    share: Goal
    gdp: Goal


def event(scenario: Scenario) -> Event:
    """The scenario's departures taken together; where it has none, the usual ones halfway."""
    assert scenario.levers.firms is not None
    told = [one for one in scenario.levers.firms.departures.values() if one is not None]
    if not told:
        return Event(USUAL, int(scenario.years[len(scenario.years) // 2]))
    return Event(max(one.largest for one in told), max(one.year for one in told))


@dataclass(frozen=True, eq=False)
class HeadquartersMaterial(Material):
    """Material of a scenario in which the largest groups leave, beside the same without them leaving."""

    @property
    def event(self) -> Event:
        return event(self.scenario)

    @property
    def groups(self) -> Groups:
        assert self.given_scenario.driven.firms is not None
        return self.given_scenario.driven.firms[1]

    @property
    def share(self) -> str:
        """The share that the groups make up."""
        assert self.given_scenario.driven.firms is not None
        return self.given_scenario.driven.firms[0]

    @property
    def part(self) -> str:
        """Value added behind the share."""
        return f"{self.share.removesuffix('_share')}_value_added"

    @cached_property
    def without(self) -> Result:
        """The same draws with nobody leaving at once."""
        made = self.given_scenario
        return simulation.simulate(
            stress.staying_put(self.scenario), self.evidence, draws=made.draws, seed=made.seed
        )

    @cached_property
    def concentration(self) -> Concentration:
        share = float(self.without.central[self.share][self.without.position(self.event.year)])
        return stress.concentration_table(self.groups.number, self.groups.tail, share)

    @cached_property
    def stressed(self) -> dict[tuple[int, float], Stress]:
        """By how many leave and by spillover; the scenario's own case is among them."""
        asked = [(largest, spillover) for largest in self.largest for spillover in SPILLOVERS]
        return {
            case: stress.stress(self.given_scenario, case[0], self.event.year, case[1])
            for case in dict.fromkeys([*asked, self.own])
        }

    @property
    def largest(self) -> list[int]:
        return sorted({*LARGEST, self.event.largest})

    @property
    def own(self) -> tuple[int, float]:
        """The scenario's own departure."""
        return self.event.largest, self.groups.spillover

    @cached_property
    def relocated(self) -> list[Remaining]:
        return stress.relocation_table(self.groups.number, self.groups.tail)

    @property
    def judged_after(self) -> list[Goal]:
        """Goals on GDP, GDP per head and the share that fall due with the departure or after it."""
        return [goal for goal in self.about if goal.year >= self.event.year]

    @property
    def about(self) -> list[Goal]:
        """Goals that a departure can move, the share's first."""
        told = (self.share, "real_gdp", "real_gdp_per_capita")
        return sorted(
            (goal for goal in self.goals if goal.indicator in told),
            key=lambda goal: (goal.year, told.index(goal.indicator)),
        )

    @property
    def target(self) -> Goal | None:
        """The last goal on GDP that the departure can move."""
        return next((goal for goal in reversed(self.judged_after) if goal.indicator == "real_gdp"), None)

    @property
    def pair(self) -> Pair | None:
        """The first goal on the share that has a goal on GDP beside it."""
        for goal in self.about:
            for other in self.about:
                if goal.indicator == self.share and (other.indicator, other.year) == ("real_gdp", goal.year):
                    return Pair(goal, other)
        return None

    @cached_property
    def curve(self) -> TradeOffCurve:
        """Leads from below the scenario's and the goal's to above them."""
        own, aim = self.lead(None), self.lead(self.pair)
        first = np.floor(min(own, aim) / STEP) * STEP - BEYOND
        count = int(np.ceil((max(own, aim) + BEYOND - first) / STEP)) + 1
        return self.traded((first + STEP * np.arange(count)).round(6) + 0.0)

    @cached_property
    def aimed(self) -> TradeOffCurve:
        """The ways to the share goal alone."""
        return self.traded(np.array([self.lead(self.pair)]))

    def lead(self, aim: Pair | None) -> float:
        """Lead a year to the share goal, or on the scenario's path."""
        assert self.pair is not None
        years = self.pair.share.year - self.first
        start = float(self.given_scenario.central[self.share][0])
        end = float(self.given_scenario.central[self.share][years])
        return stress.lead_to(start, end if aim is None else aim.share.level(start), years)

    def traded(self, leads: Floats) -> TradeOffCurve:
        assert self.pair is not None
        years = self.pair.share.year - self.first
        return stress.trade_off_curve(self.levels(0), self.levels(years), years, leads)

    def levels(self, at: int) -> Levels:
        """Part and rest at base-year prices on the central path."""
        gdp, share = (self.given_scenario.central[name][at] for name in ("real_gdp", self.share))
        return Levels(gdp * share, gdp * (1 - share))

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        tables = [
            table.assign(reading=reading)
            for reading, result in (
                (self.given_scenario.reading, self.given_scenario),
                (NO_DEPARTURE, self.without),
            )
            for table in (result.frame(), goals.frame(result, self.goals))
        ]
        own = {
            CONCENTRATION: self.concentration_rows(),
            STRESS: self.stress_rows(),
            RELOCATION: self.relocation_rows(),
            TRADE_OFF: self.trade_off_rows() if self.pair is not None else (),
        }
        tables += [goals.tidy(self.scenario.id, reading, list(rows)) for reading, rows in own.items()]
        return pd.concat(tables, ignore_index=True)

    def concentration_rows(self) -> Iterator[Row]:
        """What the largest hold of the part and of GDP, and how unequal all are."""
        made, at = self.concentration, self.event.year
        for held in made.held:
            yield from spread_rows(self.share, at, f"top_{held.top}_of_part", held.of_part)
            yield from spread_rows(self.share, at, f"top_{held.top}_of_gdp", held.of_gdp)
        yield from spread_rows(self.share, at, "herfindahl", made.herfindahl, "index")
        yield from spread_rows(self.share, at, "equal_groups", made.equal_groups, "groups")
        told = stress.once_told(self.groups.number, self.groups.tail, TOLD, USUAL)
        if told is not None:
            yield from spread_rows(self.share, at, f"top_{USUAL}_once_told", told)

    def stress_rows(self) -> Iterator[Row]:
        """GDP missing and share left by case, and where each goal on GDP ends."""
        at = self.event.year
        for (largest, spillover), made in self.stressed.items():
            case = case_name(largest, spillover)
            yield from spread_rows("real_gdp", at, f"{case}_loss", made.gdp_loss)
            yield from spread_rows(self.share, at, f"{case}_after", made.share_after)
            if self.target is not None:
                level = made.level("real_gdp", self.target.year - self.first)
                yield from spread_rows(
                    self.target.name, self.target.year, f"{case}_level", level, "亿元", "constant"
                )

    def relocation_rows(self) -> Iterator[Row]:
        """What relocation leaves, and the entry that makes up for it."""
        today = float(self.levels(0).part)
        for made in self.relocated:
            at, name = self.first + made.years, hazard_name(made.hazard)
            yield self.part, at, f"{name}_mean", made.mean, "fraction", "none"
            yield from spread_rows(self.part, at, f"{name}_sd", made.sd)
            yield self.part, at, f"{name}_tenth", made.tenth, "fraction", "none"
            yield self.part, at, f"{name}_twentieth", made.twentieth, "fraction", "none"
        for hazard, due in {made.hazard: made.break_even for made in self.relocated}.items():
            name = hazard_name(hazard)
            yield self.part, self.first, f"{name}_break_even", due, "fraction", "none"
            yield self.part, self.first, f"{name}_amount", due * today, "亿元", "constant"
            yield self.part, self.first, f"{name}_groups", due * self.groups.number.value, "groups", "none"

    def trade_off_rows(self) -> Iterator[Row]:
        """The curve, the ways to the share goal, and what a unit does to the share."""
        assert self.pair is not None
        share, at = self.share, self.pair.share.year
        yield share, at, "own_lead", self.lead(None), "fraction", "none"
        yield share, at, "aim_lead", self.lead(self.pair), "fraction", "none"
        target = self.pair.gdp.level(self.given_scenario.base.gdp)
        for name, curve in (("curve", self.curve), ("aim", self.aimed)):
            for place, lead in enumerate(curve.lead):
                yield share, at, f"{name}_{place}_lead", float(lead), "fraction", "none"
                yield share, at, f"{name}_{place}_share", float(curve.share[place]), "fraction", "nominal"
                for way in stress.WAYS:
                    gdp, pace = float(curve.ways[way].gdp[place]), curve.growth[way]
                    yield "real_gdp", at, f"{name}_{place}_{way}", gdp, "亿元", "constant"
                    yield "real_gdp", at, f"{name}_{place}_{way}_gap", gdp - target, "亿元", "constant"
                    yield "real_gdp", at, f"{name}_{place}_{way}_off", abs(gdp - target), "亿元", "constant"
                    for whose, rate in zip(("part", "rest"), pace, strict=True):
                        told = f"{name}_{place}_{way}_{whose}"
                        yield self.part, at, told, float(rate[place]), "fraction", "constant"
        moved = headquarters.trade_off(self.given_scenario.central[share][at - self.first])
        for name, points in zip(("gained", "lost_elsewhere"), moved, strict=True):
            yield share, at, name, float(points) / 100, "fraction", "nominal"

    def told(self, reading: str, indicator: str, at: int, statistic: str, rule: str) -> Number:
        """A row of the results."""
        return self.number(indicator, at, statistic, rule=rule, reading=reading)

    def spread(self, reading: str, indicator: str, at: int, statistic: str, rule: str) -> Sentence:
        """A figure with its range behind it."""
        middle, low, high = (
            self.told(reading, indicator, at, f"{statistic}{end}", rule) for end in ("", "_low", "_high")
        )
        return self.words.say("headquarters_spread", middle=middle, low=low, high=high)


def spread_rows(
    indicator: str, at: int, statistic: str, spread: Spread, unit: str = "fraction", basis: str = "none"
) -> Iterator[Row]:
    """A figure and both ends of its range."""
    for end, value in zip(("", "_low", "_high"), spread, strict=True):
        yield indicator, at, f"{statistic}{end}", float(value), unit, basis


def case_name(largest: int, spillover: float) -> str:
    """A case in the names of its rows."""
    return f"largest_{largest}_spillover_{spillover:g}"


def hazard_name(hazard: float) -> str:
    return f"hazard_{hazard:g}"
