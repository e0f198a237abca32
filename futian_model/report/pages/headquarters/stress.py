"""Sections of the headquarters page on who is large, and what it does when they leave at once."""

import pandas as pd

from futian_model.charts.dots import ranges
from futian_model.evidence import Goal
from futian_model.report.page import Column, Drawn, Fill, Section, Table, numeric
from futian_model.report.pages.headquarters.answer import inside, largest, share_before
from futian_model.report.pages.headquarters.material import HeadquartersMaterial
from futian_model.report.sections.block_sentences import sizes
from futian_model.report.words import Number, Sentence, year
from futian_model.results import case
from futian_model.stress import CONCENTRATION, SPILLOVERS, STRESS, TOLD, USUAL, departure


def concentration(page: HeadquartersMaterial) -> Section:
    """What the largest hold under the stated sizes, and how little that is known."""
    share, at = page.study.share, page.leaving

    def part(statistic: str) -> Fill:
        return lambda held: page.spread(CONCENTRATION, share, at, statistic, "share", case(top=held.top))

    table = page.table(
        "headquarters_concentration_table",
        page.study.concentration.held,
        [
            Column("headquarters_groups", lambda held: largest(page, held.top)),
            numeric("headquarters_of_part", part("of_part")),
            numeric("headquarters_of_gdp", part("of_gdp")),
        ],
        page.say("headquarters_concentration_note", year=year(at), share=share_before(page)),
    )
    assumptions = [assumed(page), unequal(page), *once_told(page)]
    return page.section("headquarters_concentration_heading", assumptions, table)


def assumed(page: HeadquartersMaterial) -> Sentence:
    """What is assumed of the sizes."""
    return page.say("headquarters_assumed", **sizes(page.study.groups.number, page.study.groups.tail))


def unequal(page: HeadquartersMaterial) -> Sentence:
    """Herfindahl index, and as many equal groups."""
    place = CONCENTRATION, page.study.share, page.leaving
    index, equal = page.spread(*place, "herfindahl", "index"), page.spread(*place, "equal_groups", "count")
    return page.say("headquarters_unequal", index=index, equal=equal)


def once_told(page: HeadquartersMaterial) -> list[Sentence]:
    """How far one published figure would narrow the range."""
    share, at, name, under = page.study.share, page.leaving, "once_told", case(top=USUAL)
    if not page.has(share, at, name, CONCENTRATION, under):
        return []
    _, open_low, open_high = page.range_of(CONCENTRATION, share, at, "of_part", "share", under)
    low, high = (
        page.read(CONCENTRATION, share, at, f"{name}{end}", "share", under) for end in ("_low", "_high")
    )
    ends = {"open_low": open_low, "open_high": open_high, "told_low": low, "told_high": high}
    top = Number(TOLD, "count")
    return [page.say("headquarters_once_told", top=top, groups=inside(page, USUAL), **ends)]


def stressed(page: HeadquartersMaterial) -> Section:
    """The largest leave: GDP, share, and the last goal on GDP, with a chart."""
    lead = page.say("headquarters_stress_lead", spillover=Number(SPILLOVERS[-1], "percent"))
    return page.section("headquarters_stress_heading", lead, page.charts(drawn(page)), stress_table(page))


def stress_table(page: HeadquartersMaterial) -> Table:
    """A row a case."""
    share, at, goal = page.study.share, page.leaving, page.study.target

    def spread(indicator: str, statistic: str) -> Fill:
        return lambda row: page.spread(STRESS, indicator, at, statistic, "share", departure(*row))

    columns = [
        Column("headquarters_leaving", lambda row: leaving(page, *row)),
        numeric("headquarters_loss", spread("real_gdp", "loss")),
        numeric("headquarters_after", spread(share, "after")),
    ]
    if goal is not None:
        place = STRESS, goal.name, goal.year, "level", "gdp"
        level, label = page.say("headquarters_level", year=year(goal.year)), Sentence(page.goal_label(goal))
        columns += [
            numeric(level, lambda row: page.read(*place, departure(*row))),
            Column(label, lambda row: page.words[verdict(page, goal, departure(*row))]),
        ]
    return page.table(
        page.say("headquarters_stress_table", year=year(at)),
        [(count, spillover) for count in page.study.largest for spillover in SPILLOVERS],
        columns,
        page.say("headquarters_stress_note", draws=Number(page.given_scenario.draws, "count")),
    )


def leaving(page: HeadquartersMaterial, count: int, spillover: float) -> Sentence:
    """So many leave, and part of the rest with them."""
    groups, part = largest(page, count), Number(spillover, "percent")
    if not spillover:
        return groups
    return page.say("headquarters_case_dragged", groups=groups, spillover=part)


def verdict(page: HeadquartersMaterial, goal: Goal, under: str) -> str:
    """Whether the last goal on GDP holds: in the middle, and at the ends of the range of sizes."""
    target = goal.level(page.given_scenario.base.level(goal.indicator))
    levels = page.range_of(STRESS, goal.name, goal.year, "level", "gdp", under)
    middle, low, high = (bool(goal.meets(level.value, target)) for level in levels)
    if middle:
        return "headquarters_holds" if low else "headquarters_unless_large"
    return "headquarters_unless_small" if high else "headquarters_gone"


def drawn(page: HeadquartersMaterial) -> Drawn:
    """GDP missing by how many leave."""
    counts = page.study.largest

    def losses(count: int, spillover: float = SPILLOVERS[0]) -> tuple[Number, Number, Number]:
        under = departure(count, spillover)
        return page.range_of(STRESS, "real_gdp", page.leaving, "loss", "share", under)

    title = page.say(
        "headquarters_chart_title",
        few=largest(page, counts[0]),
        loss=losses(counts[0])[0],
        many=inside(page, counts[-1]),
        losses=losses(counts[-1])[0],
    )
    items = [
        page.say(
            "headquarters_chart_item",
            groups=largest(page, count),
            loss=losses(count)[0],
            more=losses(count, SPILLOVERS[-1])[0],
        )
        for count in counts
    ]
    bars = [
        (
            largest(page, count).text,
            page.words["headquarters_dragged" if spillover else "headquarters_alone"],
            *(loss.value for loss in losses(count, spillover)),
        )
        for count in counts
        for spillover in SPILLOVERS
    ]
    return page.drawn(
        ranges,
        pd.DataFrame(bars, columns=["group", "series", "value", "low", "high"]),
        "share",
        title=title,
        alt=page.say("headquarters_chart_alt", title=title, items=page.words.join(items)),
        subtitle=page.say("headquarters_chart_subtitle", year=year(page.leaving)),
        source="headquarters_chart_source",
    )
