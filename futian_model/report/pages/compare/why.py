"""What the difference comes from: its parts, drawn and listed."""

import pandas as pd

from futian_model.attribution import BATCHES, Blocks
from futian_model.charts import drawable
from futian_model.charts.lines import LineWords
from futian_model.charts.waterfall import waterfall
from futian_model.report.page.blocks import Block, Cell, Charts, Column, Drawn, Prose, Section, Table
from futian_model.report.pages.compare.answer import nothing
from futian_model.report.pages.compare.rows import CompareMaterial
from futian_model.report.pages.index.comparison import cut
from futian_model.report.sections.attribution import Why, capital, closed
from futian_model.report.sections.explained import Explained
from futian_model.report.words.axes import axis_unit, on_axis
from futian_model.report.words.numbers import BARE, Number, signed, year
from futian_model.report.words.sentences import Sentence


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
        children.append(Charts(given.lang, drawn))
    children.append(parts_table(given))
    if len(given.mixtures.blocks) > 1 and reacting(given):
        children.append(Prose(given.lang, [words.say("compare_reacts")], note=True))
    return Section(given.lang, words["compare_why_heading"], children, new_page=True)


def together(given: Explained) -> list[Sentence]:
    """Blocks that change sides as one."""
    joint = [given.block(blocks) for blocks in given.mixtures.blocks if len(blocks) > 1]
    told = given.words["enumeration"].join(joint)
    return [given.words.say("compare_together", blocks=told)] if joint else []


def reacting(given: Explained) -> bool:
    """Whether growth or population follows from something else that may change."""
    levers = [scenario.levers for scenario in given.pair]
    kinds = {block.block for one in levers for block in (one.growth, one.population)}
    return not kinds.isdisjoint(("target", "implied", "production"))


def chart(given: Explained, one: Why) -> Drawn:
    """A waterfall."""
    words, title = given.words, one.headline()
    if one.chance:
        subtitle, source = words["compare_chart_share"], words["compare_chart_paths"]
    else:
        unit = axis_unit(words, one.rule, given.first)
        subtitle = words.say("compare_chart_subtitle", unit=unit).text
        source = words["compare_chart_source"]
    alt = words.say(
        "compare_chart_alt",
        title=title,
        a=given.titles[0],
        start=one.number("start", one.rule),
        b=given.titles[1],
        end=one.number("end", one.rule),
        items=one.listed([blocks for blocks, _ in one.parts if blocks in one.seen]),
    )
    made = waterfall(
        on_axis(steps(given, one), one.rule, given.lang, ["value"]),
        words=LineWords(title=title.text, subtitle=subtitle, source=source, alt=alt.text),
        percent=one.chance or one.rule == "share",
    )
    return Drawn(made, title, alt, one.rule)


def steps(given: Explained, one: Why) -> pd.DataFrame:
    """From level to level; blocks as they come, so that each has its place on every chart."""
    named = [cut(drawable(title)) or side for title, side in zip(given.titles, "ab", strict=True)]
    bare = f"{one.rule}_bare" if one.rule in BARE else None  # the subtitle names the unit

    def level(name: str, number: Number) -> tuple[str, float, str]:
        return name, number.value, Number(number.value, bare or number.rule).text(given.lang)

    rows = [level(named[0], one.number("start", one.rule))]
    for blocks in one.seen:
        change = one.contribution(blocks)
        name, value, label = level(capital(one.block(blocks)), change)
        rows.append((name, value, signed(label) if bare else label))
    rows.append(level(named[1], one.number("end", one.rule)))
    return closed(pd.DataFrame(rows, columns=["name", "value", "label"]))


def parts_table(given: Explained) -> Table:
    """A row a block, a column an indicator, from one side to the other."""
    words, whys = given.words, [given.why(name) for name in given.explained]
    rows: list[list[Cell]] = [[given.titles[0], *(one.number("start", one.rule) for one in whys)]]
    for blocks in given.mixtures.blocks:
        rows.append([capital(given.block(blocks)), *(part(given, one, blocks) for one in whys)])
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


def part(given: Explained, one: Why, blocks: Blocks) -> Cell:
    """What a block adds or takes away, or that it does nothing."""
    return given.words["compare_nothing"] if blocks in one.still else one.contribution(blocks)


def chances(given: CompareMaterial) -> Section:
    """The share of paths that meet a goal, split the same way."""
    words, one = given.words, given.why_chance
    if one is None or given.about is None:
        children: list[Block] = [Prose(given.lang, [words.say("compare_chance_none")])]
        return Section(given.lang, words["compare_chance_heading"], children)
    drawn = chart(given, one)
    rows: list[list[Cell]] = [[given.titles[0], one.number("start", one.rule), words["not_told"]]]
    for blocks in given.mixtures.blocks:
        known = blocks not in one.still and one.has_error(blocks)
        error: Cell = one.contribution(blocks, "_se") if known else words["not_told"]
        rows.append([capital(given.block(blocks)), part(given, one, blocks), error])
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
    return Section(given.lang, words["compare_chance_heading"], [Charts(given.lang, [drawn]), table])
