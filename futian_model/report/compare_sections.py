"""Sections of the comparison: answer, both sides, parts of the difference, shares of paths, assumptions."""

from typing import Any

import pandas as pd

from futian_model.attribution import BATCHES, NOT_SHARES, Blocks, blocks_of
from futian_model.charts import Chart, drawable
from futian_model.charts.lines import LineWords
from futian_model.charts.waterfall import waterfall
from futian_model.report.answer import few_draws
from futian_model.report.axes import axis_unit, on_axis
from futian_model.report.blocks import (
    Block,
    Cell,
    Charts,
    Column,
    KeyFigure,
    KeyFigures,
    Prose,
    Section,
    Table,
)
from futian_model.report.compare_rows import DIFFERENCE, CompareMaterial
from futian_model.report.compare_words import Why, block_name, capital
from futian_model.report.comparison import cut
from futian_model.report.material import GIVEN_SCENARIO, year
from futian_model.report.numbers import BARE, Number, signed
from futian_model.report.sentences import Sentence
from futian_model.report.told import Told
from futian_model.scenario import Scenario

FIELDS = {
    "prices": ("assumptions.deflator",),
    "base": tuple(f"assumptions.{name}" for name in ("gdp_source", "population_source", "base")),
    "vintage": ("assumptions.vintage",),
    "uncertainty": ("assumptions.uncertainty",),
}
"""Where a block stands in a scenario file, if not among the levers by its own name."""


def answer(given: CompareMaterial) -> Section:
    """How far apart the two end and why, in a sentence an indicator, and what that says of likelihood."""
    words = given.words
    if given.same:
        told = [words.say("compare_same", a=given.titles[0], b=given.titles[1])]
        return Section(given.lang, words["compare_answer_heading"], [Prose(given.lang, told)])
    whys = [given.why(name) for name in given.explained]
    if given.why_chance is not None:
        whys.append(given.why_chance)
    children: list[Block] = [Prose(given.lang, [why.sentence()]) for why in whys]
    children.append(KeyFigures(given.lang, [figure(given, why) for why in whys]))
    caution = words.say("compare_caution", draws=Number(given.given_scenario.draws, "count"))
    children.append(Prose(given.lang, [caution, *evidence_alone(given), *few_draws(given)], note=True))
    return Section(given.lang, words["compare_answer_heading"], children)


def figure(given: CompareMaterial, why: Why) -> KeyFigure:
    """A difference, between the figures it lies between."""
    words = given.words
    difference = why.number("difference", why.gap_rule)
    start, end = (why.number(name, why.rule) for name in ("start", "end"))
    goal = why.made.asked.goal
    if goal is not None:
        label = words.say("compare_figure_goal", goal=given.goal_label(goal)).text
        return KeyFigure(label, end, words.say("compare_figure_not_likely", start=start))
    label = words.say("figure_label", name=why.name, year=year(why.made.asked.year)).text
    note = words.say("compare_figure_note", a=given.titles[0], start=start, b=given.titles[1], end=end)
    return KeyFigure(label, difference, note)


def evidence_alone(given: CompareMaterial) -> list[Sentence]:
    """What the evidence alone says of the goal the two differ most about."""
    goal = given.about
    if goal is None:
        return []
    start, end = (given.judged_chance(goal, side) for side in given.sides)
    if start is None or end is None:
        return []
    label = given.goal_label(goal)
    if start.value == end.value:
        return [given.words.say("compare_evidence_same", vintage=given.vintage, goal=label, chance=start)]
    names = {"a": given.titles[0], "b": given.titles[1]}
    return [given.words.say("compare_evidence_apart", goal=label, start=start, end=end, **names)]


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
                *(given.chance(*at, reading=f"{side}_{GIVEN_SCENARIO}") for side in given.sides),
            ]
        )
    paths = [words.say("compare_paths_of", title=title).text for title in given.titles]
    columns = [
        Column(words["column_goal"], head=True),
        *(Column(title, numeric=True) for title in (*given.titles, *paths)),
    ]
    note = words.say("compare_goals_note")
    return Table(given.lang, words["compare_goals_table"], columns, rows, note, cards=True)


def why(given: CompareMaterial) -> Section:
    """The parts of each difference, drawn and listed."""
    words = given.words
    if given.same:
        return Section(given.lang, words["compare_why_heading"], [nothing(given)])
    names = {"a": given.titles[0], "b": given.titles[1]}
    told = [words.say("compare_how", **names), *together(given)]
    drawn = [chart(given, one) for one in map(given.why, given.explained) if not one.alike]
    children: list[Block] = [Prose(given.lang, told)]
    if drawn:
        children.append(Charts(given.lang, [one for one, _ in drawn], [title for _, title in drawn]))
    children.append(parts_table(given))
    if reacting(given):
        children.append(Prose(given.lang, [words.say("compare_reacts")], note=True))
    return Section(given.lang, words["compare_why_heading"], children, new_page=True)


def reacting(given: CompareMaterial) -> bool:
    """Whether growth or population follows from something else that may change."""
    levers = [side.scenario.levers for side in given.sides.values()]
    kinds = {block.block for one in levers for block in (one.growth, one.population)}
    return not kinds.isdisjoint(("target", "implied", "production"))


def nothing(given: CompareMaterial) -> Prose:
    return Prose(given.lang, [given.words.say("compare_same", a=given.titles[0], b=given.titles[1])])


