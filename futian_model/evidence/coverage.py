"""Of which years the figures of a district are held, and of which they are missing."""

from typing import NamedTuple

from futian_model.evidence import history
from futian_model.evidence.package import Evidence

CENSUS = "population_census"
LEVELS = ("gdp", "real_gdp_growth", "population_resident_yearend", CENSUS, "gdp_per_capita")
"""Published indicators that the model reads beside shares."""


class Held(NamedTuple):
    """Years of one indicator of the district.

    Attributes
    ----------
    years : tuple of int
        Years with a figure.
    bounds : tuple of int
        Those of them whose figure says only what was exceeded.
    """

    indicator: str
    years: tuple[int, ...]
    bounds: tuple[int, ...]

    def missing(self, first: int, last: int) -> tuple[int, ...]:
        """Years without a figure; a census is not missing in the years between two."""
        if self.indicator == CENSUS:
            return ()
        return tuple(year for year in range(first, last + 1) if year not in self.years)


def coverage(evidence: Evidence, vintage: str) -> list[Held]:
    """Every indicator of the district that the model reads, with or without figures.

    Parameters
    ----------
    vintage : str
        Decides between releases; figures of later years count too.
    """
    district = evidence.place("district")
    shares = evidence.indicators.index[evidence.indicators["kind"] == "share"]
    tables = {name: history.published(evidence, district, name, vintage) for name in LEVELS}
    tables |= {str(name): history.shares(evidence, str(name), vintage) for name in shares}
    return [
        Held(
            name,
            tuple(int(year) for year in table.index),
            tuple(int(year) for year in table.index[table["precision"] == "lower_bound"]),
        )
        for name, table in tables.items()
    ]


def span(evidence: Evidence, figures: list[Held]) -> tuple[int, int]:
    """First year with a figure of the district, and last one with a figure of it or of its city."""
    years = [year for series in figures for year in series.years]
    city = evidence.series(evidence.place("city"), "real_gdp_growth").table.index
    last = max([*years, *(int(year) for year in city)])
    return min(years, default=last), last
