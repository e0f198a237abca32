"""Draw small multiples."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from futian_model.charts.page import (
    GAP,
    MARGIN,
    WIDTH,
    YEARS,
    Scale,
    draw_axes,
    mark_goals,
    number,
    numbers,
    page,
    value_ticks,
)
from futian_model.charts.place import Ground
from futian_model.charts.text import Box, height, width, wrap, write
from futian_model.charts.theme import FAINT, HISTORY, SCENARIO, SMALL, TEXT, TINTS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Heights of a plot and of the gap under its name; the space between panels; that before an end value.
PLOT, HEAD, BETWEEN, END = 82.0, 8.0, 10.0, 7.0


@dataclass(frozen=True)
class PanelData:
    """What all panels share: paths, goals, how numbers read, and the axes they stand on."""

    paths: pd.DataFrame
    order: Sequence[str]
    goals: pd.DataFrame
    percent: bool

    def ticks(self) -> list[float]:
        """Numbers on the common vertical axis."""
        values = pd.concat([self.paths.central, self.paths.p10, self.paths.p90, self.goals.value])
        return value_ticks(float(values.min()), float(values.max()), percent=self.percent, most=3)

    def span(self) -> tuple[float, float]:
        """First and last year."""
        years = pd.concat([self.paths.year, self.goals.year])
        first, last = float(years.min()), float(years.max())
        return first, last if last > first else first + 1

    def end(self, name: str) -> str:
        """The value a panel's path ends at, as printed."""
        return number(float(self.paths.central[self.paths.panel == name].iloc[-1]), percent=self.percent)


def figure(data: PanelData, header: tuple[str, str, str], columns: int) -> "Figure":
    """The panels before they become a file."""
    ticks = data.ticks()
    left = max(width(text, SMALL) for text in numbers(ticks, percent=data.percent)) + GAP
    right = max(width(data.end(name), TEXT) for name in data.order) + END
    across = (WIDTH - 2 * MARGIN - left - (columns - 1) * BETWEEN) / columns
    names = [wrap(name, TEXT, across - BETWEEN) for name in data.order]
    rows = [names[start : start + columns] for start in range(0, len(names), columns)]
    heads = [max(height(name, TEXT) for name in row) for row in rows]
    drawing, body = page(*header, sum(heads) + len(rows) * (HEAD + PLOT + YEARS + BETWEEN) - BETWEEN)
    top = body.top
    for row, head in enumerate(heads):
        floor = top - head - HEAD - PLOT
        for column, lines in enumerate(rows[row]):
            start = body.left + left + column * (across + BETWEEN)
            write(drawing, lines, start if column else body.left, top, TEXT, HISTORY)
            scale = Scale(
                Box(start, floor, start + across - right, floor + PLOT), *data.span(), ticks[0], ticks[-1]
            )
            _panel(drawing, scale, ticks, data, data.order[row * columns + column], numbered=column == 0)
        top = floor - YEARS - BETWEEN
    return drawing


def _panel(
    drawing: "Figure", scale: Scale, ticks: Sequence[float], data: PanelData, name: str, *, numbered: bool
) -> None:
    goals = data.goals[data.goals.panel == name]
    axes = draw_axes(drawing, scale, ticks, percent=data.percent)
    # One column of numbers serves the whole row.
    axes.tick_params(axis="y", labelleft=numbered)
    axes.tick_params(axis="x", length=0, pad=7)
    _paint(axes, data.paths, name)
    mark_goals(axes, goals)
    _name(drawing, scale, data.paths[data.paths.panel == name], goals, data.end(name))


def _paint(axes: "Axes", paths: pd.DataFrame, name: str) -> None:
    for other, path in paths.groupby("panel", sort=False):
        if other != name:
            axes.plot(path.year, path.central, color=FAINT, linewidth=0.7)
    own = paths[paths.panel == name]
    axes.fill_between(own.year, own.p10, own.p90, color=TINTS[0.8], linewidth=0)
    axes.plot(own.year, own.central, color=SCENARIO)


def _name(drawing: "Figure", scale: Scale, own: pd.DataFrame, goals: pd.DataFrame, value: str) -> None:
    ends = scale.y(float(own.central.iloc[-1]))
    tall = height([value], TEXT)
    top = min(max(ends + tall / 2, scale.box.bottom + tall), scale.box.top + tall / 2)
    write(drawing, [value], scale.x(float(own.year.iloc[-1])) + END, top, TEXT, SCENARIO)
    ground = Ground(scale.box)
    ground.add_line([(scale.x(year), scale.y(at)) for year, at in zip(own.year, own.central, strict=True)])
    marks = [(scale.x(year), scale.y(at)) for year, at in zip(goals.year, goals.value, strict=True)]
    for mark in marks:
        ground.add_mark(mark)
    room = (scale.box.right - scale.box.left) * 0.7
    for mark, label in zip(marks, goals.label, strict=True):
        ground.label(drawing, wrap(str(label), SMALL, room), [mark], SMALL, HISTORY)
