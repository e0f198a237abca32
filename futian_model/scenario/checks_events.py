"""Faults of events and firms that show only where fields meet."""

from collections.abc import Mapping, Sequence

from futian_model.scenario.checks_paths import Faults, Span, fault, unknown, year_faults
from futian_model.scenario.entries import Parts
from futian_model.scenario.events import Event, Firms

DRIVERS = ("growth", "population", "deflator")


def event_faults(events: Mapping[str, Event | None], shares: Sequence[str], span: Span) -> Faults:
    """Where events act and when they begin."""
    for name, event in events.items():
        at: Parts = ("levers", "events", name)
        drivers = [*DRIVERS, *shares]
        if event is not None and event.on not in drivers:
            yield unknown((*at, "on"), event.on, drivers, ", ".join(drivers))
        if event is not None:
            yield from year_faults(event.start, (*at, "start"), span)


def firm_faults(firms: Firms, shares: Sequence[str], span: Span) -> Faults:
    """The share that firms make up, ranges in order, and when groups leave."""
    at: Parts = ("levers", "firms")
    if firms.share not in shares:
        yield unknown((*at, "share"), firms.share, shares, ", ".join(shares) or "none, it has no share")
    for name, stated in (("groups", firms.groups), ("tail", firms.tail)):
        if not stated.low <= stated.value <= stated.high:
            value = f"low {stated.low:g}, value {stated.value:g}, high {stated.high:g}"
            yield fault((*at, name), value, "a value from low to high")
    if firms.groups.low < 1:
        yield fault((*at, "groups", "low"), firms.groups.low, "at least 1 group")
    for name, departure in firms.departures.items():
        if departure is not None:
            here = (*at, "departures", name)
            yield from year_faults(departure.year, (*here, "year"), span)
            if departure.largest > firms.groups.low:
                allowed = f"up to {firms.groups.low:g}, the fewest groups there may be"
                yield fault((*here, "largest"), departure.largest, allowed)
