"""Dots on one scale: a row each under headings, or a bar with the range around each."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd

from futian_model.charts.chart import Chart, charted
from futian_model.charts.drawing import Drawing, Panel, Scale
from futian_model.charts.page import (
    MARGIN,
    WIDTH,
    YEARS,
    draw_row_axes,
    number,
    numbers,
    page,
    ticks_across,
    value_ticks,
    write_above,
    write_beside,
)
from futian_model.charts.tables import columns_of, filled, series_of
from futian_model.charts.text import Axes, Box, Figure, height, width, wrap, write
from futian_model.charts.theme import HISTORY, INKS, MUTED, ORANGE, SCENARIO, SMALL, STYLES, TEXT, Dash
from futian_model.charts.words import ChartWords

NAMES, INDENT, GAP, BETWEEN, APART = 0.48, 8.0, 8.0, 5.0, 10.0
"""Part of the width that names may take; their indent; room beside the ground, between rows, above heads."""
MOST_TICKS, GRID = 3, "#D9D9D9"
KINDS = (("o", SCENARIO, SCENARIO), ("o", ORANGE, "white"), ("X", HISTORY, HISTORY))
"""Marker, colour and filling of each kind of dot: any one of them tells the kinds apart."""
COLUMNS = ["group", "name", "value", "label", "kind"]


def dots(table: pd.DataFrame, *, words: ChartWords, goals: pd.DataFrame) -> Chart:
    """Draw one dot a row, its label at the right.

    Parameters
    ----------
    table : DataFrame
        Columns group (a heading; rows of one group follow each other), name, value, label (printed
        beside the dot) and kind, 0 to 2: filled, open, crossed.
    words : ChartWords
    goals : DataFrame
        Columns value and label: lines across all rows, at most two; may be empty.

    Returns
    -------
    Chart
        Its table is the one given, with the goals below.

    Raises
    ------
    InputError
        A table lacks a column, or there is no row.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    rows = filled("dots", columns_of("dots", table, COLUMNS))
    lines = columns_of("goals", goals, ["value", "label"]).assign(group="goal")
    drawn = pd.concat([rows, lines], ignore_index=True)
    return charted(partial(_dots, rows, words, goals), drawn, words, "dots")


def _dots(table: pd.DataFrame, words: ChartWords, goals: pd.DataFrame) -> Drawing:
    room = WIDTH - 2 * MARGIN
    names = [wrap(str(name), TEXT, NAMES * room) for name in table["name"]]
    heads = {group: wrap(str(group), TEXT, room) for group in table["group"].unique()}
    above = len(goals) * height([""], SMALL)
    tall = sum(height(lines, TEXT) + BETWEEN for lines in names)
    tall += sum(height(lines, TEXT) + APART for lines in heads.values())
    drawing, body = page(words, above + tall + YEARS)
    scale = _scale(table, goals, names, Box(body.left, body.bottom + YEARS, body.right, body.top - above))
    ticks = ticks_across(scale, _ticks(scale.first, scale.last), percent=False)
    axes = draw_row_axes(drawing, scale, ticks, percent=False, ruled=False)
    _name_goals(drawing, scale, goals, body)
    top, rows = scale.box.top, []
    for group, lines in heads.items():
        write(drawing, lines, body.left, top - APART + BETWEEN / 2, TEXT, HISTORY)
        top -= height(lines, TEXT) + APART
        for at in table.index[table["group"] == group]:
            floor = top - height(names[at], TEXT) - BETWEEN
            _row(drawing, axes, scale, table.loc[at], names[at], Box(body.left, floor, body.right, top))
            for value in goals["value"]:
                axes.plot([value, value], [floor, top], color=HISTORY, linewidth=0.9, zorder=2)
            rows.append((floor, top))
            top = floor
    return Drawing(drawing, [Panel(scale, "value", rows=rows)])


def _ticks(low: float, high: float) -> list[float]:
    return value_ticks(low, high, percent=True, most=MOST_TICKS)


def _scale(table: pd.DataFrame, goals: pd.DataFrame, names: Sequence[Sequence[str]], room: Box) -> Scale:
    """The ground between names and labels; its vertical scale is the page's own."""
    left = max(width(line, TEXT) for lines in names for line in lines) + INDENT + GAP
    right = max(width(str(label), TEXT) for label in table["label"]) + GAP
    ground = Box(room.left + left, room.bottom, room.right - right, room.top)
    values = pd.concat([table["value"], goals["value"]])
    ticks = _ticks(float(values.min()), float(values.max()))
    return Scale(ground, ticks[0], ticks[-1], ground.bottom, ground.top)


