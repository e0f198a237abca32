"""The project's own series in the track-record report: hits, outturns, official targets, plans."""

from typing import Any

import pandas as pd

from futian_model.backtest.frames import GROWTH, HITS, OWN, of_place
from futian_model.backtest.outturns import RANGE
from futian_model.backtest.own import hits
from futian_model.backtest.record import CONFIDENCE
from futian_model.report.page.blocks import Block, Cell, Prose, Section, Table
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.names import ahead
from futian_model.report.pages.backtest.targets import (
    columns,
    errors,
    nation_table,
    plan_table,
    when,
    wording,
)
from futian_model.report.words.numbers import Number


def own(given: Track) -> Section:
    """Forecasts of the nation, the city and the district, held against what came."""
    words, table = given.words, given.own
    told = table[table["inside"].notna()]
    children: list[Block] = [Prose(given.lang, [words.say("backtest_own_lead")]), hit_table(given)]
    for years, rows in told.groupby("years", sort=True):
        children.append(windows(given, int(str(years)), rows))
    children += [errors(given), plan_table(given), nation_table(given)]
    return Section(given.lang, words["backtest_own_heading"], children)


def hit_table(given: Track) -> Table:
    """So many of so many inside the band, and what hit rates that is compatible with."""
    words = given.words
    rows: list[list[Cell]] = []
    for row in hits(given.own).to_dict("records"):
        geo, years = str(row["geo"]), int(row["years"])

        def number(
            statistic: str, rule: str = "count", at: tuple[str, int] = (of_place(geo), years)
        ) -> Number:
            return given.ledger.number(rule, HITS, GROWTH, None, statistic, *at)

        rows.append(
            [
                given.name(geo),
                ahead(words, years),
                words.say("backtest_hits", inside=number("inside"), windows=number("windows")),
                number("independent"),
                words.say("backtest_between", low=number("low", "percent"), high=number("high", "percent")),
            ]
        )
    heads, numeric = (
        ("backtest_column_place", "backtest_column_years"),
        (*("backtest_column_hits", "column_independent", "backtest_column_rate"),),
    )
    note = words.say("backtest_hits_note", confidence=Number(CONFIDENCE, "percent"))
    title = words["backtest_hits_table"]
    return Table(given.lang, title, columns(given, heads, numeric), rows, note, cards=True)


def windows(given: Track, years: int, table: pd.DataFrame) -> Table:
    """Each forecast whose outturn is published, with the official target where one is held."""
    words = given.words
    title = words.say("backtest_windows_table", years=Number(years, "count")).text
    heads = ("backtest_column_when", "backtest_column_place")
    numeric = (
        *("backtest_column_forecast", "backtest_column_band"),
        *("backtest_column_outturn", "backtest_column_target"),
    )
    rows = [window(given, row) for row in table.sort_values("first", kind="stable").to_dict("records")]
    shown = columns(given, heads, numeric, ("backtest_column_inside",))
    return Table(given.lang, title, shown, rows, words.say("backtest_windows_note"), cards=True)


def window(given: Track, row: dict[Any, Any]) -> list[Cell]:
    """One forecast and what came of it."""
    words, first, last = given.words, int(row["first"]), int(row["last"])
    under = of_place(row["geo"]), int(row["years"])

    def rate(statistic: str, rule: str = "growth_coarse") -> Number:
        return given.ledger.number(rule, OWN, GROWTH, first, statistic, *under)

    asked = given.has(OWN, GROWTH, first, "target", *under)
    # the middle of a range of half points needs two decimals
    exact = "growth" if row["wording"] == RANGE else "growth_coarse"
    return [
        when(given, first, last),
        given.name(str(row["geo"])),
        rate("forecast"),
        words.say("backtest_between", low=rate("low"), high=rate("high")),
        rate("outturn"),
        wording(given, rate("target", exact), str(row["wording"])) if asked else words["backtest_none"],
        words["yes" if row["inside"] else "no"],
    ]
