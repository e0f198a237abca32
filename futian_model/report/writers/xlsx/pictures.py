"""Pictures on a sheet; those a spreadsheet cannot hold are drawn in pixels first."""

import io
import struct
from importlib.resources import as_file, files
from math import ceil

from xlsxwriter.exceptions import UndefinedImageSize, UnsupportedImageFormat
from xlsxwriter.image import Image

from futian_model.charts.theme import MUTED
from futian_model.report.page.document import Picture
from futian_model.report.writers.xlsx.book import LINE, Page

SVG = "image/svg+xml"
RESOLUTION, SCREEN = 192.0, 96
SOURCE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.svg), format: "svg")"""
MOST = 640
"""Pixels that a picture may be wide on a sheet."""


def insert(page: Page, row: int, column: int, picture: Picture, most: int = MOST) -> int:
    """A picture with its description; the row after it. One that is none leaves its description alone."""
    try:
        content = rasterised(picture.content) if picture.mime == SVG else picture.content
        image = Image(io.BytesIO(content))
    except (UnsupportedImageFormat, UndefinedImageSize, ValueError, struct.error):
        page.text(row, column, picture.alt, italic=True, font_color=MUTED, text_wrap=True)
        return row + 1
    wide, tall = (
        size * SCREEN / dpi for size, dpi in ((image.width, image.x_dpi), (image.height, image.y_dpi))
    )
    scale = min(1.0, most / wide)
    shown = {"description": picture.alt, "object_position": 3, "x_scale": scale, "y_scale": scale}
    page.sheet.insert_image(row, column, image, shown)
    return row + ceil(tall * scale / (LINE * SCREEN / 72)) + 1


def rasterised(svg: bytes) -> bytes:
    """An SVG as PNG, with the packaged font.

    Raises
    ------
    ValueError
        It is no SVG.
    """
    import typst

    with as_file(files("noto_cjk_sans_otc") / "NotoSansCJK-Regular.ttc") as font:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(font.parent)])
        try:
            made = typst.compile(
                SOURCE.encode(),
                format="png",
                ppi=RESOLUTION,
                sys_inputs={"svg": svg.decode()},
                font_paths=fonts,
            )
        except (typst.TypstError, UnicodeDecodeError) as fault:
            raise ValueError(str(fault).splitlines()[0]) from None
    return bytes(made)
