"""Scenarios between two: some blocks as in the one, the rest as in the other."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import combinations
from typing import Any

from futian_model import simulation
from futian_model.attribution.shapley import MOST_PLAYERS
from futian_model.drivers import Drivers, drivers
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.scenario import Scenario
from futian_model.scenario.checks import checked

NOT_SHARES = (
    *("growth", "population", "firms", "events", "judgments"),
    *("prices", "base", "vintage", "uncertainty"),
)
"""Blocks every scenario has; any other is a share."""
BASE = ("gdp_source", "population_source", "base")
SEEN = ("vintage", "counterfactual", "forecasts")
Blocks = tuple[str, ...]
"""Blocks that change sides together, mostly one."""


def blocks_of(scenario: Scenario) -> dict[str, Any]:
    """A scenario's assumptions, grouped as a reader would name them; a share goes by its own name."""
    levers, settings = scenario.levers, scenario.assumptions
    return {
        "growth": levers.growth,
        "population": levers.population,
        **{name: block for name, block in levers.shares.items() if block is not None},
        "firms": levers.firms,
        "events": {name: event for name, event in levers.events.items() if event is not None},
        "judgments": scenario.standing,
        "prices": settings.deflator,
        "base": tuple(getattr(settings, name) for name in BASE),
        "vintage": tuple(getattr(settings, name) for name in SEEN),
        "uncertainty": settings.uncertainty,
    }


def differing(a: Scenario, b: Scenario) -> list[str]:
    """Blocks in which two scenarios differ, in a fixed order: shares by name, after population."""
    sides = blocks_of(a), blocks_of(b)
    shares = sorted({name for side in sides for name in side if name not in NOT_SHARES})
    order = [*NOT_SHARES[:2], *shares, *NOT_SHARES[2:]]
    return [name for name in order if sides[0].get(name) != sides[1].get(name)]


def same_years(scenarios: Sequence[Scenario]) -> None:
    """Refuse scenarios whose base years or horizons are not those of the first.

    Raises
    ------
    InputError
        Naming the first of them that differs.
    """
    first, *others = scenarios
    for scenario in others:
        for name in ("base_year", "horizon"):
            own, other = (getattr(side.assumptions, name) for side in (first, scenario))
            if own != other:
                allowed = f"{own}, that of {first.id}, so that all have the same years"
                raise InputError(f"{scenario.id}: assumptions.{name}", other, allowed)


