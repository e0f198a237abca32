"""Faults that show only where fields meet: the horizon, names of the data, levers against each other."""

from typing import Any

from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.scenario.checks_events import DRIVERS, event_faults, firm_faults
from futian_model.scenario.checks_paths import Faults, Span, fault, unknown
from futian_model.scenario.entries import Parts, dotted, reached
from futian_model.scenario.model import LONGEST, Content, Levers
from futian_model.scenario.wording import unknown_key
from futian_model.uncertainty import linked


def span_faults(span: Span) -> Faults:
    """The horizon against the base year."""
    first, last = span.base_year + 1, span.base_year + LONGEST
    if not first <= span.horizon <= last:
        allowed = f"a year from {first} to {last}, base year + {LONGEST}"
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
    held = [*DRIVERS, *(name for name, block in content.levers.shares.items() if block is not None)]
    at: Parts = ("assumptions", "uncertainty", "correlation")
    unheard = False
    for one, others in stated.items():
        for here, name in [((*at, one), one), *(((*at, one, other), other) for other in others)]:
            if name not in held:
                unheard = True
                yield unknown(here, name, held, ", ".join(held))
    if not unheard:
        try:
            linked(held, stated)
        except InputError as impossible:
            impossible.field = f"{dotted(at)}: {impossible.field}"
            yield at, impossible


def share_names(evidence: Evidence) -> list[str]:
    """Indicators that are shares."""

    def read() -> list[str]:
        return [str(name) for name in evidence.indicators.index[evidence.indicators["kind"] == "share"]]

    return list(evidence.once(("share names",), read))


def lever_faults(levers: Levers, span: Span, evidence: Evidence) -> Faults:
    """Phases and targets of every lever, and levers against each other."""
    for name, block in (("growth", levers.growth), ("population", levers.population)):
        yield from block.faults(("levers", name), span, evidence)
    for name, share in levers.shares.items():
        if share is not None and name in share_names(evidence):
            yield from share.faults(("levers", "shares", name), span, evidence)
    held = [name for name, block in levers.shares.items() if block is not None]
    yield from event_faults(levers.events, held, span)
    if levers.firms is not None:
        yield from firm_faults(levers.firms, held, span)
    yield from levers.growth.clashes(levers.population, ("levers", "growth"), evidence)
