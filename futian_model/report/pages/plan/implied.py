"""What the plan's goals imply together, and which population makes them one."""

from futian_model.arithmetic import CENSUS, PEOPLE, PLAN, Pair
from futian_model.report.page import Column, Fill, Section, Table, numeric
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.sections.missing import no_goals
from futian_model.report.sections.requirements import ALIKE
from futian_model.report.words import Sentence, year


def consistency(page: PlanMaterial) -> Section:
    """What the goals imply together, which of the last two binds, and the growth that each requires."""
    if not page.implied.asked:
        return page.section("arithmetic_heading", no_goals(page))
    pairs = page.implied.pairs
    sentences = [implied(page, pairs[0]), doubling(page, pairs[-1])] if pairs else []
    return page.section(
        "arithmetic_heading",
        *sentences,
        [*onward(page), *turn(page)],
        goal_table(page),
        page.note("arithmetic_caution"),
        new_page=True,
    )


def implied(page: PlanMaterial, pair: Pair) -> Sentence:
    """Growth that two goals of one year take, and the population at which both are met exactly."""
    return page.say(
        "arithmetic_implied",
        gdp_goal=page.goal_label(pair.gdp.goal),
        gdp_growth=page.plan_goal(pair.gdp.goal, "growth"),
        goal=page.goal_label(pair.per_head.goal),
        growth=page.plan_goal(pair.per_head.goal, "growth"),
        base_year=year(pair.base_year),
        base=page.people(pair.base_year),
        people=page.people(pair.year),
        rate=page.of_plan(PEOPLE, pair.year, "growth", "growth_size"),
    )


def doubling(page: PlanMaterial, pair: Pair) -> Sentence:
    """The population growth at which two goals are one, and what the scenario's population makes of it."""
    flat = abs(pair.switch_growth) < ALIKE
    return page.say(
        "arithmetic_switch_flat" if flat else "arithmetic_switch",
        gdp_goal=page.goal_label(pair.gdp.goal),
        goal=page.goal_label(pair.per_head.goal),
        base_year=year(pair.base_year),
        switch=page.of_plan(PEOPLE, pair.year, "growth", "growth_size"),
        own=on_own_path(page, pair),
    )


def on_own_path(page: PlanMaterial, pair: Pair) -> Sentence:
    """Growth of GDP that both goals take with the scenario's population; empty where it ends earlier."""
    own = page.implied.own(pair)
    if own is None:
        return Sentence("")
    return page.say(
        "arithmetic_own",
        scenario=page.title,
        year=year(pair.year),
        people=page.of_path(pair, own, "end", "people"),
        needed=page.of_path(pair, own, "needed"),
        growth=page.plan_goal(pair.gdp.goal, "growth"),
    )


def onward(page: PlanMaterial) -> list[Sentence]:
    """What is still needed between the first goals and the last, each met exactly."""
    if len(page.implied.pairs) < 2:
        return []
    before, pair = page.implied.pairs[-2:]
    falls = pair.target_population < before.target_population
    return [
        page.say(
            "arithmetic_onward_falls" if falls else "arithmetic_onward",
            year=year(before.year),
            last=year(pair.year),
            gdp_after=page.plan_goal(pair.gdp.goal, "growth_after"),
            after=page.plan_goal(pair.per_head.goal, "growth_after"),
            start=page.people(before.year),
            people=page.people(pair.year),
        )
    ]


def census(page: PlanMaterial, pair: Pair) -> list[Sentence]:
    """The census count beside the population behind the base levels."""
    at = pair.base_year
    if not page.held(CENSUS, at, "counted"):
        return []
    counted, distance = (page.of_plan(CENSUS, at, name, "people") for name in ("counted", "distance"))
    gap, fields = page.of_plan(CENSUS, at, "relative_gap", "share"), {"census": counted, "distance": distance}
    return [page.say("arithmetic_census", base_year=year(at), base=page.people(at), gap=gap, **fields)]


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


def goal_table(page: PlanMaterial) -> Table:
    """A row a goal."""

    def level(statistic: str) -> Fill:
        return lambda goal: page.plan_goal(goal, statistic, page.amounts(goal.indicator).rule)

    goals = [required.goal for required in page.implied.asked]
    sources = dict.fromkeys(page.source_title(source) for source, _ in page.implied.stated)
    return page.table(
        "arithmetic_goals_table",
        goals,
        [
            Column("column_goal", page.goal_label),
            numeric("column_base_value", level("base")),
            numeric("column_target", level("target")),
            numeric("arithmetic_growth", lambda goal: page.plan_goal(goal, "growth")),
            numeric(
                "arithmetic_after",
                lambda goal: page.ledger.find("growth", PLAN, goal.name, goal.year, "growth_after"),
            ),
        ],
        page.say("arithmetic_goals_note", base_year=year(goals[0].base_year), source=page.listed(sources)),
    )
