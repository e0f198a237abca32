"""Rows of the results table that a track-record report is written from."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from futian_model import goals
from futian_model.backtest.forecasts import BASELINES
from futian_model.backtest.record import ALL

MODEL, NAIVE = "ladder", "mean_growth"
"""The shipped calibration, and the naive forecast beside it."""
RECORD, ORIGIN, NATION, OWN, HITS, ERRORS, PLANS = (
    *("record", "record_by_origin", "nation", "own", "own_hits", "own_errors", "plans"),
)
"""Readings of the results table."""
FEWEST_FORECASTS, FEWEST_UNITS = 30, 5
"""Below either, a share of outcomes is left out: it would be the story of a few places."""
COUNTS = ("forecasts", "units", "independent")
SCORES = (
    "coverage_50",
    "coverage_80",
    "coverage_80_low",
    "coverage_80_high",
    "coverage_90",
    "bias",
    "width_80",
)


def record_rows(record: pd.DataFrame) -> Iterator[goals.Row]:
    """Scores over all origins; the year of a row is its horizon.

    A gain is the part of a method's error that the model saves.
    """
    table = record[record["origin"] == ALL]
    crps = table.set_index(["quantity", "panel", "horizon", "method"])["crps"]
    for row in table.to_dict("records"):
        quantity, panel, horizon = str(row["quantity"]), str(row["panel"]), int(row["horizon"])
        name = f"{quantity}.{panel}.{row['method']}"
        for statistic in (*COUNTS, *SCORES, *(f"pit_{tenth}" for tenth in range(10))):
            yield name, horizon, statistic, float(row[statistic]), "fraction", "none"
        if row["method"] in BASELINES:
            gain = 1 - float(crps[quantity, panel, horizon, MODEL]) / float(row["crps"])
            yield name, horizon, "gain", gain, "fraction", "none"


def single_origins(record: pd.DataFrame) -> pd.DataFrame:
    """Stored scores of single years of departure, of the model and the naive forecast."""
    told = (record["origin"] != ALL) & (record["units"] >= FEWEST_UNITS)
    return record[told & record["method"].isin([MODEL, NAIVE])]


def origin_rows(record: pd.DataFrame) -> Iterator[goals.Row]:
    """Coverage from single years of departure; the year of a row is the last one known."""
    for row in record.to_dict("records"):
        name = f"{row['method']}.{int(row['horizon'])}"
        yield name, int(row["origin"]), "coverage_80", float(row["coverage_80"]), "fraction", "none"


def nation_rows(table: pd.DataFrame) -> Iterator[goals.Row]:
    """Each long span of the nation, and how many ended above the band; those rows have year 0."""
    for row in table.to_dict("records"):
        for statistic in ("forecast", "low", "high", "outturn"):
            yield (
                str(row["geo"]),
                int(row["origin"]),
                statistic,
                float(row[statistic]),
                "fraction",
                "constant",
            )
    counts = {"windows": len(table), "above": (table["outturn"] > table["high"]).sum()}
    for statistic, value in counts.items():
        yield "all", 0, statistic, float(value), "count", "none"


def own_rows(table: pd.DataFrame) -> Iterator[goals.Row]:
    """Each forecast of the own series; a figure not held has no row."""
    for row in table.to_dict("records"):
        name = f"{row['role']}.{int(row['years'])}"
        for statistic in ("forecast", "low", "high", "outturn", "target"):
            if np.isfinite(row[statistic]):
                yield name, int(row["first"]), statistic, float(row[statistic]), "fraction", "constant"


def hit_rows(table: pd.DataFrame) -> Iterator[goals.Row]:
    """Windows inside the band; the year of a row is the number of years ahead."""
    for row in table.to_dict("records"):
        for statistic in ("inside", "windows", "independent", "low", "high"):
            unit = "fraction" if statistic in ("low", "high") else "count"
            yield str(row["role"]), int(row["years"]), statistic, float(row[statistic]), unit, "none"


def error_rows(table: pd.DataFrame) -> Iterator[goals.Row]:
    """Official targets against the model; the year of a row is the last one compared."""
    for row in table.to_dict("records"):
        for statistic in ("n", "error_target", "error_model", "bias_target", "bias_model"):
            yield str(row["role"]), int(row["last"]), statistic, float(row[statistic]), "fraction", "constant"


def plan_rows(table: pd.DataFrame) -> Iterator[goals.Row]:
    """Five-year plans; the year of a row is the plan's last."""
    for row in table.to_dict("records"):
        for statistic in ("target", "outturn", "miss"):
            yield str(row["geo"]), int(row["last"]), statistic, float(row[statistic]), "fraction", "constant"
