"""The value of the next figure at which a goal's chance passes a mark.

What a figure tells is taken into every draw by the linear update that the calibration makes of any reading:
a draw whose own figure was off by some amount has its margin moved by that amount times a slope, which the
calibration's covariance gives (pathwise conditioning; Matheron's rule in kriging). For a normal distribution
this is exact; the draws keep their tails. A draw then meets the goal exactly where the figure is on one side
of a value of its own, so that a chance as a function of the figure is the distribution of these values.

References
----------
Wilson, J. T., Borovitskiy, V., Terenin, A., Mostowsky, P. and Deisenroth, M. P. (2021). Pathwise conditioning
of Gaussian processes. Journal of Machine Learning Research 22 (105), 1-47.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import expit, logit

from futian_model.calibration import levels, missing, people, readings
from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence, Goal, history
from futian_model.growth import Floats
from futian_model.simulation import Result
from futian_model.targets.draws import Quantile, checked, margins, quantile
from futian_model.uncertainty import blocks, normals, share_error

GROWTH, PEOPLE = missing.GROWTH, "population_resident_yearend"
GROWN = ("real_gdp", "real_gdp_per_capita")
"""Indicators that growth moves."""
NOTHING = 0.01
"""Correlation below which a figure tells nothing of a goal."""
KNOWN = 1e-3
"""Standard deviation, log growth, below which a figure is published: rounding leaves a third."""


class Threshold(NamedTuple):
    """Where a goal's chance passes a mark.

    Attributes
    ----------
    chance : float
        The mark.
    figure : Quantile
        Value at which it is passed: growth and shares fractions, population 万人.
    likely, likely_se : float
        Chance that the figure comes out on the bad side of it.
    """

    chance: float
    figure: Quantile
    likely: float
    likely_se: float


@dataclass(frozen=True, eq=False)
class Signal:
    """What a figure to come would make of a goal's chance.

    Attributes
    ----------
    indicator, period : str
        Of the figure, as published: ``"real_gdp_growth"``, ``"2026"`` or ``"2026H1"``.
    chance, chance_se : float
        Of the goal without it.
    below, above : Threshold
        Where the chance falls under the lower mark, and where it passes the upper one.
    helps : bool
        Whether a higher figure raises the chance.
    needed : ndarray, shape (draws,)
        Figure at which each draw just meets the goal, ascending, on the scale of `scale`.
    """

    goal: Goal
    indicator: str
    period: str
    chance: float
    chance_se: float
    below: Threshold
    above: Threshold
    helps: bool
    needed: Floats
    scale: "Scale"

    def chance_at(self, value: float) -> float:
        """The goal's chance if the figure comes out at a value, in the unit of `Threshold.figure`."""
        share = float(np.searchsorted(self.needed, self.scale.of(value), side="right")) / len(self.needed)
        return share if self.helps else 1 - share


class Scale(NamedTuple):
    """What a published figure is on the scale on which it is read: log growth, or a change of log-odds."""

    kind: str
    start: float
    """Level or share that the change is from; growth has none."""

    def of(self, value: float) -> float:
        if self.kind == "growth":
            return float(np.log1p(value))
        return float(np.log(value / self.start) if self.kind == "level" else logit(value) - logit(self.start))

    def back(self, moved: float) -> float:
        if self.kind == "growth":
            return float(np.expm1(moved))
        return float(self.start * np.exp(moved) if self.kind == "level" else expit(logit(self.start) + moved))


class Reading(NamedTuple):
    """A figure as the calibration would read it.

    Attributes
    ----------
    weights : ndarray, shape (n,)
        On what is uncertain of the goal's indicator (`missing.doubt_of`).
    drawn : ndarray, shape (draws,)
        What it is of in every draw.
    shift, sd : float
        What it is off by on average, and what rounding, revision and the rest of a year leave open.
    """

    weights: Floats
    drawn: Floats
    shift: float
    sd: float
    scale: Scale


def warning(
    result: Result,
    evidence: Evidence,
    goal: Goal | str,
    period: str,
    indicator: str = GROWTH,
    *,
    below: float = 0.5,
    above: float = 0.8,
) -> Signal:
    """The value of a figure to come below which a goal's chance falls under one mark or passes another.

    Parameters
    ----------
    result : Result
        Given the evidence, paths kept.
    goal : Goal or str
        On real GDP, real GDP per head, or a share.
    period : str
        A year, or of growth also a part of one: ``"2026"``, ``"2026H1"``, ``"2026Q1-Q3"``.
    indicator : str
        The district's ``"real_gdp_growth"``, ``"population_resident_yearend"``, or the goal's own share.
    below, above : float
        Marks, fractions, the first not above the second.

    Raises
    ------
    InputError
        A mark out of range or too few draws for it; a period that is no year up to the goal's; a figure that
        is published already, or tells nothing of the goal; a result not given the evidence.
    """
    if result.reading != "given_evidence":
        raise InputError("reading", result.reading, "given_evidence: a scenario reads no figures")
    checked(below, result.draws, "below")
    checked(above, result.draws, "above")
    if below > above:
        raise InputError("below", below, f"at most {above}, the upper mark")
    goal = result.goal(goal)
    margin = margins(result, goal)
    doubt = doubt_of(result, goal)
    read = reading(result, evidence, goal, period, indicator, len(doubt.covariance))
    variance = float(read.weights @ doubt.covariance @ read.weights)
    if read.weights.any() and variance < KNOWN**2:
        raise InputError("period", period, f"a period without a published {indicator}")
    target = doubt.weights[goal.year - int(result.years[0]) - 1]
    if not np.isfinite(goal.interval(result.aim(goal).target).low):
        target = -target
    shared = float(target @ doubt.covariance @ read.weights)
    both = variance * float(target @ doubt.covariance @ target)
    if abs(shared) <= NOTHING * np.sqrt(both):
        raise InputError("indicator", indicator, f"a figure that tells something of {goal.name}")
    slope = shared / (variance + read.sd**2)
    figure = read.drawn + read.shift + read.sd * noise(result, f"figure {indicator} {period}")
    needed = np.sort(figure - margin / slope)
    helps = slope > 0
    met = int((margin >= 0).sum())

    def passing(mark: float) -> Threshold:
        at = quantile(needed, mark if helps else 1 - mark)
        value = read.scale.back(at.value)
        step = read.scale.back(at.value + at.se) - read.scale.back(at.value - at.se)
        bad = figure < at.value if helps else figure > at.value
        return Threshold(mark, Quantile(value, step / 2), *share_error(int(bad.sum()), result.draws))

    return Signal(
        goal,
        indicator,
        period,
        *share_error(met, result.draws),
        passing(below),
        passing(above),
        helps,
        needed,
        read.scale,
    )


