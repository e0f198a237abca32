"""The scorecard's chart: how much of the way each indicator with a figure has covered."""

import math

import pandas as pd

from futian_model.charts import ChartWords
from futian_model.charts.dots import dots
from futian_model.report.page import Drawn
from futian_model.report.pages.scorecard.rows import CardMaterial
from futian_model.report.words import Number, Sentence, year
from futian_model.scorecard import BEHIND, Outturn, Standing
from futian_model.scorecard.outturns import LOWER_BOUND

WHOLE = 100.0
FILLED, OPEN, CROSSED = 0, 1, 2
"""Kinds of dots: a figure, the straight line, a bound."""


def drawn(page: CardMaterial) -> Drawn | None:
    """A figure and the straight line of its year for each indicator; None where none has a figure."""
    shown = [
        (standing, standing.latest)
        for standing in page.card.table
        if standing.latest is not None and not math.isnan(standing.way) and not math.isnan(standing.line_way)
    ]
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


def titled(page: CardMaterial, shown: list[tuple[Standing, Outturn]]) -> Sentence:
    """What the chart shows, in a line."""
    count = Number(len(shown), "count")
    if page.final:
        return page.say("plan_card_chart_title_final", count=count)
    behind = Number(sum(one.status == BEHIND for one, _ in shown), "count")
    return page.say("plan_card_chart_title", count=count, behind=behind)


def item(page: CardMaterial, one: Standing, latest: Outturn) -> Sentence:
    """One goal's two dots in words."""
    return page.say(
        "plan_card_chart_item",
        goal=page.words.inline(page.goal_name(one.goal)),
        year=year(latest.year),
        way=page.of(one.goal, latest.year, "way", "percent"),
        line_way=page.of(one.goal, latest.year, "line_way", "percent"),
    )


def pair(page: CardMaterial, standing: Standing, latest: Outturn) -> list[dict[str, object]]:
    """Rows of the chart: the figure, then the straight line."""
    at, goal = latest.year, standing.goal

    def dot(kind: int, name: str, part: float, amount: str, statistic: str) -> dict[str, object]:
        return {
            "group": page.label(goal),
            "name": page.say(name, year=year(at)).text,
            "value": WHOLE * part,
            "label": page.say(amount, value=page.bare(goal, at, statistic)).text,
            "kind": kind,
        }

    figure = FILLED, "plan_card_chart_value", standing.way, "plan_card_chart_amount"
    if latest.precision == LOWER_BOUND:
        figure = CROSSED, "plan_card_chart_bound", standing.way, "plan_card_chart_amount_bound"
    line = dot(OPEN, "plan_card_chart_line", standing.line_way, "plan_card_chart_amount", "line")
    return [dot(*figure, "outturn"), line]
