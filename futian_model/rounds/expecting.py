"""What a figure was expected to be, before it came: one far off is asked about, not refused.

The expectation is the calibration's, as seen from the figure's own date and without it: for growth of
a place on the ladder its forecast of that year, for what is simulated the change since the last
published year. What the model does not know is held against its own past changes.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtr

from futian_model import shares, simulation
from futian_model.calibration import calibrate
from futian_model.calibration.trends import RUNGS
from futian_model.errors import InputError
from futian_model.evidence import Evidence, in_unit
from futian_model.growth import Floats
from futian_model.rounds.mixing import BOUND
from futian_model.rounds.recording import Figure
from futian_model.scenario import Scenario
from futian_model.scorecard.outturns import named

FAR = 3.0
"""Standard deviations beyond which a figure is asked about."""
DRAWS, SEED = 4096, 0
FEWEST_CHANGES = 5
LEAST = 1e-12
"""Variance of growth that exact figures leave nothing of, to rounding."""
CALIBRATION, HISTORY = "calibration", "history"
NORMAL = ndtr([-1.0, 0.0, 1.0])
"""Levels of a normal's middle and of one standard deviation about it."""


class Expected(NamedTuple):
    """What was expected of a figure, in the library's unit.

    Attributes
    ----------
    centre, low, high : float
        Middle, and `FAR` standard deviations about it.
    deviations : float
        How many standard deviations the figure lies above the middle.
    by : str
        ``"calibration"`` or ``"history"``.
    """

    centre: float
    low: float
    high: float
    deviations: float
    by: str

    @property
    def far(self) -> bool:
        """Whether the figure is to be asked about."""
        return abs(self.deviations) > FAR


class Scale(NamedTuple):
    """Where changes of an indicator are alike: logs of levels, log-odds of shares, growth as it is."""

    kind: str

    def of(self, value: ArrayLike) -> Floats:
        if self.kind == "share":
            return np.asarray(shares.log_odds(value), float)
        values = np.asarray(value, float)
        return np.asarray(np.log1p(values) if self.kind == "growth" else np.log(values))

    def back(self, place: float) -> float:
        if self.kind == "share":
            return float(1 / (1 + np.exp(-place)))
        return float(np.expm1(place) if self.kind == "growth" else np.exp(place))


def expected(evidence: Evidence, scenario: Scenario, figure: Figure) -> Expected | None:
    """What was expected of a figure without it.

    Parameters
    ----------
    evidence : Evidence
        Without the figure.
    scenario : Scenario
        Gives base year, horizon and base-year sources; its levers play no part.
    figure : Figure
        Of one year.

    Returns
    -------
    Expected or None
        None for a bound, for a part or a span of years, and where too little is held to say anything.
    """
    if not figure.period.isdigit() or figure.precision == BOUND:
        return None
    known, year = evidence.indicators.loc[figure.indicator], int(figure.period)
    value = in_unit(pd.Series([float(figure.value)]), pd.Series([figure.unit]), str(known["unit"])).iloc[0]
    scale = Scale(str(known["kind"]))
    if (scale.kind != "growth" and value <= 0) or (scale.kind == "share" and value >= 1):
        return None
    for expectation, by in (
        (on_the_ladder(evidence, figure, year), CALIBRATION),
        (simulated(evidence, scenario, figure, year, scale), CALIBRATION),
        (past_changes(evidence, figure, year, scale), HISTORY),
    ):
        if expectation is not None:
            middle, sd = expectation
            centre, low, high = (scale.back(middle + times * sd) for times in (0.0, -FAR, FAR))
            return Expected(centre, low, high, float((scale.of(value) - middle) / sd), by)
    return None


def on_the_ladder(evidence: Evidence, figure: Figure, year: int) -> tuple[float, float] | None:
    """Log growth of a place of the ladder in a year, and its standard deviation."""
    rungs = [evidence.place(role) for role in RUNGS]
    if figure.indicator != "real_gdp_growth" or figure.geo not in rungs:
        return None
    calibration = calibrate(evidence, base_year=year - 1, horizon=year, vintage=figure.vintage)
    mean, covariance = calibration.ladder.of(rungs.index(figure.geo), year)
    return float(mean[0]), float(np.sqrt(max(covariance[0, 0], LEAST)))


def simulated(
    evidence: Evidence, scenario: Scenario, figure: Figure, year: int, scale: Scale
) -> tuple[float, float] | None:
    """What the evidence of the day makes of the change since the last published year."""
    if figure.geo != evidence.place("district") or year not in scenario.years[1:]:
        return None
    settings = scenario.assumptions.model_copy(update={"vintage": figure.vintage})
    dated = replace(scenario, assumptions=settings)
    try:
        result = simulation.simulate(dated, evidence, draws=DRAWS, seed=SEED, reading=simulation.READINGS[1])
    except InputError:  # the evidence of so early a day cannot support a simulation
        return None
    names = [name for name in result.indicators if figure.indicator in direct(evidence, name)]
    if not names:
        return None
    paths = result.paths[names[0]]
    earlier = points(evidence, figure)
    earlier = earlier[(earlier.index < year) & (earlier.index >= int(result.years[0]))]
    first = int(earlier.index[-1]) if len(earlier) else int(result.years[0])
    start = float(earlier.iloc[-1]) if len(earlier) else float(result.central[names[0]][0])
    moves = scale.of(paths[:, result.position(year)]) - scale.of(paths[:, result.position(first)])
    low, middle, high = np.quantile(moves, NORMAL)
    if not high > low:
        return None
    return float(scale.of(start) + middle), float(high - low) / 2


def direct(evidence: Evidence, name: str) -> list[str]:
    """An indicator of the model and what it is published as."""
    return [name, *named(evidence.indicators, name, "published_as")]


def points(evidence: Evidence, figure: Figure) -> "pd.Series[float]":
    """Other years of the figure's series, bounds left out."""
    table = evidence.series(figure.geo, figure.indicator).table
    return table.loc[(table["precision"] != BOUND) & (table.index != int(figure.period)), "value"]


def past_changes(evidence: Evidence, figure: Figure, year: int, scale: Scale) -> tuple[float, float] | None:
    """What past changes make of the step from the nearest year; of growth its own past."""
    levels = points(evidence, figure)
    if scale.kind != "growth":
        levels = levels[(levels > 0) & ((levels < 1) | (scale.kind != "share"))]
    placed = pd.Series(scale.of(levels.to_numpy(float)), levels.index)
    if scale.kind == "growth":
        return None if len(placed) < FEWEST_CHANGES else (float(placed.mean()), float(placed.std()))
    steps = placed.diff()[np.diff(placed.index, prepend=placed.index[:1]) == 1]
    if len(steps) < FEWEST_CHANGES or not steps.std() > 0:
        return None
    nearest = min(placed.index, key=lambda at: (abs(at - year), at))
    years = abs(year - nearest)
    middle = placed[nearest] + (year - nearest) * steps.mean()
    return float(middle), float(steps.std() * np.sqrt(years))
