"""A workbook in the making: its looks, the names of its sheets, and sheets that know how wide they are."""

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from futian_model.charts.theme import MUTED, SCENARIO
from futian_model.languages import language
from futian_model.report.words.sentences import words
from futian_model.report.writers.xlsx.measure import LONGEST_NAME, SLACK, lines, sheet_name, shortened, width
from futian_model.report.writers.xlsx.numbers import Shown

SIZE, LINE = 10.5, 17.0
"""Points of the text and of a line."""
SHADE, RULE = "#EAF1F7", "#B8C4CE"
LONGEST_CELL = 32_000
"""Characters that a cell may hold: 32,767, less room for what is counted double."""
LONGEST_QUOTED = 120
"""Characters of a piece of text in a formula: 255, less room for what is counted double."""
MADE = datetime(2000, 1, 1)
"""The same for every file: the same report has the same bytes whenever it is written."""
HIGHEST = 409.0
"""Points that a row may have."""
NARROW, WIDE = 8.0, 46.0
"""Bounds of a column, in characters."""
PAPER, ACROSS = 740.0, 690.0
"""Points down and pixels across that a sheet of paper takes of a sheet printed in its own size."""
LANDSCAPE_FROM = 125.0
"""Characters beyond which a sheet is printed across."""
MOST_HEAD = 120
"""Characters of a title that are printed above a sheet."""
HEADS = 3
"""Lines that a column's head may take before the column gives way."""


