"""Answers on targets for a terminal: one question a function, its answer as lines."""

from collections.abc import Iterator, Sequence

from futian_model.calibration.missing import PEOPLE
from futian_model.evidence import Evidence
from futian_model.report.terminal.rounds import aligned
from futian_model.report.terminal.verdicts import label, lever_unit
from futian_model.report.words import Number, Sentence, Words, amounts, chance_rule, words, year, year_span
from futian_model.report.words.names import lever_name
from futian_model.simulation import Result
from futian_model.solver import MET, MET_ALREADY
from futian_model.targets import Effort, Front, Quantile, Regret, Settled, Signal, Target
from futian_model.targets.chances import CEILING, FLOOR, RANGE
from futian_model.targets.draws import is_share

PER_CENT = "plain_percent"
"""How a chance that was asked for is written: as typed."""
TITLES = {FLOOR: "target_at_least", CEILING: "target_at_most", RANGE: "target_within"}
FALLS = {True: "target_falls_under", False: "target_falls_over"}
PASSES = {True: "target_passes_over", False: "target_passes_under"}
"""Texts by whether a higher figure helps."""


def head(result: Result, lang: str) -> list[str]:
    """The scenario, and what its draws rest on."""
    texts, scenario = words(lang), result.scenario
    vintage = texts.month(scenario.assumptions.vintage)
    rests = texts.say("target_head", vintage=vintage, draws=Number(result.draws, "count"))
    return [f"{scenario.id}  {scenario.title[lang]}", rests.text]


def target_lines(targets: Sequence[Target], result: Result, evidence: Evidence, lang: str) -> list[str]:
    """Levels and growth by chance, each with its Monte Carlo error.

    Parameters
    ----------
    targets : sequence of Target
        On one variable.
    result : Result
        Whose draws told them.
    """
    texts, (indicator, at, operator) = words(lang), targets[0].variable
    amount = amounts(evidence, texts, indicator)
    growth = "points" if is_share(result, indicator) else "growth"

    def cell(values: Sequence[Number]) -> str:
        low, *high = [number.text(lang) for number in values]
        return texts.say("target_range_of", low=low, high=high[0]).text if high else low

    def row(target: Target) -> list[str]:
        ends = target.ends
        return [
            asked(target.chance).text(lang),
            cell([Number(end.level.value, amount.rule) for end in ends]),
            Number(max(end.level.se for end in ends), amount.rule).text(lang),
            cell([Number(end.growth.value, growth) for end in ends]),
            Number(max(end.growth.se for end in ends), "size_growth_points").text(lang),
        ]

    lines = [texts.say(TITLES[operator], name=evidence.name(indicator, lang), year=year(at)).text]
    if targets[0].beside:
        beside = texts["enumeration"].join(label(evidence, goal, texts) for goal in targets[0].beside)
        lines.append(texts.say("target_beside", goals=beside).text)
    start = texts.say("target_column_growth", start=year(result.jump_off + 1)).text
    columns = [texts["column_chance"], texts["target_column_level"], "±", start, "±"]
    return [*lines, *aligned([columns, *map(row, targets)])]


def warning_lines(signal: Signal, evidence: Evidence, lang: str) -> list[str]:
    """The figure at which a chance passes its marks, and how likely it does."""
    texts = words(lang)
    amount = amounts(evidence, texts, signal.indicator)
    name = evidence.name(signal.indicator, lang)
    figure = texts.say("target_figure", name=name, span=signal.period)

    def mark(key: str, at: int) -> Sentence:
        threshold = (signal.below, signal.above)[at]
        likely = threshold.likely if at == 0 else 1 - threshold.likely
        return texts.say(
            key,
            value=amount.level(threshold.figure.value),
            error=amount.level(threshold.figure.se),
            mark=asked(threshold.chance),
            likely=chance(Quantile(likely, threshold.likely_se)),
        )

    return [
        now(signal.goal.name, Quantile(signal.chance, signal.chance_se), evidence, texts),
        texts.say("target_next", figure=figure).text,
        "  " + mark(FALLS[signal.helps], 0).text,
        "  " + mark(PASSES[signal.helps], 1).text,
    ]


