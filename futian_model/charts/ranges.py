"""Figures with their ranges, side by side: one bar a case, a dot for its middle."""

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.page import YEARS, draw_row_axes, number, numbers, page, value_ticks
from futian_model.charts.tables import series_of
from futian_model.charts.text import Box, height, width, wrap, write
from futian_model.charts.theme import HISTORY, INKS, STYLES, TEXT, Dash
from futian_model.charts.words import ChartWords

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Style = tuple[str, Dash, str]
COLUMNS = ["group", "series", "value", "low", "high"]
ROW, APART, LEAD, NAMES = 17.0, 9.0, 8.0, 78.0
"""Height of a bar with its figure; space between groups; before a figure; widest name of a group."""


def ranges(table: pd.DataFrame, *, words: ChartWords) -> Chart:
    """Draw figures and their ranges, shown as per cent from zero.

    Parameters
    ----------
    table : DataFrame
        Columns group, series, value, low and high (fractions, not negative). Groups and series stand in
        order of appearance; each group has every series, six at most, named at the first group.
    words : ChartWords

    Returns
    -------
    Chart
        Its table is the one given.

    Raises
    ------
    InputError
        A column is absent, there is no row, or there are more series than styles.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    rows = series_of("ranges", table, COLUMNS)
    return charted(partial(_figure, rows, words), rows, words, "ranges", percent=True)


def _figure(table: pd.DataFrame, words: ChartWords) -> Drawing:
    groups, series = (list(dict.fromkeys(table[name])) for name in ("group", "series"))
    names = {name: wrap(str(name), TEXT, NAMES) for name in groups}
    tall = {name: max(len(series) * ROW, height(names[name], TEXT)) for name in groups}
    drawing, body = page(words, YEARS + sum(tall.values()) + APART * len(groups))
    ticks = value_ticks(0.0, float(table["high"].max()), percent=False)
    left = max(width(line, TEXT) for lines in names.values() for line in lines) + LEAD
    start, end = body.left + left, _end(table, groups[0], body.left + left, body.right, ticks[-1])
    ground = Box(start, body.bottom + YEARS, end, body.top)
    scale = Scale(ground, 0.0, ticks[-1], ground.bottom, ground.top)
    axes = draw_row_axes(drawing, scale, ticks, percent=True, length=0)
    top, lanes = body.top - APART / 2, dict[int, tuple[float, float]]()
    for name in groups:
        above = (tall[name] - height(names[name], TEXT)) / 2
        write(drawing, names[name], body.left, top - above, TEXT, HISTORY)
        first = top - (tall[name] - len(series) * ROW) / 2
        rows = table[table["group"] == name]
        places = zip(rows["series"].map(series.index), rows.index, rows.to_dict("records"), strict=True)
        for at, line, row in places:
            middle = first - (at + 0.5) * ROW
            _bar(drawing, axes, scale, middle, row, STYLES[at], named=name == groups[0])
            lanes[line] = middle - ROW / 2, middle + ROW / 2
        top -= tall[name] + APART
    return Drawing(drawing, [Panel(scale, "value", rows=[lanes[line] for line in table.index])])


def _end(table: pd.DataFrame, first: str, left: float, right: float, most: float) -> float:
    """Where the axis may end for every figure beside its bar to stay on the page."""
    beside = [
        width(_label(row, named=row["group"] == first), TEXT) + LEAD for row in table.to_dict("records")
    ]
    tips = [
        left + (right - left - room) / (high / most) for room, high in zip(beside, table["high"], strict=True)
    ]
    return min(*tips, right - width(numbers([most], percent=True)[0], TEXT) / 2)


def _label(row: dict[Any, Any], *, named: bool) -> str:
    """A figure, and the name of its series where that is asked for."""
    return number(float(row["value"]), percent=True) + (f"  {row['series']}" if named else "")


def _bar(
    drawing: "Figure",
    axes: "Axes",
    scale: Scale,
    at: float,
    row: dict[Any, Any],
    style: Style,
    *,
    named: bool,
) -> None:
    """One bar with its dot, its figure, and where asked the name of its series."""
    colour, _, marker = style
    axes.plot([row["low"], row["high"]], [at, at], color=colour)
    axes.plot([row["value"]], [at], color=colour, marker=marker, markersize=5, clip_on=False)
    beside = scale.x(float(row["high"])) + LEAD
    write(drawing, [_label(row, named=named)], beside, at + TEXT * 0.68, TEXT, INKS.get(colour, colour))
