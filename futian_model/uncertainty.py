"""Random draws keyed by name, shocks that persist, and skewed fans."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
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
    """Standard normals of a whole block, shape (BLOCK, *shape)."""
    return stream(seed, name, block).standard_normal((BLOCK, *shape))


def mixing(seed: int, block: int, years: int, degrees_of_freedom: float) -> Floats:
    """Factors that turn normals into Student t of unit variance, shape (BLOCK, years).

    One factor a path and year, shared by all shocks: a multivariate t, in which a bad year
    is bad for everything.
    """
    chi2 = stream(seed, "mixing", block).chisquare(degrees_of_freedom, (BLOCK, years))
    return np.asarray(np.sqrt((degrees_of_freedom - 2) / chi2))


def sizes(seed: int, name: str, block: int, freedom: float) -> Floats:
    """Factors on the estimated size of shocks, one a path, shape (BLOCK,).

    A variance estimated with `freedom` degrees of freedom is the true one times chi2 / freedom.
    """
    chi2 = stream(seed, f"size {name}", block).chisquare(freedom, BLOCK)
    return np.asarray(np.sqrt(freedom / chi2))


def share_of_draws(hits: NDArray[np.bool_]) -> tuple[float, float]:
    """Share of draws that hit, and its standard error, which is not zero where none or all do.

    Parameters
    ----------
    hits : ndarray of bool, shape (draws,)
    """
    count = len(hits)
    smoothed = (hits.sum() + 0.5) / (count + 1)
    return float(hits.mean()), float(np.sqrt(smoothed * (1 - smoothed) / count))


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
