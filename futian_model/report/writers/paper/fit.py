"""Tables made to fit a page: no number broken, nothing beyond the page, rows as low as can be."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from futian_model.report.writers.paper.ruler import WORD, Ruler, ems, figure_parts, label_width, widest
from futian_model.report.writers.paper.sheet import A4, PADDING, Sheet

NARROW, EASY = 5.0, 9.0
"""Letters of a column of words: at the least, and where no number's cell has to take two lines."""
EASY_SIZES = 3
"""Sizes of words that are rather taken than a number's cell of two lines."""
TALLEST = 9
"""More of them for long words: about as many lines as a cell may have."""
SHORT = 14.0
"""Letters of a cell of single words, on one line."""
LONGEST = 24.0
"""A column need be no wider, in letters; a longer word may be broken."""
MOST_COLUMNS = 63
"""Columns of a table that Word opens."""
STEPS = 60
"""Parts in which the room that is left is given away."""
RAGGED, SPILL = 1.5, 3.0
"""Letters that the end of a line may leave empty, and that a line of their own is too much for."""


@dataclass(frozen=True)
class Column:
    """Texts of one column, and what they are: figures, single words, or neither."""

    labels: Sequence[str]
    cells: Sequence[str]
    numeric: bool = False
    short: bool = False


@dataclass(frozen=True)
class Fit:
    """How a table, or a part of one, fits its page.

    Attributes
    ----------
    columns : tuple of int
        Which of the columns; all of them, unless the table had to be parted.
    widths : tuple of float
        Points, padding included.
    size : float
        Points of the words.
    turned : bool
        Whether it takes a page on its side.
    """

    columns: tuple[int, ...]
    widths: tuple[float, ...]
    size: float
    turned: bool


def fits(columns: Sequence[Column], rulers: Sequence[Ruler], sheet: Sheet = A4) -> list[Fit]:
    """A table in one part, with smaller words or on its side if need be; in several as the last resort.

    Parameters
    ----------
    columns : sequence of Column
    rulers : sequence of Ruler
        The widest letters that its words may be set in, then narrower ones to fall back on.
    sheet : Sheet

    Returns
    -------
    list of Fit
        The first column is in every part.
    """
    return list(_fits(columns, rulers, sheet, range(len(columns))))


def _fits(
    columns: Sequence[Column], rulers: Sequence[Ruler], sheet: Sheet, at: Sequence[int]
) -> Iterator[Fit]:
    part = [columns[column] for column in at]
    easy = [_least(column, rulers[0], EASY) for column in part]
    hard = [[_least(column, ruler, NARROW) for column in part] for ruler in rulers]
    tries = [(False, size, easy) for size in sheet.sizes[:EASY_SIZES]]
    tries += [(False, size, least) for least in hard for size in sheet.sizes]
    tries += [(True, size, least) for least in hard for size in sheet.sizes_turned]
    for turned, size, least in tries:
        room = _letters(sheet, turned, size, len(part))
        if sum(least) <= room and len(part) <= MOST_COLUMNS:
            widths = _shared(part, least, room, rulers[-1])
            yield Fit(tuple(at), tuple(float(width) * size + 2 * PADDING for width in widths), size, turned)
            return
    for columns_of_part in _parts(sheet, at, hard[-1]):
        yield from _fits(columns, rulers, sheet, columns_of_part)


def _letters(sheet: Sheet, turned: bool, size: float, columns: int) -> float:
    """Room for words, in sizes of their letters."""
    return ((sheet.room_turned if turned else sheet.room) - 2 * PADDING * columns) / size


def _parts(sheet: Sheet, at: Sequence[int], least: Sequence[float]) -> list[list[int]]:
    """As few parts as it takes, of about as many columns each, every one with the first column."""
    size = (*sheet.sizes, *sheet.sizes_turned)[-1]
    needed = [width + 2 * PADDING / size for width in least]
    count = max(2, math.ceil(sum(needed[1:]) / (sheet.room_turned / size - needed[0])))
    share = math.ceil((len(at) - 1) / count)
    return [[at[0], *at[start : start + share]] for start in range(1, len(at), share)]


def _least(column: Column, ruler: Ruler, narrow: float) -> float:
    """Letters below which something breaks that should not."""
    full = widest(ruler, column.cells)
    if (column.short and full <= SHORT) or (column.numeric and narrow == EASY):
        cells = full
    else:
        parts = figure_parts if column.numeric else WORD.findall
        longest = widest(ruler, (part for cell in column.cells for part in parts(cell)))
        cells = max(longest, min(full, narrow + full / TALLEST))
    return min(LONGEST, max([1.0, cells, *(label_width(ruler, label) for label in column.labels)]))


def _shared(
    columns: Sequence[Column], least: Sequence[float], room: float, ruler: Ruler
) -> NDArray[np.float64]:
    """Widths that fill the room: what is left goes where rows are tallest, then to all alike."""
    widths = np.array(least)
    for label_lines in (1, 2):
        cells = np.array([_lines(column, ruler, label_lines) for column in columns]).T
        full = np.maximum(widths, cells.max(axis=0, initial=0.0))
        if full.sum() <= room:
            return full * room / full.sum()
    step, rows = (room - widths.sum()) / STEPS, np.arange(len(cells))
    for _ in range(STEPS):
        lines = cells / widths
        tallest = lines.argmax(axis=1)
        high = lines[rows, tallest]
        gain = np.bincount(tallest, np.where(high > 1, high / widths[tallest], 0.0), len(widths))
        if gain.any():
            widths[gain.argmax()] += step
        else:
            widths += step / len(widths)
    return _polished(widths, cells, np.array(least))


def _lines(column: Column, ruler: Ruler, label_lines: int) -> list[float]:
    """Letters of every cell on one line, and of the labels on so many."""
    labels = [ems(ruler, label, label=True) / label_lines for label in column.labels]
    return [*labels, *(ems(ruler, cell) for cell in column.cells)]


def _polished(
    widths: NDArray[np.float64], cells: NDArray[np.float64], least: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Give a column the little it lacks to spare its cells a second line of a letter or two."""
    lines = np.ceil(cells / widths - 1e-9)
    # words do not fill a line to its end: what takes several lines keeps some room
    kept = np.where(lines > 1, cells / np.maximum(lines, 1.0) + RAGGED, cells).max(axis=0)
    spare = np.maximum(0.0, widths - np.maximum(kept, least))
    lacking = np.where((lines == 2) & (cells - widths <= SPILL), cells - widths, 0.0).max(axis=0)
    for at in lacking.argsort():
        others = spare * (np.arange(len(spare)) != at)
        if 0 < lacking[at] <= others.sum():
            taken = others * lacking[at] / others.sum()
            spare, widths = spare - taken, widths - taken
            widths[at] += lacking[at]
            spare[at] = 0.0
    return widths
