"""The scorecard's chart: how much of the way each indicator with a figure has covered."""

import math

import pandas as pd

from futian_model.charts import ChartWords
from futian_model.charts.dots import dots
from futian_model.report.page.blocks import Drawn
from futian_model.report.pages.scorecard.rows import CardMaterial
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.scorecard import BEHIND, Outturn, Standing
from futian_model.scorecard.outturns import LOWER_BOUND

WHOLE = 100.0
FILLED, OPEN, CROSSED = 0, 1, 2
"""Kinds of dots: a figure, the straight line, a bound."""


def drawn(given: CardMaterial) -> Drawn | None:
    """A figure and the straight line of its year for each indicator; None where none has a figure."""
    words = given.words
    shown = [
        (one, one.latest)
        for one in given.card.table
        if one.latest is not None and not math.isnan(one.way) and not math.isnan(one.line_way)
    ]
    if not shown:
        return None
    title = titled(given, shown)
    items = [item(given, one, latest) for one, latest in shown]
    alt = words.say("plan_card_chart_alt", title=title, items=words.join(items))
    bounds = any(latest.precision == LOWER_BOUND for _, latest in shown)
    goal = shown[0][0].goal
    span = words.say("span", start=year(goal.base_year), end=year(goal.year))
    chart = dots(
        pd.DataFrame([row for one, latest in shown for row in pair(given, one, latest)]),
        words=ChartWords(
            title=title.text,
            subtitle=words.say("plan_card_chart_subtitle", span=span).text,
            source=words["plan_card_chart_source_bound" if bounds else "plan_card_chart_source"],
            alt=alt.text,
        ),
        goals=pd.DataFrame({"value": [WHOLE], "label": [words["plan_card_chart_target"]]}),
    )
    return Drawn(chart, title, alt, "plain")


def titled(given: CardMaterial, shown: list[tuple[Standing, Outturn]]) -> Sentence:
    """What the chart shows, in a line."""
    count = Number(len(shown), "count")
    if given.final:
        return given.words.say("plan_card_chart_title_final", count=count)
    behind = Number(sum(one.status == BEHIND for one, _ in shown), "count")
    return given.words.say("plan_card_chart_title", count=count, behind=behind)


def item(given: CardMaterial, one: Standing, latest: Outturn) -> Sentence:
    """One goal's two dots in words."""
    return given.words.say(
        "plan_card_chart_item",
        goal=given.words.inline(given.name(one.goal)),
        year=year(latest.year),
        way=given.of(one.goal, latest.year, "way", "percent"),
        line_way=given.of(one.goal, latest.year, "line_way", "percent"),
    )


def pair(given: CardMaterial, one: Standing, latest: Outturn) -> list[dict[str, object]]:
    """Rows of the chart: the figure, then the straight line."""
    words, goal = given.words, one.goal
    bound = latest.precision == LOWER_BOUND
    heads = ("plan_card_chart_bound" if bound else "plan_card_chart_value", "plan_card_chart_line")
    amounts = (
        "plan_card_chart_amount_bound" if bound else "plan_card_chart_amount",
        "plan_card_chart_amount",
    )
    return [
        {
            "group": given.label(goal),
            "name": words.say(head, year=year(latest.year)).text,
            "value": WHOLE * part,
            "label": words.say(amount, value=given.bare(goal, latest.year, statistic)).text,
            "kind": kind,
        }
        for head, amount, part, statistic, kind in (
            (heads[0], amounts[0], one.way, "outturn", CROSSED if bound else FILLED),
            (heads[1], amounts[1], one.line_way, "line", OPEN),
        )
    ]
