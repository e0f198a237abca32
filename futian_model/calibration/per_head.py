"""GDP per head against GDP over people: whether three published levels of one year fit each other."""

import math
from collections import defaultdict

import numpy as np
import pandas as pd

from futian_model.calibration.levels import FEWEST_PAIRS, level_rounding
from futian_model.calibration.readings import RUNGS, economic_basis
from futian_model.errors import InputError
from futian_model.evidence import Evidence, kept
from futian_model.evidence.conventions import average, ratio
from futian_model.evidence.figures import Figure, month

PER_HEAD, GDP, PEOPLE = "gdp_per_capita", "gdp", "population_resident_yearend"
DIGITS = 4
"""Decimals of a level per head in 万元/人: one 元."""
COLUMNS = ["geo", "indicator", "first", "last", "lower_bound", "growth", "expected", "sd"]


@kept
def per_head(evidence: Evidence, vintage: str) -> pd.DataFrame:
    """Published GDP per head of nation, city and district beside published GDP over average population.

    Compared as they stood when the figure per head came out, on one population census: years of which GDP
    and both year-ends are published. What sets them apart is rounding, and a release of GDP that either
    had not seen: the size of such a revision is that of all places held.

    Returns
    -------
    DataFrame
        A row a year: columns geo, indicator, first, last (both the year), lower_bound (False), growth (log
        of the published level, 万元/人), expected (log of the quotient) and sd, its doubt.
    """
    rows = []
    for role in RUNGS:
        geo = evidence.place(role)
        for year in evidence.series(geo, PER_HEAD, as_of=vintage).table.index:
            own = known(evidence, geo, PER_HEAD, int(year), vintage)
            whole = own and quotient(evidence, own, vintage)
            if own and whole:
                rounding = level_rounding(own.value, own.precision, DIGITS)
                sd = float(np.hypot(rounding, whole[1]))
                logs = (float(np.log(value)) for value in (own.value, whole[0]))
                rows.append((geo, PER_HEAD, year, year, False, *logs, sd))
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.assign(sd=np.hypot(table["sd"], revision(evidence, vintage))) if rows else table


def known(evidence: Evidence, geo: str, indicator: str, year: int, vintage: str) -> Figure | None:
    """A figure that had come out by a vintage and is no bound; None where there is none."""
    try:
        figure = evidence.figure(geo, indicator, year, as_of=vintage)
    except InputError:
        return None
    return None if figure.published_later or figure.precision == "lower_bound" else figure


def quotient(evidence: Evidence, per_head: Figure, vintage: str) -> tuple[float, float] | None:
    """GDP per head that GDP and the population of two year-ends give, and what rounding leaves open of it."""
    at = min(per_head.vintage, vintage, key=month)
    gdp = known(evidence, per_head.geo, GDP, per_head.year, at)
    before, last = (
        known(evidence, per_head.geo, PEOPLE, year, at) for year in (per_head.year - 1, per_head.year)
    )
    if (
        gdp is None
        or before is None
        or last is None
        or len({per_head.basis, before.basis, last.basis} - {""}) > 1
    ):
        return None
    people = average(before, last)
    parts = [level_rounding(figure.value, figure.precision) for figure in (gdp, people)]
    return ratio(gdp, people), math.hypot(*parts)


def revision(evidence: Evidence, vintage: str) -> float:
    """How far GDP of a year moved from its first release to its last on one economic census, in logs.

    Root mean square over all places held; infinite where fewer than three moved or stayed.
    """
    rows = evidence.observations[evidence.in_use]
    rows = rows[(rows["indicator"] == GDP) & rows["period"].str.fullmatch(r"\d{4}")]
    rows = rows[rows["precision"].isin(["point", "estimate"])]
    releases: dict[tuple[str, str, str], list[tuple[int, float]]] = defaultdict(list)
    names = ("geo", "period", "basis", "vintage", "value")
    for geo, period, basis, released, value in zip(*(rows[name] for name in names), strict=True):
        if month(released) <= month(vintage):
            census = economic_basis(basis, int(period), released)
            releases[geo, period, census].append((month(released), float(value)))
    spans = [(min(held), max(held)) for held in releases.values()]
    moves = [np.log(last / first) for (start, first), (stop, last) in spans if start < stop]
    return float(np.sqrt(np.mean(np.square(moves)))) if len(moves) >= FEWEST_PAIRS else np.inf
