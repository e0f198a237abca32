"""What comes in and what was drawn, as tidy tables."""

from collections.abc import Mapping, Sequence

import pandas as pd

from futian_model.errors import InputError


def tidy(name: str, frame: pd.DataFrame | None, columns: Sequence[str]) -> pd.DataFrame:
    """The named columns of a table by year, or an empty table for None.

    Raises
    ------
    InputError
        A column is absent, or holds a gap.
    """
    if frame is None:
        return pd.DataFrame({column: [] for column in columns})
    absent = [column for column in columns if column not in frame.columns]
    if absent:
        raise InputError(name, ", ".join(map(str, frame.columns)), "the columns " + ", ".join(columns))
    kept = frame.loc[:, list(columns)]
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
    held = {name: frame for name, frame in series.items() if not frame.empty}
    columns: dict[str, list[object]] = {
        "series": [name for name, frame in held.items() for _ in range(len(frame))],
        "year": [int(year) for frame in held.values() for year in frame["year"]],
        "value": [float(value) for frame in held.values() for value in frame["value"]],
    }
    if any("label" in frame for frame in held.values()):
        labels = (frame["label"] if "label" in frame else [""] * len(frame) for frame in held.values())
        columns["label"] = [label for told in labels for label in told]
    return pd.DataFrame(columns)
