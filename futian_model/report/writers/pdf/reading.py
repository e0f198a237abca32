"""What a PDF says and shows to whoever opens it, and the notebook that it carries."""

import ctypes
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from threading import Lock
from typing import Any

from futian_model.report.page.carried import NAME, Pictured
from futian_model.report.page.pictures import MOST_PIXELS
from futian_model.report.writers import foreign

UNSAID = {0x200B: None, 0xFFFE: "-"}
"""Where a line may end, and a hyphen where one did, as the file tells of them."""
TAG = "Figure"
SCALE = 4.0
"""Pixels of a point in a picture that is compared: its smallest letters are as tall as in print."""
_PDFIUM = Lock()
"""Its library must not be entered twice at once."""
Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points from the corner at the bottom left."""
Figure = tuple[Box, str]


def carried(content: bytes) -> str | None:
    """The notebook that a PDF carries, packed; None where it carries none, or is no PDF."""
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with _PDFIUM, PdfDocument(foreign.paper(content)) as opened:
            for at in range(opened.count_attachments()):
                attached = opened.get_attachment(at)
                if attached.get_name() == NAME:
                    return bytes(attached.get_data()).decode("ascii")
    except (PdfiumError, UnicodeDecodeError):
        return None
    return None


def seen(content: bytes) -> list[str]:
    """The words of a PDF as a reader sees them, line by line."""
    from pypdfium2 import PdfDocument

    with _PDFIUM, PdfDocument(content) as opened:
        pages = [page.get_textpage().get_text_range() for page in opened]
    words = "\n".join(pages).translate(UNSAID)
    lines = (" ".join(line.split()) for line in words.splitlines())
    return [line for line in lines if line]


def pictures(content: bytes) -> list[Pictured]:
    """What a PDF shows where its figures are, page by page from the top, whatever else was laid over them."""
    from pypdfium2 import PdfDocument

    with _PDFIUM, PdfDocument(content) as opened:
        return [
            Pictured(" ".join(description.split()), _shown(page, box))
            for page in opened
            for box, description in _in_rows(_figures(page))
        ]


def _in_rows(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures as they are read: row by row, from the left."""
    rows = list[list[Figure]]()
    for box, description in sorted(figures, key=lambda figure: -figure[0][3]):
        if rows and box[3] > (rows[-1][0][0][1] + rows[-1][0][0][3]) / 2:
            rows[-1].append((box, description))
        else:
            rows.append([(box, description)])
    for row in rows:
        yield from sorted(row)


def _figures(page: Any) -> Iterator[Figure]:
    """Where the figures of a page are drawn, and their descriptions."""
    from pypdfium2 import raw

    drawn: dict[int, list[Box]] = {}
    for drawing in page.get_objects(max_depth=1):
        drawn.setdefault(raw.FPDFPageObj_GetMarkedContentID(drawing.raw), []).append(drawing.get_bounds())
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    for at in range(raw.FPDF_StructTree_CountChildren(tree)):
        for element in _inside(raw.FPDF_StructTree_GetChildAtIndex(tree, at)):
            if _text(raw.FPDF_StructElement_GetType, element) == TAG:
                boxes = [box for mark in _marks(element) for box in drawn.get(mark, [])]
                if boxes:
                    yield _around(boxes), _text(raw.FPDF_StructElement_GetAltText, element)
    raw.FPDF_StructTree_Close(tree)


def _marks(element: Any) -> list[int]:
    """Numbers of the marks that what belongs to an element has on its page."""
    from pypdfium2 import raw

    count = raw.FPDF_StructElement_GetMarkedContentIdCount(element)
    return [raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at) for at in range(count)]


def _around(boxes: Sequence[Box]) -> Box:
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def _inside(element: Any) -> Iterator[Any]:
    """An element of the structure and all inside it."""
    from pypdfium2 import raw

    if element:
        yield element
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            yield from _inside(raw.FPDF_StructElement_GetChildAtIndex(element, at))


def _text(read: Callable[..., int], element: Any) -> str:
    """A text of an element: how long it is, then itself."""
    buffer = ctypes.create_string_buffer(read(element, None, 0))
    read(element, buffer, len(buffer))
    return buffer.raw.decode("utf-16-le").rstrip("\0")


def _shown(page: Any, box: Box) -> bytes:
    """A part of a page as pixels, all that lies on it included."""
    wide, tall = page.get_size()
    left, bottom, right, top = box
    crop = (max(left, 0.0), max(bottom, 0.0), max(wide - right, 0.0), max(tall - top, 0.0))
    out = io.BytesIO()
    if (right - left) * (top - bottom) * SCALE**2 > MOST_PIXELS:
        return b""
    page.render(scale=SCALE, crop=crop).to_pil().save(out, "PNG", compress_level=1)
    return out.getvalue()
