"""Constants that no single series can give, estimated over many economies or regions at once.

How slowly a lead in growth fades and how far growth strays in the long run show only in a panel:
one series of thirty years sees hardly two spells. Each unit has shocks of its own size, shrunk
towards the panel's (Smyth 2004, the moment estimator of an inverse-gamma prior); everything else
is common, by maximum likelihood.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.linalg import solve_triangular
from scipy.optimize import brentq, minimize
from scipy.special import digamma, expit, polygamma

from futian_model.errors import InputError
from futian_model.growth import Floats

FEWEST_YEARS = 10
"""A unit with fewer figures is left out."""
RECENT = 20
"""Years that the size of a unit's shocks is read from: growth has calmed since the 1980s."""
SLOW, SHOCK = (0.7, 0.995), (-0.3, 0.65)
"""Bounds of the two persistences, apart from each other so that the parts cannot change places."""
MOST_ALIKE = 100.0
"""Degrees of freedom of a panel whose variances scatter no more than by chance."""


class Scale(NamedTuple):
    """Size of the yearly shocks of the units of a panel: variances scattered as sd^2 df / chi2_df."""

    sd: float
    df: float


class Constants(NamedTuple):
    """What a panel says up to one year, in log growth a year.

    `scale_factor` is the shocks' share of the variance that `Scale` measures; `mean_sd` is the
    uncertainty of `mean`, from how it moved from decade to decade, since a world-wide bad decade
    hits every unit at once.
    """

    quantity: str
    panel: str
    last_year: int
    units: int
    observations: int
    mean: float
    mean_sd: float
    slow_sd: float
    slow_persistence: float
    own_sd: float
    shock_persistence: float
    scale_sd: float
    scale_df: float
    scale_factor: float

    @property
    def scale(self) -> Scale:
        return Scale(self.scale_sd, self.scale_df)


def variance_of(path: Floats) -> tuple[float, int]:
    """Size of a series' yearly shocks as a variance, and its degrees of freedom.

    Of the residuals of a first-order autoregression about the series' mean, its coefficient
    corrected for the bias of short series (Kendall 1954): a slow decline is not taken for shocks.
    What part of this variance the shocks have is the panel's `scale_factor`.
    """
    away, years = path - path.mean(), len(path)
    raw = float(away[1:] @ away[:-1] / (away[:-1] @ away[:-1])) if away[:-1].any() else 0.0
    persistence = float(np.clip(raw + (1 + 3 * raw) / years, -0.3, 0.9))
    left = away[1:] - persistence * away[:-1]
    return float(left @ left / (years - 3)), years - 3


def scatter(rows: Sequence[Floats]) -> Scale:
    """The common scale that the variances of single units scatter about.

    Raises
    ------
    InputError
        Fewer than three units.
    """
    if len(rows) < 3:
        raise InputError("panel", len(rows), "at least 3 units")
    variances, freedom = (np.array(column) for column in zip(*map(variance_of, rows), strict=True))
    half = freedom / 2
    logs = np.log(variances) - digamma(half) + np.log(half)
    spread = logs.var(ddof=1) - polygamma(1, half).mean()
    if spread <= polygamma(1, MOST_ALIKE / 2):
        df = MOST_ALIKE
    else:
        df = 2 * brentq(lambda x: polygamma(1, x) - spread, 0.05, MOST_ALIKE)
    sd = np.sqrt(np.exp(logs.mean() + digamma(df / 2) - np.log(df / 2)))
    return Scale(float(sd), float(df))


def shrunk(scale: Scale, variance: float, freedom: float) -> tuple[float, float]:
    """A unit's own variance drawn towards the panel's, and the degrees of freedom of the result."""
    df = scale.df + freedom
    return (scale.df * scale.sd**2 + freedom * variance) / df, df


