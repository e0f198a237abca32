"""What comes in and what was drawn, as tidy tables."""

from collections.abc import Mapping, Sequence

import pandas as pd

from futian_model.charts.theme import STYLES
from futian_model.errors import InputError


def columns_of(name: str, table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The named columns of a table.

    Raises
    ------
    InputError
        A column is absent.
    """
    if not set(columns) <= set(table.columns):
        raise InputError(name, ", ".join(map(str, table.columns)), "the columns " + ", ".join(columns))
    return table[list(columns)].reset_index(drop=True)


def series_of(name: str, table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The named columns of a table whose series can be told apart.

    Raises
    ------
    InputError
        A column is absent, there is no row, or there are more series than styles.
    """
    rows = filled(name, columns_of(name, table, columns))
    if rows["series"].nunique() > len(STYLES):
        raise InputError(f"{name}.series", rows["series"].nunique(), f"at most {len(STYLES)} series")
    return rows


def tidy(name: str, frame: pd.DataFrame | None, columns: Sequence[str]) -> pd.DataFrame:
    """The named columns of a table by year, or an empty table for None.

    Raises
    ------
    InputError
        A column is absent, or holds a gap.
    """
    if frame is None:
        return pd.DataFrame({column: [] for column in columns})
    kept = columns_of(name, frame, columns)
    gaps = [column for column in columns if kept[column].isna().any()]
    if gaps:
        raise InputError(f"{name}.{gaps[0]}", "missing", "a value in every row")
    return kept.sort_values("year", kind="stable", ignore_index=True)


def filled(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A table without rows is no chart.

    Raises
    ------
    InputError
        The table has no row.
    """
    if frame.empty:
        raise InputError(name, "no rows", "at least one row")
    return frame


def drawn(series: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """One row a value: which series, and the columns its table has."""
    filled_series = {name: frame for name, frame in series.items() if not frame.empty}
    tables = filled_series.values()
    columns: dict[str, list[object]] = {
        "series": [name for name, frame in filled_series.items() for _ in range(len(frame))],
        "year": [int(year) for frame in tables for year in frame["year"]],
        "value": [float(value) for frame in tables for value in frame["value"]],
    }
    if any("label" in frame for frame in tables):
        labels = (frame["label"] if "label" in frame else [""] * len(frame) for frame in tables)
        columns["label"] = [label for column in labels for label in column]
    return pd.DataFrame(columns)
