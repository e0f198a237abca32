"""A fan: one path with its bands, what was observed before, and the goals it is held against."""

from functools import partial

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.fan_data import FanData, FanWords
from futian_model.charts.fan_figure import figure
from futian_model.charts.tables import filled, tidy

__all__ = ["FanWords", "fan"]


def fan(
    bands: pd.DataFrame,
    *,
    words: FanWords,
    history: pd.DataFrame | None = None,
    goals: pd.DataFrame | None = None,
    reference: pd.DataFrame | None = None,
    percent: bool = False,
    start: int | None = None,
) -> Chart:
    """Draw a path with its 50, 80 and 90 % bands.

    Parameters
    ----------
    bands : DataFrame
        Columns year, central, p05, p10, p25, p75, p90, p95. A band of no width is not named.
    words : FanWords
        All text but the goals'.
    history : DataFrame, optional
        Columns year, value, known; an observation not known at the vintage gets a hollow marker.
    goals : DataFrame, optional
        Columns year, value, label.
    reference : DataFrame, optional
        Columns year, value: a second path to compare with.
    percent : bool
        Values are fractions, shown as per cent; the axis need not start at zero.
    start : int, optional
        First year drawn.

    Returns
    -------
    Chart
        Its table has columns series, year, value, and label when there are goals.

    Raises
    ------
    InputError
        A table lacks a column or a value, or `bands` has no row.
    MissingGlyph
        The words hold a character the fonts lack.
    """

    def given(name: str, frame: pd.DataFrame | None, *columns: str) -> pd.DataFrame:
        table = tidy(name, frame, ("year", *columns))
        return table if start is None else table[table.year >= start]

    data = FanData(
        filled("bands", given("bands", bands, "central", "p05", "p10", "p25", "p75", "p90", "p95")),
        given("history", history, "value", "known"),
        given("goals", goals, "value", "label"),
        given("reference", reference, "value"),
    )
    draw = partial(figure, data, words, percent)
    return charted(draw, data.table(), words, "fan", percent=percent, names=words.names())
