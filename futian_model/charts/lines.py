"""Lines over a quantity that is not a year: what one rate asks of another, and where two lines cross."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.coverage import STYLES
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.fan_figure import NAMES, End, name_ends
from futian_model.charts.page import GAP, YEARS, draw_axes, numbers, open_points, page, value_ticks
from futian_model.charts.place import Ground
from futian_model.charts.tables import filled
from futian_model.charts.text import Box, width, wrap
from futian_model.charts.theme import HISTORY, SMALL, TEXT
from futian_model.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BODY, LEAD, ROOM = 200.0, 16.0, 0.55
"""Height of the ground; room before the names; the part of the width a label may take."""


@dataclass(frozen=True)
class LineWords:
    """The words on a chart of lines; the lines' names come with the table, the marks' with the marks.

    Attributes
    ----------
    title, subtitle, source : str
        The finding; what is shown along which axis; where it comes from.
    alt : str
        What the picture shows.
    across : str
        Name of what runs from left to right; for the table behind the chart.
    """

    title: str
    subtitle: str
    source: str
    alt: str
    across: str = ""


def lines(table: pd.DataFrame, *, words: LineWords, marks: pd.DataFrame) -> Chart:
    """Draw lines of one rate over another, both shown as per cent.

    Parameters
    ----------
    table : DataFrame
        Columns series, at and value (fractions); series stand in order of appearance, six at most.
    words : LineWords
    marks : DataFrame
        Points to name: columns label, at, value. The first is a diamond, the others circles.

    Returns
    -------
    Chart
        Its table is the one given, with the marks below: columns series, at, value.

    Raises
    ------
    InputError
        A table lacks a column, or there is no line or more than there are styles.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    given = filled("lines", checked("lines", table, ["series", "at", "value"]))
    named = checked("marks", marks, ["label", "at", "value"])
    if given["series"].nunique() > len(STYLES):
        raise InputError("lines.series", given["series"].nunique(), f"at most {len(STYLES)} series")
    drawn = pd.concat([given, named.rename(columns={"label": "series"})], ignore_index=True)
    draw = partial(_figure, given, words, named)
    return charted(draw, drawn, words, "lines", percent=True, names={"at": words.across})


def checked(name: str, table: pd.DataFrame, wanted: list[str]) -> pd.DataFrame:
    """The wanted columns of a table."""
    if not set(wanted) <= set(table.columns):
        raise InputError(name, ", ".join(map(str, table.columns)), "the columns " + ", ".join(wanted))
    return table[wanted].reset_index(drop=True)


def _figure(table: pd.DataFrame, words: LineWords, marks: pd.DataFrame) -> Drawing:
    drawing, body = page(words.title, words.subtitle, words.source, BODY)
    ends = line_ends(table)
    values = pd.concat([table["value"], marks["value"]])
    ticks = value_ticks(float(values.min()), float(values.max()), percent=True)
    left = max(width(text, SMALL) for text in numbers(ticks, percent=True)) + GAP
    right = max(width(line, end.size) for end in ends for line in end.lines)
    ground = Box(body.left + left, body.bottom + YEARS, body.right - right - LEAD, body.top)
    scale = Scale(ground, float(table["at"].min()), float(table["at"].max()), ticks[0], ticks[-1])
    axes = draw_axes(drawing, scale, ticks, percent=True, yearly=False)
    across = [
        tick
        for tick in value_ticks(scale.first, scale.last, percent=True)
        if scale.first - 1e-12 <= tick <= scale.last + 1e-12
    ]
    axes.set_xticks(across, numbers(across, percent=True))
    draw_lines(axes, table, marks)
    name_ends(drawing, scale, ends)
    _name_marks(drawing, scale, table, marks)
    return Drawing(drawing, [Panel(scale, "at")])


def draw_lines(axes: "Axes", table: pd.DataFrame, marks: pd.DataFrame) -> None:
    """Each line in its style; the first mark a diamond, the others dots."""
    for (_, line), (colour, dash, _) in zip(table.groupby("series", sort=False), STYLES, strict=False):
        axes.plot(line["at"], line["value"], color=colour, linestyle=(0, dash) if dash else "-")
    points = marks.rename(columns={"at": "year"})
    open_points(axes, points.iloc[:1], "D", 5.6)
    open_points(axes, points.iloc[1:], "o", 4.8)


def line_ends(table: pd.DataFrame) -> list[End]:
    """Names at the right, each line at its last point, the highest first."""
    ends = []
    for (name, line), (colour, _, _) in zip(table.groupby("series", sort=False), STYLES, strict=False):
        last = line.sort_values("at").iloc[-1]
        told = wrap(str(name), TEXT, NAMES)
        ends.append(End(float(last["at"]), float(last["value"]), told, TEXT, colour, colour))
    return sorted(ends, key=lambda end: -end.value)


def _name_marks(drawing: "Figure", scale: Scale, table: pd.DataFrame, marks: pd.DataFrame) -> None:
    """Each mark named on ground that the lines leave free."""
    ground = Ground(scale.box)
    for _, line in table.groupby("series", sort=False):
        ground.add_line(
            [(scale.x(at), scale.y(value)) for at, value in zip(line["at"], line["value"], strict=True)]
        )
    points = [(scale.x(at), scale.y(value)) for at, value in zip(marks["at"], marks["value"], strict=True)]
    for point in points:
        ground.add_mark(point)
    room = (scale.box.right - scale.box.left) * ROOM
    for point, label in zip(points, marks["label"], strict=True):
        ground.label(drawing, wrap(str(label), TEXT, room), [point], TEXT, HISTORY)
