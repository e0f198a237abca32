"""What moved between the last two rounds, drawn and listed."""

from collections.abc import Iterator, Mapping

from futian_model.attribution import differing as differing_blocks
from futian_model.charts.bars import waterfall
from futian_model.languages import language
from futian_model.report.page import Cell, Column, Drawn, Fill, Section, Table, numeric, short
from futian_model.report.pages.plan.fan import DRAWN
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.sections.attribution import block_name as assumption_name
from futian_model.report.sections.parts import steps
from futian_model.report.sections.rounds import block_name
from futian_model.report.words import Number, Sentence, axis_unit, prints_zero, year
from futian_model.report.words.amounts import NOTHING, as_printed
from futian_model.results import case
from futian_model.rounds import BLOCKS, MODEL, Comparison, Moved, Row
from futian_model.rounds.frames import MOVED, of_block

MEDIAN, CHANCE = "p50", "probability"
MOST_FIGURES = 12
"""New outturns that a page lists."""


def moved(page: PlanMaterial) -> Section | None:
    """The parts of what moved, or why there are none to tell; None where no round is held, which is told."""
    if page.latest is None:
        return None
    heading, comparison = "tracker_moved_heading", page.comparison
    if comparison is None or not comparison.scenarios:
        for fault in () if comparison is None else comparison.faults.values():
            return page.section(heading, page.say("tracker_not_compared", fault=fault))
        return page.section(heading, "tracker_none_shared" if len(page.rounds) > 1 else "tracker_one_held")
    change = comparison.scenarios[0]
    title = str(comparison.b.facts(change.scenario)["title"][language(page.lang).data])
    lead = page.say("tracker_moved_lead", a=comparison.a.name, b=comparison.b.name, scenario=title)
    return page.section(
        heading,
        [lead, *differing(page, comparison, change)],
        figures(page, comparison) if len(comparison.data.outturns) else None,
        "tracker_nothing_moved" if change.still else page.charts(chart(page, comparison, change)),
        None if change.still else table(page, comparison, change),
    )


def differing(page: PlanMaterial, comparison: Comparison, change: Moved) -> Iterator[Sentence]:
    """What the two rounds differ in."""
    data = comparison.data
    yield page.say("tracker_outturns", count=Number(len(data.outturns), "count"))
    parts = {"releases": data.releases, "gone": data.gone, "tables": data.tables}
    yield page.say("tracker_revisions", **{name: Number(len(part), "count") for name, part in parts.items()})
    items = page.listed(assumed(page, comparison, change))
    yield page.say("tracker_assumptions" if items else "tracker_same_assumptions", items=items)
    yield page.say("tracker_model_same" if not change.model.any() else "tracker_model_moved")


def assumed(page: PlanMaterial, comparison: Comparison, change: Moved) -> Iterator[str]:
    """Blocks of assumptions that differ, as a reader names them."""
    before, after = (bound.scenario(change.scenario) for bound in (comparison.a, comparison.b))
    for name in differing_blocks(before, after):
        block = assumption_name((name,), page.evidence, page.words)
        if name == "vintage":
            ends = [page.words.month(scenario.assumptions.vintage) for scenario in (before, after)]
            block = page.say("tracker_vintage", block=block, before=ends[0], after=ends[1]).text
        yield block
    if before.run != after.run:
        yield page.words["tracker_draws"]


def figures(page: PlanMaterial, comparison: Comparison) -> Table:
    """New outturns, as published."""
    outturns, titles = comparison.data.outturns, comparison.b.evidence.sources["title"]
    more = Number(len(outturns) - MOST_FIGURES, "count")

    def fact(row: Mapping[str, str]) -> str:
        names = {"place": page.name(row["geo"]), "name": page.name(row["indicator"])}
        return page.say("evidence_fact", period=row["period"], **names).text

    return page.table(
        "rounds_block_outturn",
        outturns[:MOST_FIGURES],
        [
            Column("column_figure", fact),
            numeric("column_value", lambda row: as_printed(row["value"], row["unit"], page.words)),
            short("column_vintage", lambda row: row["vintage"]),
            Column("column_source", lambda row: str(titles.loc[row["source"]])),
        ],
        page.say("tracker_figures_more", count=more) if more.value > 0 else None,
    )


