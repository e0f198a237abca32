"""Published forecasts of a nation's growth as readings, and how far such forecasts may be trusted.

A forecast is a reading of the growth that can be expected: the mean and the slow part, and of the first
year's shock the share that its authors could see by then. How large that share is, how far forecasts miss
what could be expected, and how much too hopeful they are, is estimated from the record of the same
institution's forecasts of all economies, edition by edition, as far as their years are over.

    f_h = expected_h + bias_h + e_h,   var(e_h) = own * shock_sd * sqrt(h),   h = 1, 2, ... years ahead

`shock_sd` is the size of the economy's own yearly shocks: what swings more is forecast worse, if not in
proportion, and so is what lies further ahead. Errors of different years are independent. The share known and
`own` minimise the CRPS (Gneiting and Raftery 2007) of mean growth over one, two, three and five years, each
relative to the forecast without; biases are mean errors, that of later years over whole spans of five years:
of the latest editions only the near years are over, of which forecasts miss less. (Biases that minimise the
CRPS as well would come out at two to seven times the mean errors that forecasters made.)

A doubt in proportion to the years ahead, and biases of all years that are over, leave the forecasts too
little weight further ahead: out of sample the CRPS is 0.8 and 2.2 percent higher at five and ten years, if
0.3 lower at one.

Beyond its horizon a forecast goes on at its last rate, as doubtful as its distance makes it. Of all economies
that lowers the CRPS of mean growth by 0.4, 1.0 and 1.9 percent at five, ten and fifteen years.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import Executor
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import expit, ndtr

from futian_model.calibration.constants import known_at
from futian_model.calibration.ladder import Forecast, Rung, condition, with_shocks
from futian_model.calibration.mixture import WINDOW, alone
from futian_model.evidence import Evidence
from futian_model.evidence.figures import month
from futian_model.evidence.panels import ECONOMIES
from futian_model.growth import Floats

LEADS = {"spring_ahead": (0, 4), "autumn_ahead": (0, 10), "spring": (1, 4), "autumn": (1, 10)}
"""When an edition is of, seen from the last year whose growth is published: years after it, and month."""
QUANTITY = "real_gdp_growth"
FEWEST_YEARS = 8
"""Unbroken years of history below which nothing is learned from an economy."""
HORIZON = 6
"""Most years ahead that an edition tells of."""
DRAWN_ON = 15
"""Years ahead up to which forecasts that go on at their last rate have a record."""
FITTED = (1, 2, 3, 5)
"""Years ahead whose mean growth is scored."""
WHOLE = 5
"""Years of a span over which the bias of later years is learned."""
GROWING = 0.5
"""Power of the years ahead by which the variance of a forecast's own error grows."""
FEWEST_SPANS = 300
"""Spans of every scored length that an accuracy is learned from at least."""
START, STEPS = (2.0, -4.3), (0.4, 0.4)
"""Where the search begins and how far it first looks: logit of the known share, log of `own`."""
EVERY = 2
"""Years between two accuracies that are learned, so that a search a year is not needed."""


class Accuracy(NamedTuple):
    """How far forecasts of one lead may be trusted, from what was known by the end of `last_year`.

    `known` is a share; `own` and the biases (forecast less outturn, of the first year and of later ones)
    are log growth a year.
    """

    lead: str
    last_year: int
    spans: int
    known: float
    own: float
    bias_first: float
    bias_later: float

    def forecast(self, top: Rung, first: int, values: Floats) -> Forecast:
        """Forecasts of an economy as a reading.

        Parameters
        ----------
        top : Rung
            Constants of the economy.
        first : int
            First of the years.
        values : ndarray, shape (horizon,)
            Log growth a year as published; what is missing ends the horizon.
        """
        ahead = np.arange(1, len(values) + 1)
        bias = np.where(ahead == 1, self.bias_first, self.bias_later)
        return Forecast(first, values - bias, self.known, np.diag(self.own * top.shock_sd * ahead**GROWING))