def estimate(
    quantity: str, panel: str, table: Floats, last_year: int, *, mean: float | None = None
) -> Constants:
    """Constants of a panel.

    Parameters
    ----------
    quantity, panel : str
        Names that the result carries.
    table : ndarray, shape (units, years)
        Log growth a year, NaN where missing; its last column is `last_year`.
    mean : float, optional
        Long-run mean of every unit; estimated when left out.

    Raises
    ------
    InputError
        Fewer than three units have `FEWEST_YEARS` figures.
    """
    rows = [row[np.isfinite(row)] for row in table if np.isfinite(row).sum() >= FEWEST_YEARS]
    # the fit covers the whole past and needs its turbulence; forecasts start from recent calm
    whole, scale = scatter(rows), scatter([row[-RECENT:] for row in rows])
    own = np.array([shrunk(whole, *variance_of(row))[0] for row in rows])
    panel_of = Likelihood([row for row in table if np.isfinite(row).sum() >= FEWEST_YEARS], own, mean)
    start = np.array([np.log(0.3 * whole.sd), 0.5, 0.0, np.log(0.02 * whole.sd), -0.1])
    bounds = [
        tuple(np.log([0.01 * whole.sd, 3 * whole.sd])),
        (-4.0, 4.0),
        (-4.0, 4.0),
        tuple(np.log([0.001 * whole.sd, whole.sd])),
        (-2.0, 1.0),
    ]
    best = minimize(panel_of, start, method="L-BFGS-B", bounds=bounds)
    slow_sd, slow_persistence, shock_persistence, own_sd, factor = panel_of.natural(best.x)
    return Constants(
        quantity,
        panel,
        last_year,
        len(rows),
        sum(map(len, rows)),
        panel_of.mean(best.x),
        0.0 if mean is not None else drift(table),
        slow_sd,
        slow_persistence,
        own_sd,
        shock_persistence,
        scale.sd,
        scale.df,
        factor,
    )


class Likelihood:
    """Minus the log likelihood of a panel, as a function of five free numbers."""

    def __init__(self, rows: list[Floats], variances: Floats, mean: float | None) -> None:
        self.at = [np.flatnonzero(np.isfinite(row)) for row in rows]
        self.values = [row[at] for row, at in zip(rows, self.at, strict=True)]
        self.variances, self.fixed = variances, mean
        years = max(len(row) for row in rows)
        self.apart = np.abs(np.subtract.outer(np.arange(years), np.arange(years)))

    @staticmethod
    def natural(free: Floats) -> tuple[float, float, float, float, float]:
        """Slow sd, slow persistence, shock persistence, own sd, factor of the shocks' variance."""
        slow = SLOW[0] + (SLOW[1] - SLOW[0]) * expit(free[1])
        shock = SHOCK[0] + (SHOCK[1] - SHOCK[0]) * expit(free[2])
        return (
            float(np.exp(free[0])),
            float(slow),
            float(shock),
            float(np.exp(free[3])),
            float(np.exp(free[4])),
        )

    def sums(self, free: Floats) -> tuple[float, float, float, float]:
        """Log determinant, and the quadratic forms of the data and of a constant under each covariance."""
        slow_sd, slow, shock, own_sd, factor = self.natural(free)
        common = slow_sd**2 * slow**self.apart + own_sd**2
        shocks = factor * shock**self.apart
        log_det = data = cross = ones = 0.0
        for at, values, variance in zip(self.at, self.values, self.variances, strict=True):
            grid = np.ix_(at, at)
            root = np.linalg.cholesky(common[grid] + variance * shocks[grid])
            both = np.column_stack([values, np.ones(len(values))])
            white = solve_triangular(root, both, lower=True, check_finite=False)
            log_det += 2 * np.log(root.diagonal()).sum()
            data += white[:, 0] @ white[:, 0]
            cross += white[:, 0] @ white[:, 1]
            ones += white[:, 1] @ white[:, 1]
        return log_det, data, cross, ones

    def mean(self, free: Floats) -> float:
        """The common mean: given, or by generalised least squares."""
        if self.fixed is not None:
            return self.fixed
        _, _, cross, ones = self.sums(free)
        return float(cross / ones)

    def __call__(self, free: Floats) -> float:
        log_det, data, cross, ones = self.sums(free)
        mean = cross / ones if self.fixed is None else self.fixed
        return float(0.5 * (log_det + data - 2 * mean * cross + mean**2 * ones))


def drift(table: Floats) -> float:
    """Standard error of the panel's mean, from medians over blocks of ten years (or half the span)."""
    years = table.shape[1]
    block = max(min(10, years // 2), 1)
    with np.errstate(all="ignore"):
        medians = [np.nanmedian(table[:, stop - block : stop]) for stop in range(years, block - 1, -block)]
    known = np.array(medians)[np.isfinite(medians)]
    return float(known.std(ddof=1) / np.sqrt(len(known))) if len(known) > 1 else 0.0
