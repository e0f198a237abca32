"""What a simulation rests on, as rows of the results table: its prior, and what others expect."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd

from futian_model.calibration import band
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Goal
from futian_model.results import Row, tidy
from futian_model.scenario import Scenario
from futian_model.simulation.result import LEVELS, QUANTILES, Part, Result
from futian_model.simulation.run import simulate

PATHS = "published_paths"
"""Reading of the rows on what others expect."""
PRIORS = {"prior_half": 0.5, "prior_double": 2.0}
"""Readings with the panels' long-run spread halved and doubled."""
GROWTH = {
    "real_gdp_growth": "real_gdp",
    "nominal_gdp_growth": "nominal_gdp",
    "gdp_deflator_growth": "deflator",
    "gdp_per_capita_growth": "real_gdp_per_capita",
}
"""Growth rates that a simulation gives beside its levels, by the level that grows."""
PHASE = 5
"""Years of a phase; the last one may be shorter."""


def prior_frame(
    scenario: Scenario, evidence: Evidence, result: Result, goals: Sequence[Goal]
) -> pd.DataFrame:
    """Long-run growth and the goals' chances with the prior's spread halved and doubled, same draws.

    Parameters
    ----------
    result : Result
        Whose number of draws, key and reading are taken.
    goals : sequence of Goal
        On indicators that it simulates.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`, fractions: ``probability`` of each goal in its year; ``value`` and
        ``spread`` of ``growth_long_run`` in the base year.
    """
    tables = []
    for reading, factor in PRIORS.items():
        own: dict[str, Any] = {"draws": result.draws, "seed": result.seed, "reading": result.reading}
        other = simulate(scenario, evidence, prior=factor, **own)
        rows = [
            Row(goal.name, goal.year, "probability", other.probability(goal), "fraction") for goal in goals
        ]
        long_run = next(own for own in other.calibration.estimates() if own.name == "growth_long_run")
        for statistic in ("value", "spread"):
            value = float(getattr(long_run, statistic))
            rows.append(Row(long_run.name, int(result.years[0]), statistic, value, "fraction"))
        tables.append(tidy(scenario.id, reading, rows, other.place))
    return pd.concat(tables, ignore_index=True)


def chance_rows(result: Result, goal: Goal, under: str) -> list[Row]:
    """The chance of a goal in its year and its Monte Carlo error, under a case."""
    odds = result.odds(goal)
    values = {"probability": odds.probability, "probability_se": odds.probability_se}
    return [Row(goal.name, goal.year, name, value, "fraction", case=under) for name, value in values.items()]


def growth_frame(result: Result) -> pd.DataFrame:
    """Growth a year of GDP at constant and current prices, of prices and of GDP per head.

    Parameters
    ----------
    result : Result
        With its paths kept.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`, fractions a year: ``central``, growth of the path without shocks,
        and quantiles over the draws, of every year after the first; ``ahead``, its mean over the years after
        the jump-off, in the last one.

    Raises
    ------
    InputError
        The paths were not kept.
    """
    parts = []
    for name, level in GROWTH.items():
        if level in result.indicators:
            parts.append(result.grown(name, level))
            ahead = result.central[level][result.driven.jump :]
            mean = float(np.exp(np.log1p(ahead[1:] / ahead[:-1] - 1).mean()) - 1)
            parts.append(Part(name, result.years[-1:], ["ahead"], np.array([[mean]])))
    return result.tabled(parts)


def deviation_frame(result: Result, baseline: Result) -> pd.DataFrame:
    """How far a scenario lies from its baseline year by year, path by path with the same shocks.

    Parameters
    ----------
    result, baseline : Result
        Over the same years, from the same number of draws and key, with their paths kept.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`, of every indicator that both simulate: the baseline's path
        (``baseline``), what the scenario has more (``deviation``), of levels also in proportion
        (``relative_deviation``), each with its ``p10`` and ``p90`` over the draws; and of growth a year both
        sides' paths.

    Raises
    ------
    InputError
        Years, draws or key differ, or the paths were not kept.
    """
    for name in ("draws", "seed"):
        own, other = getattr(result, name), getattr(baseline, name)
        if own != other:
            raise InputError(name, other, f"{own}, as of the scenario it is the baseline of")
    if list(result.years) != list(baseline.years):
        raise InputError("years", list(baseline.years), f"{result.years[0]} to {result.years[-1]}")
    parts = []
    ends = [LEVELS[QUANTILES.index(name)] for name in ("p10", "p90")]
    for name in result.indicators:
        if name not in baseline.indicators:
            continue
        own, other = result.central[name], baseline.central[name]
        apart = result.paths[name] - baseline.paths[name]
        values = [other, own - other, *np.quantile(apart, ends, axis=0)]
        names = ["baseline", "deviation", "deviation_p10", "deviation_p90"]
        parts.append(Part(name, result.years, names, np.vstack(values)))
        if result.glossary.loc[name, "kind"] == "level":
            quantiles = np.quantile(apart / baseline.paths[name], ends, axis=0)
            relative_names = [f"relative_{statistic}" for statistic in names[1:]]
            relative = np.vstack([own / other - 1, *quantiles])
            parts.append(Part(name, result.years, relative_names, relative, "fraction", "none"))
    for name, level in GROWTH.items():
        if level in result.indicators and level in baseline.indicators:
            own, other = (
                side.central[level][1:] / side.central[level][:-1] - 1 for side in (result, baseline)
            )
            sides = np.vstack([other, own - other])
            parts.append(Part(name, result.years[1:], ("baseline", "deviation"), sides))
    return result.tabled(parts)


def phases(result: Result) -> Iterator[tuple[int, int]]:
    """First and last year of each phase ahead."""
    for first in range(result.jump_off + 1, int(result.years[-1]) + 1, PHASE):
        yield first, min(first + PHASE - 1, int(result.years[-1]))


def path_frame(scenario: Scenario, evidence: Evidence, result: Result) -> pd.DataFrame:
    """Growth by phase: what others expect of the nation, what the calibration does, what is assumed.

    The scenario's district is put beside the nation by taking off the lead over it that the evidence
    expects.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`; of real GDP in the last year of each phase, fractions a year:
        ``nation``, ``nation_spread``, ``district``, ``scenario``, ``scenario_nation``, and where paths are
        published ``low``, ``middle`` and ``high`` of them, with ``paths``, their number.
    """
    nation, ladder = evidence.place("nation"), result.calibration.ladder
    rows: list[Row] = []
    for first, last in phases(result):
        years = last + 1 - first
        at = slice(first - int(ladder.years[0]), last + 1 - int(ladder.years[0]))
        means = np.expm1(ladder.mean[:, at].mean(axis=1))
        spread = np.sqrt(ladder.covariance[0, at, 0, at].sum()) / years
        start, end = result.central["real_gdp"][[first - 1 - result.years[0], last - result.years[0]]]
        assumed = float((end / start) ** (1 / years) - 1)
        rates = {
            "nation": float(means[0]),
            "nation_spread": float(spread),
            "district": float(means[-1]),
            "scenario": assumed,
            "scenario_nation": assumed - float(means[-1] - means[0]),
        }
        published = band(evidence, nation, first, last, scenario.assumptions.vintage)
        if published is not None:
            rates |= {name: getattr(published, name) for name in ("low", "middle", "high")}
        rows += [Row("real_gdp", last, name, rate, "fraction", "constant") for name, rate in rates.items()]
        if published is not None:
            rows.append(Row("real_gdp", last, "paths", published.paths, "count"))
    return tidy(scenario.id, PATHS, rows, result.place)
