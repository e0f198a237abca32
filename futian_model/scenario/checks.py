"""Faults that show only where fields meet: the horizon, names of the data, levers against each other."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from futian_model.errors import InputError, MissingField, dotted
from futian_model.evidence import LATEST, Evidence, kept, latest
from futian_model.scenario.checks_paths import Faults, Span, fault, unknown, year_faults
from futian_model.scenario.entries import Parts, Refused, reached
from futian_model.scenario.events import Event, Firms
from futian_model.scenario.judgments import Judgment
from futian_model.scenario.model import LONGEST, Assumptions, Content, Levers
from futian_model.scenario.names import ID, ID_WORDS
from futian_model.scenario.wording import type_faults, unknown_key
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


def checked(
    raw: dict[str, Any], evidence: Evidence, *, complete: bool
) -> tuple[Content | None, list[tuple[Parts, InputError]]]:
    """A merged file as its model, and its faults; without the files it extends, those of type only."""
    content, misfits = None, []
    settled(raw, evidence)
    try:
        content = Content.model_validate(raw)
    except ValidationError as error:
        misfits = list(type_faults(error))
    wrong = [at for at, _ in misfits]
    misfits = [(at, fault) for at, fault in misfits if not isinstance(reached(raw, at), Refused)]
    if not complete:
        return content, [(at, fault) for at, fault in misfits if not isinstance(fault, MissingField)]
    misfits += name_faults(raw, evidence)
    span = span_of(raw, wrong, evidence)
    beyond = list(span_faults(span)) if span is not None else []
    if span is not None and not beyond:
        misfits += lever_faults(sound_levers(raw, wrong), span, evidence)
        misfits += judgment_faults(sound_judgments(raw, wrong), held_shares(raw), span)
    if content is not None:
        misfits += correlation_faults(content)
    return content, misfits + beyond


def settled(raw: dict[str, Any], evidence: Evidence) -> None:
    """Put the date of the newest figure in place of the latest vintage, so that a result can be repeated.

    A year without quotes reads as a number; it is the same vintage.
    """
    stated = raw.setdefault("assumptions", {})
    if not isinstance(stated, dict):
        return
    if stated.setdefault("vintage", LATEST) == LATEST:
        stated["vintage"] = latest(evidence)
    elif type(stated["vintage"]) is int:
        stated["vintage"] = str(stated["vintage"])


def span_of(raw: dict[str, Any], wrong: list[Parts], evidence: Evidence) -> Span | None:
    """Base year, horizon and jump-off, or None where they are faulty themselves."""
    settings = {}
    for name in ("base_year", "horizon", "vintage", "counterfactual"):
        at = ("assumptions", name)
        if at in wrong or at[:1] in wrong:
            return None
        stated = reached(raw, at)
        settings[name] = Assumptions.model_fields[name].default if stated is None else stated
    return Assumptions.model_construct(**settings).span(evidence)


def sound_levers(raw: dict[str, Any], wrong: list[Parts]) -> Levers:
    """The levers without those that hold a fault of type, so that the others are checked too."""
    blocks = reached(raw, ("levers",))
    if not isinstance(blocks, dict):
        return Levers()
    blocks = {
        name: block for name, block in blocks.items() if ("levers", name) not in [at[:2] for at in wrong]
    }
    shares = reached(raw, ("levers", "shares"))
    if isinstance(shares, dict):
        faulty = {at[2] for at in wrong if at[:2] == ("levers", "shares") and len(at) > 2}
        blocks["shares"] = {name: block for name, block in shares.items() if name not in faulty}
    return Levers.model_validate(blocks)


def sound_judgments(raw: dict[str, Any], wrong: list[Parts]) -> dict[str, Judgment]:
    """The judgments that hold no fault of type."""
    stated, faulty = reached(raw, ("judgments",)), [at[:2] for at in wrong]
    return {
        name: Judgment.model_validate(judgment)
        for name, judgment in (stated.items() if isinstance(stated, dict) else ())
        if judgment is not None and ("judgments", name) not in faulty
    }


def held_shares(raw: dict[str, Any]) -> list[str]:
    """Shares that a file keeps, sound or not."""
    shares = reached(raw, ("levers", "shares"))
    return [name for name, block in shares.items() if block is not None] if isinstance(shares, dict) else []