class Book:
    """A workbook being written.

    Parameters
    ----------
    title, lang : str
    """

    def __init__(self, title: str, lang: str) -> None:
        self.title, self.lang, self.words, self.pages = title, lang, words(lang), list[Page]()
        self._content = io.BytesIO()
        font = {"font_name": language(lang).font, "font_size": SIZE}
        self.workbook = Workbook(
            self._content,
            {
                "in_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": font,
            },
        )
        self.workbook.set_properties({"title": title[:255], "created": MADE, "author": "futian_model"})
        self.workbook.set_size(2400, 1500)
        self._looks = dict[tuple[tuple[str, Any], ...], Format]()
        self._names = {"history"}  # Excel keeps this one for itself

    def look(self, **properties: Any) -> Format:
        """A format, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._looks:
            base = {"font_name": language(self.lang).font, "font_size": SIZE, "valign": "top"}
            self._looks[key] = self.workbook.add_format(base | properties)
        return self._looks[key]

    def page(
        self, title: str, about: str = "", colour: str = MUTED, kind: type[Worksheet] | None = None
    ) -> "Page":
        """A new sheet, named after its title as far as a sheet can be; of a class of its own."""
        sheet = self.workbook.add_worksheet(self.name(title), kind)
        sheet.set_tab_color(colour)
        sheet.hide_gridlines(2)
        sheet.set_default_row(LINE)
        page = Page(self, sheet, about or title)
        self.pages.append(page)
        return page

    def name(self, title: str) -> str:
        """A name no other sheet has."""
        base = sheet_name(title) or self.words["workbook_table"]
        for at in range(len(self._names) + 1):
            ending = f" {at + 1}" if at else ""
            name = shortened(base, LONGEST_NAME - len(ending)) + ending
            if name.casefold() not in self._names:
                break
        self._names.add(name.casefold())
        return name

    def content(self) -> bytes:
        """The finished file."""
        self.workbook.close()
        return self._content.getvalue()


def hyperlink(target: str, text: str) -> str:
    """A formula that shows a text and leads to a place in the workbook."""
    quoted = [f'"{part}"' for part in (*portions(f"#{target}"), *portions(text))]
    return f"=HYPERLINK({quoted[0]},{'&'.join(quoted[1:])})"


def portions(text: str) -> Iterator[str]:
    """A text in pieces that a formula may hold, with its quotes doubled."""
    for start in range(0, len(text), LONGEST_QUOTED):
        yield text[start : start + LONGEST_QUOTED].replace('"', '""')


class Page:
    """A sheet being written; rows and columns count from zero."""

    def __init__(self, book: Book, sheet: Worksheet, about: str) -> None:
        self.book, self.sheet, self.about = book, sheet, about
        self._widths, self._heights = dict[int, float](), dict[int, float]()

    @property
    def name(self) -> str:
        return str(self.sheet.get_name())

    def text(self, row: int, column: int, text: str, **look: Any) -> None:
        """Words, whatever they begin with."""
        self.sheet.write_string(row, column, text[:LONGEST_CELL], self.book.look(**look))

    def number(self, row: int, column: int, shown: Shown, **look: Any) -> None:
        """A number; one that is none leaves the cell empty."""
        form = self.book.look(**({"num_format": shown.format, "align": "right"} | look))
        if shown.value == shown.value:
            self.sheet.write_number(row, column, shown.value, form)
        else:
            self.sheet.write_blank(row, column, None, form)

    def link(self, row: int, column: int, page: str, text: str, **look: Any) -> None:
        """Words that lead to another sheet."""
        target = f"'{page.replace(chr(39), chr(39) * 2)}'!A1"
        shown, words = self.book.look(font_color=SCENARIO, underline=1, **look), text[:LONGEST_CELL]
        if look.get("text_wrap") and lines(words, self.wide(column)) > 1:
            # of links LibreOffice wraps those alone that are formulas
            self.sheet.write_formula(row, column, hyperlink(target, words), shown, words)
        else:
            self.sheet.write_url(row, column, f"internal:{target}", shown, words)

    def title(self, text: str, back: str = "") -> None:
        """The title of a sheet of words, and the way back to the summary."""
        self.text(0, 0, text, font_size=14, font_color=SCENARIO, valign="vcenter")
        self.high(0, 24)
        if back:
            self.back(1, back)

    def back(self, row: int, summary: str, place: str = "") -> None:
        """The way back to the summary."""
        text = self.book.words.say("workbook_back", summary=summary, place=place).text.strip()
        self.link(row, 0, summary, text)

    def foot(
        self, row: int, columns: int, summary: str, notes: Sequence[str], title: str, place: str = ""
    ) -> int:
        """What stands below the table of a sheet, whose first row is its head; the row of the last line.

        A program that reads a table takes its head from the first row, so its title is printed above it
        and stands below.
        """
        for note in filter(None, (title, *notes)):
            row += 1
            self.across(row, max(columns, 1), note, font_color=MUTED)
        self.back(row + 1, summary, place)
        self.sheet.set_header(f"&L{title.replace('&', '&&')[:MOST_HEAD]}")
        return row + 1

    def head(self, row: int, labels: Sequence[str], start: int = 0, **look: Any) -> None:
        """The head of a table; a column is wide enough for its label in three lines."""
        style = {"text_wrap": True, "bg_color": SHADE, "bottom": 1, "bottom_color": SCENARIO} | look
        for at, label in enumerate(labels, start):
            self.text(row, at, label, **({"valign": "vcenter"} | style))
            longest = max(map(width, label.split()), default=0.0)  # a word is not broken
            several = min(longest, HEADS * NARROW) if label.isascii() else 0.0
            heads = HEADS if label.isascii() else 2
            self.widen(at, max(NARROW, several, min(width(label), width(label) / heads + 2)))

    def widen(self, column: int, wanted: float, most: float = WIDE) -> None:
        """Make a column at least so many characters wide, within bounds."""
        self._widths[column] = max(self._widths.get(column, NARROW), min(wanted, most))

    def wide(self, column: int) -> float:
        """Width of a column in characters."""
        return self._widths.get(column, NARROW)

    def tall(self, row: int, cells: Sequence[tuple[float, str]]) -> None:
        """Make a row tall enough for its cells, each with the width it has."""
        most = max((lines(text, room) for room, text in cells), default=1)
        if most > 1:
            self.high(row, most * LINE)

    def high(self, row: int, points: float) -> None:
        """Set the height of a row."""
        self._heights[row] = min(points, HIGHEST)
        self.sheet.set_row(row, self._heights[row])

    def down(self, row: int) -> float:
        """Points from the top of the sheet to a row."""
        return sum(self._heights.get(at, LINE) for at in range(row))

    def paper(self) -> float:
        """Points of the sheet that a sheet of paper takes, all columns side by side."""
        across = sum(self._widths.values()) * language(self.book.lang).digit
        return PAPER * max(1.0, across / ACROSS)

    def across(self, row: int, columns: int, text: str, start: int = 0, **look: Any) -> None:
        """Wrapped words over the columns from `start` on, before `columns`."""
        room = sum(self.wide(at) + SLACK for at in range(start, columns)) - SLACK
        style = self.book.look(**({"text_wrap": True} | look))
        shown = text[:LONGEST_CELL]
        if columns - start > 1:
            self.sheet.merge_range(row, start, row, columns - 1, "", style)
        self.sheet.write_string(row, start, shown, style)
        self.tall(row, [(room, shown)])

    def columns(self, *wide: float) -> None:
        """Columns of a width of their own, whatever they hold."""
        self._widths = dict(enumerate(wide))

    def fit(self) -> None:
        """Set the columns as wide as they were found to be."""
        for column, wide in self._widths.items():
            self.sheet.set_column(column, column, wide + SLACK)

    def printed(self, columns: int, *, repeat: int | None = None, last: int | None = None) -> None:
        """How the sheet is printed: A4, one page wide, heads repeated, pages counted."""
        self.sheet.set_paper(9)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_footer("&L&A&R&P / &N")
        if sum(self.wide(at) for at in range(columns)) > LANDSCAPE_FROM:
            self.sheet.set_landscape()
        if repeat is not None:
            self.sheet.repeat_rows(repeat)
        if last is not None:
            self.sheet.print_area(0, 0, last, columns - 1)
