"""Scenarios side by side: levels, growth, and how far each lies from the first."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from futian_model import simulation
from futian_model.attribution.mixtures import Mixtures, same_years
from futian_model.errors import InputError
from futian_model.evidence import Evidence, load_evidence
from futian_model.scenario import Scenario, Source, scenario_of
from futian_model.simulation import Result

FIVE = 5
SIDES = ("indicator", "unit", "price_basis", "year", "a", "b", "difference", "ratio")
DEVIATIONS = (
    *("scenario", "indicator", "unit", "price_basis", "year"),
    *("value", "growth", "difference", "relative", "growth_difference"),
)


def compare(
    a: Scenario | Source,
    b: Scenario | Source,
    evidence: Evidence | None = None,
    *,
    years: Iterable[int] | None = None,
) -> pd.DataFrame:
    """Central paths of two scenarios in key years.

    Parameters
    ----------
    a, b : Scenario, str, Path or mapping
        With the same base year and horizon; what is none is loaded as `load_scenario` does.
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

    Examples
    --------
    >>> paths = compare("evidence_trend", "double_gdp_2035", years=[2020, 2035])
    >>> start, end = paths.loc[paths["indicator"] == "real_gdp", "b"]
    >>> print(round(end / start, 6))
    2.0
    """
    evidence = evidence if evidence is not None else load_evidence()
    a, b = (scenario_of(scenario, evidence) for scenario in (a, b))
    mixtures = Mixtures(a, b, evidence)
    own, other = (
        simulation.central(mixtures.driven(frozenset(taken), simulation.READINGS[0]))
        for taken in ((), mixtures.names)
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
            start, end = (float(side.get(name, missing)[year - first]) for side in (own, other))
            rows.append(
                (name, known["unit"], known["price_basis"], year, start, end, end - start, end / start)
            )
    return pd.DataFrame(rows, columns=list(SIDES))


def deviations(results: Sequence[Result], indicators: Sequence[str]) -> pd.DataFrame:
    """Central paths of any number of scenarios, each against the first.

    Parameters
    ----------
    results : sequence of Result
        With the same years; the baseline first.
    indicators : sequence of str
        One that a scenario does not simulate is left out of its rows.

    Returns
    -------
    DataFrame
        A row for each scenario, indicator and year: scenario (place in `results`), indicator, unit,
        price_basis, year; value, in the library's unit; growth, over the year before (a fraction; NaN in the
        first year); difference from the first scenario's value, relative (a fraction) and growth_difference
        (difference of growth, a fraction), NaN where the first does not simulate it.

    Raises
    ------
    InputError
        Base years or horizons differ.
    """
    same_years([result.scenario for result in results])
    first, tables = results[0], []
    missing = np.full(len(first.years), np.nan)
    for at, result in enumerate(results):
        for name in (name for name in indicators if name in result.central):
            known, path, base = (
                result.glossary.loc[name],
                result.central[name],
                first.central.get(name, missing),
            )
            grown, base_grown = (
                np.concatenate([[np.nan], side[1:] / side[:-1] - 1]) for side in (path, base)
            )
            tables.append(
                pd.DataFrame(
                    {
                        "scenario": at,
                        "indicator": name,
                        "unit": str(known["unit"]),
                        "price_basis": str(known["price_basis"]),
                        "year": result.years,
                        "value": path,
                        "growth": grown,
                        "difference": path - base,
                        "relative": path / base - 1,
                        "growth_difference": grown - base_grown,
                    }
                )
            )
    return pd.concat(tables, ignore_index=True)[list(DEVIATIONS)]
