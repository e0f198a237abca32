"""What would it take: the report behind the notebook of that name."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from futian_model.drivers import ENTRY
from futian_model.evidence import Evidence, Goal
from futian_model.report.page.blocks import (
    Block,
    Cell,
    Column,
    Cover,
    KeyFigure,
    KeyFigures,
    Prose,
    Section,
    Table,
)
from futian_model.report.sections import report, requirements
from futian_model.report.sections.material import Material
from futian_model.report.sections.missing import no_goals
from futian_model.report.sections.report import OfScenario, Part
from futian_model.report.words.names import lever_name
from futian_model.report.words.numbers import Number
from futian_model.report.words.sentences import Sentence
from futian_model.report.words.styles import prints_zero
from futian_model.results import Row, case, tidy
from futian_model.scenario import Scenario
from futian_model.solver import MET, Mix, Verdict, solve, solve_mix

SOLVER, ALL = "solver", "all_goals"
SHAPES = ("constant", "ramp")
GROWTH, POPULATION = "growth", "population"


@dataclass(frozen=True, eq=False)
class Answers:
    """Every verdict the report prints.

    Attributes
    ----------
    joint : mapping of str to Verdict
        All goals on GDP and GDP per capita by the growth lever, by shape.
    single : mapping of (goal, lever) to Verdict
        Each goal by itself, by each lever that moves it, at the same amplitude every year.
    mix : Mix or None
        The same goals by growth and population together; None where there are none.
    """

    joint: dict[str, Verdict]
    single: dict[tuple[str, str], Verdict]
    mix: Mix | None


@dataclass(frozen=True, eq=False)
class TakesMaterial(Material):
    """Material with the solver's answers in its results."""

    bounds: tuple[float, float]

    @cached_property
    def answers(self) -> Answers:
        """Solved once, at the first section asked for."""
        names = [goal.name for goal in self.on_gdp]
        common: dict[str, Any] = {"evidence": self.evidence, "bounds": self.bounds}
        joint, mix = {}, None
        if names:
            joint = {shape: solve(self.scenario, names, GROWTH, shape=shape, **common) for shape in SHAPES}
            limits = {GROWTH: self.bounds, POPULATION: self.bounds}
            mix = solve_mix(self.scenario, names, limits, evidence=self.evidence)
        single = {
            (goal.name, lever): solve(self.scenario, [goal], lever, **common)
            for goal in self.goals
            for lever in self.levers(goal)
        }
        return Answers(joint, single, mix)

    @property
    def on_gdp(self) -> list[Goal]:
        """Goals that growth moves."""
        return [goal for goal in self.goals if goal.indicator in ("real_gdp", "real_gdp_per_capita")]

    def levers(self, goal: Goal) -> list[str]:
        """Levers that move a goal."""
        driven = self.given_scenario.driven
        inputs = ["investment_share", "tfp_growth"] if driven.engine is not None else []
        firms = [ENTRY] if driven.firms is not None else []
        if goal.indicator == "real_gdp":
            return [GROWTH, *inputs, *firms]
        if goal.indicator == "real_gdp_per_capita":
            return [GROWTH, POPULATION, *inputs, *firms]
        return [goal.indicator, *(firms if driven.firms and driven.firms[0] == goal.indicator else [])]

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        rows = []
        for shape, verdict in self.answers.joint.items():
            rows.append((ALL, self.last, "change", verdict.amplitude, case(lever=GROWTH, shape=shape)))
        for (name, lever), verdict in self.answers.single.items():
            one = verdict.decisive
            rows.append((name, one.goal.year, "change", one.amplitude, case(lever=lever)))
            rows.append((name, one.goal.year, "miss", one.miss, case(lever=lever)))
        if self.answers.mix is not None and self.answers.mix.status == MET:
            for lever, amplitude in self.answers.mix.amplitudes.items():
                rows.append((ALL, self.last, "change", amplitude, mixed_with(lever)))
        told = [
            Row(name, at, statistic, float(value), "fraction", case=under)
            for name, at, statistic, value, under in rows
            if np.isfinite(value)
        ]
        solved = tidy(self.scenario.id, SOLVER, told, self.given_scenario.place)
        return pd.concat([super().results, solved], ignore_index=True)

    def solved(
        self, name: str, at: int, under: str, rule: str = "growth_points", statistic: str = "change"
    ) -> Number | None:
        """A number of the solver; None where the goal is out of reach."""
        if not self.has(name, at, statistic, SOLVER, under):
            return None
        return self.number(name, at, statistic, rule=rule, reading=SOLVER, case=under)


