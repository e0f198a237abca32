"""Word documents in tests: what goes in, and what is held of what came out."""

import io
import re
import zipfile
from typing import Any

import docx
import pandas as pd
from docx.document import Document as Word
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from futian_model.report.page.blocks import Block
from futian_model.report.page.document import MIME

DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">'
    '<script>alert(1)</script><path d="M0 0h80v40z"/></svg>'
)


def notebook(*outputs: Block | NotebookNode | str | None) -> NotebookNode:
    """Blocks, other outputs and Markdown as a notebook carries them; a section left out shows nothing."""
    cells = []
    for one in outputs:
        if one is None:
            continue
        if isinstance(one, str):
            cells.append(new_markdown_cell(one))
            continue
        shown = new_output("display_data", {MIME: one.to_dict()}) if isinstance(one, Block) else one
        cells.append(new_code_cell("secret_code()", outputs=[shown]))
    return new_notebook(cells=cells)


def picture(content: str, mime: str = "image/png", alt: str | None = None) -> NotebookNode:
    return new_output("display_data", {mime: content}, metadata={mime: {"alt": alt}} if alt else {})


def frame(columns: int, rows: int = 3) -> NotebookNode:
    table = pd.DataFrame([[f"{10 * row + 0.123456:.6f}"] * columns for row in range(rows)])
    with pd.option_context("display.max_columns", None):
        return new_output("display_data", {"text/html": table.to_html()})


def opened(content: bytes) -> Word:
    return docx.Document(io.BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def spaceless(text: str) -> str:
    return re.sub(r"\s", "", text)


def fields(element: Any) -> list[str]:
    return [(code.text or "").strip() for code in element.iter(qn("w:instrText"))]


def paragraphs(word: Word) -> list[Paragraph]:
    """Paragraphs of the text, of what stands side by side too, without contents."""
    return [
        Paragraph(one, word._body)
        for one in word.element.body.iter(qn("w:p"))
        if next(one.iterancestors(qn("w:sdt")), None) is None
    ]


def saved(word: Word) -> bytes:
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()
