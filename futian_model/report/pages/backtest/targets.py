"""Targets and plans against what came, and the nation's long spans, in the track-record report."""

from collections.abc import Mapping
from typing import Any

from futian_model.backtest.frames import ERRORS, LONGEST, NATION, PLANS
from futian_model.backtest.outturns import LOWER_BOUND, against_targets, plans
from futian_model.report.page import Cell, Column, Fill, Table, numeric, short
from futian_model.report.pages.backtest.material import Track
from futian_model.report.words import Number, Sentence, year

Row = Mapping[Any, Any]
"""A row of one of the tables."""


def when(page: Track, row: Row) -> Cell:
    """A year, or the first and last year of several."""
    first, last = int(row["first"]), int(row["last"])
    return year(first) if first == last else page.span(first, last)


def between(page: Track, low: Number, high: Number) -> Sentence:
    """Both ends of a range."""
    return page.say("backtest_between", low=low, high=high)


def wording(page: Track, target: Number, stated: str) -> Number | Sentence:
    """A target as it was worded: at least so much, or so much."""
    return page.say("backtest_above", target=target) if stated == LOWER_BOUND else target


def errors(page: Track) -> Table:
    """Official targets and the model as forecasts of the same years."""

    def error(statistic: str, rule: str = "size_points") -> Fill:
        return lambda row: page.of_place(ERRORS, int(row["last"]), statistic, rule, row["geo"])

    return page.table(
        "backtest_errors_table",
        against_targets(page.own).to_dict("records"),
        [
            Column("backtest_column_place", lambda row: page.name(row["geo"])),
            numeric("backtest_column_n", error("n", "count")),
            numeric("backtest_column_error_target", error("error_target")),
            numeric("backtest_column_error_model", error("error_model")),
            numeric("backtest_column_bias_target", error("bias_target", "growth_points")),
            numeric("backtest_column_bias_model", error("bias_model", "growth_points")),
        ],
        "backtest_errors_note",
    )


def plan_table(page: Track) -> Table:
    """Growth that five-year plans asked for, and what came."""

    def rate(row: Row, statistic: str, rule: str = "growth_coarse") -> Number:
        return page.of_place(PLANS, int(row["last"]), statistic, rule, row["geo"])

    return page.table(
        "backtest_plans_table",
        plans(page.evidence).to_dict("records"),
        [
            Column("backtest_column_when", lambda row: when(page, row)),
            Column("backtest_column_place", lambda row: page.name(row["geo"])),
            numeric("backtest_column_plan", lambda row: wording(page, rate(row, "target"), row["wording"])),
            numeric("backtest_column_outturn", lambda row: rate(row, "outturn")),
            numeric("backtest_column_miss", lambda row: rate(row, "miss", "points")),
        ],
        "backtest_plans_note",
    )


def nation_table(page: Track) -> Table:
    """The nation's long spans: what the model would have said, and what came."""

    def rate(row: Row, statistic: str) -> Number:
        origin = int(row["origin"])
        return page.of_place(NATION, origin, statistic, "growth_coarse", row["geo"], LONGEST)

    def inside(row: Row) -> str:
        low, came, high = (rate(row, name).value for name in ("low", "outturn", "high"))
        return page.words["yes" if low <= came <= high else "no"]

    nation = page.name(page.evidence.place("nation"))
    return page.table(
        page.say("backtest_nation_table", nation=nation, years=Number(LONGEST, "count")),
        page.nation.to_dict("records"),
        [
            Column("backtest_column_origin", lambda row: year(int(row["origin"]))),
            numeric("backtest_column_forecast", lambda row: rate(row, "forecast")),
            numeric("backtest_column_band", lambda row: between(page, rate(row, "low"), rate(row, "high"))),
            numeric("backtest_column_outturn", lambda row: rate(row, "outturn")),
            short("backtest_column_inside", inside),
        ],
        page.say("backtest_nation_note", nation=nation),
    )
