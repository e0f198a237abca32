"""Constants that no single series can give, estimated over many economies or regions at once.

How slowly a lead in growth fades and how far growth strays in the long run show only in a panel:
one series of thirty years sees hardly two spells. Each unit has shocks of its own size, shrunk
towards the panel's (Smyth 2004, the moment estimator of an inverse-gamma prior); everything else
is common, by penalised maximum likelihood. The likelihood alone is flat, or has two tops, where a
panel cannot tell a slow part from what is a unit's own; weak priors leave one optimum: gamma(2) for
the standard deviations of both, which keeps them off zero (Chung, Rabe-Hesketh, Dorie, Gelman and
Liu 2013), beta(2, 2) for both persistences over their ranges, and a unit normal for the log of the
shocks' factor.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from scipy.linalg import eigh
from scipy.special import digamma, expit, polygamma

from futian_model.errors import InputError
from futian_model.growth import Floats

if TYPE_CHECKING:
    from scipy.optimize import OptimizeResult

FEWEST_YEARS = 10
"""A unit with fewer figures is left out."""
RECENT = 20
"""Years that the size of a unit's shocks is read from: growth has calmed since the 1980s."""
SLOW, SHOCK = (0.7, 0.995), (-0.3, 0.65)
"""Ranges of the two persistences, apart from each other so that the parts cannot change places."""
AT_END = 0.02
"""Part of a persistence's range that counts as its end: there the range decides, not the panel."""
MOST_ALIKE = 100.0
"""Degrees of freedom of a panel whose variances scatter no more than by chance."""
STARTS = ((-1.2, 0.0, 0.0, -3.0, 0.0), (-2.5, 2.0, -1.0, -1.0, 0.0), (0.0, -1.0, 1.5, -1.5, 0.5))
"""Where the search for the optimum begins, in the free numbers of `Likelihood`."""
LIMITS = ((-9.0, 4.0), (-9.0, 9.0), (-9.0, 9.0), (-9.0, 4.0), (-5.0, 5.0))
"""Bounds of the search, far outside what the priors allow: they keep a first long step finite."""
COARSE, FINE = 0.5, 1e-5
"""Largest derivative of the log likelihood at which a search from a start, and the last one, ends."""


class Scale(NamedTuple):
    """Size of the yearly shocks of the units of a panel: variances scattered as sd^2 df / chi2_df."""

    sd: float
    df: float


class Constants(NamedTuple):
    """What a panel says up to one year, in log growth a year.

    `scale_factor` is the shocks' share of the variance that `Scale` measures; `mean_sd` is the
    uncertainty of `mean`, from how it moved from decade to decade, since a world-wide bad decade
    hits every unit at once. `at_bound` names the persistences at an end of their range, a blank
    between two.
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
    at_bound: str = ""

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
    from scipy.optimize import brentq  # slow to import, and only what is stored is made with it

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
    quantity: str,
    panel: str,
    table: Floats,
    last_year: int,
    *,
    mean: float | None = None,
    leads: bool = False,
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
    leads : bool
        The table holds leads over a whole: their long-run mean is zero beyond doubt.

    Raises
    ------
    InputError
        Fewer than three units have `FEWEST_YEARS` figures.
    """
    rows = [row[np.isfinite(row)] for row in table if np.isfinite(row).sum() >= FEWEST_YEARS]
    # the fit covers the whole past and needs its turbulence; forecasts start from recent calm
    whole, scale = scatter(rows), scatter([row[-RECENT:] for row in rows])
    own = np.array([shrunk(whole, *variance_of(row))[0] for row in rows])
    kept = np.array([row for row in table if np.isfinite(row).sum() >= FEWEST_YEARS])
    likelihood = Likelihood(kept, own, whole.sd, 0.0 if leads else mean)
    best = optimum(likelihood)
    slow_sd, slow_persistence, shock_persistence, own_sd, factor = likelihood.natural(best.x)
    return Constants(
        quantity,
        panel,
        last_year,
        len(rows),
        sum(map(len, rows)),
        likelihood.mean(best.x),
        0.0 if leads else drift(table),
        slow_sd,
        slow_persistence,
        own_sd,
        shock_persistence,
        scale.sd,
        scale.df,
        factor,
        at_bound(best.x),
    )


