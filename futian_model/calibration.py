"""From published figures to central paths and their uncertainty, as seen from a stated vintage.

A district has a handful of annual figures, so its future growth is not estimated from its own
past alone: economies that grew fast for ten years grew about as the others over the next
fifteen (regression to the mean). A regression over all economies of the panel says by how much,
year by year ahead, and how far it missed; the city's past ten years enter it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from futian_model import shares
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Series, history
from futian_model.growth import Floats

PAST = 10
"""Years of history that the panel regression looks back on."""
AHEAD = 15
"""Years ahead that it reaches; later years keep the last one's growth."""


class Estimate(NamedTuple):
    """One estimated number, with what it rests on."""

    name: str
    value: float
    spread: float
    n: int
    source: str
    published_later: tuple[int, ...] = ()


@dataclass(frozen=True)
class Trend:
    """Central path of one driver and its uncertainty, in log growth a year.

    Attributes
    ----------
    centre : ndarray, shape (years,)
        Central log growth of each year after the base year.
    shock_sd : float
        Standard deviation of one year's shock.
    slow_sd : float
        Standard deviation of the error of the whole path's level of growth.
    persistence : float
        Correlation of one year's shock with the next one's.
    estimates : tuple of Estimate
        What the numbers rest on.
    """

    centre: Floats
    shock_sd: float
    slow_sd: float
    persistence: float
    estimates: tuple[Estimate, ...]


@dataclass(frozen=True)
class Calibration:
    """Trends of every driver that the evidence up to one vintage can support."""

    base_year: int
    vintage: str
    growth: Trend
    population: Trend
    deflator: Trend
    shares: Mapping[str, Trend]

    def estimates(self) -> list[Estimate]:
        """Every estimate, driver by driver."""
        return [one for trend in self.trends().values() for one in trend.estimates]

    def trends(self) -> dict[str, Trend]:
        """Every trend by the name of its driver."""
        named = {"growth": self.growth, "population": self.population, "deflator": self.deflator}
        return named | dict(self.shares)


class Reversion(NamedTuple):
    """How growth ahead follows from growth behind, over all economies of the panel."""

    intercept: Floats
    slope: Floats
    mean_sd: float
    persistence: float
    windows: int
    economies: int


def calibrate(evidence: Evidence, *, base_year: int, horizon: int, vintage: str) -> Calibration:
    """Estimate every driver from what was published by `vintage`.

    Parameters
    ----------
    evidence : Evidence
        The project's figures and the panel of economies.
    base_year, horizon : int
        First and last year of the path.
    vintage : str
        Year, or year and month, up to which figures count; ``"2021"`` runs through December.

    Raises
    ------
    InputError
        A series the estimate needs has too few figures.
    """
    years = horizon - base_year
    city, nation, district = (evidence.place(role) for role in ("city", "nation", "district"))
    reversion = revert(evidence.panel, min(base_year, int(vintage[:4])))

    def past(geo: str, indicator: str) -> Series:
        seen = evidence.series(geo, indicator, as_of=vintage)
        return seen.up_to(base_year)

    share_trends = {}
    for share in evidence.indicators.index[evidence.indicators["kind"] == "share"]:
        points = history.shares(evidence, share, vintage)
        points = points[(points.index <= base_year) & (points.index <= int(vintage[:4]))]
        if len(points) >= 3:
            share_trends[share] = share_trend(share, points, reversion, years)
    return Calibration(
        base_year,
        vintage,
        growth_trend(past(city, "real_gdp_growth"), reversion, years),
        population_trend(
            past(district, "population_census"), past(city, "population_resident_yearend"), years
        ),
        deflator_trend(past(nation, "gdp_deflator_growth"), years),
        share_trends,
    )


