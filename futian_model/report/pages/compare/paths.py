"""Paths of all scenarios: one chart, and a wide table an indicator of levels and of deviations by year."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from futian_model.charts import drawable
from futian_model.charts import paths as drawn_paths
from futian_model.report.page import Block, Cell, Column, Drawn, Fields, Section, Table, numeric
from futian_model.report.pages.compare.answer import ranked
from futian_model.report.pages.compare.rows import DIFFERENCE, GDP, PUBLISHED, CompareMaterial
from futian_model.report.sections.fan_sentences import marked
from futian_model.report.sections.material import GIVEN_SCENARIO
from futian_model.report.words import BARE, Sentence, axis_unit, bare, year, year_span
from futian_model.report.words.amounts import in_brackets
from futian_model.report.words.titles import distinct, shortened
from futian_model.results import case

SIZE = 360.0, 170.0
"""Points across the chart, and down its ground at the least: legible on a phone with twenty lines."""
LOOK_BACK = 5
"""Years before the base year that the chart shows."""
GROWTH = "growth"


class Figure(NamedTuple):
    """What a table shows: an indicator's statistic, and of its deviation from the baseline.

    Attributes
    ----------
    rule, gap_rule : str
        How a level and a deviation are written.
    """

    indicator: str
    statistic: str
    gap: str
    rule: str
    gap_rule: str


def paths(page: CompareMaterial) -> Section:
    """The chart, then each indicator by year."""
    blocks: list[Block | None] = []
    for figure in figures(page):
        blocks += [levels(page, figure), None if page.two else gaps(page, figure)]
    span = year_span(page.first, page.edge, page.words)
    return page.section(
        "compare_paths_heading",
        page.charts(chart(page)),
        page.say("compare_paths_lead", span=span, baseline=page.named[next(iter(page.sides))]),
        *blocks,
    )


def figures(page: CompareMaterial) -> list[Figure]:
    """GDP and its growth, then the other indicators."""
    shown = []
    for name in page.listed_indicators:
        rule = page.rule(name)
        gap = ("difference", "points_bare") if rule == "share" else ("relative", "change_bare")
        shown.append(Figure(name, "central", gap[0], "share_bare" if rule == "share" else bare(rule), gap[1]))
        if name == GDP:
            shown.append(Figure(name, GROWTH, "growth_difference", "share_bare", "points_bare"))
    return shown


def named(page: CompareMaterial, figure: Figure) -> str:
    """What a table is about, with its unit."""
    if figure.statistic == GROWTH:
        return page.words["compare_growth"]
    rule = page.rule(figure.indicator)
    if rule not in BARE:
        unit = "%"
    elif f"unit_{rule}" in page.words.texts:
        unit = axis_unit(page.words, rule, page.first)
    else:
        unit = page.words[f"unit_{rule}_bare"]
    return in_brackets(page.name(figure.indicator), unit, page.words)


def levels(page: CompareMaterial, figure: Figure) -> Table:
    """A row a scenario, a column a year, what was published above; of two, their difference below."""
    rows = [
        *([""] if any(published(page, figure, at) is not None for at in years(page)) else []),
        *(key for key, side in page.sides.items() if figure.indicator in side.given_scenario.indicators),
    ]

    def level(key: str, at: int) -> Cell:
        if not key:
            return published(page, figure, at)
        under = case(scenario=key)
        return page.ledger.find(figure.rule, GIVEN_SCENARIO, figure.indicator, at, figure.statistic, under)

    body: list[list[Cell]] = [
        [page.named[key] if key else page.words["compare_published"], *(level(key, at) for at in years(page))]
        for key in rows
    ]
    if page.two:
        other = list(page.sides)[1]
        words = page.words["compare_in_points" if figure.gap_rule == "points_bare" else "compare_in_percent"]
        body.append([words, *(gap(page, figure, other, at) for at in years(page))])
    return page.table(Sentence(named(page, figure)), body, columns(page), cards=False)


def gaps(page: CompareMaterial, figure: Figure) -> Table | None:
    """How far each scenario lies from the baseline, year by year; none where all are the baseline's."""
    baseline, *others = page.sides
    same = next((group for group in page.alike(figure.indicator) if baseline in group), [])
    held = [side for side in others if figure.indicator in page.sides[side].given_scenario.indicators]
    apart = [side for side in held if side not in same]
    if not apart:
        return None
    key = "compare_gap_points" if figure.gap_rule == "points_bare" else "compare_gap_percent"
    name = page.words["compare_growth_name"] if figure.statistic == GROWTH else page.name(figure.indicator)
    return page.table(
        page.say(key, name=name, baseline=page.named[baseline]),
        [[page.named[side], *(gap(page, figure, side, at) for at in years(page))] for side in apart],
        columns(page),
        "compare_gap_note" if len(apart) < len(held) else None,
        cards=False,
    )


