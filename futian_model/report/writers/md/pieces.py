"""Pieces of a report as parts of a Markdown file, between which a line is left empty."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from markupsafe import escape

from futian_model.languages import language
from futian_model.report.page.chart_data import chart_data
from futian_model.report.page.document import LEAD, NOTE, Block, Picture, Piece, Plain, Rich, tone
from futian_model.report.page.elements import Code, Grid, Heading, Paragraph, Rule, elements
from futian_model.report.words.sentences import Words
from futian_model.report.writers.md.text import at_line, bold, fence, inline, line, looks, table

ENDINGS = {"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif"}
STEP = " " * 4
"""What a list within a list stands in by."""


@dataclass
class Pages:
    """A file that is being written: its name, its words and the pictures that lie beside it."""

    name: str
    words: Words
    pictures: dict[str, bytes] = field(default_factory=dict)

    def picture(self, content: bytes, mime: str, alt: str) -> str:
        """A picture by its description, put beside the file."""
        ending = ENDINGS.get(mime, mime.rpartition("/")[2])
        file = f"{self.name}.{len(self.pictures) + 1}.{ending}".lstrip(".")
        self.pictures[file] = content
        return f"![{inline(alt)}]({quote(file)})"


def lines(piece: Piece, pages: Pages) -> Iterator[str]:
    """One piece of a document."""
    if isinstance(piece, Rich):
        yield from _rich(piece, pages)
    elif isinstance(piece, Picture):
        yield pages.picture(piece.content, piece.mime, piece.alt)
    elif isinstance(piece, Plain):
        if piece.text.strip():
            yield fence(piece.text)
    elif piece["type"] in BLOCKS:
        yield from BLOCKS[piece["type"]](piece, pages)


def _cover(block: Block, pages: Pages) -> Iterator[str]:
    yield f"# {inline(block['title'])}"
    yield from (line(block[name]) for name in ("subtitle", "description") if block[name])
    facts = [pages.words.say("md_fact", label=label, text=text).text for label, text in block["facts"]]
    yield from (["\n".join(f"- {line(fact)}" for fact in facts)] if facts else [])


def _section(block: Block, pages: Pages) -> Iterator[str]:
    yield f"{'#' * block['level']} {inline(block['heading'])}"
    for child in block["children"]:
        yield from lines(child, pages)


def _prose(block: Block, pages: Pages) -> Iterator[str]:
    between = language(pages.words.lang).between
    text = between.join(sentence["text"] for sentence in block["sentences"])
    yield {NOTE: f"> {line(text)}", LEAD: bold(text)}.get(tone(block), line(text))


def _key_figures(block: Block, pages: Pages) -> Iterator[str]:
    items = [
        pages.words.say(
            "md_key_figure",
            label=inline(figure["label"]),
            number=bold(figure["number"]["text"]),
            note=inline(figure["note"]["text"]),
        ).text
        for figure in block["figures"]
    ]
    yield "\n".join(f"- {at_line(item)}" for item in items)


def _charts(block: Block, pages: Pages) -> Iterator[str]:
    """Each chart by its description, with the table it is drawn from folded under it."""
    for chart in block["charts"]:
        yield pages.picture(chart["svg"].encode(), "image/svg+xml", chart["alt"])
        data = chart_data(chart, block["lang"])
        yield f"<details>\n<summary>{escape(pages.words['chart_data'])}</summary>"
        yield line(chart["subtitle"])
        numeric = [at >= data.labels for at in range(len(data.heads))]
        yield table(_cells(data.heads), numeric, [_cells(row) for row in data.rows])
        yield "</details>"


def _cells(texts: list[str]) -> list[str]:
    return [inline(text) for text in texts]


def _table(block: Block, pages: Pages) -> Iterator[str]:
    if block["title"]:
        yield bold(block["title"])
    columns = block["columns"]
    yield table(
        [inline(column["label"]) for column in columns],
        [column["numeric"] for column in columns],
        [[_cell(cell) for cell in row] for row in block["rows"]],
    )
    if block["note"]:
        yield line(block["note"]["text"])


def _cell(cell: str | Mapping[str, Any]) -> str:
    return inline(cell if isinstance(cell, str) else cell["text"])


BLOCKS: dict[str, Callable[[Block, Pages], Iterator[str]]] = {
    "cover": _cover,
    "section": _section,
    "prose": _prose,
    "key_figures": _key_figures,
    "charts": _charts,
    "table": _table,
}


def _rich(rich: Rich, pages: Pages) -> Iterator[str]:
    """An analyst's own words, tables and pictures."""
    for element in elements(rich):
        if isinstance(element, Paragraph):
            yield _paragraph(element)
        elif isinstance(element, Heading):
            yield f"{'#' * element.level} {looks(element.runs)}"
        elif isinstance(element, Grid):
            yield from _grid(element)
        elif isinstance(element, Code):
            yield fence(element.text)
        elif isinstance(element, Rule):
            yield "---"
        else:
            yield pages.picture(element.content, element.mime, element.alt)


def _paragraph(element: Paragraph) -> str:
    """A paragraph: a point of a list, what stands under one, or a quote."""
    text, steps = at_line(looks(element.runs)), element.depth - element.quoted
    if not element.mark:
        return f"{STEP * steps}{'> ' * element.quoted}{text}"
    mark = element.mark if element.mark[0].isdigit() else "-"
    return f"{'> ' * element.quoted}{STEP * (steps - 1)}{mark} {text}"


def _grid(grid: Grid) -> Iterator[str]:
    if grid.caption:
        yield bold(grid.caption)
    rows = [[looks(cell) for cell in row] for row in (*grid.head, *grid.body)]
    if rows:
        heads = rows[0] if grid.head else [""] * len(rows[0])
        yield table(heads, [False] * len(heads), rows[1:] if grid.head else rows)
