"""Levels of the base year: published figures, or what the evidence makes of the last one before it."""

from collections.abc import Iterable

import numpy as np

from futian_model import population, shares
from futian_model.calibration import Calibration, Trend, calibrated
from futian_model.calibration.people import CENSUS_INTERVAL
from futian_model.calibration.readings import knowable
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Figure
from futian_model.scenario import Assumptions
from futian_model.scenario.blocks.block import Base, Since

STOCKS = ("population_resident_yearend", "population_census")
"""Published populations that a base year may rest on, the first that is held."""


def calibration_of(settings: Assumptions, evidence: Evidence, prior: float = 1.0) -> Calibration:
    """What the evidence says at a scenario's vintage, over its years; worked out once."""
    return calibrated(
        evidence,
        base_year=settings.base_year,
        horizon=settings.horizon,
        vintage=settings.vintage,
        prior=prior,
        forecasts=settings.forecasts,
    )


def base_levels(
    settings: Assumptions, wanted: Iterable[str], evidence: Evidence, calibration: Calibration
) -> Base:
    """Levels of the base year by the sources a scenario names.

    What has no figure in the base year starts from the last one before it, carried on by what the evidence
    says of the years between.

    Raises
    ------
    InputError
        A source holds no such figure, or none is held up to the base year.
    """
    return _Found(settings, evidence, calibration).base(wanted)


class _Found:
    """Figures as they are looked up."""

    def __init__(self, settings: Assumptions, evidence: Evidence, calibration: Calibration) -> None:
        self.settings, self.evidence, self.calibration = settings, evidence, calibration
        self.district, self.year = evidence.place("district"), settings.base_year
        self.figures: dict[str, Figure] = {}
        self.carried: dict[str, int] = {}

    def base(self, wanted: Iterable[str]) -> Base:
        gdp = self.gdp()
        people = self.population()
        held = {name: self.share(name) for name in wanted}
        average, year_end = self.upward(1.0) if people is None else people
        since = {at: self.since(at, gdp) for at in self.goal_years()}
        return Base(gdp, average, year_end, held, self.figures, people is not None, self.carried, since)

    def goal_years(self) -> set[int]:
        """Base years of the plan's goals, where they are not the scenario's."""
        goals = self.evidence.quantified_goals()
        return {goal.base_year for goal in goals if goal.base_year < self.settings.horizon} - {self.year}

    def since(self, at: int, gdp: float) -> Since:
        """Growth from another year to the base year, as the evidence has it."""
        if at > self.year:  # the evidence's own path of the years between, backwards
            span = at - self.year
            return Since(*(float(np.exp(-trend.centre[:span].sum())) for trend in self.trends(self.year)))
        growth, people, _ = (trend.centre[: self.year - at].sum() for trend in self.trends(at))
        volume = float(np.exp(growth))
        before = self.evidence.figure(self.district, "gdp", at, as_of=self.settings.vintage).value
        return Since(volume, float(np.exp(people)), gdp / before / volume)

    def trends(self, base_year: int) -> tuple[Trend, Trend, Trend]:
        """Growth, population and prices of the years after another base year."""
        seen = self.seen_from(base_year)
        return seen.growth, seen.population, seen.deflator

    def seen_from(self, base_year: int) -> Calibration:
        """The same evidence, of the years after another base year."""
        if base_year == self.year:
            return self.calibration
        settings = self.settings.model_copy(update={"base_year": base_year})
        return calibration_of(settings, self.evidence)

    def last_before(self, indicator: str, why: str) -> int:
        """The last year before the base year whose figure is known at the vintage; bounds are none.

        Raises
        ------
        InputError
            There is none.
        """
        table = self.evidence.series(self.district, indicator, as_of=self.settings.vintage).table
        table = knowable(table, table.index, self.settings.vintage)
        held = table.index[(table["precision"] != "lower_bound") & (table.index < self.year)]
        if indicator in STOCKS:  # a census between the two moves every later figure, and that is no growth
            counted = table.index[table["precision"] == "point"]  # what estimates say is in the trend
            held = held[(held >= self.year - self.year % CENSUS_INTERVAL) & held.isin(counted)]
        if held.empty:
            years = ", ".join(map(str, table.index)) or "none is held yet"
            allowed = f"a year with {why} of {self.district} in data/observations.csv, or after one: {years}"
            raise InputError("assumptions.base_year", self.year, allowed)
        self.carried[indicator] = int(held[-1])
        return int(held[-1])

    def share(self, name: str) -> float:
        """A share of the base year, a fraction."""
        if self.holds(name, None):
            return self.figure(name, as_of=self.settings.vintage)
        at = self.last_before(name, f"a {name}")
        start = self.evidence.figure(self.district, name, at, as_of=self.settings.vintage).value
        trend = self.seen_from(at).shares.get(name)
        moved = np.zeros(self.year - at) if trend is None else trend.centre[: self.year - at]
        return float(shares.project(start, moved)[-1])

    def gdp(self) -> float:
        """GDP of the base year, 亿元."""
        typed, source = self.settings.base.gdp, self.settings.gdp_source
        if typed is not None:
            return float(typed)
        if source is not None:
            return self.figure("gdp", source=source)
        if self.holds("gdp", None):
            return self.figure("gdp", as_of=self.settings.vintage)
        at = self.last_before("gdp", "a GDP")
        start = self.evidence.figure(self.district, "gdp", at, as_of=self.settings.vintage).value
        real, _, prices = self.trends(at)
        return start * float(np.exp((real.centre + prices.centre)[: self.year - at].sum()))

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
            people = self.counted(source) or self.implied(source)
            if people is None:
                allowed = (
                    f"a source with a {self.year} population, or with {self.year} GDP and per-capita GDP"
                )
                raise InputError("assumptions.population_source", source, allowed)
            return people
        return self.counted(None) or self.implied(None) or self.carried_on()

    def carried_on(self) -> tuple[float, float] | None:
        """From the last count before the base year; None where there is none."""
        for stock in STOCKS:
            try:
                at = self.last_before(stock, "a population")
            except InputError:
                continue
            start = self.evidence.figure(self.district, stock, at, as_of=self.settings.vintage).value
            path = self.trends(at)[1].centre[: self.year - at]
            return self.upward(start * float(np.exp(path.sum())))
        return None

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
        if source is None:  # a bound is no level to start from
            table = table[table["precision"] != "lower_bound"]
        return self.year in table.index

    def figure(self, indicator: str, **choice: str) -> float:
        figure = self.evidence.figure(self.district, indicator, self.year, **choice)
        self.figures.setdefault(indicator, figure)  # GDP beside a per-head figure may be another
        return figure.value
