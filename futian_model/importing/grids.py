"""A delivered file as grids of cells: workbooks and delimited text in any encoding, read within bounds."""

import csv
import io
import re
import unicodedata
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import TypeAlias

from futian_model.errors import FileFault, InputError

LARGEST = 50_000_000
"""Bytes of a file, and of a workbook unpacked times `PACKED`, that are read."""
PACKED = 10
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Beginnings of xlsx and xls."""
LOCKED = "EncryptedPackage".encode("utf-16-le")
MACROS = ("_VBA_PROJECT".encode("utf-16-le"), "vbaProject.bin")
"""Names inside an xls and an xlsx that holds macros."""
ENCODINGS = ("gb18030", "big5", "cp1252")
"""What tables that are not UTF are written in; which one, charset-normalizer says."""
DAMAGED = "a workbook that is damaged; allowed: one that a spreadsheet opens"
PASSWORD = "locked by a password; allowed: a copy saved without one"
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
SPACED = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
Cell: TypeAlias = str | float | date
"""Text folded to half width, a number, or a day."""


@dataclass(frozen=True)
class Grid:
    """One sheet, or one text.

    Attributes
    ----------
    file, sheet : str
        As messages print them; the sheet of a text is empty.
    rows : tuple of tuple
        Cells, every row as long as the longest; a merged cell's value stands in each of its places.
    merged : frozenset of (int, int)
        Places that a merged cell covers over several rows.
    """

    file: str
    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: frozenset[tuple[int, int]] = frozenset()

    def place(self, row: int, column: int) -> str:
        """A cell as a spreadsheet names it, with its sheet: ``'Sheet1'!B5``."""
        return (f"'{self.sheet}'!" if self.sheet else "") + f"{letters(column)}{row + 1}"

    def fault(self, row: int, column: int, allowed: str, field: str = "cell") -> InputError:
        """That a cell holds what cannot be taken."""
        return InputError(
            field, self.rows[row][column], allowed, file=f"{self.file} {self.place(row, column)}"
        )


def letters(column: int) -> str:
    """A column as a spreadsheet names it.

    Examples
    --------
    >>> letters(0), letters(26)
    ('A', 'AA')
    """
    before, last = divmod(column, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def folded(text: str) -> str:
    """A text in half-width signs, with single spaces, and none between Chinese ones.

    Examples
    --------
    >>> folded("（亿元）　２０２４年 "), folded("指　标")
    ('(亿元) 2024年', '指标')
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).replace("\ufeff", "").split())
    return SPACED.sub("", plain)


def read_grids(file: Path) -> list[Grid]:
    """The sheets of a workbook that hold anything, or the one table of a text.

    Raises
    ------
    FileFault
        The file is too large, locked by a password, holds macros, is a page of the web, or cannot be read.
    OSError
        It is not there.
    """
    name = file.name
    if file.stat().st_size > LARGEST:
        size = f"{file.stat().st_size / 1e6:,.0f} MB"
        raise FileFault(name, f"{size}; allowed: a table of up to {LARGEST / 1e6:,.0f} MB")
    content = file.read_bytes()
    if content.startswith((ZIP, OLE)):
        refuse(name, content)
        grids = of_workbook(name, content)
    else:
        grids = [of_text(name, content)]
    grids = [grid for grid in grids if any(cell != "" for row in grid.rows for cell in row)]
    if not grids:
        raise FileFault(name, "holds no cell; allowed: a table")
    return grids


def refuse(name: str, content: bytes) -> None:
    """Refuse a workbook that is locked, holds macros, or would not fit the memory."""
    locked, macros = LOCKED in content, MACROS[0] in content
    if content.startswith(ZIP):
        try:
            parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
        except zipfile.BadZipFile:
            raise FileFault(name, DAMAGED) from None
        macros = any(part.filename.endswith(MACROS[1]) for part in parts)
        if sum(part.file_size for part in parts) > LARGEST * PACKED:
            size = f"{LARGEST * PACKED / 1e6:,.0f} MB"
            raise FileFault(name, f"a workbook that unpacks to more; allowed: up to {size} unpacked")
    if locked:
        raise FileFault(name, PASSWORD)
    if macros:
        raise FileFault(name, "holds macros; allowed: a copy saved without them, as .xlsx")


def of_workbook(name: str, content: bytes) -> list[Grid]:
    """Every sheet."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    grids = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            rows = [[cell_of(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            tall = set[tuple[int, int]]()
            for first, last in sheet.merged_cell_ranges or ():
                for row in range(first[0], min(last[0] + 1, len(rows))):
                    for column in range(first[1], min(last[1] + 1, len(rows[row]))):
                        rows[row][column] = rows[first[0]][first[1]]
                        if last[0] > first[0]:
                            tall.add((row, column))
            grids.append(Grid(name, title, squared(rows), frozenset(tall)))
    except PasswordError:
        raise FileFault(name, PASSWORD) from None
    except BaseException as error:
        # a reader in Rust that gives up on a torn file raises what is no Exception
        if not isinstance(error, CalamineError) and type(error).__name__ != "PanicException":
            raise
        raise FileFault(name, DAMAGED) from None
    return grids


def cell_of(value: object) -> Cell:
    """A cell of a workbook."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    return folded(str(value))


def of_text(name: str, content: bytes) -> Grid:
    """A delimited text, whose encoding and delimiter are worked out."""
    text = decoded(name, content)
    if text.lstrip()[:200].lower().startswith(("<html", "<!doctype", "<table", "<?xml")):
        raise FileFault(name, "a page of the web, whatever it is called; allowed: it saved as .xlsx or CSV")
    lines = [line for line in text.splitlines()[:200] if line.strip()]
    counts = Counter({sign: sum(line.count(sign) for line in lines) for sign in ",\t;"})
    sign = counts.most_common(1)[0][0]
    try:
        rows = [list(map(folded, row)) for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign)]
    except csv.Error as error:
        raise FileFault(name, f"no table ({error}); allowed: CSV, or a workbook") from None
    return Grid(name, "", squared([[*row] for row in rows]))


def decoded(name: str, content: bytes) -> str:
    """The text of a file in whatever encoding."""
    if b"\0" in content[:4096] and not content.startswith(tuple(MARKS)):
        raise FileFault(name, "no table; allowed: CSV, .xls or .xlsx")
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        best = from_bytes(content[:200_000], cp_isolation=list(ENCODINGS)).best()
    if best is None:
        raise FileFault(name, "a text in no encoding of a table; allowed: UTF-8, GB18030, Big5") from None
    return content.decode(best.encoding, "replace")


def squared(rows: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Rows all as long as the longest."""
    width = max(map(len, rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows)
