"""Scenarios to results: settings checked, blocks of paths drawn by one or several workers."""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType

import numpy as np

from futian_model.calibration import Calibration
from futian_model.drivers import Drivers, calibration_of, drivers
from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence, Goal, history, load_evidence
from futian_model.growth import Floats
from futian_model.scenario import MOST_DRAWS, Scenario, Source, scenario_of
from futian_model.simulation.core import CHUNK, Core, central
from futian_model.simulation.odds import Aim
from futian_model.simulation.result import Result
from futian_model.simulation.sample import KEPT, Kept, Sample, Streamed, fits
from futian_model.simulation.shocks import Shocks
from futian_model.simulation.tally import Grid, Tally
from futian_model.uncertainty import BLOCK, blocks

READINGS = ("given_scenario", "given_evidence")
MOST_WORKERS = 256


def simulate(
    scenario: Scenario | Source,
    evidence: Evidence | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    reading: str = "given_scenario",
    prior: float = 1.0,
    workers: int = 1,
    keep: bool | None = None,
    goals: Sequence[Goal] | None = None,
    calibration: Calibration | None = None,
    added: Mapping[str, Floats] | None = None,
) -> Result:
    """Run a scenario.

    Parameters
    ----------
    scenario : Scenario, str, Path or mapping
        Assumptions; an id, a file or a mapping are loaded as `load_scenario` does.
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
    workers : int
        Threads that draw blocks of paths; no number depends on it.
    keep : bool, optional
        Whether every path is kept, or only counts of them. Left out: up to `KEPT` draws they are.
        From counts quantiles are off by about a thousandth of the 90 % band; chances, means and
        years first reached are exact either way.
    goals : sequence of Goal, optional
        What is counted when paths are not kept; the plan's goals when left out.
    calibration : Calibration, optional
        Over the scenario's years, in place of what its vintage and `prior` give.
    added : mapping of str to ndarray, shape (years,), optional
        What is added to levers, in their units (`Drivers.moved`); the draws stay the same.

    Returns
    -------
    Result

    Raises
    ------
    InputError
        An argument is out of range, or the evidence cannot support an estimate it needs.

    Examples
    --------
    >>> result = simulate("evidence_trend", draws=10)
    >>> print(result.years[0], result.years[-1])
    2020 2035
    >>> nominal, real, prices = (result.central[name] for name in ("nominal_gdp", "real_gdp", "deflator"))
    >>> print(abs(nominal / (real * prices) - 1).max().round(12))
    0.0
    """
    if reading not in READINGS:
        raise UnknownName(reading, READINGS)
    evidence = evidence if evidence is not None else load_evidence()
    scenario = scenario_of(scenario, evidence)
    draws = whole("draws", scenario.run.draws if draws is None else draws, 1, MOST_DRAWS)
    seed = chosen_seed(scenario.run.seed if seed is None else seed)
    workers = whole("workers", workers, 1, MOST_WORKERS)
    calibration = calibrated(scenario, evidence, prior) if calibration is None else calibration
    driven = drivers(scenario, evidence, calibration, reading).moved(added or {})
    run = Run(scenario, driven, calibration, seed, reading, draws, workers)
    sample: Sample
    if draws <= KEPT if keep is None else keep:
        sample = run.kept()
    else:
        asked = list(evidence.quantified_goals() if goals is None else goals)
        both = asked + [current for goal in asked if (current := goal.at_current_prices()) is not None]
        sample = run.streamed(run.aims(both if goals is None else asked, strict=goals is not None))
    return Result(
        scenario,
        evidence.place("district"),
        reading,
        driven,
        calibration,
        seed,
        scenario.years,
        MappingProxyType(central(driven)),
        sample,
        evidence.indicators,
        {goal.name: goal for goal in evidence.quantified_goals()},
    )


Work = Callable[["Maker", int, int], None]


class Maker:
    """Indicators of blocks of paths, in one worker's own buffers."""

    def __init__(self, driven: Drivers, shocks: Shocks) -> None:
        self.core, self.shocks, self.firms = Core(driven, CHUNK), shocks, driven.firms

    def chunks(self, block: int, length: int = BLOCK) -> Iterator[tuple[slice, dict[str, Floats]]]:
        """The first paths of a block, some at a time, with their places in it; buffers are used again."""
        kept = None if self.firms is None else self.firms[1].drawn(self.shocks.seed, block)[:, 1:]
        for rows, away in self.shocks.chunks(block, length):
            left = length - rows.start
            paths = self.core.run(away, None if kept is None else kept[rows])
            if left < CHUNK:
                paths = {name: path[:left] for name, path in paths.items()}
            yield slice(rows.start, min(rows.stop, length)), paths


