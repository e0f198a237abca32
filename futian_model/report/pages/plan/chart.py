"""The scorecard's chart: how much of the way each indicator with a figure has covered."""

import math
from collections.abc import Iterator

import pandas as pd

from futian_model.charts import ChartWords
from futian_model.charts.dots import dots
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
    shown = [
        (standing, standing.latest)
        for standing in page.card.table
        if standing.latest is not None and not math.isnan(standing.way) and not math.isnan(standing.line_way)
    ]
    if page.final:
        return ended(page)
    if not shown:
        return None
    title = titled(page, shown)
    items = page.words.join([item(page, standing, latest) for standing, latest in shown])
    bounds = any(latest.precision == LOWER_BOUND for _, latest in shown)
    goal = shown[0][0].goal
    span = page.span(goal.base_year, goal.year)
    return page.drawn(
        dots,
        ChartWords,
        pd.DataFrame([row for standing, latest in shown for row in pair(page, standing, latest)]),
        "plain",
        title=title,
        alt=page.say("plan_card_chart_alt", title=title, items=items),
        subtitle=page.say("plan_card_chart_subtitle", span=span),
        source="plan_card_chart_source_bound" if bounds else "plan_card_chart_source",
        goals=pd.DataFrame({"value": [WHOLE], "label": [page.words["plan_card_chart_target"]]}),
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
    if not figures:
        return None
    title = page.say("plan_card_chart_title_final", count=Number(len(figures), "count"))
    goal = figures[0].goal
    rows = [
        row
        for verdict in figures
        for row in ends(page, verdict, [reading for reading in shown if reading.goal == verdict.goal])
    ]
    items = page.words.join([end_told(page, verdict) for verdict in figures])
    return page.drawn(
        dots,
        ChartWords,
        pd.DataFrame(rows),
        "plain",
        title=title,
        alt=page.say("plan_card_chart_alt", title=title, items=items),
        subtitle=page.say("plan_card_chart_subtitle", span=page.span(goal.base_year, goal.year)),
        source="plan_card_chart_source_final",
        goals=pd.DataFrame({"value": [WHOLE], "label": [page.words["plan_card_chart_target"]]}),
    )


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

    def dot(kind: int, name: Sentence, way: Number, amount: Sentence) -> dict[str, object]:
        return {
            "group": page.label(goal),
            "name": name.text,
            "value": WHOLE * way.value,
            "label": amount.text,
            "kind": kind,
        }

    name = page.say("plan_card_chart_bound" if bound else "plan_card_chart_value", year=year(verdict.year))
    amount = page.say(
        "plan_card_chart_amount_bound" if bound else "plan_card_chart_amount",
        value=page.read(verdict, verdict.year, "outturn", bare(rule_of(goal))),
    )
    yield dot(CROSSED if bound else FILLED, name, page.read(verdict, verdict.year, "way", "percent"), amount)
    for reading in readings:
        if page.knows(reading, goal.year, "expected_way"):
            fields: Fields = {"year": year(goal.year)}
            if reading.reading != STATED:
                fields["prices"] = page.prices(reading)
            key = "plan_card_chart_expected_read" if "prices" in fields else "plan_card_chart_expected"
            expected = page.read(reading, goal.year, "expected", estimate_rule(goal))
            yield dot(
                OPEN,
                page.say(key, **fields),
                page.read(reading, goal.year, "expected_way", "percent"),
                page.say("plan_card_chart_amount_about", value=expected),
            )


def titled(page: PlanMaterial, shown: list[tuple[Standing, Outturn]]) -> Sentence:
    """What the chart shows, in a line."""
    count = Number(len(shown), "count")
    behind = Number(sum(standing.status == BEHIND for standing, _ in shown), "count")
    return page.say("plan_card_chart_title", count=count, behind=behind)


def item(page: PlanMaterial, standing: Standing, latest: Outturn) -> Sentence:
    """One goal's two dots in words."""
    return page.say(
        "plan_card_chart_item",
        goal=page.words.inline(page.goal_name(standing.goal)),
        year=year(latest.year),
        way=page.of(standing.goal, latest.year, "way", "percent"),
        line_way=page.of(standing.goal, latest.year, "line_way", "percent"),
    )


def pair(page: PlanMaterial, standing: Standing, latest: Outturn) -> list[dict[str, object]]:
    """Rows of the chart: the figure, then the straight line."""
    at, goal = latest.year, standing.goal

    def dot(kind: int, name: Sentence, part: float, amount: str, statistic: str) -> dict[str, object]:
        return {
            "group": page.label(goal),
            "name": name.text,
            "value": WHOLE * part,
            "label": page.say(amount, value=page.bare(goal, at, statistic)).text,
            "kind": kind,
        }

    bound = latest.precision == LOWER_BOUND
    name = page.say("plan_card_chart_bound" if bound else "plan_card_chart_value", year=year(at))
    if latest.how == DEFLATED:
        name = page.say(
            "plan_card_chart_converted_bound" if bound else "plan_card_chart_converted",
            year=year(at),
            base_year=year(goal.base_year),
            published=page.of(goal, at, "published"),
        )
    amount = "plan_card_chart_amount_bound" if bound else "plan_card_chart_amount"
    line = page.say("plan_card_chart_line", year=year(at))
    return [
        dot(CROSSED if bound else FILLED, name, standing.way, amount, "outturn"),
        dot(OPEN, line, standing.line_way, "plan_card_chart_amount", "line"),
    ]
