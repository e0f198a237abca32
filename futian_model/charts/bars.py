"""Bars with a row an item: from one level to another, or from a middle to both ends of an input."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

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
    write_beside,
)
from futian_model.charts.place import connect
from futian_model.charts.tables import columns_of, filled
from futian_model.charts.text import Axes, Box, Figure, height, width, wrap, write
from futian_model.charts.theme import BASELINE, HISTORY, MUTED, ORANGE, SCENARIO, SMALL, TEXT
from futian_model.charts.words import ChartWords
from futian_model.errors import InputError

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
    return charted(partial(_waterfall, drawn, words, percent), drawn, words, "waterfall", percent=percent)


def _waterfall(table: pd.DataFrame, words: ChartWords, percent: bool) -> Drawing:
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
    _steps(drawing, axes, scale, table, middles)
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


def _steps(drawing: Figure, axes: Axes, scale: Scale, table: pd.DataFrame, middles: list[float]) -> None:
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


ENDS = ["name", "range", "at_low", "at_high", "label_low", "label_high"]
SPACE, TALL = 6.0, 11.0
"""Room beside the bars and names of a tornado; height of its bars."""
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
    rows = filled("tornado", columns_of("tornado", table, ENDS))
    draw = partial(_tornado, rows, words, central, percent)
    names = {"at_low": words.low, "at_high": words.high}
    return charted(draw, rows.assign(central=central), words, "tornado", percent=percent, names=names)


def _tornado(table: pd.DataFrame, words: TornadoWords, central: float, percent: bool) -> Drawing:
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
    scale = _around(ground, values, table, central)
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
        _both_ends(drawing, axes, scale, middle, row, central)
        rows.append((top - tall[at], top))
        top -= tall[at]
    _key(drawing, body, words)
    return Drawing(drawing, [Panel(scale, "value", rows=rows)])


def _ground(table: pd.DataFrame, names: Sequence[Sequence[str]], body: Box, above: float) -> Box:
    """Space right of the names, below the key."""
    left = max(width(line, TEXT) for lines in names for line in lines) + SPACE
    return Box(body.left + left, body.bottom + YEARS, body.right, body.top - above)


def _around(ground: Box, values: "pd.Series[float]", table: pd.DataFrame, central: float) -> Scale:
    """Values across, so that every label fits beside its bar; the vertical scale is the page's own."""
    least, most = float(values.min()), float(values.max())
    if not most > least:
        least, most = central - 0.5 * abs(central) - 0.01, central + 0.5 * abs(central) + 0.01
    room = max(width(str(label), TEXT) for name in ("label_low", "label_high") for label in table[name])
    beside = (room + SPACE) * (most - least) / (ground.right - ground.left - 2 * (room + SPACE))
    return Scale(ground, least - beside, most + beside, ground.bottom, ground.top)


def _middle(drawing: Figure, axes: Axes, scale: Scale, name: str, central: float) -> None:
    """The line all bars start from, named above, kept on the page."""
    axes.plot([central, central], [scale.low, scale.high], color=HISTORY, linewidth=0.9, zorder=4)
    top = scale.box.top + height([""], SMALL)
    write_above(drawing, name, scale.x(central), scale.box.left, WIDTH - MARGIN, top)


def _both_ends(
    drawing: Figure, axes: Axes, scale: Scale, middle: float, row: dict[Any, Any], central: float
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
        x = scale.x(float(tip)) + (SPACE if side == "left" else -SPACE) / 2
        write(drawing, [str(row[label])], x, middle + TEXT * 0.68, TEXT, HISTORY, align=side)


def _key(drawing: Figure, body: Box, words: TornadoWords) -> None:
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
        x = write(drawing, [name], x + TALL + SPACE / 2, body.top, SMALL, MUTED).right + 3 * SPACE
