"""One core for the deterministic path and for any number of draws, and what it returns."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from futian_model import growth, headquarters, population, shares, uncertainty
from futian_model.calibration import Calibration, Trend, calibrate
from futian_model.drivers import Base, Drivers, drivers
from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence, Goal, load_evidence
from futian_model.growth import Floats
from futian_model.scenario import MOST_DRAWS, Scenario

READINGS = ("given_scenario", "given_evidence")
LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
COLUMNS = ("scenario", "reading", "indicator", "unit", "price_basis", "year", "statistic", "value")


@dataclass(frozen=True, eq=False)
class Result:
    """Paths of one scenario under one reading.

    Attributes
    ----------
    years : ndarray of int, shape (years + 1,)
        Base year first.
    central : mapping of str to ndarray, shape (years + 1,)
        The zero-shock draw of each indicator, in the library's units.
    paths : mapping of str to ndarray, shape (draws, years + 1)
        All draws of each indicator.
    """

    scenario: Scenario
    reading: str
    driven: Drivers
    calibration: Calibration
    seed: int
    years: NDArray[np.int64]
    central: Mapping[str, Floats]
    paths: Mapping[str, Floats]
    glossary: pd.DataFrame = field(repr=False)

    @property
    def base(self) -> Base:
        """Levels of the base year."""
        return self.driven.base

    @property
    def draws(self) -> int:
        return len(self.paths["real_gdp"])

    def at(self, indicator: str, year: int) -> Floats:
        """All draws of an indicator in one year, shape (draws,)."""
        if indicator not in self.paths:
            raise UnknownName(indicator, self.paths)
        return self.paths[indicator][:, self.position(year)]

    def position(self, year: int) -> int:
        """Place of a year on the time axis."""
        if not self.years[0] <= year <= self.years[-1]:
            raise InputError("year", year, f"a year from {self.years[0]} to {self.years[-1]}")
        return int(year - self.years[0])

    def quantiles(self, indicator: str, levels: Iterable[float] = LEVELS) -> pd.DataFrame:
        """Quantiles of an indicator: one row a year, one column a level."""
        levels = tuple(levels)
        if indicator not in self.paths:
            raise UnknownName(indicator, self.paths)
        return pd.DataFrame(
            np.quantile(self.paths[indicator], levels, axis=0).T,
            index=pd.Index(self.years, name="year"),
            columns=list(levels),
        )

    def probability(self, goal: Goal) -> float:
        """Share of draws that meet a goal of the plan in its year, a fraction.

        Its Monte Carlo error stands in `futian_model.goals.assess`. Only the reading
        ``given_evidence`` makes it a likelihood.

        Raises
        ------
        InputError
            The goal's year lies outside the result, or its indicator is not simulated.
        """
        target = goal.level(self.base.level(goal.indicator))
        return uncertainty.share_of_draws(goal.meets(self.at(goal.indicator, goal.year), target))[0]

    def frame(self) -> pd.DataFrame:
        """The tidy results table: central path, mean and quantiles of every indicator, and for levels
        the central path's growth a year (``cagr``) and ``multiple`` since the base year.
        """
        return self._frame.copy()

    @cached_property
    def _frame(self) -> pd.DataFrame:
        tables = []
        names = ["central", "mean", *(f"p{round(100 * level):02d}" for level in LEVELS)]
        for indicator, path in self.paths.items():
            values = np.vstack(
                [self.central[indicator], path.mean(axis=0), np.quantile(path, LEVELS, axis=0)]
            )
            tables.append(self.rows(indicator, self.years, names, values))
            if self.glossary.loc[indicator, "kind"] == "level":
                start, *later = self.central[indicator]
                mean_growth = growth.cagr(start, later, np.arange(1, len(self.years)))
                multiple = np.asarray(later) / start
                rows = self.rows(
                    indicator, self.years[1:], ["cagr", "multiple"], np.vstack([mean_growth, multiple])
                )
                tables.append(rows.assign(unit="fraction"))
        return pd.concat(tables, ignore_index=True)

    def rows(
        self, indicator: str, years: Iterable[int], statistics: Iterable[str], values: Floats
    ) -> pd.DataFrame:
        """Rows of the results table, `values` of shape (statistics, years)."""
        statistics, years = list(statistics), [int(year) for year in years]
        known = self.glossary.loc[indicator]
        return pd.DataFrame(
            {
                "scenario": self.scenario.id,
                "reading": self.reading,
                "indicator": indicator,
                "unit": known["unit"],
                "price_basis": known["price_basis"],
                "year": years * len(statistics),
                "statistic": [name for name in statistics for _ in years],
                "value": np.asarray(values, float).ravel(),
            },
            columns=list(COLUMNS),
        )


def simulate(
    scenario: Scenario,
    evidence: Evidence | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    reading: str = "given_scenario",
    prior: float = 1.0,
) -> Result:
    """Run a scenario.

    Parameters
    ----------
    scenario : Scenario
        Validated assumptions.
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    draws, seed : int, optional
        Number of paths and key of the random draws; the scenario's own when left out.
    reading : {"given_scenario", "given_evidence"}
        What is uncertain. *Given the scenario*: its assumptions hold on average, yearly shocks
        around them; never a likelihood. *Given the evidence*: growth, population, prices and
        shares follow from history up to the scenario's vintage, with everything uncertain about
        them; the scenario's own assumptions play no part.
    prior : float
        Factor on the panels' standard deviations of long-run growth, to see what they do.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        An argument is out of range, or the evidence cannot support an estimate it needs.
    """
    if reading not in READINGS:
        raise UnknownName(reading, READINGS)
    evidence = evidence if evidence is not None else load_evidence()
    draws = whole("draws", scenario.run.draws if draws is None else draws, 1, MOST_DRAWS)
    seed = whole("seed", scenario.run.seed if seed is None else seed, 0, 2**63 - 1)
    settings = scenario.assumptions
    calibration = calibrated(scenario, evidence, prior)
    driven = drivers(scenario, evidence, calibration, reading)
    centre, years = driven.centre, scenario.years
    spread = settings.uncertainty
    trends = {name: trend for name, trend in calibration.trends().items() if name in centre}

    def shocks(block: int, length: int) -> dict[str, Floats]:
        """Departures from the centre, by driver, each of shape (length, years)."""
        mixed = uncertainty.mixing(seed, block, len(years) - 1, spread.degrees_of_freedom)
        away = {}
        for name, trend in trends.items():
            steps = uncertainty.normals(seed, name, block, len(years) - 1) * mixed
            if reading == "given_scenario":
                away[name] = steps @ (trend.shocks.T * spread.scale)
            else:
                size = uncertainty.sizes(seed, name, block, trend.freedom)
                away[name] = (steps @ (trend.fresh().T * spread.scale)) * size[:, None]
                away[name] += slow(seed, name, block, trend) * spread.slow
        # whole blocks until here: the same path has the same digits however many are drawn
        return {name: path[:length] for name, path in away.items()}

    def part(block: int, length: int) -> dict[str, Floats]:
        """Indicators of one block of paths."""
        kept = None if driven.firms is None else driven.firms[1].drawn(seed, block)[:length]
        return run(driven, shocks(block, length), kept)

    parts = [part(block, length) for block, length in uncertainty.blocks(draws)]
    still = central(driven)
    return Result(
        scenario,
        reading,
        driven,
        calibration,
        seed,
        years,
        MappingProxyType(still),
        MappingProxyType({name: np.concatenate([part[name] for part in parts]) for name in still}),
        evidence.indicators,
    )


def calibrated(scenario: Scenario, evidence: Evidence, prior: float = 1.0) -> Calibration:
    """What the evidence says at a scenario's vintage, over its years."""
    settings = scenario.assumptions
    return calibrate(
        evidence,
        base_year=settings.base_year,
        horizon=settings.horizon,
        vintage=settings.vintage,
        prior=prior,
    )


