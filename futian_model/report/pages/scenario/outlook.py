"""Where the scenario leads: history, path and bands of the leading indicators, under both readings."""

import numpy as np
import pandas as pd

from futian_model import charts
from futian_model.charts.fan import BODY
from futian_model.evidence.history import PUBLISHED, observations
from futian_model.report.page import Cell, Column, Drawn, Section, Table, numeric
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.fan_sentences import band_names, described, marked
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material
from futian_model.report.words import Sentence, axis_unit, bare, year

QUANTILES = ("p05", "p10", "p25", "p75", "p90", "p95")
GDP = "real_gdp"
HALF = (292.0, 84.0)
"""Size of the chart on page one, in points: on paper words stand beside it."""
APART = 0.01
"""Relative distance from the evidence's median from which on the scenario is drawn beside it."""
LOOK_BACK = 15
"""Years of history drawn; a longer past would flatten what is ahead."""


def answer_chart(page: ScenarioMaterial) -> Drawn:
    """The one chart on page one: the scenario beside its baseline; else GDP as the evidence has it."""
    return sides(page) if page.apart else chart(page, GDP, HALF[1])


def sides(page: ScenarioMaterial) -> Drawn:
    """GDP: what was published, the scenario and the baseline, and the goals."""
    words, past, last = page.words, observed(page, GDP), page.last
    title = page.say(
        "sides_title",
        year=year(last),
        value=page.number(GDP, last),
        baseline=page.number(GDP, last, "baseline"),
    )
    rows = [
        (name, at, page.number(GDP, at, statistic).value)
        for name, statistic in ((words["chart_scenario"], "central"), (page.baseline_title, "baseline"))
        for at in range(page.jump_off, last + 1)
    ]
    first, end = drawn_years(page, past)
    alt = page.say(
        "sides_alt",
        title=title,
        first=year(first),
        last=year(end),
        start=year(page.jump_off),
        edge=page.number(GDP, page.jump_off),
    )
    return page.drawn(
        charts.paths,
        pd.DataFrame(rows, columns=["series", "year", "value"]),
        page.rule(GDP),
        title=title,
        alt=alt,
        subtitle=Sentence(axis_unit(words, page.rule(GDP), page.first)),
        source=source(page, GDP, past),
        named={"before": words["chart_before"], "after": words["chart_after"]},
        history=past.loc[past["year"] >= page.first - LOOK_BACK, ["year", "value", "known"]],
        goals=goals(page, GDP),
        edge=page.jump_off,
        size=HALF,
    )


def outlook(page: ScenarioMaterial) -> Section:
    """A fan of each leading indicator but for the one on page one, and a table of both readings."""
    shown = [name for name in page.headline if name != GDP]
    fans = page.charts(*(chart(page, name) for name in shown))
    lead = page.say("reading_of_charts", base_year=year(page.first))
    return page.section("outlook_heading", [lead] if shown else None, fans, table(page))


def chart(page: Material, indicator: str, tall: float = BODY) -> Drawn:
    """One fan: what the evidence expects and the scenario's path; else that path alone."""
    reading = GIVEN_EVIDENCE if indicator in page.alone.indicators else GIVEN_SCENARIO
    words, rule = page.words, page.rule(indicator)
    evidence_only = reading == GIVEN_EVIDENCE
    statistic = "p50" if evidence_only else "central"
    title = page.say(
        f"chart_title_{reading}",
        year=year(page.last),
        name=page.inline(indicator),
        value=page.number(indicator, page.last, statistic, reading=reading),
        low=page.number(indicator, page.last, "p10", reading=reading),
        high=page.number(indicator, page.last, "p90", reading=reading),
    )
    past = observed(page, indicator)
    alt = described(
        words,
        title,
        words[f"chart_path_{reading}"],
        statistic,
        (page.first, page.last),
        lambda at, name: page.number(indicator, at, name, reading=reading),
        history=drawn_years(page, past),
        goals=[
            (goal.year, page.of_goal(goal, "target")) for goal in page.goals if goal.indicator == indicator
        ],
    )
    result = page.given_scenario
    path = pd.DataFrame({"year": result.years, "value": result.central[indicator]})
    beside = evidence_only and bool(
        np.abs(path["value"] / bands(page, indicator, reading)["central"] - 1).max() > APART
    )
    unit = axis_unit(words, rule, page.first)
    return page.drawn(
        charts.fan,
        bands(page, indicator, reading),
        rule,
        title=title,
        alt=alt,
        subtitle=page.say(f"chart_subtitle_{reading}", unit=unit, vintage=page.vintage),
        source=source(page, indicator, past),
        named={
            "scenario": words[f"chart_path_{reading}"],
            "bands": band_names(page.lang),
            "history": words["chart_history"],
            "later": words.say("chart_later", vintage=page.vintage).text,
            "reference": words["chart_scenario"] if beside else "",
            "before": words["chart_before"],
            "after": words["chart_after"],
        },
        history=past[["year", "value", "known"]],
        goals=goals(page, indicator),
        reference=path[path["year"] >= page.jump_off] if beside else None,
        percent=rule == "share",
        start=page.first - LOOK_BACK,
        edge=page.jump_off,
        tall=tall,
    )


