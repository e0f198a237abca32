"""A report as a workbook: figures to go on calculating with, charts, and the text beside them.

Cells hold numbers in the unit their format shows; words are words, whatever they begin with.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from futian_model.report.page.carried import NAME, Written
from futian_model.report.page.document import Document
from futian_model.report.page.results_files import results_from
from futian_model.report.writers.xlsx.book import LONGEST_CELL, Book, Page
from futian_model.report.writers.xlsx.charts import write_charts
from futian_model.report.writers.xlsx.flow import Chart, Item, Opening, Table, items
from futian_model.report.writers.xlsx.inputs import write_inputs
from futian_model.report.writers.xlsx.long import write_long
from futian_model.report.writers.xlsx.reading import carried, pictures, seen
from futian_model.report.writers.xlsx.results import Record, read, write_results
from futian_model.report.writers.xlsx.summary import (
    answer,
    opening,
    write_chart,
    write_contents,
    write_summary,
)
from futian_model.report.writers.xlsx.tables import write_table
from futian_model.report.writers.xlsx.text import write_text

__all__ = ["carried", "pictures", "seen", "write"]


def write(document: Document) -> Written:
    """A document as a workbook that carries its notebook."""
    book, pieces = Book(document.title, document.lang), items(document)
    record = opening(pieces, "record")
    if record is not None:
        results = results_from(record["results"])
        write_long(book, results, record["names"])
    front, row = write_summary(book, document, pieces)
    answered, pages = answer(pieces), dict[int, Page]()
    charts = [(at, item) for at, item in enumerate(pieces) if isinstance(item, Chart)]
    breaks = list[int]()
    if charts:
        drawn = write_charts(book, [chart for _, chart in charts], front.name)
        pages |= {at: data.page for (at, _), data in zip(charts, drawn, strict=True)}
        for (_, chart), data in zip(charts, drawn, strict=True):
            if any(item is chart for item in answered):
                row = write_chart(front, row, data, breaks)
    if record is not None:
        write_results(book, Record(read(results), record["names"], base_year(record["inputs"])), front.name)
    for at, item in enumerate(pieces):
        if isinstance(item, Table):
            pages[at] = write_table(book, item, front.name)
    if record is not None:
        write_inputs(book, record, front.name)
    write_rest(book, pieces, answered, pages, front.name)
    write_contents(front, row, breaks)
    _carry(book, document.carried)
    return Written(book.content())


def write_rest(
    book: Book, pieces: Sequence[Item], answered: Sequence[Item], pages: Mapping[int, Page], summary: str
) -> None:
    """The words that the first sheet does not hold, with links to the sheets of tables and charts."""
    known = {id(item) for item in answered}
    rest = [
        (at, item)
        for at, item in enumerate(pieces)
        if id(item) not in known and not isinstance(item, Opening)
    ]
    if rest:
        places = {place: pages[at] for place, (at, _) in enumerate(rest) if at in pages}
        write_text(book, [item for _, item in rest], summary, places)


def base_year(inputs: Mapping[str, Any]) -> int | None:
    """Year of the constant prices, where all scenarios of the report have the same."""
    years = {
        part["assumptions"]["base_year"]
        for part in inputs.values()
        if isinstance(part, Mapping) and "base_year" in part.get("assumptions", {})
    }
    return int(years.pop()) if len(years) == 1 else None


def _carry(book: Book, packed: str) -> None:
    """The notebook on a sheet that no menu shows, in portions a cell can hold."""
    sheet = book.workbook.add_worksheet(NAME)
    for row, start in enumerate(range(0, len(packed), LONGEST_CELL)):
        sheet.write_string(row, 0, packed[start : start + LONGEST_CELL])
    sheet.very_hidden()
