"""Two scenarios side by side."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from futian_model import simulation
from futian_model.attribution.mixtures import Mixtures
from futian_model.errors import InputError
from futian_model.evidence import Evidence, load_evidence
from futian_model.scenario import Scenario

FIVE = 5
SIDES = ("indicator", "unit", "price_basis", "year", "a", "b", "difference", "ratio")


def compare(
    a: Scenario, b: Scenario, evidence: Evidence | None = None, *, years: Iterable[int] | None = None
) -> pd.DataFrame:
    """Central paths of two scenarios in key years.

    Parameters
    ----------
    a, b : Scenario
        With the same base year and horizon.
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    years : iterable of int, optional
        The base year, every fifth after it and the last when left out.

    Returns
    -------
    DataFrame
        Columns indicator, unit, price_basis, year, a, b, difference (b less a) and ratio (b over a),
        in the library's units; NaN on a side that does not simulate the indicator.

    Raises
    ------
    InputError
        Base years or horizons differ, or a year lies outside them.
    """
    evidence = evidence if evidence is not None else load_evidence()
    made = Mixtures(a, b, evidence)
    own, other = (
        simulation.central(made.driven(frozenset(taken), simulation.READINGS[0]))
        for taken in ((), made.names)
    )
    first, last = int(a.years[0]), int(a.years[-1])
    asked = sorted({*range(first, last, FIVE), last}) if years is None else list(years)
    for year in asked:
        if not first <= year <= last:
            raise InputError("years", year, f"years from {first} to {last}")
    missing = np.full(len(a.years), np.nan)
    rows = []
    for name in dict.fromkeys([*own, *other]):
        known = evidence.indicators.loc[name]
        for year in asked:
            one, two = (float(side.get(name, missing)[year - first]) for side in (own, other))
            rows.append((name, known["unit"], known["price_basis"], year, one, two, two - one, two / one))
    return pd.DataFrame(rows, columns=list(SIDES))
