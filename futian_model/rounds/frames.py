"""Outturns, rounds and what moved between them, as rows of the results table."""

import math
from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from futian_model.evidence import Evidence
from futian_model.results import Row, case, tidy
from futian_model.rounds.comparing import Comparison
from futian_model.rounds.edition import Round
from futian_model.rounds.moving import MODEL, Moved
from futian_model.rounds.results import Row as Place
from futian_model.rounds.scoring import Score
from futian_model.scorecard import Standing
from futian_model.scorecard.course import GROWTH
from futian_model.scorecard.judging import LEVELS, PACES, pace_of
from futian_model.simulation import QUANTILES, READINGS

OUTTURNS, MOVED = "outturns", "moved"
"""Readings of goals against outturns, and of what moved; forecasts have the reading they were made under."""
FORECAST = ("forecast", "low", "high", "outturn", "error")
CHANCES = ("probability", "probability_se")
NO_UNIT = ("fraction", "none")


def standing_frame(standings: Iterable[Standing], scenario: str, place: str = "") -> pd.DataFrame:
    """Goals against their latest outturns: levels in each goal's unit, growth a year as fractions."""
    rows = []
    for standing in standings:
        goal, growing = standing.goal, pace_of(standing.goal) == GROWTH
        units = dict.fromkeys(LEVELS, goal.unit) | dict.fromkeys(PACES, "fraction" if growing else goal.unit)
        for name, unit in units.items():
            if math.isfinite(value := getattr(standing, name)):
                rows.append(Row(goal.name, goal.year, name, value, unit, goal.price_basis))
    return tidy(scenario, OUTTURNS, rows, place)


def score_frame(scores: Iterable[Score], evidence: Evidence) -> pd.DataFrame:
    """Forecasts and what came; the case names the round, a percentile is a fraction."""
    tables, place = [tidy("", "", ())], evidence.place("district")
    for score in scores:
        under, rows = of_round(score.round), []
        units = dict.fromkeys(FORECAST, measure(score.indicator, evidence)) | {"percentile": NO_UNIT}
        for name, unit in units.items():
            if np.isfinite(value := float(getattr(score, name))):
                rows.append(Row(score.indicator, score.year, name, value, *unit, under))
        tables.append(tidy(score.scenarios[0], score.reading, rows, place))
    return pd.concat(tables, ignore_index=True)


def held_frame(edition: Round, scenario: str, indicator: str, evidence: Evidence) -> pd.DataFrame:
    """Bands of an indicator and the goals' chances given the evidence, as a round holds them."""
    under, names = of_round(edition.name), {goal.name for goal in evidence.quantified_goals()}
    rows = [
        Row(*at[1:], value, *measure(at.indicator, evidence), under)
        for at, value in edition.results(scenario).items()
        if at.reading == READINGS[1]
        and (
            (at.indicator == indicator and at.statistic in QUANTILES)
            or (at.indicator in names and at.statistic in CHANCES)
        )
    ]
    return tidy(scenario, READINGS[1], rows, evidence.place("district"))


def moved_frame(comparison: Comparison, evidence: Evidence) -> pd.DataFrame:
    """What moved between two rounds; the case names the statistic, and the block of a contribution."""
    tables, place = [tidy("", "", ())], evidence.place("district")
    for scenario in comparison.scenarios:
        rows = [
            row
            for at in range(len(scenario.rows))
            for row in moved_rows(scenario.rows[at], at, scenario, evidence)
        ]
        tables.append(tidy(scenario.scenario, MOVED, rows, place))
    return pd.concat(tables, ignore_index=True)


def moved_rows(row: Place, at: int, scenario: Moved, evidence: Evidence) -> Iterator[Row]:
    """One result: before, after, and the parts of what lies between."""
    unit = measure(row.indicator, evidence)
    start, end = float(scenario.start[at]), float(scenario.end[at])
    levels = {"start": start, "end": end, "difference": end - start, "size": abs(end - start)}
    for name, value in levels.items():
        yield Row(row.indicator, row.year, name, value, *unit, case(of=row.statistic))
    parts = [*zip(scenario.blocks, scenario.parts, strict=True), ((MODEL,), scenario.model)]
    for blocks, part in parts:
        under = of_block(row.statistic, blocks)
        yield Row(row.indicator, row.year, "contribution", float(part[at]), *unit, under)


def of_round(name: str) -> str:
    """Case of what a round holds."""
    return case(round=name)


def of_block(statistic: str, blocks: Iterable[str]) -> str:
    """Case of what blocks moved of a statistic."""
    return case(of=statistic, block="+".join(blocks))


def measure(indicator: str, evidence: Evidence) -> tuple[str, str]:
    """Unit and price basis of an indicator, or of a goal's chance."""
    if indicator not in evidence.indicators.index:
        return NO_UNIT
    known = evidence.indicators.loc[indicator]
    return str(known["unit"]), str(known["price_basis"])