def revert(panel: pd.DataFrame, last_year: int) -> Reversion:
    """Regress each of the next years' growth on the mean of the past ten, over all windows.

    Parameters
    ----------
    panel : DataFrame
        Columns ``code``, ``year``, ``growth`` (real, a fraction).
    last_year : int
        Later years are not looked at.
    """
    known = panel[panel["year"] <= last_year]
    table = np.log1p(known.pivot(index="code", columns="year", values="growth").to_numpy(float))
    behind, ahead, codes = [], [], []
    for now in range(PAST, table.shape[1] - AHEAD + 1):
        past, future = table[:, now - PAST : now].mean(axis=1), table[:, now : now + AHEAD]
        whole = np.isfinite(past) & np.isfinite(future).all(axis=1)
        behind.append(past[whole])
        ahead.append(future[whole])
        codes.append(np.flatnonzero(whole))
    if sum(map(len, behind)) < 30:
        raise InputError("vintage", last_year, f"a year that leaves 30 windows of {PAST + AHEAD} years")
    past, future = np.concatenate(behind), np.concatenate(ahead)
    design = np.column_stack([np.ones_like(past), past])
    (intercept, slope), *_ = np.linalg.lstsq(design, future, rcond=None)
    missed = future - design @ np.stack([intercept, slope])
    return Reversion(
        intercept,
        slope,
        float(missed.mean(axis=1).std(ddof=2)),
        persistence_of(table),
        len(past),
        len(np.unique(np.concatenate(codes))),
    )


def persistence_of(table: Floats) -> float:
    """Median over economies of the correlation of one year's growth with the next one's."""
    lags = []
    for row in table:
        path = row[np.isfinite(row)]
        if len(path) >= 20:
            away = path - path.mean()
            lags.append(float(away[1:] @ away[:-1] / (away @ away)))
    return float(np.median(lags))


def growth_trend(city: Series, reversion: Reversion, years: int) -> Trend:
    """Real GDP growth: the city's past ten years, taken through the panel regression."""
    recent = logs(city, "real_gdp_growth", PAST)
    past = float(recent.mean())
    ahead = reversion.intercept + reversion.slope * past
    centre = extend(ahead, years)
    shock_sd = spread_about_line(recent)
    # what the panel missed on average over the whole span, less what yearly shocks explain
    span = min(years, AHEAD)
    slow = reversion.mean_sd**2 - shock_sd**2 * mean_variance(span, reversion.persistence)
    return Trend(
        centre,
        shock_sd,
        float(np.sqrt(max(slow, 0.0))),
        reversion.persistence,
        (
            Estimate(
                "past_growth",
                past,
                float(recent.std(ddof=1)),
                len(recent),
                told(city, PAST),
                later(city, PAST),
            ),
            Estimate(
                "mean_growth_ahead",
                float(ahead.mean()),
                reversion.mean_sd,
                reversion.windows,
                f"panel_countries: {reversion.economies}",
            ),
        ),
    )


def population_trend(census: Series, city: Series, years: int) -> Trend:
    """Population growth: the last intercensal rate; its error from the change of that rate."""
    counts = census.table["value"]
    if len(counts) < 3:
        raise InputError("population_census", len(counts), "at least three counts")
    rates = np.diff(np.log(counts)) / np.diff(counts.index)
    yearly = yearly_changes(city)
    return Trend(
        np.full(years, rates[-1]),
        float(yearly.std(ddof=1)),
        float(abs(rates[-1] - rates[-2]) / np.sqrt(2)),
        0.0,
        (
            Estimate(
                "population_growth",
                float(rates[-1]),
                float(abs(rates[-1] - rates[-2]) / np.sqrt(2)),
                len(counts),
                told(census, len(counts)),
                later(census, len(counts)),
            ),
            Estimate(
                "population_shock",
                0.0,
                float(yearly.std(ddof=1)),
                len(yearly),
                told(city, PAST + 1),
                later(city, PAST + 1),
            ),
        ),
    )


