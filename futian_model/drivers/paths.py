"""Events of a scenario as one value a year."""

from collections.abc import Iterable

import numpy as np

from futian_model.growth import Floats
from futian_model.scenario.events import Event


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
