"""The page a chart stands on: title above, source below, axes between, all in points."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from futian_model.charts.drawing import Scale, page_size
from futian_model.charts.place import Ground
from futian_model.charts.text import Axes, Box, Figure, ascent, height, width, wrap, write, write_line
from futian_model.charts.theme import AHEAD, GRID, HISTORY, INKS, MUTED, NUMBERS, SMALL, TEXT, TICKS, TITLE
from futian_model.charts.words import ChartWords

WIDTH, MARGIN = 300.0, 7.0
# Numbers along an axis stand so far apart.
APART = 4.0
# Below the axes: the year labels. Beside them: the gap between a number and its grid line.
YEARS, GAP = 19.0, 5.0
# Length of a tick, and the gap between it and its year.
TICK, UNDER = 3.0, 4.0


def page(words: ChartWords, body: float, wide: float = WIDTH) -> "tuple[Figure, Box]":
    """A figure with its title, subtitle and source, and the space of height `body` left between."""
    from matplotlib.figure import Figure

    room = wide - 2 * MARGIN
    head, under, foot = (
        wrap(text, size, room, even=True)
        for text, size in ((words.title, TITLE), (words.subtitle, TEXT), (words.source, SMALL))
    )
    below = MARGIN + height(foot, SMALL) + 4
    above = height(head, TITLE) + height(under, TEXT) + MARGIN + 9
    tall = below + body + above
    figure = Figure(figsize=(wide / 72, tall / 72), dpi=72)
    top = write(figure, head, MARGIN, tall - MARGIN, TITLE, HISTORY).bottom
    write(figure, under, MARGIN, top - 1, TEXT, MUTED)
    write(figure, foot, MARGIN, below - 4, SMALL, MUTED)
    return figure, Box(MARGIN, below, wide - MARGIN, below + body)


def draw_axes(
    figure: Figure,
    scale: Scale,
    ticks: Sequence[float],
    *,
    percent: bool,
    yearly: bool = True,
    numbered: bool = True,
) -> Axes:
    """Axes at the scale's place, unless told otherwise with numbers on the left and years below.

    Numbers and grid are written as any text and line: an axis of matplotlib lays out each of its ticks, and
    takes a fifth of the time of a chart.
    """
    place, axes = scale.box, axes_at(figure, scale)
    axes.yaxis.set_visible(False)
    rule(figure, [((place.left, scale.y(tick)), (place.right, scale.y(tick))) for tick in ticks], *GRID)
    for tick, text in zip(ticks, numbers(ticks, percent=percent) if numbered else (), strict=numbered):
        at = scale.y(tick) - ascent(SMALL) / 2
        write_line(figure, text, place.left - GAP, at, SMALL, NUMBERS, "right")
    if not yearly:
        axes.tick_params(axis="x", pad=UNDER)
        return axes
    axes.xaxis.set_visible(False)
    years = year_ticks(scale)
    rule(
        figure,
        [((scale.x(year), place.bottom - TICK), (scale.x(year), place.bottom)) for year in years],
        *TICKS,
    )
    for year in years:
        at = place.bottom - TICK - UNDER - ascent(SMALL)
        write_line(figure, str(year), scale.x(year), at, SMALL, NUMBERS, "center")
    return axes


def axes_at(figure: Figure, scale: Scale) -> Axes:
    """Axes of matplotlib at a scale's place."""
    box, across, tall = scale.box, *page_size(figure)
    axes = figure.add_axes(
        (box.left / across, box.bottom / tall, (box.right - box.left) / across, (box.top - box.bottom) / tall)
    )
    axes.set(xlim=(scale.first, scale.last), ylim=(scale.low, scale.high))
    return axes


def draw_row_axes(
    figure: Figure,
    scale: Scale,
    ticks: Sequence[float],
    *,
    percent: bool,
    ruled: bool = True,
    **look: float,
) -> Axes:
    """Axes for a row an item: numbers below alone, a rule up from each where asked."""
    axes = axes_at(figure, scale)
    axes.set_xticks(ticks, numbers(ticks, percent=percent))
    axes.set_yticks([])
    axes.grid(visible=ruled, axis="x" if ruled else "both")
    axes.tick_params(axis="x", pad=4, **look)
    return axes


def write_beside(figure: Figure, label: str, right: float, middle: float, colour: str) -> None:
    """A row's label at the right, level with its middle."""
    top = middle + height([label], TEXT) / 2
    write(figure, [label], right, top, TEXT, INKS.get(colour, colour), "right")


def write_above(figure: Figure, label: str, at: float, left: float, right: float, top: float) -> None:
    """A name centred above its line, kept between two edges."""
    half = width(label, SMALL) / 2
    write(figure, [label], min(max(at, left + half), right - half), top, SMALL, HISTORY, "center")


def rule(
    figure: Figure,
    lines: Sequence[tuple[tuple[float, float], tuple[float, float]]],
    colour: str,
    thick: float,
) -> None:
    """Straight lines below everything else, in points."""
    from matplotlib.collections import LineCollection

    drawn = LineCollection(lines, colors=colour, linewidths=thick, zorder=-1, transform=in_points(figure))
    figure.add_artist(drawn)


