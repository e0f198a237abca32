"""Judgments: what they add to a path, and whether chance could have done as much."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from futian_model.calibration import Calibration, Trend
from futian_model.errors import InputError
from futian_model.growth import Floats
from futian_model.results import Row, tidy
from futian_model.scenario import DRIVERS, Scenario
from futian_model.scenario.judgments import Judgment

MOST = 2.0
"""Standard deviations beyond which a judgment is implausible."""
BAND = 0.9
"""Part of the outcomes, given the evidence, whose band a judgment is held against."""
JUDGMENTS = "judgments"
"""Reading of the rows, and the indicator of those that count."""
RULES = YEAR, RUN, LEVEL = "year", "run", "level"


class Excess(NamedTuple):
    """How a judgment goes beyond what is plausible.

    Attributes
    ----------
    rule : {"year", "run", "level"}
    size : float
        Signed, in the rule's own measure: standard deviations; of ``"level"`` halves of the band.
    together : bool
        Whether it takes the other judgments on the same driver to go so far.
    """

    rule: str
    size: float
    together: bool


class Judged(NamedTuple):
    """A judgment with what it does, and how it goes too far if it does.

    Attributes
    ----------
    name : str
        Its key in the scenario.
    shock_sd : float
        Standard deviation of a year's shock to what it is on, log growth.
    """

    name: str
    judgment: Judgment
    shock_sd: float
    beyond: tuple[Excess, ...]

    @property
    def log_growth(self) -> float:
        """What is added to log growth in each of its years."""
        return self.judgment.size * self.shock_sd

    @property
    def plausible(self) -> bool:
        return not self.beyond


def judged_growth(scenario: Scenario, calibration: Calibration, driver: str) -> Floats:
    """Log growth that judgments add to a driver, shape (years,).

    Each adds its size times the standard deviation of a year's shock to that driver, in every one of
    its years; judgments on the same year add up. The standard deviation is the calibration's at the
    scenario's vintage, of the shocks that every path is drawn with (``Trend.shock_sd``; of growth those of
    nation, city and district together); a scenario that scales its own shocks moves no judgment.

    Why a year's shock and not the spread of the long-run mean: a judgment is about years that its
    author knows something about, which is what the shocks of the reading *given the scenario* stand
    for. The long-run spread would make one standard deviation in a single year the size of a change of
    the trend, and differs with the horizon.

    Raises
    ------
    InputError
        Nothing was estimated of the driver.
    """
    path = np.zeros(len(scenario.years) - 1)
    for name, judgment in scenario.standing.items():
        if judgment.on == driver:
            path += sizes(judgment, scenario) * trend_of(name, scenario, calibration).shock_sd
    return path


def trend_of(name: str, scenario: Scenario, calibration: Calibration) -> Trend:
    """The trend whose shocks a judgment is measured in."""
    on, trends = scenario.standing[name].on, calibration.trends()
    if on in trends:
        return trends[on]
    shares = scenario.levers.shares
    known = [driver for driver in trends if driver in DRIVERS or shares.get(driver) is not None]
    allowed = (
        f"{', '.join(known)}; of this one too few figures are published to tell how much it varies in a year"
    )
    raise InputError(f"judgments.{name}.on", on, allowed)


def sizes(judgment: Judgment, scenario: Scenario) -> Floats:
    """Standard deviations a year, shape (years,)."""
    years = scenario.years[1:]
    return np.where((years >= judgment.start) & (years <= judgment.last), judgment.size, 0.0)


def judge(scenario: Scenario, calibration: Calibration) -> list[Judged]:
    """Every judgment of a scenario, and whether it is plausible.

    A judgment is implausible where chance, as the model draws it, would hardly do as much:

    - *year*: it moves growth in one year by more than two standard deviations of a year's shock;
    - *run*: over its years it adds up to more than two standard deviations of what the shocks of those
      years add up to, which persist as estimated (were they independent, this would be the sum of the
      sizes over the square root of the number of years). What goes further is no run of good or bad
      years but another trend, and belongs into a block of the scenario;
    - *level*: it moves the last year's level by more than half the band that holds nine in ten outcomes
      given the evidence, long-run doubt and parameter uncertainty included.

    The first two hold an intervention to be modest as Leeper and Zha (2003) do, by what the model's own
    shocks would bring about; two standard deviations is the customary bound. Bands and shocks are
    the calibration's, so that nobody makes room for a judgment by widening the scenario's bands.

    A judgment is held to each rule by itself. Those on one driver that pass by themselves are then held
    to it together: where only their sum goes too far, it counts against each that leans its way.

    Raises
    ------
    InputError
        Nothing was estimated of what a judgment is on.

    References
    ----------
    Leeper, E. M. and Zha, T. (2003). Modest policy interventions. Journal of Monetary Economics 50,
    1673-1700.
    """
    standing = scenario.standing
    paths = {name: sizes(judgment, scenario) for name, judgment in standing.items()}
    trends = {name: trend_of(name, scenario, calibration) for name in standing}
    own = {name: excesses(path, path, trends[name]) for name, path in paths.items()}
    judged = []
    for name, judgment in standing.items():
        beyond = [Excess(rule, size, False) for rule, size in own[name].items()]
        beside = [other for other, sibling in standing.items() if sibling.on == judgment.on]
        for rule in [rule for rule in RULES if rule not in own[name]]:
            sound = np.sum([paths[other] for other in beside if rule not in own[other]], axis=0)
            whole = excesses(sound, paths[name], trends[name])
            beyond += [Excess(rule, whole[rule], True)] if rule in whole else []
        judged.append(Judged(name, judgment, trends[name].shock_sd, tuple(beyond)))
    return judged


def excesses(path: Floats, part: Floats, trend: Trend) -> dict[str, float]:
    """Rules that sizes a year break, with by how much, as far as a part of them leans that way.

    Parameters
    ----------
    path, part : ndarray, shape (years,)
        Standard deviations a year: what is held to the rules, and the judgment in question.
    """
    lean = float(np.sign(part.sum()))
    return {rule: size for rule, size in measured(path, part, trend) if size * lean > limit(rule)}


def limit(rule: str) -> float:
    """How far a rule lets a judgment go, in its own measure."""
    return 1.0 if rule == LEVEL else MOST


def measured(path: Floats, part: Floats, trend: Trend) -> Iterator[tuple[str, float]]:
    """Each rule's measure of sizes a year."""
    at = np.flatnonzero(part)
    yield YEAR, float(path[at][np.argmax(path[at] * np.sign(part[at]))])
    moved = float(path.sum()) * trend.shock_sd
    years = np.flatnonzero(path)
    if len(years) > 1:  # of one year the first rule says it all
        yield RUN, moved / trend.run_sd(years)
    yield LEVEL, moved / trend.half_width(BAND)


