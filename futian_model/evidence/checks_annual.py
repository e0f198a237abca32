"""Checks of targets of single years: against the glossary and the calendar."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from futian_model.errors import InputError
from futian_model.evidence.checks_glossary import Place, of_glossary
from futian_model.evidence.checks_periods import to_come
from futian_model.evidence.plausibility import expected_indices
from futian_model.evidence.tables import LINE

FIGURES = ("value", "low", "high")
"""Columns of what was set: one figure, or the ends of a range."""


def of_annual_plan(
    file: str, rows: pd.DataFrame, indicators: pd.DataFrame, last: tuple[int, int]
) -> Iterator[InputError]:
    """Targets of years against the glossary and the calendar; of each row the first fault.

    Parameters
    ----------
    file : str
        The table, as messages print it.
    rows : DataFrame
        The table, with the line of each row.
    indicators : DataFrame
        The glossary, by indicator.
    last : (int, int)
        Year and month up to which they can have been published.
    """
    known = indicators.to_dict("index")
    faulty: set[int | None] = set()
    for row in rows.to_dict("records"):
        fault = next(of_row(row, known[row["indicator"]], Place(file, int(row[LINE]))), None)
        if fault is not None:
            faulty.add(fault.line)
            yield fault
    rows = rows[~rows[LINE].isin(faulty)]
    growth = rows[rows["indicator"].map(indicators["kind"]) == "growth"]
    yield from expected_indices(file, growth, FIGURES)
    yield from to_come(file, rows, last)


def of_row(row: Any, known: Any, at: Place) -> Iterator[InputError]:
    """What is wrong in a row by itself."""
    yield from shape(row, at)
    for column in (name for name in FIGURES if not math.isnan(row[name])):
        yield from of_glossary(row, known, column, at)
    first = int(row["year"]) - 1
    if int(row["vintage"][:4]) < first:
        allowed = f"a date from {first} on: what is set earlier is a goal of a longer plan, of plan_goals.csv"
        yield InputError("vintage", row["vintage"], allowed, file=at.file, line=at.line)


def shape(row: Any, at: Place) -> Iterator[InputError]:
    """Rows that give neither one figure nor both ends of a range, or a range upside down."""
    value, low, high = (row[name] for name in FIGURES)
    single, ends = not np.isnan(value), ~np.isnan([low, high])
    if single and ends.any():
        allowed = "one figure, or a range from low to high; not both"
        yield InputError("value", value, allowed, file=at.file, line=at.line)
    elif not single and not ends.all():
        column = "value" if not ends.any() else ("low", "high")[int(ends[0])]
        allowed = "one figure, or both ends of a range" if column == "value" else "the other end of the range"
        yield InputError(column, "", allowed, file=at.file, line=at.line)
    elif not single and low >= high:
        allowed = f"less than the high end, {high:.12g}"
        yield InputError("low", low, allowed, file=at.file, line=at.line)
