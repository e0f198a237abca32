"""Coverage by horizon: how often outcomes fell inside a band, one line a method."""

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.fan_figure import NAMES, End, name_ends
from futian_model.charts.page import GAP, YEARS, draw_axes, numbers, page
from futian_model.charts.tables import filled
from futian_model.charts.text import Box, width, wrap
from futian_model.charts.theme import BASELINE, GREEN, HISTORY, ORANGE, PURPLE, SCENARIO, SMALL, TEXT, TINTS
from futian_model.errors import InputError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BODY, LEAD = 210.0, 16.0
TICKS = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
Dash = str | tuple[float, ...]
STYLES: tuple[tuple[str, Dash, str], ...] = (
    (SCENARIO, "", "o"),
    (ORANGE, (5, 2), "s"),
    (GREEN, (6, 1.5, 1.5, 1.5), "^"),
    (BASELINE, (1, 1.5), "D"),
    (PURPLE, (3, 1.5), "v"),
    (HISTORY, (8, 1.5, 1.5, 1.5, 1.5, 1.5), "X"),
)
"""Colour, dash and marker of each line in turn: any one of them tells the lines apart."""


@dataclass(frozen=True)
class CoverageWords:
    """The words on a coverage chart; the lines' names come with the table.

    Attributes
    ----------
    title, subtitle, source : str
        The finding; what is shown and along which axis; where it comes from.
    nominal : str
        Name of the line that a band of the stated size should follow.
    alt : str
        What the picture shows.
    """

    title: str
    subtitle: str
    source: str
    nominal: str
    alt: str


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
    wanted = ["series", "horizon", "value", "low", "high"]
    if not set(wanted) <= set(table.columns):
        raise InputError("coverage", ", ".join(map(str, table.columns)), "the columns " + ", ".join(wanted))
    given = filled("coverage", table[wanted]).reset_index(drop=True)
    if given["series"].nunique() > len(STYLES):
        raise InputError("coverage.series", given["series"].nunique(), f"at most {len(STYLES)} series")
    draw = partial(_figure, given, words, nominal)
    return charted(draw, given, words, "coverage", percent=True)


def _figure(table: pd.DataFrame, words: CoverageWords, nominal: float) -> Drawing:
    drawing, body = page(words.title, words.subtitle, words.source, BODY)
    ends = _ends(table, words, nominal)
    left = max(width(text, SMALL) for text in numbers(TICKS, percent=True)) + GAP
    right = max(width(line, end.size) for end in ends for line in end.lines)
    ground = Box(body.left + left, body.bottom + YEARS, body.right - right - LEAD, body.top)
    first, last = float(table["horizon"].min()), float(table["horizon"].max())
    scale = Scale(ground, first, last if last > first else first + 1, TICKS[0], TICKS[-1])
    axes = draw_axes(drawing, scale, TICKS, percent=True, yearly=False)
    horizons = sorted(int(horizon) for horizon in table["horizon"].unique())
    axes.set_xticks(horizons, [str(horizon) for horizon in horizons])
    _paint(axes, table, nominal)
    name_ends(drawing, scale, ends)
    return Drawing(drawing, [Panel(scale, "horizon")])


def _paint(axes: "Axes", table: pd.DataFrame, nominal: float) -> None:
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


def _ends(table: pd.DataFrame, words: CoverageWords, nominal: float) -> list[End]:
    """Names at the right: each line at its last horizon, and the nominal share."""
    last = float(table["horizon"].max())
    ends = [End(last, nominal, wrap(words.nominal, TEXT, NAMES), TEXT, HISTORY, HISTORY)]
    for (name, rows), (colour, _, _) in zip(table.groupby("series", sort=False), STYLES, strict=False):
        end = rows.sort_values("horizon").iloc[-1]
        lines = wrap(str(name), TEXT, NAMES)
        ends.append(End(float(end["horizon"]), float(end["value"]), lines, TEXT, colour, colour))
    return sorted(ends, key=lambda end: -end.value)
