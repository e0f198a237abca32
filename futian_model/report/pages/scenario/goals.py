"""The plan's goals: met or not, by how much, how likely."""

import math

from futian_model.evidence import Goal
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material
from futian_model.report.sections.missing import no_goals
from futian_model.report.words.numbers import GAP_OF, Number, year
from futian_model.report.words.sentences import Sentence

GAP_OF_SIZE = {"gdp": "gdp", "per_capita": "per_capita", "share": "size_points"}
"""How a distance without a sign is written."""


def scorecard(given: Material) -> Section:
    """A row a goal, and the chance of all of them together."""
    words = given.words
    if not given.goals:
        return Section(given.lang, words["goals_heading"], [Prose(given.lang, [no_goals(given)])])
    columns = [
        Column(words["column_goal"], head=True),
        *(Column(words[name], numeric=True) for name in ("column_target", "column_scenario", "column_gap")),
        Column(words["column_met"], short=True),
        Column(words["column_chance"], numeric=True),
        Column(words["column_share_of_draws"], numeric=True),
    ]
    rows = [row(given, goal) for goal in given.goals]
    note = words.say("goals_note", vintage=given.vintage)
    children: list[Block] = [Table(given.lang, words["goals_table"], columns, rows, note, cards=True)]
    if len(given.goals) > 1:
        children.insert(0, Prose(given.lang, joint(given)))
    children.append(Prose(given.lang, [words.say("goals_bases")]))
    children += recounted(given)
    if given.judged:
        children.append(Section(given.lang, words["odds_heading"], [odds(given)], level=3))
    return Section(given.lang, words["goals_heading"], children)


def recounted(given: Material) -> list[Block]:
    """A caution where per-capita levels of the plan meet a population that is not the plan's."""
    levels = [
        given.goal_label(goal)
        for goal in given.goals
        if goal.indicator == "real_gdp_per_capita" and math.isnan(goal.multiple)
    ]
    if not levels or "gdp_per_capita" in given.given_scenario.base.figures:
        return []
    told = given.words.say(
        "population_recounted",
        base=given.number("average_population", given.first),
        base_year=year(given.first),
        goals=given.words["enumeration"].join(levels),
    )
    return [Prose(given.lang, [told], note=True)]


def row(given: Material, goal: Goal) -> list[Cell]:
    """One goal on the central path, and its probability under both readings."""
    words, rule = given.words, given.rule(goal.indicator)

    def number(statistic: str, rule: str) -> Cell:
        return given.number(goal.name, goal.year, statistic, rule=rule)

    def share_of_draws(reading: str) -> Cell:
        # without evidence there are no shocks either, so draws around the scenario would say nothing
        if goal.indicator not in given.alone.indicators:
            return words["no_evidence"]
        return given.chance(goal.name, goal.year, reading=reading)

    met = given.number(goal.name, goal.year, "met", rule="count").value
    return [
        words.say("goal_cell", goal=given.goal_label(goal), attribute=words[goal.attribute]).text,
        number("target", rule),
        number("central", rule),
        number("gap", GAP_OF[rule]),
        words["met" if met else "missed"],
        share_of_draws(GIVEN_EVIDENCE),
        share_of_draws(GIVEN_SCENARIO),
    ]


def odds(given: Material) -> Table:
    """What else the draws of the evidence say of each goal: how exact, when first, how far off."""
    words = given.words
    columns = [
        Column(words["column_goal"], head=True),
        *(
            Column(words[name], numeric=True)
            for name in ("column_chance", "column_chance_error", "column_reached", "column_missed_by")
        ),
    ]

    def number(goal: Goal, statistic: str, rule: str) -> Cell:
        value = given.number(goal.name, goal.year, statistic, rule=rule, reading=GIVEN_EVIDENCE)
        return value if math.isfinite(value.value) else words["not_told"]

    rows: list[list[Cell]] = []
    for goal in given.judged:
        first = given.number(goal.name, goal.year, "median_first_year", rule="year", reading=GIVEN_EVIDENCE)
        late = words.say("reached_later", year=year(given.last)).text
        rows.append(
            [
                given.goal_label(goal),
                given.chance(goal.name, goal.year, reading=GIVEN_EVIDENCE),
                number(goal, "probability_error", "size_points"),
                first if math.isfinite(first.value) else late,
                number(goal, "shortfall", GAP_OF_SIZE[given.rule(goal.indicator)]),
            ]
        )
    note = words.say("odds_note", draws=Number(given.given_scenario.draws, "count"))
    return Table(given.lang, words["odds_table"], columns, rows, note, cards=True)


def joint(given: Material) -> list[Sentence]:
    """All goals together, as the evidence alone sees them."""
    words = given.words
    told = given.judged
    if len(told) < 2:
        return []
    last = max(goal.year for goal in told)
    sentences = [
        words.say(
            "goals_joint",
            count=given.number("all_goals", last, "count", rule="count", reading=GIVEN_EVIDENCE),
            chance=given.chance("all_goals", last, "joint_probability", reading=GIVEN_EVIDENCE),
        )
    ]
    left_out = [given.name(goal.name) for goal in given.goals if goal not in told]
    if left_out:
        sentences.append(words.say("goals_untold", names=words["enumeration"].join(left_out)))
    return sentences
