"""The parts of a difference, drawn and listed."""

from collections.abc import Sequence

import pandas as pd

from futian_model.attribution import Blocks
from futian_model.charts import drawable
from futian_model.charts.bars import waterfall
from futian_model.report.page import Block, Cell, Column, Drawn, Table, numeric
from futian_model.report.sections.attribution import Why, closed
from futian_model.report.sections.explained import Explained
from futian_model.report.words import Number, Sentence, axis_unit, bare, capital, shortened, year


def together(page: Explained) -> list[Sentence]:
    """Blocks that change sides as one."""
    joint = [page.block(blocks) for blocks in page.mixtures.blocks if len(blocks) > 1]
    return [page.say("compare_together", blocks=page.listed(joint))] if joint else []


def reacting(page: Explained) -> bool:
    """Whether growth or population follows from something else that may change."""
    levers = [scenario.levers for scenario in page.pair]
    kinds = {block.block for lever in levers for block in (lever.growth, lever.population)}
    return not kinds.isdisjoint(("target", "implied", "production"))


def parts(page: Explained) -> list[Block | None]:
    """The parts of every difference, drawn and listed, with a caution where parts react to each other."""
    whys = [page.why(name) for name in page.explained]
    react = len(page.mixtures.blocks) > 1 and reacting(page)
    return [
        page.charts(*(chart(page, why) for why in whys if len(why.parts) > 1)),
        parts_table(page),
        page.note("compare_reacts") if react else None,
    ]


def chart(page: Explained, why: Why) -> Drawn:
    """A waterfall."""
    title, subtitle, source = why.headline(), page.sentence("compare_chart_share"), "compare_chart_paths"
    if not why.chance:
        unit = axis_unit(page.words, why.rule, page.first)
        subtitle, source = page.say("compare_chart_subtitle", unit=unit), "compare_chart_source"
    start, end = (why.number(name, why.rule) for name in ("start", "end"))
    alt = page.say(
        "compare_chart_alt",
        title=title,
        a=page.titles[0],
        start=start,
        b=page.titles[1],
        end=end,
        items=why.listed([blocks for blocks, _ in why.parts if blocks in why.seen]),
    )
    names = [shortened(drawable(title)) or side for title, side in zip(page.titles, "ab", strict=True)]
    # blocks as they come, so that each has its place on every chart
    levels = [(capital(why.block(blocks)), why.contribution(blocks)) for blocks in why.seen]
    return page.drawn(
        waterfall,
        steps(page.lang, [(names[0], start), *levels, (names[1], end)]),
        why.rule,
        title=title,
        alt=alt,
        subtitle=subtitle,
        source=source,
        percent=why.chance or why.rule == "share",
    )


def steps(lang: str, levels: Sequence[tuple[str, Number]]) -> pd.DataFrame:
    """Rows of a waterfall, from level to level; the subtitle of the chart names their unit."""
    rows = [
        (name, number.value, Number(number.value, bare(number.rule)).text(lang)) for name, number in levels
    ]
    return closed(pd.DataFrame(rows, columns=["name", "value", "label"]))


def parts_table(page: Explained) -> Table:
    """A row a block, a column an indicator, from one side to the other."""
    whys, blocks = [page.why(name) for name in page.explained], page.mixtures.blocks
    return page.table(
        page.say("compare_parts_table", year=year(page.last)),
        [
            [page.titles[0], *(why.number("start", why.rule) for why in whys)],
            *([capital(page.block(each)), *(part(page, why, each) for why in whys)] for each in blocks),
            [page.titles[1], *(why.number("end", why.rule) for why in whys)],
            [page.words["compare_difference"], *(why.number("difference", why.gap_rule) for why in whys)],
        ],
        [Column("compare_column_block"), *(numeric(Sentence(why.name)) for why in whys)],
        page.say("compare_parts_note", base_year=year(page.first)),
    )


def part(page: Explained, why: Why, blocks: Blocks) -> Cell:
    """What a block adds or takes away, or that it does nothing."""
    return page.words["compare_nothing"] if blocks in why.still else why.contribution(blocks)