def drawn_on(growth: Floats, years: int) -> Floats:
    """Forecasts that go on at their last rate for `years` years, `DRAWN_ON` at most, or are cut there."""
    ahead = min(years, max(len(growth), DRAWN_ON))
    return np.append(growth[:ahead], np.full(max(ahead - len(growth), 0), growth[-1]))


class Edition(NamedTuple):
    """One edition's forecasts of an economy.

    Attributes
    ----------
    edition : str
        Year and month.
    lead : str
        Of `LEADS`.
    first : int
        First year forecast that is not published yet.
    growth : ndarray, shape (horizon,)
        Log growth a year.
    """

    edition: str
    lead: str
    first: int
    growth: Floats


Editions = Mapping[str, Mapping[int, float]]
"""Forecasts of one economy: by edition, by year, log growth."""


def by_economy(forecasts: pd.DataFrame) -> dict[str, dict[str, dict[int, float]]]:
    """Every economy's forecasts by edition and year, log growth.

    Parameters
    ----------
    forecasts : DataFrame
        Columns code, edition, year, growth (a fraction).
    """
    economies: dict[str, dict[str, dict[int, float]]] = {}
    columns = (forecasts["code"], forecasts["edition"], forecasts["year"], np.log1p(forecasts["growth"]))
    for code, edition, year, growth in zip(*columns, strict=True):
        economies.setdefault(code, {}).setdefault(edition, {})[int(year)] = float(growth)
    return economies


def edition_at(editions: Editions, origin: int, lead: str) -> Edition | None:
    """The edition of one economy that lies at `lead` from a last published year, if it is held."""
    years, in_year = LEADS[lead]
    edition = f"{origin + years}-{in_year:02d}"
    growth = editions.get(edition, {})
    values: list[float] = []
    while origin + 1 + len(values) in growth:
        values.append(growth[origin + 1 + len(values)])
    return Edition(edition, lead, origin + 1, np.array(values)) if values else None


def latest_edition(editions: Editions, origin: int, vintage: str) -> Edition | None:
    """The latest edition published by `vintage` that a lead from the last published year is known of."""
    for lead in reversed(LEADS):
        years, in_year = LEADS[lead]
        if 12 * (origin + years) + in_year <= month(vintage):
            edition = edition_at(editions, origin, lead)
            if edition is not None:
                return edition
    return None


def accuracy_at(stored: pd.DataFrame, lead: str, last_year: int) -> Accuracy | None:
    """Accuracy of a lead from the latest year not after `last_year`, if any was learned by then."""
    rows = stored[(stored["lead"] == lead) & (stored["last_year"] <= last_year)]
    if rows.empty:
        return None
    latest = rows.sort_values("last_year").tail(1)[list(Accuracy._fields)]
    return Accuracy(*next(latest.itertuples(index=False, name=None)))


Rows = NDArray[np.bool_]


class Past(NamedTuple):
    """What the panels said of growth at many origins, and what was published and came.

    Attributes
    ----------
    units : ndarray of str, shape (n,)
    origins : ndarray, shape (n,)
        Last published year of each.
    mean, shocks : ndarray, shape (n, HORIZON)
        Growth, and the yearly shocks in it.
    growth, both, own : ndarray, shape (n, HORIZON, HORIZON)
        Covariance of growth, of growth with shocks, of shocks.
    persistence, size : ndarray, shape (n,)
        Of each unit's shocks.
    outturns : ndarray, shape (n, HORIZON)
        Log growth, NaN where not held.
    """

    units: Floats
    origins: Floats
    mean: Floats
    shocks: Floats
    growth: Floats
    both: Floats
    own: Floats
    persistence: Floats
    size: Floats
    outturns: Floats

    def of(self, rows: Rows) -> "Past":
        """Some of them."""
        return Past(*(part[rows] for part in self))