def bands(page: Material, indicator: str, reading: str) -> pd.DataFrame:
    """Quantiles by year, and as the line the central path or, given the evidence, the median."""
    years = page.given_scenario.years
    central = "p50" if reading == GIVEN_EVIDENCE else "central"
    statistics = {**{name: name for name in QUANTILES}, "central": central}
    values = {
        name: [page.number(indicator, at, own, reading=reading).value for at in years]
        for name, own in statistics.items()
    }
    return pd.DataFrame({"year": years, **values})


def observed(page: Material, indicator: str) -> pd.DataFrame:
    """What was published of an indicator, as the scenario sees it."""
    vintage = page.scenario.assumptions.vintage
    return observations(page.evidence, indicator, page.first, page.last, vintage)


def goals(page: Material, indicator: str) -> pd.DataFrame:
    """The plan's goals on the indicator, labelled with their values."""
    targets = [
        (goal.year, page.of_goal(goal, "target")) for goal in page.goals if goal.indicator == indicator
    ]
    return marked(page.words, targets)


def source(page: Material, indicator: str, past: pd.DataFrame) -> Sentence:
    """Where the observations come from, and how they were deflated."""
    first, last = drawn_years(page, past)
    key = "chart_source" if indicator in PUBLISHED else "chart_source_share"
    return page.say(key, start=year(first), end=year(last))


def drawn_years(page: Material, past: pd.DataFrame) -> tuple[int, int]:
    """First and last year of the observations drawn."""
    years = past.loc[past["year"] >= page.first - LOOK_BACK, "year"]
    return int(years.min()), int(years.max())


def table(page: Material) -> Table:
    """Both readings in the goals' years and the last one."""
    years = sorted({goal.year for goal in page.goals} | {page.last})
    return page.table(
        "outlook_table",
        [(indicator, at) for indicator in page.headline for at in years],
        [
            Column("column_indicator", lambda row: page.dated(*row).text),
            numeric("column_path", lambda row: page.number(*row)),
            numeric("column_given_scenario", lambda row: interval(page, row[0], row[1], GIVEN_SCENARIO)),
            numeric("column_median", lambda row: median(page, *row)),
            numeric("column_given_evidence", lambda row: interval(page, row[0], row[1], GIVEN_EVIDENCE)),
        ],
        page.say("outlook_note", base_year=year(page.first)),
    )


def median(page: Material, indicator: str, at: int) -> Cell:
    """The middle of the draws given the evidence, where it says anything."""
    if indicator not in page.alone.indicators:
        return page.words["no_evidence"]
    return page.number(indicator, at, "p50", reading=GIVEN_EVIDENCE)


def interval(page: Material, indicator: str, at: int, reading: str) -> Cell:
    """Bounds of the middle eight tenths of the draws, where the reading says anything."""
    if reading == GIVEN_EVIDENCE and indicator not in page.alone.indicators:
        return page.words["no_evidence"]
    rule = page.rule(indicator)
    low, high = (page.number(indicator, at, end, rule=bare(rule), reading=reading) for end in ("p10", "p90"))
    return page.say(f"interval_{rule}", low=low, high=high)
