"""Faults that show only where fields meet: the horizon, names of the data, levers against each other."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from futian_model.errors import InputError
from futian_model.evidence import Evidence, kept
from futian_model.scenario.checks_paths import Faults, Span, fault, unknown, year_faults
from futian_model.scenario.entries import Parts, dotted, reached
from futian_model.scenario.events import Event, Firms
from futian_model.scenario.judgments import Judgment
from futian_model.scenario.model import LONGEST, Content, Levers
from futian_model.scenario.names import ID, ID_WORDS
from futian_model.scenario.wording import unknown_key
from futian_model.uncertainty import linked

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


def judgment_faults(judgments: Mapping[str, Judgment], shares: Sequence[str], span: Span) -> Faults:
    """What a judgment is called, what it is on, and which years it moves.

    Several may be on the same years, by one author or by many: they add up.
    """
    for name, judgment in judgments.items():
        at: Parts = ("judgments", name)
        if not re.fullmatch(ID, name):
            yield at, InputError("name of a judgment", name, ID_WORDS)
        drivers = [*DRIVERS, *shares]
        if judgment.on not in drivers:
            yield unknown((*at, "on"), judgment.on, drivers, ", ".join(drivers))
        yield from year_faults(judgment.start, (*at, "start"), span)
        if judgment.end is not None and not judgment.start <= judgment.end <= span.horizon:
            allowed = f"a year from {judgment.start}, the start, to {span.horizon}, the horizon"
            yield fault((*at, "end"), judgment.end, allowed)


def span_faults(span: Span) -> Faults:
    """The horizon against base year and jump-off."""
    last = span.base_year + LONGEST
    if not span.jump_off < span.horizon <= last:
        allowed = f"a year from {span.ahead}, to {last}, base year + {LONGEST}"
        yield fault(("assumptions", "horizon"), span.horizon, allowed)


def name_faults(content: dict[str, Any], evidence: Evidence) -> Faults:
    """Names of sources and shares against the data."""
    for name in ("gdp_source", "population_source"):
        at: Parts = ("assumptions", name)
        source = reached(content, at)
        if isinstance(source, str) and source not in evidence.sources.index:
            yield unknown(at, source, evidence.sources.index, "an id of data/sources.csv")
    shares = reached(content, ("levers", "shares"))
    for name in shares if isinstance(shares, dict) else ():
        if name not in share_names(evidence):
            at = ("levers", "shares", name)
            yield at, unknown_key(at, share_names(evidence))


def correlation_faults(content: Content) -> Faults:
    """Correlations must be of drivers the scenario has, and possible together."""
    stated = content.assumptions.uncertainty.correlation
    drivers = [*DRIVERS, *(name for name, block in content.levers.shares.items() if block is not None)]
    at: Parts = ("assumptions", "uncertainty", "correlation")
    unheard = False
    for driver, others in stated.items():
        for here, name in [((*at, driver), driver), *(((*at, driver, other), other) for other in others)]:
            if name not in drivers:
                unheard = True
                yield unknown(here, name, drivers, ", ".join(drivers))
    if not unheard:
        try:
            linked(drivers, stated)
        except InputError as impossible:
            impossible.field = f"{dotted(at)}: {impossible.field}"
            yield at, impossible


@kept
def share_names(evidence: Evidence) -> list[str]:
    """Indicators that are shares."""
    return [str(name) for name in evidence.indicators.index[evidence.indicators["kind"] == "share"]]


def lever_faults(levers: Levers, span: Span, evidence: Evidence) -> Faults:
    """Phases and targets of every lever, and levers against each other."""
    for name, block in (("growth", levers.growth), ("population", levers.population)):
        yield from block.faults(("levers", name), span, evidence)
    for name, share in levers.shares.items():
        if share is not None and name in share_names(evidence):
            yield from share.faults(("levers", "shares", name), span, evidence)
    shares = [name for name, block in levers.shares.items() if block is not None]
    yield from event_faults(levers.events, shares, span)
    if levers.firms is not None:
        yield from firm_faults(levers.firms, shares, span)
    yield from levers.growth.clashes(levers.population, ("levers", "growth"), evidence)