def doubt_of(result: Result, goal: Goal) -> missing.Doubt:
    """What is uncertain of a goal's indicator, by the calibration."""
    held = (*GROWN, *result.calibration.shares)
    if goal.indicator not in held:
        allowed = (
            f"a goal at constant prices or on a share, on {', '.join(held)}: figures of prices are not read"
        )
        raise InputError(f"goal {goal.name}", goal.indicator, allowed)
    return missing.doubt_of(result.calibration, goal.indicator)


def reading(
    result: Result, evidence: Evidence, goal: Goal, period: str, indicator: str, size: int
) -> Reading:
    """A figure as the calibration would read it.

    Growth of a year, or of a part of it, is read as that year's, with what rounding, revision and the rest of
    the year leave open. A stock is compared with the last one published, exactly.
    """
    match = re.fullmatch(r"(\d{4})(.*)", period)
    year, part = (int(match[1]), match[2]) if match else (0, "")
    base, names = int(result.years[0]), (GROWTH, PEOPLE, *result.base.shares)
    if indicator not in names:
        raise UnknownName(indicator, names)
    if not base < year <= goal.year:
        raise InputError("period", period, f"a year from {base + 1} to {goal.year}, that of the goal")
    vintage, district = result.scenario.assumptions.vintage, evidence.place("district")
    years = len(result.years) - 1
    if indicator == GROWTH:
        gaps = levels.part_years(evidence, vintage)
        parts = {name: gap for (nation, name), gap in gaps.items() if not nation} | {"": (0.0, 0.0)}
        if part not in parts:
            allowed = ", ".join(f"{year}{name}" for name in sorted(parts))
            raise InputError("period", period, allowed)
        later, spread = parts[part]
        rounding = readings.YEARLY_STEP / np.sqrt(12)
        revision = 0.0 if part else readings.revision_sd(evidence, district, GROWTH, vintage)
        drawn = np.log(result.at("real_gdp", year) / result.at("real_gdp", year - 1))
        weights = np.eye(size)[year - base - 1] if goal.indicator in GROWN else np.zeros(size)
        sd = float(np.sqrt(spread**2 + rounding**2 + revision**2))
        return Reading(weights, drawn, -later, sd, Scale("growth", np.nan))
    if part:
        raise InputError("period", period, f"a year: only {GROWTH} is published of parts of a year")
    since, start = last_of(result, evidence, indicator)
    if year <= since:
        raise InputError("period", period, f"a year after {since}, the last published")
    moved = ((np.arange(years) >= since - base) & (np.arange(years) < year - base)).astype(float)
    if indicator == PEOPLE:
        weights = np.zeros(size)
        if goal.indicator == "real_gdp_per_capita":
            weights[years:] = moved
        people = (result.at("year_end_population", at) for at in (year, since))
        return Reading(weights, np.log(np.divide(*people)), 0.0, 0.0, Scale("level", start))
    weights = moved if goal.indicator == indicator else np.zeros(size)
    drawn = logit(result.at(indicator, year)) - logit(result.at(indicator, since))
    return Reading(weights, drawn, 0.0, 0.0, Scale("share", start))


def last_of(result: Result, evidence: Evidence, indicator: str) -> tuple[int, float]:
    """Year and value of the last published stock or share that a new one would be compared with."""
    vintage, district = result.scenario.assumptions.vintage, evidence.place("district")
    if indicator != PEOPLE:
        points = history.shares(evidence, indicator, vintage)
        points = points[points["precision"] != "lower_bound"]
        return int(points.index[-1]), float(points["value"].iloc[-1])
    basis = people.latest_basis(evidence, district, people.COUNT, vintage)
    # a first year-end on a census's basis is compared with its count
    counted, held = (
        people.of_basis(evidence, district, name, vintage, basis) for name in (people.COUNT, PEOPLE)
    )
    table = held[held["precision"] == "point"]
    same = counted if table.empty else table
    same = same[same.index >= result.years[0]]
    if same.empty:
        raise InputError("indicator", indicator, f"a stock with an earlier figure on {basis}")
    return int(same.index[-1]), float(same["value"].iloc[-1])


def noise(result: Result, name: str) -> Floats:
    """Standard normals, one a draw, by the result's key, shape (draws,)."""
    return np.concatenate(
        [normals(result.seed, name, block)[:count] for block, count in blocks(result.draws)]
    )