class Run:
    """One scenario under one reading, to be drawn."""

    def __init__(
        self,
        scenario: Scenario,
        driven: Drivers,
        calibration: Calibration,
        seed: int,
        reading: str,
        draws: int,
        workers: int,
    ) -> None:
        self.driven, self.draws, self.first = driven, draws, int(scenario.years[0])
        self.spread, self.seed, self.evidence = scenario.assumptions.uncertainty, seed, reading == READINGS[1]
        self.trends = {name: trend for name, trend in calibration.trends().items() if name in driven.centre}
        self.base = Core(driven, 1).levels()
        self.years = len(scenario.years) - 1
        self.parts = list(blocks(draws))
        self.workers = min(workers, len(self.parts))

    def kept(self) -> Kept:
        """Every path."""
        fits(self.draws, len(self.base), self.years)
        paths = {name: np.empty((self.draws, self.years + 1)) for name in self.base}

        def fill(maker: Maker, block: int, length: int) -> None:
            for rows, chunk in maker.chunks(block, length):
                at = slice(block * BLOCK + rows.start, block * BLOCK + rows.stop)
                for name, path in chunk.items():
                    paths[name][at, 1:] = path

        for name, level in self.base.items():  # which is certain
            paths[name][:, 0] = level
        self.each(fill, self.parts)
        return Kept(MappingProxyType(paths))

    def streamed(self, aims: Sequence[Aim]) -> Streamed:
        """Counts alone; the first paths say where the bins lie."""
        _, first = next(self.maker().chunks(0))
        grid = Grid(first)
        tallies: dict[Maker, Tally] = {}

        def count(maker: Maker, block: int, length: int) -> None:
            if maker not in tallies:
                tallies[maker] = Tally(grid, aims, self.years)
            for _, chunk in maker.chunks(block, length):
                tallies[maker].add(block, chunk)

        self.each(count, self.parts)
        return Streamed(self.base, grid, [*tallies.values()], self.draws)

    def maker(self) -> Maker:
        """Buffers for one worker."""
        return Maker(
            self.driven,
            Shocks(self.trends, self.spread, self.seed, evidence=self.evidence, jump=self.driven.jump),
        )

    def each(self, work: Work, parts: Sequence[tuple[int, int]]) -> None:
        """Every block once; each worker has every n-th."""

        def share(at: int) -> None:
            maker = self.maker()
            for block, length in parts[at :: self.workers]:
                work(maker, block, length)

        if self.workers == 1:
            share(0)
            return
        with ThreadPoolExecutor(self.workers) as pool:
            list(pool.map(share, range(self.workers)))

    def aims(self, goals: Sequence[Goal], *, strict: bool) -> list[Aim]:
        """Goals with their targets; those that cannot be judged are left out, or refused."""
        aims = []
        for goal in goals:
            position = goal.year - self.first
            if goal.indicator in self.base and 0 < position <= self.years:
                aims.append(Aim(goal, self.driven.base.target(goal), position))
            elif strict:
                allowed = f"a goal for {self.first + 1} to {self.first + self.years} on what is simulated"
                raise InputError("goals", goal.name, allowed)
        return aims


def calibrated(scenario: Scenario, evidence: Evidence, prior: float = 1.0) -> Calibration:
    """What the evidence says at a scenario's vintage, over its years."""
    return calibration_of(scenario.assumptions, evidence, prior)


def evidence_key(scenario: Scenario, draws: int, seed: int) -> str:
    """All of a scenario that the reading *given the evidence* hangs on, as one text.

    Scenarios that differ in their levers alone have the same one, and with the same figures the same
    draws: what was worked out for one holds for the other.
    """
    shares = [name for name, block in scenario.levers.shares.items() if block is not None]
    settings = scenario.assumptions.model_dump(mode="json")
    return json.dumps([settings, shares, draws, seed])


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
        history.deflator(evidence, scenario.assumptions.base_year)  # published levels at base-year prices
    except InputError as fault:
        file, _, line = scenario.provenance.get(fault.field, "").partition(", line ")
        fault.file, fault.line = (file, int(line)) if line else (scenario.file, None)
        raise


def chosen_seed(stated: int | None) -> int:
    """The key of the random draws: as stated, or drawn anew, which `Result.seed` then tells."""
    return secrets.randbits(63) if stated is None else whole("seed", stated, 0, 2**63 - 1)


def whole(name: str, value: object, least: int, most: int) -> int:
    """A whole number within bounds, else InputError."""
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or not least <= value <= most:
        raise InputError(name, value, f"a whole number from {least} to {most:,}")
    return int(value)
