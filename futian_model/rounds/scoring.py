"""Forecasts of earlier editions against what came."""

import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from futian_model.evidence import Evidence, month
from futian_model.rounds.edition import Round
from futian_model.rounds.published import came, released
from futian_model.rounds.results import Row, Values
from futian_model.scorecard import Outturn
from futian_model.simulation import LEVELS, QUANTILES, READINGS

BANDS = {0.5: ("p25", "p75"), 0.8: ("p10", "p90"), 0.9: ("p05", "p95")}
"""Ends of each band by its coverage, the narrowest first."""
MIDDLE = {READINGS[0]: "central", READINGS[1]: "p50"}
"""What a reading takes as its forecast: the scenario's path, the median of the evidence."""


class Score(NamedTuple):
    """A forecast and its outturn, both in the library's unit of the indicator.

    Attributes
    ----------
    scenarios : tuple of str
        Who share it: given the evidence, several scenarios mostly do.
    reading : str
        Only a forecast given the evidence is a likelihood, so only it has a percentile and a band.
    forecast, low, high : float
        Middle, and ends of the 80 % band.
    outturn, error : float
        What came, and how far it lies above the forecast.
    percentile : float
        Where in the forecast's distribution it lies, a fraction; 0 below the lowest quantile that is
        held and 1 above the highest. NaN given the scenario.
    band : float
        Coverage of the narrowest band that holds it, 0.5, 0.8 or 0.9; infinite where none does, NaN
        given the scenario.
    """

    round: str
    scenarios: tuple[str, ...]
    reading: str
    indicator: str
    year: int
    vintage: str
    forecast: float
    low: float
    high: float
    outturn: float
    error: float
    percentile: float
    band: float

    def to_dict(self) -> dict[str, Any]:
        """As plain values; what is not told is None, and so is a band that does not hold it."""
        return {
            **self._asdict(),
            "scenarios": list(self.scenarios),
            "percentile": None if math.isnan(self.percentile) else self.percentile,
            "band": self.band if math.isfinite(self.band) else None,
        }


def scores(
    rounds: Iterable[Round], evidence: Evidence, indicator: str, years: Sequence[int] | None = None
) -> list[Score]:
    """Forecasts of an indicator by every round, year by year, against what came.

    A forecast counts where the scenario's data end before the figure was first published.

    Parameters
    ----------
    rounds : iterable of Round
    evidence : Evidence
        Holds the outturns.
    indicator : str
        As in the rounds' results.
    years : sequence of int, optional
        Those alone; every year with an outturn when left out.
    """
    return [
        score
        for edition in rounds
        for score in of_round(edition, evidence, indicator, None if years is None else set(years))
    ]


def of_round(edition: Round, evidence: Evidence, indicator: str, years: set[int] | None) -> list[Score]:
    """Forecasts of one round."""
    groups: dict[tuple[Any, ...], Score] = {}
    for name in edition.scenarios:
        facts, forecasts = edition.facts(name), edition.results(name)
        first = int(facts["base_year"])
        base = forecasts.get(Row(READINGS[0], indicator, first, "central"))
        for year, figure in came(evidence, indicator, first, base).items():
            if year <= first or (years is not None and year not in years):
                continue
            out = released(evidence, indicator, year)
            if out is not None and out <= month(facts["vintage"]):
                continue
            for reading in READINGS:
                score = scored(edition.name, name, reading, indicator, figure, facts["vintage"], forecasts)
                if score is None:
                    continue
                key = (reading, year, score.vintage, score.forecast, score.low, score.high)
                alike = groups.get(key)
                groups[key] = score if alike is None else alike._replace(scenarios=(*alike.scenarios, name))
    return sorted(groups.values(), key=lambda score: (score.year, READINGS.index(score.reading) == 0))


def scored(
    edition: str,
    scenario: str,
    reading: str,
    indicator: str,
    figure: Outturn,
    vintage: str,
    forecasts: Values,
) -> Score | None:
    """One forecast; None where the scenario makes none."""
    wanted = {
        name: forecasts.get(Row(reading, indicator, figure.year, name))
        for name in (MIDDLE[reading], *QUANTILES)
    }
    quantiles = {name: value for name, value in wanted.items() if value is not None}
    if len(quantiles) < len(wanted):
        return None
    outturn, centre = figure.value, quantiles[MIDDLE[reading]]
    likely = reading == READINGS[1]
    place = percentile(outturn, [quantiles[name] for name in QUANTILES]) if likely else math.nan
    return Score(
        edition,
        (scenario,),
        reading,
        indicator,
        figure.year,
        vintage,
        centre,
        quantiles["p10"],
        quantiles["p90"],
        outturn,
        outturn - centre,
        place,
        band(outturn, quantiles) if likely else math.nan,
    )


def percentile(value: float, quantiles: Sequence[float]) -> float:
    """Where a value lies in a distribution of which `LEVELS` are held, straight in normal scores between.

    Examples
    --------
    A normal with mean 0 and standard deviation 1, at its 69th percentile.

    >>> print(round(percentile(0.5, ndtri(LEVELS)), 3))
    0.691
    >>> percentile(9.0, ndtri(LEVELS))
    1.0
    """
    if value < quantiles[0]:
        return 0.0
    if value > quantiles[-1]:
        return 1.0
    return float(ndtr(np.interp(value, quantiles, ndtri(LEVELS))))


def band(value: float, quantiles: Any) -> float:
    """Coverage of the narrowest band that holds a value; infinite where none does."""
    holding = [share for share, (low, high) in BANDS.items() if quantiles[low] <= value <= quantiles[high]]
    return min(holding, default=math.inf)
