"""Bars from a middle to both ends, widest first: what a result does over the range of each input."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale, page_size
from futian_model.charts.page import (
    MARGIN,
    WIDTH,
    YEARS,
    draw_row_axes,
    page,
    ticks_across,
    value_ticks,
    write_above,
)
from futian_model.charts.tables import columns_of, filled
from futian_model.charts.text import Box, height, width, wrap, write
from futian_model.charts.theme import HISTORY, MUTED, SCENARIO, SMALL, TEXT
from futian_model.charts.words import ChartWords

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = ["name", "range", "at_low", "at_high", "label_low", "label_high"]
NAMES, GAP, BETWEEN, TALL = 0.36, 6.0, 8.0, 11.0
"""Part of the width that names may take; room beside bars and names; between rows; height of a bar."""
LOW, HIGH = "white", SCENARIO
"""Filling of the bar toward the low and the high end: hollow and full, apart without colour too."""


@dataclass(frozen=True, kw_only=True)
class TornadoWords(ChartWords):
    """The words on a tornado chart.

    Attributes
    ----------
    low, high : str
        Names of the two ends of an input, told at the first row.
    central : str
        Name and value of the middle line.
    """

    low: str
    high: str
    central: str


def tornado(table: pd.DataFrame, *, words: TornadoWords, central: float, percent: bool = False) -> Chart:
    """Draw a row an input, from the result's middle to its value at either end of the input.

    Parameters
    ----------
    table : DataFrame
        Columns name, range (its ends in words), at_low and at_high (the result), label_low and label_high
        (printed beside the bars). Rows stand in the order given.
    words : TornadoWords
    central : float
        The result at the middle of every input.
    percent : bool
        Whether the axis shows fractions as per cent.

    Returns
    -------
    Chart
        Its table is the one given, with the middle.

    Raises
    ------
    InputError
        A column is absent, or there is no row.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    rows = filled("tornado", columns_of("tornado", table, COLUMNS))
    draw = partial(_figure, rows, words, central, percent)
    names = {"at_low": words.low, "at_high": words.high}
    return charted(draw, rows.assign(central=central), words, "tornado", percent=percent, names=names)


def _figure(table: pd.DataFrame, words: TornadoWords, central: float, percent: bool) -> Drawing:
    room = NAMES * (WIDTH - 2 * MARGIN)
    names = [wrap(str(name), TEXT, room) for name in table["name"]]
    under = [wrap(str(ends), SMALL, room) for ends in table["range"]]
    tall = [
        max(height(name, TEXT) + height(ends, SMALL), TALL) + BETWEEN
        for name, ends in zip(names, under, strict=True)
    ]
    key, line = height([""], SMALL), height([""], SMALL)
    drawing, body = page(words, key + line + sum(tall) + YEARS)
    ground = _ground(table, [*names, *under], body, key + line)
    values = pd.concat([table["at_low"], table["at_high"], pd.Series([central])])
    scale = _scale(ground, values, table, central)
    ticks = value_ticks(scale.first, scale.last, percent=True)
    ticks = ticks_across(scale, [at for at in ticks if scale.first <= at <= scale.last], percent=percent)
    axes = draw_row_axes(drawing, scale, ticks, percent=percent, ruled=False)
    _middle(drawing, axes, scale, words.central, central)
    top, rows = ground.top, list[tuple[float, float]]()
    for at, row in enumerate(table.to_dict("records")):
        middle = top - tall[at] / 2
        head = middle + (height(names[at], TEXT) + height(under[at], SMALL)) / 2
        foot = write(drawing, names[at], body.left, head, TEXT, HISTORY).bottom
        write(drawing, under[at], body.left, foot, SMALL, MUTED)
        _bars(drawing, axes, scale, middle, row, central)
        rows.append((top - tall[at], top))
        top -= tall[at]
    _key(drawing, body, words)
    return Drawing(drawing, [Panel(scale, "value", rows=rows)])


def _ground(table: pd.DataFrame, names: Sequence[Sequence[str]], body: Box, above: float) -> Box:
    """Space right of the names, below the key."""
    left = max(width(line, TEXT) for lines in names for line in lines) + GAP
    return Box(body.left + left, body.bottom + YEARS, body.right, body.top - above)


def _scale(ground: Box, values: "pd.Series[float]", table: pd.DataFrame, central: float) -> Scale:
    """Values across, so that every label fits beside its bar; the vertical scale is the page's own."""
    least, most = float(values.min()), float(values.max())
    if not most > least:
        least, most = central - 0.5 * abs(central) - 0.01, central + 0.5 * abs(central) + 0.01
    room = max(width(str(label), TEXT) for name in ("label_low", "label_high") for label in table[name])
    beside = (room + GAP) * (most - least) / (ground.right - ground.left - 2 * (room + GAP))
    return Scale(ground, least - beside, most + beside, ground.bottom, ground.top)


def _middle(drawing: "Figure", axes: "Axes", scale: Scale, name: str, central: float) -> None:
    """The line all bars start from, named above, kept on the page."""
    axes.plot([central, central], [scale.low, scale.high], color=HISTORY, linewidth=0.9, zorder=4)
    top = scale.box.top + height([""], SMALL)
    write_above(drawing, name, scale.x(central), scale.box.left, WIDTH - MARGIN, top)


def _bars(
    drawing: "Figure", axes: "Axes", scale: Scale, middle: float, row: dict[Any, Any], central: float
) -> None:
    """Both ends of one input, each with its label on the outer side."""
    ends = [("at_low", "label_low", LOW), ("at_high", "label_high", HIGH)]
    for value, _, filling in ends:
        axes.barh(
            middle,
            row[value] - central,
            height=TALL,
            left=central,
            facecolor=filling,
            edgecolor=SCENARIO,
            linewidth=0.9,
            zorder=3,
        )
    left, right = sorted(ends, key=lambda end: row[end[0]])
    for (value, label, _), side in ((left, "right"), (right, "left")):
        # both on one side of the middle: the inner label stands beyond the middle
        tip = min(row[value], central) if side == "right" else max(row[value], central)
        x = scale.x(float(tip)) + (GAP if side == "left" else -GAP) / 2
        write(drawing, [str(row[label])], x, middle + TEXT * 0.68, TEXT, HISTORY, align=side)


def _key(drawing: "Figure", body: Box, words: TornadoWords) -> None:
    """What hollow and full mean."""
    from matplotlib.patches import Rectangle

    across, tall = page_size(drawing)
    x = body.left
    for name, filling in ((words.low, LOW), (words.high, HIGH)):
        box = Rectangle(
            (x / across, (body.top - SMALL * 1.1) / tall),
            TALL / across,
            SMALL * 0.8 / tall,
            facecolor=filling,
            edgecolor=SCENARIO,
            linewidth=0.9,
        )
        drawing.add_artist(box)
        x = write(drawing, [name], x + TALL + GAP / 2, body.top, SMALL, MUTED).right + 3 * GAP
