"""From one level to another, step by step: what each part adds or takes away."""

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.page import (
    MARGIN,
    WIDTH,
    YEARS,
    draw_row_axes,
    page,
    ticks_across,
    value_ticks,
    write_beside,
)
from futian_model.charts.place import connect
from futian_model.charts.tables import columns_of, filled
from futian_model.charts.text import Box, height, width, wrap, write
from futian_model.charts.theme import BASELINE, HISTORY, MUTED, ORANGE, SCENARIO, TEXT
from futian_model.charts.words import ChartWords
from futian_model.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NAMES, GAP, BETWEEN, BAR, MOST_TICKS = 0.36, 9.0, 8.0, 10.0, 3
LEAST = 0.1
"""Part of the width that names may take; room beside the ground, between rows; height of a bar; ticks;
the least that the axis spans, as a part of the highest level."""
UP, DOWN = SCENARIO, ORANGE
COLUMNS = ["name", "value", "label"]


def waterfall(table: pd.DataFrame, *, words: ChartWords, percent: bool = False) -> Chart:
    """Draw a level, what changes it one after the other, and the level it leads to.

    What adds is a filled bar, what takes away a hollow one: with the sign in its label, three ways to
    tell them apart. Levels are dots, since the axis need not start at zero; bars have their true length.

    Parameters
    ----------
    table : DataFrame
        Columns name, value and label (printed beside the row): the first row is the level it starts
        from, the last the level it ends at, those between are changes that lead from one to the other.
    words : ChartWords
    percent : bool
        The values are fractions, shown as per cent.

    Returns
    -------
    Chart
        Its table has a row a row drawn: name, value, label, and where its bar runs from and to.

    Raises
    ------
    InputError
        A column is absent, there is no change, or the changes do not lead from the first level to the
        last.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    rows = filled("waterfall", columns_of("waterfall", table, COLUMNS))
    if len(rows) < 3:
        raise InputError("waterfall", f"{len(rows)} rows", "two levels, and a change between them at least")
    values = rows["value"].astype(float)
    reached = values.iloc[:-1].cumsum()
    if abs(reached.iloc[-1] - values.iloc[-1]) > 1e-9 * values.abs().max():
        raise InputError("waterfall.value", reached.iloc[-1], f"changes that lead to {values.iloc[-1]}")
    ends = [values.iloc[0], *reached.iloc[1:], values.iloc[-1]]
    starts = [values.iloc[0], *reached.iloc[:-1], values.iloc[-1]]
    drawn = rows.assign(**{"from": starts, "to": ends})
    return charted(partial(_figure, drawn, words, percent), drawn, words, "waterfall", percent=percent)


def _figure(table: pd.DataFrame, words: ChartWords, percent: bool) -> Drawing:
    names = [wrap(str(name), TEXT, NAMES * (WIDTH - 2 * MARGIN)) for name in table["name"]]
    tall = [height(lines, TEXT) + BETWEEN for lines in names]
    drawing, body = page(words, sum(tall) + YEARS)
    scale, ticks = _scale(table, names, body)
    axes = draw_row_axes(drawing, scale, ticks_across(scale, ticks, percent=percent), percent=percent)
    middles, rows, top = list[float](), list[tuple[float, float]](), scale.box.top
    for at, lines in enumerate(names):
        middles.append(top - tall[at] / 2)
        colour = HISTORY if at in (0, len(names) - 1) else MUTED
        write(drawing, lines, body.left, middles[at] + height(lines, TEXT) / 2, TEXT, colour)
        write_beside(drawing, str(table["label"].iloc[at]), body.right, middles[at], _colour(table, at))
        rows.append((top - tall[at], top))
        top -= tall[at]
    _bars(drawing, axes, scale, table, middles)
    return Drawing(drawing, [Panel(scale, "value", rows=rows)])


def _scale(table: pd.DataFrame, names: list[list[str]], body: Box) -> tuple[Scale, list[float]]:
    """The ground between names and labels; its vertical scale is the page's own."""
    left = max(width(line, TEXT) for lines in names for line in lines) + GAP
    right = max(width(str(label), TEXT) for label in table["label"]) + GAP
    ground = Box(body.left + left, body.bottom + YEARS, body.right - right, body.top)
    places = pd.concat([table["from"], table["to"]])
    # an axis from zero would leave no room for the changes: levels are dots, not bars
    low, high = float(places.min()), float(places.max())
    # a small change shall look small
    more = max(LEAST * max(abs(low), abs(high)) - (high - low), 0.0) / 2
    ticks = value_ticks(low - more, high + more, percent=True, most=MOST_TICKS)
    return Scale(ground, ticks[0], ticks[-1], ground.bottom, ground.top), ticks


def _colour(table: pd.DataFrame, at: int) -> str:
    """Black for a level; a colour for what adds, another for what takes away."""
    if at in (0, len(table) - 1):
        return HISTORY
    return UP if float(table["value"].iloc[at]) >= 0 else DOWN


def _bars(drawing: "Figure", axes: "Axes", scale: Scale, table: pd.DataFrame, middles: list[float]) -> None:
    """Dots for the levels, bars for the changes, and hair lines that hand one on to the next."""
    last = len(table) - 1
    for at, middle in enumerate(middles):
        start, end = (scale.x(float(table[name].iloc[at])) for name in ("from", "to"))
        if at < last:
            connect(drawing, (end, middle - BAR / 2), (end, middles[at + 1] + BAR / 2), BASELINE, 0.7)
        if at in (0, last):
            axes.plot(
                [float(table["to"].iloc[at])],
                [middle],
                marker="o",
                markersize=6,
                color=HISTORY,
                linestyle="none",
                clip_on=False,
                zorder=4,
            )
            continue
        colour = _colour(table, at)
        axes.barh(
            [middle],
            [float(table["value"].iloc[at])],
            left=[float(table["from"].iloc[at])],
            height=BAR,
            edgecolor=colour,
            facecolor=colour if end >= start else "white",
            linewidth=1.1,
            zorder=3,
            clip_on=False,
        )
