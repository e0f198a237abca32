"""Published growth and stocks as readings of the ladder: what each says about growth, and how sharply."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from futian_model import shares
from futian_model.calibration.ladder import Reading
from futian_model.evidence import Evidence, history
from futian_model.evidence.conventions import change
from futian_model.evidence.figures import month

CENSUS_INTERVAL = 10
"""Years between two population censuses."""
YEARLY_STEP = 0.001
"""Growth is published to a tenth of a percent."""


class Published(NamedTuple):
    """Readings of one indicator at one place, and where they were read."""

    geo: str
    indicator: str
    readings: list[Reading]
    later: tuple[int, ...]

    def told(self) -> str:
        """Place, indicator and years."""
        if not self.readings:
            return f"{self.geo}.{self.indicator}"
        first, last = min(one.first for one in self.readings), max(one.last for one in self.readings)
        return f"{self.geo}.{self.indicator} {first}-{last}"


def growth(evidence: Evidence, rung: int, geo: str, indicator: str, vintage: str, first: int) -> Published:
    """Growth published of one place from year `first` on: single years, means and cumulated growth.

    Figures held only in a release later than the vintage are used and listed in `later`; figures
    of later years are not seen. A lower bound stays one, and so does a rounded figure's doubt.
    """
    revision = revision_sd(evidence, geo, indicator, vintage)
    yearly = evidence.series(geo, indicator, as_of=vintage).table
    yearly = knowable(yearly[yearly.index >= first], yearly.index[yearly.index >= first], vintage)
    readings = [
        reading(rung, int(row["year"]), int(row["year"]), float(np.log1p(row["value"])), row, revision)
        for row in yearly.reset_index().to_dict("records")
    ]
    later = [int(year) for year in yearly.index[yearly["published_later"].astype(bool)]]
    singly = set(yearly.index[yearly["precision"] != "lower_bound"])
    for name, cumulated in ((f"{indicator}_avg", False), (f"{indicator}_cumulative", True)):
        if name not in evidence.indicators.index:
            continue
        spans = evidence.spans(geo, name, as_of=vintage)
        for row in knowable(spans, spans["last"], vintage).to_dict("records"):
            # cumulated growth runs from the level of its first year; a mean includes that year
            start, stop = int(row["first"]) + cumulated, int(row["last"])
            if start < first or row["price_basis"] != "constant":
                continue
            if set(range(start, stop + 1)) <= singly:
                continue  # its years are read one by one
            total = float(np.log1p(row["value"]))
            mean = total / (stop - start + 1) if cumulated else total
            readings.append(reading(rung, start, stop, mean, row, revision))
    return Published(geo, indicator, readings, tuple(later))


def knowable(table: pd.DataFrame, last: "pd.Index[int] | pd.Series[int]", vintage: str) -> pd.DataFrame:
    """Rows without those that nobody could know: a year that ran on after the vintage, published later."""
    unfinished = np.asarray(last) >= int(vintage[:4])
    known: pd.DataFrame = table[~(unfinished & table["published_later"].to_numpy(bool))]
    return known


def reading(
    rung: int,
    first: int,
    last: int,
    value: float,
    row: Mapping[Any, Any],
    revision: float,
) -> Reading:
    """A figure with the doubt that its rounding and its revisions leave."""
    years = last - first + 1
    # a revision of single years averages out over a span
    sd = np.hypot(rounding_sd(float(row["value"]), str(row["precision"])), revision / np.sqrt(years))
    return Reading(rung, first, last, value, float(sd), row["precision"] == "lower_bound")


def rounding_sd(value: float, precision: str) -> float:
    """Standard deviation of what rounding took away: uniform over the last digit's step.

    A rounded figure is as coarse as its last digit ("about 10 %" is 9.5 to 10.5), any other is
    published to a tenth of a percent at least.
    """
    digits = f"{100 * value:.6f}".rstrip("0").partition(".")[2]
    step = 10.0 ** -len(digits) / 100
    if precision in ("point", "estimate"):
        step = min(step, YEARLY_STEP)
    return float(step / np.sqrt(12))


def revision_sd(evidence: Evidence, geo: str, indicator: str, vintage: str) -> float:
    """Root mean square of the change from a year's first to its last release, as seen at the vintage.

    Zero where no year has two releases by then.
    """
    releases: dict[str, list[tuple[int, float]]] = {}
    rows = evidence.all_figures(geo, indicator)
    for period, value, released, precision in zip(
        rows["period"], rows["value"], rows["vintage"].map(month), rows["precision"], strict=True
    ):
        if period.isdigit() and precision != "lower_bound" and released <= month(vintage):
            releases.setdefault(period, []).append((released, float(np.log1p(value / 100))))
    ordered = [sorted(one, key=itemgetter(0)) for one in releases.values() if len(one) > 1]
    changes = [one[-1][1] - one[0][1] for one in ordered]
    return float(np.sqrt(np.mean(np.square(changes)))) if changes else 0.0


def latest_basis(evidence: Evidence, geo: str, indicator: str, vintage: str) -> str:
    """Statistical basis of the latest figure that the vintage can know, such as ``"census_2020"``."""
    rows = evidence.series(geo, indicator, as_of=vintage).table
    rows = knowable(rows, rows.index, vintage)
    return str(rows["basis"].iloc[-1]) if len(rows) else ""


def stock(
    evidence: Evidence,
    rung: int,
    geo: str,
    indicators: tuple[str, ...],
    vintage: str,
    first: int,
    basis: str,
) -> Published:
    """Growth between published levels of a stock, such as a population.

    Counts of a census are compared with each other, since each was taken in full. Estimates are
    compared on one basis only, and from the census before it on, which they were drawn up between:
    a census moves the level of all later estimates, and the step is not growth. Two counts say nothing
    more of a span whose every year is estimated on the basis of the later one.
    """
    readings, later = [], []
    yearly: set[int] = set()
    for indicator in sorted(indicators, key=lambda name: name.endswith("_census")):
        rows = evidence.series(geo, indicator, as_of=vintage).table
        rows = knowable(rows, rows.index, vintage)
        rows = rows[rows["precision"] == "point"]
        if not indicator.endswith("_census"):
            same = (rows["basis"] == basis) & (rows.index >= year_of(basis) - CENSUS_INTERVAL)
            rows = rows[same | (rows["basis"] == "")]
        years = [int(year) for year in rows.index]
        years = years[max(0, sum(year < first for year in years) - 1) :]
        held = {year: evidence.figure(geo, indicator, year, as_of=vintage) for year in years}
        for start, stop in pairwise(years):
            span = set(range(start + 1, stop + 1))
            if start + 1 >= first and not span <= yearly:
                one, other = held[start], held[stop]
                if indicator.endswith("_census"):
                    # each count is its own basis, and the whole of it
                    other = replace(other, basis=one.basis)
                readings.append(Reading(rung, start + 1, stop, change(one, other), 0.0))
                yearly |= span if stop == start + 1 else set()
                later += [stop] if rows.loc[stop, "published_later"] else []
    return Published(geo, indicators[0], readings, tuple(later))


def since_count(evidence: Evidence, rung: int, geo: str, vintage: str, basis: str) -> list[Reading]:
    """Growth from a census to the latest estimate on its basis.

    The two are not compared elsewhere (`stock`): one is a count, the other an estimate by other means.
    """
    counted, held = (
        evidence.series(geo, name, as_of=vintage).table
        for name in ("population_census", "population_resident_yearend")
    )
    counted, held = (
        rows[(rows["basis"] == basis) & (rows["precision"] == "point")]
        for rows in (knowable(counted, counted.index, vintage), knowable(held, held.index, vintage))
    )
    if counted.empty or held.empty or held.index[-1] <= counted.index[-1]:
        return []
    start, stop = int(counted.index[-1]), int(held.index[-1])
    times = float(held["value"].iloc[-1]) / float(counted["value"].iloc[-1])
    return [Reading(rung, start + 1, stop, float(np.log(times)) / (stop - start), 0.0)]


def year_of(basis: str) -> int:
    """Year of the census that a basis is named by; zero where it is not known."""
    year = basis.rpartition("_")[2]
    return int(year) if year.isdigit() else 0


def share(evidence: Evidence, name: str, vintage: str, first: int) -> Published:
    """Lead in growth of a part over the rest between two published shares: the change of log-odds."""
    points = history.shares(evidence, name, vintage)
    finished = (points.index < int(vintage[:4])) | points["known"].astype(bool)
    points = points[finished & (points.index <= int(vintage[:4])) & (points["precision"] != "lower_bound")]
    odds = shares.log_odds(points["value"].to_numpy(float))
    # rounding of a share s by ds moves its log-odds by ds / (s (1 - s))
    doubt = np.array(
        [
            rounding_sd(value, precision) / (value * (1 - value))
            for value, precision in zip(points["value"], points["precision"], strict=True)
        ]
    )
    readings, years = [], points.index.to_numpy(int)
    for at in range(1, len(years)):
        span = int(years[at] - years[at - 1])
        if years[at - 1] + 1 >= first:
            sd = float(np.hypot(doubt[at - 1], doubt[at])) / span
            mean = float(odds[at] - odds[at - 1]) / span
            readings.append(Reading(0, int(years[at - 1]) + 1, int(years[at]), mean, sd))
    later = points.index[~points["known"].astype(bool)]
    return Published(evidence.place("district"), name, readings, tuple(int(year) for year in later))
