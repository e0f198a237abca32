"""Lines over a quantity that is not a year: one rate over another, or a level over a share."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.ends import ground_beside, line_ends, name_ends
from futian_model.charts.page import draw_axes, numbers, open_points, page, value_ticks
from futian_model.charts.place import Ground, Point
from futian_model.charts.tables import columns_of, filled, series_of
from futian_model.charts.text import Axes, Figure, wrap
from futian_model.charts.theme import HISTORY, STYLES, TEXT, TINTS
from futian_model.charts.words import ChartWords

POINTS = ("series", "at", "value")
MARKS = ("label", "at", "value")
MET = "#EEF3F0"
"""Filling of the ground on which both floors of a goal are met."""


class Plot(NamedTuple):
    """How a chart of lines is laid out.

    Attributes
    ----------
    body : float
        Height of its ground, in points.
    room : float
        Part of the width that a mark's name may take.
    percent : bool
        Whether values, upward, are shares.
    floors : bool
        Whether the first mark is a goal with a floor along either axis.
    reach : tuple of float
        Values that the axis upward holds besides those drawn.
    """

    body: float
    room: float
    percent: bool
    floors: bool
    reach: tuple[float, ...] = ()


RATES = Plot(200.0, 0.55, percent=True, floors=False)


def lines(
    table: pd.DataFrame,
    *,
    words: ChartWords,
    marks: pd.DataFrame,
    band: pd.DataFrame | None = None,
    reach: Sequence[float] = (),
) -> Chart:
    """Draw lines of one rate over another, both shown as per cent.

    Parameters
    ----------
    table : DataFrame
        Columns series, at and value (fractions); series stand in order of appearance, six at most.
    words : ChartWords
    marks : DataFrame
        Points to name: columns label, at, value. The first is a diamond, the others circles.
    band : DataFrame, optional
        Its two edges over the same places, which a filling lies between: columns series, at, value.
    reach : sequence of float
        Values that the axis upward holds besides those drawn.

    Returns
    -------
    Chart
        Its table is the one given, with band and marks below: columns series, at, value.

    Raises
    ------
    InputError
        A table lacks a column, or there is no line or more than there are styles.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    checked, points = series_of("lines", table, POINTS), columns_of("marks", marks, MARKS)
    edges = None if band is None else columns_of("band", band, POINTS)
    return plotted("lines", checked, words, points, RATES._replace(reach=tuple(reach)), edges)


def plotted(
    kind: str,
    table: pd.DataFrame,
    words: ChartWords,
    marks: pd.DataFrame,
    plot: Plot,
    band: pd.DataFrame | None = None,
) -> Chart:
    """A chart of checked lines and marks."""
    rows = pd.concat([table, band, marks.rename(columns={"label": "series"})], ignore_index=True)
    draw = partial(_figure, table, words, marks, plot, band)
    return charted(draw, rows, words, kind, percent=plot.percent, names={"at": words.across})


def _figure(
    table: pd.DataFrame, words: ChartWords, marks: pd.DataFrame, plot: Plot, band: pd.DataFrame | None
) -> Drawing:
    drawing, body = page(words, plot.body)
    ends = line_ends(table, "at")
    points = pd.concat([table, marks, band])
    across = (points if plot.floors else table)["at"]
    values = [*points["value"], *plot.reach]
    ticks = value_ticks(float(min(values)), float(max(values)), percent=True)
    ground = ground_beside(body, ticks, ends, percent=plot.percent)
    scale = Scale(ground, float(across.min()), float(across.max()), ticks[0], ticks[-1])
    axes = draw_axes(drawing, scale, ticks, percent=plot.percent, yearly=False)
    below = [
        tick
        for tick in value_ticks(scale.first, scale.last, percent=True)
        if scale.first - 1e-12 <= tick <= scale.last + 1e-12
    ]
    axes.set_xticks(below, numbers(below, percent=True))
    if plot.floors:
        _draw_floors(axes, scale, marks.iloc[0])
    if band is not None:
        low, high = (edge for _, edge in band.groupby("series", sort=False))
        axes.fill_between(low["at"], low["value"], high["value"], color=TINTS[0.8], linewidth=0)
    _draw_lines(axes, table, marks)
    name_ends(drawing, scale, ends)
    _name_marks(drawing, scale, table, marks, plot)
    return Drawing(drawing, [Panel(scale, "at")])


def _draw_floors(axes: Axes, scale: Scale, goal: "pd.Series[float]") -> None:
    axes.fill_between([goal["at"], scale.last], goal["value"], scale.high, color=MET, linewidth=0)
    axes.vlines(goal["at"], scale.low, scale.high, color=HISTORY, linewidth=0.7, linestyle=(0, (1, 2)))
    axes.hlines(goal["value"], scale.first, scale.last, color=HISTORY, linewidth=0.7, linestyle=(0, (1, 2)))


def _draw_lines(axes: Axes, table: pd.DataFrame, marks: pd.DataFrame) -> None:
    """Each line in its style; the first mark a diamond, the others dots."""
    for (_, line), (colour, dash, _) in zip(table.groupby("series", sort=False), STYLES, strict=False):
        axes.plot(line["at"], line["value"], color=colour, linestyle=(0, dash) if dash else "-")
    points = marks.rename(columns={"at": "year"})
    open_points(axes, points.iloc[:1], "D", 5.6)
    open_points(axes, points.iloc[1:], "o", 4.8)


def _name_marks(drawing: Figure, scale: Scale, table: pd.DataFrame, marks: pd.DataFrame, plot: Plot) -> None:
    """Each mark named on ground that lines and floors leave free."""
    ground = Ground(scale.box)
    for _, line in table.groupby("series", sort=False):
        ground.add_line(_points(scale, line))
    points = _points(scale, marks)
    named = list(zip(points, marks["label"], strict=True))
    if plot.floors:
        wall, floor = points[0]
        ground.add_line([(scale.box.left, floor), (scale.box.right, floor)], apart=12)
        ground.add_line([(wall, scale.box.bottom), (wall, scale.box.top)], apart=12)
        named.reverse()  # the goal last: it stands where its floors cross, and its name may stand further off
    for point in points:
        ground.add_mark(point)
    room = (scale.box.right - scale.box.left) * plot.room
    for point, label in named:
        ground.label(drawing, wrap(str(label), TEXT, room), [point], TEXT, HISTORY)


def _points(scale: Scale, table: pd.DataFrame) -> list[Point]:
    return [(scale.x(at), scale.y(value)) for at, value in zip(table["at"], table["value"], strict=True)]


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
