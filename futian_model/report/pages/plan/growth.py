"""Sections on what the goals themselves say: growth, and part and rest behind the shares."""

from futian_model import arithmetic
from futian_model.arithmetic import PEOPLE, Part
from futian_model.evidence import Goal
from futian_model.report.page import Cell, Column, Said, Section, Table, numeric
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.sections.missing import no_goals
from futian_model.report.words import Sentence, year


def goals(page: PlanMaterial) -> Section:
    """Levels and growth of every goal on GDP and GDP per head, and the pace between them."""
    if not page.implied.asked:
        return page.section("arithmetic_goals_heading", no_goals(page))
    return page.section("arithmetic_goals_heading", goal_table(page), [*paces(page), *turn(page)])


def goal_table(page: PlanMaterial) -> Table:
    """A row a goal."""

    def after(goal: Goal) -> Cell:
        held = page.held(goal.name, goal.year, "growth_after")
        return page.plan_goal(goal, "growth_after") if held else page.words["not_told"]

    goals = [required.goal for required in page.implied.asked]
    sources = dict.fromkeys(page.source_title(source) for source, _ in page.implied.stated)
    return page.table(
        "arithmetic_goals_table",
        goals,
        [
            Column("column_goal", page.goal_label),
            numeric(
                "column_base_value",
                lambda goal: page.plan_goal(goal, "base", page.amounts(goal.indicator).rule),
            ),
            numeric(
                "column_target",
                lambda goal: page.plan_goal(goal, "target", page.amounts(goal.indicator).rule),
            ),
            numeric("arithmetic_growth", lambda goal: page.plan_goal(goal, "growth")),
            numeric("arithmetic_after", after),
        ],
        page.say("arithmetic_goals_note", base_year=year(goals[0].base_year), source=page.listed(sources)),
    )


def paces(page: PlanMaterial) -> list[Sentence]:
    """The pace to each goal and from it to the next one."""
    return [
        page.say(
            "arithmetic_pace",
            earlier=page.goal_label(stage.earlier.goal),
            later=page.goal_label(stage.later.goal),
            before=page.plan_goal(stage.earlier.goal, "growth"),
            after=page.plan_goal(stage.later.goal, "growth_after"),
        )
        for stage in page.implied.stages
    ]


def turn(page: PlanMaterial) -> list[Sentence]:
    """Where GDP may slow while GDP per head must speed up: what population would have to do."""
    if len(page.implied.pairs) < 2:
        return []
    before, pair = page.implied.pairs[-2:]
    after = {stage.later.goal.name: stage.growth for stage in page.implied.stages}
    slower = after[pair.gdp.goal.name] < before.gdp.growth
    if not slower or after[pair.per_head.goal.name] <= before.per_head.growth:
        return []
    return [
        page.say(
            "arithmetic_turn",
            rate=page.of_plan(PEOPLE, before.year, "growth"),
            after=page.of_plan(PEOPLE, pair.year, "growth_after"),
        )
    ]


def shares(page: PlanMaterial) -> Section:
    """Growth of part and rest behind each share goal, and the cuts that must not be added up."""
    plan, heading = page.implied, "arithmetic_shares_heading"
    if not plan.asked:
        return page.section(heading, no_goals(page))
    cuts = None
    if plan.cuts:
        cuts = page.section("arithmetic_cuts_heading", cuts_told(page), cut_table(page), level=3)
    table = part_table(page) if plan.parts else None
    return page.section(heading, table, [part_told(page, part) for part in plan.parts], cuts)


def part_table(page: PlanMaterial) -> Table:
    """Value added of each part and its rest, from the base year to the goal's."""
    return page.table(
        "arithmetic_parts_table",
        [(name, part.goal.year) for part in page.implied.parts for name in names(part)],
        [
            Column("arithmetic_part", lambda row: page.name(row[0])),
            numeric("column_base_value", lambda row: page.of_plan(row[0], row[1], "start", "gdp")),
            numeric("arithmetic_goal_year", lambda row: page.of_plan(row[0], row[1], "end", "gdp")),
            numeric("arithmetic_growth", lambda row: page.of_plan(row[0], row[1], "growth")),
            numeric(
                "arithmetic_of_increase", lambda row: page.of_plan(row[0], row[1], "of_increase", "share")
            ),
        ],
        "arithmetic_parts_note",
    )


def names(part: Part) -> tuple[str, str]:
    """Indicators of the part's value added and of the rest's."""
    name = part.goal.indicator.removesuffix("_share")
    return f"{name}_value_added", f"rest_of_{name}_value_added"


def part_told(page: PlanMaterial, part: Part) -> Sentence:
    """A share goal and the GDP goal of its year, both met exactly."""
    at, (own, rest) = part.goal.year, names(part)
    return page.say(
        "arithmetic_part_told",
        goal=page.goal_label(part.goal),
        part=page.inline(own),
        growth=page.of_plan(own, at, "growth"),
        rest=page.of_plan(rest, at, "growth"),
        increase=page.of_plan(own, at, "of_increase", "share"),
    )


def cuts_told(page: PlanMaterial) -> list[Said]:
    """That overlapping cuts are never added up, and how much two of them must share."""
    most = arithmetic.least_in_both(page.implied.cuts)
    if most is None:
        return ["arithmetic_cuts"]
    cut, other = (cut.figure.indicator for cut in most[:2])
    least = page.of_plan(cut, most[0].figure.year, "least_in_both", "share")
    names = {"one": page.inline(cut), "other": page.inline(other)}
    return ["arithmetic_cuts", page.say("arithmetic_least_in_both", least=least, **names)]


def cut_table(page: PlanMaterial) -> Table:
    """Each published share of GDP and the others it overlaps with."""
    return page.table(
        "arithmetic_cuts_table",
        [(cut.figure.indicator, cut.figure.year, cut.overlaps) for cut in page.implied.cuts],
        [
            Column("column_figure", lambda row: page.dated(*row[:2]).text),
            numeric("arithmetic_cut_share", lambda row: page.of_plan(row[0], row[1], "published", "share")),
            Column("arithmetic_cut_overlaps", lambda row: page.listed(map(page.name, row[2]))),
        ],
        "arithmetic_cuts_note",
    )
