"""Both sides of the comparison: key figures, goals, and what each assumes."""

from math import isfinite
from typing import Any

from futian_model.attribution import NOT_SHARES, blocks_of
from futian_model.evidence import Goal
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.pages.compare.answer import nothing
from futian_model.report.pages.compare.rows import DIFFERENCE, CompareMaterial
from futian_model.report.sections.block_sentences import Told
from futian_model.report.sections.judgments import brief
from futian_model.report.sections.material import GIVEN_SCENARIO
from futian_model.report.sections.missing import base_of
from futian_model.report.words.numbers import year
from futian_model.report.words.sentences import capital
from futian_model.scenario import Scenario

FIELDS = {
    "judgments": ("judgments",),
    "prices": ("assumptions.deflator",),
    "base": tuple(f"assumptions.{name}" for name in ("gdp_source", "population_source", "base")),
    "vintage": ("assumptions.vintage", "assumptions.forecasts"),
    "uncertainty": ("assumptions.uncertainty",),
}
"""Where a block stands in a scenario file, if not among the levers by its own name."""


def side_by_side(given: CompareMaterial) -> Section:
    """Key figures of both, and the plan's goals under each."""
    children: list[Block] = [figures_table(given)]
    if given.common:
        children.append(goals_table(given))
    return Section(given.lang, given.words["compare_sides_heading"], children)


def figures_table(given: CompareMaterial) -> Table:
    """Indicators in the goals' years and the last one."""
    words = given.words
    rows: list[list[Cell]] = []
    for name in given.listed:
        for at in sorted({goal.year for goal in given.goals} | {given.last}):
            label = words.say("figure_label", name=given.name(name), year=year(at)).text
            rows.append(
                [label, *(level(given, side, name, at) for side in given.sides), apart(given, name, at)]
            )
    columns = [
        Column(words["column_indicator"], head=True),
        *(Column(title, numeric=True) for title in (*given.titles, words["compare_difference"])),
    ]
    note = words.say("compare_sides_note", base_year=year(given.first), a=given.titles[0], b=given.titles[1])
    return Table(given.lang, words["compare_sides_table"], columns, rows, note, cards=True)


def level(given: CompareMaterial, side: str, name: str, at: int) -> Cell:
    """A figure of one side, where it is simulated."""
    simulated = name in given.sides[side].given_scenario.indicators
    return given.of(side, name, at) if simulated else given.words["not_told"]


def apart(given: CompareMaterial, name: str, at: int) -> Cell:
    """How far apart the sides are: points of a share, per cent of a level."""
    statistic, rule = ("difference", "points") if given.rule(name) == "share" else ("relative", "change")
    if not given.has(name, at, statistic, DIFFERENCE):
        return given.words["not_told"]
    return given.number(name, at, statistic, rule=rule, reading=DIFFERENCE)


def goals_table(given: CompareMaterial) -> Table:
    """Goal by goal: target, both paths, and the share of paths that meet it."""
    words = given.words
    rows: list[list[Cell]] = []
    for goal in given.common:
        rule = given.rule(goal.indicator)
        at = (goal.name, goal.year)
        rows.append(
            [
                given.goal_label(goal),
                *(given.of(side, *at, rule=rule) for side in given.sides),
                *(share_of_paths(given, goal, side) for side in given.sides),
            ]
        )
    paths = [words.say("compare_paths_of", title=title).text for title in given.titles]
    columns = [
        Column(words["column_goal"], head=True),
        *(Column(title, numeric=True) for title in (*given.titles, *paths)),
    ]
    note = words.say("compare_goals_note")
    return Table(given.lang, words["compare_goals_table"], columns, rows, note, cards=True)


def share_of_paths(given: CompareMaterial, goal: Goal, side: str) -> Cell:
    """Share of a side's paths that meet a goal; a word where they cannot judge it."""
    share = given.chance(goal.name, goal.year, reading=f"{side}_{GIVEN_SCENARIO}")
    return share if isfinite(share.value) else given.words["no_evidence"]


def assumed(given: CompareMaterial) -> Section:
    """Every block that differs, as each side states it, and the blocks that do not."""
    words = given.words
    if given.same:
        return Section(given.lang, words["compare_assumed_heading"], [nothing(given)])
    rows: list[list[Cell]] = []
    for name in given.mixtures.names:
        told = [stated(given, side.scenario, name) for side in given.sides.values()]
        if told[0] == told[1]:  # what differs is too fine for the sentence: field by field
            told = fields(given, name)
        rows.append([capital(given.block((name,))), *told])
    columns = [Column(words["compare_column_block"], head=True), *map(Column, given.titles)]
    children: list[Block] = [
        Table(given.lang, words["compare_assumed_table"], columns, rows, cards=True),
        *shared(given),
    ]
    return Section(given.lang, words["compare_assumed_heading"], children)


def shared(given: CompareMaterial) -> list[Block]:
    """Blocks that both have and that do not differ."""
    held = [
        name
        for name, block in blocks_of(given.scenario).items()
        if block and name not in given.mixtures.names
    ]
    told = given.words["enumeration"].join(given.block((name,)) for name in held)
    return [Prose(given.lang, [given.words.say("compare_shared", blocks=told)])] if held else []


def stated(given: CompareMaterial, scenario: Scenario, name: str) -> str:
    """A block of a scenario in words."""
    words, settings = given.words, scenario.assumptions
    told = Told(given.evidence, words)
    block: Any = blocks_of(scenario).get(name)
    if not block:
        return words["compare_nothing" if name in NOT_SHARES else "compare_none_of_it"]
    if name in ("growth", "population", "prices"):
        return told.block(block)
    if name == "firms":
        return told.firms(block)
    if name == "events":
        return words["enumeration"].join(
            words.say("compare_field", field=event.title[given.lang], value=told.event(event)).text
            for event in block.values()
        )
    if name == "judgments":
        return words["enumeration"].join(brief(one, given.evidence, words) for one in block.values())
    if name == "base":
        return told.base(settings, base_of(scenario, given.evidence))
    if name == "vintage":
        return told.seen(settings)
    if name == "uncertainty":
        return told.uncertainty(settings.uncertainty)
    return told.block(block, name)


def fields(given: CompareMaterial, name: str) -> list[str]:
    """Fields of a block that differ, by the name they have in a scenario file."""
    words, starts = given.words, FIELDS.get(name, (f"levers.{name}",))
    if name not in NOT_SHARES:
        starts = (f"levers.shares.{name}",)
    own, other = (side.scenario.values() for side in given.sides.values())
    differ = [
        key
        for key in dict.fromkeys([*own, *other])
        if own.get(key) != other.get(key) and any(f"{key}.".startswith(f"{start}.") for start in starts)
    ]
    return [
        words["enumeration"].join(
            words.say(
                "compare_field", field=key.rpartition(".")[2], value=str(side.get(key, words["not_told"]))
            ).text
            for key in differ
        )
        for side in (own, other)
    ]
