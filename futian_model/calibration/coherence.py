"""Whether published figures fit each other: each against what all the others say of it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.special import log_ndtr, ndtri

from futian_model.calibration.ladder import Prior, Reading, pick
from futian_model.calibration.per_head import PER_HEAD, per_head
from futian_model.calibration.trends import Frame, growth_and_prices
from futian_model.evidence import Evidence, kept
from futian_model.growth import Floats
from futian_model.results import Row, case, tidy

BAND = 0.95
"""A figure is named where it lies outside the middle 95 percent of what the others say."""
COHERENCE = "coherence"
INDICATORS = {
    "real_gdp_growth": "real_gdp_growth",
    "gdp_deflator_growth": "gdp_deflator_growth",
    "gdp": "nominal_gdp_growth",
    PER_HEAD: PER_HEAD,
}
STATISTICS = {"published": "growth", "low": "low", "high": "high"}
"""Rows of a figure, and the columns that they are made from."""
LEAST = 1e-6
"""Doubt of a figure that states none, log growth: two exact readings of one span would have no inverse."""
COLUMNS = ["geo", "indicator", "first", "last", "growth", "lower_bound"]


@kept
def coherence(evidence: Evidence, *, base_year: int, horizon: int, vintage: str) -> pd.DataFrame:
    """Every figure of growth, prices and levels in use, beside what all other figures say of it.

    Parameters
    ----------
    evidence : Evidence
    base_year, horizon : int
        As of a calibration: its window begins thirty years before the base year.
    vintage : str
        Year, or year and month, up to which figures count.

    Returns
    -------
    DataFrame
        A row a figure: columns geo, indicator (``"gdp"``: growth between two levels at current prices),
        first, last (years), growth (log, a year), lower_bound, expected, low and high (the band of
        what the others say, the figure's own doubt included), pit (where the figure lies in that
        distribution, 0 to 1; of a lower bound the probability that growth lies below it), outside
        (whether beyond the band; a bound only upward).

    Raises
    ------
    InputError
        As `calibrate`.
    """
    economy = growth_and_prices(Frame(evidence, base_year, horizon, vintage))
    state, readings = economy.state, list(economy.state.readings)
    named = [(place.geo, place.indicator) for place in economy.published for _ in place.readings]
    apart = [by_others(prior, readings) for prior in state.priors]
    mean = np.mean([centre for centre, _ in apart], axis=0)
    variance = np.mean([sd**2 + (centre - mean) ** 2 for centre, sd in apart], axis=0)
    values = np.array([reading.value for reading in readings])
    bounds = np.array([reading.lower_bound for reading in readings])
    sd = np.sqrt(variance)
    pit = np.exp(log_ndtr((values - mean) / sd))
    edge = ndtri((1 + BAND) / 2)
    away = (values - mean) / sd
    outside = np.where(bounds, away > edge, np.abs(away) > edge)
    rows = [
        (*name, reading.first, reading.last, reading.value, reading.lower_bound)
        for name, reading in zip(named, readings, strict=True)
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.assign(expected=mean, low=mean - edge * sd, high=mean + edge * sd, pit=pit, outside=outside)


def misfits(evidence: Evidence, *, base_year: int, horizon: int, vintage: str) -> list[dict[Any, Any]]:
    """Figures that lie outside what others say of them, of GDP per head too.

    Returns
    -------
    list of dict
        Rows of `coherence`; of GDP per head growth, low and high are logs of the level itself.
    """
    table = coherence(evidence, base_year=base_year, horizon=horizon, vintage=vintage)
    heads, edge = per_head(evidence, vintage), ndtri((1 + BAND) / 2)
    heads = heads.assign(
        low=heads["expected"] - edge * heads["sd"], high=heads["expected"] + edge * heads["sd"]
    )
    apart = heads[(heads["growth"] < heads["low"]) | (heads["growth"] > heads["high"])]
    return [*table[table["outside"]].to_dict("records"), *apart.to_dict("records")]


def frame(evidence: Evidence, scenario: str, *, base_year: int, horizon: int, vintage: str) -> pd.DataFrame:
    """Figures outside the band as a results table: each as published, and both ends of the band.

    The year of a row is the last of its figure's span, the case names the first.
    """
    rows = [
        Row(
            INDICATORS[row["indicator"]],
            int(row["last"]),
            statistic,
            value_of(row, statistic),
            "万元/人" if row["indicator"] == PER_HEAD else "fraction",
            "nominal" if row["indicator"] in ("gdp", PER_HEAD) else "constant",
            case_of(row),
            place=row["geo"],
        )
        for row in misfits(evidence, base_year=base_year, horizon=horizon, vintage=vintage)
        for statistic in STATISTICS
    ]
    return tidy(scenario, COHERENCE, rows)


def value_of(row: Mapping[Any, Any], statistic: str) -> float:
    """A figure or an end of its band as it is told: growth as a fraction a year, a level as it is."""
    value = row[STATISTICS[statistic]]
    return float(np.exp(value) if row["indicator"] == PER_HEAD else np.expm1(value))


def case_of(row: Mapping[Any, Any]) -> str:
    """Case of a figure: its place and the first year of its span."""
    return case(place=row["geo"], first=int(row["first"]))


def by_others(prior: Prior, readings: Sequence[Reading]) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each reading as all others tell it, shape (readings,) each.

    Of points the leave-one-out formulas of a Gaussian process (Rasmussen and Williams 2006, equations
    5.10 to 5.12); a lower bound is held against the points, which it does not move itself.
    """
    picks = np.stack([pick(reading, prior) for reading in readings])
    values = np.array([reading.value for reading in readings]) - picks @ prior.mean.ravel()
    noise = np.array([max(reading.sd, LEAST) ** 2 for reading in readings])
    points = np.array([not reading.lower_bound for reading in readings])
    shared = picks @ prior.covariance @ picks.T
    inverse = np.linalg.inv(shared[np.ix_(points, points)] + np.diag(noise[points]))
    mean, variance = np.empty(len(readings)), np.empty(len(readings))
    precision = np.diag(inverse)
    mean[points] = values[points] - inverse @ values[points] / precision
    variance[points] = 1 / precision
    across = shared[np.ix_(~points, points)]
    mean[~points] = across @ inverse @ values[points]
    variance[~points] = (
        np.diag(shared)[~points] + noise[~points] - np.einsum("ij,jk,ik->i", across, inverse, across)
    )
    return mean + picks @ prior.mean.ravel(), np.sqrt(variance)
