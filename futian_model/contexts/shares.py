"""The district's GDP over its city's: in the base year, and as far back as both are published."""

from dataclasses import replace

import pandas as pd

from futian_model.calibration.readings import knowable
from futian_model.drivers import Base
from futian_model.evidence import Evidence, Figure
from futian_model.evidence.conventions import Clash, ratio
from futian_model.evidence.figures import month
from futian_model.scenario import Scenario


def base_share(scenario: Scenario, base: Base, evidence: Evidence) -> float:
    """The district's GDP over the city's in the base year, both as published at the same time.

    Raises
    ------
    InputError
        The city published no GDP of the base year, or the two stand on different censuses.
    """
    part, city, settings = base.figures.get("gdp"), evidence.place("city"), scenario.assumptions
    if part is None:  # stated by the scenario
        return base.gdp / evidence.figure(city, "gdp", settings.base_year, as_of=settings.vintage).value
    seen = beside(part, settings.vintage)
    return share_of(part, evidence.figure(city, "gdp", settings.base_year, as_of=seen))


def beside(part: Figure, vintage: str | None) -> str:
    """The vintage whose figure of the city stands beside one of the district.

    The year that published the district's: a later revision of the city's alone, such as after an
    economic census, would look like a change of the share. Never later than the vintage asked for.
    """
    year = max(part.vintage[:4], str(part.year))
    return year if vintage is None or month(year) <= month(vintage) else vintage


def share_of(part: Figure, whole: Figure) -> float:
    """GDP of a district over that of its city.

    Raises
    ------
    InputError
        Year, price basis or statistical basis differ.
    """
    return ratio(replace(part, geo=whole.geo), whole)


def recorded(evidence: Evidence, vintage: str | None = None) -> pd.DataFrame:
    """The district's published GDP over the city's, as seen from a vintage; None is today.

    Each figure of the district meets the city's of the same time (`beside`). Lower bounds and figures
    on different censuses give no share; a rounded figure stands for every value that rounds to it.

    Returns
    -------
    DataFrame
        Indexed by year; columns value, low, high (fractions).
    """
    district, city = (evidence.place(role) for role in ("district", "city"))
    table = evidence.series(district, "gdp", as_of=vintage).table
    if vintage is not None:
        table = knowable(table, table.index, vintage)
    held = evidence.series(city, "gdp").table.index
    rows: dict[int, tuple[float, float, float]] = {}
    for year in map(int, table.index.intersection(held)):
        part = evidence.figure(district, "gdp", year, as_of=vintage)
        whole = evidence.figure(city, "gdp", year, as_of=beside(part, vintage))
        if "lower_bound" in (part.precision, whole.precision):
            continue
        try:
            value = share_of(part, whole)
        except Clash:
            continue
        (least, most), (smallest, largest) = ends(part), ends(whole)
        rows[year] = value, value * least / largest, value * most / smallest
    return pd.DataFrame.from_dict(rows, orient="index", columns=["value", "low", "high"]).rename_axis("year")


def ends(figure: Figure) -> tuple[float, float]:
    """The least and greatest that a published figure may stand for, relative to it."""
    if figure.precision != "rounded":
        return 1.0, 1.0
    printed, _, decimals = f"{figure.value:.12g}".partition(".")
    zeros = len(printed) - len(printed.rstrip("0"))
    half = 10.0 ** (-len(decimals) if decimals else zeros) / 2 / figure.value
    return 1 - half, 1 + half
