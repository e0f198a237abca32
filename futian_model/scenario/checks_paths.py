"""Faults of phases and targets against the years of a scenario, and of names against the data."""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from futian_model.errors import InputError, nearest
from futian_model.evidence import Evidence
from futian_model.scenario.entries import Parts, dotted
from futian_model.scenario.phases import LISTED, RAMPS, STEPS
from futian_model.scenario.targets import GoalTarget

Faults = Iterator[tuple[Parts, InputError]]


class Span(NamedTuple):
    """The years of a scenario."""

    base_year: int
    horizon: int


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
    if isinstance(phase, (*RAMPS, *STEPS)) and not phase.start < phase.at <= phase.end:
        here = (*at, "at")
        told = f"a year after {phase.start}, the start of the phase, up to {phase.end}, its end"
        yield here, InputError(dotted(here), phase.at, told)
    if not isinstance(phase, LISTED):
        return
    years = phase.end - phase.start + 1
    name, what = ("growth_rates", "rates") if hasattr(phase, "growth_rates") else ("values", "values")
    typed = len(getattr(phase, name))
    if typed != years:
        here = (*at, name)
        told = f"{years} {what}, one a year from {phase.start} to {phase.end}"
        left = [str(year) for year in range(phase.start + typed, phase.end + 1)]
        told += f"; missing: {', '.join(left)}" if left else ""
        yield here, InputError(dotted(here), f"{typed} {what}", told)


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
            yield from year_faults(year, (*here, "year"), span)
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


def year_faults(year: int, at: Parts, span: Span) -> Faults:
    """A year after the base year, up to the horizon."""
    if not span.base_year < year <= span.horizon:
        told = f"a year from {span.base_year + 1}, after the base year, to {span.horizon}, the horizon"
        yield at, InputError(dotted(at), year, told)


def stated(target: Any) -> str:
    """A target as its file states it."""
    return ", ".join(f"{name}: {value}" for name, value in target.model_dump().items())


def unknown(at: Parts, name: str, names: Iterable[str], told: str) -> tuple[Parts, InputError]:
    """A value that should be a name of the data."""
    return at, InputError(dotted(at), name, told, nearest=nearest(name, names))


def goal_names(evidence: Evidence, indicators: Iterable[str]) -> list[str]:
    """Goals that set a value for one of the indicators."""
    wanted = list(indicators)

    def read() -> list[str]:
        return [str(name) for name in evidence.goals.index[evidence.goals["indicator"].isin(wanted)]]

    return list(evidence.once(("goal names", *wanted), read))
