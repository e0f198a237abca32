"""Printed tables made to fit: nothing clipped, no number broken, nothing beyond the page."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from futian_model.report.writers.pdf.fonts import Typefaces
from futian_model.report.writers.pdf.page import ROOM, ROOM_TURNED, Node
from futian_model.report.writers.pdf.ruler import BRACKETS, LABEL_LINES, WORD, Ruler, kept_parts, said

SIZES = (8.8, 8.2, 7.6)
"""Points of the words in a table, tried from the left."""
SIZES_TURNED = (8.2, 7.6, 7.0, 6.4, 6.0)
"""The same on a page on its side, for tables that fit no other way."""
NARROW, EASY = 5.0, 9.0
"""Letters of a column of words: at the least, and where no number's cell has to take two lines."""
TALLEST = 9
"""More of them for long words: about as many lines as a cell may have."""
SHORT = 14.0
"""Letters of a cell of single words, on one line."""
STEPS = 60
"""Parts in which the room that is left is given away."""
RAGGED, SPILL = 1.5, 3.0
"""Letters that the end of a line may leave empty, and that a line of their own is too much for."""
FEWEST = 2
"""Columns of a table that is not parted further."""
LAST = 3
"""Rows at a table's end that never part, nor from the note below them."""
LONGEST_END = 1500
"""Letters of such rows beyond which they may be taller than a page."""


@dataclass(frozen=True)
class Needs:
    """What columns take, padding included, in sizes of their words.

    Attributes
    ----------
    least, full : tuple of float
        Of each column: below the first something breaks, beyond the second nothing is gained.
    cells : ndarray, shape (rows, columns)
        Of every cell on one line, labels among them.
    """

    least: tuple[float, ...]
    full: tuple[float, ...]
    cells: NDArray[np.float64]


def fitted(table: Node, faces: Typefaces) -> Iterator[Node]:
    """A table with widths: smaller words if need be, then on its side, then in parts.

    Parameters
    ----------
    table : Node
        `columns` (numeric, short), `heads` and `rows` of cells, which are texts or runs.
    faces : Typefaces

    Yields
    ------
    Node
        The table with `size`, `padding`, `widths` and `turned`; a cell of numbers as the parts of it that
        stay on one line.
    """
    easy, close = (_needs(table, Ruler(faces, 1.0), narrow) for narrow in (EASY, NARROW))
    tries = [(False, size, easy) for size in SIZES[:2]]
    tries += [(False, size, close) for size in SIZES] + [(True, size, close) for size in SIZES_TURNED]
    few = len(table["columns"]) <= FEWEST
    for turned, size, needs in tries:
        room = ROOM_TURNED if turned else ROOM
        if size * sum(needs.least) <= room or (few and (turned, size) == (True, SIZES_TURNED[-1])):
            widths = [size * width for width in _shared(needs, room / size)]
            yield _laid(table, Ruler(faces, size), widths, turned)
            return
    for part in _parts(table, close.least, ROOM_TURNED / SIZES_TURNED[-1]):
        yield from fitted(part, faces)


def _parts(table: Node, least: Sequence[float], room: float) -> Iterator[Node]:
    """As few tables as it takes, of about as many columns each, every one with the first column."""
    count = max(2, math.ceil(sum(least[1:]) / max(1.0, room - least[0])))
    size = math.ceil((len(least) - 1) / count)
    for start in range(1, len(least), size):
        part = _columns(table, [0, *range(start, min(start + size, len(least)))])
        yield part if start + size >= len(least) else part | {"note": ""}


def _columns(table: Node, columns: Sequence[int]) -> Node:
    picked = {key: [[row[at] for at in columns] for row in table[key]] for key in ("heads", "rows")}
    return table | picked | {"columns": [table["columns"][at] for at in columns]}


