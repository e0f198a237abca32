"""Pictures in a Word document, at the resolution of print."""

import io
import struct
from collections.abc import Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from docx.document import Document as Word
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.oxml.shape import CT_Inline
from docx.shared import Emu
from lxml.etree import _Element as Element
from PIL import Image

from futian_model.charts.page import WIDTH
from futian_model.report.writers.docx.form import Form
from futian_model.report.writers.docx.xml import w

PPI = 220
"""Dots an inch, as an office program keeps them for print."""
COLOURS = 256
"""Of a picture: a chart has a dozen, and their mixtures where they meet."""
EMU = 12700
"""Of Word's units of length in a point."""
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
TEMPLATE = "pictures.typ"
UNREADABLE = (
    InvalidImageStreamError,
    UnexpectedEndOfFileError,
    UnrecognizedImageError,
    KeyError,
    ValueError,
    ZeroDivisionError,
    struct.error,
)
"""What python-docx says of a broken picture."""


class Vector(NamedTuple):
    """An SVG, and the points across at which it is read best; 0 where it says so itself."""

    svg: str
    width: float = 0.0


def chart(svg: str) -> Vector:
    """A chart: its letters have their own size at the width it was drawn for."""
    return Vector(svg, WIDTH)


def rasters(pictures: Sequence[Vector], form: Form) -> dict[Vector, bytes]:
    """Pictures as PNG; what cannot be drawn is left out."""
    from typst import TypstError

    different = list(dict.fromkeys(pictures))
    if not different:
        return {}
    try:
        return dict(zip(different, _drawn(different, form), strict=True))
    except TypstError:
        # one broken picture spoils them all, so each is tried by itself
        half = len(different) // 2
        return rasters(different[:half], form) | rasters(different[half:], form) if half else {}


def _drawn(pictures: Sequence[Vector], form: Form) -> list[bytes]:
    from typst import compile as typeset

    templates = files("futian_model.report.writers.docx") / "templates"
    inputs = {"count": str(len(pictures)), "room": str(form.sheet.room), "tall": str(form.tall)}
    for at, picture in enumerate(pictures):
        inputs |= {f"svg-{at}": picture.svg, f"width-{at}": str(picture.width)}
    lettered = any("<text" in picture.svg for picture in pictures)
    options: dict[str, Any] = {
        "root": str(templates),  # a picture may refer to nothing outside
        "font_paths": [str(files("noto_cjk_sans_otc"))] if lettered else [],
        "ignore_system_fonts": True,
        "format": "png",
        "ppi": PPI,
        "sys_inputs": inputs,
    }
    drawn: Any = typeset((templates / TEMPLATE).read_bytes(), **options)
    return [small(picture) for picture in (drawn if isinstance(drawn, list) else [drawn])]


def small(picture: bytes) -> bytes:
    """A chart as a PNG of so many colours, half as large; the steps of its edges are not told apart."""
    content = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as opened:
        opened.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
            content, "PNG"
        )
    return content.getvalue()


class Shown(NamedTuple):
    """A picture in the document: its relation, and points across and down."""

    relation: str
    width: float
    height: float


def shown(word: Word, content: bytes, room: float, tall: float, ppi: float = 0) -> Shown | None:
    """Put a picture into the document as large as it was made, if there is room; None if it is broken."""
    try:
        relation, image = word.part.get_or_add_image(io.BytesIO(content))
        across, down = (
            (image.px_width * 72 / ppi, image.px_height * 72 / ppi)
            if ppi
            else (image.width / EMU, image.height / EMU)
        )
        scale = min(1.0, room / across, tall / down)
    except UNREADABLE:
        return None
    return Shown(relation, scale * across, scale * down)


def drawing(picture: Shown, alt: str, number: int) -> Element:
    """A run that holds a picture with its description."""
    size = Emu(round(EMU * picture.width)), Emu(round(EMU * picture.height))
    inline = CT_Inline.new_pic_inline(number, picture.relation, f"Picture {number}", *size)
    inline.docPr.set("descr", alt)
    return w("r", w("drawing", inline))
