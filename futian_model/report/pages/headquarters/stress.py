"""Sections of the headquarters page on who is large, and what it does when they leave at once."""

import pandas as pd

from futian_model.charts import ChartWords
from futian_model.charts.dots import ranges
from futian_model.report.page.blocks import Block, Cell, Charts, Column, Drawn, Prose, Section, Table
from futian_model.report.pages.headquarters.answer import inside, largest
from futian_model.report.pages.headquarters.material import NO_DEPARTURE, HeadquartersMaterial
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.results import case
from futian_model.stress import CONCENTRATION, SPILLOVERS, STRESS, TOLD, USUAL, departure


def concentration(given: HeadquartersMaterial) -> Section:
    """What the largest hold under the stated sizes, and how little that is known."""
    words, at, share = given.words, given.study.event.year, given.study.share
    columns = [
        Column(words["headquarters_groups"], head=True),
        Column(words["headquarters_of_part"], numeric=True),
        Column(words["headquarters_of_gdp"], numeric=True),
    ]
    rows: list[list[Cell]] = [
        [
            largest(given, held.top),
            given.spread(CONCENTRATION, share, at, "of_part", "share", case(top=held.top)),
            given.spread(CONCENTRATION, share, at, "of_gdp", "share", case(top=held.top)),
        ]
        for held in given.study.concentration.held
    ]
    before = given.told(NO_DEPARTURE, share, at, "central", "share")
    note = words.say("headquarters_concentration_note", year=year(at), share=before)
    title = words["headquarters_concentration_table"]
    children: list[Block] = [
        Prose(given.lang, [assumed(given), unequal(given), *once_told(given)]),
        Table(given.lang, title, columns, rows, note, cards=True),
    ]
    return Section(given.lang, words["headquarters_concentration_heading"], children)


def assumed(given: HeadquartersMaterial) -> Sentence:
    """What is assumed of the sizes."""
    number, tail = given.study.groups.number, given.study.groups.tail
    return given.words.say(
        "headquarters_assumed",
        groups=Number(number.value, "count"),
        fewest=Number(number.low, "count"),
        most=Number(number.high, "count"),
        tail=Number(tail.value, "ratio"),
        flattest=Number(tail.low, "ratio"),
        steepest=Number(tail.high, "ratio"),
    )


def unequal(given: HeadquartersMaterial) -> Sentence:
    """Herfindahl index, and as many equal groups."""
    at = given.study.event.year
    return given.words.say(
        "headquarters_unequal",
        index=given.spread(CONCENTRATION, given.study.share, at, "herfindahl", "index"),
        equal=given.spread(CONCENTRATION, given.study.share, at, "equal_groups", "count"),
    )


def once_told(given: HeadquartersMaterial) -> list[Sentence]:
    """How far one published figure would narrow the range."""
    at, name, under = given.study.event.year, "once_told", case(top=USUAL)
    if not given.has(given.study.share, at, name, CONCENTRATION, under):
        return []
    ends = {
        f"{kind}{end}": given.told(CONCENTRATION, given.study.share, at, f"{statistic}{end}", "share", under)
        for kind, statistic in (("open", "of_part"), ("told", name))
        for end in ("_low", "_high")
    }
    top = Number(TOLD, "count")
    return [given.words.say("headquarters_once_told", top=top, groups=inside(given, USUAL), **ends)]


def stressed(given: HeadquartersMaterial) -> Section:
    """The largest leave: GDP, share, and the last goal on GDP, with a chart."""
    words = given.words
    children: list[Block] = [
        Prose(
            given.lang, [words.say("headquarters_stress_lead", spillover=Number(SPILLOVERS[-1], "percent"))]
        ),
        Charts(given.lang, [drawn(given)]),
        stress_table(given),
    ]
    return Section(given.lang, words["headquarters_stress_heading"], children)


