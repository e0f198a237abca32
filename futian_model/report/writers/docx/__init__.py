"""A report as a Word document that an office can go on writing in: native styles, tables, fields."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from futian_model.report.page.carried import Written, pack
from futian_model.report.page.document import Document, Picture, Plain, Rich
from futian_model.report.words.sentences import words
from futian_model.report.writers.docx.file import carry, describe, empty, head_and_foot, saved
from futian_model.report.writers.docx.manuscript import Manuscript
from futian_model.report.writers.docx.pictures import rasters
from futian_model.report.writers.docx.pieces import COLOURS, put, vectors
from futian_model.report.writers.docx.reading import carried, pictures, seen
from futian_model.report.writers.docx.xml import FORBIDDEN

__all__ = ["carried", "pictures", "seen", "write"]

UNSEEN = ("svg", "table", "axes")
"""What a chart holds beside its words."""


def write(document: Document) -> Written:
    """A document as one DOCX that carries its notebook.

    Parameters
    ----------
    document : Document

    Returns
    -------
    Written
        The same bytes for the same document; warned of are characters and pictures that had to be left
        out.
    """
    texts, made = words(document.lang), empty(document.lang)
    head_and_foot(made, document.title, texts)
    describe(made, document.title, document.lang)
    manuscript = Manuscript(made, texts, rasters(list(vectors(document.pieces))))
    for piece in document.pieces:
        put(piece, manuscript)
    manuscript.finished()
    carry(made, pack(document.notebook))
    return Written(saved(made), tuple(_warnings(document, manuscript.lost)))


def _warnings(document: Document, lost: int) -> Iterator[str]:
    dropped = sorted(set(FORBIDDEN.findall("".join(_texts([document.title, *document.pieces])))))
    if dropped:
        told = ", ".join(f"U+{ord(one):04X}" for one in dropped)
        yield f"left out, as no Word document can hold them: {told}"
    if lost:
        yield f"{lost} pictures cannot be read; their descriptions stand instead"


def _texts(content: Any) -> Iterator[str]:
    """Every text that a reader sees of a piece."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Rich):
        yield str(content.html)
    elif isinstance(content, Plain):
        yield COLOURS.sub("", content.text)
    elif isinstance(content, Picture):
        yield content.alt
    elif isinstance(content, Mapping):
        if content.get("type") != "record":
            for name, value in content.items():
                yield from _texts(value) if name not in UNSEEN or content.get("type") else ()
    elif isinstance(content, Sequence):
        for one in content:
            yield from _texts(one)
