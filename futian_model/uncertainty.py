"""Random draws keyed by name, shocks that persist, and skewed fans."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from futian_model.errors import InputError
from futian_model.growth import Floats

BLOCK = 4096
"""Paths drawn at a time. Part of the contract: another size gives other draws."""


def blocks(draws: int) -> Iterator[tuple[int, int]]:
    """Number and length of each block that `draws` paths fall into."""
    for block, start in enumerate(range(0, draws, BLOCK)):
        yield block, min(BLOCK, draws - start)


def stream(seed: int, name: str, block: int) -> np.random.Generator:
    """The generator of one named shock in one block of paths.

    Keyed by content, not by order: adding a name, a scenario or an output moves no other
    draw, and any worker can make any block.
    """
    key = hashlib.blake2b(f"{seed}|{name}".encode(), digest_size=16).digest()
    entropy = np.random.SeedSequence(int.from_bytes(key, "big"), spawn_key=(block,))
    return np.random.Generator(np.random.SFC64(entropy))


def normals(seed: int, name: str, block: int, *shape: int) -> Floats:
    """Standard normals of a whole block, shape ``(BLOCK, *shape)``."""
    return stream(seed, name, block).standard_normal((BLOCK, *shape))


def fill_mixing(source: np.random.Generator, degrees_of_freedom: float, out: Floats) -> None:
    """Factors that turn normals into Student t of unit variance, shape (paths, years), into `out`.

    ``sqrt((freedom - 2) / chi2)``, one factor a path and year, shared by all shocks: a multivariate t,
    in which a bad year is bad for everything.
    """
    source.standard_gamma(degrees_of_freedom / 2, out=out)
    out *= 2 / (degrees_of_freedom - 2)
    np.sqrt(out, out=out)
    np.reciprocal(out, out=out)


def sizes(source: np.random.Generator, freedom: float, paths: int) -> Floats:
    """Factors on the estimated size of shocks, one a path, shape (paths,).

    A variance estimated with `freedom` degrees of freedom is the true one times chi2 / freedom.
    """
    return np.asarray(np.sqrt(freedom / source.chisquare(freedom, paths)))


def skewed(source: np.random.Generator, skew: float, steps: Floats) -> None:
    """Turn standard normals into draws of ``TwoPieceNormal(0, 1, skew)``, in place.

    The size stays; which side of the mode it lies on is drawn anew, with the two halves' chances.
    """
    lower, upper = (float(width) for width in TwoPieceNormal(0.0, 1.0, skew).widths)
    above = source.random(steps.shape) < upper / (lower + upper)
    np.abs(steps, out=steps)
    steps *= np.where(above, upper, -lower)


def linked(
    names: Sequence[str], correlation: Mapping[str, Mapping[str, float]]
) -> list[tuple[str, dict[str, float]]]:
    """Weights that make independent unit draws correlate as stated; nothing where nothing is.

    Parameters
    ----------
    names : sequence of str
        Shocks, in an order of their own.
    correlation : mapping of str to mapping of str to float
        Of pairs, each stated once or twice alike; every other pair has none. Names that are no shock
        are left out.

    Returns
    -------
    list of (name, weights)
        From the last shock that correlates to the first: it becomes the sum of its own draw and of
        earlier ones', times the weights (a row of the Cholesky factor).

    Raises
    ------
    InputError
        A correlation is not between -1 and 1, a pair is stated twice differently, or no such shocks can
        exist together; names the pair that is to blame.
    """
    pairs = stated_pairs(correlation)
    held = [name for name in names if any(name in pair for pair in pairs)]
    matrix = np.eye(len(held))
    for (first, other), rho in pairs.items():
        if first in held and other in held:
            at, to = held.index(first), held.index(other)
            matrix[at, to] = matrix[to, at] = rho
    if not held:
        return []
    try:
        factor = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        raise InputError(*blamed(held, matrix)) from None
    rows = [
        (name, dict(zip(held[: at + 1], map(float, factor[at]), strict=False)))
        for at, name in enumerate(held)
    ]
    return [
        (name, {key: weight for key, weight in weights.items() if weight}) for name, weights in reversed(rows)
    ]


def stated_pairs(correlation: Mapping[str, Mapping[str, float]]) -> dict[tuple[str, str], float]:
    """Correlations by pair, each once."""
    pairs: dict[tuple[str, str], float] = {}
    for first, others in correlation.items():
        for other, rho in others.items():
            if first == other or not -1 < rho < 1:
                raise InputError(
                    f"correlation of {first} and {other}", rho, "a number between -1 and 1, of two shocks"
                )
            pair = (min(first, other), max(first, other))
            if pairs.setdefault(pair, float(rho)) != rho:
                raise InputError(
                    f"correlation of {first} and {other}", rho, f"{pairs[pair]}, as stated elsewhere"
                )
    return pairs


def blamed(names: Sequence[str], matrix: Floats) -> tuple[str, float, str]:
    """The pair without whose correlation the matrix is nearest to a possible one, as an error's words."""
    worst, best = (0, 0), -np.inf
    for at, to in zip(*np.nonzero(np.triu(matrix, 1)), strict=True):
        without = matrix.copy()
        without[at, to] = without[to, at] = 0.0
        least = float(np.linalg.eigvalsh(without)[0])
        if least > best:
            worst, best = (int(at), int(to)), least
    at, to = worst
    allowed = "a correlation that the other ones leave possible: together they are not positive definite"
    return f"correlation of {names[at]} and {names[to]}", float(matrix[at, to]), allowed


