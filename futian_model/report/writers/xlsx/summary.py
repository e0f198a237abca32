"""The first sheet: what the report is about, its answer, its key figures, and what the other sheets hold."""

from collections.abc import Mapping, Sequence
from typing import Any

from futian_model.charts.theme import MUTED, SCENARIO
from futian_model.report.page.carried import NAME
from futian_model.report.page.document import ASIDE, LEAD, NOTE, Document
from futian_model.report.writers.xlsx.book import LINE, RULE, SHADE, Book, Page
from futian_model.report.writers.xlsx.charts import TALL, insert_chart
from futian_model.report.writers.xlsx.data import Data
from futian_model.report.writers.xlsx.flow import Chart, Figures, Item, Line, Opening, said
from futian_model.report.writers.xlsx.measure import lines
from futian_model.report.writers.xlsx.numbers import shown

LOWEST = 240.0
"""Pixels down that leave a chart legible."""
WIDTHS = (34.0, 18.0, 40.0)
"""Label, figure, note: together as wide as a page of paper."""
LOOKS: Mapping[str, Mapping[str, Any]] = {
    NOTE: {"font_color": MUTED, "bg_color": SHADE},
    LEAD: {"bold": True},
    ASIDE: {"font_color": MUTED},
}


def opening(items: Sequence[Item], kind: str = "cover") -> Mapping[str, Any] | None:
    """The cover or the record, where the document has one."""
    openings = (item.content for item in items if isinstance(item, Opening))
    return next((content for content in openings if content["type"] == kind), None)


def answer(items: Sequence[Item]) -> list[Item]:
    """Words, key figures and charts of the first section, the answer; none without a cover."""
    if opening(items) is None:
        return []
    section, level = list[Item](), 0
    for item in items:
        if isinstance(item, Line) and item.kind == "heading":
            if section and item.level <= level:
                break
            level = level or item.level
        if isinstance(item, Figures | Line | Chart):
            section.append(item)
    return section


def write_summary(book: Book, document: Document, items: Sequence[Item]) -> tuple[Page, int]:
    """The sheet, and the row that its contents are to begin in."""
    page = book.page(book.words["workbook_summary"], colour=SCENARIO)
    page.sheet.activate()  # an analyst's program reads the first sheet, a reader begins here
    page.columns(*WIDTHS)
    page.title(document.title)
    cover = opening(items)
    row = 1 if cover is None else _cover(page, cover)
    for item in answer(items):
        if isinstance(item, Figures):
            row = _figures(page, row, item.content)
        elif isinstance(item, Line):
            row = _line(page, row, item)
    return page, row + 1


def _cover(page: Page, cover: Mapping[str, Any]) -> int:
    row = 1
    for text in (cover["subtitle"], cover["description"]):
        if text:
            page.across(row, 3, text, font_color=MUTED)
            row += 1
    row += 1
    for label, value in cover["facts"]:
        page.text(row, 0, label, font_color=MUTED)
        page.text(row, 1, value)
        row += 1
    return row + 1


def _line(page: Page, row: int, line: Line) -> int:
    text = said(line)
    if line.kind == "heading":
        page.text(row, 0, text, font_size=12, font_color=SCENARIO, valign="vcenter")
        page.high(row, 26)
    else:
        page.across(row, 3, text, **LOOKS.get(line.kind, {}))
    return row + 1


def _figures(page: Page, row: int, figures: Sequence[Mapping[str, Any]]) -> int:
    row += 1
    for figure in figures:
        look = {"bottom": 1, "bottom_color": RULE, "text_wrap": True, "valign": "vcenter"}
        number, note = figure["number"], figure["note"]["text"]
        page.text(row, 0, figure["label"], **look)
        held = shown(number["value"], number["rule"], page.book.lang)
        page.number(row, 1, held, font_size=14, font_color=SCENARIO, align="left", **look)
        page.text(row, 2, note, font_color=MUTED, **look)
        most = max(lines(figure["label"], WIDTHS[0]), lines(note, WIDTHS[2]))
        page.high(row, max(26, most * LINE))
        row += 1
    return row + 1


def write_chart(page: Page, row: int, data: Data, breaks: list[int]) -> int:
    """A chart of the answer, a little lower or on a new sheet of paper for want of room; the row after it."""
    since = page.down(breaks[-1]) if breaks else 0.0
    left = (since + page.paper() - page.down(row)) * 4 / 3
    if left < LOWEST:
        breaks.append(row)
        left = TALL
    return insert_chart(page, row, data, min(left, TALL)) + 1


def write_contents(page: Page, row: int, breaks: Sequence[int]) -> None:
    """A link to every other sheet and what it holds."""
    words, first = page.book.words, row
    page.text(row, 0, words["workbook_contents"], font_size=12, font_color=SCENARIO)
    page.text(row + 1, 0, words["workbook_contents_lead"], font_color=MUTED)
    row += 2
    for other in page.book.pages:
        if other is page:
            continue
        page.link(row, 0, other.name, other.name, text_wrap=True)
        about = other.about if other.about != other.name else ""
        page.across(row, 3, about, start=1)
        page.tall(row, [(WIDTHS[0], other.name), (WIDTHS[1] + WIDTHS[2], about)])
        row += 1
    page.across(row, 3, words.say("workbook_hidden", sheet=NAME).text, font_color=MUTED)
    row += 1
    since = page.down(breaks[-1]) if breaks else 0.0
    page.sheet.set_h_pagebreaks([*breaks, *([first] if page.down(row) - since > page.paper() else [])])
    page.fit()
    page.sheet.freeze_panes(1, 0)
    page.printed(3)
