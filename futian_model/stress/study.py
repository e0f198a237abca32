"""Every stress test of one scenario's groups, worked out once, and as one results table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from futian_model import headquarters, simulation
from futian_model.evidence import Evidence, Goal
from futian_model.firms import Groups
from futian_model.goals import within_reach
from futian_model.growth import Floats
from futian_model.results import Row, case, tidy
from futian_model.scenario import Scenario
from futian_model.simulation import Result
from futian_model.stress.departures import Stress, grouped, staying_put, stress
from futian_model.stress.sizes import (
    Concentration,
    Remaining,
    Spread,
    concentration_table,
    once_told,
    relocation_table,
)
from futian_model.stress.trade_off import WAYS, Levels, TradeOffCurve, lead_to, trade_off_curve

CONCENTRATION, STRESS, RELOCATION, TRADE_OFF = "concentration", "stress", "relocation", "trade_off"
"""Readings of the rows."""
LARGEST, USUAL, TOLD = (1, 3, 5, 10), 3, 10
"""How many leave; how many where the scenario says nothing; the ten largest, whose sum might be published."""
SPILLOVERS = (0.0, 0.3)
"""Loss in the rest of the economy per unit that leaves: none, and a judgement of what is much."""
STEP, BEYOND = 0.01, 0.02
"""Of the leads along the trade-off curve, and how far it reaches beyond scenario and goal."""
AIM = case(point="goal")
"""Case of what it takes to meet the share goal exactly."""


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
    stated = [departure for departure in scenario.levers.firms.departures.values() if departure is not None]
    if not stated:
        return Event(USUAL, int(scenario.years[len(scenario.years) // 2]))
    return Event(max(departure.largest for departure in stated), max(departure.year for departure in stated))


def frame(result: Result, evidence: Evidence) -> pd.DataFrame:
    """Concentration, departures, relocation and trade-off of a scenario with groups behind a share.

    Parameters
    ----------
    result : Result
        Of a scenario with ``levers.firms``.
    evidence : Evidence
        Holds the plan's goals.

    Returns
    -------
    DataFrame
        A results table. Readings: ``concentration`` (what the largest hold, fractions), ``stress`` (GDP
        missing, a fraction; share left; GDP in the goal's year, 亿元), ``relocation`` (what is left,
        fractions of today; entry that makes up for it) and ``trade_off`` (leads, log growth a year; share;
        GDP, 亿元). Ends of a range over sizes are statistics of their own, ``loss_low`` and ``loss_high``.

    Raises
    ------
    InputError
        The scenario has no groups.

    Examples
    --------
    >>> from futian_model.evidence import load_evidence
    >>> from futian_model.scenario import load_scenario
    >>> evidence = load_evidence()
    >>> made = simulation.simulate(load_scenario("headquarters_leave"), evidence, draws=100, seed=1)
    >>> rows = frame(made, evidence).set_index(["reading", "case", "statistic"])["value"]
    >>> print(round(rows["stress", "largest=3;spillover=0", "loss"], 3))
    0.182
    """
    return Study(result, evidence).frame()


@dataclass(frozen=True, eq=False)
class Study:
    """Stress tests of the groups behind a share, each worked out when it is first asked for."""

    result: Result
    evidence: Evidence = field(repr=False)

    @property
    def scenario(self) -> Scenario:
        return self.result.scenario

    @property
    def goals(self) -> list[Goal]:
        return within_reach(self.result, self.evidence)

    @property
    def event(self) -> Event:
        return event(self.scenario)

    @property
    def groups(self) -> Groups:
        return grouped(self.result)[1]

    @property
    def share(self) -> str:
        """The share that the groups make up."""
        return grouped(self.result)[0]

    @property
    def part(self) -> str:
        """Value added behind the share."""
        return f"{self.share.removesuffix('_share')}_value_added"

    @property
    def first(self) -> int:
        """The base year."""
        return int(self.result.years[0])

    @cached_property
    def without(self) -> Result:
        """The same draws with nobody leaving at once."""
        result = self.result
        return simulation.simulate(
            staying_put(self.scenario), self.evidence, draws=result.draws, seed=result.seed
        )

    @cached_property
    def concentration(self) -> Concentration:
        share = float(self.without.central[self.share][self.without.position(self.event.year)])
        return concentration_table(self.groups.number, self.groups.tail, share)

    @cached_property
    def stressed(self) -> dict[tuple[int, float], Stress]:
        """By how many leave and by spillover; the scenario's own case is among them."""
        asked = [(largest, spillover) for largest in self.largest for spillover in SPILLOVERS]
        return {
            pair: stress(self.result, pair[0], self.event.year, pair[1])
            for pair in dict.fromkeys([*asked, self.own])
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
        return relocation_table(self.groups.number, self.groups.tail)

    @property
    def about(self) -> list[Goal]:
        """Goals that a departure can move, the share's first."""
        moved = (self.share, "real_gdp", "real_gdp_per_capita")
        return sorted(
            (goal for goal in self.goals if goal.indicator in moved),
            key=lambda goal: (goal.year, moved.index(goal.indicator)),
        )

    @property
    def target(self) -> Goal | None:
        """The last goal on GDP that the departure can move."""
        after = [goal for goal in self.about if goal.year >= self.event.year]
        return next((goal for goal in reversed(after) if goal.indicator == "real_gdp"), None)

    @cached_property
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
        """Lead a year to the share goal, or on the scenario's path, log growth."""
        assert self.pair is not None
        years = self.pair.share.year - self.first
        start = float(self.result.central[self.share][0])
        end = float(self.result.central[self.share][years])
        return lead_to(start, end if aim is None else aim.share.level(start), years)

    def traded(self, leads: Floats) -> TradeOffCurve:
        assert self.pair is not None
        years = self.pair.share.year - self.first
        return trade_off_curve(self.levels(0), self.levels(years), years, leads)

    def levels(self, at: int) -> Levels:
        """Part and rest at base-year prices on the central path, 亿元."""
        gdp, share = (self.result.central[name][at] for name in ("real_gdp", self.share))
        return Levels(gdp * share, gdp * (1 - share))

    def frame(self) -> pd.DataFrame:
        """Everything as a results table, as `futian_model.stress.frame` says."""
        own = {
            CONCENTRATION: self.concentration_rows(),
            STRESS: self.stress_rows(),
            RELOCATION: self.relocation_rows(),
            TRADE_OFF: self.trade_off_rows() if self.pair is not None else (),
        }
        place = self.result.place
        tables = [tidy(self.scenario.id, reading, rows, place) for reading, rows in own.items()]
        return pd.concat(tables, ignore_index=True)

    def concentration_rows(self) -> Iterator[Row]:
        """What the largest hold of the part and of GDP, and how unequal all are."""
        concentration, at = self.concentration, (self.share, self.event.year)
        for held in concentration.held:
            yield from spread_rows(*at, "of_part", held.of_part, case(top=held.top))
            yield from spread_rows(*at, "of_gdp", held.of_gdp, case(top=held.top))
        yield from spread_rows(*at, "herfindahl", concentration.herfindahl, unit="index")
        yield from spread_rows(*at, "equal_groups", concentration.equal_groups, unit="groups")
        known = once_told(self.groups.number, self.groups.tail, TOLD, USUAL)
        if known is not None:
            yield from spread_rows(*at, "once_told", known, case(top=USUAL))

    def stress_rows(self) -> Iterator[Row]:
        """GDP missing and share left by case, and where each goal on GDP ends."""
        at = self.event.year
        for pair, stressed in self.stressed.items():
            under = departure(*pair)
            yield from spread_rows("real_gdp", at, "loss", stressed.gdp_loss, under)
            yield from spread_rows(self.share, at, "after", stressed.share_after, under)
            if self.target is not None:
                level = stressed.level("real_gdp", self.target.year - self.first)
                yield from spread_rows(
                    self.target.name, self.target.year, "level", level, under, "亿元", "constant"
                )

    def relocation_rows(self) -> Iterator[Row]:
        """What relocation leaves, and the entry that makes up for it."""
        for remaining in self.relocated:
            at, under = (self.part, self.first + remaining.years), hazard(remaining.hazard)
            for name in ("mean", "tenth", "twentieth"):
                yield Row(*at, name, getattr(remaining, name), "fraction", case=under)
            yield from spread_rows(*at, "sd", remaining.sd, under)
        today, groups = float(self.levels(0).part), self.groups.number.value
        for rate, due in {remaining.hazard: remaining.break_even for remaining in self.relocated}.items():
            at, under = (self.part, self.first), hazard(rate)
            yield Row(*at, "break_even", due, "fraction", case=under)
            yield Row(*at, "amount", due * today, "亿元", "constant", under)
            yield Row(*at, "groups", due * groups, "groups", case=under)

    def trade_off_rows(self) -> Iterator[Row]:
        """The curve, the ways to the share goal, and what a unit does to the share."""
        assert self.pair is not None
        share, at = self.share, self.pair.share.year
        yield Row(share, at, "own_lead", self.lead(None), "fraction")
        yield Row(share, at, "aim_lead", self.lead(self.pair), "fraction")
        yield from self.curve_rows(self.aimed, [AIM])
        yield from self.curve_rows(self.curve, list(map(point, range(len(self.curve.lead)))))
        moved = headquarters.trade_off(self.result.central[share][at - self.first])
        for name, points in zip(("gained", "lost_elsewhere"), moved, strict=True):
            yield Row(share, at, name, float(points) / 100, "fraction", "nominal")

    def curve_rows(self, curve: TradeOffCurve, points: list[str]) -> Iterator[Row]:
        """Lead and share of each point, and GDP and growth by each way to it."""
        assert self.pair is not None
        share, at, target = self.share, self.pair.share.year, self.pair.gdp.level(self.result.base.gdp)
        for place, under in enumerate(points):
            yield Row(share, at, "lead", float(curve.lead[place]), "fraction", case=under)
            yield Row(share, at, "share", float(curve.share[place]), "fraction", "nominal", under)
            for way in WAYS:
                gdp, by = float(curve.ways[way].gdp[place]), by_way(under, way)
                levels = {"level": gdp, "gap": gdp - target, "off": abs(gdp - target)}
                for name, value in levels.items():
                    yield Row("real_gdp", at, name, value, "亿元", "constant", by)
                for name, rate in zip(("growth", "growth_of_rest"), curve.growth[way], strict=True):
                    yield Row(self.part, at, name, float(rate[place]), "fraction", "constant", by)


def spread_rows(
    indicator: str,
    at: int,
    statistic: str,
    spread: Spread,
    under: str = "",
    unit: str = "fraction",
    basis: str = "none",
) -> Iterator[Row]:
    """A figure and both ends of its range."""
    for end, value in zip(("", "_low", "_high"), spread, strict=True):
        yield Row(indicator, at, f"{statistic}{end}", float(value), unit, basis, under)


def departure(largest: int, spillover: float) -> str:
    """Case of so many that leave, at such a spillover."""
    return case(largest=largest, spillover=spillover)


def hazard(rate: float) -> str:
    """Case of a yearly rate of relocation."""
    return case(hazard=rate)


def point(place: int) -> str:
    """Case of a point of the curve, counted from one."""
    return case(point=place + 1)


def by_way(under: str, way: str) -> str:
    """Case of a point that is reached in one of `WAYS`."""
    return f"{under};{case(way=way)}"
