"""Faults that show only where fields meet: the horizon, names of the data, levers against each other."""

from collections.abc import Sequence
from typing import Any

from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.scenario.checks_blocks import (
    DRIVERS,
    context_faults,
    engine_faults,
    event_faults,
    firm_faults,
)
from futian_model.scenario.checks_paths import (
    Faults,
    Span,
    phase_faults,
    stated,
    target_faults,
    unknown,
)
from futian_model.scenario.context import Context
from futian_model.scenario.engine import Production
from futian_model.scenario.entries import Parts, dotted, reached
from futian_model.scenario.model import (
    LONGEST,
    Content,
    GrowthToTargets,
    ImpliedPopulation,
    Levers,
    ShareToTargets,
)
from futian_model.scenario.phases import GrowthPath, LeadPath, Trend
from futian_model.scenario.targets import GoalTarget
from futian_model.scenario.wording import unknown_key
from futian_model.uncertainty import linked

LEVELS = ("real_gdp", "real_gdp_per_capita")
PER_HEAD = ("real_gdp_per_capita",)


def span_faults(span: Span) -> Faults:
    """The horizon against the base year."""
    first, last = span.base_year + 1, span.base_year + LONGEST
    if not first <= span.horizon <= last:
        at = ("assumptions", "horizon")
        yield (
            at,
            InputError(dotted(at), span.horizon, f"a year from {first} to {last}, base year + {LONGEST}"),
        )


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
        except InputError as fault:
            fault.field = f"{dotted(at)}: {fault.field}"
            yield at, fault


def share_names(evidence: Evidence) -> list[str]:
    """Indicators that are shares."""

    def read() -> list[str]:
        return [str(name) for name in evidence.indicators.index[evidence.indicators["kind"] == "share"]]

    return list(evidence.once(("share names",), read))


def lever_faults(levers: Levers, span: Span, evidence: Evidence) -> Faults:
    """Phases and targets of every lever, and levers against each other."""
    yield from growth_faults(levers.growth, ("levers", "growth"), span, evidence)
    yield from block_faults(levers.population, ("levers", "population"), PER_HEAD, span, evidence)
    for name, block in levers.shares.items():
        if block is not None and name in share_names(evidence):
            yield from block_faults(block, ("levers", "shares", name), (name,), span, evidence)
    held = [name for name, block in levers.shares.items() if block is not None]
    yield from event_faults(levers.events, held, span)
    if levers.firms is not None:
        yield from firm_faults(levers.firms, held, span)
    if isinstance(levers.growth, Production) and isinstance(levers.population, ImpliedPopulation):
        here: Parts = ("levers", "population", "block")
        told = "trend or path, where growth comes from production and so from the population"
        yield here, InputError(dotted(here), "implied", told)
    if isinstance(levers.growth, GrowthToTargets) and isinstance(levers.population, ImpliedPopulation):
        for position, target in enumerate(levers.growth.targets):
            at: Parts = ("levers", "growth", "targets", position)
            if indicator_of(target, evidence) == PER_HEAD[0]:
                told = "targets of real_gdp, where population is itself implied"
                yield at, InputError(dotted(at), stated(target), told)


def growth_faults(block: Any, at: Parts, span: Span, evidence: Evidence) -> Faults:
    """Faults of the growth block, of any kind."""
    if isinstance(block, Production):
        yield from engine_faults(block, at, span)
    elif isinstance(block, Context):
        yield from context_faults(block, at, span, evidence)
    else:
        yield from block_faults(block, at, LEVELS, span, evidence)


def block_faults(
    block: Trend | GrowthPath | GrowthToTargets | ImpliedPopulation | LeadPath | ShareToTargets,
    at: Parts,
    indicators: Sequence[str],
    span: Span,
    evidence: Evidence,
) -> Faults:
    """Faults of one block, whose targets may be about the given indicators."""
    if isinstance(block, GrowthPath | LeadPath):
        yield from phase_faults(block.phases, (*at, "phases"), span)
    elif not isinstance(block, Trend):
        yield from target_faults(block.targets, (*at, "targets"), indicators, span, evidence)


def indicator_of(target: Any, evidence: Evidence) -> str | None:
    """What a growth target is about; None for a goal nobody knows."""
    if not isinstance(target, GoalTarget):
        return str(target.indicator)
    known = target.goal in evidence.goals.index
    return str(evidence.goals.loc[target.goal, "indicator"]) if known else None