def past_of(growth: pd.DataFrame, constants: pd.DataFrame, origins: Iterable[int]) -> Past:
    """What the economies' panel said at many origins.

    Parameters
    ----------
    growth : DataFrame
        Log growth, units by years.
    constants : DataFrame
        As stored: those of an origin are from no later year.
    """
    rows: list[tuple[Any, ...]] = []
    for origin in origins:
        stored = known_at(constants, QUANTITY, origin)[ECONOMIES]
        known = growth.loc[:, :origin].to_numpy(float)
        outturns = np.full((len(growth), HORIZON), np.nan)
        came = growth.loc[:, origin + 1 : origin + HORIZON].to_numpy(float)
        outturns[:, : came.shape[1]] = came
        for unit, path, outturn in zip(growth.index, known, outturns, strict=True):
            if np.isfinite(path[-FEWEST_YEARS:]).all() and np.isfinite(outturn[0]):
                chain = alone(stored, path[-WINDOW:], origin, HORIZON)
                sized = chain.sized()[0]
                state = condition(with_shocks(sized.prior), chain.readings)
                start = len(state.years) - HORIZON
                mean, spread = state.mean[:, start:], state.covariance[:, start:, :, start:]
                top = sized.rungs[0]
                rows.append(
                    (
                        *(unit, origin, *mean, spread[0, :, 0], spread[0, :, 1], spread[1, :, 1]),
                        *(top.shock_persistence, top.shock_sd, outturn),
                    )
                )
    return Past(*map(np.array, zip(*rows, strict=True)))


def fit(
    growth: pd.DataFrame, constants: pd.DataFrame, forecasts: pd.DataFrame, pool: Executor | None = None
) -> pd.DataFrame:
    """Accuracy of every lead as learned up to every other year, a row each, in the columns of `Accuracy`."""
    last = int(growth.columns[-1])
    first = int(forecasts["edition"].min()[:4])
    past = past_of(growth, constants, range(first - 1, last))
    tasks = [
        (past, published(past, forecasts, lead), lead, year)
        for lead in LEADS
        for year in range(last, first, -EVERY)
    ]
    learned = map(_accuracy, tasks) if pool is None else pool.map(_accuracy, tasks)
    table = pd.DataFrame([row for row in learned if row is not None], columns=list(Accuracy._fields))
    return table.sort_values(["lead", "last_year"], ignore_index=True)


def _accuracy(task: tuple[Past, Floats, str, int]) -> Accuracy | None:
    return accuracy(*task)


def published(past: Past, forecasts: pd.DataFrame, lead: str) -> Floats:
    """What the edition at a lead said of every origin, shape (n, HORIZON), NaN where nothing."""
    by_unit = by_economy(forecasts)
    values = np.full(past.outturns.shape, np.nan)
    for at, (unit, origin) in enumerate(zip(past.units, past.origins, strict=True)):
        edition = edition_at(by_unit.get(str(unit), {}), int(origin), lead)
        if edition is not None:
            values[at, : len(edition.growth)] = edition.growth[:HORIZON]
    return values


def aided_means(past: Past, values: Floats, accuracy: Accuracy) -> tuple[Floats, Floats]:
    """Mean and covariance of growth given forecasts as well, shapes (n, HORIZON) and with HORIZON again.

    The same update as `ladder.aided`, of many units side by side.
    """
    years = np.arange(HORIZON)
    seen = accuracy.known * past.persistence[:, None] ** years
    bias = np.where(years == 0, accuracy.bias_first, accuracy.bias_later)
    expected = past.mean - past.shocks + seen * past.shocks[:, :1]
    with_growth = past.growth - past.both + seen[:, None, :] * past.both[:, :, :1]
    with_shocks = past.both.transpose(0, 2, 1) - past.own + seen[:, None, :] * past.own[:, :, :1]
    spread = with_growth - with_shocks + seen[:, :, None] * with_shocks[:, :1, :]
    missing = ~np.isfinite(values)
    noise = accuracy.own * past.size[:, None] * (1.0 + years) ** GROWING + 1e4 * missing
    gain = np.linalg.solve(spread + noise[:, None, :] * np.eye(HORIZON), with_growth.transpose(0, 2, 1))
    missed = np.where(missing, 0.0, values - bias - expected)
    mean = past.mean + np.einsum("nji,nj->ni", gain, missed)
    return mean, past.growth - with_growth @ gain