def mixed_with(lever: str) -> str:
    """Case of a lever that moves together with others."""
    return case(lever=lever, moved="together")


def cover(given: TakesMaterial) -> Cover:
    """Title and baseline."""
    return report.cover(given, "takes", "span", "vintage")


def answer(given: TakesMaterial) -> Section:
    """All goals on GDP and GDP per capita at once, by growth, in three shapes."""
    words = given.words
    children: list[Block] = [Prose(given.lang, [joint(given) if given.on_gdp else no_goals(given)])]
    figures = [
        KeyFigure(
            words[f"takes_{shape}"],
            number,
            words.say("takes_more_a_year"),
        )
        for shape in SHAPES
        if (number := given.solved(ALL, given.last, case(lever=GROWTH, shape=shape))) is not None
    ]
    if figures:
        children.append(KeyFigures(given.lang, figures))
    children.append(Prose(given.lang, [*mixed(given), words.say("takes_caution")], note=True))
    return Section(given.lang, words["takes_answer_heading"], children)


def levers(given: TakesMaterial) -> Section:
    """Each goal by itself, by every lever that moves it."""
    words = given.words
    if not given.goals:
        told = Prose(given.lang, [no_goals(given)])
        return Section(given.lang, words["takes_levers_heading"], [told])
    columns = [
        Column(words["column_goal"], head=True),
        Column(words["takes_lever"]),
        Column(words["takes_change"], numeric=True),
        Column(words["takes_short"], numeric=True),
    ]
    rows: list[list[Cell]] = []
    for goal in given.goals:
        for lever in given.levers(goal):
            under = case(lever=lever)
            change = given.solved(goal.name, goal.year, under)
            short = given.solved(goal.name, goal.year, under, "share", "miss")
            rows.append(
                [
                    given.goal_label(goal),
                    lever_name(lever, given.evidence, words),
                    change or words["takes_out"],
                    short if change is None and short is not None else words["not_told"],
                ]
            )
    low, high = (Number(end, "growth_points") for end in given.bounds)
    note = words.say("takes_note", low=low, high=high)
    table = Table(given.lang, words["takes_table"], columns, rows, note, cards=True)
    return Section(given.lang, words["takes_levers_heading"], [table])


def joint(given: TakesMaterial) -> Sentence:
    """What all goals on GDP ask of growth, at the same amount every year."""
    words, verdict = given.words, given.answers.joint["constant"]
    binding = words["enumeration"].join(
        given.goal_label(goal) for goal in given.on_gdp if goal.name in verdict.binding
    )
    amplitude = given.solved(ALL, given.last, case(lever=GROWTH, shape="constant"), "size_growth_points")
    if amplitude is None:
        return words.say("takes_joint_out", goals=binding)
    if amplitude.value == 0:
        return words.say("takes_joint_met")
    return words.say("takes_joint", amplitude=amplitude, binding=binding)


def mixed(given: TakesMaterial) -> list[Sentence]:
    """The least change of growth and population together."""
    growth, people = (
        given.solved(ALL, given.last, mixed_with(lever), "size_growth_points")
        for lever in (GROWTH, POPULATION)
    )
    if growth is None or people is None:
        return []
    if prints_zero(people.text(given.lang)):
        return [given.words.say("takes_mix_growth", growth=growth)]
    return [given.words.say("takes_mix", growth=growth, population=people)]


class TargetReport(OfScenario[TakesMaterial]):
    """What it would take to meet the plan's goals from a scenario, in one language.

    Parameters
    ----------
    scenario : Scenario
        The baseline.
    lang : {"zh", "en"}
    bounds : (float, float)
        Least and greatest change of a lever, log growth a year.
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    """

    kind, asked = TakesMaterial, ("bounds",)

    def __init__(
        self,
        scenario: Scenario,
        lang: str = "zh",
        *,
        bounds: tuple[float, float] = (-0.1, 0.1),
        evidence: Evidence | None = None,
    ) -> None:
        super().__init__(scenario, lang, evidence=evidence)
        self._asked["bounds"] = bounds

    cover = Part(cover)
    answer = Part(answer)
    levers = Part(levers)
    arithmetic = Part(requirements.requirements)

    def inputs(self) -> dict[str, Any]:
        return {"scenario": self.scenario.to_dict(), "bounds": list(self.material.bounds)}
