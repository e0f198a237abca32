"""The scorecard's chart: how much of the way each indicator with a figure has covered."""

import math
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from futian_model.charts.dots import dots
from futian_model.evidence import Goal
from futian_model.report.page import Drawn, Fields
from futian_model.report.pages.plan.rows import PlanMaterial, estimate_rule, rule_of
from futian_model.report.words import Number, Sentence, bare, year
from futian_model.scorecard import BEHIND, STATED, Outturn, Standing, Verdict
from futian_model.scorecard.outturns import DEFLATED, LOWER_BOUND

WHOLE = 100.0
FILLED, OPEN, CROSSED = 0, 1, 2
"""Kinds of dots: a figure, the straight line, a bound."""


def drawn(page: PlanMaterial) -> Drawn | None:
    """A figure and the straight line of its year for each indicator; None where none has a figure."""
    if page.final:
        return ended(page)
    shown = [
        (standing, standing.latest)
        for standing in page.card.table
        if standing.latest is not None and not math.isnan(standing.way) and not math.isnan(standing.line_way)
    ]
    count, behind = len(shown), sum(standing.status == BEHIND for standing, _ in shown)
    title = page.say("plan_card_chart_title", count=Number(count, "count"), behind=Number(behind, "count"))
    bounds = any(latest.precision == LOWER_BOUND for _, latest in shown)
    return ways(
        page,
        title,
        [item(page, standing, latest) for standing, latest in shown],
        [row for standing, latest in shown for row in pair(page, standing, latest)],
        "plan_card_chart_source_bound" if bounds else "plan_card_chart_source",
    )


def ended(page: PlanMaterial) -> Drawn | None:
    """The last figure of each indicator that has one, as published, and the estimate of the goal's year."""
    shown = [
        verdict
        for standing in page.card.table
        for verdict in page.judged(standing)
        if verdict.year is not None and page.knows(verdict, verdict.year, "way")
    ]
    figures = [
        verdict for verdict in shown if verdict.outturn is not None and verdict.outturn.how != DEFLATED
    ]
    return ways(
        page,
        page.say("plan_card_chart_title_final", count=Number(len(figures), "count")),
        [end_told(page, verdict) for verdict in figures],
        [
            row
            for verdict in figures
            for row in ends(page, verdict, [reading for reading in shown if reading.goal == verdict.goal])
        ],
        "plan_card_chart_source_final",
    )


def ways(
    page: PlanMaterial,
    title: Sentence,
    items: Sequence[Sentence],
    rows: Sequence[Mapping[str, object]],
    source: str,
) -> Drawn | None:
    """Parts of the way from base to target; None of no rows."""
    if not rows:
        return None
    goal = page.card.table[0].goal
    return page.drawn(
        dots,
        pd.DataFrame(rows),
        "plain",
        title=title,
        alt=page.say("plan_card_chart_alt", title=title, items=page.words.join(items)),
        subtitle=page.say("plan_card_chart_subtitle", span=page.span(goal.base_year, goal.year)),
        source=source,
        goals=pd.DataFrame({"value": [WHOLE], "label": [page.words["plan_card_chart_target"]]}),
    )


def dot(
    page: PlanMaterial, goal: Goal, kind: int, name: Sentence, way: float, label: Sentence
) -> dict[str, object]:
    """A row of the chart."""
    return {
        "group": page.label(goal),
        "name": name.text,
        "value": WHOLE * way,
        "label": label.text,
        "kind": kind,
    }


def end_told(page: PlanMaterial, verdict: Verdict) -> Sentence:
    """One goal's last figure in words."""
    assert verdict.year is not None
    key = "plan_card_chart_end_over" if verdict.precision == LOWER_BOUND else "plan_card_chart_end"
    way = page.read(verdict, verdict.year, "way", "percent")
    return page.say(key, goal=page.words.inline(page.on_prices(verdict)), year=year(verdict.year), way=way)


def ends(page: PlanMaterial, verdict: Verdict, readings: list[Verdict]) -> Iterator[dict[str, object]]:
    """Rows of the chart: the published figure, then the estimate on each reading of prices."""
    goal, bound = verdict.goal, verdict.precision == LOWER_BOUND
    assert verdict.year is not None
    name = page.say("plan_card_chart_bound" if bound else "plan_card_chart_value", year=year(verdict.year))
    amount = page.say(
        "plan_card_chart_amount_bound" if bound else "plan_card_chart_amount",
        value=page.read(verdict, verdict.year, "outturn", bare(rule_of(goal))),
    )
    way = page.read(verdict, verdict.year, "way", "percent").value
    yield dot(page, goal, CROSSED if bound else FILLED, name, way, amount)
    for reading in readings:
        if not page.knows(reading, goal.year, "expected_way"):
            continue
        fields: Fields = {"year": year(goal.year)}
        if reading.reading != STATED:
            fields["prices"] = page.prices(reading)
        key = "plan_card_chart_expected_read" if "prices" in fields else "plan_card_chart_expected"
        expected = page.read(reading, goal.year, "expected", estimate_rule(goal))
        way = page.read(reading, goal.year, "expected_way", "percent").value
        about = page.say("plan_card_about", value=expected)
        yield dot(page, goal, OPEN, page.say(key, **fields), way, about)


def item(page: PlanMaterial, standing: Standing, latest: Outturn) -> Sentence:
    """One goal's two dots in words."""
    return page.say(
        "plan_card_chart_item",
        goal=page.inline(standing.goal.name),
        year=year(latest.year),
        way=page.of(standing.goal, latest.year, "way", "percent"),
        line_way=page.of(standing.goal, latest.year, "line_way", "percent"),
    )


def pair(page: PlanMaterial, standing: Standing, latest: Outturn) -> list[dict[str, object]]:
    """Rows of the chart: the figure, then the straight line."""
    at, goal, bound = latest.year, standing.goal, latest.precision == LOWER_BOUND
    fields: Fields = {"year": year(at)}
    key = "plan_card_chart_bound" if bound else "plan_card_chart_value"
    if latest.how == DEFLATED:
        key = "plan_card_chart_converted_bound" if bound else "plan_card_chart_converted"
        fields |= {"base_year": year(goal.base_year), "published": page.of(goal, at, "published")}
    figure, line = (page.bare(goal, at, statistic) for statistic in ("outturn", "line"))
    amount = page.say("plan_card_chart_amount_bound" if bound else "plan_card_chart_amount", value=figure)
    course = page.say("plan_card_chart_amount", value=line)
    return [
        dot(page, goal, CROSSED if bound else FILLED, page.say(key, **fields), standing.way, amount),
        dot(page, goal, OPEN, page.say("plan_card_chart_line", year=year(at)), standing.line_way, course),
    ]
