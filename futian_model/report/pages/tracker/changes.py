"""What moved between the last two rounds, drawn and listed."""

from collections.abc import Iterator

import pandas as pd

from futian_model.attribution import differing as differing_blocks
from futian_model.charts import ChartWords
from futian_model.charts.bars import waterfall
from futian_model.languages import language
from futian_model.report.page.blocks import Block, Cell, Charts, Column, Drawn, Prose, Section, Table
from futian_model.report.pages.tracker.fan import DRAWN
from futian_model.report.pages.tracker.rows import TrackerMaterial
from futian_model.report.sections.attribution import block_name as assumption_name
from futian_model.report.sections.attribution import closed
from futian_model.report.sections.rounds import block_name
from futian_model.report.words.amounts import NOTHING, as_printed
from futian_model.report.words.axes import axis_unit, on_axis
from futian_model.report.words.numbers import Number, bare, year
from futian_model.report.words.sentences import Sentence
from futian_model.report.words.styles import prints_zero
from futian_model.results import case
from futian_model.rounds import BLOCKS, MODEL, Comparison, Moved
from futian_model.rounds.frames import MOVED, of_block
from futian_model.rounds.results import Row

MEDIAN, CHANCE = "p50", "probability"
MOST_FIGURES = 12
"""New outturns that a page lists."""


def moved(given: TrackerMaterial) -> Section:
    """The parts of what moved, or why there are none to tell."""
    words, heading = given.words, given.words["tracker_moved_heading"]
    made = given.comparison
    if made is None or not made.scenarios:
        key = "tracker_none_held" if given.latest is None else "tracker_one_held"
        told = words.say(key)
        if made is not None and made.faults:
            told = words.say("tracker_not_compared", fault=next(iter(made.faults.values())))
        elif len(given.rounds) > 1:
            told = words.say("tracker_none_shared")
        return Section(given.lang, heading, [Prose(given.lang, [told])])
    one = made.scenarios[0]
    title = str(made.b.facts(one.scenario)["title"][language(given.lang).data])
    lead = words.say("tracker_moved_lead", a=made.a.name, b=made.b.name, scenario=title)
    children: list[Block] = [Prose(given.lang, [lead, *differing(given, made, one)])]
    if len(made.data.outturns):
        children.append(figures(given, made))
    if one.still:
        children.append(Prose(given.lang, [words.say("tracker_nothing_moved")]))
        return Section(given.lang, heading, children)
    drawn = chart(given, made, one)
    if drawn is not None:
        children.append(Charts(given.lang, [drawn]))
    children.append(table(given, made, one))
    return Section(given.lang, heading, children)


def differing(given: TrackerMaterial, made: Comparison, one: Moved) -> Iterator[Sentence]:
    """What the two rounds differ in."""
    words, data = given.words, made.data
    yield words.say("tracker_outturns", count=Number(len(data.outturns), "count"))
    yield words.say(
        "tracker_revisions",
        releases=Number(len(data.releases), "count"),
        gone=Number(len(data.gone), "count"),
        tables=Number(len(data.tables), "count"),
    )
    items = list(assumed(given, made, one))
    if items:
        yield words.say("tracker_assumptions", items=words["enumeration"].join(items))
    else:
        yield words.say("tracker_same_assumptions")
    yield words.say("tracker_model_same" if not one.model.any() else "tracker_model_moved")


def assumed(given: TrackerMaterial, made: Comparison, one: Moved) -> Iterator[str]:
    """Blocks of assumptions that differ, as a reader names them."""
    words = given.words
    before, after = (each.scenario(one.scenario) for each in (made.a, made.b))
    for name in differing_blocks(before, after):
        block = assumption_name((name,), given.evidence, words)
        if name == "vintage":
            ends = [words.month(each.assumptions.vintage) for each in (before, after)]
            block = words.say("tracker_vintage", block=block, before=ends[0], after=ends[1]).text
        yield block
    if before.run != after.run:
        yield words["tracker_draws"]


def figures(given: TrackerMaterial, made: Comparison) -> Table:
    """New outturns, as published."""
    words = given.words
    rows: list[list[Cell]] = []
    for row in made.data.outturns[:MOST_FIGURES]:
        what = words.say(
            "evidence_fact",
            place=given.name(row["geo"]),
            name=given.name(row["indicator"]),
            period=row["period"],
        )
        value = as_printed(row["value"], row["unit"], words)
        sources = made.b.evidence.sources["title"]
        rows.append([what.text, value, row["vintage"], str(sources.loc[row["source"]])])
    columns = [
        Column(words["column_figure"], head=True),
        Column(words["column_value"], numeric=True),
        Column(words["column_vintage"], short=True),
        Column(words["column_source"]),
    ]
    more = len(made.data.outturns) - MOST_FIGURES
    note = words.say("tracker_figures_more", count=Number(more, "count")) if more > 0 else None
    return Table(given.lang, words["tracker_figures_table"], columns, rows, note, cards=True)