class Spectrum(NamedTuple):
    """Units with figures of the same years: their covariances side by side, turned to be diagonal.

    `roots` and `values`, shape (units, years), are each unit's variances and figures along `vectors`,
    shape (years, years); `size` is twice the log volume of `vectors`.
    """

    grid: Any
    vectors: Floats
    roots: Floats
    values: Floats
    size: float

    @property
    def ones(self) -> Floats:
        """A constant along `vectors`, shape (years,)."""
        return np.asarray(self.vectors.sum(axis=0))


class Likelihood:
    """Minus the penalised log likelihood of a panel, with its derivatives, in five free numbers.

    The logs of the slow part's and the units' own standard deviation over `size`, with the logits of
    the slow part's and the shocks' persistence between them, and the log of the shocks' factor; a
    common mean that is not given is profiled out by generalised least squares.

    Parameters
    ----------
    table : ndarray, shape (units, years)
        Log growth a year, NaN where missing.
    variances : ndarray, shape (units,)
        Variance of each unit's yearly shocks.
    size : float
        Standard deviation that the two others are measured in, the mode of their priors.
    mean : float, optional
        Long-run mean of every unit.
    """

    def __init__(self, table: Floats, variances: Floats, size: float, mean: float | None) -> None:
        self.size, self.fixed = size, mean
        self.apart = np.abs(np.subtract.outer(*2 * (np.arange(table.shape[1]),)))
        patterns: dict[bytes, list[int]] = {}
        for unit, known in enumerate(np.isfinite(table)):
            patterns.setdefault(known.tobytes(), []).append(unit)
        self.patterns = [
            (at := np.flatnonzero(np.isfinite(table[units[0]])), table[units][:, at], variances[units])
            for units in patterns.values()
        ]

    def natural(self, free: Floats) -> tuple[float, float, float, float, float]:
        """Slow sd, slow persistence, shock persistence, own sd, factor of the shocks' variance."""
        slow, shock = (
            low + (high - low) * expit(logit)
            for (low, high), logit in zip((SLOW, SHOCK), free[1:3], strict=True)
        )
        slow_sd, own_sd = self.size * np.exp(free[[0, 3]])
        return float(slow_sd), float(slow), float(shock), float(own_sd), float(np.exp(free[4]))

    def covariances(self, free: Floats) -> tuple[Floats, Floats]:
        """What all units share, and what each unit's variance multiplies, shape (years, years) each."""
        slow_sd, slow, shock, own_sd, factor = self.natural(free)
        return slow_sd**2 * slow**self.apart + own_sd**2, factor * shock**self.apart

    def spectra(self, free: Floats) -> list[Spectrum]:
        """Each pattern's covariances of all its units, from one decomposition."""
        common, shocks = self.covariances(free)
        spectra = []
        for at, values, variances in self.patterns:
            grid = np.ix_(at, at)
            # common = shocks U L U^T shocks and U^T shocks U = I, so that V^-1 = U (L + variance)^-1 U^T
            roots, vectors = eigh(common[grid], shocks[grid], check_finite=False)
            size = 2 * np.linalg.slogdet(vectors)[1]
            spectra.append(Spectrum(grid, vectors, roots + variances[:, None], values @ vectors, size))
        return spectra

    def mean(self, free: Floats) -> float:
        """The common mean: given, or by generalised least squares."""
        return self.mean_of(self.spectra(free))

    def mean_of(self, spectra: list[Spectrum]) -> float:
        if self.fixed is not None:
            return self.fixed
        sums = [(part.values / part.roots * part.ones, part.ones**2 / part.roots) for part in spectra]
        cross, ones = (sum(part.sum() for part in parts) for parts in zip(*sums, strict=True))
        return float(cross / ones)

    def __call__(self, free: Floats) -> tuple[float, Floats]:
        spectra, total = self.spectra(free), 0.0
        mean = self.mean_of(spectra)
        # trace(V^-1 dV) - a^T dV a with a = V^-1 (y - mean): what meets dV, summed over units
        common, shocks = np.zeros((2, *self.apart.shape))
        for part, (_, _, variances) in zip(spectra, self.patterns, strict=True):
            left = part.values - mean * part.ones
            weighed = left / part.roots
            total += (np.log(part.roots).sum() - len(left) * part.size + (left * weighed).sum()) / 2
            weighed = weighed @ part.vectors.T
            for facing, weights in ((common, np.ones_like(variances)), (shocks, variances)):
                inverse = part.vectors * (weights @ (1 / part.roots)) @ part.vectors.T
                facing[part.grid] += inverse - (weighed.T * weights) @ weighed
        slow_sd, slow, shock, own_sd, factor = self.natural(free)
        shares = expit(free[1:3])
        stretch = np.array([SLOW[1] - SLOW[0], SHOCK[1] - SHOCK[0]]) * shares * (1 - shares)
        before = np.maximum(self.apart - 1, 0)
        changes = (
            (common, 2 * slow_sd**2 * slow**self.apart),
            (common, stretch[0] * slow_sd**2 * self.apart * slow**before),
            (shocks, stretch[1] * factor * self.apart * shock**before),
            (common, np.full_like(common, 2 * own_sd**2)),
            (shocks, factor * shock**self.apart),
        )
        slope = np.array([(facing * change).sum() / 2 for facing, change in changes])
        prior, prior_slope = weak_prior(free)
        return float(total - prior), slope - prior_slope


