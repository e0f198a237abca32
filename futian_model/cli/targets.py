"""`futian target`: which target has a chance, what would raise it, when to warn."""

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from futian_model.cli.arguments import Commands, percents, printed, ready, whole
from futian_model.errors import InputError, UnknownName
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence, Goal
    from futian_model.scenario import Scenario
    from futian_model.simulation import Result

QUESTIONS = ("warn", "front", "settles", "effort", "regret")
SIDES = {"least": "≥", "most": "≤", "range": "="}
MARKS = {"": (0.5, 0.7, 0.8, 0.9), "warn": (0.5, 0.8), "front": (0.7,), "effort": (0.7,)}
"""Chances that each question takes where none is told."""
PAIRS = 7
CONSTANT = "real_"


def chances(text: str) -> tuple[float, ...]:
    """Chances in % as fractions."""
    try:
        shares = tuple(round(float(part) / 100, 12) for part in text.split(","))
    except ValueError:
        shares = ()
    if not shares or not all(0 < share < 1 for share in shares):
        allowed = f"{text!r}; allowed: numbers of % above 0 and below 100, such as 50,70,80,90"
        raise argparse.ArgumentTypeError(allowed)
    return shares


def choices(text: str) -> tuple[float, ...]:
    """Numbers of % as fractions."""
    try:
        return tuple(float(part) / 100 for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}; allowed: numbers of % such as 0,1,2") from None


def add(commands: Commands) -> None:
    """Its options."""
    asking = commands.add_parser(
        "target",
        help="what a plan may promise, what would raise its chance, when to warn",
        description="Levels and growth of an indicator in a year by the chance that they have, judged by"
        " data; or one of the questions on goals of the plan below.",
    )
    option = asking.add_argument
    option(
        "indicator", nargs="?", metavar="INDICATOR", help="such as gdp, gdp_per_capita, headquarters_share"
    )
    option("year", nargs="?", type=whole(0), metavar="YEAR", help="a year that is not over")
    question = asking.add_mutually_exclusive_group()
    asks = question.add_argument
    asks("--warn", metavar="GOAL", help="the value of the next figure at which its chance passes two marks")
    asks("--front", nargs=2, metavar="GOAL", help="pairs of levels of two goals that hold together")
    asks("--settles", metavar="GOAL", help="how much of its doubt each missing figure would remove")
    asks("--effort", metavar="GOAL", help="how much of a lever lifts its chance")
    asks("--regret", metavar="GOAL", help="which choice of a lever is never far from the best")
    defaults = "%%, separated by commas (default: 50,70,80,90; --warn 50,80; --front, --effort 70)"
    option("--chance", type=chances, metavar="P", help=f"chances in {defaults}")
    option("--as", dest="side", choices=SIDES, default="least", help="at least, at most or a range")
    option("--beside", action="append", default=[], metavar="GOAL", help="a goal to hold with it; repeated")
    option("--figure", metavar="NAME", help="of --warn: an indicator (default: growth, or the goal's share)")
    option("--period", metavar="PERIOD", help="of --warn: 2027, 2026H1, ... (default: the next year)")
    option("--lever", default="growth", help="of --effort and --regret, as futian goal's (default: growth)")
    limits = "of --effort: limits of the change, %% a year (default: -10,10)"
    option("--bounds", type=percents, default=(-0.1, 0.1), metavar="LOW,HIGH", help=limits)
    levels = "of --regret: changes of the lever, %% a year (default: 0,0.5,1,1.5,2)"
    option("--choices", type=choices, default=(0.0, 0.005, 0.01, 0.015, 0.02), metavar="P", help=levels)
    most = "of --regret: chance that may be forgone, %% (default: 5)"
    option("--within", type=chances, default=(0.05,), metavar="P", help=most)
    option("--scenario", default="evidence_trend", metavar="ID", help="baseline (default: evidence_trend)")
    option("--draws", type=whole(1), metavar="N", help="simulated paths (default: the scenario's)")
    ready(asking, target, "--lang", "--json")


def target(options: argparse.Namespace, project: Project) -> int:
    """The answer to one question."""
    from futian_model.evidence import load_evidence
    from futian_model.report.terminal import targets as terminal
    from futian_model.scenario import load_scenario
    from futian_model.simulation import READINGS, simulate
    from futian_model.targets import frame

    asked = next((name for name in QUESTIONS if getattr(options, name) is not None), "")
    if bool(asked) == bool(options.indicator) or (not asked and options.year is None):
        questions = ", ".join(f"--{name}" for name in QUESTIONS)
        typed = " ".join(str(part) for part in (options.indicator, options.year) if part is not None)
        raise InputError("target", typed, f"an indicator and a year, such as gdp 2030, or one of {questions}")
    evidence = load_evidence(project)
    scenario = load_scenario(options.scenario, project, evidence=evidence)
    if asked == "regret":
        return regret(options, project, scenario, evidence)
    result = simulate(scenario, evidence, draws=options.draws, reading=READINGS[1], keep=True)
    answers, lines = answer(options, asked, result, evidence)

    def content() -> dict[str, Any]:
        settings = {"scenario": scenario.id, "vintage": scenario.assumptions.vintage}
        table = frame(result, answers)
        return settings | {"draws": result.draws, "seed": result.seed, "rows": records(table)}

    printed(options, content, lambda: [*terminal.head(result, options.lang), *lines])
    return 0


