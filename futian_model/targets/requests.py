"""How much of a goal's doubt each missing figure would remove: what to ask the statistics bureau for.

References
----------
Owen, D. B. (1956). Tables for computing bivariate normal probabilities. Annals of Mathematical Statistics 27,
1075-1090: with two normals of correlation r, P(X < z, Y < z) = Phi(z) - 2 T(z, sqrt((1 - r) / (1 + r))).
"""

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri, owens_t

from futian_model.calibration import missing
from futian_model.calibration.trends import Frame
from futian_model.evidence import Evidence, Goal
from futian_model.simulation import Result
from futian_model.targets.draws import margins
from futian_model.targets.signals import doubt_of


class Settled(NamedTuple):
    """A missing figure and what it would remove of a goal's doubt.

    Attributes
    ----------
    figure, first, last : str, int, int
        As `missing.Missing`.
    chance : float
        Of the goal now.
    doubt, doubt_known : float
        p(1 - p) now, and its expectation once the figure is known; at most a quarter.
    variance_gone : float
        Part of the variance of the goal's indicator, in logs or log-odds, that the figure takes away.
    """

    goal: Goal
    figure: str
    first: int
    last: int
    chance: float
    doubt: float
    doubt_known: float
    variance_gone: float

    @property
    def gone(self) -> float:
        """Part of p(1 - p) that is expected to be removed; zero of a goal already certain."""
        return 1 - self.doubt_known / self.doubt if self.doubt > 0 else 0.0


def settles(result: Result, evidence: Evidence, goal: Goal | str) -> tuple[Settled, ...]:
    """Missing figures by how much of a goal's doubt they are expected to remove, the most first.

    The chance is that of the draws; how a figure would move it follows from the part of the variance that it
    explains (`missing.doubts`), as for a normal distribution. No figure removes less than nothing.

    Parameters
    ----------
    result : Result
        Given the evidence, paths kept.
    goal : Goal or str
        Or its name.

    Returns
    -------
    tuple of Settled
        Of the figures that tell something of the goal's indicator; empty where none is missing.

    Raises
    ------
    InputError
        The goal's year is over, it has two ends, or it is on what the calibration holds no doubt of.
    """
    goal = result.goal(goal)
    doubt_of(result, goal)
    chance = float((margins(result, goal) >= 0).mean())
    own = result.scenario.assumptions
    setting = Frame(evidence, own.base_year, own.horizon, own.vintage, forecasts=own.forecasts)
    table = missing.doubts(result.calibration, setting, years=(goal.year,))
    rows = table[table["indicator"] == goal.indicator].to_dict("records")
    requests = []
    for row in rows:
        left = (row["sd_known"] / row["sd"]) ** 2
        known = expected_doubt(chance, 1 - left)
        figure, first, last = str(row["figure"]), int(row["first"]), int(row["last"])
        requests.append(Settled(goal, figure, first, last, chance, chance * (1 - chance), known, 1 - left))
    return tuple(sorted(requests, key=lambda request: request.doubt_known))


def expected_doubt(chance: float, explained: float) -> float:
    """Expectation of p(1 - p) once a part of the variance of a normal is known.

    Examples
    --------
    >>> round(expected_doubt(0.7, 0.0), 3), round(expected_doubt(0.7, 1.0), 3)
    (0.21, 0.0)
    """
    if not 0 < chance < 1:
        return 0.0
    apart = np.sqrt(max(1 - explained, 0.0) / (1 + explained))
    return float(2 * owens_t(ndtri(chance), apart))