def yearly_changes(series: Series) -> Floats:
    """Log changes of the past ten years between two figures of one source.

    Sources count on different bases (a census moved the city's 2020 figure by a third), so a
    change from one source to another says nothing about a year.
    """
    recent = series.table.loc[series.table.index[-1] - PAST :]
    paired = (np.diff(recent.index) == 1) & (
        recent["source"].to_numpy()[1:] == recent["source"].to_numpy()[:-1]
    )
    changes = np.diff(np.log(recent["value"].to_numpy()))[paired]
    if len(changes) < 3:
        raise InputError(series.indicator, len(changes), f"at least 3 yearly changes in {PAST} years")
    return np.asarray(changes)


def deflator_trend(nation: Series, years: int) -> Trend:
    """Prices of GDP: the nation's mean of the past ten years, and its standard error."""
    recent = logs(nation, "gdp_deflator_growth", PAST)
    mean, sd = float(recent.mean()), float(recent.std(ddof=1))
    return Trend(
        np.full(years, mean),
        sd,
        sd / np.sqrt(len(recent)),
        0.0,
        (Estimate("inflation", mean, sd, len(recent), told(nation, PAST), later(nation, PAST)),),
    )


def share_trend(share: str, points: pd.DataFrame, reversion: Reversion, years: int) -> Trend:
    """A share's log-odds as a random walk with drift, seen at uneven years.

    The drift is a lead in growth of the part over the rest, and fades as leads in growth
    between economies do: year k ahead keeps the panel's slope of that year.
    """
    odds, at = shares.log_odds(points["value"].to_numpy()), points.index.to_numpy(float)
    moved, gaps = np.diff(odds), np.diff(at)
    drift = float(moved.sum() / gaps.sum())
    sd = float(np.sqrt((((moved - drift * gaps) ** 2) / gaps).sum() / (len(moved) - 1)))
    return Trend(
        extend(reversion.slope * drift, years),
        sd,
        sd / float(np.sqrt(gaps.sum())),
        0.0,
        (
            Estimate(
                f"{share}_lead",
                drift,
                sd,
                len(points),
                "; ".join(f"{year} {origin}" for year, origin in points["source"].items()),
                tuple(int(year) for year in points.index[~points["known"].astype(bool)]),
            ),
        ),
    )


def logs(series: Series, indicator: str, count: int) -> Floats:
    """The last `count` years of a growth series as log growth; years missing in between are left out."""
    table = series.table["value"]
    recent = table.loc[table.index[-1] - count + 1 :] if len(table) else table
    if len(recent) < 5:
        raise InputError(indicator, len(recent), f"at least 5 figures in the last {count} years")
    rates: Floats = recent.to_numpy(float)
    return np.log1p(rates)


def extend(path: Floats, years: int) -> Floats:
    """`path` cut to `years`, or held at its last value."""
    return np.concatenate([path[:years], np.full(max(years - len(path), 0), path[-1])])


def spread_about_line(path: Floats) -> float:
    """Standard deviation of a series about its own straight line."""
    at = np.arange(len(path))
    return float((path - np.polyval(np.polyfit(at, path, 1), at)).std(ddof=2))


def mean_variance(years: int, persistence: float) -> float:
    """Variance of the mean of `years` steps of a stationary unit AR(1)."""
    lags = np.arange(1, years)
    return float((years + 2 * ((years - lags) * persistence**lags).sum()) / years**2)


def told(series: Series, count: int) -> str:
    """Place, indicator and years that an estimate rests on."""
    years = series.table.index[-count:]
    return f"{series.geo}.{series.indicator} {years[0]}-{years[-1]}"


def later(series: Series, count: int) -> tuple[int, ...]:
    """Years whose figure is held only in a release later than the vintage."""
    recent = series.table.iloc[-count:]
    return tuple(int(year) for year in recent.index[recent["published_later"]])


__all__ = ["Calibration", "Estimate", "Trend", "calibrate"]
