"""What every question about a scenario's sensitivity is asked of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from futian_model import simulation
from futian_model.calibration import Calibration
from futian_model.drivers import Drivers, drivers
from futian_model.errors import UnknownName
from futian_model.evidence import Evidence, load_evidence
from futian_model.scenario import Scenario, Source, scenario_of
from futian_model.sensitivity.inputs import Uncertain, uncertain
from futian_model.sensitivity.response import Response


@dataclass(frozen=True, eq=False)
class Setting:
    """A scenario's drivers, what the evidence says about them, and the model as a function of them."""

    scenario: Scenario
    evidence: Evidence
    calibration: Calibration
    driven: Drivers

    @cached_property
    def response(self) -> Response:
        return Response(self.driven)

    @property
    def headline(self) -> list[str]:
        """Results: real GDP, GDP per capita where it is simulated, and every share."""
        per_head = ["real_gdp_per_capita"] if self.driven.base.population_held else []
        return ["real_gdp", *per_head, *self.driven.base.shares]

    @property
    def last(self) -> int:
        return int(self.scenario.years[-1])

    @property
    def years(self) -> list[int]:
        """Years in which a goal of the plan on a headline result falls due, and the last year."""
        first = int(self.scenario.years[0]) + self.driven.jump
        due = {goal.year for goal in self.evidence.quantified_goals() if goal.indicator in self.headline}
        return sorted({year for year in due if first < year <= self.last} | {self.last})

    def results(self, asked: Sequence[str] | None) -> list[str]:
        """Indicators asked for, the headline ones where none are.

        Raises
        ------
        UnknownName
            One is not simulated.
        """
        if asked is None:
            return self.headline
        for name in asked:
            if name not in self.response.core.paths:
                raise UnknownName(name, self.response.core.paths)
        return list(asked)

    def position(self, year: int) -> int:
        """Place of a year among those after the base year."""
        return year - int(self.scenario.years[0]) - 1

    def uncertain(self, ranges: Mapping[str, tuple[float, float]] | None) -> tuple[Uncertain, ...]:
        """Inputs with their distributions."""
        slow = float(self.scenario.assumptions.uncertainty.slow)
        return uncertain(self.driven, self.calibration, slow, ranges)


def setting(scenario: Scenario | Source, evidence: Evidence | None) -> Setting:
    """A scenario ready to be asked.

    Raises
    ------
    InputError
        The scenario cannot be run on this evidence.
    """
    evidence = evidence if evidence is not None else load_evidence()
    scenario = scenario_of(scenario, evidence)
    calibration = simulation.calibrated(scenario, evidence)
    driven = drivers(scenario, evidence, calibration, simulation.READINGS[0])
    return Setting(scenario, evidence, calibration, driven)
