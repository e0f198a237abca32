"""The project's own series: each year's forecast as it could have been made, and what came.

A year's forecast is made in its March, when the year's official target is set: growth of the year
before counts as known, of the year itself nothing does. A finished year that is held only in a
later release is read from that one, so that revisions made since are not taken back.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.special import betaincinv, stdtrit

from futian_model.backtest.chances import apart
from futian_model.backtest.forecasts import NORMAL
from futian_model.backtest.outturns import GROWTH, PLAN, middle, outturn, span, target
from futian_model.calibration import Trend
from futian_model.calibration.estimates import StudentT
from futian_model.calibration.ladder import Posterior
from futian_model.calibration.trends import RUNGS, Frame, growth_and_prices
from futian_model.evidence import Evidence

FIRST, MARCH = 2015, "03"
"""First year forecast, and the month in which each forecast is made."""
AHEAD = (1, 5)
"""Years whose mean growth is forecast."""
BAND, CONFIDENCE = 0.8, 0.95
FORECAST = ["role", "geo", "years", "first", "last", "forecast", "low", "high", *StudentT._fields]


def own_record(evidence: Evidence, vintages: Iterable[int] | None = None) -> pd.DataFrame:
    """Forecasts of the nation, the city and the district, with outturn and official target.

    Parameters
    ----------
    evidence : Evidence
    vintages : iterable of int, optional
        First years forecast, each made in March of that year; every year from `FIRST` on of which
        some outturn is held, when left out.

    Returns
    -------
    DataFrame
        A row a place, first year and number of years: columns role, geo, years, first, last;
        forecast, low, high (80 % band), outturn and target, mean growth as fractions a year, NaN
        where not held; location, scale and freedom of the forecast's distribution, log growth a year;
        wording of the target; inside (whether the outturn lies in the band, missing where there is none).
    """
    chosen = list(vintages) if vintages is not None else told_years(evidence)
    rows = [row for year in chosen for row in forecast(evidence, year)]
    table = pd.DataFrame(rows, columns=FORECAST)
    windows = list(table[["geo", "first", "last"]].itertuples(index=False, name=None))
    came = pd.Series([outturn(evidence, *window) for window in windows], dtype=float)
    asked = pd.DataFrame([asked_of(evidence, *window) for window in windows], columns=["target", "wording"])
    inside = came.between(table["low"], table["high"]).astype("boolean").mask(came.isna())
    return pd.concat([table.assign(outturn=came), asked], axis=1).assign(inside=inside)


def told_years(evidence: Evidence) -> list[int]:
    """Years of which at least one of the places has published its growth."""
    years = [evidence.series(evidence.place(role), GROWTH).table.index for role in RUNGS]
    return sorted({int(year) for held in years for year in held if year >= FIRST})


def forecast(evidence: Evidence, year: int) -> list[tuple[object, ...]]:
    """Forecasts of every place and number of years that are made in March of `year`."""
    last = year + max(AHEAD) - 1
    frame = Frame(evidence, year - 1, last, f"{year}-{MARCH}", prior=1.0)
    economy = growth_and_prices(frame)
    growth, ladder = economy.growth, economy.state.ladders[0]
    rows: list[tuple[object, ...]] = []
    for rung, role in enumerate(RUNGS):
        for years in AHEAD:
            key = (role, evidence.place(role), years, year, year + years - 1)
            predicted = predictive(growth, ladder.posterior, year, rung, years)
            rows.append((*key, *ends(predicted), *predicted))
    return rows


def predictive(growth: Trend, ladder: Posterior, first: int, rung: int, years: int) -> StudentT:
    """Mean growth of the first years: the district's as it is simulated, of the rungs above as a normal."""
    if RUNGS[rung] == RUNGS[-1]:
        return growth.predictive(years)
    mean, covariance = ladder.of(rung, first)
    sd = float(np.sqrt(covariance[:years, :years].sum())) / years
    return StudentT(float(mean[:years].mean()), sd, NORMAL)


def ends(predicted: StudentT) -> tuple[float, float, float]:
    """Centre, low and high end of the band, fractions a year."""
    half = predicted.scale * float(stdtrit(predicted.freedom, (1 + BAND) / 2))
    low, high = predicted.location - half, predicted.location + half
    return float(np.expm1(predicted.location)), float(np.expm1(low)), float(np.expm1(high))


def asked_of(evidence: Evidence, geo: str, first: int, last: int) -> tuple[float, str]:
    """The official target of a year, or of the five-year plan over exactly these years."""
    if first == last:
        return target(evidence, geo, first)
    low, high = (span(evidence, geo, f"{PLAN}_{end}", first, last) for end in ("low", "high"))
    return middle(span(evidence, geo, PLAN, first, last), low, high)


def hits(table: pd.DataFrame) -> pd.DataFrame:
    """How many outturns fell inside the band, place by place.

    Returns
    -------
    DataFrame
        Columns role, geo, years, inside (k), windows (m), independent (of them without a common
        year), low, high: Jeffreys' 95 % interval of the hit rate, from as many windows as are
        independent.
    """
    rows: list[tuple[object, ...]] = []
    judged = table[table["inside"].notna()]
    for (role, geo, years), group in judged.groupby(["role", "geo", "years"], sort=False):
        inside, count = int(group["inside"].sum()), len(group)
        independent = apart(sorted(group["first"]), int(str(years)))
        low, high = jeffreys(inside * independent / count, independent)
        rows.append((role, geo, years, inside, count, independent, low, high))
    return pd.DataFrame(
        rows, columns=["role", "geo", "years", "inside", "windows", "independent", "low", "high"]
    )


def jeffreys(inside: float, windows: float) -> tuple[float, float]:
    """Jeffreys' interval of a rate; open to 0 or 1 where none or all are inside."""
    outside = windows - inside
    tails = [(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2]
    low, high = betaincinv(inside + 0.5, outside + 0.5, tails)
    return (0.0 if inside == 0 else float(low)), (1.0 if outside == 0 else float(high))
