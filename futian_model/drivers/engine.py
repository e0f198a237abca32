"""Growth from capital, labour and productivity: a production block with its inputs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from futian_model import production
from futian_model.drivers.paths import levels, phased
from futian_model.growth import Floats
from futian_model.production import Account, Path, PublicCapital
from futian_model.scenario.engine import Production

LEVERS = ("investment_share", "tfp_growth", "human_capital_growth")
"""Inputs that a solver may move, a fraction of GDP or a fraction a year."""


@dataclass(frozen=True, eq=False)
class Engine:
    """Inputs of a production block, one value a year.

    Attributes
    ----------
    investment_share : ndarray, shape (years,), or (years + 1,) with timing ``"lagged"``
    tfp_growth, human_capital_growth, labour_growth : ndarray, shape (years,)
    employed : ndarray, shape (years + 1,)
        Participation times working-age share, relative or as stated; labour is this times population.
    """

    block: Production
    investment_share: Floats
    tfp_growth: Floats
    human_capital_growth: Floats
    labour_growth: Floats
    employed: Floats
    public: PublicCapital | None

    @cached_property
    def path(self) -> Path:
        """What the inputs give."""
        return production.project(
            capital_share=self.block.capital_share,
            depreciation=self.block.depreciation,
            capital_output_ratio=self.block.capital_output_ratio,
            investment_share=self.investment_share,
            tfp_growth=self.tfp_growth,
            labour_growth=self.labour_growth,
            human_capital_growth=self.human_capital_growth,
            timing=self.block.timing,
            public=self.public,
        )

    @property
    def log_growth(self) -> Floats:
        """Log growth of real GDP, shape (years,)."""
        return np.log1p(self.path.gdp_growth)

    def account(self) -> Account:
        """What each input adds to growth a year, in fractions that sum to it exactly."""
        path, public = self.path, self.public
        return production.account(
            gdp_growth=path.gdp_growth,
            capital_growth=path.capital_growth,
            labour_growth=self.labour_growth,
            human_capital_growth=self.human_capital_growth,
            capital_share=self.block.capital_share,
            form="exact",
            public_capital_growth=0.0 if public is None else path.public_capital_growth,
            public_share=0.0 if public is None else public.share,
        )

    def moved(self, added: Mapping[str, Floats], population: Floats) -> "Engine":
        """The same with something added to its inputs, on another path of average population.

        Parameters
        ----------
        added : mapping of str to ndarray, shape (years,)
            By name of an input.
        population : ndarray, shape (years + 1,)
            Average population, any unit.
        """
        paths = {name: getattr(self, name) for name in LEVERS}
        paths |= {name: raised(path, added[name]) for name, path in paths.items() if name in added}
        changed: dict[str, Any] = {"labour_growth": employment(self.employed, population)} | paths
        return replace(self, **changed)


def raised(path: Floats, added: Floats) -> Floats:
    """A path and what is added to it; a base year in front is left alone."""
    moved = np.array(path)
    moved[len(path) - len(added) :] += added
    return moved


def employment(employed: Floats, population: Floats) -> Floats:
    """Growth of those who work, shape (years,)."""
    labour = employed * population
    return np.asarray(labour[1:] / labour[:-1] - 1)


def engine(block: Production, base_year: int, span: int, population: Floats) -> Engine:
    """A production block's inputs on a path of average population, shape (span + 1,)."""
    first = 0 if block.timing == "lagged" else 1
    employed = levels(block.participation, base_year, span) * levels(block.working_age_share, base_year, span)
    human = block.human_capital_growth
    public = None
    if block.public is not None:
        stated = block.public
        public = PublicCapital(
            stated.capital_share,
            stated.depreciation,
            stated.capital_output_ratio,
            levels(stated.investment_share, base_year, span)[first:],
            levels(stated.efficiency, base_year, span)[first:],
        )
    return Engine(
        block,
        levels(block.investment_share, base_year, span)[first:],
        phased(block.tfp_growth.phases, base_year, span),
        np.zeros(span) if human is None else phased(human.phases, base_year, span),
        employment(employed, population),
        employed,
        public,
    )