def weak_prior(free: Floats) -> tuple[float, Floats]:
    """Log density of the priors, up to a constant, and its derivatives in the free numbers."""
    sds, shares = np.exp(free[[0, 3]]), expit(free[1:3])
    density = (free[[0, 3]] - sds).sum() + np.log(shares * (1 - shares)).sum() - free[4] ** 2 / 2
    return float(density), np.array([1 - sds[0], *(1 - 2 * shares), 1 - sds[1], -free[4]])


def optima(likelihood: Likelihood, tolerance: float) -> "list[OptimizeResult]":
    """Where the search ends from each of `STARTS`."""
    return [search(likelihood, np.array(start), tolerance) for start in STARTS]


def search(likelihood: Likelihood, start: Floats, tolerance: float) -> "OptimizeResult":
    """Local optimum by the exact derivatives (L-BFGS-B)."""
    from scipy.optimize import minimize  # slow to import, and only what is stored is made with it

    ends = {"gtol": tolerance, "ftol": 0.0, "maxiter": 500}
    return minimize(likelihood, start, jac=True, method="L-BFGS-B", bounds=LIMITS, options=ends)


def optimum(likelihood: Likelihood) -> "OptimizeResult":
    """The best of the optima from all starts, sought on from there to six digits."""
    best = min(optima(likelihood, COARSE), key=lambda result: float(result.fun))
    return search(likelihood, best.x, FINE)


def at_bound(free: Floats) -> str:
    """Names of the persistences that lie at an end of their range."""
    shares = dict(zip(("slow_persistence", "shock_persistence"), expit(free[1:3]), strict=True))
    return " ".join(name for name, share in shares.items() if min(share, 1 - share) < AT_END)


def drift(table: Floats) -> float:
    """Standard error of the panel's mean, from medians over blocks of ten years (or half the span)."""
    years = table.shape[1]
    block = max(min(10, years // 2), 1)
    with np.errstate(all="ignore"):
        medians = [np.nanmedian(table[:, stop - block : stop]) for stop in range(years, block - 1, -block)]
    known = np.array(medians)[np.isfinite(medians)]
    return float(known.std(ddof=1) / np.sqrt(len(known))) if len(known) > 1 else 0.0
