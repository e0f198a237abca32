"""The difference between two scenarios in one statistic, split over their blocks."""

from collections.abc import Sequence

import numpy as np

from futian_model import simulation
from futian_model.attribution.difference import CENTRAL, NAMED, PROBABILITY, Attribution, Question
from futian_model.attribution.mixtures import Mixtures
from futian_model.attribution.shapley import shapley
from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence, Goal, load_evidence
from futian_model.growth import Floats
from futian_model.scenario import Scenario, Source, scenario_of
from futian_model.simulation import Result
from futian_model.simulation.sample import KEPT

BATCHES, FEWEST = 32, 10
"""Batches of draws whose spread gives the Monte Carlo error; the fewest draws in one."""


def attribute(
    a: Scenario | Source,
    b: Scenario | Source,
    evidence: Evidence | None = None,
    *,
    indicator: str = "real_gdp",
    year: int | None = None,
    statistic: str = CENTRAL,
    goal: Goal | str | None = None,
    reading: str = simulation.READINGS[0],
    draws: int | None = None,
    seed: int | None = None,
    mixtures: Mixtures | None = None,
) -> Attribution:
    """Why a statistic differs between two scenarios: the Shapley value of each block that does.

    Every mixture of the blocks is run, with the same draws, and each block gets what it changes on
    average over all orders in which the blocks may go from `a`'s side to `b`'s. Nothing is left over;
    a block that changes nothing gets exactly zero; the other way round every sign flips. Of a quantile
    it is the split of the quantile, which is not the quantile of the paths' own splits.

    Parameters
    ----------
    a, b : Scenario, str, Path or mapping
        From which, and to which, as `compare` takes them; with the same base year and horizon.
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    indicator : str
        One that both simulate; for a probability the goal's.
    year : int, optional
        The last one when left out; for a probability the goal's.
    statistic : str
        ``central``, the zero-shock path, which needs no draws; ``mean``, ``median``, a quantile such as
        ``p10``; or ``probability`` of `goal`, each scenario held against its own base year.
    goal : Goal or str, optional
        A goal of the plan by name, or any other.
    reading : {"given_scenario", "given_evidence"}
        As for `simulate`; only the second makes a probability a likelihood.
    draws, seed : int, optional
        Number of paths, and key of the draws of every mixture; when left out the larger number of the
        two scenarios and the key of `a`.
    mixtures : Mixtures, optional
        Of the same two scenarios, where several statistics are asked for.

    Returns
    -------
    Attribution
        The Monte Carlo error of a contribution is the standard error of its mean over `BATCHES` equal
        batches of the paths, each attributed by itself with the same draws in every mixture.

    Raises
    ------
    InputError
        Base years or horizons differ, or an argument names nothing that both have.

    References
    ----------
    Shapley, L. S. (1953). A value for n-person games. Contributions to the Theory of Games II.
    Shorrocks, A. F. (2013). Decomposition procedures for distributional analysis: a unified framework
    based on the Shapley value. Journal of Economic Inequality 11, 99-126.

    Examples
    --------
    >>> split = attribute("stagnation", "evidence_trend")
    >>> print(abs(split.contributions.sum() - (split.end - split.start)).round(6))
    0.0
    """
    evidence = evidence if evidence is not None else load_evidence()
    a, b = (scenario_of(scenario, evidence) for scenario in (a, b))
    mixtures = mixtures if mixtures is not None else Mixtures(a, b, evidence)
    asked = question(mixtures, indicator, year, statistic, goal, reading)
    count, key = 2 ** len(mixtures.blocks), None
    if asked.statistic == CENTRAL:
        draws = None
        values = np.array([central(mixtures, coalition, asked) for coalition in range(count)])
        spread = np.zeros(len(mixtures.blocks))
    else:
        draws = max(a.run.draws, b.run.draws) if draws is None else draws
        key = simulation.chosen_seed(a.run.seed if seed is None else seed)
        sampled = [sample(mixtures, coalition, asked, draws, key) for coalition in range(count)]
        values = np.array([value for value, _ in sampled])
        spread = error([batches for _, batches in sampled], len(mixtures.blocks))
    known = evidence.indicators.loc[asked.indicator]
    chance = asked.goal is not None
    return Attribution(
        a.id,
        b.id,
        asked,
        "fraction" if chance else str(known["unit"]),
        "none" if chance else str(known["price_basis"]),
        tuple(mixtures.blocks),
        float(values[0]),
        float(values[-1]),
        shapley(values, len(mixtures.blocks)),
        spread,
        draws,
        key,
    )