def front_lines(front: Front, evidence: Evidence, lang: str) -> list[str]:
    """Pairs that hold together, from the safest first target, and the plan's own."""
    texts = words(lang)
    first, second = (amounts(evidence, texts, goal.indicator).level for goal in front.plan)
    names = [label(evidence, goal.name, texts) for goal in front.plan]
    pairs = [
        [
            first(pair.first).text,
            Number(pair.first_chance, "percent").text(lang),
            second(pair.second.value).text,
            second(pair.second.se).text,
            Number(pair.second_chance, "percent").text(lang),
        ]
        for pair in front.pairs
    ]
    alone = texts["target_column_alone"]
    own = texts.say(
        "target_pair_inside" if front.inside else "target_pair_outside",
        chance=chance(Quantile(front.plan_chance, front.plan_se)),
        error=Number(front.plan_se, "size_points"),
        mark=asked(front.chance),
    )
    return [
        texts.say("target_front", first=names[0], second=names[1], mark=asked(front.chance)).text,
        *aligned([[texts["target_first"], alone, texts["target_second"], "±", alone], *pairs]),
        own.text,
    ]


def settles_lines(requests: Sequence[Settled], name: str, evidence: Evidence, lang: str) -> list[str]:
    """Missing figures of the district, by how much of a goal's doubt each would remove.

    Parameters
    ----------
    name : str
        Of the goal.
    """
    texts = words(lang)
    goal = label(evidence, name, texts)
    if not requests:
        return [texts.say("target_settled", goal=goal).text]

    def figure(request: Settled) -> str:
        called = "year_end_population" if request.figure == PEOPLE else request.figure
        first = request.last if request.figure == PEOPLE else request.first
        span = year_span(first, request.last, texts)
        return texts.say("target_figure", name=evidence.name(called, lang), span=span).text

    rows = [
        [figure(row), *(Number(part, "share").text(lang) for part in (row.gone, row.variance_gone))]
        for row in requests
    ]
    columns = [texts[key] for key in ("target_column_figure", "target_column_gone", "target_column_variance")]
    known = texts.say("target_requests", goal=goal, chance=Number(requests[0].chance, "percent"))
    return [known.text, *aligned([columns, *rows]), texts["target_requests_note"]]


def effort_lines(effort: Effort, evidence: Evidence, lang: str) -> list[str]:
    """What a lever has to do for a chance, and what comes of it."""
    texts, unit = words(lang), lever_unit(effort.lever, words(lang))
    lever = texts.say("solve_lever", lever=lever_name(effort.lever, evidence, texts)).text
    reached = chance(Quantile(effort.reached, effort.reached_se))
    fields: dict[str, Number | str] = {"mark": asked(effort.chance), "reached": reached, "unit": unit}
    if effort.status == MET_ALREADY:
        answer = texts.say("target_effort_none", mark=fields["mark"])
    elif effort.status == MET:
        change = Number(effort.amplitude, "growth_points")
        answer = texts.say("target_effort", change=change, **fields)
    else:
        limit = Number(effort.limit, "growth_points")
        binding = texts["target_bounds" if effort.binding == "bounds" else "target_range"]
        answer = texts.say("target_effort_out", limit=limit, binding=binding, **fields)
    return [
        f"{lever}{texts[f'shape_{effort.shape}']}",
        now(effort.goal.name, Quantile(effort.before, effort.before_se), evidence, texts),
        answer.text,
    ]


def regret_lines(study: Regret, most: float, evidence: Evidence, lang: str) -> list[str]:
    """The greatest regret of every choice, where it is, and the smallest choice within a bound.

    Parameters
    ----------
    most : float
        Chance that may be forgone, a fraction.
    """
    texts = words(lang)
    goals = texts["enumeration"].join(label(evidence, goal.name, texts) for goal in study.goals)
    lever = texts.say("solve_lever", lever=lever_name(study.lever, evidence, texts)).text

    def rows() -> Iterator[list[str]]:
        yield [texts[key] for key in ("target_column_choice", "target_column_regret", "target_column_where")]
        for to, choice in enumerate(study.choices):
            where = study.states[int(study.regret[:, to].argmax())]
            worst = Number(float(study.worst[to]), "size_points")
            yield [Number(choice, "growth_points").text(lang), worst.text(lang), where]

    choice = study.choices[study.within(most)]
    return [
        f"{lever}{texts['shape_constant']}",
        texts.say("target_regret", goals=goals, states=Number(len(study.states), "count")).text,
        *aligned(list(rows())),
        texts.say(
            "target_regret_within",
            most=Number(most, "size_points"),
            choice=Number(choice, "growth_points"),
            unit=lever_unit(study.lever, texts),
        ).text,
    ]


def asked(share: float) -> Number:
    """A chance as it was asked for."""
    return Number(share, PER_CENT)


def chance(quantile: Quantile) -> Number:
    """A chance, no finer than its error."""
    return Number(quantile.value, chance_rule(quantile.se))


def now(name: str, quantile: Quantile, evidence: Evidence, texts: Words) -> str:
    """A goal's chance as it is."""
    goal, error = label(evidence, name, texts), Number(quantile.se, "size_points")
    return texts.say("target_now", goal=goal, chance=chance(quantile), error=error).text
