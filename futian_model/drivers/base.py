"""Levels of the base year, and the figures they come from."""

from collections.abc import Iterable

import numpy as np

from futian_model import population
from futian_model.calibration import Calibration
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Figure
from futian_model.scenario import Assumptions
from futian_model.scenario.blocks.block import Base

STOCKS = ("population_resident_yearend", "population_census")
"""Published populations that a base year may rest on, the first that is held."""


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
        gdp = self.gdp()
        people = self.population()
        held = {name: self.figure(name, as_of=self.settings.vintage) for name in shares}
        average, year_end = self.upward(1.0) if people is None else people
        return Base(gdp, average, year_end, held, self.figures, people is not None)

    def gdp(self) -> float:
        """GDP of the base year, 亿元."""
        typed, source = self.settings.base.gdp, self.settings.gdp_source
        if typed is not None:
            return float(typed)
        if source is not None:
            return self.figure("gdp", source=source)
        years = self.evidence.series(self.district, "gdp", as_of=self.settings.vintage).table.index
        if self.year not in years:
            held = ", ".join(map(str, years)) or "none is held yet"
            told = f"a year with a GDP of {self.district} in data/observations.csv: {held}"
            raise InputError("assumptions.base_year", self.year, told)
        return self.figure("gdp", as_of=self.settings.vintage)

    @property
    def rate(self) -> float:
        """Growth of the population in the base year.

        It is history, so what turns a year's average into its end is the calibration's rate,
        whatever the scenario assumes for later.
        """
        return float(np.expm1(self.calibration.population.centre[0]))

    def population(self) -> tuple[float, float] | None:
        """Average and year-end of the base year, 万人; None where no source is named and none held."""
        typed, source = self.settings.base.average_population, self.settings.population_source
        if typed is not None:
            return float(typed), population.year_end_of(float(typed), self.rate)
        if source is not None:
            found = self.counted(source) or self.implied(source)
            if found is None:
                told = f"a source with a {self.year} population, or with {self.year} GDP and per-capita GDP"
                raise InputError("assumptions.population_source", source, told)
            return found
        return self.counted(None) or self.implied(None)

    def counted(self, source: str | None) -> tuple[float, float] | None:
        """From a published stock, an estimate before a count."""
        for stock in STOCKS:
            if self.holds(stock, source):
                return self.upward(self.figure(stock, **self.choice(source)))
        return None

    def upward(self, year_end: float) -> tuple[float, float]:
        """The average that leads to a year-end, and the year-end."""
        return float(population.average(year_end / (1 + self.rate), year_end)), year_end

    def implied(self, source: str | None) -> tuple[float, float] | None:
        """The population that a source's own GDP and GDP per head imply."""
        if source is None and self.holds("gdp_per_capita", None):
            chosen = self.evidence.figure(
                self.district, "gdp_per_capita", self.year, as_of=self.settings.vintage
            )
            source = chosen.source
        if source is None or not (self.holds("gdp", source) and self.holds("gdp_per_capita", source)):
            return None
        average = self.figure("gdp", source=source) / self.figure("gdp_per_capita", source=source)
        return average, population.year_end_of(average, self.rate)

    def choice(self, source: str | None) -> dict[str, str]:
        """The release to take: of a source, or the one that counts at the vintage."""
        return {"as_of": self.settings.vintage} if source is None else {"source": source}

    def holds(self, indicator: str, source: str | None) -> bool:
        """Whether the base year's figure is held, of a source or of any."""
        table = self.evidence.series(self.district, indicator, **self.choice(source)).table
        return self.year in table.index

    def figure(self, indicator: str, **choice: str) -> float:
        found = self.evidence.figure(self.district, indicator, self.year, **choice)
        self.figures.setdefault(indicator, found)  # GDP beside a per-head figure may be another
        return found.value
