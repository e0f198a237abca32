"""The sheet of data: the results as one long table, a row a value, labels beside their codes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range
from xlsxwriter.worksheet import Worksheet

from futian_model.report.page.dictionary import Dictionary, plainly
from futian_model.report.page.results_files import TEXTS
from futian_model.report.writers.xlsx.book import Book, Page
from futian_model.report.writers.xlsx.measure import width
from futian_model.report.writers.xlsx.numbers import UNITS, signed
from futian_model.results import WHOLE

NAME, STYLE = "results", "Table Style Light 1"
"""Of the table: a formula finds it by its name."""
FRACTION = "fraction"
LEVEL = signed("#,##0.00")
"""Of values whose unit has no format of its own."""
WIDEST, CODED = 44.0, 24.0
"""Bounds of the columns of labels, and of those of codes."""


class Column(NamedTuple):
    """A column of the table: its head, a key a row, what a key stands for, and how wide it may be."""

    head: str
    keys: Sequence[Any]
    meaning: Callable[[Any], object]
    most: float = WIDEST


class LongSheet(Worksheet):
    """A sheet whose rows below the first are written at once.

    Cell by cell they would take longer than the rest of the workbook, and a column has few different cells.
    """

    left: Sequence[str] = ()
    values: Sequence[float] = ()
    looks: Sequence[Format] = ()
    right: Sequence[str] = ()

    def fill(
        self,
        left: Sequence[Column],
        values: Sequence[float],
        looks: Sequence[Format],
        right: Sequence[Column],
    ) -> None:
        """Rows of labels, a number in its look, and labels."""
        self.left, self.right = self._joined(left), self._joined(right)
        self.values, self.looks = values, looks
        self._check_dimensions(len(values), len(left) + len(right))
        # a table is added with one row: XlsxWriter keeps count of each of its cells
        whole = xl_range(0, 0, max(len(values), 1), len(left) + len(right))
        self.tables[0] |= dict.fromkeys(("range", "a_range", "autofilter"), whole)

    def _joined(self, columns: Sequence[Column]) -> list[str]:
        cells = []
        for column in columns:
            known = {key: self._cell(column.meaning(key)) for key in dict.fromkeys(column.keys)}
            cells.append([known[key] for key in column.keys])
        return ["".join(row) for row in zip(*cells, strict=True)]

    def _cell(self, value: object) -> str:
        if value is None or value == "":
            return "<c/>"
        if isinstance(value, int):
            return f"<c><v>{value}</v></c>"
        return f'<c t="s"><v>{self.str_table._get_shared_string_index(value)}</v></c>'

    def _write_rows(self) -> None:
        super()._write_rows()
        looks = dict.fromkeys(self.looks)  # numbered in the order of the rows, which is the same every time
        styles = {look: look._get_xf_index() for look in looks}
        rows = zip(self.left, self.values, self.looks, self.right, strict=True)
        self.fh.writelines(
            f'<row r="{at}">{left}<c s="{styles[look]}"><v>{value!r}</v></c>{right}</row>'
            if value == value
            else f'<row r="{at}">{left}<c/>{right}</row>'
            for at, (left, value, look, right) in enumerate(rows, 2)
        )


def write_long(book: Book, results: pd.DataFrame, names: Mapping[str, Mapping[str, str]]) -> Page:
    """The first sheet: every value as the files of results hold it, fractions shown in %.

    Parameters
    ----------
    book : Book
    results : DataFrame
        As `results_from` gives it.
    names : mapping
        Name in each language, unit and kind of what the results are of.
    """
    page = book.page(book.words["workbook_data"], book.words["workbook_about_data"], kind=LongSheet)
    left, right = _columns(book, results, names)
    heads = [*left, Column(book.words["workbook_column_value"], ["1,000,000.000000"], str), *right]
    for at, column in enumerate(heads):
        cells = {str(column.meaning(key) or "") for key in dict.fromkeys(column.keys)}
        cells.add(f"{column.head}    ")  # with its button
        page.widen(at, max(map(width, cells)), column.most)
    table = {"name": NAME, "style": STYLE, "columns": [{"header": column.head} for column in heads]}
    page.sheet.add_table(0, 0, 1, len(heads) - 1, table)
    units = results["unit"].tolist()
    looks = {
        unit: book.look(num_format=(unit in UNITS and UNITS[unit].format) or LEVEL, align="right", indent=1)
        for unit in dict.fromkeys(units)
    }
    page.sheet.fill(left, results["value"].tolist(), [looks[unit] for unit in units], right)
    page.sheet.freeze_panes(1, 1)
    page.fit()
    page.printed(len(heads) - len(TEXTS), repeat=0, last=len(results))  # codes are for programs
    return page


def _columns(
    book: Book, results: pd.DataFrame, names: Mapping[str, Mapping[str, str]]
) -> tuple[list[Column], list[Column]]:
    """Columns before the value, and those behind it."""
    words, called = book.words, Dictionary(book.words, names)
    held = {name: results[name].tolist() for name in TEXTS}
    whole = results[list(WHOLE)].astype(object).where(results[list(WHOLE)].notna(), None)
    pairs = list(zip(held["statistic"], held["reading"], strict=True))

    def column(name: str, keys: Sequence[Any], meaning: Callable[[Any], object]) -> Column:
        return Column(words[f"workbook_column_{name}"], keys, meaning)

    def measure(code: str) -> str:
        return str(words["workbook_per_cent"] if code == FRACTION else called.unit(code) or code)

    left = [
        column("indicator", held["indicator"], lambda code: called.indicator(code) or plainly(code)),
        column("case", held["case"], lambda code: called.case(code) or plainly(code)),
        column("statistic", pairs, lambda pair: called.statistic(*pair) or plainly(pair[0])),
        column("reading", held["reading"], lambda code: called.reading(code) or plainly(code)),
        column("place", held["place"], lambda code: called.name(code) or plainly(code)),
        *(column(name, whole[name].tolist(), _own) for name in WHOLE),
    ]
    right = [
        column("measure", held["unit"], measure),
        column("prices", held["price_basis"], lambda code: called.text(f"basis_{code}")),
        *(Column(words.say("workbook_code", column=name).text, held[name], _own, CODED) for name in TEXTS),
    ]
    return left, right


def _own(code: object) -> object:
    return code