def slow(seed: int, name: str, block: int, trend: Trend) -> Floats:
    """The part of a driver that is uncertain but not a yearly shock, shape (block, years).

    One stream a mode: another number of modes moves no other draw.
    """
    modes = trend.slow.T
    draws = [uncertainty.normals(seed, f"slow {name} {mode}", block, 1) for mode in range(len(modes))]
    return np.hstack(draws) @ modes if draws else np.zeros((uncertainty.BLOCK, modes.shape[1]))


def rehearse(scenario: Scenario, evidence: Evidence) -> None:
    """Run a scenario once without keeping anything, so that what cannot be simulated is told early.

    Raises
    ------
    InputError
        As `simulate`; with the file and line that set the field.
    """
    try:
        for reading in READINGS:
            simulate(scenario, evidence, draws=1, reading=reading)
    except InputError as fault:
        file, _, line = scenario.provenance.get(fault.field, "").partition(", line ")
        fault.file, fault.line = (file, int(line)) if line else (scenario.file, None)
        raise


def central(driven: Drivers) -> dict[str, Floats]:
    """The zero-shock draw of every indicator, shape (years + 1,)."""
    still = {name: np.zeros((1, len(path))) for name, path in driven.centre.items()}
    kept = None if driven.firms is None else driven.firms[1].central()[None, :]
    return {name: path[0] for name, path in run(driven, still, kept).items()}


