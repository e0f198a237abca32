"""What the goals would require, and what they imply for each other."""

from futian_model.evidence import Goal
from futian_model.report.page import Column, Section, Table, numeric
from futian_model.report.sections.material import Material
from futian_model.report.sections.missing import no_goals
from futian_model.report.words import Sentence, year

ALIKE = 5e-5
"""Growth a year that a page prints as the same: half a hundredth of a point."""


def requirements(page: Material) -> Section:
    """Growth that each goal needs, the population that two goals ask for, and the latest outturn."""
    latest = outturn(page)
    return page.section(
        "required_heading",
        growth_table(page) if page.goals else no_goals(page),
        *populations(page),
        page.section("outturn_heading", latest, level=3) if latest else None,
    )


def growth_table(page: Material) -> Table:
    """Growth a year from the jump-off: required, on the central path, and what is missing."""

    def of(goal: Goal) -> str:
        part = goal.indicator.removesuffix("_share") + "_value_added"
        return page.name(part if goal.indicator in page.shares else "real_gdp")

    return page.table(
        "required_table",
        page.goals,
        [
            Column("column_goal", page.goal_label),
            Column("column_of", of),
            numeric("column_required", lambda goal: page.of_goal(goal, "required_growth", "growth")),
            numeric("column_scenario_growth", lambda goal: page.of_goal(goal, "central_growth", "growth")),
            numeric("column_shortfall", lambda goal: page.of_goal(goal, "growth_shortfall", "growth_points")),
        ],
        page.say("required_note", start=year(page.jump_off + 1)),
    )


def populations(page: Material) -> list[Sentence]:
    """The population at which a GDP goal and a per-capita goal of one year are one goal."""
    sentences = []
    for goal in page.goals:
        same_year = [
            other for other in page.goals if (other.indicator, other.year) == ("real_gdp", goal.year)
        ]
        if goal.indicator != "real_gdp_per_capita" or not same_year:
            continue
        both = [goal, *same_year]
        needed = [page.of_goal(asked, "required_growth", "growth").value for asked in both]
        binding, alike = both[needed.index(max(needed))], max(needed) - min(needed) < ALIKE
        sentences.append(
            page.say(
                "required_population_alike" if alike else "required_population",
                gdp_goal=page.goal_label(same_year[0]),
                goal=page.goal_label(goal),
                people=page.number("average_population", goal.year, "implied_by_goals", reading="arithmetic"),
                change=moves(page, goal),
                year=year(goal.year),
                scenario=page.number("average_population", goal.year),
                binding=page.goal_label(binding),
            )
        )
    return sentences


def moves(page: Material, goal: Goal) -> Sentence:
    """Where the population that a year's goals imply comes from."""
    at = "average_population", goal.year, "growth_implied_by_goals"
    rate = page.number(*at, rule="growth_size", reading="arithmetic")
    first = year(page.first)
    if abs(rate.value) < ALIKE:
        return page.say("population_stays", base_year=first)
    base = page.number("average_population", page.first)
    return page.say("population_moves", rate=rate, base=base, base_year=first)


def outturn(page: Material) -> list[Sentence]:
    """Where GDP stood at last, and what is still required from there."""
    rows = page.results[(page.results["reading"] == "published") & (page.results["statistic"] == "outturn")]
    real, nominal = (rows.loc[rows["indicator"] == name, "year"] for name in ("real_gdp", "nominal_gdp"))
    items = [
        page.say(
            "outturn_item",
            goal=page.goal_label(goal),
            growth=page.of_goal(goal, "still_required_growth", "growth", "published"),
        )
        for goal in page.goals
        if page.has(goal.name, goal.year, "still_required_growth", "published")
    ]
    sentences = []
    for at in real:
        level = page.number("real_gdp", at, "outturn", reading="published")
        sentences.append(page.say("outturn_real", year=year(at), level=level, base_year=year(page.first)))
        if items:
            sentences.append(page.say("outturn_required", items=page.words.join(items)))
    for at in nominal:
        if real.empty or at > real.max():
            level = page.number("nominal_gdp", at, "outturn", reading="published")
            key = "outturn_nominal_only" if real.empty else "outturn_nominal"
            sentences.append(page.say(key, year=year(at), level=level))
    return sentences
