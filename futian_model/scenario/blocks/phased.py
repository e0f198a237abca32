"""Growth, or a lead in growth, stated phase by phase; and phases as values, words and numbers."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from pydantic import Field

from futian_model import growth
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.scenario.blocks.block import Block, Ground, Path
from futian_model.scenario.checks_paths import Faults, Span, phase_faults
from futian_model.scenario.clauses import Clause, Fact, Knob, Quantity, listed
from futian_model.scenario.entries import Parts
from futian_model.scenario.phases import LISTED, PHASES_WORDS, RAMPS, STEPS, Gap, Levels, Rates

FIELDS = ("growth_rate", "to", "growth_rates", "value", "values", "growth_gap")
RULES = {"rate": "growth", "part": "share", "points": "growth_points"}
"""How a phase's value is written, by the unit it is moved in."""


class Phased(Block):
    """A path of phases."""

    if TYPE_CHECKING:
        phases: tuple[Any, ...]

    def faults(self, at: Parts, span: Span, evidence: Evidence) -> Faults:
        yield from phase_faults(self.phases, (*at, "phases"), span)

    def said(self, share: str | None = None) -> Fact:
        return phases_said(self.phases)

    def knobs(self, share: str | None = None) -> Iterator[Knob]:
        yield from phase_knobs(self.phases, ("phases",))


class GrowthPath(Phased, Rates):
    """Growth stated phase by phase."""

    block: Literal["path"] = Field(description="path: growth stated phase by phase")

    def log_growth(self, ground: Ground) -> Path:
        return Path(np.log1p(values(self.phases, ground.start, ground.span)))


class LeadPath(Phased):
    """How much faster one grows than another, phase by phase."""

    block: Literal["path"] = Field(description="path: lead in growth stated phase by phase")
    phases: tuple[Gap, ...] = Field(min_length=1, description=PHASES_WORDS)

    def log_growth(self, ground: Ground) -> Path:
        return Path(values(self.phases, ground.start, ground.span, "growth_gap"))


def values(phases: Sequence[Any], start: int, span: int, name: str = "growth_rate") -> Floats:
    """Values of a path given phase by phase, of the years after `start`, shape (span,).

    Years of the phases before that play no part: figures tell about them by now.

    Raises
    ------
    InputError
        The phases begin later.

    Parameters
    ----------
    name : str
        Field that holds a phase's value, ``growth_rate``, ``value`` or ``growth_gap``; a list holds
        the plural.
    """
    first = phases[0].start
    if first > start + 1:
        raise InputError("phases", first, f"phases from {start + 1} on")
    path = np.empty(start + span - first + 1)
    for phase in phases:
        years = phase.end - phase.start + 1
        if isinstance(phase, LISTED):
            stated = np.asarray(getattr(phase, f"{name}s"), float)
        elif isinstance(phase, RAMPS):
            stated = growth.ramp(getattr(phase, name), phase.to, years, phase.at - phase.start)
        elif isinstance(phase, STEPS):
            stated = growth.step(getattr(phase, name), phase.to, years, phase.at - phase.start)
        else:
            stated = np.full(years, getattr(phase, name))
        path[phase.start - first : phase.end - first + 1] = stated
    return path[-span:]


def levels(path: Levels | None, start: int, span: int) -> Floats:
    """A stated level, the year it starts from first, shape (span + 1,); one throughout where none is stated.

    Without a level of that year the first year's stands in for it.
    """
    if path is None:
        return np.ones(span + 1)
    stated = values(path.phases, start, span, "value")
    return np.concatenate([[stated[0] if path.base is None else path.base], stated])


def unit_of(phase: Any) -> str:
    """What a phase states: a ``rate`` of growth, a ``part`` of something, or ``points`` of lead."""
    if hasattr(phase, "growth_gap"):
        return "points"
    return "part" if hasattr(phase, "value") or hasattr(phase, "values") else "rate"


def phases_said(phases: Sequence[Any]) -> Fact:
    """All phases of a path."""
    return listed(phase_said(phase) for phase in phases)


def phase_said(phase: Any) -> Clause:
    """One phase of growth, of a level or of a lead."""
    unit = unit_of(phase)
    rule = RULES[unit]
    ends = {name: Quantity(getattr(phase, name), "year") for name in ("start", "end")}
    span = Clause("span", ends)
    if unit == "points":
        return Clause("phase_gap", {"span": span, "rate": Quantity(phase.growth_gap, rule)})
    if phase.shape == "list":
        stated = phase.growth_rates if unit == "rate" else phase.values
        return Clause("phase_list", {"span": span, "rates": listed(Quantity(rate, rule) for rate in stated)})
    rate = Quantity(phase.growth_rate if unit == "rate" else phase.value, rule)
    if phase.shape == "constant":
        return Clause(f"{'phase' if unit == 'rate' else 'level'}_constant", {"span": span, "rate": rate})
    moved = {"to": Quantity(phase.to, rule), "at": Quantity(phase.at, "year")}
    return Clause(f"phase_{phase.shape}", {"span": span, "rate": rate, **moved})


def phase_knobs(phases: Sequence[Any], way: Parts, name: Clause | None = None) -> Iterator[Knob]:
    """Every number of the phases of a path; with a name where a block holds several paths."""
    for position, phase in enumerate(phases):
        shape, unit = getattr(phase, "shape", "constant"), unit_of(phase)
        for at, value, key, years in phase_numbers(phase, shape):
            label = Clause(
                f"phase_{key}", {year: Quantity(reached, "year") for year, reached in years.items()}
            )
            label = label if name is None else Clause("named_phase", {"name": name, "phase": label})
            yield Knob((*way, position, *at), type(phase).__name__, label, unit, value)


def phase_numbers(phase: Any, shape: str) -> Iterator[tuple[Parts, float, str, dict[str, int]]]:
    """Numbers of one phase: the way to each, its value, and what years it is about."""
    years = {key: getattr(phase, key) for key in ("start", "end", "at") if hasattr(phase, key)}
    for field in (name for name in FIELDS if hasattr(phase, name)):
        stated = getattr(phase, field)
        if isinstance(stated, tuple):
            for at, value in enumerate(stated):
                yield (field, at), value, "year", {"year": phase.start + at}
            continue
        kind = "to" if field == "to" else {"constant": "span", "ramp": "from"}.get(shape, "until")
        if kind == "span" and phase.start == phase.end:
            kind, years = "year", {"year": phase.start}
        yield (field,), stated, kind, years
