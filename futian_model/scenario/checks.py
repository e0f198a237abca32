"""Faults that show only where fields meet: phases and years, targets and horizon, names and data."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from futian_model.errors import InputError, nearest
from futian_model.evidence import Evidence
from futian_model.scenario.entries import Parts, dotted, reached
from futian_model.scenario.model import (
    LONGEST,
    GrowthPath,
    GrowthToTargets,
    ImpliedPopulation,
    Levers,
    SharePath,
    ShareToTargets,
    Trend,
)
from futian_model.scenario.phases import Listed, Ramp, Step
from futian_model.scenario.targets import GoalTarget
from futian_model.scenario.wording import unknown_key

Faults = Iterator[tuple[Parts, InputError]]
LEVELS = ("real_gdp", "real_gdp_per_capita")
PER_HEAD = ("real_gdp_per_capita",)


class Span(NamedTuple):
    """The years of a scenario."""

    base_year: int
    horizon: int


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


def share_names(evidence: Evidence) -> list[str]:
    """Indicators that are shares."""
    return [str(name) for name in evidence.indicators.index[evidence.indicators["kind"] == "share"]]


def goal_names(evidence: Evidence, indicators: Iterable[str]) -> list[str]:
    """Goals that set a value for one of the indicators."""
    held = evidence.goals["indicator"].isin(list(indicators))
    return [str(name) for name in evidence.goals.index[held]]


def unknown(at: Parts, name: str, names: Iterable[str], told: str) -> tuple[Parts, InputError]:
    """A value that should be a name of the data."""
    return at, InputError(dotted(at), name, told, nearest=nearest(name, names))


def lever_faults(levers: Levers, span: Span, evidence: Evidence) -> Faults:
    """Phases and targets of every lever, and levers against each other."""
    yield from block_faults(levers.growth, ("levers", "growth"), LEVELS, span, evidence)
    yield from block_faults(levers.population, ("levers", "population"), PER_HEAD, span, evidence)
    for name, block in levers.shares.items():
        if block is not None and name in share_names(evidence):
            yield from block_faults(block, ("levers", "shares", name), (name,), span, evidence)
    if isinstance(levers.growth, GrowthToTargets) and isinstance(levers.population, ImpliedPopulation):
        for position, target in enumerate(levers.growth.targets):
            at: Parts = ("levers", "growth", "targets", position)
            if indicator_of(target, evidence) == PER_HEAD[0]:
                told = "targets of real_gdp, where population is itself implied"
                yield at, InputError(dotted(at), stated(target), told)


def block_faults(
    block: Trend | GrowthPath | GrowthToTargets | ImpliedPopulation | SharePath | ShareToTargets,
    at: Parts,
    indicators: Sequence[str],
    span: Span,
    evidence: Evidence,
) -> Faults:
    """Faults of one block, whose targets may be about the given indicators."""
    if isinstance(block, GrowthPath | SharePath):
        yield from phase_faults(block.phases, (*at, "phases"), span)
    elif not isinstance(block, Trend):
        yield from target_faults(block.targets, (*at, "targets"), indicators, span, evidence)


def phase_faults(phases: Sequence[Any], at: Parts, span: Span) -> Faults:
    """Phases must follow each other from the year after the base year to the horizon."""
    due = span.base_year + 1
    for position, phase in enumerate(phases):
        here = (*at, position)
        if phase.start != due:
            after = "the year after the phase before ends" if position else "the year after the base year"
            yield (*here, "start"), InputError(dotted((*here, "start")), phase.start, f"{due}, {after}")
        if phase.end < phase.start:
            told = f"a year from {phase.start}, the start of the phase"
            yield (*here, "end"), InputError(dotted((*here, "end")), phase.end, told)
        else:
            yield from shape_faults(phase, here)
        due = phase.end + 1
    if due != span.horizon + 1:
        here = (*at, len(phases) - 1, "end")
        yield here, InputError(dotted(here), phases[-1].end, f"{span.horizon}, the horizon")


def shape_faults(phase: Any, at: Parts) -> Faults:
    """Where a ramp or step reaches its rate, and how many years a list has."""
    if isinstance(phase, Ramp | Step) and not phase.start < phase.at <= phase.end:
        here = (*at, "at")
        told = f"a year after {phase.start}, the start of the phase, up to {phase.end}, its end"
        yield here, InputError(dotted(here), phase.at, told)
    years = phase.end - phase.start + 1
    if isinstance(phase, Listed) and len(phase.growth_rates) != years:
        here = (*at, "growth_rates")
        told = f"{years} rates, one a year from {phase.start} to {phase.end}"
        yield here, InputError(dotted(here), f"{len(phase.growth_rates)} rates", told)


def target_faults(
    targets: Sequence[Any], at: Parts, indicators: Sequence[str], span: Span, evidence: Evidence
) -> Faults:
    """Goals must be known and fit, years lie ahead, and no two targets collide."""
    taken: dict[tuple[str, int], Parts] = {}
    for position, target in enumerate(targets):
        here: Parts = (*at, position)
        if isinstance(target, GoalTarget):
            fault = goal_fault(target.goal, (*here, "goal"), indicators, span, evidence)
            if fault is not None:
                yield fault
                continue
            indicator, year = evidence.goal(target.goal).indicator, evidence.goal(target.goal).year
        else:
            indicator, year = getattr(target, "indicator", indicators[0]), target.year
            if not span.base_year < year <= span.horizon:
                told = (
                    f"a year from {span.base_year + 1}, after the base year, to {span.horizon}, the horizon"
                )
                yield (*here, "year"), InputError(dotted((*here, "year")), year, told)
        if (indicator, year) in taken:
            told = f"one target a year for {indicator}; {dotted(taken[indicator, year])} is for {year} too"
            yield here, InputError(dotted(here), stated(target), told)
        taken.setdefault((indicator, year), here)


def goal_fault(
    name: str, at: Parts, indicators: Sequence[str], span: Span, evidence: Evidence
) -> tuple[Parts, InputError] | None:
    """What is wrong with a goal as a target, if anything is."""
    valid = goal_names(evidence, indicators)
    if name not in valid:
        told = ", ".join(valid) or f"none, the plan has no goal for {', '.join(indicators)}"
        return unknown(at, name, valid, told)
    goal = evidence.goal(name)
    if not span.base_year < goal.year <= span.horizon:
        told = f"a goal for a year from {span.base_year + 1} to {span.horizon}; this one is for {goal.year}"
        return at, InputError(dotted(at), name, told)
    if not math.isnan(goal.multiple) and goal.base_year != span.base_year:
        told = f"a goal in multiples of {span.base_year}, the base year; this one is of {goal.base_year}"
        return at, InputError(dotted(at), name, told)
    return None


def indicator_of(target: Any, evidence: Evidence) -> str | None:
    """What a growth target is about; None for a goal nobody knows."""
    if not isinstance(target, GoalTarget):
        return str(target.indicator)
    known = target.goal in evidence.goals.index
    return str(evidence.goals.loc[target.goal, "indicator"]) if known else None


def stated(target: Any) -> str:
    """A target as its file states it."""
    return ", ".join(f"{name}: {value}" for name, value in target.model_dump().items())