def stress_table(given: HeadquartersMaterial) -> Table:
    """A row a case."""
    words, goal = given.words, given.study.target
    columns = [
        Column(words["headquarters_leaving"], head=True),
        Column(words["headquarters_loss"], numeric=True),
        Column(words["headquarters_after"], numeric=True),
    ]
    if goal is not None:
        label = words.say("headquarters_level", year=year(goal.year)).text
        columns += [Column(label, numeric=True), Column(given.goal_label(goal))]
    rows: list[list[Cell]] = [
        stress_row(given, count, spillover) for count in given.study.largest for spillover in SPILLOVERS
    ]
    title = words.say("headquarters_stress_table", year=year(given.study.event.year)).text
    note = words.say("headquarters_stress_note", draws=Number(given.given_scenario.draws, "count"))
    return Table(given.lang, title, columns, rows, note, cards=True)


def stress_row(given: HeadquartersMaterial, count: int, spillover: float) -> list[Cell]:
    goal, under, at = given.study.target, departure(count, spillover), given.study.event.year
    row: list[Cell] = [
        largest(given, count) if not spillover else dragged(given, count, spillover),
        given.spread(STRESS, "real_gdp", at, "loss", "share", under),
        given.spread(STRESS, given.study.share, at, "after", "share", under),
    ]
    if goal is not None:
        row += [
            given.told(STRESS, goal.name, goal.year, "level", "gdp", under),
            given.words[verdict(given, under)],
        ]
    return row


def dragged(given: HeadquartersMaterial, count: int, spillover: float) -> Sentence:
    """So many leave, and part of the rest with them."""
    groups, part = largest(given, count), Number(spillover, "percent")
    return given.words.say("headquarters_case_dragged", groups=groups, spillover=part)


def verdict(given: HeadquartersMaterial, under: str) -> str:
    """Whether the last goal on GDP holds: in the middle, and at the ends of the range of sizes."""
    goal = given.study.target
    assert goal is not None
    target = goal.level(given.given_scenario.base.level(goal.indicator))
    middle, low, high = (
        bool(goal.meets(level.value, target))
        for level in (
            given.told(STRESS, goal.name, goal.year, f"level{end}", "gdp", under)
            for end in ("", "_low", "_high")
        )
    )
    if middle:
        return "headquarters_holds" if low else "headquarters_unless_large"
    return "headquarters_unless_small" if high else "headquarters_gone"


def drawn(given: HeadquartersMaterial) -> Drawn:
    """GDP missing by how many leave."""
    words, at = given.words, given.study.event.year

    def loss(count: int, spillover: float = SPILLOVERS[0], end: str = "") -> Number:
        return given.told(STRESS, "real_gdp", at, f"loss{end}", "share", departure(count, spillover))

    first, last = given.study.largest[0], given.study.largest[-1]
    title = words.say(
        "headquarters_chart_title",
        few=largest(given, first),
        loss=loss(first),
        many=inside(given, last),
        losses=loss(last),
    )
    items = [
        words.say(
            "headquarters_chart_item",
            groups=largest(given, count),
            loss=loss(count),
            more=loss(count, SPILLOVERS[-1]),
        )
        for count in given.study.largest
    ]
    table = pd.DataFrame(
        [
            (
                largest(given, count).text,
                words.say("headquarters_dragged" if spillover else "headquarters_alone").text,
                *(loss(count, spillover, end).value for end in ("", "_low", "_high")),
            )
            for count in given.study.largest
            for spillover in SPILLOVERS
        ],
        columns=["group", "series", "value", "low", "high"],
    )
    alt = words.say("headquarters_chart_alt", title=title, items=words.join(items))
    chart = ranges(
        table,
        words=ChartWords(
            title=title.text,
            subtitle=words.say("headquarters_chart_subtitle", year=year(at)).text,
            source=words["headquarters_chart_source"],
            alt=alt.text,
        ),
    )
    return Drawn(chart, title, alt, "share")
