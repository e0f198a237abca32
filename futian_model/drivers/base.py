"""Levels of the base year, and the figures they come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from futian_model import population
from futian_model.calibration import Calibration
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Figure
from futian_model.scenario import Assumptions


@dataclass(frozen=True)
class Base:
    """Levels in the base year, and the figures they come from.

    Attributes
    ----------
    gdp : float
        亿元; real and nominal are one in the base year.
    average_population, year_end_population : float
        万人.
    shares : mapping of str to float
        Fractions.
    figures : mapping of str to Figure
        The published figures used; without an entry where the scenario states the value itself.
    """

    gdp: float
    average_population: float
    year_end_population: float
    shares: Mapping[str, float]
    figures: Mapping[str, Figure]

    def level(self, indicator: str) -> float:
        """Base-year level of an indicator that a target or goal may name.

        Raises
        ------
        InputError
            The indicator has no base-year level here.
        """
        per_head = float(population.per_capita(self.gdp, self.average_population))
        levels = {"real_gdp": self.gdp, "real_gdp_per_capita": per_head, **self.shares}
        if indicator not in levels:
            raise InputError("indicator", indicator, f"one of {', '.join(levels)}")
        return levels[indicator]


def base_levels(
    settings: Assumptions, shares: Iterable[str], evidence: Evidence, calibration: Calibration
) -> Base:
    """Levels of the base year by the sources a scenario names.

    Raises
    ------
    InputError
        A source holds no such figure.
    """
    return _Found(settings, evidence, calibration).base(shares)


class _Found:
    """Figures as they are looked up."""

    def __init__(self, settings: Assumptions, evidence: Evidence, calibration: Calibration) -> None:
        self.settings, self.evidence, self.calibration = settings, evidence, calibration
        self.district, self.year = evidence.place("district"), settings.base_year
        self.figures: dict[str, Figure] = {}

    def base(self, shares: Iterable[str]) -> Base:
        typed = self.settings.base.gdp
        gdp = self.figure("gdp", source=self.settings.gdp_source) if typed is None else float(typed)
        average, year_end = self.population()
        held = {name: self.figure(name, as_of=self.settings.vintage) for name in shares}
        return Base(gdp, average, year_end, held, self.figures)

    def population(self) -> tuple[float, float]:
        """Average and year-end of the base year, 万人.

        Growth up to the base year is history, so what turns one into the other is the
        calibration's rate, whatever the scenario assumes for later.
        """
        rate = float(np.expm1(self.calibration.population.centre[0]))
        typed, source = self.settings.base.average_population, self.settings.population_source
        if typed is not None:
            return float(typed), population.year_end_of(float(typed), rate)
        rows = self.evidence.observations
        held = set(
            rows.loc[
                (rows["geo"] == self.district)
                & (rows["source"] == source)
                & (rows["period"].astype(str) == str(self.year)),
                "indicator",
            ]
        )
        for stock in ("population_resident_yearend", "population_census"):
            if stock in held:
                year_end = self.figure(stock, source=source)
                return float(population.average(year_end / (1 + rate), year_end)), year_end
        if {"gdp", "gdp_per_capita"} <= held:  # the population a source's own two figures imply
            average = self.figure("gdp", source=source) / self.figure("gdp_per_capita", source=source)
            return average, population.year_end_of(average, rate)
        raise InputError(
            "assumptions.population_source",
            source,
            f"a source with a {self.year} population, or with {self.year} GDP and per-capita GDP",
        )

    def figure(self, indicator: str, **choice: str) -> float:
        found = self.evidence.figure(self.district, indicator, self.year, **choice)
        self.figures[indicator] = found
        return found.value
