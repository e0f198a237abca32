"""Warnings put to the test: the chance foreseen for a figure, and the chance once the figure is put in.

A history is a draw: it says what a figure to come will be published as. The figure is then a row of the
observations like any other, and everything is read and simulated again.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from futian_model.calibration import people
from futian_model.evidence import Evidence, Goal
from futian_model.evidence.figures import month
from futian_model.simulation import Result, simulate
from futian_model.targets.signals import GROWTH, PEOPLE, doubt_of, noise, reading, warning

WITHIN = 0.03
"""Chance that a warning may be off by."""
BAR = 0.95
"""Share of histories in which it may not be further off."""
OUT = {"": "{later}-01", "Q1": "{year}-04", "H1": "{year}-07", "Q1-Q3": "{year}-10"}
"""When the figure of a year, or of a part of it, is published."""
COLUMNS = ["goal", "indicator", "period", "history", "value", "foreseen", "came"]


class Awaited(NamedTuple):
    """A figure to come, and the goal whose chance it will move."""

    goal: Goal | str
    period: str
    indicator: str = GROWTH


def trials(
    result: Result, evidence: Evidence, awaited: Iterable[Awaited], histories: Iterable[int] = range(100)
) -> pd.DataFrame:
    """Chances foreseen for the figures of some histories, and those that come of them.

    Parameters
    ----------
    result : Result
        Given the evidence, paths kept.
    awaited : iterable of Awaited
    histories : iterable of int
        Draws of the result that say what is published.

    Returns
    -------
    DataFrame
        Columns of `COLUMNS`: value of the figure as `Threshold.figure`; foreseen by `warning`, and came of
        a result with as many draws of the same key.

    Raises
    ------
    InputError
        As `warning`.
    """
    rows, drawn = [], list(histories)
    for named, period, indicator in awaited:
        goal = result.goal(named)
        signal = warning(result, evidence, goal, period, indicator)
        read = reading(result, evidence, goal, period, indicator, len(doubt_of(result, goal).covariance))
        figures = read.drawn + read.shift + read.sd * noise(result, f"figure {indicator} {period}")
        for history in drawn:
            value = read.scale.back(float(figures[history]))
            after = published(result, evidence, indicator, period, value)
            chances = (signal.chance_at(value), after.probability(goal))
            rows.append((goal.name, indicator, period, history, value, *chances))
    return pd.DataFrame(rows, columns=COLUMNS)


def published(result: Result, evidence: Evidence, indicator: str, period: str, value: float) -> Result:
    """The result once a figure of the district is out, drawn again with the same key.

    Parameters
    ----------
    value : float
        A fraction, or 万人.
    """
    year, part = int(period[:4]), period[4:]
    own, geo = result.scenario.assumptions, evidence.place("district")
    vintage = max(own.vintage, OUT[part].format(year=year, later=year + 1), key=month)
    known = evidence.indicators.loc[indicator]
    share = known["unit"] == "fraction"
    basis = people.latest_basis(evidence, geo, people.COUNT, own.vintage) if indicator == PEOPLE else ""
    row = {
        "geo": geo,
        "indicator": indicator,
        "period": period,
        "value": 100 * value if share else value,
        "unit": "%" if share else known["unit"],
        "price_basis": known["price_basis"],
        "basis": basis,
        "vintage": vintage,
        "source": evidence.sources.index[0],
        "precision": "point",
        "note_zh": "",
        "note_en": "",
        "printed": str(value),
    }
    last = evidence.observations.tail(1)
    table = pd.concat([evidence.observations, last.assign(**row, line=last["line"] + 1)], ignore_index=True)
    return simulate(
        replace(result.scenario, assumptions=own.model_copy(update={"vintage": vintage})),
        replace(evidence, observations=table),
        reading=result.reading,
        draws=result.draws,
        seed=result.seed,
    )


def reliability(table: pd.DataFrame) -> pd.DataFrame:
    """How near the foreseen chances came, a row a goal and figure.

    Parameters
    ----------
    table : DataFrame
        As `trials` gives it.

    Returns
    -------
    DataFrame
        Columns goal, indicator, period; histories; within, the share of them in which the chance foreseen was
        off by `WITHIN` at most; miss and largest, the mean and greatest distance; low, high, the least and
        greatest chance that came.
    """
    apart = table.assign(miss=(table["foreseen"] - table["came"]).abs())
    return (
        apart.assign(within=apart["miss"] <= WITHIN)
        .groupby(["goal", "indicator", "period"], sort=False)
        .agg(
            histories=("came", "size"),
            within=("within", "mean"),
            largest=("miss", "max"),
            miss=("miss", "mean"),
            low=("came", "min"),
            high=("came", "max"),
        )
        .reset_index()
    )
