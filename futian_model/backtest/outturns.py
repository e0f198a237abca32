"""What came, as published today, and what plans had asked for."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from futian_model.calibration.trends import RUNGS
from futian_model.evidence import Evidence

GROWTH, PLAN = "real_gdp_growth", "plan_growth_target"
LOWER_BOUND, RANGE = "lower_bound", "range"
PLAN_YEARS = 5
"""Five-year plans of China run for five years and end in one that five divides."""


class Asked(NamedTuple):
    """A growth target: a fraction a year, and how it was worded (a precision, or ``"range"``)."""

    value: float
    wording: str


NONE = Asked(float("nan"), "")


def outturn(evidence: Evidence, geo: str, first: int, last: int) -> float:
    """Mean growth of real GDP from year `first` to `last` as published today, a fraction a year.

    Year by year where every year is held, else a published mean of exactly these years, else
    cumulated growth over the year before them. NaN where none is held: a lower bound is no outturn.
    """
    yearly = evidence.series(geo, GROWTH).table
    yearly = yearly[(yearly.index >= first) & (yearly.index <= last) & (yearly["precision"] != LOWER_BOUND)]
    if len(yearly) == last - first + 1:
        return float(np.expm1(np.log1p(yearly["value"]).mean()))
    for name, start in ((f"{GROWTH}_avg", first), (f"{GROWTH}_cumulative", first - 1)):
        value = span(evidence, geo, name, start, last).value
        if np.isfinite(value):
            years = last - first + 1
            return value if start == first else float((1 + value) ** (1 / years) - 1)
    return float("nan")


def span(evidence: Evidence, geo: str, indicator: str, first: int, last: int) -> Asked:
    """A figure published for exactly these years at constant prices; NaN where none is."""
    if indicator not in evidence.indicators.index:
        return NONE
    rows = evidence.spans(geo, indicator)
    rows = rows[(rows["first"] == first) & (rows["last"] == last) & (rows["price_basis"] == "constant")]
    rows = rows[(rows["precision"] != LOWER_BOUND) | (indicator == PLAN)]
    return NONE if rows.empty else Asked(float(rows["value"].iloc[0]), str(rows["precision"].iloc[0]))


def target(evidence: Evidence, geo: str, year: int) -> Asked:
    """The official growth target of a year; of a range its middle."""
    stated = evidence.annual_target(geo, GROWTH, year)
    if stated is None:
        return NONE
    return Asked((stated.low + stated.high) / 2, RANGE if stated.ranged else stated.precision)


def floor(evidence: Evidence, geo: str, year: int) -> float:
    """The same, of a range its low end, a fraction; NaN where none is held."""
    stated = evidence.annual_target(geo, GROWTH, year)
    return float("nan") if stated is None else stated.low


def middle(point: Asked, low: Asked, high: Asked) -> Asked:
    """What was stated as one figure, else the middle of a range."""
    if np.isfinite(point.value) or not np.isfinite(low.value + high.value):
        return point
    return Asked((low.value + high.value) / 2, RANGE)


def plans(evidence: Evidence) -> pd.DataFrame:
    """Targets of five-year plans beside what came, wherever both are held.

    A plan that was revised on the way counts as first set.

    Returns
    -------
    DataFrame
        Columns geo, first, last, target, wording, outturn, miss (outturn less target); fractions a
        year. A target worded "above" has the wording ``"lower_bound"``.
    """
    rows: list[tuple[object, ...]] = []
    for geo in evidence.places.index:
        spans = evidence.spans(str(geo), PLAN) if PLAN in evidence.indicators.index else pd.DataFrame()
        for row in spans.to_dict("records"):
            first, last = int(row["first"]), int(row["last"])
            came = outturn(evidence, str(geo), first, last)
            if last % PLAN_YEARS == 0 and last - first + 1 == PLAN_YEARS and np.isfinite(came):
                asked = float(row["value"])
                rows.append((str(geo), first, last, asked, str(row["precision"]), came, came - asked))
    # the nation first: it has most plans
    rows.sort(key=lambda row: (row[0] != evidence.place("nation"), row[0], row[1]))
    columns = ["geo", "first", "last", "target", "wording", "outturn", "miss"]
    return pd.DataFrame(rows, columns=columns)


def ranked(roles: "pd.Series[str]") -> "pd.Series[int]":
    """Places from the nation down."""
    return roles.map(RUNGS.index)


def against_targets(table: pd.DataFrame) -> pd.DataFrame:
    """Official targets and the model as forecasts of the same years, place by place.

    A target worded "above" is read at its figure, a range at its middle.

    Parameters
    ----------
    table : DataFrame
        From `own.own_record`.

    Returns
    -------
    DataFrame
        Columns role, geo, n, first, last (years); error_target, error_model (mean absolute error)
        and bias_target, bias_model (mean of outturn less forecast), fractions a year.
    """
    rows: list[tuple[object, ...]] = []
    both = table[(table["years"] == 1) & table["target"].notna() & table["outturn"].notna()]
    for (role, geo), group in both.sort_values("role", key=ranked, kind="stable").groupby(
        ["role", "geo"], sort=False
    ):
        missed = [group["outturn"] - group[name] for name in ("target", "forecast")]
        sizes = (float(misses.abs().mean()) for misses in missed)
        biases = (float(misses.mean()) for misses in missed)
        rows.append((role, geo, len(group), group["first"].min(), group["first"].max(), *sizes, *biases))
    names = ["error_target", "error_model", "bias_target", "bias_model"]
    return pd.DataFrame(rows, columns=["role", "geo", "n", "first", "last", *names])
