"""What moved a forecast between two editions, and why: exact parts that leave nothing over.

New outturns, revised data and changed assumptions are mixed in every way and each gets its Shapley
value. The model cannot be mixed: what the bound results of either edition differ from what today's
library makes of the same inputs stands as a part of its own, exact as well.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from futian_model import simulation
from futian_model.attribution import Blocks, mixable, shapley, taken
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.rounds.mixing import DATA, Mixture
from futian_model.rounds.results import Row, Values
from futian_model.scenario import Scenario
from futian_model.simulation import READINGS

ASSUMPTIONS, MODEL = "assumptions", "model"
BLOCKS = (*DATA, ASSUMPTIONS)
"""What can be mixed."""
PATH, MEDIAN, CHANCE = "central", "p50", "probability"


class Side(NamedTuple):
    """A scenario of an edition.

    Attributes
    ----------
    read : callable
        Gives the scenario, checked against some evidence.
    stored : mapping of Row to float or None
        Its bound results; None where today's library has just made them.
    """

    read: Callable[[Evidence], Scenario]
    stored: Values | None = None


@dataclass(frozen=True, eq=False)
class Moved:
    """What moved the results of a scenario.

    Attributes
    ----------
    scenario : str
    rows : tuple of Row
        What was compared.
    start, end : ndarray, shape (rows,)
        Before and after, in the library's units.
    blocks : tuple of tuple of str
        What differs: names of `BLOCKS`, together where they cannot be told apart.
    parts : ndarray, shape (blocks, rows)
        Shapley value of each.
    model : ndarray, shape (rows,)
        What today's library makes of the inputs of `start` otherwise than what is bound, less the same
        of `end`. All parts and this sum to `end` less `start`.
    fields : tuple of (str, object, object)
        Assumptions that differ: name, before and after.
    """

    scenario: str
    rows: tuple[Row, ...]
    start: Floats = field(repr=False)
    end: Floats = field(repr=False)
    blocks: tuple[Blocks, ...]
    parts: Floats = field(repr=False)
    model: Floats = field(repr=False)
    fields: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def still(self) -> bool:
        """Whether nothing moved at all."""
        return bool(np.array_equal(self.start, self.end) and not self.parts.any() and not self.model.any())

    def part(self, block: str) -> Floats | None:
        """Parts of a block by itself, zero where it does not differ; None where it is joined to others."""
        for at, blocks in enumerate(self.blocks):
            if block in blocks:
                return self.parts[at] if blocks == (block,) else None
        return self.model if block == MODEL else np.zeros(len(self.rows))

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        names = ["+".join(blocks) for blocks in self.blocks]
        return {
            "scenario": self.scenario,
            "assumptions": [
                {"field": name, "before": before, "after": other} for name, before, other in self.fields
            ],
            "results": [
                {
                    **row._asdict(),
                    "before": float(self.start[at]),
                    "after": float(self.end[at]),
                    "difference": float(self.end[at] - self.start[at]),
                    "parts": {
                        **{name: float(part[at]) for name, part in zip(names, self.parts, strict=True)},
                        MODEL: float(self.model[at]),
                    },
                }
                for at, row in enumerate(self.rows)
            ],
        }


def moved(mixture: Mixture, a: Side, b: Side, rows: Sequence[Row]) -> Moved:
    """Split what moved a scenario's results.

    Parameters
    ----------
    mixture : Mixture
        Data before and after.
    a, b : Side
        The scenario before and after.
    rows : sequence of Row
        Results to split, which both sides have: central paths, medians and chances.

    Returns
    -------
    Moved

    Raises
    ------
    InputError
        A side cannot be run by today's library, or the base years differ: levels are in prices of
        different years then.
    """
    mixed = _Mixed(mixture, a, b, tuple(rows))
    ends = [mixed.scenario(frozenset(taken)) for taken in ((), BLOCKS)]
    own, other = (scenario.assumptions.base_year for scenario in ends)
    if own != other:
        allowed = f"{own}, that of the earlier one: levels in prices of different years are not compared"
        raise InputError(f"{ends[1].id}: assumptions.base_year", other, allowed)
    told_apart = [*mixture.difference.blocks, *([ASSUMPTIONS] if mixed.apart else [])]
    blocks = mixable([(name,) for name in told_apart], mixed.sound)
    values = np.array([mixed.values(taken(c, blocks)) for c in range(2 ** len(blocks))])
    start = values[0] if a.stored is None else np.array([a.stored[row] for row in rows])
    end = values[-1] if b.stored is None else np.array([b.stored[row] for row in rows])
    model = (values[0] - start) - (values[-1] - end)
    parts = shapley(values, len(blocks))
    return Moved(ends[1].id, tuple(rows), start, end, tuple(blocks), parts, model, mixed.fields())


class _Mixed:
    """Values of every mixture of two sides, worked out once."""

    def __init__(self, mixture: Mixture, a: Side, b: Side, rows: tuple[Row, ...]) -> None:
        self.mixture, self.a, self.b, self.rows = mixture, a, b, rows
        self._values: dict[frozenset[str], Floats | InputError] = {}
        self.apart = self.scenario(frozenset()).to_dict() != self.scenario(frozenset(BLOCKS)).to_dict()

    def scenario(self, taken: frozenset[str]) -> Scenario:
        """The scenario of a mixture."""
        side = self.b if ASSUMPTIONS in taken else self.a
        return side.read(self.mixture.evidence(taken))

    def values(self, taken: frozenset[str]) -> Floats:
        """Results of a mixture; InputError where it is none."""
        if taken not in self._values:
            try:
                evidence = self.mixture.evidence(taken)
                self._values[taken] = headline(self.scenario(taken), evidence, self.rows)
            except InputError as error:
                self._values[taken] = error
        reached = self._values[taken]
        if isinstance(reached, InputError):
            raise reached
        return reached

    def sound(self, taken: frozenset[str]) -> bool:
        """Whether a mixture can be run."""
        try:
            self.values(taken)
        except InputError:
            return False
        return True

    def fields(self) -> tuple[tuple[str, Any, Any], ...]:
        """Assumptions that differ."""
        own, other = (self.scenario(frozenset(taken)).values() for taken in ((), BLOCKS))
        return tuple(
            (name, own.get(name), other.get(name))
            for name in dict.fromkeys([*own, *other])
            if own.get(name) != other.get(name)
        )


def headline(scenario: Scenario, evidence: Evidence, rows: Sequence[Row]) -> Floats:
    """Some results of a scenario, to the digit that its own table has.

    Raises
    ------
    InputError
        A result is none that the scenario has on this evidence.
    """
    results = {
        reading: simulation.simulate(scenario, evidence, reading=reading)
        for reading in READINGS
        if any(row.reading == reading for row in rows)
    }
    reached = []
    for row in rows:
        result = results[row.reading]
        if row.statistic == CHANCE:
            goal = evidence.goal(row.indicator)
            if goal.year != row.year:
                raise InputError(f"year of {goal.name}", goal.year, str(row.year))
            reached.append(result.probability(goal))
            continue
        at, name = result.position(row.year), result.known(row.indicator)
        if row.statistic == PATH:
            reached.append(float(result.central[name][at]))
        else:
            reached.append(float(result.quantiles(name)[0.5].loc[row.year]))
    return np.array(reached)


def common(
    a: Values, b: Values, goals: Sequence[str], indicators: Sequence[str], years: Sequence[int]
) -> list[Row]:
    """Headline results that two editions of a scenario have: path and median of each indicator, chances."""
    wanted = [
        Row(reading, name, year, statistic)
        for name in indicators
        for year in years
        for reading, statistic in zip(READINGS, (PATH, MEDIAN), strict=True)
    ]
    chances = {row for row in a if row.statistic == CHANCE and row.reading == READINGS[1]}
    wanted += [row for name in goals for row in sorted(chances) if row.indicator == name]
    return [row for row in wanted if row in a and row in b]
