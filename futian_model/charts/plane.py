"""A share against a level: lines that trade one for the other, and goals on both at once."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.coverage import STYLES
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.fan_figure import name_ends
from futian_model.charts.lines import LineWords, checked, draw_lines, line_ends
from futian_model.charts.page import GAP, YEARS, draw_axes, numbers, page, value_ticks
from futian_model.charts.place import Ground
from futian_model.charts.tables import filled
from futian_model.charts.text import Box, width, wrap
from futian_model.charts.theme import HISTORY, SMALL, TEXT
from futian_model.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

BODY, LEAD, ROOM, MET = 225.0, 16.0, 0.32, "#EEF3F0"
"""Height of the ground; room before the names; width a label may take; where both goals are met."""


def plane(table: pd.DataFrame, *, words: LineWords, marks: pd.DataFrame) -> Chart:
    """Draw levels (upward) over a share (across, as per cent), with two floors that meet at a goal.

    Parameters
    ----------
    table : DataFrame
        Columns series, at (a fraction) and value (a level); series stand in order of appearance, six at
        most. Neither axis starts at zero: what counts is the place.
    words : LineWords
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
    given = filled("plane", checked("plane", table, ["series", "at", "value"]))
    named = filled("marks", checked("marks", marks, ["label", "at", "value"]))
    if given["series"].nunique() > len(STYLES):
        raise InputError("plane.series", given["series"].nunique(), f"at most {len(STYLES)} series")
    drawn = pd.concat([given, named.rename(columns={"label": "series"})], ignore_index=True)
    draw = partial(_figure, given, words, named)
    return charted(draw, drawn, words, "plane", names={"at": words.across})


def _figure(table: pd.DataFrame, words: LineWords, marks: pd.DataFrame) -> Drawing:
    drawing, body = page(words.title, words.subtitle, words.source, BODY)
    ends = line_ends(table)
    levels, shares = (pd.concat([table[name], marks[name]]) for name in ("value", "at"))
    ticks = value_ticks(float(levels.min()), float(levels.max()), percent=True)
    left = max(width(text, SMALL) for text in numbers(ticks, percent=False)) + GAP
    right = max(width(line, end.size) for end in ends for line in end.lines)
    ground = Box(body.left + left, body.bottom + YEARS, body.right - right - LEAD, body.top)
    scale = Scale(ground, float(shares.min()), float(shares.max()), ticks[0], ticks[-1])
    axes = draw_axes(drawing, scale, ticks, percent=False, yearly=False)
    across = [
        tick
        for tick in value_ticks(scale.first, scale.last, percent=True)
        if scale.first - 1e-12 <= tick <= scale.last + 1e-12
    ]
    axes.set_xticks(across, numbers(across, percent=True))
    _paint(axes, scale, table, marks)
    name_ends(drawing, scale, ends)
    _name_marks(drawing, scale, table, marks)
    return Drawing(drawing, [Panel(scale, "at")])


def _paint(axes: "Axes", scale: Scale, table: pd.DataFrame, marks: pd.DataFrame) -> None:
    goal = marks.iloc[0]
    axes.fill_between([goal["at"], scale.last], goal["value"], scale.high, color=MET, linewidth=0)
    axes.vlines(goal["at"], scale.low, scale.high, color=HISTORY, linewidth=0.7, linestyle=(0, (1, 2)))
    axes.hlines(goal["value"], scale.first, scale.last, color=HISTORY, linewidth=0.7, linestyle=(0, (1, 2)))
    draw_lines(axes, table, marks)


def _name_marks(drawing: "Figure", scale: Scale, table: pd.DataFrame, marks: pd.DataFrame) -> None:
    """Each mark named on ground that lines and floors leave free."""
    ground, goal = Ground(scale.box), marks.iloc[0]
    for _, line in table.groupby("series", sort=False):
        ground.add_line(
            [(scale.x(at), scale.y(value)) for at, value in zip(line["at"], line["value"], strict=True)]
        )
    floor, wall = scale.y(goal["value"]), scale.x(goal["at"])
    ground.add_line([(scale.box.left, floor), (scale.box.right, floor)], apart=12)
    ground.add_line([(wall, scale.box.bottom), (wall, scale.box.top)], apart=12)
    points = [(scale.x(at), scale.y(value)) for at, value in zip(marks["at"], marks["value"], strict=True)]
    for point in points:
        ground.add_mark(point)
    room = (scale.box.right - scale.box.left) * ROOM
    # the goal last: it stands where its floors cross, and its name may stand further off
    for point, label in reversed(list(zip(points, marks["label"], strict=True))):
        ground.label(drawing, wrap(str(label), TEXT, room), [point], TEXT, HISTORY)
