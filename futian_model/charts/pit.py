"""Where outcomes fell in their forecast distributions: a histogram a horizon."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.page import GAP, MARGIN, WIDTH, YEARS, draw_axes, numbers, page, value_ticks
from futian_model.charts.tables import columns_of, filled
from futian_model.charts.text import Box, height, width, wrap, write
from futian_model.charts.theme import FAINT, HISTORY, SCENARIO, SMALL, TEXT, TINTS
from futian_model.charts.words import ChartWords

if TYPE_CHECKING:
    from matplotlib.figure import Figure

# Heights of a plot and of the gap under its name; space between panels; half of the last axis label.
PLOT, HEAD, BETWEEN, OVERHANG = 82.0, 8.0, 12.0, 9.0
COLUMNS = 2


def histograms(table: pd.DataFrame, *, words: ChartWords) -> Chart:
    """Draw how outcomes spread over the parts of their forecast distributions.

    A forecast that states its doubt rightly has as many outcomes in every part: all bars reach the
    dashed line, and stay in the grey strip as far as chance goes.

    Parameters
    ----------
    table : DataFrame
        Columns panel, part (counted from 0), share (a fraction), low and high: how far chance alone
        moves a share, the same in all rows of a panel. Panels stand in order of appearance.
    words : ChartWords

    Returns
    -------
    Chart
        Its table is the one given.

    Raises
    ------
    InputError
        The table lacks a column or has no row.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    bars = filled("histograms", columns_of("histograms", table, ["panel", "part", "share", "low", "high"]))
    return charted(partial(_figure, bars, words), bars, words, "pit", percent=True)


def _figure(table: pd.DataFrame, words: ChartWords) -> Drawing:
    names = [str(name) for name in table["panel"].unique()]
    ticks = value_ticks(0.0, float(max(table["share"].max(), table["high"].max())), percent=True, most=4)
    left = max(width(text, SMALL) for text in numbers(ticks, percent=True)) + GAP
    across = (WIDTH - 2 * MARGIN - left - OVERHANG - (COLUMNS - 1) * 2 * BETWEEN) / COLUMNS
    heads = [wrap(name, TEXT, across) for name in names]
    rows = -(-len(names) // COLUMNS)
    tall = max(height(head, TEXT) for head in heads) + HEAD + PLOT + YEARS + BETWEEN
    drawing, body = page(words, rows * tall - BETWEEN)
    panels = []
    for at, (name, head) in enumerate(zip(names, heads, strict=True)):
        start = body.left + left + (at % COLUMNS) * (across + 2 * BETWEEN)
        ceiling = body.top - (at // COLUMNS) * tall
        write(drawing, head, start, ceiling, TEXT, HISTORY)
        floor = ceiling - tall + YEARS + BETWEEN
        box = Box(start, floor, start + across, floor + PLOT)
        panels.append(Panel(Scale(box, 0.0, 1.0, ticks[0], ticks[-1]), "part", name))
        rows_of = table[table["panel"] == name]
        _panel(drawing, panels[-1].scale, ticks, rows_of, numbered=at % COLUMNS == 0)
    return Drawing(drawing, panels)


def _panel(
    drawing: "Figure", scale: Scale, ticks: Sequence[float], rows: pd.DataFrame, *, numbered: bool
) -> None:
    import seaborn

    parts = len(rows)
    axes = draw_axes(drawing, scale, ticks, percent=True, yearly=False, numbered=numbered)
    axes.axhspan(rows["low"].iloc[0], rows["high"].iloc[0], color=FAINT, linewidth=0, zorder=0.5)
    seaborn.histplot(
        x=(rows["part"].to_numpy(float) + 0.5) / parts,
        weights=rows["share"].to_numpy(float),
        bins=parts,
        binrange=(0.0, 1.0),
        color=TINTS[0.5],
        edgecolor=SCENARIO,
        linewidth=0.6,
        alpha=0.75,
        ax=axes,
    )
    axes.axhline(1 / parts, color=HISTORY, linestyle="--", linewidth=0.9)
    axes.set(xlabel="", ylabel="", xlim=(0.0, 1.0), ylim=(scale.low, scale.high))
    axes.set_xticks([0.0, 0.5, 1.0], ["0", "50%", "100%"])
