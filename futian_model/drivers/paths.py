"""Phases and events of a scenario as one value a year."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from futian_model import growth
from futian_model.growth import Floats
from futian_model.scenario.events import Event
from futian_model.scenario.phases import LISTED, RAMPS, STEPS, Levels


def phased(phases: Sequence[Any], base_year: int, span: int, name: str = "growth_rate") -> Floats:
    """Values of a path given phase by phase, shape (span,).

    Parameters
    ----------
    name : str
        Field that holds a phase's value, ``growth_rate``, ``value`` or ``growth_gap``; a list holds
        the plural.
    """
    path = np.empty(span)
    for phase in phases:
        years = phase.end - phase.start + 1
        if isinstance(phase, LISTED):
            values = np.asarray(getattr(phase, f"{name}s"), float)
        elif isinstance(phase, RAMPS):
            values = growth.ramp(getattr(phase, name), phase.to, years, phase.at - phase.start)
        elif isinstance(phase, STEPS):
            values = growth.step(getattr(phase, name), phase.to, years, phase.at - phase.start)
        else:
            values = np.full(years, getattr(phase, name))
        path[phase.start - base_year - 1 : phase.end - base_year] = values
    return path


def levels(path: Levels | None, base_year: int, span: int) -> Floats:
    """A stated level, base year first, shape (span + 1,); one throughout where none is stated.

    Without a level of the base year the first year's stands in for it.
    """
    if path is None:
        return np.ones(span + 1)
    values = phased(path.phases, base_year, span, "value")
    return np.concatenate([[values[0] if path.base is None else path.base], values])


def happened(events: Iterable[Event | None], on: str, base_year: int, span: int) -> Floats:
    """Log growth that events add to a driver, shape (span,).

    Each spreads ``log(1 + size)`` evenly over its duration, and takes the part that is made up back
    evenly over the recovery; what falls after the horizon is left out.
    """
    path = np.zeros(span)
    for event in events:
        if event is None or event.on != on:
            continue
        at, change = event.start - base_year - 1, float(np.log1p(event.size))
        over = at + event.duration
        path[at:over] += change / event.duration
        path[over : over + event.recovery] -= event.made_up * change / event.recovery
    return path
