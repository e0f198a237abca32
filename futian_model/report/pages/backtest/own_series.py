"""The project's own series in the track-record report: hits, outturns, official targets, plans."""

import pandas as pd

from futian_model.backtest.frames import GROWTH, HITS, OWN, of_place
from futian_model.backtest.outturns import RANGE
from futian_model.backtest.own import hits
from futian_model.backtest.record import CONFIDENCE
from futian_model.report.page import Cell, Column, Section, Table, numeric, short
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.names import ahead
from futian_model.report.pages.backtest.targets import (
    Row,
    between,
    errors,
    nation_table,
    plan_table,
    when,
    wording,
)
from futian_model.report.words import Number


def own(page: Track) -> Section:
    """Forecasts of the nation, the city and the district, held against what came."""
    judged = page.own[page.own["inside"].notna()]
    return page.section(
        "backtest_own_heading",
        "backtest_own_lead",
        hit_table(page),
        *(windows(page, int(str(years)), rows) for years, rows in judged.groupby("years", sort=True)),
        errors(page),
        plan_table(page),
        nation_table(page),
    )


def hit_table(page: Track) -> Table:
    """So many of so many inside the band, and what hit rates that is compatible with."""

    def figure(row: Row, statistic: str, rule: str = "count") -> Number:
        return page.of_place(HITS, None, statistic, rule, row["geo"], int(row["years"]))

    def hit(row: Row) -> Cell:
        return page.say("backtest_hits", inside=figure(row, "inside"), windows=figure(row, "windows"))

    def rate(row: Row) -> Cell:
        return between(page, figure(row, "low", "percent"), figure(row, "high", "percent"))

    return page.table(
        "backtest_hits_table",
        hits(page.own).to_dict("records"),
        [
            Column("backtest_column_place", lambda row: page.name(row["geo"])),
            Column("backtest_column_years", lambda row: ahead(page.words, int(row["years"]))),
            numeric("backtest_column_hits", hit),
            numeric("column_independent", lambda row: figure(row, "independent")),
            numeric("backtest_column_rate", rate),
        ],
        page.say("backtest_hits_note", confidence=Number(CONFIDENCE, "percent")),
    )


def windows(page: Track, years: int, table: pd.DataFrame) -> Table:
    """Each forecast whose outturn is published, with the official target where one is held."""

    def rate(row: Row, statistic: str, rule: str = "growth_coarse") -> Number:
        return page.of_place(OWN, int(row["first"]), statistic, rule, row["geo"], years)

    def target(row: Row) -> Cell:
        if not page.has(OWN, GROWTH, int(row["first"]), "target", of_place(row["geo"]), years):
            return page.words["backtest_none"]
        # the middle of a range of half points needs two decimals
        exact = "growth" if row["wording"] == RANGE else "growth_coarse"
        return wording(page, rate(row, "target", exact), row["wording"])

    return page.table(
        page.say("backtest_windows_table", years=Number(years, "count")),
        table.sort_values("first", kind="stable").to_dict("records"),
        [
            Column("backtest_column_when", lambda row: when(page, row)),
            Column("backtest_column_place", lambda row: page.name(row["geo"])),
            numeric("backtest_column_forecast", lambda row: rate(row, "forecast")),
            numeric("backtest_column_band", lambda row: between(page, rate(row, "low"), rate(row, "high"))),
            numeric("backtest_column_outturn", lambda row: rate(row, "outturn")),
            numeric("backtest_column_target", target),
            short("backtest_column_inside", lambda row: page.words["yes" if row["inside"] else "no"]),
        ],
        "backtest_windows_note",
    )