def _row(
    drawing: Figure, axes: Axes, scale: Scale, row: "pd.Series[Any]", name: Sequence[str], box: Box
) -> None:
    """One row: its name, a hair line to the dot, the dot, its label."""
    middle, top = (box.top + box.bottom) / 2, box.top - BETWEEN / 2
    marker, colour, filling = KINDS[int(row["kind"])]
    write(drawing, name, box.left + INDENT, top, TEXT, MUTED)
    axes.plot([scale.first, scale.last], [middle, middle], color=GRID, linewidth=0.6, zorder=1)
    axes.plot(
        [float(row["value"])],
        [middle],
        marker=marker,
        markersize=5.2,
        markeredgecolor=colour,
        markerfacecolor=filling,
        linestyle="none",
        clip_on=False,
        zorder=4,
    )
    write_beside(drawing, str(row["label"]), box.right, middle, colour)


def _name_goals(drawing: Figure, scale: Scale, goals: pd.DataFrame, body: Box) -> None:
    """Each goal's name above its line, a line of text each, kept on the page."""
    for at, (value, label) in enumerate(zip(goals["value"], goals["label"], strict=True)):
        top = body.top - at * height([""], SMALL)
        write_above(drawing, str(label), scale.x(float(value)), body.left, body.right, top)


Style = tuple[str, Dash, str]
CASES = ["group", "series", "value", "low", "high"]
ROW, GROUPS_APART, LEAD, GROUP_NAMES = 17.0, 9.0, 8.0, 78.0
"""Height of a bar with its figure; space between groups; before a figure; widest name of a group."""


def ranges(table: pd.DataFrame, *, words: ChartWords) -> Chart:
    """Draw figures and their ranges, shown as per cent from zero.

    Parameters
    ----------
    table : DataFrame
        Columns group, series, value, low and high (fractions, not negative). Groups and series stand in
        order of appearance; each group has every series, six at most, named at the first group.
    words : ChartWords

    Returns
    -------
    Chart
        Its table is the one given.

    Raises
    ------
    InputError
        A column is absent, there is no row, or there are more series than styles.
    MissingGlyph
        The words hold a character the fonts lack.
    """
    rows = series_of("ranges", table, CASES)
    return charted(partial(_ranges, rows, words), rows, words, "ranges", percent=True)


def _ranges(table: pd.DataFrame, words: ChartWords) -> Drawing:
    groups, series = (list(dict.fromkeys(table[name])) for name in ("group", "series"))
    names = {name: wrap(str(name), TEXT, GROUP_NAMES) for name in groups}
    tall = {name: max(len(series) * ROW, height(names[name], TEXT)) for name in groups}
    drawing, body = page(words, YEARS + sum(tall.values()) + GROUPS_APART * len(groups))
    ticks = value_ticks(0.0, float(table["high"].max()), percent=False)
    left = max(width(line, TEXT) for lines in names.values() for line in lines) + LEAD
    start, end = body.left + left, _axis_end(table, groups[0], body.left + left, body.right, ticks[-1])
    ground = Box(start, body.bottom + YEARS, end, body.top)
    scale = Scale(ground, 0.0, ticks[-1], ground.bottom, ground.top)
    axes = draw_row_axes(drawing, scale, ticks, percent=True, length=0)
    top, lanes = body.top - GROUPS_APART / 2, dict[int, tuple[float, float]]()
    for name in groups:
        above = (tall[name] - height(names[name], TEXT)) / 2
        write(drawing, names[name], body.left, top - above, TEXT, HISTORY)
        first = top - (tall[name] - len(series) * ROW) / 2
        rows = table[table["group"] == name]
        places = zip(rows["series"].map(series.index), rows.index, rows.to_dict("records"), strict=True)
        for at, line, row in places:
            middle = first - (at + 0.5) * ROW
            _bar(drawing, axes, scale, middle, row, STYLES[at], named=name == groups[0])
            lanes[line] = middle - ROW / 2, middle + ROW / 2
        top -= tall[name] + GROUPS_APART
    return Drawing(drawing, [Panel(scale, "value", rows=[lanes[line] for line in table.index])])


def _axis_end(table: pd.DataFrame, first: str, left: float, right: float, most: float) -> float:
    """Where the axis may end for every figure beside its bar to stay on the page."""
    beside = [
        width(_label(row, named=row["group"] == first), TEXT) + LEAD for row in table.to_dict("records")
    ]
    tips = [
        left + (right - left - room) / (high / most) for room, high in zip(beside, table["high"], strict=True)
    ]
    return min(*tips, right - width(numbers([most], percent=True)[0], TEXT) / 2)


def _label(row: dict[Any, Any], *, named: bool) -> str:
    """A figure, and the name of its series where that is asked for."""
    return number(float(row["value"]), percent=True) + (f"  {row['series']}" if named else "")


def _bar(
    drawing: Figure,
    axes: Axes,
    scale: Scale,
    at: float,
    row: dict[Any, Any],
    style: Style,
    *,
    named: bool,
) -> None:
    """One bar with its dot, its figure, and where asked the name of its series."""
    colour, _, marker = style
    axes.plot([row["low"], row["high"]], [at, at], color=colour)
    axes.plot([row["value"]], [at], color=colour, marker=marker, markersize=5, clip_on=False)
    beside = scale.x(float(row["high"])) + LEAD
    write(drawing, [_label(row, named=named)], beside, at + TEXT * 0.68, TEXT, INKS.get(colour, colour))
