"""Estimates, and the growth they expect, as rows of the results table."""

import numpy as np
import pandas as pd
from scipy.special import ndtri

from futian_model.calibration.estimates import Calibration
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.results import Row, case, tidy

ESTIMATES, LADDER = "calibration", "ladder"
"""Readings of the rows."""
QUANTILES = {"p05": 0.05, "p10": 0.1, "p25": 0.25, "central": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95}
ROLES = ("nation", "city", "district")
"""Rungs of the ladder, from the top."""


def frame(calibration: Calibration, scenario: str, year: int, place: str) -> pd.DataFrame:
    """Every estimate: value, spread, number of figures, and how much of it is their doing.

    Parameters
    ----------
    scenario, place : str
        Of every row.
    year : int
        Of every row: the base year.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`; statistics ``value`` and ``spread`` (fractions of log growth; of a
        persistence without a unit), ``n`` (a count) and ``weight`` (a fraction).
    """
    rows = []
    for estimate in calibration.estimates():
        own = "none" if estimate.kind == "persistence" else "fraction"
        values = {
            "value": (estimate.value, own),
            "spread": (estimate.spread, own),
            "n": (estimate.n, "count"),
            "weight": (estimate.weight, "fraction"),
        }
        rows += [Row(estimate.name, year, name, *value) for name, value in values.items()]
    return tidy(scenario, ESTIMATES, rows, place)


def ladder_frame(calibration: Calibration, evidence: Evidence, scenario: str, first: int) -> pd.DataFrame:
    """Growth expected of nation, city and district in every year ahead.

    Parameters
    ----------
    first : int
        The first year ahead.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`; statistics are the quantiles of `QUANTILES`, fractions a year, each
        row with its own place.
    """
    rows = []
    for rung, role in enumerate(ROLES):
        mean, covariance = calibration.ladder.of(rung, first)
        rows += quantile_rows("real_gdp_growth", evidence.place(role), first, mean, covariance)
    return tidy(scenario, LADDER, rows)


def quantile_rows(indicator: str, place: str, first: int, mean: Floats, covariance: Floats) -> list[Row]:
    """Quantiles of a place's growth in every year from `first` on.

    Parameters
    ----------
    mean : ndarray, shape (years,)
    covariance : ndarray, shape (years, years)
        Of log growth.
    """
    basis = "constant" if indicator == "real_gdp_growth" else "none"
    under = ("fraction", basis, case(place=place), None, place)
    return [
        Row(indicator, first + at, name, float(np.expm1(centre + ndtri(level) * sd)), *under)
        for at, (centre, sd) in enumerate(zip(mean, np.sqrt(np.diag(covariance)), strict=True))
        for name, level in QUANTILES.items()
    ]
