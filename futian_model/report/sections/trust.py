"""Why a chance should be believed, and how far: estimates, the prior's part, others, the record."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from futian_model.backtest.chances import WHOLE, classes
from futian_model.backtest.frames import (
    BRIEF,
    EVENT,
    GROWTH,
    MODEL,
    NAIVE,
    RECORD,
    TOLD,
    by_method,
    in_class,
    of_place,
)
from futian_model.backtest.record import FIRST_ORIGIN
from futian_model.calibration import Band, Estimate
from futian_model.calibration.frames import ESTIMATES
from futian_model.evidence.panels import ECONOMIES
from futian_model.report.page import Block, Cell, Column, Fields, Fill, Section, Table, numeric, short
from futian_model.report.sections.findings import Simulated
from futian_model.report.sections.material import GIVEN_EVIDENCE, Material
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import lever_name, panel_name
from futian_model.results import case
from futian_model.scenario.checks import DRIVERS
from futian_model.simulation.frames import PATHS, phases

SERIES = re.compile(r"(\w+)\.\w+(?: (\d{4})-(\d{4}))?")
"""Place, and first and last year, of a series that an estimate rests on."""
PROMISED = 0.8
"""Share of outcomes that the band in the record is to hold."""
QUOTED = (5, 15)
"""Horizons whose record a sentence quotes."""


def trust(page: Material) -> Section:
    """Estimates with who did the work, the prior doubled and halved, published paths, the record."""
    tables = estimates(page), priors(page), others(page)
    return page.section("trust_heading", *tables, *record(page), level=3)


def estimates(page: Material) -> Table:
    """What the trends rest on: value, spread, number of figures, series, and who did the work."""
    trends = page.given_scenario.calibration.trends()
    idle = () if page.given_scenario.base.population_held else ("population",)
    drivers = [name for name in (*DRIVERS, *page.shares) if name in trends and name not in idle]

    def figure(statistic: str) -> Fill:
        def cell(estimate: Estimate) -> Cell:
            if statistic == "spread" and estimate.spread == 0:  # one panel alone: nothing to differ from
                return None
            rule = "index" if estimate.kind == "persistence" else "growth"
            rule = "count" if statistic == "n" else rule
            return page.number(estimate.name, page.first, statistic, rule=rule, reading=ESTIMATES)

        return cell

    return page.table(
        "estimates_table",
        [estimate for name in drivers for estimate in trends[name].estimates],
        [
            Column("column_estimate", lambda estimate: estimate_label(page, estimate)),
            numeric("column_value", figure("value")),
            numeric("column_spread", figure("spread")),
            numeric("column_n", figure("n")),
            short("column_work", lambda estimate: page.words[f"work_{estimate.work}"]),
            Column("column_series", lambda estimate: rests_on(page, estimate)),
        ],
        page.say("estimates_note", vintage=page.vintage),
    )


def estimate_label(page: Material, estimate: Estimate) -> str:
    """An estimate in words."""
    places = {role: page.name(page.evidence.place(role)) for role in ("nation", "city", "district")}
    name = lever_name(estimate.driver, page.evidence, page.words)
    if estimate.kind == "long_run":  # of the lowest rung, whose figures are named last
        places["place"] = page.name(SERIES.findall(estimate.source)[-1][0])
    return page.say(f"estimate_{estimate.kind}", name=name, **places).text


def rests_on(page: Material, estimate: Estimate) -> str:
    """Places and years, or panels, that an estimate rests on."""
    if estimate.kind == "persistence":
        return page.listed(panel_name(name, page.words) for name in estimate.source.split(", "))
    series = []
    for geo, first, last in SERIES.findall(estimate.source):
        span = page.say("span", start=first, end=last)
        series.append(page.say("series_of" if first else "series_none", place=page.name(geo), span=span).text)
    return page.listed(series) + (page.words["held_later"] if estimate.published_later else "")


def priors(page: Material) -> Table:
    """Long-run growth and each goal's chance with the prior as estimated, halved and doubled."""

    def cells(indicator: str, at: int, statistic: str, rule: str, as_is: str) -> list[Cell]:
        readings = ("prior_half", as_is, "prior_double")
        return [page.number(indicator, at, statistic, rule=rule, reading=reading) for reading in readings]

    growth, chance = ("growth", ESTIMATES), ("probability", "probability", GIVEN_EVIDENCE)
    rows = [
        [page.words[f"prior_{statistic}"], *cells("growth_long_run", page.first, statistic, *growth)]
        for statistic in ("value", "spread")
    ]
    rows += [[page.goal_label(goal), *cells(goal.name, goal.year, *chance)] for goal in page.judged]
    columns = [Column("column_result"), *map(numeric, ("column_half", "column_as_is", "column_double"))]
    return page.table("prior_table", rows, columns, "prior_note")


def others(page: Material) -> Table:
    """By phase: what others expect of the nation, this calibration, and the scenario beside both."""
    nation, none = page.name(page.evidence.place("nation")), page.words["none_published"]

    def number(last: int, statistic: str, rule: str = "growth_coarse") -> Number:
        return page.number("real_gdp", last, statistic, rule=rule, reading=PATHS)

    def growth(statistic: str) -> Fill:
        return lambda phase: number(phase[1], statistic)

    def published(cell: Callable[[int, int], Cell]) -> Fill:
        return lambda phase: cell(*phase) if page.has("real_gdp", phase[1], "paths", PATHS) else none

    def paths(first: int, last: int) -> Sentence:
        ends = {name: number(last, name) for name in ("low", "high")}
        return page.say("paths_band", **ends, count=number(last, "paths", "count"))

    def verdict(first: int, last: int) -> str:
        low, middle, high = (number(last, name).value for name in ("low", "middle", "high"))
        place = Band(first, last, low, middle, high, 0).place(number(last, "scenario_nation").value)
        return page.words[f"plausible_{place}"]

    return page.table(
        page.say("paths_table", nation=nation),
        phases(page.given_scenario),
        [
            Column("column_years", lambda phase: page.span(*phase)),
            numeric("column_paths", published(paths)),
            numeric("column_paths_middle", published(lambda first, last: number(last, "middle"))),
            numeric("column_nation", growth("nation")),
            numeric("column_district", growth("district")),
            numeric("column_scenario", growth("scenario")),
            short("column_plausible", published(verdict)),
        ],
        page.say("paths_note", nation=nation, vintage=page.vintage),
    )


