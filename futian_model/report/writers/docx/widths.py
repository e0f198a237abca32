"""Widths of a Word table's columns: no figure broken, nothing beyond the page, rows as low as can be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

ROOM, ROOM_TURNED = 510.3, 756.9
"""Points between the margins of an upright page and of one on its side."""
SIZES, SIZES_TURNED = (9.0, 8.5, 8.0, 7.5), (8.5, 8.0, 7.5, 7.0)
"""Points of the words in a table, tried from the left."""
PADDING = 7.2
"""Points that both sides of a cell take."""
NARROW, EASY = 5.0, 10.0
"""Letters that a column of words has at the least, and where figures are to keep to one line."""
TALLEST = 9
"""More of them for long words: about as many lines as a cell may have."""
LABEL, LABEL_LINES, STUB = 4.0, 3, 2.0
"""Letters on a line of a label at the least, lines it may take, letters too few for its last line."""
LONGEST = 24.0
"""A word of more letters may be broken."""
STEPS = 60
"""Parts in which the room that is left is given away."""
SLACK, BOLD, ROOMY = 1.04, 1.08, 1.18
"""An office's own font may be wider; labels are bold; DejaVu Sans, where an office has no Arial."""
SQUARE, SPACED = 0x2E80, 0.25
"""The first of the characters that fill a square; letters between Chinese and others."""
HAN_LETTERS = "\u2e80-\u9fff\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef"
WORD = re.compile(rf"[^ \n\t{HAN_LETTERS}-]+-?[，。、；：）》”]?|[{HAN_LETTERS}]")
"""What no line end goes through."""
BESIDE = re.compile(r"(?<=[0-9A-Za-z%])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
"""Where an office program sets Chinese and other letters apart."""
LABEL_WORD = re.compile(rf"[^ {HAN_LETTERS}]+ *|[{HAN_LETTERS}][，。、；：）》”]?")
"""The same in a label, with the space that follows."""
FIGURE = re.compile(r"[（(]?[^ \n\t，、；：（(]+[，、；：]*|[ \n\t，、；：（(]")
"""The same in a cell of figures, where a unit stays with its number."""
LETTERS = {
    "i": 0.25,
    "j": 0.25,
    "l": 0.25,
    "t": 0.3,
    "f": 0.3,
    "r": 0.36,
    " ": 0.29,
    "\N{NO-BREAK SPACE}": 0.29,
}
LETTERS |= dict.fromkeys(".,:;'|!()[]/", 0.31) | dict.fromkeys("mwMW%", 0.86) | dict.fromkeys("–+=<>~−", 0.6)
LETTERS |= {"→": 1.0, "\u200b": 0.0, "\u2060": 0.0}
"""Widths of Arial's letters that are far from the usual."""


@dataclass(frozen=True)
class Column:
    """Texts of one column, and what they are: figures, single words, or neither."""

    heads: Sequence[str]
    cells: Sequence[str]
    numeric: bool = False
    short: bool = False


@dataclass(frozen=True)
class Fit:
    """How a table fits its page.

    Attributes
    ----------
    columns : tuple of int
        Which of the columns; all of them, unless the table had to be parted.
    widths : tuple of float
        Points.
    size : float
        Points of the words.
    turned : bool
        Whether it takes a page on its side.
    """

    columns: tuple[int, ...]
    widths: tuple[float, ...]
    size: float
    turned: bool


def wide(text: str, weight: float = 1.0) -> float:
    """Width of a line, in sizes of its letters; all but Chinese ones may be heavier than Arial's."""
    own = sum(_letter(one, weight) for one in text)
    return own + SPACED * len(BESIDE.findall(text))


def _letter(one: str, weight: float) -> float:
    if ord(one) >= SQUARE:
        return 1.0
    return weight * LETTERS.get(one, 0.7 if one.isupper() else 0.556)


def fits(columns: Sequence[Column]) -> list[Fit]:
    """A table in one part, with smaller words or on its side if need be; in several as the last resort."""
    easy = [_least(column, easy=True, weight=ROOMY) for column in columns]
    hard = [[_least(column, easy=False, weight=weight) for column in columns] for weight in (ROOMY, 1.0)]
    tries = [(easy, False, size) for size in SIZES[:3]]
    tries += [(least, False, size) for least in hard for size in SIZES]
    tries += [(least, True, size) for least in hard for size in SIZES_TURNED]
    for least, turned, size in tries:
        if sum(least) <= _letters(turned, size, len(columns)):
            return [_fit(columns, least, range(len(columns)), size, turned)]
    return _parts(columns, hard[-1])


def _parts(columns: Sequence[Column], least: Sequence[float]) -> list[Fit]:
    """As many tables as it takes, each with the first column, alike in size if that does."""
    size = SIZES_TURNED[-1]

    def fit(part: Sequence[int]) -> bool:
        return sum(least[at] for at in part) <= _letters(True, size, len(part))

    parts = [[0]]
    for at in range(1, len(columns)):
        if len(parts[-1]) > 1 and not fit([*parts[-1], at]):
            parts.append([0])
        parts[-1].append(at)
    if len(parts) == 1:
        return [_fit(columns, least, parts[0], size, True)]
    share = ceil((len(columns) - 1) / len(parts))
    alike = [[0, *range(at, min(at + share, len(columns)))] for at in range(1, len(columns), share)]
    return [_fit(columns, least, part, size, True) for part in (alike if all(map(fit, alike)) else parts)]


def _letters(turned: bool, size: float, count: int) -> float:
    """Room for words, in sizes of their letters."""
    return ((ROOM_TURNED if turned else ROOM) - count * PADDING) / size


def _fit(
    columns: Sequence[Column], least: Sequence[float], at: Sequence[int], size: float, turned: bool
) -> Fit:
    room = _letters(turned, size, len(at))
    widths = _shared([columns[one] for one in at], [least[one] for one in at], room)
    return Fit(tuple(at), tuple(float(width) * size + PADDING for width in widths), size, turned)


def _least(column: Column, *, easy: bool, weight: float = 1.0) -> float:
    """Letters below which something breaks that should not; where it is easy, figures keep to one line."""
    cells = max((_unbroken(cell, column, easy, weight) for cell in column.cells), default=1.0)
    return SLACK * min(LONGEST, max([cells, *(_label(head, cells, weight) for head in column.heads)]))


def _unbroken(cell: str, column: Column, easy: bool, weight: float) -> float:
    if column.short or (column.numeric and easy):
        return wide(cell, weight)
    parts = (FIGURE if column.numeric else WORD).findall(cell)
    longest = max((wide(part, weight) for part in parts), default=0.0)
    whole = wide(cell, weight)
    return max(longest, min(whole, (EASY if easy else NARROW) + whole / TALLEST))


def _label(head: str, cells: float, weight: float) -> float:
    """Letters that a label needs to take no more than its lines, the last of them no stub."""
    words = [wide(word, BOLD * weight) for word in LABEL_WORD.findall(head)]
    whole = sum(words)
    needed = max([cells, min(whole, LABEL), *words])
    while needed < whole and not _stands(words, needed):
        needed += 0.25
    return needed


def _stands(words: Sequence[float], room: float) -> bool:
    """Whether the words of a label fill their lines well."""
    lines = [0.0]
    for word in words:
        if lines[-1] + word > room:
            lines.append(0.0)
        lines[-1] += word
    return len(lines) <= LABEL_LINES and lines[-1] >= STUB


def _shared(columns: Sequence[Column], least: Sequence[float], room: float) -> NDArray[np.float64]:
    """Widths that fill the room: what is left goes where rows are tallest, then to all alike."""
    widths = np.minimum(least, 3 * room / len(columns))
    widths *= min(1.0, room / widths.sum())
    for label_lines in (1, 2):
        cells = SLACK * np.array([_lines(column, label_lines) for column in columns]).T
        full = np.maximum(widths, cells.max(axis=0))
        if full.sum() <= room:
            return full * room / full.sum()
    step, rows = (room - widths.sum()) / STEPS, np.arange(len(cells))
    for _ in range(STEPS):
        lines = cells / widths
        tallest = lines.argmax(axis=1)
        high = lines[rows, tallest]
        gain = np.bincount(tallest, np.where(high > 1, high / widths[tallest], 0.0), len(widths))
        widths[gain.argmax()] += step
    return widths


def _lines(column: Column, label_lines: int) -> list[float]:
    """Letters of every cell on one line, and of the labels on so many."""
    return [*(wide(head, BOLD) / label_lines for head in column.heads), *map(wide, column.cells)]
