"""An executed notebook as the pieces of a report."""

import base64
import binascii
import json
import re
from collections.abc import Iterator
from typing import Any

from nbformat import NotebookNode

from futian_model.languages import LANGS
from futian_model.project import USUAL
from futian_model.report.page.carried import pack
from futian_model.report.page.document import Document, Picture, Piece, Plain
from futian_model.report.page.own import Own, picture_of
from futian_model.report.page.shown import block_of
from futian_model.report.words.sentences import words

HIDDEN = "notebook-only"
"""Tag of cells that speak to whoever has the notebook open."""
MAY_FAIL = "raises-exception"
"""Tag of a cell that may end in an error, as Jupyter has it."""
MOST_BEGUN = 60
"""Characters of the beginning of a cell that are quoted."""
PICTURES = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp")
WIDGET = "application/vnd.jupyter.widget-view+json"
BARE = re.compile(r"\s*<[^<>]*>\s*")
"""What Python calls an object that has no words of its own."""
BOXES = "missing from font"
"""What matplotlib says of letters that it draws as boxes."""


def document(notebook: NotebookNode, name: str = "") -> Document:
    """An executed notebook as a document.

    Parameters
    ----------
    notebook : NotebookNode
        As `held.held` gives it, where pictures lie beside it.
    name : str
        Of the file, without its ending; the title too, where the notebook has no cover.
    """
    cover = next((block for block in blocks_of(notebook) if block["type"] == "cover"), None)
    asked = notebook.metadata.get("futian", {})
    beside, form = asked.get("beside", {}), str(asked.get("form", USUAL))
    title, lang = (cover["title"], cover["lang"]) if cover else (name, LANGS[0])
    taken = _Taken(lang)
    pieces = tuple(taken.pieces(notebook))
    warnings = tuple(dict.fromkeys(taken.warnings))
    return Document(title, lang, pieces, pack(notebook), name, beside, warnings, form)


def blocks_of(notebook: NotebookNode) -> list[dict[str, Any]]:
    """Every block in the notebook's outputs, in order."""
    outputs = (output for cell in notebook.cells for output in cell.get("outputs", []))
    blocks = (block_of(output.get("data", {})) for output in outputs)
    return [dict(block) for block in blocks if block is not None]


def allowed_to_fail(cell: NotebookNode) -> bool:
    """Whether an error of a cell is part of what it shows."""
    return MAY_FAIL in cell.metadata.get("tags", ())


def called(number: int, cell: NotebookNode) -> str:
    """A cell as a message names it: its place, 1 for the first, and how it begins."""
    first = next(iter(cell.source.strip().splitlines()), "")
    return f"cell {number} ({first[:MOST_BEGUN]}{'…' if len(first) > MOST_BEGUN else ''})"


class _Taken:
    """A notebook that is taken apart, and what of it no report can show."""

    def __init__(self, lang: str) -> None:
        self.lang, self.warnings, self.place = lang, list[str](), ""
        self.own = Own(words(lang)["picture_without_description"], self.lose)

    def lose(self, what: str) -> None:
        """Tell of something that is left out, with its cell."""
        self.warnings.append(f"{self.place}: {what}")

    def pieces(self, notebook: NotebookNode) -> Iterator[Piece]:
        """What there is to show, in order."""
        latest = 0
        for number, cell in enumerate(notebook.cells, 1):
            if HIDDEN in cell.metadata.get("tags", []):
                continue
            self.place = called(number, cell)
            if cell.cell_type == "markdown":
                yield self.own.markdown(cell.source, cell.get("attachments", {}))
            count, outputs = cell.get("execution_count"), cell.get("outputs", [])
            if count and count < latest and not all(block_of(output.get("data", {})) for output in outputs):
                self.lose("was run before a cell above it, and may show what no longer holds")
            elif latest and not count and not outputs and cell.cell_type == "code" and cell.source.strip():
                self.lose("has not been run")
            latest = max(latest, count or 0)
            for output in outputs:
                shown = self._piece(output)
                if shown is not None:
                    yield shown

    def _piece(self, output: NotebookNode) -> Piece | None:
        """One output: the richest form a page can show."""
        if output.output_type == "stream":
            if output.name == "stdout":
                return Plain(output.text)
            if BOXES in output.text:
                self.lose("a chart of which letters are missing; they are drawn as boxes")
            return None
        if output.output_type == "error":
            self.lose(f"ends in an error, which the report shows: {output.ename}")
            return Plain(f"{output.ename}: {output.evalue}")
        data = output.data
        block = block_of(data)
        if block is not None:
            return block
        for mime in PICTURES:
            if mime in data:
                alt = output.metadata.get(mime, {}).get("alt")
                return self._picture(data[mime], mime, alt or self.own.undescribed)
        if "text/html" in data:
            shown = self.own.html(data["text/html"])
            if shown.html.strip():
                return shown
        for mime in ("text/markdown", "text/latex"):
            if mime in data:
                return self.own.markdown(data[mime])
        if "application/json" in data:
            return Plain(json.dumps(data["application/json"], ensure_ascii=False, indent=2))
        rich = sorted(set(data) - {"text/plain"})
        plain = data.get("text/plain", "")
        if rich and (WIDGET in rich or not plain or BARE.fullmatch(plain)):
            self.lose(f"an output that only a browser with a kernel or scripts can show ({', '.join(rich)})")
            return None
        return Plain(plain)

    def _picture(self, content: str, mime: str, alt: str) -> Picture | Plain:
        try:
            raw = content.encode() if mime == PICTURES[0] else base64.b64decode(content)
        except binascii.Error:
            self.lose(f"a picture that cannot be read: {alt}")
            return Plain(alt)
        shown = picture_of(raw, mime)
        if shown is None:
            self.lose(f"a picture that cannot be read: {alt}")
        return Picture(*(shown or (b"", mime)), alt)
