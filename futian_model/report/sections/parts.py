"""The parts of a difference, drawn and listed."""

import pandas as pd

from futian_model.attribution import Blocks
from futian_model.charts import ChartWords, drawable
from futian_model.charts.bars import waterfall
from futian_model.report.page.blocks import Cell, Column, Drawn, Table
from futian_model.report.sections.attribution import Why, closed
from futian_model.report.sections.explained import Explained
from futian_model.report.words.axes import axis_unit, on_axis
from futian_model.report.words.numbers import Number, bare, year
from futian_model.report.words.sentences import Sentence, capital
from futian_model.report.words.titles import shortened


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
        words=ChartWords(title=title.text, subtitle=subtitle, source=source, alt=alt.text),
        percent=one.chance or one.rule == "share",
    )
    return Drawn(made, title, alt, one.rule)


def steps(given: Explained, one: Why) -> pd.DataFrame:
    """From level to level; blocks as they come, so that each has its place on every chart."""
    named = [shortened(drawable(title)) or side for title, side in zip(given.titles, "ab", strict=True)]

    def level(name: str, number: Number) -> tuple[str, float, str]:
        # the subtitle names the unit
        return name, number.value, Number(number.value, bare(number.rule)).text(given.lang)

    rows = [level(named[0], one.number("start", one.rule))]
    for blocks in one.seen:
        rows.append(level(capital(one.block(blocks)), one.contribution(blocks)))
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
