"""A printed report read back, and documents to print."""

import ctypes
import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from futian_model.report import export
from futian_model.report.page.blocks import Block


class Read:
    """A PDF as a reader, a screen reader and a printer find it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.file = pdfium.PdfDocument(content)
        self.pages = [self.file[at] for at in range(len(self.file))]
        self.words = [bare(page.get_textpage().get_text_range()) for page in self.pages]
        self.body = [bare(self.inside(page)) for page in self.pages]
        """Words of each page without its head and foot."""
        self.tags = [tag for page in self.pages for tag in tags(page)]

    @staticmethod
    def inside(page: pdfium.PdfPage) -> str:
        wide, tall = page.get_size()
        told: str = page.get_textpage().get_text_bounded(0, 36, wide, tall - 46)
        return told

    def characters(self) -> Iterator[tuple[str, tuple[float, float, float, float], tuple[float, float]]]:
        """Every visible character with its box and the size of its page."""
        for page in self.pages:
            text = page.get_textpage()
            shown = text.get_text_range()
            for at in range(text.count_chars()):
                if at < len(shown) and not shown[at].isspace() and shown[at] not in "\u200b\u2060":
                    yield shown[at], text.get_charbox(at), page.get_size()

    def fonts(self) -> dict[str, bool]:
        """Name of each typeface that draws words, and whether the file holds it."""
        found: dict[str, bool] = {}
        for page in self.pages:
            for part in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(part.raw)
                size = raw.FPDFFont_GetBaseFontName(font, None, 0)
                name = ctypes.create_string_buffer(size)
                raw.FPDFFont_GetBaseFontName(font, name, size)
                held = raw.FPDFFont_GetIsEmbedded(font) == 1
                found[name.value.decode().partition("+")[2]] = held
        return found


def tags(page: pdfium.PdfPage) -> list[tuple[str, str]]:
    """Kind and description of every tag of a page, in reading order."""
    found: list[tuple[str, str]] = []

    def told(read: Callable[..., int], element: Any) -> str:
        size = read(element, None, 0)
        buffer = ctypes.create_string_buffer(size)
        read(element, buffer, size)
        return buffer.raw.decode("utf-16-le").rstrip("\0")

    def walk(element: Any) -> None:
        if not element:
            return
        kind = told(raw.FPDF_StructElement_GetType, element)
        found.append((kind, told(raw.FPDF_StructElement_GetAltText, element)))
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            walk(raw.FPDF_StructElement_GetChildAtIndex(element, at))

    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    for at in range(raw.FPDF_StructTree_CountChildren(tree)):
        walk(raw.FPDF_StructTree_GetChildAtIndex(tree, at))
    raw.FPDF_StructTree_Close(tree)
    return found


def bare(text: str) -> str:
    """Text without white space, and without what only says where a line may end."""
    return re.sub(r"[\s\u200b\u2060]", "", re.sub("[\ufffe\x02]", "-", text))


def shown(*made: Block | dict[str, Any]) -> NotebookNode:
    """Blocks as a notebook's outputs."""
    bundles = [one if isinstance(one, dict) else one._repr_mimebundle_() for one in made]
    outputs = [new_output("execute_result", bundle, execution_count=1) for bundle in bundles]
    return new_notebook(cells=[new_code_cell("", outputs=[output]) for output in outputs])


def table(frame: pd.DataFrame) -> NotebookNode:
    return new_notebook(
        cells=[new_code_cell("", outputs=[new_output("display_data", {"text/html": frame.to_html()})])]
    )


def printed(notebook: NotebookNode, title: str = "题目") -> Read:
    made = export(notebook, "pdf", title)
    assert made.warnings == ()
    return Read(made.content)


def cover(title: str) -> dict[str, Any]:
    block = {
        "type": "cover",
        "lang": "zh",
        "title": title,
        "subtitle": title,
        "description": title,
        "facts": [[title, title]],
    }
    return {"application/vnd.futian.block+json": block, "text/plain": ""}