def question(
    mixtures: Mixtures,
    indicator: str,
    year: int | None,
    statistic: str,
    goal: Goal | str | None,
    reading: str,
) -> Question:
    """What is asked, once it is known to have an answer.

    Raises
    ------
    InputError
        As `attribute`.
    """
    if reading not in simulation.READINGS:
        raise UnknownName(reading, simulation.READINGS)
    years = mixtures.a.years
    if goal is not None:
        goal = mixtures.evidence.goal(goal) if isinstance(goal, str) else goal
        if statistic != PROBABILITY:
            raise InputError("statistic", statistic, f"{PROBABILITY}, where a goal is named")
        if year not in (None, goal.year):
            raise InputError("year", year, f"{goal.year}, the year of {goal.name}")
        indicator, year = goal.indicator, goal.year
    elif statistic == PROBABILITY:
        raise InputError("goal", "none", "the goal whose probability is asked for")
    asked = Question(indicator, int(years[-1]) if year is None else year, statistic, goal, reading)
    if statistic not in NAMED and asked.level is None:
        raise InputError("statistic", statistic, f"{', '.join(NAMED)}, or a quantile such as p10")
    common_indicator(mixtures, indicator, reading)
    if not years[0] <= asked.year <= years[-1]:
        raise InputError("year", asked.year, f"a year from {years[0]} to {years[-1]}")
    return asked


def common_indicator(mixtures: Mixtures, indicator: str, reading: str) -> None:
    """Refuse an indicator that is not simulated on both sides."""
    own, other = (
        simulation.central(mixtures.driven(mixtures.taken(coalition), reading))
        for coalition in (0, 2 ** len(mixtures.blocks) - 1)
    )
    common = [name for name in own if name in other]
    if indicator in common:
        return
    for held, lacks in ((own, mixtures.b.id), (other, mixtures.a.id)):
        if indicator in held:
            raise InputError("indicator", indicator, f"one that both simulate; {lacks} does not")
    raise UnknownName(indicator, common)


def central(mixtures: Mixtures, coalition: int, asked: Question) -> float:
    """The zero-shock path of a mixture in the year asked for."""
    path = simulation.central(mixtures.driven(mixtures.taken(coalition), asked.reading))[asked.indicator]
    return float(path[asked.year - int(mixtures.a.years[0])])


def sample(
    mixtures: Mixtures, coalition: int, asked: Question, draws: int, seed: int
) -> tuple[float, Floats | None]:
    """The statistic over all draws of a mixture, and over each batch of them."""
    result = simulation.simulate(
        mixtures.scenario(mixtures.taken(coalition)),
        mixtures.evidence,
        draws=draws,
        seed=seed,
        reading=asked.reading,
        goals=[] if asked.goal is None else [asked.goal],
    )
    if not BATCHES * FEWEST <= draws <= KEPT:
        return value(result, asked), None
    parts = np.array_split(result.at(asked.indicator, asked.year), BATCHES)
    return value(result, asked), np.array([batch(result, asked, part) for part in parts])


def value(result: Result, asked: Question) -> float:
    """The statistic of a result, to the digit that its own table has."""
    if asked.goal is not None:
        if not result.judges(asked.goal):
            allowed = "a goal that the draws can judge: of its indicator a series has to be held"
            raise InputError("goal", asked.goal.name, allowed)
        return result.probability(asked.goal)
    at = result.position(asked.year)
    if asked.level is None:
        return float(result.sample.mean(asked.indicator)[at])
    return float(result.sample.quantiles(asked.indicator, [asked.level])[0, at])


def batch(result: Result, asked: Question, paths: Floats) -> float:
    """The statistic of some paths."""
    if asked.goal is not None:
        return float(asked.goal.meets(paths, result.aim(asked.goal).target).mean())
    return float(paths.mean() if asked.level is None else np.quantile(paths, asked.level))


def error(batches: Sequence[Floats | None], blocks: int) -> Floats:
    """Standard error of each contribution over the batches; NaN where there are none."""
    known = [values for values in batches if values is not None]
    if len(known) < len(batches):
        return np.full(blocks, np.nan)
    parts = shapley(np.array(known), blocks)
    return np.asarray(parts.std(axis=1, ddof=1) / np.sqrt(parts.shape[1]))