def record(page: Material) -> list[Block]:
    """The track record by horizon, and what it cannot tell."""

    def score(statistic: str, rule: str = "percent", method: str = MODEL) -> Fill:
        return lambda horizon: scored(page, horizon, statistic, rule, method)

    def eighty(horizon: int) -> Sentence:
        share, low, high = (scored(page, horizon, f"coverage_80{end}") for end in ("", "_low", "_high"))
        return page.say("covered_interval", share=share, low=low, high=high)

    table = page.table(
        "record_table",
        BRIEF,
        [
            Column("column_horizon", lambda horizon: page.say("horizon", years=Number(horizon, "count"))),
            numeric("column_forecasts", score("forecasts", "count")),
            numeric("column_covered_half", score("coverage_50")),
            numeric("column_covered_eighty", eighty),
            numeric("column_covered_ninety", score("coverage_90")),
            numeric("column_naive_eighty", score("coverage_80", method=NAIVE)),
            numeric("column_skill", score("gain", method=NAIVE)),
            numeric("column_independent", score("independent", "count")),
        ],
        page.say("record_note", first=year(FIRST_ORIGIN)),
    )
    return [table, page.prose("record_limits", *failures(page), "record_untested")]


def failures(page: Material) -> list[Sentence]:
    """Where the record fails its promise, as the numbers have it."""
    longest = max(BRIEF)
    sentences, years = [], Number(longest, "count")
    for row in page.ledger.keys(RECORD, "coverage_80"):
        if row.year:
            share = page.ledger.number("percent", *row)
            sentences.append(page.say("record_worst", origin=year(row.year), held=share, years=years))
    geo = page.evidence.place("nation")
    at: dict[str, Any] = {"reading": RECORD, "case": of_place(geo), "horizon": longest}
    if page.has(GROWTH, None, "windows", RECORD, at["case"], longest):
        counts = {name: page.number(GROWTH, None, name, rule="count", **at) for name in ("above", "windows")}
        sentences.append(page.say("record_nation", nation=page.name(geo), years=years, **counts))
    for horizon in BRIEF:
        low, high = (scored(page, horizon, f"coverage_80_{end}") for end in ("low", "high"))
        verdict = "wide" if low.value > PROMISED else "narrow" if high.value < PROMISED else ""
        if verdict:
            span = page.say("horizon", years=Number(horizon, "count"))
            sentences.append(page.say(f"record_{verdict}", span=span))
    at = {"rule": "plain_factor", "reading": RECORD, "case": case(panel=ECONOMIES)}
    factor = page.number("population_growth", None, "factor", **at)
    return [*sentences, page.say("record_widened", factor=factor)]


def scored(
    page: Material, horizon: int, statistic: str, rule: str = "percent", method: str = MODEL
) -> Number:
    """A score of the record."""
    under = by_method(ECONOMIES, method)
    return page.number(GROWTH, None, statistic, rule=rule, reading=RECORD, case=under, horizon=horizon)


def came_true(page: Simulated) -> list[Sentence]:
    """How often chances like that of the page's goal on GDP came true; nothing where there is none.

    The class of the chance, over the years of the record that are nearest to the goal's, of all economies.
    """
    fields = came_true_numbers(page)
    return [page.say("record_came_true", **fields)] if fields else []


def came_true_numbers(page: Simulated) -> Fields:
    """The goal, the years, the spans, what was said and what came; nothing where there is no such goal."""
    goals = [goal for goal in page.judged if goal.indicator == "real_gdp"]
    if not goals:
        return {}
    goal = max(goals, key=lambda goal: goal.year)
    chance = page.chance(goal.name, goal.year, reading=GIVEN_EVIDENCE)
    ahead = min(TOLD, key=lambda years: abs(years - (goal.year - page.jump_off)))
    name = next(each.name for each in classes()[1:] if each.holds(np.array([chance.value]))[0])
    under: dict[str, Any] = {"case": in_class(ECONOMIES, WHOLE, MODEL, EVENT, name), "horizon": ahead}
    if not page.has(GROWTH, None, "came", RECORD, under["case"], ahead):
        return {}
    rates = {
        statistic: page.number(GROWTH, None, statistic, rule="percent", reading=RECORD, **under)
        for statistic in ("said", "came")
    }
    spans = page.number(GROWTH, None, "spans", rule="count", reading=RECORD, **under)
    years, label = Number(ahead, "count"), page.goal_label(goal)
    return {"record_goal": label, "years": years, "spans": spans, **rates}


def quoted(page: Material) -> Sentence:
    """The record in one sentence."""
    number, (short, long) = partial(scored, page), QUOTED
    return page.say(
        "record_quoted",
        units=number(long, "units", "count"),
        short=Number(short, "count"),
        short_held=number(short, "coverage_80"),
        long=Number(long, "count"),
        long_held=number(long, "coverage_80"),
        naive=number(long, "coverage_80", method=NAIVE),
    )
