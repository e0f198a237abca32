"""The sheet of words: the report's text in its own order, an analyst's own, and pictures."""

from collections.abc import Mapping, Sequence
from typing import Any

from futian_model.charts.theme import MUTED, SCENARIO
from futian_model.report.page.document import ASIDE, LEAD, NOTE, Picture
from futian_model.report.page.elements import Run
from futian_model.report.writers.xlsx.book import LINE, LONGEST_CELL, PAPER, SHADE, Book, Page
from futian_model.report.writers.xlsx.charts import insert
from futian_model.report.writers.xlsx.flow import Chart, Figures, Item, Line, Table, said
from futian_model.report.writers.xlsx.measure import lines
from futian_model.report.writers.xlsx.numbers import shown

WIDE, STEP = 88.0, 2
"""Width of the column of words; an item of a list stands so many characters further in."""
BESIDE = 2.0
"""Width of the column beside it: some programs shrink to a sheet of paper only what is several columns."""
SIZES = {1: 14, 2: 13, 3: 12}
CODE = "Consolas"


def write_text(book: Book, items: Sequence[Item], summary: str, pages: Mapping[int, Page]) -> Page:
    """Words and pictures in order; a table or chart as a link to its sheet.

    Parameters
    ----------
    book : Book
    items : sequence of Item
    summary : str
        Name of the first sheet.
    pages : mapping of int to Page
        Sheet of each table and chart, by its place in `items`.
    """
    page = book.page(book.words["workbook_text"], book.words["workbook_about_text"])
    page.title(page.name, summary)
    page.columns(WIDE, BESIDE)
    row, start, breaks = 3, 3, [0]
    for at, item in enumerate(items):
        if not (at and is_heading(items[at - 1])):  # a heading stays with what it is over
            start = row
        if isinstance(item, Line):
            row = _line(page, row, item)
        elif isinstance(item, Picture):
            row = insert(page, row, 0, item)
        elif isinstance(item, Table | Chart):
            row = _link(page, row, item, pages[at])
        elif isinstance(item, Figures):
            row = _figures(page, row, item)
        if page.down(row) - page.down(breaks[-1]) > PAPER and start > breaks[-1]:
            breaks.append(start)
    page.sheet.set_h_pagebreaks(breaks[1:])
    page.fit()
    page.sheet.freeze_panes(1, 0)
    page.printed(2, last=row)
    return page


def is_heading(item: Item) -> bool:
    return isinstance(item, Line) and item.kind == "heading"


def _line(page: Page, row: int, line: Line) -> int:
    if line.kind == "heading":
        size = SIZES.get(line.level, 11)
        page.text(row + 1, 0, said(line), font_size=size, font_color=SCENARIO, text_wrap=True)
        page.high(row + 1, size * 1.7)
        return row + 2
    look: dict[str, Any] = {"text_wrap": True}
    if line.kind in (NOTE, ASIDE):
        look |= {"font_color": MUTED} | ({"bg_color": SHADE} if line.kind == NOTE else {})
    if line.kind == LEAD:
        look |= {"bold": True}
    if line.kind == "code":
        look |= {"font_name": CODE, "font_size": 9}
    if line.level:
        look |= {"indent": STEP * line.level, "align": "left"}
    for part in parts(line):
        _words(page, row, part, look)
        text = "".join(run.text for run in part)
        page.high(row, max(1, lines(text, WIDE - look.get("indent", 0))) * LINE)
        row += 1
    return row


def parts(line: Line) -> list[list[Run]]:
    """Runs of a line in portions that a cell can hold."""
    runs = [Run(line.runs)] if isinstance(line.runs, str) else list(line.runs)
    portions, room = [list[Run]()], LONGEST_CELL
    for run in runs:
        text = run.text
        while text:
            if not room:
                portions.append([])
                room = LONGEST_CELL
            portions[-1].append(Run(text[:room], run.bold, run.italic, run.code, run.link, run.raised))
            room, text = room - len(text[:room]), text[room:]
    return [portion for portion in portions if portion]


def _words(page: Page, row: int, runs: Sequence[Run], look: Mapping[str, Any]) -> None:
    if len(runs) == 1 or not any(run.bold or run.italic or run.code or run.raised for run in runs):
        page.text(row, 0, "".join(run.text for run in runs), **look)
        return
    pieces = list[Any]()
    for run in runs:
        pieces += [page.book.look(**_look(run)), run.text]
    page.sheet.write_rich_string(row, 0, *pieces, page.book.look(**look))


def _look(run: Run) -> dict[str, Any]:
    look: dict[str, Any] = {}
    if run.bold:
        look["bold"] = True
    if run.italic:
        look["italic"] = True
    if run.code:
        look["font_name"] = CODE
    if run.raised:
        look["font_script"] = 1 if run.raised > 0 else 2
    return look


def _link(page: Page, row: int, item: Table | Chart, target: Page) -> int:
    words = page.book.words
    if isinstance(item, Table):
        title = item.title or item.place or words["workbook_table"]
        link = words.say("workbook_table_at", title=title, sheet=target.name).text
    else:
        link = words.say("workbook_chart_at", title=str(item.content["title"]), sheet=target.name).text
    page.link(row, 0, target.name, link, text_wrap=True)
    page.tall(row, [(WIDE, link)])
    return row + 1


def _figures(page: Page, row: int, figures: Figures) -> int:
    for figure in figures.content:
        number = figure["number"]
        text = shown(number["value"], number["rule"], page.book.lang)
        page.number(row, 1, text, align="left")
        page.widen(1, 14)
        page.text(row, 0, f"{figure['label']}: {figure['note']['text']}", text_wrap=True)
        row += 1
    return row