def _needs(table: Node, ruler: Ruler, narrow: float) -> Needs:
    found = [_need(table, at, ruler, narrow) for at in range(len(table["columns"]))]
    cells = [[ruler.wide(said(cell)) for cell in row] for row in (*table["heads"], *table["rows"])]
    pad = 2 * ruler.pad
    return Needs(
        tuple(least + pad for least, _ in found),
        tuple(full + pad for _, full in found),
        np.array(cells, float).reshape(-1, len(found)) + pad,
    )


def _need(table: Node, at: int, ruler: Ruler, narrow: float) -> tuple[float, float]:
    """Least and full width of one column, without its padding."""
    column = table["columns"][at]
    cells = [said(row[at]) for row in table["rows"]]
    heads = [said(row[at]) for row in table["heads"]]
    full = ruler.widest(cells)
    least = ruler.widest(word for cell in cells for word in WORD.findall(cell))
    if (column["short"] and full <= SHORT * ruler.size) or (column["numeric"] and narrow == EASY):
        least = full
    else:
        if column["numeric"]:
            least = ruler.widest(part for cell in cells for part in kept_parts(cell))
        least = max(least, min(full, narrow * ruler.size + full / TALLEST))
    least = max(least, *(ruler.label(head, LABEL_LINES) for head in heads), 0.0)
    return least, max(full, least, ruler.widest(heads))


def _shared(needs: Needs, room: float) -> list[float]:
    """Widths that fill the room: what is left goes where rows are tallest, then to all alike."""
    if sum(needs.full) <= room or sum(needs.least) > room:
        return [full * room / sum(needs.full) for full in needs.full]
    widths, cells = np.array(needs.least), needs.cells
    step, rows = (room - widths.sum()) / STEPS, np.arange(len(cells))
    for _ in range(STEPS):
        lines = cells / widths
        tallest = lines.argmax(axis=1)
        high = lines[rows, tallest]
        broken = high > 1
        gain = np.bincount(tallest[broken], high[broken] / widths[tallest[broken]], len(widths))
        if gain.any():
            widths[gain.argmax()] += step
        else:
            widths += step / len(widths)
    return [float(width) for width in _polished(widths, needs)]


def _polished(widths: NDArray[np.float64], needs: Needs) -> NDArray[np.float64]:
    """Give a column the little it lacks to spare its cells a second line of a letter or two."""
    cells, least = needs.cells, np.array(needs.least)
    lines = np.ceil(cells / widths - 1e-9)
    # words do not fill a line to its end: what takes several lines keeps some room
    kept = np.where(lines > 1, cells / lines + RAGGED, cells).max(axis=0)
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


def _laid(table: Node, ruler: Ruler, widths: list[float], turned: bool) -> Node:
    """The table with widths, and its cells made to fit them."""
    last = len(widths) - 1
    inner = [width - (2 - (at == 0) - (at == last)) * ruler.pad for at, width in enumerate(widths)]

    def number(cell: Any, at: int) -> Any:
        if not table["columns"][at]["numeric"] or not isinstance(cell, str):
            return cell
        told = kept_parts(cell) if ruler.wide(cell) > inner[at] else [cell]
        return [{"text": part, "whole": True} for part in told]

    end = table["rows"][-LAST:]
    short = sum(len(said(cell)) for row in end for cell in row) <= LONGEST_END
    return table | {
        "size": ruler.size,
        "padding": ruler.pad,
        "widths": widths,
        "turned": turned,
        "end": len(end) if short else 0,
        "heads": [[_label(cell, ruler, inner[at]) for at, cell in enumerate(row)] for row in table["heads"]],
        "rows": [[number(cell, at) for at, cell in enumerate(row)] for row in table["rows"]],
    }


def _label(cell: Any, ruler: Ruler, room: float) -> Node:
    """A label as narrow as its lines allow, so that none of them is left with a letter or two."""
    lines = ruler.lines(said(cell), room)
    wide = room if lines == 1 else min(room, ruler.label(said(cell), lines) + 0.2 * ruler.size)
    if isinstance(cell, str):
        cell = [{"text": part, "whole": part[0] in "（("} for part in re.split(f"({BRACKETS})", cell) if part]
    return {"cell": cell, "width": wide}
