"""Figures with their ranges, side by side: one bar a case, a dot for its middle."""

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.coverage import STYLES, Dash
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.lines import LineWords, checked
from futian_model.charts.page import YEARS, number, numbers, page, value_ticks
from futian_model.charts.tables import filled
from futian_model.charts.text import Box, height, width, wrap, write
from futian_model.charts.theme import HISTORY, INKS, TEXT
from futian_model.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Style = tuple[str, Dash, str]
COLUMNS = ["group", "series", "value", "low", "high"]
ROW, APART, LEAD, NAMES = 17.0, 9.0, 8.0, 78.0
"""Height of a bar with its figure; space between groups; before a figure; widest name of a group."""


def ranges(table: pd.DataFrame, *, words: LineWords) -> Chart:
    """Draw figures and their ranges, shown as per cent from zero.

    Parameters
    ----------
    table : DataFrame
        Columns group, series, value, low and high (fractions, not negative). Groups and series stand in
        order of appearance; each group has every series, six at most, named at the first group.
    words : LineWords

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
    given = filled("ranges", checked("ranges", table, COLUMNS))
    if given["series"].nunique() > len(STYLES):
        raise InputError("ranges.series", given["series"].nunique(), f"at most {len(STYLES)} series")
    return charted(partial(_figure, given, words), given, words, "ranges", percent=True)


def _figure(table: pd.DataFrame, words: LineWords) -> Drawing:
    groups, series = (list(dict.fromkeys(table[name])) for name in ("group", "series"))
    names = {name: wrap(str(name), TEXT, NAMES) for name in groups}
    tall = {name: max(len(series) * ROW, height(names[name], TEXT)) for name in groups}
    drawing, body = page(
        words.title, words.subtitle, words.source, YEARS + sum(tall.values()) + APART * len(groups)
    )
    ticks = value_ticks(0.0, float(table["high"].max()), percent=False)
    left = max(width(line, TEXT) for lines in names.values() for line in lines) + LEAD
    start, end = body.left + left, _end(table, groups[0], body.left + left, body.right, ticks[-1])
    scale = Scale(Box(start, body.bottom + YEARS, end, body.top), 0.0, ticks[-1], 0.0, 1.0)
    axes = _axes(drawing, scale, ticks)
    top, lanes = body.top - APART / 2, dict[int, tuple[float, float]]()
    for name in groups:
        write(
            drawing, names[name], body.left, top - (tall[name] - height(names[name], TEXT)) / 2, TEXT, HISTORY
        )
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
    beside = [width(_told(row, named=row["group"] == first), TEXT) + LEAD for row in table.to_dict("records")]
    tips = [
        left + (right - left - room) / (high / most) for room, high in zip(beside, table["high"], strict=True)
    ]
    return min(*tips, right - width(numbers([most], percent=True)[0], TEXT) / 2)


def _told(row: dict[Any, Any], *, named: bool) -> str:
    """A figure, and the name of its series where that is asked for."""
    return number(float(row["value"]), percent=True) + (f"  {row['series']}" if named else "")


def _axes(drawing: "Figure", scale: Scale, ticks: list[float]) -> "Axes":
    box, across, tall = scale.box, *(72 * inches for inches in drawing.get_size_inches())
    axes = drawing.add_axes(
        (box.left / across, box.bottom / tall, (box.right - box.left) / across, (box.top - box.bottom) / tall)
    )
    axes.set(xlim=(0.0, ticks[-1]), ylim=(box.bottom, box.top))
    axes.set_xticks(ticks, numbers(ticks, percent=True))
    axes.set_yticks([])
    axes.grid(axis="x")
    axes.tick_params(axis="x", length=0, pad=4)
    return axes


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
    write(
        drawing,
        [_told(row, named=named)],
        scale.x(float(row["high"])) + LEAD,
        at + TEXT * 0.68,
        TEXT,
        INKS.get(colour, colour),
    )
