"""Results of a scenario as an edition holds them: one tidy table, read back to the last digit."""

import csv
import io
from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from futian_model import goals, simulation
from futian_model.evidence import Evidence
from futian_model.files import csv_file
from futian_model.scenario import Scenario
from futian_model.scorecard.outturns import related
from futian_model.simulation import KEPT, Result
from futian_model.simulation.result import Part


class Row(NamedTuple):
    """Place of a value in the results."""

    reading: str
    indicator: str
    year: int
    statistic: str


Values = Mapping[Row, float]


def results(scenario: Scenario, evidence: Evidence) -> pd.DataFrame:
    """A scenario under both readings: every indicator, the goals in its reach, growth year by year.

    Returns
    -------
    DataFrame
        The results table (scenario, reading, indicator, unit, price_basis, year, statistic, value),
        in the library's units.

    Raises
    ------
    InputError
        The scenario cannot be run on this evidence.
    """
    tables = []
    for reading in simulation.READINGS:
        result = simulation.simulate(scenario, evidence, reading=reading)
        tables += [result.frame(), goals.frame(result, goals.within_reach(result, evidence))]
        kept = result
        if result.draws > KEPT:  # growth needs the paths; the first ones are the same in any number
            kept = simulation.simulate(scenario, evidence, reading=reading, draws=KEPT)
        tables.append(kept.tabled(growth(kept)))
    return pd.concat(tables, ignore_index=True)


def growth(result: Result) -> list[Part]:
    """Central path and quantiles of yearly growth, of every level whose growth is published."""
    return [
        result.grown(name, level)
        for level in result.indicators
        for name in related(result.glossary, level, "growth")
    ]


def written(table: pd.DataFrame) -> bytes:
    """A results table as CSV, every value to the last digit."""
    return csv_file(table.to_csv(index=False, lineterminator="\n"))


def values(content: bytes, under: str = "") -> Values:
    """Values of a results table by their place, as they were to the last digit.

    Of its years alone, and of one case, by default none: what is of no year belongs to a report.
    """
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return {
        Row(row["reading"], row["indicator"], int(row["year"]), row["statistic"]): float(
            row["value"] or "nan"
        )
        for row in rows
        if row["year"] and (row.get("case") or "") == under
    }
