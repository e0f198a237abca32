"""A share against a level: lines that trade one for the other, and goals on both at once."""

import pandas as pd

from futian_model.charts.chart import Chart
from futian_model.charts.lines import MARKS, POINTS, Plot, plotted
from futian_model.charts.tables import columns_of, filled, series_of
from futian_model.charts.words import ChartWords

TRADE = Plot(225.0, 0.32, percent=False, floors=True)


def plane(table: pd.DataFrame, *, words: ChartWords, marks: pd.DataFrame) -> Chart:
    """Draw levels (upward) over a share (across, as per cent), with two floors that meet at a goal.

    Parameters
    ----------
    table : DataFrame
        Columns series, at (a fraction) and value (a level); series stand in order of appearance, six at
        most. Neither axis starts at zero: what counts is the place.
    words : ChartWords
    marks : DataFrame
        Points to name: columns label, at, value. The first is the goal, a diamond where its two floors
        cross; the others are circles.

    Returns
    -------
    Chart
        Its table is the one given, with the marks below: columns series, at, value.

    Raises
    ------
    InputError
        A column is absent, there is no line or no goal, or there are more lines than styles.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    goals = filled("marks", columns_of("marks", marks, MARKS))
    return plotted("plane", series_of("plane", table, POINTS), words, goals, TRADE)
