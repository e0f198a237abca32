"""What a calibration hands on: central paths, what is uncertain about them, and what they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from futian_model.calibration.ladder import Posterior
from futian_model.growth import Floats

DATA, SHRINKAGE, PRIOR = "data", "shrinkage", "prior"
"""Who did the work: own figures settled an estimate, shared it with the panels, or left it to them."""


SHOCK_FREEDOM = 5.0
"""Degrees of freedom of one year's shock: between the 3.5 of all economies and a normal."""


class StudentT(NamedTuple):
    """A Student t distribution of log growth a year."""

    location: float
    scale: float
    freedom: float


class Estimate(NamedTuple):
    """One estimated number, with what it rests on.

    `weight` is the part of the prior variance that the series' own figures took away, 0 to 1.
    """

    driver: str
    kind: str
    value: float
    spread: float
    n: int
    source: str
    weight: float
    published_later: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.driver}_{self.kind}"

    @property
    def work(self) -> str:
        """Whether data, shrinkage or the prior did the work."""
        return DATA if self.weight >= 2 / 3 else SHRINKAGE if self.weight >= 1 / 3 else PRIOR


@dataclass(frozen=True, eq=False)
class Trend:
    """Central path of one driver and its uncertainty, in log growth a year.

    Attributes
    ----------
    centre : ndarray, shape (years,)
        Central log growth of each year after the base year.
    shocks : ndarray, shape (years, years)
        Lower triangular; turns independent unit draws, a year each, into yearly shocks that persist.
    slow : ndarray, shape (years, modes)
        Turns independent unit draws, a path each, into everything else that is uncertain: the
        long-run part, the state the last figures left it in, and the panels' constants.
    published : int
        Years after the base year whose growth figures already tell about: the evidence draws no
        fresh shock for them, `slow` holds what is still uncertain.
    freedom : float
        Degrees of freedom of the size of the shocks.
    estimates : tuple of Estimate
        What the numbers rest on.
    autocovariance : ndarray, shape (years,)
        Covariance of yearly shocks zero, one, ... years apart, once the year they started from no longer
        shows. Where a driver has several rungs, of all of them together.
    known : ndarray, shape (years, years)
        Lower triangular; turns fresh shocks of the years to come into what published forecasts leave of
        them. The identity where there are none.
    drawn_with : str
        Driver whose draws `slow` is turned by: drivers that published levels tie share them.
    """

    centre: Floats
    shocks: Floats
    slow: Floats
    published: int
    freedom: float
    estimates: tuple[Estimate, ...]
    autocovariance: Floats
    known: Floats
    drawn_with: str

    @property
    def shock_sd(self) -> float:
        """Standard deviation of a year's shock, log growth."""
        return float(np.sqrt(self.autocovariance[0]))

    def run_sd(self, years: NDArray[np.int_]) -> float:
        """Standard deviation of what the shocks of some years add up to, log level.

        Parameters
        ----------
        years : ndarray of int, shape (n,)
            Which of the years, by position; they need not follow each other.
        """
        apart = np.abs(np.subtract.outer(years, years))
        return float(np.sqrt(self.autocovariance[apart].sum()))

    def half_width(self, level: float) -> float:
        """Half the band that holds a fraction `level` of the last year's log levels, given the evidence."""
        predicted = self.predictive(len(self.centre))
        return float(len(self.centre) * predicted.scale * stdtrit(predicted.freedom, (1 + level) / 2))

    def fresh(self) -> Floats:
        """`shocks` of the years that no figure tells about yet, shape (years, years)."""
        later = np.zeros_like(self.shocks)
        left = len(self.centre) - self.published
        later[self.published :, self.published :] = self.shocks[:left, :left]
        return np.asarray(self.known @ later)

    def covariance(self) -> Floats:
        """Covariance of log growth given the evidence, shape (years, years).

        The size of the shocks is itself uncertain, which makes them larger on average.
        """
        fresh = self.fresh()
        return np.asarray(fresh @ fresh.T * self.excess() + self.slow @ self.slow.T)

    def excess(self) -> float:
        """Mean of the squared factor on the shocks' size, freedom / chi2(freedom)."""
        return self.freedom / (self.freedom - 2)

    def mean_sd(self, years: int) -> float:
        """Standard deviation of the mean growth of the first `years` years, given the evidence."""
        return float(np.sqrt(self.covariance()[:years, :years].sum()) / years)

    def predictive(self, years: int, degrees_of_freedom: float = SHOCK_FREEDOM) -> StudentT:
        """Distribution of the mean growth of the first `years` years, given the evidence.

        A Student t with the variance and kurtosis of the draws: normal long-run part, shocks that are
        Student t each year, and one uncertain size for all of them.

        Parameters
        ----------
        degrees_of_freedom : float
            Of one year's shock; above 4.
        """
        weights = self.fresh()[:years].sum(axis=0) / years
        variance = self.covariance()[:years, :years].sum() / years**2
        squares = float(weights @ weights)
        part = squares * self.excess() / variance
        tails = 0.0
        if squares > 0:
            yearly = 6 / (degrees_of_freedom - 4) * float((weights**4).sum()) / squares**2
            tails = part**2 * ((self.freedom - 2) / (self.freedom - 4) * (3 + yearly) - 3)
        freedom = 4 + 6 / max(tails, 1e-3)
        location = float(self.centre[:years].mean())
        return StudentT(location, float(np.sqrt(variance * (freedom - 2) / freedom)), freedom)


@dataclass(frozen=True, eq=False)
class Calibration:
    """Trends of every driver that the evidence up to one vintage can support.

    Attributes
    ----------
    ladder : Posterior
        Growth of nation, city and district together, in this order of rungs; past years too.
    """

    base_year: int
    vintage: str
    growth: Trend
    population: Trend
    deflator: Trend
    shares: Mapping[str, Trend]
    ladder: Posterior

    def estimates(self) -> list[Estimate]:
        """Every estimate, driver by driver."""
        return [estimate for trend in self.trends().values() for estimate in trend.estimates]

    def trends(self) -> dict[str, Trend]:
        """Every trend by the name of its driver."""
        named = {"growth": self.growth, "population": self.population, "deflator": self.deflator}
        return named | dict(self.shares)