def measure(excess: Excess) -> tuple[float, str]:
    """How far a judgment goes, and in what unit: standard deviations, or halves of the band."""
    return (abs(excess.size), "half_bands") if excess.rule == LEVEL else (excess.size, "deviations")


def frame(scenario: Scenario, calibration: Calibration, place: str) -> pd.DataFrame:
    """Size of every judgment, what it adds to growth, and how far it goes beyond what is plausible.

    Returns
    -------
    DataFrame
        Columns as in `results.COLUMNS`; a row's indicator is the judgment's name, its year the first that
        it moves: ``size`` (standard deviations), ``shock_sd`` and ``log_growth`` (fractions), and
        ``beyond_`` with each rule that it breaks. In the base year ``count`` and ``implausible`` count
        them; no row where there is none.
    """
    judged, rows = judge(scenario, calibration), []
    for appraisal in judged:
        at = (appraisal.name, appraisal.judgment.start)
        rows += [
            Row(*at, "size", appraisal.judgment.size, "deviations"),
            Row(*at, "shock_sd", appraisal.shock_sd, "fraction"),
            Row(*at, "log_growth", appraisal.log_growth, "fraction"),
            *(Row(*at, f"beyond_{excess.rule}", *measure(excess)) for excess in appraisal.beyond),
        ]
    if judged:
        counts = {"count": len(judged), "implausible": sum(not appraisal.plausible for appraisal in judged)}
        base_year = int(scenario.years[0])
        rows += [Row(JUDGMENTS, base_year, name, float(count), "count") for name, count in counts.items()]
    return tidy(scenario.id, JUDGMENTS, rows, place)
