"""What a workbook says and draws for whoever opens it, and the notebook that it carries."""

import io
import zipfile
import zlib
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import ParseError

from futian_model.report.page.carried import NAME, Pictured
from futian_model.report.writers import foreign

KEPT, DIGITS = 13, 10
"""Significant digits that every program keeps of a number when it saves a file, and those compared."""
MARKS = {ord(mark): None for mark in '"\\'}
BROKEN = (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError, ParseError, SyntaxError)
"""What reading a file raises that is no workbook."""
WORDS = "chart/title//{http://schemas.openxmlformats.org/drawingml/2006/main}t"
VALUES = (".//val//f", ".//xVal//f", ".//yVal//f")
"""Where a chart names the cells of its values."""


def carried(content: bytes) -> str | None:
    """The notebook that a workbook carries, packed; None where it carries none."""
    from openpyxl import load_workbook

    try:
        foreign.package(content).close()
        book = load_workbook(io.BytesIO(content), read_only=True)
        if NAME not in book.sheetnames:
            return None
        rows = book[NAME].iter_rows(max_col=1, values_only=True)
        return "".join(str(row[0]) for row in rows if row and row[0] is not None) or None
    except foreign.Beyond:
        raise
    except BROKEN:
        return None


@lru_cache(1)
def _opened(content: bytes) -> Any:
    """A workbook to read; its words and pictures are asked for in turn, and it takes time."""
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content))


def seen(content: bytes) -> list[str]:
    """Every cell that a workbook shows: where it stands, what it holds, and how a number is shown.

    A formula is told as it is: what it gives is worked out by whatever opens the file.
    """
    book = _opened(content)
    return [
        f"{sheet.title}!{cell.coordinate}: {text}"
        for sheet in book.worksheets
        if sheet.sheet_state == "visible"
        for _, cell in sorted(sheet._cells.items())  # those it holds: a lone one may lie far out
        if (text := _text(cell))
    ]


def pictures(content: bytes) -> list[Pictured]:
    """Charts and pictures of a workbook, sheet by sheet from the top.

    A chart is its title and the cells its series are drawn from: each program draws it in its own way.
    """
    book = _opened(content)
    return [
        _drawn(drawing) if hasattr(drawing, "series") else Pictured(sheet.title, drawing.ref.getvalue())
        for sheet in book.worksheets
        for drawing in sorted([*sheet._charts, *sheet._images], key=_place)
    ]


def _place(drawing: Any) -> tuple[int, int]:
    corner = drawing.anchor._from
    return corner.row, corner.col


def _drawn(chart: Any) -> Pictured:
    """A chart by its title, with the cells of its values."""
    tree = chart._write()
    title = " ".join("".join(element.text or "" for element in tree.iterfind(WORDS)).split())
    cells = sorted(
        {(element.text or "").replace("'", "") for name in VALUES for element in tree.iterfind(name)}
    )
    return Pictured(title, "\n".join((title, *cells)).encode())


def _text(cell: Any) -> str:
    """What a cell holds; a number with its format, less the marks that each program sets in its own way."""
    if cell.value is None:
        return ""
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool):
        kept = float(f"{cell.value:.{KEPT}g}")
        return f"{kept:.{DIGITS}g} {cell.number_format}".translate(MARKS)
    return " ".join(str(cell.value).split())
