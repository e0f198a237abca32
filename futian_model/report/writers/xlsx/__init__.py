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
from futian_model.report.writers.xlsx.summary import answer, write_chart, write_contents, write_summary
from futian_model.report.writers.xlsx.tables import write_table
from futian_model.report.writers.xlsx.text import write_text

__all__ = ["carried", "pictures", "seen", "write"]


def write(document: Document) -> Written:
    """A document as a workbook that carries its notebook."""
    book, made = Book(document.title, document.lang), items(document)
    record = next(
        (one.content for one in made if isinstance(one, Opening) and one.content["type"] == "record"), None
    )
    if record is not None:
        results = results_from(record["results"])
        write_long(book, results, record["names"])
    front, row = write_summary(book, document, made)
    told, pages = answer(made), dict[int, Page]()
    charts = [(at, one) for at, one in enumerate(made) if isinstance(one, Chart)]
    breaks = list[int]()
    if charts:
        drawn = write_charts(book, [one for _, one in charts], front.name)
        pages |= {at: data.page for (at, _), data in zip(charts, drawn, strict=True)}
        for (_, chart), data in zip(charts, drawn, strict=True):
            if any(one is chart for one in told):
                row = write_chart(front, row, data, breaks)
    if record is not None:
        write_results(book, Record(read(results), record["names"], base_year(record["inputs"])), front.name)
    for at, item in enumerate(made):
        if isinstance(item, Table):
            pages[at] = write_table(book, item, front.name)
    if record is not None:
        write_inputs(book, record, front.name)
    write_rest(book, made, told, pages, front.name)
    write_contents(front, row, breaks)
    _carry(book, document.carried)
    return Written(book.content())


def write_rest(
    book: Book, made: Sequence[Item], told: Sequence[Item], pages: Mapping[int, Page], summary: str
) -> None:
    """The words that the first sheet does not hold, with links to the sheets of tables and charts."""
    known = {id(one) for one in told}
    rest = [(at, one) for at, one in enumerate(made) if id(one) not in known and not isinstance(one, Opening)]
    if rest:
        places = {place: pages[at] for place, (at, _) in enumerate(rest) if at in pages}
        write_text(book, [one for _, one in rest], summary, places)


def base_year(inputs: Mapping[str, Any]) -> int | None:
    """Year of the constant prices, where all scenarios of the report have the same."""
    found = {
        one["assumptions"]["base_year"]
        for one in inputs.values()
        if isinstance(one, Mapping) and "base_year" in one.get("assumptions", {})
    }
    return int(found.pop()) if len(found) == 1 else None


def _carry(book: Book, packed: str) -> None:
    """The notebook on a sheet that no menu shows, in portions a cell can hold."""
    sheet = book.workbook.add_worksheet(NAME)
    for row, start in enumerate(range(0, len(packed), LONGEST_CELL)):
        sheet.write_string(row, 0, packed[start : start + LONGEST_CELL])
    sheet.very_hidden()
