"""What may be moved: numbers with their unit and allowed range, and choices among blocks.

A range is read from the JSON Schema of scenario files, so that what a slider can reach is what a file
may say.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from futian_model.evidence import Evidence
from futian_model.explorer.texts import Label, named_in, say
from futian_model.languages import LANGS
from futian_model.scenario import Block, Parts, dotted, schema
from futian_model.scenario.blocks import BLOCKS
from futian_model.scenario.clauses import Clause, Fact, Named, Quantity

ANY = (-math.inf, math.inf)
"""Ends of what is not bounded."""
LEVERS, ASSUMPTIONS = "levers", "assumptions"
"""Groups of sections: what can be moved, and what is taken as given."""


class Unit(NamedTuple):
    """How a number is shown and stepped through.

    Attributes
    ----------
    scale : float
        Shown value over the library's.
    digits : int
        Digits behind the point that can be typed.
    step : float
        What an arrow key moves, in the library's unit.
    reach : float
        Half of what a slider spans, in the library's unit; numbers beyond it can be typed.
    """

    name: str
    scale: float
    digits: int
    step: float
    reach: float


UNITS = {
    unit.name: unit
    for unit in (
        Unit("rate", 100, 2, 0.001, 0.1),
        Unit("points", 100, 2, 0.001, 0.1),
        Unit("part", 100, 2, 0.005, 0.5),
        Unit("change", 100, 2, 0.005, 0.3),
        Unit("year", 1, 0, 1, 40),
        Unit("years", 1, 0, 1, 10),
        Unit("count", 1, 0, 1, 100),
        Unit("plain", 1, 2, 0.05, 5),
        Unit("factor", 1, 2, 0.05, 2),
        Unit("level", 1, 1, 10, 2000),
    )
}


@dataclass(frozen=True)
class Control:
    """One number.

    Attributes
    ----------
    name : str
        What a state calls it: the option it belongs to, a colon, its field. Moving it chooses that option.
    at : tuple
        The way to it in a scenario's plain values.
    start : float
        Its value as the scenario has it.
    low, high : float
        Least and greatest value that can be told apart from what is not allowed; may be infinite.
    """

    name: str
    at: Parts
    label: Label
    unit: Unit
    start: float
    low: float
    high: float

    @property
    def field(self) -> str:
        """The field that it is."""
        return last_field(self.at)

    @property
    def near(self) -> tuple[float, float]:
        """What its slider spans: all that is allowed where that is little, else round ends."""
        reach = self.unit.reach
        if self.high - self.low <= 2 * reach:
            return self.low, self.high
        middle = 0.0 if abs(self.start) <= reach and self.unit.name != "year" else self.start
        return max(self.low, middle - reach), min(self.high, middle + reach)

    @property
    def whole(self) -> bool:
        """Whether it counts something."""
        return self.unit.digits == 0

    def to_dict(self) -> dict[str, Any]:
        """For the page."""
        bounds = [None if math.isinf(end) else end for end in (self.low, self.high)]
        return {
            "name": self.name,
            "label": dict(self.label),
            "unit": self.unit._asdict(),
            "start": self.start,
            "allowed": bounds,
            "near": list(self.near),
        }


@dataclass(frozen=True)
class Option:
    """What a section may be set to: plain values as a scenario file holds them, and its numbers."""

    label: Label
    template: Any
    controls: tuple[Control, ...] = ()


@dataclass(frozen=True)
class Section:
    """A part of a scenario that can be set to one of several things.

    Attributes
    ----------
    own : str
        The option that the scenario has.
    when : (str, str) or None
        Another section and its option, without which this one is not there.
    """

    name: str
    group: str
    label: Label
    at: Parts
    own: str
    options: Mapping[str, Option]
    when: tuple[str, str] | None = None

    def to_dict(self) -> dict[str, Any]:
        """For the page."""
        options = {
            name: {
                "label": dict(option.label),
                "controls": [control.to_dict() for control in option.controls],
            }
            for name, option in self.options.items()
        }
        return {
            "name": self.name,
            "group": self.group,
            "label": dict(self.label),
            "own": self.own,
            "when": None if self.when is None else list(self.when),
            "options": options,
        }


@dataclass(frozen=True, eq=False)
class Ranges:
    """Allowed ranges by model and field of the scenario schema."""

    evidence: Evidence

    @cached_property
    def models(self) -> dict[str, Any]:
        blocks = (block for added in BLOCKS.values() for block in added)  # another package may add some
        asked = (Ranges.__qualname__, *blocks)
        definitions: dict[str, Any] = self.evidence.once(asked, lambda: schema(self.evidence)["$defs"])
        return definitions

    def of(self, model: str, name: str, unit: Unit) -> tuple[float, float]:
        """Least and greatest value, of open ends the next one that the unit can tell."""
        stated = self.models[model]["properties"][name]
        stated = next((kind for kind in stated.get("anyOf", ()) if kind.get("type") != "null"), stated)
        stated = stated.get("items", stated)
        fine = 10**-unit.digits / unit.scale
        low = max(stated.get("minimum", -math.inf), stated.get("exclusiveMinimum", -math.inf) + fine)
        high = min(stated.get("maximum", math.inf), stated.get("exclusiveMaximum", math.inf) - fine)
        return low, high

    def control(
        self,
        option: str,
        at: Parts,
        model: str,
        label: Label,
        unit: str,
        start: float,
        within: tuple[float, float] = ANY,
    ) -> Control:
        """A number of the field that ends its way, in the range that its model and the years allow."""
        low, high = self.of(model, last_field(at), UNITS[unit])
        low, high = max(low, within[0]), min(high, within[1])
        return Control(f"{option}:{dotted(at)}", at, label, UNITS[unit], start, low, high)

    def controls(self, option: str, block: Block, at: Parts, share: str | None = None) -> tuple[Control, ...]:
        """The numbers of a block, which stands at a way's end."""
        return tuple(
            self.control(option, (*at, *way), model, self.label(label, block), unit, value)
            for way, model, label, unit, value in block.knobs(share)
        )

    def label(self, fact: Fact, block: Block) -> Label:
        """What a number of a block is called."""
        match fact:
            case Clause(key, fields):
                filled = {name: self.label(part, block) for name, part in fields.items()}
                return say(key, block.texts, **filled)
            case Named(indicator):
                return named_in(self.evidence, indicator)
            case Quantity(value):
                return dict.fromkeys(LANGS, f"{value:.12g}")
        raise TypeError(f"no label: {fact}")


def last_field(at: Parts) -> str:
    """The field that a way ends in, or whose list."""
    return next(str(part) for part in reversed(at) if not isinstance(part, int))