def run(driven: Drivers, away: Mapping[str, Floats], kept: Floats | None = None) -> dict[str, Floats]:
    """Indicators from drivers; the identities hold in every draw, to rounding.

    Parameters
    ----------
    driven : Drivers
        Levels in the base year, and the central log growth of each driver.
    away : mapping of str to ndarray, shape (draws, years)
        Departures from it.
    kept : ndarray, shape (draws, years + 1), optional
        Value added left to the groups behind a share, relative to what it would be without entry and
        relocation; what is missing of it is missing in GDP.

    Returns
    -------
    dict of str to ndarray, shape (draws, years + 1)
    """
    base = driven.base
    moved = {
        name: path + away[name] if name in away else path[None, :] for name, path in driven.centre.items()
    }
    levels = {name: np.exp(from_zero(moved[name])) for name in ("growth", "population", "deflator")}
    parts = {
        share: shares.project(np.full(len(moved[share]), start), moved[share])
        for share, start in base.shares.items()
    }
    real_gdp, deflator = base.gdp * levels["growth"], levels["deflator"]
    if driven.firms is not None and kept is not None:
        share, groups = driven.firms
        left = headquarters.shift(parts[share], kept, groups.spillover)
        real_gdp, parts[share] = real_gdp * left.gdp_factor, left.share
    nominal_gdp = real_gdp * deflator
    year_end = base.year_end_population * levels["population"]
    average = year_end.copy()
    average[:, 0] = base.average_population
    average[:, 1:] = population.average(year_end[:, :-1], year_end[:, 1:])
    paths = {
        "real_gdp": real_gdp,
        "nominal_gdp": nominal_gdp,
        "deflator": deflator,
        "year_end_population": year_end,
        "average_population": average,
        "real_gdp_per_capita": population.per_capita(real_gdp, average),
        "nominal_gdp_per_capita": population.per_capita(nominal_gdp, average),
    }
    for share, part in parts.items():
        name = share.removesuffix("_share")
        # a share without evidence has no shocks: one path serves every draw
        part = np.broadcast_to(part, nominal_gdp.shape)
        paths[share] = part
        paths[f"{name}_value_added"] = part * nominal_gdp
        paths[f"rest_of_{name}_value_added"] = nominal_gdp - paths[f"{name}_value_added"]
    return paths


def from_zero(steps: Floats) -> Floats:
    """Cumulated steps with the base year's zero in front."""
    total = np.zeros((*steps.shape[:-1], steps.shape[-1] + 1))
    np.cumsum(steps, axis=-1, out=total[..., 1:])
    return total


def whole(name: str, value: object, least: int, most: int) -> int:
    """A whole number within bounds, else InputError."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value <= most:
        raise InputError(name, value, f"a whole number from {least} to {most:,}")
    return int(value)