def answer(
    options: argparse.Namespace, asked: str, result: "Result", evidence: "Evidence"
) -> tuple[Iterable[Any], list[str]]:
    """Answers of the room, and their lines."""
    from futian_model import targets
    from futian_model.report.terminal import targets as terminal

    lang, marks = options.lang, options.chance or MARKS.get(asked, ())
    if not asked:
        beside = [evidence.goal(name) for name in options.beside]
        variable = targets.Variable(named(options.indicator, result), options.year, SIDES[options.side])
        levels = targets.at_chance(result, variable, marks, beside)
        return levels, terminal.target_lines(levels, result, evidence, lang)
    if asked == "warn":
        goal = evidence.goal(options.warn)
        below, above = pair(marks)
        figure = options.figure or (goal.indicator if is_share(goal, evidence) else targets.GROWTH)
        period = options.period or str(result.last_over + 1)
        signal = targets.warning(result, evidence, goal, period, figure, below=below, above=above)
        return [signal], terminal.warning_lines(signal, evidence, lang)
    if asked == "front":
        first, second = (evidence.goal(name) for name in options.front)
        front = targets.front(result, first, second, single(marks), PAIRS)
        return [front], terminal.front_lines(front, evidence, lang)
    if asked == "settles":
        requests = targets.settles(result, evidence, evidence.goal(options.settles))
        return requests, terminal.settles_lines(requests, options.settles, evidence, lang)
    goal, bounds = evidence.goal(options.effort), options.bounds
    effort = targets.effort(result, evidence, goal, single(marks), options.lever, bounds=bounds)
    return [effort], terminal.effort_lines(effort, evidence, lang)


def regret(options: argparse.Namespace, project: Project, scenario: "Scenario", evidence: "Evidence") -> int:
    """Choices of a lever over the built-in scenarios and the one that is asked for."""
    from futian_model.report.terminal import targets as terminal
    from futian_model.scenario import builtin_scenarios, load_scenario
    from futian_model.targets import regret as worked_out
    from futian_model.targets import regret_frame
    from futian_model.targets.regrets import DRAWS

    every = [load_scenario(name, project, evidence=evidence) for name in builtin_scenarios(project)]
    states = {state.id: state for state in (*every, scenario)}
    draws = options.draws or DRAWS
    goals = [evidence.goal(options.regret)]
    regrets = worked_out(states, evidence, goals, options.lever, options.choices, draws=draws)
    most = single(options.within, "within")

    def content() -> dict[str, Any]:
        within = regrets.choices[regrets.within(most)]
        return {"draws": draws, "within": within, "rows": records(regret_frame(regrets))}

    printed(options, content, lambda: terminal.regret_lines(regrets, most, evidence, options.lang))
    return 0


def named(indicator: str, result: "Result") -> str:
    """An indicator that is simulated; a level named without its prices is meant at constant ones."""
    short = {name.removeprefix(CONSTANT): name for name in result.indicators}
    simulated = short.get(indicator, indicator)
    if simulated not in result.indicators:
        raise UnknownName(indicator, [*short, *result.indicators])
    return simulated


def is_share(goal: "Goal", evidence: "Evidence") -> bool:
    """Whether a goal is on a share."""
    return bool(goal.indicator) and str(evidence.indicators.loc[goal.indicator, "kind"]) == "share"


def pair(marks: tuple[float, ...]) -> tuple[float, float]:
    """The lower and the upper mark."""
    if len(marks) != 2:
        raise InputError("chance", typed(marks), "two marks of %, the lower first, such as 50,80")
    return marks[0], marks[1]


def single(marks: tuple[float, ...], field: str = "chance") -> float:
    """The one chance."""
    if len(marks) != 1:
        raise InputError(field, typed(marks), "one number of %, such as 70")
    return marks[0]


def typed(marks: tuple[float, ...]) -> str:
    """Chances as they were typed."""
    return ",".join(f"{100 * mark:g}" for mark in marks)


def records(table: Any) -> list[dict[str, Any]]:
    """Rows of the results table for a script; what is not told is None."""
    held = table.astype(object).where(table.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in held.to_dict("records")]
