"""Which missing figure leaves which doubt: how far a band would close if the figure were known exactly.

The doubt of a normal distribution that a reading leaves does not depend on what is read, so a figure that
nobody has published can be put in at its own expectation.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, logit

from futian_model.calibration import readings
from futian_model.calibration.estimates import Calibration
from futian_model.calibration.ladder import updated
from futian_model.calibration.trends import RUNGS, Frame, population
from futian_model.evidence.plan import PLANS
from futian_model.growth import Floats
from futian_model.results import Row, case, tidy

MISSING = "missing_figures"
"""Reading of the rows on what missing figures leave open."""
GROWTH, PEOPLE = "real_gdp_growth", "population"
EXACT = 1e-6
"""Doubt of a figure that is known exactly, log growth."""
COLUMNS = ["figure", "first", "last", "since", "indicator", "year", "sd", "sd_known"]
EDGES = {"low": "p10", "high": "p90"}
"""Ends of the band that holds 80 percent, and the quantiles that they are."""


class Missing(NamedTuple):
    """Figures that are not published, known or unknown together.

    Attributes
    ----------
    figure : str
        ``"real_gdp_growth"``, of every year from `first` to `last`; ``"population"`` or a share, of `last`.
    since : int
        Last year of which such a figure counts, before `first`.
    doubted : tuple of str
        Indicators that it leaves open.
    """

    figure: str
    first: int
    last: int
    since: int
    doubted: tuple[str, ...]


class Doubt(NamedTuple):
    """An indicator in logs, a share in log-odds, as a weighted sum of growth: what is uncertain of it.

    Attributes
    ----------
    covariance : ndarray, shape (n, n)
    weights : ndarray, shape (years, n)
        By year after the base year.
    """

    covariance: Floats
    weights: Floats

    def sd(self, at: int, known: Floats | None = None) -> float:
        """Standard deviation in a year by position, some weighted sums being known exactly."""
        covariance = self.covariance
        if known is not None:
            zero, noise = np.zeros(len(covariance)), EXACT**2 * np.eye(len(known))
            covariance = updated(zero, covariance, known, zero[: len(known)], noise)[1]
        return float(np.sqrt(max(self.weights[at] @ covariance @ self.weights[at], 0.0)))


def doubts(calibration: Calibration, setting: Frame, years: Collection[int] = ()) -> pd.DataFrame:
    """What every missing figure of the district leaves open.

    Parameters
    ----------
    calibration : Calibration
        Of the same years and vintage as the setting.
    setting : Frame
    years : collection of int
        Years in which; the last one over and the last of all when left out.

    Returns
    -------
    DataFrame
        A row a figure, indicator and year: columns figure, first, last, since (as `Missing`), indicator,
        year, sd (standard deviation of its log, of a share of its log-odds), sd_known (the same if the
        figure were known exactly).
    """
    asked = sorted(years or {last_over(setting), setting.horizon})
    ahead = np.arange(setting.base_year + 1, setting.horizon + 1)
    rows = []
    for missing in missing_figures(calibration, setting):
        for indicator in missing.doubted:
            doubt = doubt_of(calibration, indicator)
            known = readings_of(missing, ahead, len(doubt.covariance))
            for year in asked:
                at = year - setting.base_year - 1
                rows.append((*missing[:4], indicator, year, doubt.sd(at), doubt.sd(at, known)))
    return pd.DataFrame(rows, columns=COLUMNS)


def last_over(setting: Frame) -> int:
    """The last year that was over at the vintage, or the horizon where that is earlier."""
    return min(int(setting.vintage[:4]) - 1, setting.horizon)


def missing_figures(calibration: Calibration, setting: Frame) -> Iterator[Missing]:
    """Figures of years over since the base year that no source gives."""
    evidence, over, base = setting.evidence, last_over(setting), setting.base_year
    if over <= base:
        return
    district = evidence.place(RUNGS[-1])
    growth = readings.growth(evidence, len(RUNGS) - 1, district, GROWTH, setting.vintage, setting.first)
    singly = {reading.first for reading in growth.readings if reading.yearly}
    years = [year for year in range(base + 1, over + 1) if year not in singly]
    since = max((year for year in singly if year <= base), default=base)
    yield from (Missing(GROWTH, year, year, since, ("real_gdp",)) for year in years)
    if years:
        yield Missing(GROWTH, years[0], over, since, ("real_gdp", "real_gdp_per_capita"))
    # an estimate leaves its own doubt, and a year-end stays missing
    counted = latest([reading for reading in population(setting)[1][-1].readings if reading.sd == 0.0], base)
    if counted < over:
        yield Missing(PEOPLE, counted + 1, over, counted, ("real_gdp_per_capita",))
    for share in calibration.shares:
        published = latest(readings.share(evidence, share, setting.vintage, setting.first).readings, base)
        if published < over:
            yield Missing(share, published + 1, over, published, (share,))


def latest(held: Sequence[readings.Reading], base: int) -> int:
    """Last year of some readings; the base year, whose level is given, where they end before it."""
    return max([base, *(reading.last for reading in held)])


def doubt_of(calibration: Calibration, indicator: str) -> Doubt:
    """What is uncertain of an indicator's growth since the base year.

    GDP per head takes the average population of a year, half of whose growth has come by then.
    """
    if indicator in calibration.shares:
        covariance = calibration.shares[indicator].covariance()
        return Doubt(covariance, np.tril(np.ones_like(covariance)))
    trend = calibration.growth
    fresh = trend.fresh()
    growth = calibration.ladder.of(len(RUNGS) - 1, calibration.base_year + 1)[1]
    growth = growth + (trend.excess() - 1) * fresh @ fresh.T
    added = np.tril(np.ones_like(growth))
    if indicator == "real_gdp":
        return Doubt(growth, added)
    people = calibration.population.covariance()
    apart = np.zeros_like(growth)
    return Doubt(
        np.block([[growth, apart], [apart, people]]),
        np.hstack([added, np.eye(len(people)) / 2 - added]),
    )


def readings_of(missing: Missing, ahead: NDArray[np.int_], size: int) -> Floats:
    """Weighted sums of growth that the figures would tell exactly, shape (readings, size)."""
    within = (ahead >= missing.first) & (ahead <= missing.last)
    if missing.figure == GROWTH:
        return np.asarray(np.eye(size)[: len(ahead)][within])
    sums = np.zeros((1, size))
    sums[0, size - len(ahead) :] = ahead <= missing.last
    return sums


def unpublished_plans(setting: Frame) -> list[str]:
    """Five-year plans of which others have goals by the vintage, and the district has none."""
    evidence, district = setting.evidence, setting.evidence.place(RUNGS[-1])
    goals = evidence.plan_goals
    released = goals["source"].map(evidence.sources["date"]).str[:4]
    held = goals[released <= setting.vintage[:4]]
    own = set(goals.loc[goals["geo"] == district, "plan"])
    return [plan for plan in PLANS if plan in set(held["plan"]) - own]


def frame(table: pd.DataFrame, results: pd.DataFrame, scenario: str, place: str) -> pd.DataFrame:
    """The bands that missing figures leave, now and if they were known, as rows of the results table.

    Parameters
    ----------
    table : DataFrame
        As `doubts`.
    results : DataFrame
        Rows of the results table that hold quantiles of indicators, whose bands close about their median
        as the standard deviation does; what they do not hold is left out.
    scenario, place : str
        Of every row.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`: statistics ``low``, ``high``, ``low_known``, ``high_known`` (ends of
        the band of 80 %) and ``gone``, the part of the standard deviation that the figure would take away.
    """
    keys = zip(results["indicator"], results["year"], results["statistic"], strict=True)
    held = dict(zip(keys, results.to_dict("records"), strict=True))
    rows = []
    for row in table[table["indicator"].isin(results["indicator"])].to_dict("records"):
        name, year, part = row["indicator"], row["year"], row["sd_known"] / row["sd"]
        quantiles = {edge: held[name, year, edge] for edge in ("p10", "p50", "p90")}
        unit, basis = quantiles["p50"]["unit"], quantiles["p50"]["price_basis"]
        to, back = (logit, expit) if unit == "fraction" else (np.log, np.exp)
        median = to(quantiles["p50"]["value"])
        under = case_of(row)
        for edge, quantile in EDGES.items():
            away = to(quantiles[quantile]["value"]) - median
            ends = {edge: away, f"{edge}_known": part * away}
            rows += [
                Row(name, year, end, float(back(median + by)), unit, basis, under) for end, by in ends.items()
            ]
        rows.append(Row(name, year, "gone", 1 - part, "fraction", "none", under))
    return tidy(scenario, MISSING, rows, place)


def case_of(row: Mapping[Any, Any]) -> str:
    """Case of a missing figure: what it is, and its years."""
    return case(missing=row["figure"], start=row["first"], end=row["last"])