def chart(page: PlanMaterial, comparison: Comparison, change: Moved) -> Drawn | None:
    """From the earlier median to the later one, step by step; None where it did not move."""
    words, how = page.words, page.amounts(page.indicator)
    medians = [row for row in change.rows if (row.indicator, row.statistic) == (page.indicator, MEDIAN)]
    if not medians or how.rule not in DRAWN:
        return None
    place, at = medians[-1], change.rows.index(medians[-1])
    parts = [blocks for blocks in (*change.blocks, (MODEL,)) if not nothing(change, blocks, at)]
    values = {blocks: contribution(page, place, blocks, how.gap_rule) for blocks in parts}
    seen = [blocks for blocks in parts if not prints_zero(values[blocks].text(page.lang))] or parts
    if not seen:
        return None
    read = page.reader(MOVED, place.indicator, place.year, case(of=MEDIAN))
    start, end = read("start", how.rule), read("end", how.rule)
    rounds = {"a": comparison.a.name, "b": comparison.b.name}
    title = page.say(
        "tracker_waterfall_title",
        name=page.name(place.indicator),
        year=year(place.year),
        difference=read("difference", how.gap_rule),
        **rounds,
    )
    levels = [(block_name(blocks, words), values[blocks]) for blocks in seen]
    items = words.join(
        [page.say("tracker_waterfall_item", block=name, value=value) for name, value in levels]
    )
    return page.drawn(
        waterfall,
        steps(page.lang, [(comparison.a.name, start), *levels, (comparison.b.name, end)]),
        how.rule,
        title=title,
        alt=page.say("tracker_waterfall_alt", title=title, start=start, end=end, items=items, **rounds),
        subtitle=page.say("tracker_waterfall_subtitle", unit=axis_unit(words, how.rule, page.first)),
        source="compare_chart_source",
        percent=how.rule == "share",
    )


def contribution(page: PlanMaterial, place: Row, blocks: tuple[str, ...], rule: str) -> Number:
    """What blocks moved, as a rule writes it."""
    under = of_block(place.statistic, blocks)
    return page.number(MOVED, place.indicator, place.year, "contribution", rule, under)


def table(page: PlanMaterial, comparison: Comparison, change: Moved) -> Table:
    """Medians and chances of both rounds, and the parts of what lies between."""
    words = page.words
    joined = [blocks for blocks in change.blocks if len(blocks) > 1]
    every = [*joined, *((name,) for name in BLOCKS if not any(name in blocks for blocks in joined)), (MODEL,)]
    listed = [at for at, place in enumerate(change.rows) if place.statistic in (MEDIAN, CHANCE)]
    shown = [blocks for blocks in every if not all(nothing(change, blocks, at) for at in listed)]

    def label(at: int) -> str:
        place = change.rows[at]
        if place.statistic != CHANCE:
            return page.dated(place.indicator, place.year).text
        goal = page.say("goal_label", name=page.name(place.indicator), year=year(place.year)).text
        return page.say("tracker_chance_row", name=goal, year=year(place.year)).text

    def rules(at: int) -> tuple[str, str]:
        how = page.amounts(change.rows[at].indicator)
        return ("probability", "points") if change.rows[at].statistic == CHANCE else (how.rule, how.gap_rule)

    def figure(at: int, statistic: str) -> Number:
        place, (rule, gap) = change.rows[at], rules(at)
        read = page.reader(MOVED, place.indicator, place.year, case(of=place.statistic))
        return read(statistic, gap if statistic == "difference" else rule)

    def apart(at: int) -> Cell:
        same = abs(float(change.end[at] - change.start[at])) <= NOTHING * abs(float(change.start[at]))
        return None if same else figure(at, "difference")

    def part(blocks: tuple[str, ...]) -> Fill:
        return lambda at: (
            None if nothing(change, blocks, at) else contribution(page, change.rows[at], blocks, rules(at)[1])
        )

    note = page.say(
        "tracker_moved_note", a=comparison.a.name, b=comparison.b.name, base_year=year(page.first)
    )
    idle = page.listed(block_name(blocks, words) for blocks in every if blocks not in shown)
    if idle:
        note = page.say("tracker_idle", note=note, blocks=idle)
    return page.table(
        "tracker_moved_table",
        listed,
        [
            Column("rounds_column_row", label),
            numeric(Sentence(comparison.a.name), lambda at: figure(at, "start")),
            numeric(Sentence(comparison.b.name), lambda at: figure(at, "end")),
            numeric("rounds_column_change", apart),
            *(numeric(Sentence(block_name(blocks, words)), part(blocks)) for blocks in shown),
        ],
        note,
    )


def nothing(change: Moved, blocks: tuple[str, ...], at: int) -> bool:
    """Whether a block moved no more of a result than the rounding of its last digits."""
    size = NOTHING * abs(float(change.start[at]))
    if blocks == (MODEL,):
        return bool(abs(change.model[at]) <= size)
    return blocks not in change.blocks or bool(abs(change.parts[change.blocks.index(blocks), at]) <= size)
