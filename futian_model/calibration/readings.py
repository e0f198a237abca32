"""Published growth and shares as readings of the ladder: what each says about growth, and how sharply.

A release counts until a later one takes its place, and is doubted by as much as first releases of its series
were revised by: 0.06 points for the nation, 0.8 for the city (its years before 2011), nothing for the
district, of which one year alone has two releases.

Official targets of a year are no readings. With the bias and spread that a place's own targets had by then
(four years of them at least), they lower the CRPS of the nation's growth by one percent over ten years and
raise it by eleven without 2021, and raise it by six over the city's six years, whose bands then hold 67 %
where those without hold 83. The nation's targets were missed by +2.6 points a year to 2010 and by +0.1 from
2012 to 2019, which no bias learned from them foresaw; of the district two targets are held.
"""

from collections.abc import Mapping
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from futian_model import shares
from futian_model.calibration.ladder import Reading
from futian_model.evidence import Evidence, history
from futian_model.evidence.conventions import CENSUSES, CONTEMPORARY
from futian_model.evidence.figures import month

RUNGS = ("nation", "city", "district")
ECONOMIC = CENSUSES["economic census"]
"""Economic censuses of China; each revised levels when its results came out, late in the year after."""
YEARLY_STEP = 0.001
"""Growth is published to a tenth of a percent."""


class Published(NamedTuple):
    """Readings of one indicator at one place, and where they were read."""

    geo: str
    indicator: str
    readings: list[Reading]
    later: tuple[int, ...]

    def label(self) -> str:
        """Place, indicator and years."""
        if not self.readings:
            return f"{self.geo}.{self.indicator}"
        first, last = (
            min(reading.first for reading in self.readings),
            max(reading.last for reading in self.readings),
        )
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
    ordered = [sorted(of_year, key=itemgetter(0)) for of_year in releases.values() if len(of_year) > 1]
    changes = [of_year[-1][1] - of_year[0][1] for of_year in ordered]
    return float(np.sqrt(np.mean(np.square(changes)))) if changes else 0.0


def year_of(basis: str) -> int:
    """Year of the census that a basis is named by; zero where it is not known."""
    year = basis.rpartition("_")[2]
    return int(year) if year.isdigit() else 0


def economic_basis(basis: str, year: int, vintage: str) -> str:
    """The last economic census that a level includes, such as ``"2018"``; a name of its own where unknown.

    Parameters
    ----------
    basis : str
        As published, such as ``"before_economic_census_2023"``; empty where the source does not say.
    year : int
        That the level is of.
    vintage : str
        When it was published.
    """
    named = year_of(basis)
    if named:
        before = [census for census in ECONOMIC if census < named]
        return str(named if not basis.startswith("before") else before[-1] if before else 0)
    if int(vintage[:4]) > year + CONTEMPORARY:
        return f"unknown {year} {vintage}"
    out = [census for census in ECONOMIC if month(vintage) > 12 * (census + 1) + 12]
    return str(out[-1] if out else 0)


def share(evidence: Evidence, name: str, vintage: str, first: int, revision: float = 0.0) -> Published:
    """Lead in growth of a part over the rest between two published shares: the change of log-odds.

    Between two shares that include different economic censuses part and rest may have been revised.

    Parameters
    ----------
    revision : float
        Standard deviation, in logs, of the whole's move from one basis to the next (`levels.revisions`).
    """
    geo = evidence.place("district")
    points = history.shares(evidence, name, vintage)
    finished = (points.index < int(vintage[:4])) | points["known"].astype(bool)
    points = points[finished & (points.index <= int(vintage[:4])) & (points["precision"] != "lower_bound")]
    values = points["value"].to_numpy(float)
    odds = shares.log_odds(values)
    # rounding of a share s by ds moves its log-odds by ds / (s (1 - s))
    doubt = np.array(
        [
            rounding_sd(value, precision) / (value * (1 - value))
            for value, precision in zip(values, points["precision"], strict=True)
        ]
    )
    readings, years = [], points.index.to_numpy(int)
    census = censuses(evidence, geo, name, vintage)
    for at in range(1, len(years)):
        start, stop = int(years[at - 1]), int(years[at])
        same = start in census and census[start] == census.get(stop)
        moved = 0.0 if same else break_sd(float(values[at - 1]), revision)
        if start + 1 >= first and np.isfinite(moved):
            sd = float(np.sqrt(doubt[at - 1] ** 2 + doubt[at] ** 2 + moved**2)) / (stop - start)
            readings.append(Reading(0, start + 1, stop, float(odds[at] - odds[at - 1]) / (stop - start), sd))
    later = points.index[~points["known"].astype(bool)]
    return Published(geo, name, readings, tuple(int(year) for year in later))


def censuses(evidence: Evidence, geo: str, share: str, vintage: str) -> dict[int, str]:
    """The last economic census that each year's share, or its value added, includes."""
    held: dict[int, str] = {}
    for name in (f"{share.removesuffix('_share')}_value_added", share):  # a published share is the one read
        if name in evidence.indicators.index:
            tables = (evidence.series(geo, name).table, evidence.series(geo, name, as_of=vintage).table)
            for year, basis, released in (
                (int(year), *columns)
                for table in tables
                for year, columns in zip(
                    table.index, zip(table["basis"], table["vintage"], strict=True), strict=True
                )
            ):
                held[year] = economic_basis(basis, year, released)
    return held


def break_sd(value: float, revision: float) -> float:
    """Standard deviation of the move of a share's log-odds from one basis to the next.

    Part and rest move by the same relative size, independently, and the whole by `revision`: of a share s
    its variance is r^2 (s^2 + (1 - s)^2) where either moves by r, and that of the log-odds 2 r^2.
    """
    return float(revision * np.sqrt(2 / (value**2 + (1 - value) ** 2)))
