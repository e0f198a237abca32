"""What the plan's goals imply together, and which population makes them one."""

from futian_model.arithmetic import CENSUS, PEOPLE, Pair
from futian_model.report.page import Section
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.sections.missing import no_goals
from futian_model.report.sections.requirements import ALIKE
from futian_model.report.words import Sentence, year


def consistency(page: PlanMaterial) -> Section:
    """What the goals imply together, and which of the last two binds."""
    if not page.implied.pairs:
        return page.section("arithmetic_heading", no_goals(page))
    first, last = page.implied.pairs[0], page.implied.pairs[-1]
    return page.section(
        "arithmetic_heading",
        page.say("arithmetic_scenario", scenario=page.title),
        implied(page, first),
        doubling(page, last),
        onward(page),
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
    gap = page.of_plan(CENSUS, at, "relative_gap", "share")
    base = page.people(at)
    return [
        page.say(
            "arithmetic_census", base_year=year(at), base=base, census=counted, distance=distance, gap=gap
        )
    ]