def columns(page: CompareMaterial) -> list[Column]:
    """The scenario, and every year."""
    shown = (Sentence(year(at).text(page.lang)) for at in years(page))
    return [Column("compare_scenario"), *(numeric(label) for label in shown)]


def years(page: CompareMaterial) -> Sequence[int]:
    """Base year to last year."""
    return range(page.first, page.last + 1)


def gap(page: CompareMaterial, figure: Figure, key: str, at: int) -> Cell:
    """A scenario's deviation in a year."""
    return page.ledger.find(figure.gap_rule, DIFFERENCE, figure.indicator, at, figure.gap, case(scenario=key))


def published(page: CompareMaterial, figure: Figure, at: int) -> Cell:
    """What was published of a year."""
    statistic = "growth" if figure.statistic == GROWTH else "outturn"
    return page.ledger.find(figure.rule, PUBLISHED, figure.indicator, at, statistic)


def labels(page: CompareMaterial) -> dict[str, str]:
    """Titles as a chart writes them: of bearable length, as far as its fonts have the letters, none alike."""
    return distinct({key: shortened(drawable(title)) or key for key, title in page.named.items()})


def chart(page: CompareMaterial) -> Drawn:
    """GDP of all scenarios; those of one path are one line."""
    shown, baseline = labels(page), next(iter(page.sides))
    groups = {
        page.words["compare_equal"].join(shown[key] for key in group): group[0] for group in page.alike(GDP)
    }
    rows = [(label, at, page.of(key, GDP, at).value) for label, key in groups.items() for at in years(page)]
    seen = page.published[GDP]
    targets = [
        (goal.year, page.of(baseline, goal.name, goal.year, "target", rule="gdp"))
        for goal in page.goals
        if goal.indicator == GDP
    ]
    title = headline(page, shown)
    items = page.words.join(
        [
            page.say("compare_chart_item", scenario=label, value=page.of(key, GDP, page.last))
            for label, key in groups.items()
        ]
    )
    unit = axis_unit(page.words, page.rule(GDP), page.first)
    said: Fields = {"title": title, "year": year(page.last), "edge": year(page.edge), "items": items}
    return page.drawn(
        drawn_paths,
        pd.DataFrame(rows, columns=["series", "year", "value"]),
        page.rule(GDP),
        title=title,
        alt=page.say("compare_paths_alt", **said),
        subtitle=page.say("compare_paths_subtitle", name=page.name(GDP), unit=unit),
        source="compare_paths_source",
        named={"before": page.words["compare_published"], "after": page.words["compare_projected"]},
        history=seen[seen["year"] >= page.first - LOOK_BACK][["year", "value", "known"]],
        goals=marked(page.words, targets),
        edge=page.edge,
        size=SIZE,
    )


def headline(page: CompareMaterial, shown: dict[str, str]) -> Sentence:
    """The finding of the chart."""
    at, name = year(page.last), page.name(GDP)
    order = ranked(page)
    if len(order) == 1:
        return page.say(
            "compare_paths_title_one", year=at, name=name, value=page.of(order[0], GDP, page.last)
        )
    if page.two:
        other = list(page.sides)[1]
        gap = page.of(other, GDP, page.last, "relative", rule="change_coarse", reading=DIFFERENCE)
        a, b = shown.values()
        return page.say("compare_paths_title_two", year=at, name=name, a=a, b=b, gap=gap)
    high, low = (page.of(key, GDP, page.last) for key in (order[0], order[-1]))
    return page.say("compare_paths_title", year=at, name=name, low=low, high=high)
