"""Tables as sheets: numbers as numbers, in the format of their rule."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from futian_model.charts.theme import MUTED
from futian_model.report.writers.xlsx.book import NARROW, RULE, SHADE, Book, Page
from futian_model.report.writers.xlsx.flow import Column, Table
from futian_model.report.writers.xlsx.measure import width
from futian_model.report.writers.xlsx.numbers import Shown, parsed, shown

HEAD = 0
"""Row of a table's head, the first: programs that read a table look for it there."""
LONG = 12
"""A table of more rows can be filtered."""
GAP = 1
"""Columns left free between a table and the numbers in its words."""


def write_table(book: Book, table: Table, summary: str) -> Page:
    """A sheet of one table.

    Numbers that stand inside the words of a cell, as the ends of a range do, stand once more at the
    right of the table, each in a cell of its own.
    """
    title = table.title or table.place or str(book.words["workbook_table"])
    page = book.page(title, table.place if table.place != title else "")
    if table.own:
        table = replace(table, columns=_counted(table, book.lang))
    page.head(HEAD, [column.label for column in table.columns])
    for at, column in enumerate(table.columns):
        if column.numeric:
            page.text(HEAD, at, column.label, **HEADING, **RIGHT)
    _cells(page, table)
    extra = _inside(page, table)
    place = table.place if table.place != title else ""
    last = page.foot(HEAD + len(table.rows) + 1, len(table.columns), summary, [table.note], title, place)
    _finish(page, table, last, extra)
    return page


RIGHT, LEFT = {"align": "right", "indent": 1}, {"align": "left"}
HEADING = {"text_wrap": True, "bg_color": SHADE, "bottom": 1, "valign": "vcenter"}


def _cells(page: Page, table: Table) -> None:
    for at, column in enumerate(table.columns):
        for wide in (width(words_of(row[at])) for row in table.rows):
            # words in a column of numbers take several lines before they widen it
            page.widen(at, min(wide, RANGE) + 1 if column.numeric else wide)
    for down, row in enumerate(table.rows, HEAD + 1):
        for at, (cell, column) in enumerate(zip(row, table.columns, strict=False)):
            held = number_in(cell, page.book.lang, own=table.own or column.numeric)
            look: dict[str, Any] = {"bottom": 4, "bottom_color": RULE, "valign": "vcenter"}
            if held is not None:
                page.number(down, at, held, **look, **(RIGHT if column.numeric else LEFT))
            else:
                align = RIGHT if column.numeric else {}
                page.text(down, at, words_of(cell), text_wrap=True, **align, **look)
        page.tall(down, [(page.wide(at), words_of(cell)) for at, cell in enumerate(row)])


def _counted(table: Table, lang: str) -> list[Column]:
    """Columns of an analyst's table, those marked that hold numbers and nothing else."""
    columns = []
    for at, column in enumerate(table.columns):
        cells = [row[at].strip() for row in table.rows if row[at].strip()]
        columns.append(replace(column, numeric=bool(cells) and all(parsed(cell, lang) for cell in cells)))
    return columns


def number_in(cell: Any, lang: str, *, own: bool) -> Shown | None:
    """The number a cell is, None where it is words; `own` cells are read back from what they print."""
    if isinstance(cell, str):
        return parsed(cell.strip(), lang) if own else None
    if "rule" in cell:
        return shown(cell["value"], cell["rule"], lang)
    whole = [number for number in cell["numbers"] if number["text"] == cell["text"]]
    return shown(whole[0]["value"], whole[0]["rule"], lang) if whole else None


def words_of(cell: Any) -> str:
    """A cell as it is printed."""
    return cell if isinstance(cell, str) else str(cell["text"])


def _inside(page: Page, table: Table) -> int:
    """Numbers in the words of cells, each kind in a column; how many columns that takes."""
    start = len(table.columns) + GAP
    columns = list(_columns(table))
    if not columns:
        return 0
    page.sheet.set_column(len(table.columns), len(table.columns), 2)
    for at, (label, place, numbers) in enumerate(columns, start):
        heading = page.book.words.say("workbook_number_in_text", column=label, at=str(place)).text
        page.head(HEAD, [heading], at, font_color=MUTED)
        for down, number in enumerate(numbers, HEAD + 1):
            if number is not None:
                held = shown(number["value"], number["rule"], page.book.lang)
                page.number(down, at, held, font_color=MUTED, valign="vcenter", **RIGHT)
                page.widen(at, width(number["text"]) + 1)
    return len(columns) + GAP


def _columns(table: Table) -> Iterator[tuple[str, int, list[Mapping[str, Any] | None]]]:
    """Of every column the first, second and further number inside its cells' words."""
    for at, column in enumerate(table.columns):
        inside = [_numbers(row[at]) for row in table.rows]
        for place in range(max(map(len, inside), default=0)):
            yield column.label, place + 1, [cell[place] if place < len(cell) else None for cell in inside]


def _numbers(cell: Any) -> Sequence[Mapping[str, Any]]:
    if isinstance(cell, str) or "rule" in cell:
        return []
    numbers: Sequence[Mapping[str, Any]] = cell["numbers"]
    return [] if any(number["text"] == cell["text"] for number in numbers) else numbers


def _finish(page: Page, table: Table, last: int, extra: int) -> None:
    across = len(table.columns)
    heads = [at for at, column in enumerate(table.columns) if column.head]
    frozen = heads[0] + 1 if heads and sum(page.wide(at) for at in range(heads[0] + 1)) < WIDEST else 0
    page.sheet.freeze_panes(HEAD + 1, frozen)
    labels = [(page.wide(at), column.label) for at, column in enumerate(table.columns)]
    page.tall(HEAD, labels)
    if len(table.rows) > LONG:
        page.sheet.autofilter(HEAD, 0, HEAD + len(table.rows), across - 1 + extra)
    page.fit()
    page.printed(across, repeat=HEAD, last=last)


RANGE = 26.0
"""Characters that words may take in a column of numbers; a range does."""
WIDEST = 40.0
"""Characters of frozen columns that leave a phone room to scroll."""

__all__ = ["NARROW", "number_in", "words_of", "write_table"]
