"""Rows of the results table that say how far to trust its chances."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from futian_model import goals
from futian_model.backtest.nation import long_windows
from futian_model.calibration import band
from futian_model.calibration.constants import WIDENED
from futian_model.evidence import Evidence, Goal
from futian_model.evidence.panels import ECONOMIES
from futian_model.scenario import Scenario
from futian_model.simulation import Result, simulate

RECORD, PATHS, ESTIMATES = "record", "published_paths", "calibration"
METHODS = ("ladder", "mean_growth")
"""The calibration, and the naive forecast beside it."""
HORIZONS = (1, 5, 10, 15)
PRIORS = {"prior_half": 0.5, "prior_double": 2.0}
"""Readings with the panels' long-run spread halved and doubled."""
PHASE = 5
QUANTITY, PANEL = "real_gdp_growth", ECONOMIES


def estimate_rows(scenario: str, result: Result) -> pd.DataFrame:
    """Every estimate: value, spread, number of figures, and how much of it is their doing."""
    rows: list[goals.Row] = []
    for one in result.calibration.estimates():
        values = {"value": one.value, "spread": one.spread, "n": one.n, "weight": one.weight}
        rows += [
            (one.name, int(result.years[0]), statistic, value, "fraction", "none")
            for statistic, value in values.items()
        ]
    return goals.tidy(scenario, ESTIMATES, rows)


def record_rows(scenario: str, evidence: Evidence) -> pd.DataFrame:
    """The stored track record; the year of a row is its horizon."""
    return goals.tidy(scenario, RECORD, evidence.once(("record rows",), lambda: _scored(evidence)))


def _scored(evidence: Evidence) -> list[goals.Row]:
    """What the record says of the calibration, and of the naive forecast beside it."""
    table = evidence.record
    table = table[(table["quantity"] == QUANTITY) & (table["panel"] == PANEL) & (table["origin"] == "all")]
    rows: list[goals.Row] = []
    crps = table.set_index(["method", "horizon"])["crps"]
    for row in table[table["method"].isin(METHODS) & table["horizon"].isin(HORIZONS)].to_dict("records"):
        name, horizon = f"record_{row['method']}", int(row["horizon"])
        for statistic in (
            *("forecasts", "units", "independent", "bias", "width_80"),
            *(f"coverage_{level}" for level in (50, 80, 90)),
            *("coverage_80_low", "coverage_80_high"),
        ):
            rows.append((name, horizon, statistic, float(row[statistic]), "fraction", "none"))
        gain = 1 - row["crps"] / crps["mean_growth", horizon]
        rows.append((name, horizon, "skill", float(gain), "fraction", "none"))
    return rows + failures(evidence)


def failures(evidence: Evidence) -> list[goals.Row]:
    """Where the method failed: its worst start, the nation's long spans, what had to be widened."""
    longest, table = max(HORIZONS), evidence.record
    started = table[(table["quantity"] == QUANTITY) & (table["panel"] == PANEL) & (table["origin"] != "all")]
    started = started[(started["method"] == METHODS[0]) & (started["horizon"] == longest)]
    spans = long_windows(evidence, longest)
    found = {("record_widened", "factor"): WIDENED["population_growth", ECONOMIES]}
    for worst in started.sort_values("coverage_80", kind="stable").head(1).to_dict("records"):
        found |= {("record_worst", name): float(worst[name]) for name in ("origin", "coverage_80")}
    if len(spans):
        found["record_nation", "above"] = float((spans["outturn"] > spans["high"]).sum())
        found["record_nation", "windows"] = float(len(spans))
    return [
        (name, longest, statistic, value, "fraction", "none") for (name, statistic), value in found.items()
    ]


def prior_rows(scenario: Scenario, evidence: Evidence, told: Result, reachable: list[Goal]) -> pd.DataFrame:
    """Long-run growth and the goals' chances with the prior's spread halved and doubled, same draws."""
    tables = []
    for reading, factor in PRIORS.items():
        result = simulate(
            scenario, evidence, draws=told.draws, seed=told.seed, reading=told.reading, prior=factor
        )
        rows: list[goals.Row] = [
            (goal.name, goal.year, "probability", result.probability(goal), "fraction", "none")
            for goal in reachable
        ]
        long_run = next(one for one in result.calibration.estimates() if one.name == "growth_long_run")
        for statistic in ("value", "spread"):
            value = float(getattr(long_run, statistic))
            rows.append((long_run.name, int(told.years[0]), statistic, value, "fraction", "none"))
        tables.append(goals.tidy(scenario.id, reading, rows))
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
    rows: list[goals.Row] = []
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
        rows += [("real_gdp", last, name, value, "fraction", "constant") for name, value in values.items()]
    return goals.tidy(scenario.id, PATHS, rows)
