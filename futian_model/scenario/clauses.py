"""What a block says of itself, in no language: the texts that say it, and what stands in them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from futian_model.scenario.names import Words


class Quantity(NamedTuple):
    """A number, and the rule by which a report writes it."""

    value: float
    rule: str


class Level(NamedTuple):
    """A level of an indicator, in its unit."""

    indicator: str
    value: float


class Named(NamedTuple):
    """An indicator by its name."""

    indicator: str


class PlanGoal(NamedTuple):
    """A goal of the plan, by its name in the tables."""

    goal: str


class Published(NamedTuple):
    """A path that somebody published, by its name in the tables."""

    path: str


@dataclass(frozen=True)
class Clause:
    """A part of a sentence: the text that says it, and what its fields hold."""

    key: str
    fields: Mapping[str, "Fact"] = field(default_factory=dict)


class Several(NamedTuple):
    """Parts side by side, put together by a text: ``enumeration`` or ``clauses``."""

    joint: str
    parts: tuple["Fact", ...]


Fact = Quantity | Level | Named | PlanGoal | Published | Words | Clause | Several


def listed(parts: Iterable[Fact]) -> Several:
    """An enumeration."""
    return Several("enumeration", tuple(parts))


class Knob(NamedTuple):
    """A number of a block that may be moved.

    Attributes
    ----------
    way : tuple
        From the block to the number.
    model : str
        Model of the scenario schema whose field the number is, which states its range.
    unit : str
        How it is stepped through: ``rate``, ``points``, ``part``, ``plain``, ``factor`` or ``level``.
    """

    way: tuple[str | int, ...]
    model: str
    label: Clause
    unit: str
    value: float