def crps(mean: Floats, sd: Floats, outcome: Floats) -> Floats:
    """Continuous ranked probability score of a normal (Gneiting and Raftery 2007)."""
    away = (outcome - mean) / sd
    density = np.exp(-(away**2) / 2) / np.sqrt(2 * np.pi)
    return np.asarray(sd * (away * (2 * ndtr(away) - 1) + 2 * density - 1 / np.sqrt(np.pi)))


def accuracy(past: Past, values: Floats, lead: str, last_year: int) -> Accuracy | None:
    """What the record of a lead's forecasts says by the end of `last_year`; None where it is too short.

    Parameters
    ----------
    past : Past
    values : ndarray, shape (n, HORIZON)
        As `published`.
    """
    over = (past.origins[:, None] + 1 + np.arange(HORIZON) <= last_year) & np.isfinite(values)
    used = np.asarray(over.any(axis=1))
    past, values, over = past.of(used), values[used], over[used]
    scored = {}
    for years in FITTED:
        whole = np.isfinite(past.outturns[:, :years]).all(axis=1) & (past.origins + years <= last_year)
        if whole.sum() < FEWEST_SPANS:
            return None
        outcome = past.outturns[whole, :years].mean(axis=1)
        scored[years] = (
            whole,
            outcome,
            crps(*over_years(past.mean, past.growth, years, whole), outcome).mean(),
        )
    missed = np.where(over, values - past.outturns, np.nan)
    first, whole_span = np.nanmean(missed[:, 0]), np.nanmean(missed[:, :WHOLE].mean(axis=1))
    biases = float(first), float((WHOLE * whole_span - first) / (WHOLE - 1))

    def learned(free: Floats) -> Accuracy:
        return Accuracy(lead, last_year, len(values), float(expit(free[0])), float(np.exp(free[1])), *biases)

    def score(free: Floats) -> float:
        mean, covariance = aided_means(past, values, learned(free))
        parts = [
            crps(*over_years(mean, covariance, years, whole), outcome).mean() / alone
            for years, (whole, outcome, alone) in scored.items()
        ]
        return float(np.mean(parts))

    from scipy.optimize import minimize  # slow to import, and only what is stored is made with it

    simplex = np.array(START) + np.vstack([np.zeros(len(START)), np.diag(STEPS)])
    options = {"xatol": 1e-2, "fatol": 1e-5, "initial_simplex": simplex}
    return learned(minimize(score, START, method="Nelder-Mead", options=options).x)


def over_years(mean: Floats, covariance: Floats, years: int, rows: Rows) -> tuple[Floats, Floats]:
    """Mean and standard deviation of mean growth over the first years."""
    variance = covariance[rows, :years, :years].sum(axis=(1, 2))
    return mean[rows, :years].mean(axis=1), np.sqrt(np.maximum(variance, 1e-12)) / years


def trusted(stored: pd.DataFrame, origin: int, edition: Edition | None) -> tuple[Edition, Accuracy] | None:
    """An edition with what was known of the accuracy of its lead at the origin, if anything was."""
    accuracy = None if edition is None else accuracy_at(stored, edition.lead, origin)
    return None if edition is None or accuracy is None else (edition, accuracy)


def of_nation(evidence: Evidence, origin: int, vintage: str) -> tuple[Edition, Accuracy] | None:
    """The nation's latest edition at a vintage and how far to trust it, where both are held.

    Parameters
    ----------
    origin : int
        Last year whose growth is published.
    """
    if not evidence.economy:
        return None
    economy = evidence.economy
    editions = evidence.once(("editions", economy), lambda: by_economy(evidence.forecasts(economy)))
    return trusted(evidence.accuracy, origin, latest_edition(editions.get(economy, {}), origin, vintage))
