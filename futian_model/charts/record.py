"""The record of forecasts: how often outcomes fell inside a band, and where in their distributions."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.ends import ground_beside, line_end, line_ends, name_ends
from futian_model.charts.page import GAP, MARGIN, WIDTH, YEARS, draw_axes, numbers, page, value_ticks
from futian_model.charts.tables import columns_of, filled, series_of
from futian_model.charts.text import Axes, Box, Figure, height, width, wrap, write
from futian_model.charts.theme import FAINT, HISTORY, SCENARIO, SMALL, STYLES, TEXT, TINTS
from futian_model.charts.words import ChartWords

BODY = 210.0
TICKS = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]


@dataclass(frozen=True, kw_only=True)
class CoverageWords(ChartWords):
    """The words on a coverage chart; `nominal` names the line that the band should follow."""

    nominal: str


def coverage(table: pd.DataFrame, *, words: CoverageWords, nominal: float) -> Chart:
    """Draw the share of outcomes inside a band against the horizon.

    Parameters
    ----------
    table : DataFrame
        Columns series, horizon (years), value (a fraction), low and high: ends of its confidence
        interval, drawn for the first series. Series stand in order of appearance, six at most.
    words : CoverageWords
    nominal : float
        Share that the band promises.

    Returns
    -------
    Chart
        Its table is the one given.

    Raises
    ------
    InputError
        The table lacks a column, has no row or holds more series than there are styles.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    rows = series_of("coverage", table, ["series", "horizon", "value", "low", "high"])
    return charted(partial(_coverage, rows, words, nominal), rows, words, "coverage", percent=True)


def _coverage(table: pd.DataFrame, words: CoverageWords, nominal: float) -> Drawing:
    drawing, body = page(words, BODY)
    first, last = float(table["horizon"].min()), float(table["horizon"].max())
    ends = [line_end(last, nominal, words.nominal, HISTORY), *line_ends(table, "horizon")]
    ends.sort(key=lambda end: -end.value)
    ground = ground_beside(body, TICKS, ends, percent=True)
    scale = Scale(ground, first, last if last > first else first + 1, TICKS[0], TICKS[-1])
    axes = draw_axes(drawing, scale, TICKS, percent=True, yearly=False)
    horizons = sorted(int(horizon) for horizon in table["horizon"].unique())
    axes.set_xticks(horizons, [str(horizon) for horizon in horizons])
    _paint(axes, table, nominal)
    name_ends(drawing, scale, ends)
    return Drawing(drawing, [Panel(scale, "horizon")])


def _paint(axes: Axes, table: pd.DataFrame, nominal: float) -> None:
    import seaborn

    names = list(table["series"].unique())
    own = table[table["series"] == names[0]]
    axes.fill_between(own["horizon"], own["low"], own["high"], color=TINTS[0.9], linewidth=0)
    axes.axhline(nominal, color=HISTORY, linewidth=0.9)
    styles = dict(zip(names, STYLES, strict=False))
    seaborn.lineplot(
        table,
        x="horizon",
        y="value",
        hue="series",
        style="series",
        hue_order=names,
        style_order=names,
        palette={name: style[0] for name, style in styles.items()},
        dashes={name: style[1] for name, style in styles.items()},
        markers={name: style[2] for name, style in styles.items()},
        markersize=4,
        errorbar=None,
        legend=False,
        clip_on=False,
        ax=axes,
    )
    axes.set(xlabel="", ylabel="")


# Heights of a plot and of the gap under its name; space between panels; half of the last axis label.
PLOT, HEAD, BETWEEN, OVERHANG = 82.0, 8.0, 12.0, 9.0
ACROSS = 2


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
    return charted(partial(_histograms, bars, words), bars, words, "pit", percent=True)


def _histograms(table: pd.DataFrame, words: ChartWords) -> Drawing:
    names = [str(name) for name in table["panel"].unique()]
    ticks = value_ticks(0.0, float(max(table["share"].max(), table["high"].max())), percent=True, most=4)
    left = max(width(text, SMALL) for text in numbers(ticks, percent=True)) + GAP
    across = (WIDTH - 2 * MARGIN - left - OVERHANG - (ACROSS - 1) * 2 * BETWEEN) / ACROSS
    heads = [wrap(name, TEXT, across) for name in names]
    rows = -(-len(names) // ACROSS)
    tall = max(height(head, TEXT) for head in heads) + HEAD + PLOT + YEARS + BETWEEN
    drawing, body = page(words, rows * tall - BETWEEN)
    panels = []
    for at, (name, head) in enumerate(zip(names, heads, strict=True)):
        start = body.left + left + (at % ACROSS) * (across + 2 * BETWEEN)
        ceiling = body.top - (at // ACROSS) * tall
        write(drawing, head, start, ceiling, TEXT, HISTORY)
        floor = ceiling - tall + YEARS + BETWEEN
        box = Box(start, floor, start + across, floor + PLOT)
        panels.append(Panel(Scale(box, 0.0, 1.0, ticks[0], ticks[-1]), "part", name))
        rows_of = table[table["panel"] == name]
        _panel(drawing, panels[-1].scale, ticks, rows_of, numbered=at % ACROSS == 0)
    return Drawing(drawing, panels)


def _panel(
    drawing: Figure, scale: Scale, ticks: Sequence[float], rows: pd.DataFrame, *, numbered: bool
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
