"""The plan's goals in every scenario: the level on its path, and how many of its paths meet it."""

from math import isfinite

from futian_model.evidence import Goal
from futian_model.report.page import Cell, Column, Fill, Section, Table, numeric
from futian_model.report.pages.compare.rows import CompareMaterial
from futian_model.report.sections.missing import no_goals
from futian_model.report.words import Sentence

TARGET = ""
"""The row of what the goals ask."""


def goals(page: CompareMaterial) -> Section:
    """Levels and shares of paths, and what the evidence says where it says different things."""
    if not page.common:
        return page.section("compare_goals_heading", no_goals(page))
    return page.section("compare_goals_heading", levels(page), shares(page), odds(page))


def levels(page: CompareMaterial) -> Table:
    """The target of each goal, and where each scenario's path is in its year."""
    baseline = next(iter(page.sides))

    def level(goal: Goal) -> Fill:
        rule = page.rule(goal.indicator)
        return lambda key: page.of(
            key or baseline, goal.name, goal.year, "central" if key else "target", rule=rule
        )

    return page.table(
        "compare_goals_table",
        [TARGET, *page.sides],
        [
            Column("compare_scenario", lambda key: page.named[key] if key else page.words["column_target"]),
            *(numeric(Sentence(page.goal_label(goal)), level(goal)) for goal in page.common),
        ],
        "compare_goals_levels_note",
    )


def shares(page: CompareMaterial) -> Table:
    """Of each scenario's paths, how many meet each goal if its assumptions hold."""

    def share(goal: Goal) -> Fill:
        return lambda key: met_share(page, goal, key)

    return page.table(
        "compare_shares_table",
        page.sides,
        [
            Column("compare_scenario", lambda key: page.named[key]),
            *(numeric(Sentence(page.goal_label(goal)), share(goal)) for goal in page.common),
        ],
        "compare_goals_note",
    )


def met_share(page: CompareMaterial, goal: Goal, key: str) -> Cell:
    """Share of a scenario's paths that meet a goal; a word where they cannot judge it."""
    share = page.share_of_paths(goal, key)
    return share if isfinite(share.value) else page.words["no_evidence"]


def odds(page: CompareMaterial) -> Table | None:
    """What the evidence alone says beside each scenario, where other data or another base stand beside it."""
    held = {goal.name: [page.judged_chance(goal, key) for key in page.sides] for goal in page.common}
    apart = [
        goal
        for goal in page.common
        if len({None if number is None else number.value for number in held[goal.name]}) > 1
    ]
    if not apart:
        return None

    def chance(goal: Goal) -> Fill:
        return lambda key: page.judged_chance(goal, key)

    return page.table(
        "compare_odds_table",
        page.sides,
        [
            Column("compare_scenario", lambda key: page.named[key]),
            numeric(
                "fact_vintage", lambda key: page.words.month(page.sides[key].scenario.assumptions.vintage)
            ),
            *(numeric(Sentence(page.goal_label(goal)), chance(goal)) for goal in apart),
        ],
        "compare_odds_note",
    )
