"""The same scenario inside every city and nation, cell by cell."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from futian_model import goals, simulation
from futian_model.contexts.files import misfit
from futian_model.contexts.inside import differential, within
from futian_model.contexts.judging import Check, checks, flag
from futian_model.contexts.shares import base_share, recorded
from futian_model.drivers import Around
from futian_model.errors import InputErrors
from futian_model.evidence import Evidence
from futian_model.goals import Assessment
from futian_model.growth import Floats
from futian_model.results import case
from futian_model.scenario import Scenario
from futian_model.scenario.blocks.context import City, Context, LeadOver, Nation
from futian_model.simulation import Result

ON_GDP = ("real_gdp", "real_gdp_per_capita")
OWN = "own_path"
"""Stands for the nation around a city whose growth no nation moves."""


@dataclass(frozen=True, eq=False)
class Cell:
    """A scenario inside one city and one nation.

    Attributes
    ----------
    nation : Nation or None
        None where the city's growth is a path of its own, which no nation moves.
    result : Result
        The central path; its one draw is no likelihood.
    share : ndarray, shape (years + 1,)
        Real GDP of the district over that of the city, both at base-year prices.
    checks : tuple of Check
    judged : tuple of Assessment
        The plan's goals on GDP and GDP per capita.
    """

    city: City
    nation: Nation | None
    result: Result
    share: Floats
    checks: tuple[Check, ...]
    judged: tuple[Assessment, ...]

    @property
    def name(self) -> str:
        """City and nation by their ids."""
        return f"{self.city.id}/{OWN if self.nation is None else self.nation.id}"

    @property
    def case(self) -> str:
        """City and nation as the case of a row."""
        return case(city=self.city.id, nation=OWN if self.nation is None else self.nation.id)

    @property
    def around(self) -> Around:
        """Log growth of nation, city and district's block."""
        around = self.result.driven.around
        assert around is not None, "a context block always has surroundings"
        return around

    @property
    def flag(self) -> str:
        return flag(self.checks)

    @property
    def district(self) -> Floats:
        """Log growth of the district's GDP with everything that acts on it, shape (years,)."""
        return np.diff(np.log(self.result.central["real_gdp"]))

    def city_growth_needed(self, judged: Assessment) -> float:
        """Growth a year of the city at which the district meets a goal with the lead it has, a fraction."""
        ahead = slice(self.result.driven.jump, self.result.position(judged.goal.year))
        lead = (self.district[ahead] - self.around.city[ahead]).mean()
        return float(np.expm1(np.log1p(judged.required_growth) - lead))


def matrix(
    scenario: Scenario, evidence: Evidence, cities: Sequence[City], nations: Sequence[Nation]
) -> list[Cell]:
    """The scenario inside every city and nation, city by city; a city on its own path once.

    Raises
    ------
    InputError
        A figure that a cell needs is not published, or a path leaves a year of the scenario out.
    """
    record = recorded(evidence, scenario.assumptions.vintage)
    return [cell(placed, evidence, record) for placed in surrounded(scenario, evidence, cities, nations)]


def surrounded(
    scenario: Scenario, evidence: Evidence, cities: Sequence[City], nations: Sequence[Nation]
) -> list[Scenario]:
    """The scenario with the growth that it has inside every city and nation, in the order of `matrix`.

    Raises
    ------
    InputError
        As `matrix`.
    """
    lead = differential(scenario, evidence, simulation.calibrated(scenario, evidence))
    inside = []
    for city in cities:
        led = isinstance(city.growth, LeadOver)
        for nation in nations if led else [None]:
            for place in (city, nation):
                if place is not None and (faults := misfit(place, scenario, evidence)):
                    raise InputErrors(faults)
            inside.append(within(scenario, city, nation, lead))
    return inside


def cell(scenario: Scenario, evidence: Evidence, record: pd.DataFrame) -> Cell:
    """One scenario whose growth block is a context."""
    block = scenario.levers.growth
    assert isinstance(block, Context)
    result = simulation.simulate(scenario, evidence, draws=1)
    around = result.driven.around
    assert around is not None
    real = result.central["real_gdp"] / result.base.gdp
    city = np.exp(np.concatenate([[0.0], np.cumsum(around.city)]))
    share = base_share(scenario, result.base, evidence) * real / city
    judged = [
        goals.assess(result, goal)
        for goal in goals.within_reach(result, evidence)
        if goal.indicator in ON_GDP
    ]
    tested = tuple(checks(result, around, share, evidence, record))
    return Cell(block.city, block.nation, result, share, tested, tuple(judged))


def ordered(cells: Sequence[Cell]) -> list[Cell]:
    """Cells by their growth: the city of least growth first, and in it the nation of least growth."""
    grown = pd.Series({cell.name: cell.around.city.mean() for cell in cells}, dtype=float)
    of_city = grown.groupby([cell.city.id for cell in cells]).mean()
    return sorted(cells, key=lambda cell: (cell.nation is None, of_city[cell.city.id], grown[cell.name]))