def together(given: CompareMaterial) -> list[Sentence]:
    """Blocks that change sides as one."""
    joint = [named(given, blocks) for blocks in given.mixtures.blocks if len(blocks) > 1]
    told = given.words["enumeration"].join(joint)
    return [given.words.say("compare_together", blocks=told)] if joint else []


def named(given: CompareMaterial, blocks: Blocks) -> str:
    return block_name(blocks, given.evidence, given.words)


def chart(given: CompareMaterial, one: Why) -> tuple[Chart, Sentence]:
    """A waterfall and its title."""
    words = given.words
    title, (start, end) = one.headline(), (one.number(name, one.rule) for name in ("start", "end"))
    bare = f"{one.rule}_bare" if one.rule in BARE else one.rule
    drawn = [cut(drawable(title)) or side for title, side in zip(given.titles, given.sides, strict=True)]
    rows = [(drawn[0], start.value, Number(start.value, bare).text(given.lang))]
    # as they come, not by size: the same block stands in the same place on every chart
    moved = [blocks for blocks, _ in one.parts]
    for blocks in [blocks for blocks in one.made.blocks if blocks in moved]:
        value = one.contribution(blocks)
        told = (
            signed(Number(value.value, bare).text(given.lang)) if bare != one.rule else value.text(given.lang)
        )
        rows.append((capital(one.block(blocks)), value.value, told))
    rows.append((drawn[1], end.value, Number(end.value, bare).text(given.lang)))
    table = pd.DataFrame(rows, columns=["name", "value", "label"])
    percent = one.chance or one.rule == "share"
    subtitle = words["compare_chart_share"]
    if not one.chance:
        subtitle = words.say("compare_chart_subtitle", unit=axis_unit(words, one.rule, given.first)).text
    alt = words.say(
        "compare_chart_alt",
        title=title,
        a=given.titles[0],
        start=start,
        b=given.titles[1],
        end=end,
        items=words.join([one.item(blocks) for blocks, _ in one.parts]),
    )
    made = waterfall(
        on_axis(table, one.rule, given.lang, ["value"]),
        words=LineWords(
            title=title.text,
            subtitle=subtitle,
            source=words["compare_chart_paths" if one.chance else "compare_chart_source"],
            alt=alt.text,
        ),
        percent=percent,
    )
    return made, title


def parts_table(given: CompareMaterial) -> Table:
    """A row a block, a column an indicator, from one side to the other."""
    words, whys = given.words, [given.why(name) for name in given.explained]
    rows: list[list[Cell]] = [[given.titles[0], *(one.number("start", one.rule) for one in whys)]]
    for blocks in given.mixtures.blocks:
        rows.append([capital(named(given, blocks)), *(part(given, one, blocks) for one in whys)])
    rows.append([given.titles[1], *(one.number("end", one.rule) for one in whys)])
    gaps: list[Cell] = [one.number("difference", one.gap_rule) for one in whys]
    rows.append([words["compare_difference"], *gaps])
    columns = [
        Column(words["compare_column_block"], head=True),
        *(Column(one.name, numeric=True) for one in whys),
    ]
    title = words.say("compare_parts_table", year=year(given.last)).text
    note = words.say("compare_parts_note", base_year=year(given.first))
    return Table(given.lang, title, columns, rows, note, cards=True)


def part(given: CompareMaterial, one: Why, blocks: Blocks) -> Cell:
    """What a block adds or takes away, or that it does nothing."""
    return given.words["compare_nothing"] if blocks in one.still else one.contribution(blocks)


def chances(given: CompareMaterial) -> Section:
    """The share of paths that meet a goal, split the same way."""
    words, one = given.words, given.why_chance
    if one is None or given.about is None:
        children: list[Block] = [Prose(given.lang, [words.say("compare_chance_none")])]
        return Section(given.lang, words["compare_chance_heading"], children)
    drawn, title = chart(given, one)
    rows: list[list[Cell]] = [[given.titles[0], one.number("start", one.rule), words["not_told"]]]
    for blocks in given.mixtures.blocks:
        known = blocks not in one.still and one.has_error(blocks)
        error: Cell = one.contribution(blocks, "_se") if known else words["not_told"]
        rows.append([capital(named(given, blocks)), part(given, one, blocks), error])
    rows.append([given.titles[1], one.number("end", one.rule), words["not_told"]])
    heads = ("compare_change", "compare_error")
    columns = [
        Column(words["compare_column_block"], head=True),
        *(Column(words[name], numeric=True) for name in heads),
    ]
    note = words.say(
        "compare_chance_note",
        draws=Number(given.given_scenario.draws, "count"),
        batches=Number(BATCHES, "count"),
    )
    title_of_table = words.say("compare_chance_table", goal=given.goal_label(given.about)).text
    table = Table(given.lang, title_of_table, columns, rows, note, cards=True)
    return Section(given.lang, words["compare_chance_heading"], [Charts(given.lang, [drawn], [title]), table])


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
        rows.append([capital(named(given, (name,))), *told])
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
    told = given.words["enumeration"].join(named(given, (name,)) for name in held)
    return [Prose(given.lang, [given.words.say("compare_shared", blocks=told)])] if held else []


def stated(given: CompareMaterial, scenario: Scenario, name: str) -> str:
    """A block of a scenario in words."""
    words, levers, settings = given.words, scenario.levers, scenario.assumptions
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
    if name == "base":
        return told.base(settings)
    if name == "vintage":
        return words.month(settings.vintage)
    if name == "uncertainty":
        return told.uncertainty(settings.uncertainty)
    return told.block(levers.shares[name], name)


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
