"""Forecasts of mean growth over the next years: the shipped calibration's, and those it must beat.

Each takes the history of one unit and gives a distribution of the mean of each horizon. Growth is
log growth a year.
"""

import warnings
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from futian_model.calibration.constants import PROPORTIONAL, Stored
from futian_model.calibration.estimates import StudentT, Trend
from futian_model.calibration.mixture import WINDOW, Chain, State, ahead, alone, climb, yearly_readings
from futian_model.calibration.published_forecasts import Accuracy, Edition, drawn_on
from futian_model.evidence.panels import ECONOMIES
from futian_model.growth import Floats

HORIZONS = (1, 2, 3, 5, 10, 15)
NORMAL = 1e6
"""Degrees of freedom that stand for a normal distribution."""
LAST_PLAN = 5


class History(NamedTuple):
    """What is known at an origin, oldest first and up to it, NaN where missing.

    `nation` is empty for a unit that is a nation itself; `leads` is the growth that the median
    region reported above the nation, by year up to the origin. `published` is the edition of forecasts of
    the unit's nation, or of the unit itself, with what is known of its accuracy; None where there is none.
    """

    own: Floats
    nation: Floats
    leads: Floats
    published: tuple[Edition, Accuracy] | None = None


Forecast = Mapping[int, StudentT]


def ladder(history: History, constants: Stored, origin: int) -> Forecast:
    """The shipped calibration: the same rungs, window and panels as a district's, one rung fewer."""
    nation, years = constants[ECONOMIES], max(HORIZONS)
    if len(history.nation):
        chain = regional(history, constants, origin, years)
    else:
        chain = alone(nation, history.own[-WINDOW:], origin, years)
    forecast = None
    if history.published is not None:
        edition, accuracy = history.published
        values = drawn_on(edition.growth, years)
        forecast = partial(accuracy.forecast, first=edition.first, values=values)
    return carried(climb(chain, forecast=forecast), origin)


def carried(state: State, origin: int) -> Forecast:
    """What a state says of the lowest rung's mean growth after an origin."""
    lowest, growth = ahead(state, origin, [0])[0], state.ladders[0]
    autocovariance = growth.autocovariance(max(HORIZONS))
    trend = Trend(
        lowest.centre, lowest.shocks, lowest.slow, 0, growth.freedom, (), autocovariance, lowest.known, ""
    )
    return {years: trend.predictive(years) for years in HORIZONS}


def panels_alone(history: History, constants: Stored, origin: int) -> Forecast:
    """The shipped calibration without published forecasts."""
    return ladder(history._replace(published=None), constants, origin)


def regional(history: History, constants: Stored, origin: int, years: int) -> Chain:
    """A region in its nation, under every panel of regions."""
    nation, start = constants[ECONOMIES], origin - WINDOW + 1
    paths = [path[-WINDOW:] for path in (history.nation, history.own)]
    readings = [
        reading
        for rung, path in enumerate(paths)
        for reading in yearly_readings(rung, path, origin - len(path) + 1)
    ]
    means = np.full((2, WINDOW + years), nation.mean)
    means[1, :WINDOW] += known_leads(history.leads)
    means[1, WINDOW:] += mean_lead(history.leads)
    stacks = [(nation, panel) for name, panel in constants.items() if name != ECONOMIES]
    return Chain(stacks, means, readings, start, proportional=nation.quantity in PROPORTIONAL)


def known_leads(leads: Floats) -> Floats:
    """Leads of the window's years; years before the first published one have none."""
    path = np.zeros(WINDOW)
    recent = leads[-WINDOW:]
    path[WINDOW - len(recent) :] = np.nan_to_num(recent)
    return path


def mean_lead(leads: Floats) -> float:
    """What the lead was expected to go on at."""
    known = leads[np.isfinite(leads)]
    return float(known.mean()) if len(known) else 0.0


def mean_growth(history: History, last: int = WINDOW) -> Forecast:
    """Naive: growth goes on at its own average, independent from year to year."""
    path = recent(history)[-last:]
    mean, sd = float(path.mean()), float(path.std(ddof=1))
    return {years: StudentT(mean, sd / np.sqrt(years), NORMAL) for years in HORIZONS}


def last_plan(history: History) -> Forecast:
    """Plan style: the last five years go on."""
    return mean_growth(history, LAST_PLAN)


def random_walk(history: History) -> Forecast:
    """Growth stays at its last value, and moves from there by independent steps."""
    path = recent(history)
    step = float(np.sqrt(np.mean(np.diff(path) ** 2)))
    return {years: StudentT(float(path[-1]), step * walk(years), NORMAL) for years in HORIZONS}


def walk(years: int) -> float:
    """Standard deviation of the mean of the first `years` values of a unit random walk."""
    return float(np.sqrt((np.arange(1, years + 1) ** 2).sum()) / years)


def ar1(history: History) -> Forecast:
    """First-order autoregression by least squares, its numbers taken as known."""
    path = recent(history)
    mean = float(path.mean())
    away = path - mean
    persistence = float(np.clip(away[1:] @ away[:-1] / (away[:-1] @ away[:-1]), -0.95, 0.95))
    left = away[1:] - persistence * away[:-1]
    sd = float(np.sqrt(left @ left / (len(left) - 2)))
    forecast = {}
    for years in HORIZONS:
        steps = np.arange(1, years + 1)
        carried = float(away[-1] * (persistence**steps).mean())
        # a shock k years before the end moves the mean by the sum of what is left of it
        moved = np.array([(persistence ** np.arange(left)).sum() for left in steps]) / years
        forecast[years] = StudentT(mean + carried, sd * float(np.sqrt(moved @ moved)), NORMAL)
    return forecast


def unobserved_components(history: History) -> Forecast:
    """Local level by maximum likelihood (statsmodels): level a random walk, growth around it."""
    from statsmodels.tools.sm_exceptions import ConvergenceWarning
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    path = 100 * recent(history)  # statsmodels starts its search from values of order one
    model = UnobservedComponents(path, "local level")
    with warnings.catch_warnings():
        # where the search does not settle, its last point is what a user of it would have
        warnings.simplefilter("ignore", ConvergenceWarning)
        fitted = model.fit(disp=False, maxiter=100)
    noise, step = np.clip(fitted.params, 0.0, None) / 100**2
    level = float(fitted.filtered_state[0, -1]) / 100
    known = float(fitted.filtered_state_cov[0, 0, -1]) / 100**2
    return {
        years: StudentT(level, float(np.sqrt(known + step * walk(years) ** 2 + noise / years)), NORMAL)
        for years in HORIZONS
    }


def recent(history: History) -> Floats:
    """The unit's own unbroken last years."""
    path = history.own[-WINDOW:]
    gaps = np.flatnonzero(~np.isfinite(path))
    return path[gaps[-1] + 1 :] if len(gaps) else path


BASELINES = {
    "mean_growth": mean_growth,
    "last_plan": last_plan,
    "random_walk": random_walk,
    "ar1": ar1,
    "unobserved_components": unobserved_components,
}
OWN = {"ladder": ladder, "panels_alone": panels_alone}
METHODS: Sequence[str] = ("ladder", *BASELINES)
RIVALS: Sequence[str] = ("panels_alone", *BASELINES)
"""What the shipped calibration is held against."""