def in_points(figure: Figure) -> Any:
    """The transform of what stands on a page at points from its bottom left."""
    from matplotlib.transforms import Affine2D

    return Affine2D().scale(1 / 72) + figure.dpi_scale_trans


def mark_edge(figure: Figure, scale: Scale, ground: Ground, edge: float, before: str, after: str) -> None:
    """A line between what is published and what is projected, light ground under what is projected, and
    the name of either at the top of its side.

    Parameters
    ----------
    ground : Ground
        On which the names and the line are taken.
    edge : float
        The last year published; nothing is marked where it lies outside the scale.
    before, after : str
        Names of the two sides; one that does not fit its side is left out.
    """
    if not scale.first <= edge < scale.last:
        return
    from matplotlib.patches import Rectangle

    box, at = scale.box, scale.x(edge)
    ahead = (at, box.bottom), box.right - at, box.top - box.bottom
    figure.add_artist(Rectangle(*ahead, color=AHEAD, linewidth=0, zorder=-2, transform=in_points(figure)))
    if edge > scale.first:
        rule(figure, [((at, box.bottom), (at, box.top))], MUTED, 0.8)
        ground.add_line([(at, box.bottom), (at, box.top)])
    under, deep = box.top - ascent(SMALL) - 2, height([before], SMALL)
    left, right = at - width(before, SMALL) - GAP, at + width(after, SMALL) + GAP
    if before and left >= box.left:
        write_line(figure, before, at - GAP, under, SMALL, MUTED, "right")
        ground.taken.append(Box(left, box.top - deep, at, box.top))
    if after and right <= box.right:
        write_line(figure, after, at + GAP, under, SMALL, MUTED)
        ground.taken.append(Box(at, box.top - deep, right, box.top))


def mark_goals(axes: Axes, goals: pd.DataFrame) -> None:
    """Open diamonds, whole even where they stand on the edge."""
    open_points(axes, goals, "D", 5.6)


def open_points(axes: Axes, points: pd.DataFrame, marker: str, size: float) -> None:
    """Hollow markers at a table's years and values."""
    axes.plot(
        points.year,
        points.value,
        linestyle="none",
        marker=marker,
        markersize=size,
        markeredgecolor=HISTORY,
        markerfacecolor="white",
        clip_on=False,
        zorder=4,
    )


def value_ticks(low: float, high: float, *, percent: bool, most: int = 5) -> list[float]:
    """Round values that span the data; from zero unless they are shares."""
    from matplotlib.ticker import MaxNLocator

    bottom, top = (low, high) if percent else (min(low, 0.0), max(high, 0.0))
    if math.isclose(bottom, top):
        bottom, top = bottom - 0.01, top + 0.01
    locator = MaxNLocator(nbins=most, steps=[1, 2, 2.5, 3, 4, 5, 10])
    return [float(tick) for tick in locator.tick_values(bottom, top)]


def ticks_across(scale: Scale, ticks: Sequence[float], *, percent: bool) -> list[float]:
    """Ticks whose numbers stand on the page and apart: all, or every second one, or fewer."""
    texts = numbers(ticks, percent=percent)
    halves = {tick: width(text, SMALL) / 2 for tick, text in zip(ticks, texts, strict=True)}
    edge = MARGIN / 2
    whole = [tick for tick in ticks if scale.x(tick) - halves[tick] >= edge]
    whole = [tick for tick in whole if scale.x(tick) + halves[tick] <= WIDTH - edge]
    for step in range(1, len(whole)):
        kept = whole[::step]
        if all(
            scale.x(on) - scale.x(tick) >= halves[tick] + halves[on] + APART for tick, on in pairwise(kept)
        ):
            return kept
    return whole[:1]


def year_ticks(scale: Scale) -> list[int]:
    """Every fifth year; every year of a short span, wider steps where the labels would touch."""
    room = (scale.box.right - scale.box.left) / (scale.last - scale.first)
    steps = (1, 2, 5, 10, 20, 50) if scale.last - scale.first < 8 else (5, 10, 20, 50)
    needed = width("2000", SMALL) + 6
    step = next((step for step in steps if step * room >= needed), steps[-1])
    first = math.ceil(scale.first / step) * step
    return list(range(first, math.floor(scale.last) + 1, step))


def numbers(values: Sequence[float], *, percent: bool) -> list[str]:
    """Numbers with as many decimals as tell all of them apart from their neighbours."""
    shown = [100 * value for value in values] if percent else list(values)
    exact = (digits for digits in range(6) if all(abs(round(v, digits) - v) < 1e-9 for v in shown))
    digits = next(exact, 6)
    return [f"{minus(f'{value:,.{digits}f}')}{'%' if percent else ''}" for value in shown]


def number(value: float, *, percent: bool) -> str:
    """One value as printed beside its line: four figures where it is below a thousand."""
    if percent:
        return minus(f"{value:.1%}")
    digits = max(0, 2 - math.floor(math.log10(abs(value)))) if abs(value) >= 0.01 else 2
    return minus(f"{value:,.{min(digits, 2)}f}")


def minus(text: str) -> str:
    """A typographic minus sign, and none before a zero."""
    if text.startswith("-"):
        return "\N{MINUS SIGN}" + text[1:] if any(digit in text for digit in "123456789") else text[1:]
    return text
