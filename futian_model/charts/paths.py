"""Paths of many scenarios over the years: what was published, the edge of the data, a line a scenario."""

from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.ends import End, goal_ends, ground_beside, line_end, name_ends
from futian_model.charts.page import draw_axes, mark_edge, mark_goals, open_points, page, value_ticks
from futian_model.charts.place import Ground, Point
from futian_model.charts.tables import columns_of, drawn, filled, tidy
from futian_model.charts.text import Axes, Figure, height, wrap
from futian_model.charts.theme import HISTORY, STYLES, TEXT, line_style
from futian_model.charts.words import ChartWords
from futian_model.errors import InputError

WIDE, BODY = 340.0, 170.0
"""Points across, and of the ground at the least: as many more as the names at its right need."""
MOST = len(STYLES) ** 2
"""Lines that colour and dash tell apart."""


@dataclass(frozen=True, kw_only=True)
class PathWords(ChartWords):
    """The words on a chart of paths.

    Attributes
    ----------
    before, after : str
        What lies on either side of the edge of the data.
    """

    before: str = ""
    after: str = ""


def paths(
    table: pd.DataFrame,
    *,
    words: PathWords,
    history: pd.DataFrame,
    edge: int,
    goals: pd.DataFrame | None = None,
    percent: bool = False,
    size: tuple[float, float] = (WIDE, BODY),
) -> Chart:
    """Draw a path a scenario, named at its end, from the edge of the data on.

    Parameters
    ----------
    table : DataFrame
        Columns series, year and value; series stand in order of appearance, the baseline first.
    words : PathWords
    history : DataFrame
        Columns year, value, known: what was published, a solid line; hollow where it was not known.
    edge : int
        The last year that published figures tell.
    goals : DataFrame, optional
        Columns year, value, label.
    percent : bool
        Values are fractions, shown as per cent; the axis need not start at zero.
    size : (float, float)
        Points across, and of the ground at the least.

    Returns
    -------
    Chart
        Its table has columns series, year, value, and label when there are goals; what was published is
        the series ``history`` and ``later``, the goals ``goal``.

    Raises
    ------
    InputError
        A table lacks a column or a value, or there is no line or more than can be told apart.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    rows = filled("paths", columns_of("paths", table, ("series", "year", "value")))
    if rows["series"].nunique() > MOST:
        raise InputError("paths.series", rows["series"].nunique(), f"at most {MOST} series")
    seen = tidy("history", history, ("year", "value", "known"))
    marks = tidy("goals", goals, ("year", "value", "label"))
    lines = {str(name): line for name, line in rows.groupby("series", sort=False)}
    known = seen["known"].astype(bool)
    held = drawn({"history": seen[known], "later": seen[~known], **lines, "goal": marks})
    draw = partial(_figure, lines, seen, marks, words, edge, percent, size)
    return charted(draw, held, words, "paths", percent=percent)


def _figure(
    lines: dict[str, pd.DataFrame],
    history: pd.DataFrame,
    goals: pd.DataFrame,
    words: PathWords,
    edge: int,
    percent: bool,
    size: tuple[float, float],
) -> Drawing:
    every = pd.concat([*lines.values(), history, goals])
    at_edge, before = goal_ends(goals, float(every["year"].max()))
    ends = sorted([*_ends(lines), *at_edge], key=lambda end: -end.value)
    drawing, body = page(words, max(size[1], sum(height(end.lines, end.size) for end in ends) + 12), size[0])
    ticks = value_ticks(float(every["value"].min()), float(every["value"].max()), percent=percent)
    beside = ground_beside(body, ticks, ends, percent=percent)
    scale = Scale(beside, float(every["year"].min()), float(every["year"].max()), ticks[0], ticks[-1])
    axes = draw_axes(drawing, scale, ticks, percent=percent)
    ground = Ground(scale.box)
    mark_edge(drawing, scale, ground, edge, words.before, words.after)
    _draw_lines(axes, lines)
    known = history["known"].astype(bool)
    seen, later = history[known], history[~known]
    look: dict[str, Any] = {"color": HISTORY, "linewidth": 1.8, "marker": "o", "markersize": 2.6}
    axes.plot(seen["year"], seen["value"], clip_on=False, **look)
    open_points(axes, later, "o", 4.4)
    mark_goals(axes, goals)
    name_ends(drawing, scale, ends)
    _name_goals(drawing, ground, scale, lines, history, before)
    return Drawing(drawing, [Panel(scale, "year")])


def _ends(lines: dict[str, pd.DataFrame]) -> list[End]:
    """The name of each line at its last point."""
    ends = []
    for at, (name, line) in enumerate(lines.items()):
        last = line.sort_values("year").iloc[-1]
        ends.append(line_end(last["year"], last["value"], name, line_style(at)[0]))
    return ends


def _draw_lines(axes: Axes, lines: dict[str, pd.DataFrame]) -> None:
    """The baseline, which comes first, over the others."""
    for at, line in reversed(list(enumerate(lines.values()))):
        colour, dash = line_style(at)
        thick = 1.4 if at else 2.2
        axes.plot(
            line["year"],
            line["value"],
            color=colour,
            linestyle=(0, dash) if dash else "-",
            linewidth=thick,
            marker="o" if len(line) == 1 else "",
            markersize=4,
        )


def _name_goals(
    drawing: Figure,
    ground: Ground,
    scale: Scale,
    lines: dict[str, pd.DataFrame],
    history: pd.DataFrame,
    goals: pd.DataFrame,
) -> None:
    """Each goal named on ground that the lines leave free."""
    for line in (*lines.values(), history):
        ground.add_line(_points(scale, line))
    points = _points(scale, goals)
    for point in points:
        ground.add_mark(point)
    room = (scale.box.right - scale.box.left) * 0.6
    for point, label in zip(points, goals["label"], strict=True):
        ground.label(drawing, wrap(str(label), TEXT, room), [point], TEXT, HISTORY)


def _points(scale: Scale, path: pd.DataFrame) -> list[Point]:
    return [(scale.x(at), scale.y(value)) for at, value in zip(path["year"], path["value"], strict=True)]
