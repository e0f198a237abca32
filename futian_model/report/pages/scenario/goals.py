"""The plan's goals: met or not, by how much, how likely."""

import math

from futian_model.evidence import Goal
from futian_model.report.page import Cell, Column, Fill, Prose, Section, Table, numeric, short
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material
from futian_model.report.sections.missing import no_goals
from futian_model.report.words import GAP_OF, Number, Sentence, year
from futian_model.results import case

GAP_OF_SIZE = {"gdp": "gdp", "per_capita": "per_capita", "share": "size_points"}
"""How a distance without a sign is written."""


def scorecard(page: Material) -> Section:
    """A row a goal, and the chance of all of them together."""
    if not page.goals:
        return page.section("goals_heading", no_goals(page))
    return page.section(
        "goals_heading",
        page.prose(*joint(page)) if len(page.goals) > 1 else None,
        goal_table(page),
        at_current_prices(page) or None,
        recounted(page),
        page.section("odds_heading", odds(page), level=3) if page.judged else None,
    )


def at_current_prices(page: Material) -> list[Sentence]:
    """Chances of goals whose price basis the plan does not state, read on current prices."""
    under = case(prices="nominal")
    items = [
        page.chance_item(goal, under)
        for goal in page.judged
        if page.has(goal.name, goal.year, "probability", GIVEN_EVIDENCE, under)
    ]
    return [page.say("goals_nominal", items=page.words.join(items))] if items else []


def goal_table(page: Material) -> Table:
    """Every goal on the central path, and its probability under both readings."""

    def label(goal: Goal) -> str:
        attribute = page.words[goal.attribute]
        return page.say("goal_cell", goal=page.goal_label(goal), attribute=attribute).text

    def share_of_draws(reading: str) -> Fill:
        # without evidence there are no shocks either, so draws around the scenario would say nothing
        return lambda goal: (
            page.chance(goal.name, goal.year, reading=reading)
            if goal.indicator in page.alone.indicators
            else page.words["no_evidence"]
        )

    return page.table(
        "goals_table",
        page.goals,
        [
            Column("column_goal", label),
            numeric("column_target", lambda goal: page.of_goal(goal, "target")),
            numeric("column_scenario", lambda goal: page.of_goal(goal, "central")),
            numeric("column_gap", lambda goal: page.of_goal(goal, "gap", GAP_OF[page.rule(goal.indicator)])),
            short(
                "column_met",
                lambda goal: page.words["met" if page.of_goal(goal, "met", "count").value else "missed"],
            ),
            numeric("column_chance", share_of_draws(GIVEN_EVIDENCE)),
            numeric("column_share_of_draws", share_of_draws(GIVEN_SCENARIO)),
        ],
        page.say("goals_note", vintage=page.vintage),
    )


def recounted(page: Material) -> Prose | None:
    """A caution where per-capita levels of the plan meet a population that is not the plan's."""
    levels = [
        page.goal_label(goal)
        for goal in page.goals
        if goal.indicator == "real_gdp_per_capita" and math.isnan(goal.multiple)
    ]
    if not levels or "gdp_per_capita" in page.given_scenario.base.figures:
        return None
    base = page.number("average_population", page.first)
    goals = page.listed(levels)
    return page.note(page.say("population_recounted", base=base, base_year=year(page.first), goals=goals))


def odds(page: Material) -> Table:
    """What else the draws of the evidence say of each goal: how exact, when first, how far off."""

    def first_year(goal: Goal) -> Cell:
        first = page.of_goal(goal, "median_first_year", "year", GIVEN_EVIDENCE)
        return first if math.isfinite(first.value) else page.say("reached_later", year=year(page.last)).text

    def figure(goal: Goal, statistic: str, rule: str) -> Cell:
        number = page.of_goal(goal, statistic, rule, GIVEN_EVIDENCE)
        return number if math.isfinite(number.value) else None

    return page.table(
        "odds_table",
        page.judged,
        [
            Column("column_goal", page.goal_label),
            numeric("column_chance", lambda goal: page.chance(goal.name, goal.year, reading=GIVEN_EVIDENCE)),
            numeric("column_chance_error", lambda goal: figure(goal, "probability_error", "size_points")),
            numeric("column_reached", first_year),
            numeric(
                "column_missed_by",
                lambda goal: figure(goal, "shortfall", GAP_OF_SIZE[page.rule(goal.indicator)]),
            ),
        ],
        page.say("odds_note", draws=Number(page.given_scenario.draws, "count")),
    )


def joint(page: Material) -> list[Sentence]:
    """All goals together, as the evidence alone sees them."""
    judged = page.judged
    if len(judged) < 2:
        return []
    last = max(goal.year for goal in judged)
    count = page.number("all_goals", last, "count", rule="count", reading=GIVEN_EVIDENCE)
    chance = page.chance("all_goals", last, "joint_probability", reading=GIVEN_EVIDENCE)
    sentences = [page.say("goals_joint", count=count, chance=chance)]
    left_out = [page.name(goal.name) for goal in page.goals if goal not in judged]
    if left_out:
        sentences.append(page.say("goals_untold", names=page.listed(left_out)))
    return sentences
