"""The year's chart: what is made of the target quarter by quarter, beside the even and the seasonal pace."""

import pandas as pd

from futian_model import charts
from futian_model.annual import ANNUAL, QUARTERS, Course, pace_frame
from futian_model.charts import ChartWords
from futian_model.report.page import Drawn
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.pages.plan.year_tables import period, span_of, under
from futian_model.report.words import Number, year

SERIES = {"made": "year_chart_made", "even": "year_chart_even", "seasonal": "year_chart_seasonal"}


def drawn(page: PlanMaterial) -> Drawn | None:
    """GDP so far as parts of the year's target; None without a target of it, or without a figure."""
    pace, line = pace_frame(page.evidence, page.year), page.year.lines[0]
    course = line.amount
    if pace.empty or course is None or course.figure is None:
        return None
    parts = pace.melt("quarters", list(SERIES), "series", "value").dropna()
    table = pd.DataFrame(
        {
            "series": [page.words[SERIES[name]] for name in parts["series"]],
            "at": parts["quarters"].to_numpy(float) / QUARTERS,
            "value": parts["value"].to_numpy(float),
        }
    )
    points = [
        (
            page.say("year_chart_point", period=period(page, at), part=part(page, course, at)).text,
            at / QUARTERS,
            value,
        )
        for at, value in line.parts.items()
    ]
    key = "year_chart_title_ahead" if line.ahead[0] >= 0 else "year_chart_title_behind"
    title = page.say(
        "year_chart_title_whole" if course.quarters == QUARTERS else key,
        name=page.name(line.name),
        period=period(page, course.quarters),
        part=span_of(page, course, "completion_low", "completion_high", "share"),
        apart=under(page, course, "ahead_even_size", "size_points"),
    )
    items = page.words.join([page.say("year_chart_item", label=label) for label, _, _ in points])
    return page.drawn(
        charts.lines,
        ChartWords,
        table,
        "share",
        title=title,
        alt=page.say("year_chart_alt", title=title, items=items),
        subtitle=page.say("year_chart_subtitle", year=year(page.year.year)),
        source="year_chart_source",
        named={"across": page.words["year_chart_across"]},
        marks=pd.DataFrame(points[::-1], columns=["label", "at", "value"]),
    )


def part(page: PlanMaterial, course: Course, quarters: int) -> Number:
    """Part of the target that was made by a quarter."""
    return page.number(ANNUAL, course.indicator, page.year.year, "part", "share", f"quarters={quarters}")
