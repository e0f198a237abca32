"""How the annual plan stands: the office's table, the pace of the year, and what its targets still take."""

import math

from futian_model.annual import MET, MISSED, QUARTERS, Course, Standing
from futian_model.report.page import Fields, Section
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.pages.plan.year_chart import drawn
from futian_model.report.pages.plan.year_tables import (
    fulfilled,
    holds,
    paced,
    period,
    rule_of,
    span_of,
    target_of,
    under,
)
from futian_model.report.words import Number, Sentence, year

RESTS = {1: "year_rest_three", 2: "year_rest_half", 3: "year_rest_last"}
"""What is left of a year, by the quarters that are over."""


def year_section(page: PlanMaterial) -> Section:
    """What the year's plan asks, how far and at what pace it is fulfilled, and its chances."""
    standing, at = page.year, year(page.year.year)
    heading = page.say("year_heading", year=at)
    if not standing.lines:
        return page.section(heading, [page.say("year_nothing", place=page.name(standing.place), year=at)])
    targeted = [line for line in standing.lines if line.targeted]
    lead = [] if targeted else [page.say("year_no_plan", place=page.name(standing.place), year=at)]
    if not standing.quarters:
        lead.append(page.say("year_no_figure", place=page.name(standing.place), year=at))
    gaps = [page.say("year_missing", periods=page.listed(period(page, at).text for at in standing.missing))]
    return page.section(
        heading,
        lead,
        *(told_of(page, line, course) for line in targeted for course in line.courses),
        fulfilled(page),
        paced(page),
        page.charts(drawn(page)),
        page.note(*gaps) if standing.missing else None,
    )


def told_of(page: PlanMaterial, line: Standing, course: Course) -> list[Sentence]:
    """An amount, or growth, against its target; nothing where neither a figure nor a target is held."""
    if course.target is None or (course.figure is None and math.isnan(course.bound)):
        return []
    sentences: list[Sentence] = []
    if course.figure is not None:
        if course is line.growth:
            sentences = [growth(page, line, course)]
        else:
            sentences = [amount(page, course), *ahead(page, line, course)]
    return [*sentences, *outlook(page, course)]


def amount(page: PlanMaterial, course: Course) -> Sentence:
    """How much of the year's target is made."""
    return page.say(
        "year_amount",
        name=page.name(course.indicator),
        period=period(page, course.quarters),
        value=under(page, course, "so_far"),
        target=target_of(page, course, unit=True),
        part=span_of(page, course, "completion_low", "completion_high", "share"),
    )


def ahead(page: PlanMaterial, line: Standing, course: Course) -> list[Sentence]:
    """How far the even and the seasonal pace lie apart from it."""
    if course.quarters == QUARTERS:
        return []
    even, seasonal = line.ahead

    def apart(key: str, statistic: str, **fields: Sentence) -> Sentence:
        away = under(page, course, f"ahead_{statistic}_size", "size_points")
        return page.say(key, apart=away, pace=under(page, course, statistic, "share"), **fields)

    sentences = [apart("year_even_ahead" if even >= 0 else "year_even_behind", "even")]
    if seasonal == seasonal:
        assert line.season is not None
        count = len(line.season.years)
        whence = page.say("year_seasonal_own" if count else "year_seasonal_all", count=Number(count, "count"))
        key = "year_seasonal_ahead" if seasonal >= 0 else "year_seasonal_behind"
        sentences.append(apart(key, "seasonal", whence=whence))
    else:
        sentences.append(page.say("year_seasonal_unknown"))
    return sentences


def growth(page: PlanMaterial, line: Standing, course: Course) -> Sentence:
    """Growth so far beside its target."""
    return page.say(
        "year_growth",
        name=page.name(line.name),
        period=period(page, course.quarters),
        value=under(page, course, "so_far", "growth_coarse"),
        target=target_of(page, course),
    )


def outlook(page: PlanMaterial, course: Course) -> list[Sentence]:
    """Met or missed; else what the quarters left have to bring, and how likely they do."""
    fields: Fields = {"name": page.name(course.indicator), "target": target_of(page, course, unit=True)}
    if course.status in (MET, MISSED):
        if course.quarters == QUARTERS:
            return [page.say("year_met" if course.status == MET else "year_missed", **fields)]
        bound = under(page, course, "bound")
        return [
            page.say("year_bound_met" if course.status == MET else "year_bound_missed", bound=bound, **fields)
        ]
    sentences = []
    if holds(page, course, "needed_growth"):
        needed = under(page, course, "needed_growth", "growth_coarse")
        rising = page.evidence.indicators.loc[course.indicator, "kind"] == "growth"
        key = "year_needed" if rising else "year_needed_amount"
        sentences.append(page.say(key, needed=needed, rest=page.say(RESTS[course.quarters])))
    if course.foreseen is not None:
        chance = under(page, course, "chance", "odds")
        band = span_of(page, course, "expected_low", "expected_high", rule_of(page, course), unit=True)
        name = page.inline(course.indicator)
        sentences.append(
            page.say("year_outlook", **(fields | {"name": name, "band": band, "chance": chance}))
        )
    else:
        sentences.append(
            page.say("year_outlook_unknown", **(fields | {"name": page.inline(course.indicator)}))
        )
    return sentences