class Mixtures:
    """Every scenario between two, and the blocks that can change sides on their own.

    A mixture is checked as a scenario file is, and its paths are worked out. Where that raises an
    `InputError` - growth from production needs a population that is not itself implied, groups need
    their share - the blocks at fault change sides together: the pair whose union leaves the fewest
    impossible mixtures is joined, until none is left. Beyond `MOST_PLAYERS` blocks the shares are
    joined to one, then base-year levels to the vintage they stand in, and the width of the bands to both.

    Parameters
    ----------
    a, b : Scenario
        They may differ in anything but base year and horizon.
    evidence : Evidence

    Attributes
    ----------
    blocks : list of tuple of str
        What changes sides together; bit ``i`` of a coalition is ``blocks[i]`` on `b`'s side.

    Raises
    ------
    InputError
        Base years or horizons differ.
    """

    def __init__(self, a: Scenario, b: Scenario, evidence: Evidence) -> None:
        same_years([a, b])
        self.a, self.b, self.evidence = a, b, evidence
        self.names = differing(a, b)
        self._driven: dict[tuple[frozenset[str], str], Drivers] = {}
        self._faults: dict[frozenset[str], InputError | None] = {}

    @cached_property
    def blocks(self) -> list[Blocks]:
        """What changes sides together."""
        return mixable(self._few(), lambda taken: self.fault(taken) is None)

    def headline(self) -> list[str]:
        """Indicators a comparison leads with: GDP, GDP per head and the first share, as both have them."""
        shares = [name for name in blocks_of(self.a) if name not in NOT_SHARES and name in blocks_of(self.b)]
        ends = [self.driven(frozenset(taken), simulation.READINGS[0]) for taken in ((), self.names)]
        per_head = ["real_gdp_per_capita"] if all(end.base.population_held for end in ends) else []
        return ["real_gdp", *per_head, *shares[:1]]

    def taken(self, coalition: int) -> frozenset[str]:
        """Names of the blocks on `b`'s side."""
        return taken(coalition, self.blocks)

    def scenario(self, taken: frozenset[str]) -> Scenario:
        """`a` with some blocks of `b`; neither is touched."""
        if not taken or taken == frozenset(self.names):
            return self.b if taken else self.a

        def side(name: str) -> Scenario:
            return self.b if name in taken else self.a

        shares: dict[str, Any] = {}
        for name in [*self.a.levers.shares, *self.b.levers.shares]:
            shares[name] = side(name).levers.shares.get(name)
        levers = {
            name: getattr(side(name).levers, name) for name in ("growth", "population", "firms", "events")
        }
        settings = {name: getattr(side("base").assumptions, name) for name in BASE}
        settings |= {"deflator": side("prices").assumptions.deflator}
        settings |= {name: getattr(side("vintage").assumptions, name) for name in SEEN}
        settings |= {"uncertainty": side("uncertainty").assumptions.uncertainty}
        return replace(
            self.a,
            levers=self.a.levers.model_copy(update={**levers, "shares": shares}),
            assumptions=self.a.assumptions.model_copy(update=settings),
            judgments=side("judgments").judgments,
        )

    def driven(self, taken: frozenset[str], reading: str) -> Drivers:
        """Central paths of a mixture, worked out once."""
        if (taken, reading) not in self._driven:
            mixed = self.scenario(taken)
            calibration = simulation.calibrated(mixed, self.evidence)
            self._driven[taken, reading] = drivers(mixed, self.evidence, calibration, reading)
        return self._driven[taken, reading]

    def fault(self, taken: frozenset[str]) -> InputError | None:
        """Why a mixture is no scenario; None where it is one."""
        if taken not in self._faults:
            self._faults[taken] = self._fault(taken)
        return self._faults[taken]

    def _fault(self, taken: frozenset[str]) -> InputError | None:
        if taken in (frozenset(), frozenset(self.names)):
            return None
        _, faults = checked(self.scenario(taken).to_dict(), self.evidence, complete=True)
        if faults:
            return faults[0][1]
        try:
            self.driven(taken, simulation.READINGS[0])
        except InputError as error:
            return error
        return None

    def _few(self) -> list[Blocks]:
        """Every block by itself; some joined where there would be too many."""
        blocks: list[Blocks] = [(name,) for name in self.names]
        shares = [name for name in self.names if name not in NOT_SHARES]
        for together in (shares, ["base", "vintage"], ["base", "vintage", "uncertainty"]):
            if len(blocks) > MOST_PLAYERS:
                blocks = joined(blocks, [block for block in blocks if set(block) <= set(together)])
        return blocks


def taken(coalition: int, blocks: Sequence[Blocks]) -> frozenset[str]:
    """Names of the blocks that a coalition takes: bit ``i`` is ``blocks[i]``."""
    return frozenset(name for at, block in enumerate(blocks) if coalition >> at & 1 for name in block)


def mixable(blocks: list[Blocks], sound: Callable[[frozenset[str]], bool]) -> list[Blocks]:
    """Blocks joined until every mixture of them is sound.

    Joined is the pair whose union leaves the fewest that are not, until none is left.
    """
    while len(blocks) > 1:
        broken = [c for c in range(2 ** len(blocks)) if not sound(taken(c, blocks))]
        if not broken:
            break

        def left(pair: tuple[int, int], broken: list[int] = broken) -> int:
            """Mixtures that stay unsound where a pair changes sides together."""
            return sum(c >> pair[0] & 1 == c >> pair[1] & 1 for c in broken)

        first, second = min(combinations(range(len(blocks)), 2), key=left)
        blocks = joined(blocks, [blocks[first], blocks[second]])
    return blocks


def joined(blocks: list[Blocks], some: list[Blocks]) -> list[Blocks]:
    """Blocks with some of them made one, in the place of the first."""
    whole = tuple(name for block in some for name in block)
    kept = [block for block in blocks if block not in some[1:]]
    return [whole if some and block == some[0] else block for block in kept]
