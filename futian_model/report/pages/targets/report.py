"""What may be promised, and what would it take: the report behind the notebook on targets."""

from typing import Any

from futian_model.evidence import Evidence, Goal
from futian_model.report.page import Cell, Column, Section, numeric
from futian_model.report.pages.targets.need import cover, need
from futian_model.report.pages.targets.rows import TakesMaterial
from futian_model.report.sections import requirements
from futian_model.report.sections.missing import no_goals
from futian_model.report.sections.report import OfScenario, Part
from futian_model.report.words import Number, Sentence, prints_zero
from futian_model.report.words.names import lever_name
from futian_model.results import case
from futian_model.scenario import Scenario, Source
from futian_model.solver.takes import ALL, GROWTH, POPULATION, SHAPES, on_gdp, together
from futian_model.solver.takes import levers as levers_of


def answer(page: TakesMaterial) -> Section:
    """All goals on GDP and GDP per capita at once, by growth, in three shapes."""
    figures = [
        page.figure(f"takes_{shape}", number, "takes_more_a_year")
        for shape in SHAPES
        if (number := page.solved(ALL, page.last, case(lever=GROWTH, shape=shape))) is not None
    ]
    return page.section(
        "takes_answer_heading",
        joint(page) if on_gdp(page.goals) else no_goals(page),
        page.key_figures(*figures),
        page.note(*mixed(page), "takes_caution"),
        new_page=True,
    )


def levers(page: TakesMaterial) -> Section:
    """Each goal by itself, by every lever that moves it."""
    if not page.goals:
        return page.section("takes_levers_heading", no_goals(page))

    def change(goal: Goal, lever: str) -> Number | None:
        return page.solved(goal.name, goal.year, case(lever=lever))

    def short(goal: Goal, lever: str) -> Cell:
        miss = page.solved(goal.name, goal.year, case(lever=lever), "share", "miss")
        return miss if change(goal, lever) is None else None

    low, high = (Number(end, "growth_points") for end in page.bounds)
    table = page.table(
        "takes_table",
        [(goal, lever) for goal in page.goals for lever in levers_of(goal, page.given_scenario.driven)],
        [
            Column("column_goal", lambda row: page.goal_label(row[0])),
            Column("takes_lever", lambda row: lever_name(row[1], page.evidence, page.words)),
            numeric("takes_change", lambda row: change(*row) or page.words["takes_out"]),
            numeric("takes_short", lambda row: short(*row)),
        ],
        page.say("takes_note", low=low, high=high),
    )
    return page.section("takes_levers_heading", table)


def joint(page: TakesMaterial) -> Sentence:
    """What all goals on GDP ask of growth, at the same amount every year."""
    verdict = page.takes.joint["constant"]
    binding = page.listed(
        page.goal_label(goal) for goal in on_gdp(page.goals) if goal.name in verdict.binding
    )
    amplitude = page.solved(ALL, page.last, case(lever=GROWTH, shape="constant"), "size_growth_points")
    if amplitude is None:
        return page.say("takes_joint_out", goals=binding)
    if amplitude.value == 0:
        return page.say("takes_joint_met")
    return page.say("takes_joint", amplitude=amplitude, binding=binding)


def mixed(page: TakesMaterial) -> list[Sentence]:
    """The least change of growth and population together."""
    growth, people = (
        page.solved(ALL, page.last, together(lever), "size_growth_points") for lever in (GROWTH, POPULATION)
    )
    if growth is None or people is None:
        return []
    if prints_zero(people.text(page.lang)):
        return [page.say("takes_mix_growth", growth=growth)]
    return [page.say("takes_mix", growth=growth, population=people)]


class TargetReport(OfScenario[TakesMaterial]):
    """Need and possibility, and what it would take to meet the plan's goals from a scenario, in one language.

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
        scenario: Scenario | Source,
        lang: str = "zh",
        *,
        bounds: tuple[float, float] = (-0.1, 0.1),
        evidence: Evidence | None = None,
    ) -> None:
        super().__init__(scenario, lang, evidence=evidence)
        self._asked["bounds"] = bounds

    cover = Part(cover)
    need = Part(need)
    answer = Part(answer)
    levers = Part(levers)
    arithmetic = Part(requirements.requirements)

    def inputs(self) -> dict[str, Any]:
        return {"scenario": self.scenario.to_dict(), "bounds": list(self.material.bounds)}
