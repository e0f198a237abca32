"""Rows of the results table that say how far to trust its chances."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from futian_model.backtest.frames import GROWTH, MODEL, NAIVE, RECORD, nation_rows, origin_rows, record_rows
from futian_model.backtest.nation import long_windows
from futian_model.backtest.record import ALL
from futian_model.calibration import band
from futian_model.calibration.constants import WIDENED
from futian_model.evidence import Evidence, Goal
from futian_model.evidence.panels import ECONOMIES
from futian_model.results import Row, case, tidy
from futian_model.scenario import Scenario
from futian_model.simulation import Result, simulate

PATHS, ESTIMATES, PANEL = "published_paths", "calibration", ECONOMIES
HORIZONS = (1, 5, 10, 15)
PRIORS = {"prior_half": 0.5, "prior_double": 2.0}
"""Readings with the panels' long-run spread halved and doubled."""
PHASE = 5
RATE, COUNTED = ("fraction", "constant"), ("count", "none")
"""Unit and price basis of growth, and of the number of paths."""


def estimate_rows(result: Result) -> pd.DataFrame:
    """Every estimate: value, spread, number of figures, and how much of it is their doing."""
    rows = []
    for one in result.calibration.estimates():
        own = "none" if one.kind == "persistence" else "fraction"
        values = {
            "value": (one.value, own),
            "spread": (one.spread, own),
            "n": (one.n, "count"),
            "weight": (one.weight, "fraction"),
        }
        rows += [Row(one.name, int(result.years[0]), name, *value) for name, value in values.items()]
    return tidy(result.scenario.id, ESTIMATES, rows, result.place)


def record_table(scenario: str, evidence: Evidence) -> pd.DataFrame:
    """The stored track record, as far as a report on a scenario tells it."""
    return tidy(scenario, RECORD, evidence.once(("record rows",), lambda: _scored(evidence)))


def _scored(evidence: Evidence) -> list[Row]:
    """What the record says of the calibration, and of the naive forecast beside it."""
    table = evidence.record
    table = table[(table["quantity"] == GROWTH) & (table["panel"] == PANEL)]
    told = table[table["method"].isin([MODEL, NAIVE]) & table["horizon"].isin(HORIZONS)]
    return [*record_rows(told, tenths=()), *failures(evidence, table)]


def failures(evidence: Evidence, table: pd.DataFrame) -> Iterator[Row]:
    """Where the method failed: its worst start, the nation's long spans, what had to be widened."""
    longest, factor = max(HORIZONS), WIDENED["population_growth", PANEL]
    yield Row("population_growth", None, "factor", factor, "times", case=case(panel=PANEL))
    started = table[(table["origin"] != ALL) & (table["method"] == MODEL) & (table["horizon"] == longest)]
    worst = started.sort_values("coverage_80", kind="stable").head(1)
    yield from origin_rows(worst)
    yield from (
        row for row in nation_rows(long_windows(evidence, longest)) if row.statistic in ("above", "windows")
    )


def prior_rows(scenario: Scenario, evidence: Evidence, told: Result, reachable: list[Goal]) -> pd.DataFrame:
    """Long-run growth and the goals' chances with the prior's spread halved and doubled, same draws."""
    tables = []
    for reading, factor in PRIORS.items():
        result = simulate(
            scenario, evidence, draws=told.draws, seed=told.seed, reading=told.reading, prior=factor
        )
        rows = [
            Row(goal.name, goal.year, "probability", result.probability(goal), "fraction")
            for goal in reachable
        ]
        long_run = next(one for one in result.calibration.estimates() if one.name == "growth_long_run")
        for statistic in ("value", "spread"):
            value = float(getattr(long_run, statistic))
            rows.append(Row(long_run.name, int(told.years[0]), statistic, value, "fraction"))
        tables.append(tidy(scenario.id, reading, rows, result.place))
    return pd.concat(tables, ignore_index=True)


def phases(result: Result) -> Iterator[tuple[int, int]]:
    """First and last year of each five-year phase ahead; the last one may be shorter."""
    for first in range(int(result.years[0]) + 1, int(result.years[-1]) + 1, PHASE):
        yield first, min(first + PHASE - 1, int(result.years[-1]))


def path_rows(scenario: Scenario, evidence: Evidence, given: Result) -> pd.DataFrame:
    """Growth by phase: what others expect of the nation, what the calibration does, what is assumed.

    The scenario's district is put beside the nation by taking off the lead over it that the evidence
    expects.
    """
    nation, ladder = evidence.place("nation"), given.calibration.ladder
    rows: list[Row] = []
    for first, last in phases(given):
        at = slice(first - int(ladder.years[0]), last + 1 - int(ladder.years[0]))
        means = np.expm1(ladder.mean[:, at].mean(axis=1))
        spread = np.sqrt(ladder.covariance[0, at, 0, at].sum()) / (last + 1 - first)
        path = given.central["real_gdp"][[first - 1 - given.years[0], last - given.years[0]]]
        assumed = float((path[1] / path[0]) ** (1 / (last + 1 - first)) - 1)
        values = {
            "nation": float(means[0]),
            "nation_spread": float(spread),
            "district": float(means[-1]),
            "scenario": assumed,
            "scenario_nation": assumed - float(means[-1] - means[0]),
        }
        found = band(evidence, nation, first, last, scenario.assumptions.vintage)
        if found is not None:
            values |= {"low": found.low, "middle": found.middle, "high": found.high, "paths": found.paths}
        rows += [
            Row("real_gdp", last, name, value, *(COUNTED if name == "paths" else RATE))
            for name, value in values.items()
        ]
    return tidy(scenario.id, PATHS, rows, given.place)
