"""Faults of phases and targets against the years of a scenario, and of names against the data."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from futian_model.errors import InputError, MissingField, dotted, nearest
from futian_model.evidence import Evidence
from futian_model.scenario.entries import Parts
from futian_model.scenario.phases import LISTED, RAMPS, STEPS
from futian_model.scenario.targets import GoalTarget

Faults = Iterator[tuple[Parts, InputError]]


def fault(at: Parts, value: Any, allowed: str, close: str | None = None) -> tuple[Parts, InputError]:
    """A fault of a field, with the way to it."""
    return at, InputError(dotted(at), value, allowed, nearest=close)


def lacking(at: Parts, allowed: str) -> tuple[Parts, InputError]:
    """A field that has to be there and is not, with the way to it."""
    return at, MissingField(dotted(at), None, allowed)


class Span(NamedTuple):
    """The years of a scenario.

    Up to `jump_off` every scenario follows what the evidence says of years already published, and
    levers act from the year after it. A counterfactual one rewrites those years: it starts in its base
    year.
    """

    base_year: int
    horizon: int
    jump_off: int

    @property
    def ahead(self) -> str:
        """The first year that levers move, and why."""
        if self.jump_off == self.base_year:
            return f"{self.base_year + 1}, after the base year"
        return (
            f"{self.jump_off + 1}, after the last year that published figures tell about"
            " (counterfactual: true rewrites such years)"
        )


def phase_faults(phases: Sequence[Any], at: Parts, span: Span) -> Faults:
    """Phases must follow each other from the year after the jump-off to the horizon."""
    due = span.jump_off + 1
    for position, phase in enumerate(phases):
        here = (*at, position)
        if phase.start != due:
            allowed = f"{due}, the year after the phase before ends" if position else span.ahead
            yield fault((*here, "start"), phase.start, allowed)
        if phase.end < phase.start:
            yield fault((*here, "end"), phase.end, f"a year from {phase.start}, the start of the phase")
        else:
            yield from shape_faults(phase, here)
        due = phase.end + 1
    if due != span.horizon + 1:
        yield fault((*at, len(phases) - 1, "end"), phases[-1].end, f"{span.horizon}, the horizon")


def shape_faults(phase: Any, at: Parts) -> Faults:
    """Where a ramp or step reaches its rate, and how many years a list has."""
    if isinstance(phase, (*RAMPS, *STEPS)) and not phase.start < phase.at <= phase.end:
        allowed = f"a year after {phase.start}, the start of the phase, up to {phase.end}, its end"
        yield fault((*at, "at"), phase.at, allowed)
    if not isinstance(phase, LISTED):
        return
    years = phase.end - phase.start + 1
    name, what = ("growth_rates", "rates") if hasattr(phase, "growth_rates") else ("values", "values")
    typed = len(getattr(phase, name))
    if typed != years:
        allowed = f"{years} {what}, one a year from {phase.start} to {phase.end}"
        left = [str(year) for year in range(phase.start + typed, phase.end + 1)]
        allowed += f"; missing: {', '.join(left)}" if left else ""
        yield fault((*at, name), f"{typed} {what}", allowed)


def target_faults(
    targets: Sequence[Any], at: Parts, indicators: Sequence[str], span: Span, evidence: Evidence
) -> Faults:
    """Goals must be known and fit, years lie ahead, and no two targets collide."""
    taken: dict[tuple[str, int], Parts] = {}
    for position, target in enumerate(targets):
        here: Parts = (*at, position)
        if isinstance(target, GoalTarget):
            misfit = goal_fault(target.goal, (*here, "goal"), indicators, span, evidence)
            if misfit is not None:
                yield misfit
                continue
            goal = evidence.goal(target.goal)
            indicator, year = goal.indicator, goal.year
        else:
            indicator, year = getattr(target, "indicator", indicators[0]), target.year
            yield from year_faults(year, (*here, "year"), span)
        if (indicator, year) in taken:
            other = dotted(taken[indicator, year])
            yield fault(here, stated(target), f"one target a year for {indicator}; {other} is for {year} too")
        taken.setdefault((indicator, year), here)


def goal_fault(
    name: str, at: Parts, indicators: Sequence[str], span: Span, evidence: Evidence
) -> tuple[Parts, InputError] | None:
    """What is wrong with a goal as a target, if anything is."""
    valid = goal_names(evidence, indicators)
    if name not in valid:
        allowed = ", ".join(valid) or f"none, the plan has no goal for {', '.join(indicators)}"
        return unknown(at, name, valid, allowed)
    goal = evidence.goal(name)
    if not span.jump_off < goal.year <= span.horizon:
        years = f"{span.ahead}, to {span.horizon}"
        return fault(at, name, f"a goal for a year from {years}; this one is for {goal.year}")
    return None


def year_faults(year: int, at: Parts, span: Span) -> Faults:
    """A year after the jump-off, up to the horizon."""
    if not span.jump_off < year <= span.horizon:
        yield fault(at, year, f"a year from {span.ahead}, to {span.horizon}, the horizon")


def stated(target: Any) -> str:
    """A target as its file states it."""
    return ", ".join(f"{name}: {value}" for name, value in target.model_dump().items())


def unknown(at: Parts, name: str, names: Iterable[str], allowed: str) -> tuple[Parts, InputError]:
    """A value that should be a name of the data."""
    return fault(at, name, allowed, nearest(name, names))


def goal_names(evidence: Evidence, indicators: Iterable[str]) -> list[str]:
    """Goals that set a value for one of the indicators."""
    wanted = list(indicators)

    def read() -> list[str]:
        return [str(name) for name in evidence.goals.index[evidence.goals["indicator"].isin(wanted)]]

    return list(evidence.once(("goal names", *wanted), read))