def chart(given: TrackerMaterial, made: Comparison, one: Moved) -> Drawn | None:
    """From the earlier median to the later one, step by step; None where it did not move."""
    words, rule = given.words, given.amounts(given.indicator).rule
    place = next(
        (row for row in reversed(one.rows) if (row.indicator, row.statistic) == (given.indicator, MEDIAN)),
        None,
    )
    if place is None or rule not in DRAWN:
        return None
    at = one.rows.index(place)
    size = NOTHING * abs(float(one.start[at]))
    parts = [blocks for blocks, part in zip(one.blocks, one.parts, strict=True) if abs(part[at]) > size]
    if abs(one.model[at]) > size:
        parts.append((MODEL,))
    seen = [blocks for blocks in parts if not prints_zero(part(given, place, blocks).text(given.lang))]
    parts = seen or parts
    if not parts:
        return None
    how, read = (
        given.amounts(given.indicator),
        given.reader(MOVED, place.indicator, place.year, case(of=MEDIAN)),
    )
    title = words.say(
        "tracker_waterfall_title",
        name=given.name(place.indicator),
        year=year(place.year),
        difference=read("difference", how.gap_rule),
        a=made.a.name,
        b=made.b.name,
    )
    items = [
        words.say("tracker_waterfall_item", block=block_name(blocks, words), value=part(given, place, blocks))
        for blocks in parts
    ]
    alt = words.say(
        "tracker_waterfall_alt",
        title=title,
        start=read("start", rule),
        a=made.a.name,
        end=read("end", rule),
        b=made.b.name,
        items=words.join(items),
    )
    drawn = waterfall(
        on_axis(steps(given, made, place, parts), rule, given.lang, ["value"]),
        words=ChartWords(
            title=title.text,
            subtitle=words.say("tracker_waterfall_subtitle", unit=axis_unit(words, rule, given.first)).text,
            source=words["compare_chart_source"],
            alt=alt.text,
        ),
        percent=rule == "share",
    )
    return Drawn(drawn, title, alt, rule)


def part(given: TrackerMaterial, place: Row, blocks: tuple[str, ...]) -> Number:
    """What a block moved."""
    gap = given.amounts(place.indicator).gap_rule
    return contribution(given, place, blocks, gap)


def contribution(given: TrackerMaterial, place: Row, blocks: tuple[str, ...], rule: str) -> Number:
    """What blocks moved, as a rule writes it."""
    under = of_block(place.statistic, blocks)
    return given.number(MOVED, place.indicator, place.year, "contribution", rule, under)


def steps(given: TrackerMaterial, made: Comparison, place: Row, parts: list[tuple[str, ...]]) -> pd.DataFrame:
    """Rows of the waterfall."""
    rule = given.amounts(place.indicator).rule
    read = given.reader(MOVED, place.indicator, place.year, case(of=place.statistic))

    def step(name: str, number: Number) -> tuple[str, float, str]:
        # the subtitle names the unit
        return name, number.value, Number(number.value, bare(number.rule)).text(given.lang)

    rows = [step(made.a.name, read("start", rule))]
    rows += [step(block_name(one, given.words), part(given, place, one)) for one in parts]
    rows.append(step(made.b.name, read("end", rule)))
    return closed(pd.DataFrame(rows, columns=["name", "value", "label"]))


def table(given: TrackerMaterial, made: Comparison, one: Moved) -> Table:
    """Medians and chances of both rounds, and the parts of what lies between."""
    words = given.words
    joined = [blocks for blocks in one.blocks if len(blocks) > 1]
    every = [*joined, *((name,) for name in BLOCKS if not any(name in blocks for blocks in joined)), (MODEL,)]
    told = [at for at, place in enumerate(one.rows) if place.statistic in (MEDIAN, CHANCE)]
    shown = [blocks for blocks in every if not all(nothing(one, blocks, at) for at in told)]
    rows: list[list[Cell]] = []
    for at in told:
        place = one.rows[at]
        chance = place.statistic == CHANCE
        how, read = (
            given.amounts(place.indicator),
            given.reader(MOVED, place.indicator, place.year, case(of=place.statistic)),
        )
        rule, gap = ("probability", "points") if chance else (how.rule, how.gap_rule)
        key = "tracker_chance_row" if chance else "figure_label"
        goal = words.say("goal_label", name=given.name(place.indicator), year=year(place.year)).text
        label = words.say(
            key, name=goal if chance else given.name(place.indicator), year=year(place.year)
        ).text
        same = abs(float(one.end[at] - one.start[at])) <= NOTHING * abs(float(one.start[at]))
        apart: Cell = words["not_told"] if same else read("difference", gap)
        cells: list[Cell] = [label, read("start", rule), read("end", rule), apart]
        for blocks in shown:
            cells.append(
                words["not_told"] if nothing(one, blocks, at) else contribution(given, place, blocks, gap)
            )
        rows.append(cells)
    names = [made.a.name, made.b.name, words["rounds_column_change"]]
    names += [block_name(blocks, words) for blocks in shown]
    columns = [Column(words["rounds_column_row"], head=True), *(Column(name, numeric=True) for name in names)]
    note = words.say("tracker_moved_note", a=made.a.name, b=made.b.name, base_year=year(given.first))
    idle = [block_name(blocks, words) for blocks in every if blocks not in shown]
    if idle:
        note = words.say("tracker_idle", note=note, blocks=words["enumeration"].join(idle))
    return Table(given.lang, words["tracker_moved_table"], columns, rows, note, cards=True)


def nothing(one: Moved, blocks: tuple[str, ...], at: int) -> bool:
    """Whether a block moved no more of a result than the rounding of its last digits."""
    size = NOTHING * abs(float(one.start[at]))
    if blocks == (MODEL,):
        return bool(abs(one.model[at]) <= size)
    return blocks not in one.blocks or bool(abs(one.parts[one.blocks.index(blocks), at]) <= size)
