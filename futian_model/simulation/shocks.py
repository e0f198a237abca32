"""How far drivers stray from their centre: shocks that persist, and what is uncertain all along."""

from collections.abc import Iterator, Mapping

import numpy as np

from futian_model import uncertainty
from futian_model.calibration import Trend
from futian_model.growth import Floats
from futian_model.scenario.model import Uncertainty
from futian_model.simulation.core import CHUNK
from futian_model.uncertainty import BLOCK


class Shocks:
    """Departures of every driver from its centre, block by block of paths, in buffers used again.

    Parameters
    ----------
    trends : mapping of str to Trend
        Drivers that stray, and how.
    spread : Uncertainty
        The scenario's own widths, tails, persistence, correlation and skew.
    seed : int
    evidence : bool
        Whether everything uncertain about a trend is drawn, or yearly shocks alone.
    jump : int
        Years after the base year up to the jump-off, whose doubt is that of the evidence either way.
    """

    def __init__(
        self, trends: Mapping[str, Trend], spread: Uncertainty, seed: int, *, evidence: bool, jump: int = 0
    ) -> None:
        self.names, self.seed, self.evidence, self.spread = list(trends), seed, evidence, spread
        self.freedom = {name: trend.freedom for name, trend in trends.items()}
        years = len(next(iter(trends.values())).centre)
        # one product turns a path's unit draws into its log level: shocks persist, then cumulate
        cumulate = np.triu(np.ones((years, years)))
        self.fresh = {
            name: shaped(trend, spread, evidence=evidence, jump=jump).T @ cumulate
            for name, trend in trends.items()
        }
        self.slow = {
            name: (trend.slow if evidence else up_to(trend.slow, jump)).T @ cumulate * spread.slow
            for name, trend in trends.items()
            if (evidence or jump) and trend.slow.size
        }
        self.drawn_with = {name: trends[name].drawn_with for name in self.slow}
        self.linked = uncertainty.linked(self.names, spread.correlation)
        self.factors = np.empty((CHUNK, years))
        self.steps = {name: np.empty((CHUNK, years)) for name in self.names}
        self.modes = {
            self.drawn_with[name]: np.empty((len(modes), CHUNK)) for name, modes in self.slow.items()
        }
        self.away = {name: np.empty((CHUNK, years)) for name in self.names}

    def chunks(self, block: int, length: int = BLOCK) -> Iterator[tuple[slice, dict[str, Floats]]]:
        """Departures of log levels of one block, `CHUNK` paths at a time, each of shape (CHUNK, years).

        A stream fills path after path, and is always worked on in the same pieces: the same path has
        the same digits however many are asked for.
        """
        sources = self.sources(block)
        for start in range(0, length, CHUNK):
            self.draw(sources)
            for name in self.names:
                self.stray(name, sources)
            yield slice(start, start + CHUNK), self.away

    def sources(self, block: int) -> dict[str, np.random.Generator]:
        """The streams of one block, each by the name of what it draws."""
        names = ["mixing", *self.names]
        if self.spread.skew:
            names.append("side growth")
        if self.evidence:
            names += [f"size {name}" for name in self.names]
        names += [f"slow {name} {mode}" for name, modes in self.modes.items() for mode in range(len(modes))]
        return {name: uncertainty.stream(self.seed, name, block) for name in names}

    def draw(self, sources: Mapping[str, np.random.Generator]) -> None:
        """Unit draws: one factor a path and year for all drivers, and their own steps, correlated."""
        uncertainty.fill_mixing(sources["mixing"], self.spread.degrees_of_freedom, self.factors)
        for name in self.names:
            sources[name].standard_normal(out=self.steps[name])
        if self.spread.skew:
            uncertainty.skewed(sources["side growth"], self.spread.skew, self.steps["growth"])
        for name, modes in self.modes.items():
            for mode, drawn in enumerate(modes):
                sources[f"slow {name} {mode}"].standard_normal(out=drawn)
        for name, weights in self.linked:  # from the last to the first, each from those before it
            self.steps[name] *= weights[name]
            for other, weight in weights.items():
                if other != name:
                    self.steps[name] += weight * self.steps[other]

    def stray(self, name: str, sources: Mapping[str, np.random.Generator]) -> None:
        """Departures of one driver, in place."""
        steps, away = self.steps[name], self.away[name]
        steps *= self.factors
        np.matmul(steps, self.fresh[name], out=away)
        if self.evidence:
            away *= uncertainty.sizes(sources[f"size {name}"], self.freedom[name], CHUNK)[:, None]
        if name in self.slow:
            away += self.modes[self.drawn_with[name]].T @ self.slow[name]


def up_to(slow: Floats, jump: int) -> Floats:
    """What is uncertain about growth up to the jump-off alone, shape (years, modes)."""
    return np.where(np.arange(len(slow))[:, None] < jump, slow, 0.0)


def shaped(trend: Trend, spread: Uncertainty, *, evidence: bool, jump: int = 0) -> Floats:
    """The matrix from unit draws to yearly shocks, shape (years, years).

    Of a scenario's own paths shocks start after the jump-off; before it they are those of years that no
    figure tells about.
    """
    shocks = trend.fresh()
    if not evidence:
        shocks[:, :jump] = up_to(shocks[:, :jump], jump)
        shocks[jump:, jump:] = trend.shocks[: len(shocks) - jump, : len(shocks) - jump]
    if spread.persistence is not None:
        lag = np.subtract.outer(np.arange(len(shocks)), np.arange(len(shocks)))
        powers = np.where(lag >= 0, float(spread.persistence) ** np.maximum(lag, 0), 0.0)
        # a year that figures tell about has no fresh shock, and hands none on
        shocks = powers * np.diag(shocks)
    return np.asarray(shocks * spread.scale)
