"""Published populations as readings of the ladder: counts, year-ends, and GDP per head over GDP.

A census counts in full; between two of them there are estimates, of the bureau or of somebody who read them
elsewhere. What a second-hand figure is worth is estimated from all second-hand figures of people whose
official counterpart is held.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pandas as pd

from futian_model.calibration.ladder import Reading
from futian_model.calibration.levels import FEWEST_PAIRS, level_rounding
from futian_model.calibration.readings import Published, knowable, year_of
from futian_model.evidence import Evidence, kept
from futian_model.evidence.conventions import change
from futian_model.evidence.figures import month

CENSUS_INTERVAL = 10
"""Years between two population censuses."""
MIDYEAR, COUNT, STOCK = "population_midyear_wb", "population_census", "population_resident_yearend"
PER_HEAD, GDP = "gdp_per_capita", "gdp"
PEOPLE = "population_"
"""How indicators of people begin."""
OFFICIAL = "official"


def of_ladder(evidence: Evidence, places: Sequence[str], vintage: str, first: int) -> list[Published]:
    """What is published of the people of nation, city and district, on the census basis of the last's count.

    A city's yearly estimates on an older basis are left out: the new census put the city a third
    higher, and a lead of one basis over another is no lead. A span since the census says nothing more
    where each of its years is read.
    """
    basis = latest_basis(evidence, places[-1], COUNT, vintage)
    indicators = ((MIDYEAR,), (STOCK, COUNT), (COUNT, STOCK))
    doubt = secondhand_sd(evidence, vintage)
    published = [
        stock(evidence, rung, geo, names, vintage, first, basis)
        for rung, (geo, names) in enumerate(zip(places, indicators, strict=True))
    ]
    for rung in range(1, len(places)):
        more = [
            *since_count(evidence, rung, places[rung], vintage, basis, doubt),
            *averages(evidence, rung, places[rung], vintage, basis),
        ]
        own = published[rung]
        yearly = {reading.first for reading in own.readings if reading.yearly}
        further = [
            reading
            for reading in more
            if reading.first >= first and not set(range(reading.first, reading.last + 1)) <= yearly
        ]
        published[rung] = own._replace(readings=[*own.readings, *further])
    return published


def latest_basis(evidence: Evidence, geo: str, indicator: str, vintage: str) -> str:
    """Statistical basis of the latest figure that the vintage can know, such as ``"census_2020"``."""
    rows = evidence.series(geo, indicator, as_of=vintage).table
    rows = knowable(rows, rows.index, vintage)
    return str(rows["basis"].iloc[-1]) if len(rows) else ""


def stock(
    evidence: Evidence,
    rung: int,
    geo: str,
    indicators: tuple[str, ...],
    vintage: str,
    first: int,
    basis: str,
) -> Published:
    """Growth between published levels of a stock, such as a population.

    Counts of a census are compared with each other, since each was taken in full. Estimates are
    compared on one basis only, and from the census before it on, which they were drawn up between:
    a census moves the level of all later estimates, and the step is not growth. Two counts say nothing
    more of a span whose every year is estimated on the basis of the later one.
    """
    readings, later = [], []
    yearly: set[int] = set()
    for indicator in sorted(indicators, key=lambda name: name.endswith("_census")):
        rows = evidence.series(geo, indicator, as_of=vintage).table
        rows = knowable(rows, rows.index, vintage)
        rows = rows[rows["precision"] == "point"]
        if not indicator.endswith("_census"):
            same = (rows["basis"] == basis) & (rows.index >= year_of(basis) - CENSUS_INTERVAL)
            rows = rows[same | (rows["basis"] == "")]
        years = [int(year) for year in rows.index]
        years = years[max(0, sum(year < first for year in years) - 1) :]
        held = {year: evidence.figure(geo, indicator, year, as_of=vintage) for year in years}
        for start, stop in pairwise(years):
            span = set(range(start + 1, stop + 1))
            if start + 1 >= first and not span <= yearly:
                earlier, other = held[start], held[stop]
                if indicator.endswith("_census"):
                    # each count is its own basis, and the whole of it
                    other = replace(other, basis=earlier.basis)
                readings.append(Reading(rung, start + 1, stop, change(earlier, other), 0.0))
                yearly |= span if stop == start + 1 else set()
                later += [stop] if rows.loc[stop, "published_later"] else []
    return Published(geo, indicators[0], readings, tuple(later))


def since_count(
    evidence: Evidence, rung: int, geo: str, vintage: str, basis: str, doubt: float
) -> list[Reading]:
    """Growth from a census to year-ends on its basis, where the series of these does not begin with it.

    Of published year-ends the first, since the others are compared with it (`stock`); every estimate, whose
    log is doubtful by `doubt`, none where that is infinite.
    """
    counted, held = (of_basis(evidence, geo, name, vintage, basis) for name in (COUNT, STOCK))
    counted = counted[counted["precision"] == "point"]
    if counted.empty or (held.index <= counted.index[-1]).any():
        return []
    start, readings = int(counted.index[-1]), []
    points = held.index[held["precision"] == "point"]
    for year, row in held.iterrows():
        stop, estimated = int(str(year)), row["precision"] != "point"
        if estimated or stop == points[0]:
            grown = math.log(float(row["value"]) / float(counted["value"].iloc[-1]))
            sd = doubt if estimated else 0.0
            if math.isfinite(sd):
                years = stop - start
                readings.append(Reading(rung, start + 1, stop, grown / years, sd / years))
    return readings


def averages(evidence: Evidence, rung: int, geo: str, vintage: str, basis: str) -> list[Reading]:
    """Growth to the average population that GDP over GDP per head implies, in years of no year-end.

    From the last year-end before it, or the census; all on one census, GDP as it stood when the figure per
    head came out.
    """
    heads, stocks, counted = (
        of_basis(evidence, geo, name, vintage, basis) for name in (PER_HEAD, STOCK, COUNT)
    )
    levels = pd.concat([counted, stocks])
    levels = levels[levels["precision"] == "point"]
    gdp = evidence.series(geo, GDP, as_of=vintage).table.index
    readings = []
    for year in map(int, heads.index):
        before = levels[levels.index < year]
        if year in stocks.index or year not in gdp or before.empty or not basis:
            continue
        per_head = evidence.figure(geo, PER_HEAD, year, as_of=vintage)
        whole = evidence.figure(geo, GDP, year, as_of=min(per_head.vintage, vintage, key=month))
        if whole.published_later or "lower_bound" in (per_head.precision, whole.precision):
            continue
        start, level = int(before.index[-1]), float(before["value"].iloc[-1])
        people = float(whole.value) / per_head.value  # 亿元 over 万元/人: 万人
        span = year - start - 0.5
        sd = math.hypot(*(level_rounding(figure.value, figure.precision, 4) for figure in (per_head, whole)))
        readings.append(
            Reading(rung, start + 1, year, math.log(people / level) / span, sd / span, average=True)
        )
    return readings


def of_basis(evidence: Evidence, geo: str, indicator: str, vintage: str, basis: str) -> pd.DataFrame:
    """Figures of one census basis that the vintage can know."""
    table = evidence.series(geo, indicator, as_of=vintage).table
    table = knowable(table, table.index, vintage)
    rows: pd.DataFrame = table[(table["basis"] == basis) & ~table["published_later"].astype(bool)]
    return rows


@kept
def secondhand_sd(evidence: Evidence, vintage: str) -> float:
    """How far second-hand figures of people lay from official ones of the same place and year, in logs.

    Root mean square over all places and indicators of people, one a source, of what is in use; infinite
    where fewer than three pairs are held.
    """
    kinds = evidence.sources["kind"]
    official: dict[tuple[str, ...], tuple[int, float, str]] = {}
    others: list[tuple[tuple[str, ...], float, str]] = []
    for key, value, basis, source, released in figures_of_people(evidence):
        if month(released) > month(vintage):
            continue
        if kinds[source] != OFFICIAL:
            others.append((key, value, basis))
        elif key not in official or month(released) >= official[key][0]:
            official[key] = (month(released), value, basis)
    apart = [
        math.log(value / official[key][1])
        for key, value, basis in others
        if key in official and one_census(basis, official[key][2])
    ]
    return math.sqrt(sum(gap**2 for gap in apart) / len(apart)) if len(apart) >= FEWEST_PAIRS else math.inf


def figures_of_people(evidence: Evidence) -> Iterator[tuple[tuple[str, ...], float, str, str, str]]:
    """Figures of people in use: place, indicator, period and unit; value, basis, source and vintage."""
    rows = evidence.observations
    chosen = rows["indicator"].str.startswith(PEOPLE) & (rows["precision"] == "point") & evidence.in_use
    rows = rows[chosen]
    keys = zip(*(rows[name] for name in ("geo", "indicator", "period", "unit")), strict=True)
    return zip(keys, *(rows[name] for name in ("value", "basis", "source", "vintage")), strict=True)


def one_census(basis: str, other: str) -> bool:
    """Whether two figures may rest on one census; what a source does not say is no difference."""
    return basis == other or not year_of(basis) or not year_of(other)
