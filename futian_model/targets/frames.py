"""Answers on targets as rows of the results table."""

from collections.abc import Iterable, Iterator

import pandas as pd

from futian_model.results import Row, case, tidy
from futian_model.simulation import Result
from futian_model.targets.chances import CEILING, FLOOR, RANGE, Target, Together
from futian_model.targets.draws import Quantile
from futian_model.targets.efforts import Effort
from futian_model.targets.fronts import Front
from futian_model.targets.regrets import Regret
from futian_model.targets.requests import Settled
from futian_model.targets.signals import GROWTH, Signal

TARGETS, REGRET = "targets", "regret"
"""Readings of the rows."""
SIDES = {FLOOR: "at_least", CEILING: "at_most", RANGE: "within"}
"""Words for operators, in cases."""

Answer = Target | Together | Effort | Signal | Front | Settled


def frame(result: Result, answers: Iterable[Answer]) -> pd.DataFrame:
    """Answers on one result.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`, under the reading ``targets``; statistics by answer, each with its
        Monte Carlo error under the same name and ``_se``:

        - `Target`: ``level`` and ``growth`` of each end, of the indicator; case chance, side, and what holds
          beside it; of `Together` each target so, and ``own_chance`` of each by itself.
        - `Effort`: ``chance_before``, ``chance_reached``, ``change`` (none out of bounds) and
          ``simulations`` of the goal; case chance, lever, shape.
        - `Signal`: ``figure`` and ``likely`` of the goal; case chance, figure, period.
        - `Front`: ``first``, ``second`` of each pair and ``plan_chance`` of the first goal; case chance, the
          second goal, number of the pair.
        - `Settled`: ``doubt``, ``doubt_known``, ``variance_gone`` of the goal; case figure, start, end.
    """
    rows = [row for answer in answers for row in rows_of(result, answer)]
    return tidy(result.scenario.id, TARGETS, rows, result.place)


def rows_of(result: Result, answer: Answer) -> Iterator[Row]:
    """Rows of one answer."""
    if isinstance(answer, Target):
        yield from target_rows(result, answer, answer.chance)
    elif isinstance(answer, Together):
        for target in answer.targets:
            yield from target_rows(result, target, answer.chance, together=len(answer.targets))
        first = answer.targets[0].variable
        under = case(chance=percent(answer.chance), together=len(answer.targets))
        yield from both(first.indicator, first.year, "own_chance", answer.own, "fraction", under=under)
    elif isinstance(answer, Effort):
        yield from effort_rows(answer)
    elif isinstance(answer, Signal):
        yield from signal_rows(answer)
    elif isinstance(answer, Front):
        yield from front_rows(result, answer)
    else:
        under = case(missing=answer.figure, start=answer.first, end=answer.last)
        for name in ("doubt", "doubt_known", "variance_gone"):
            yield Row(answer.goal.name, answer.goal.year, name, getattr(answer, name), "fraction", case=under)


def percent(chance: float) -> float:
    """A chance as cases name it, per cent."""
    return round(100 * chance, 6)


def both(
    indicator: str, year: int, name: str, value: Quantile, unit: str, basis: str = "none", under: str = ""
) -> Iterator[Row]:
    """A number and its error."""
    yield Row(indicator, year, name, value.value, unit, basis, under)
    yield Row(indicator, year, f"{name}_se", value.se, unit, basis, under)


def units(result: Result, indicator: str) -> tuple[str, str]:
    """Unit and price basis of an indicator."""
    known = result.glossary.loc[indicator]
    return str(known["unit"]), str(known["price_basis"])


def target_rows(result: Result, target: Target, chance: float, **more: object) -> Iterator[Row]:
    """Both ends of a target."""
    indicator, year, _ = target.variable
    parameters = more | ({"beside": "+".join(target.beside)} if target.beside else {})
    for end in target.ends:
        under = case(chance=percent(chance), side=SIDES[end.operator], **parameters)
        yield from both(indicator, year, "level", end.level, *units(result, indicator), under)
        yield from both(indicator, year, "growth", end.growth, "fraction", under=under)


def effort_rows(effort: Effort) -> Iterator[Row]:
    """Chances before and after, and the change between."""
    under = case(chance=percent(effort.chance), lever=effort.lever, shape=effort.shape)
    at = effort.goal.name, effort.goal.year
    for name, value in (
        ("chance_before", Quantile(effort.before, effort.before_se)),
        ("chance_reached", Quantile(effort.reached, effort.reached_se)),
    ):
        yield from both(*at, name, value, "fraction", under=under)
    if effort.amplitude == effort.amplitude:
        yield Row(*at, "change", effort.amplitude, "fraction", case=under)
    yield Row(*at, "simulations", effort.simulations, "count", case=under)


def signal_rows(signal: Signal) -> Iterator[Row]:
    """Where the chance falls under the lower mark and passes the upper one."""
    unit = {"level": "万人"}.get(signal.scale.kind, "fraction")
    basis = "constant" if signal.indicator == GROWTH else "none"
    for threshold, side in ((signal.below, "below"), (signal.above, "above")):
        under = case(
            chance=percent(threshold.chance), figure=signal.indicator, period=signal.period, side=side
        )
        at = signal.goal.name, signal.goal.year
        yield from both(*at, "figure", threshold.figure, unit, basis, under)
        yield from both(
            *at, "likely", Quantile(threshold.likely, threshold.likely_se), "fraction", under=under
        )


def front_rows(result: Result, front: Front) -> Iterator[Row]:
    """Pairs, numbered from the safest first target, and the plan's own."""
    first, second = front.plan
    for at, pair in enumerate(front.pairs):
        under = case(chance=percent(front.chance), beside=second.name, pair=at)
        yield Row(first.name, first.year, "first", pair.first, *units(result, first.indicator), under)
        yield from both(
            first.name, first.year, "second", pair.second, *units(result, second.indicator), under
        )
    under = case(chance=percent(front.chance), beside=second.name)
    plan = Quantile(front.plan_chance, front.plan_se)
    yield from both(first.name, first.year, "plan_chance", plan, "fraction", under=under)


def regret_frame(regret: Regret, place: str = "") -> pd.DataFrame:
    """Worth and regret of every choice in every state, as rows of the results table.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`, a state as its scenario, under the reading ``regret``, fractions:
        ``worth``, ``regret``, ``regret_se`` of the goals together in the last one's year; case lever and
        choice.
    """
    year = max(goal.year for goal in regret.goals)
    name = regret.goals[0].name if len(regret.goals) == 1 else "all_goals"
    tables = []
    for at, state in enumerate(regret.states):
        rows = [
            Row(name, year, statistic, float(values[at, to]), "fraction", case=under)
            for to, choice in enumerate(regret.choices)
            for under in [case(lever=regret.lever, choice=choice)]
            for statistic, values in (
                ("worth", regret.worth),
                ("regret", regret.regret),
                ("regret_se", regret.regret_se),
            )
        ]
        tables.append(tidy(state, REGRET, rows, place))
    return pd.concat(tables, ignore_index=True)
