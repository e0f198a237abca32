"""Faults of production, context, events and firms that show only where fields meet."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from futian_model.calibration.plausibility import yearly
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.scenario.checks_paths import Faults, Span, phase_faults, unknown, year_faults
from futian_model.scenario.context import Context, LeadOver, PublishedPath
from futian_model.scenario.engine import Production
from futian_model.scenario.entries import Parts, dotted
from futian_model.scenario.events import Event, Firms
from futian_model.scenario.phases import GrowthPath, LeadPath
from futian_model.scenario.wording import MissingField

DRIVERS = ("growth", "population", "deflator")


def engine_faults(block: Production, at: Parts, span: Span) -> Faults:
    """Every path of a production block, the base year's levels that it needs, and its two capitals."""
    parts: list[tuple[Parts, Any]] = [
        (("investment_share",), block.investment_share),
        (("tfp_growth",), block.tfp_growth),
        (("human_capital_growth",), block.human_capital_growth),
        (("participation",), block.participation),
        (("working_age_share",), block.working_age_share),
    ]
    lagged = block.timing == "lagged"
    needed: list[Parts] = [(name,) for name in ("participation", "working_age_share")]
    needed += [("investment_share",)] if lagged else []
    if block.public is not None:
        public = block.public
        parts += [
            (("public", "investment_share"), public.investment_share),
            (("public", "efficiency"), public.efficiency),
        ]
        needed += [("public", "investment_share"), ("public", "efficiency")] if lagged else []
        if block.capital_share + public.capital_share >= 1:
            here = (*at, "public", "capital_share")
            told = f"below {1 - block.capital_share:.3g}: with the private capital_share it stays below 1"
            yield here, InputError(dotted(here), public.capital_share, told)
    for name, path in parts:
        if path is None:
            continue
        yield from phase_faults(path.phases, (*at, *name, "phases"), span)
        if name in needed and path.base is None:
            here = (*at, *name, "base")
            told = "a fraction above 0 and below 1, the level of the base year"
            yield here, MissingField(dotted(here), None, told)


def context_faults(block: Context, at: Parts, span: Span, evidence: Evidence) -> Faults:
    """The city's and the nation's paths, and the leads between them."""
    if isinstance(block.city.growth, LeadOver):
        if block.nation is None:
            here = (*at, "nation")
            told = f"the id of a nation's path, over which {block.city.id} states a lead"
            yield here, MissingField(dotted(here), None, told)
        if isinstance(block.city.growth.lead, LeadPath):
            yield from phase_faults(
                block.city.growth.lead.phases, (*at, "city", "growth", "lead", "phases"), span
            )
    if isinstance(block.differential, LeadPath):
        yield from phase_faults(block.differential.phases, (*at, "differential", "phases"), span)
    for name, around in (("city", block.city), ("nation", block.nation)):
        if around is None:
            continue
        here = (*at, name, "growth")
        if isinstance(around.growth, GrowthPath):
            yield from phase_faults(around.growth.phases, (*here, "phases"), span)
        if isinstance(around.growth, PublishedPath):
            yield from published_faults(around.growth.path, name, (*here, "path"), span, evidence)


def published_faults(name: str, place: str, at: Parts, span: Span, evidence: Evidence) -> Faults:
    """A published path must be known, about the place, and say something of every year."""
    paths = evidence.paths[evidence.paths["geo"] == evidence.place(place)]
    known = sorted(paths["path"].unique())
    if name not in known:
        yield unknown(at, name, known, ", ".join(known) or f"none, nobody's path of the {place} is held")
        return
    first = span.base_year + 1
    told = yearly(paths[paths["path"] == name], first, span.horizon)[1]
    missing = [str(first + position) for position in np.flatnonzero(np.isnan(told))]
    if missing:
        allowed = f"a path that says something of every year; it says nothing of {', '.join(missing)}"
        yield at, InputError(dotted(at), name, allowed)


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
    for name, given in (("groups", firms.groups), ("tail", firms.tail)):
        if not given.low <= given.value <= given.high:
            here = (*at, name)
            value = f"low {given.low:g}, value {given.value:g}, high {given.high:g}"
            yield here, InputError(dotted(here), value, "a value from low to high")
    if firms.groups.low < 1:
        here = (*at, "groups", "low")
        yield here, InputError(dotted(here), firms.groups.low, "at least 1 group")
    for name, departure in firms.departures.items():
        if departure is not None:
            here = (*at, "departures", name)
            yield from year_faults(departure.year, (*here, "year"), span)
            if departure.largest > firms.groups.low:
                told = f"up to {firms.groups.low:g}, the fewest groups there may be"
                yield (*here, "largest"), InputError(dotted((*here, "largest")), departure.largest, told)
