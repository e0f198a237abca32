"""The year's chart, quarter by quarter: what is made of an amount's target, or growth beside its own."""

from collections.abc import Sequence

import pandas as pd

from futian_model import charts
from futian_model.annual import ANNUAL, QUARTERS, Course, growth_frame, pace_frame
from futian_model.report.page import Drawn
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.pages.plan.year_tables import holds, period, span_of, target_of, under
from futian_model.report.words import Number, Sentence, year

SERIES = {"made": "year_chart_made", "even": "year_chart_even", "seasonal": "year_chart_seasonal"}
GROWING = {
    "made": "year_chart_growth",
    "target": "year_chart_target",
    "highest": "year_chart_highest",
    "expected": "year_chart_expected",
    "low": "year_chart_low",
    "high": "year_chart_high",
}
BAND, AROUND = ("low", "high"), 0.01
"""Edges of the band around what is expected; growth on either side of a target that the axis holds."""


def drawn(page: PlanMaterial) -> Drawn | None:
    """GDP so far as parts of the year's target, else its growth; None without target or figure of either."""
    line = page.year.lines[0]
    for course, draw in ((line.amount, amount_drawn), (line.growth, growth_drawn)):
        if course is not None and course.target is not None and course.figure is not None:
            return draw(page, course)
    return None


def amount_drawn(page: PlanMaterial, course: Course) -> Drawn:
    """Parts of the target made, beside the even and the seasonal pace."""
    line = page.year.lines[0]
    pace = pace_frame(page.evidence, page.year).melt("quarters", list(SERIES), "series").dropna()
    key = "year_chart_title_ahead" if line.ahead[0] >= 0 else "year_chart_title_behind"
    title = page.say(
        "year_chart_title_whole" if course.quarters == QUARTERS else key,
        name=page.name(line.name),
        period=period(page, course.quarters),
        part=span_of(page, course, "completion_low", "completion_high", "share"),
        apart=under(page, course, "ahead_even_size", "size_points"),
    )
    parts = {at: (value, of(page, course, at, "part", "share")) for at, value in line.parts.items()}
    subtitle = page.say("year_chart_subtitle", year=year(page.year.year))
    return chart(page, pace, SERIES, parts, title, subtitle, "year_chart_alt", "year_chart_source")


def growth_drawn(page: PlanMaterial, course: Course) -> Drawn:
    """Growth so far, its target, and from the latest figure on the band of the year's."""
    foreseen = course.quarters < QUARTERS and holds(page, course, "expected_low")
    title = page.say(
        "year_chart_title_growth",
        name=page.name(page.year.lines[0].name),
        period=period(page, course.quarters),
        value=under(page, course, "so_far", "growth_coarse"),
        target=target_of(page, course),
    )
    subtitle = "year_chart_subtitle_foreseen" if foreseen else "year_chart_subtitle_growth"
    rates = {at: (value, of(page, course, at, "so_far", "growth_coarse")) for at, value in course.path}
    frame = growth_frame(course)
    if len(course.path) == 1:
        frame = frame[frame["series"] != "made"]  # its figure is a mark with a name, and no line
    below = page.say(subtitle, year=year(page.year.year))
    words = (title, below, "year_chart_alt_growth", "year_chart_source_growth")
    asked = frame.loc[frame["series"] == "target", "value"]
    return chart(page, frame, GROWING, rates, *words, reach=[*asked - AROUND, *asked + AROUND])


def chart(
    page: PlanMaterial,
    frame: pd.DataFrame,
    names: dict[str, str],
    points: dict[int, tuple[float, Number]],
    title: Sentence,
    subtitle: Sentence,
    alt: str,
    source: str,
    reach: Sequence[float] = (),
) -> Drawn:
    """Lines through the year, its published figures named."""
    table = pd.DataFrame(
        {
            "series": [page.words[names[name]] for name in frame["series"]],
            "at": frame["quarters"].to_numpy(float) / QUARTERS,
            "value": frame["value"].to_numpy(float),
        }
    )
    within = frame["series"].isin(BAND).to_numpy()
    labels = {
        at: page.say("year_chart_point", period=period(page, at), part=points[at][1]).text for at in points
    }
    marks = [(label, at / QUARTERS, points[at][0]) for at, label in labels.items()]
    items = page.words.join([page.say("year_chart_item", label=label) for label in labels.values()])
    return page.drawn(
        charts.lines,
        table[~within],
        "share",
        title=title,
        alt=page.say(alt, title=title, items=items),
        subtitle=subtitle,
        source=source,
        named={"across": page.words["year_chart_across"]},
        band=table[within] if within.any() else None,
        reach=reach,
        marks=pd.DataFrame(marks[::-1], columns=["label", "at", "value"]),
    )


def of(page: PlanMaterial, course: Course, quarters: int, statistic: str, rule: str) -> Number:
    """A figure of the year by a quarter."""
    return page.number(ANNUAL, course.indicator, page.year.year, statistic, rule, f"quarters={quarters}")