def share_error(met: int, draws: int) -> tuple[float, float]:
    """Share of draws, and its standard error, which is not zero where none or all meet."""
    smoothed = (met + 0.5) / (draws + 1)
    return met / draws, float(np.sqrt(smoothed * (1 - smoothed) / draws))


@dataclass(frozen=True)
class TwoPieceNormal:
    """The Bank of England's fan: two half normals of different width, joined at the mode.

    Parameters
    ----------
    mode : array_like
        Most likely value, any unit.
    uncertainty : array_like
        Scale sigma, above zero; the standard deviation only where `skew` is zero.
    skew : array_like
        Mean less mode, same unit.

    Raises
    ------
    InputError
        An uncertainty is not above zero.

    Notes
    -----
    With ``z = pi (skew/sigma)^2`` and ``q = sqrt(1 + z)``, ``gamma = sign(skew)
    sqrt(z (q + 3) / (q + 1)^3)``; the half below the mode has ``sigma / sqrt(1 + gamma)``, the
    half above ``sigma / sqrt(1 - gamma)``. This form of the published
    ``1 - 4 ((sqrt(1 + z) - 1) / z)^2`` has no 0/0 at zero skew. `mean` is ``mode + skew``; the
    median lies between the two.

    Examples
    --------
    >>> fan = TwoPieceNormal(mode=2.0, uncertainty=1.0, skew=0.0)
    >>> print(fan.quantile([0.5, 0.975]).round(2))
    [2.   3.96]
    """

    mode: ArrayLike
    uncertainty: ArrayLike
    skew: ArrayLike

    def __post_init__(self) -> None:
        sigma = np.asarray(self.uncertainty, float)
        if not (sigma > 0).all():
            raise InputError("uncertainty", float(sigma[~(sigma > 0)].flat[0]), "a number above 0")

    @property
    def widths(self) -> tuple[Floats, Floats]:
        """Standard deviations of the half below and of the half above the mode."""
        sigma, skew = np.asarray(self.uncertainty, float), np.asarray(self.skew, float)
        z = np.pi * (skew / sigma) ** 2
        q = np.sqrt(1 + z)
        gamma = np.sign(skew) * np.sqrt(z * (q + 3) / (q + 1) ** 3)
        return np.asarray(sigma / np.sqrt(1 + gamma)), np.asarray(sigma / np.sqrt(1 - gamma))

    @property
    def mean(self) -> Floats:
        """``mode + sqrt(2 / pi) (upper - lower)``."""
        lower, upper = self.widths
        return np.asarray(np.asarray(self.mode, float) + np.sqrt(2 / np.pi) * (upper - lower))

    def cdf(self, x: ArrayLike) -> Floats:
        """Probability of a value of at most `x`."""
        lower, upper = self.widths
        away = np.asarray(x, float) - np.asarray(self.mode, float)
        below = 2 * lower / (lower + upper) * ndtr(away / lower)
        above = (lower - upper + 2 * upper * ndtr(away / upper)) / (lower + upper)
        return np.asarray(np.where(away < 0, below, above))

    def quantile(self, p: ArrayLike) -> Floats:
        """Value that is not exceeded with probability `p`, a fraction.

        Raises
        ------
        InputError
            A probability is not between 0 and 1.
        """
        lower, upper = self.widths
        chance = np.asarray(p, float)
        inside = (chance >= 0) & (chance <= 1)
        if not inside.all():
            raise InputError("p", float(chance[~inside].flat[0]), "a probability between 0 and 1")
        both = lower + upper
        left = chance < lower / both
        # each half evaluated on its own side only: the other would ask ndtri outside (0, 1)
        below = lower * ndtri(np.where(left, chance * both / (2 * lower), 0.5))
        above = upper * ndtri(np.where(left, 0.5, (chance * both + upper - lower) / (2 * upper)))
        return np.asarray(np.asarray(self.mode, float) + np.where(left, below, above))
