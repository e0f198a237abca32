"""The sheet of charts: each drawn by the spreadsheet from the cells at its right."""

import io
import math
import struct
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import as_file, files
from math import ceil
from typing import Any

from xlsxwriter.chart import Chart as Native
from xlsxwriter.exceptions import UndefinedImageSize, UnsupportedImageFormat
from xlsxwriter.image import Image

from futian_model.charts.theme import MUTED
from futian_model.report.page.document import Picture
from futian_model.report.writers.xlsx.bars import dots, ranges, tornado, waterfall
from futian_model.report.writers.xlsx.book import LINE, Book, Page
from futian_model.report.writers.xlsx.data import Data
from futian_model.report.writers.xlsx.fan import fan, panels, paths
from futian_model.report.writers.xlsx.flow import Chart
from futian_model.report.writers.xlsx.lines import coverage, lines, pit

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


KINDS: Mapping[str, Callable[[Data], list[Native]]] = {
    "fan": fan,
    "panels": panels,
    "paths": paths,
    "lines": lines,
    "plane": lines,
    "coverage": coverage,
    "pit": pit,
    "waterfall": waterfall,
    "tornado": tornado,
    "dots": dots,
    "ranges": ranges,
}
COLUMNS, BETWEEN = 9, 1
"""Columns under a chart, and left free before its data."""
CHARACTERS, PIXELS, TALL = 9.0, 700, 400.0
"""Width of those columns; pixels of a chart across and down."""
FIRST, SHEET = 4, 47
"""Row that the first chart begins in; rows that a sheet of paper takes."""
AROUND, ROW = 160, 48
"""Height of what stands around the bars of a chart, and of each row of bars."""
PER_ROW = LINE * 4 / 3
"""Pixels of a row of cells."""
BARS = ("waterfall", "tornado", "dots", "ranges")


def write_charts(book: Book, charts: Sequence[Chart], summary: str) -> tuple[Page, list[Data]]:
    """A sheet of all charts, one under the other, and where each has its data."""
    page = book.page(book.words["workbook_charts"], book.words["workbook_about_charts"])
    page.title(page.name, summary)
    page.text(2, 0, book.words["workbook_about_charts"], font_color=MUTED)
    page.columns(*[CHARACTERS] * COLUMNS)
    row, below, top, breaks, written = FIRST, FIRST, 0, list[int](), list[Data]()
    for chart in charts:
        data = _data(page, below, chart.content)
        page.text(row, 0, str(chart.content["subtitle"]), font_color=MUTED)
        end = insert_chart(page, row + 1, data) + 1
        if end - top > SHEET and row > FIRST:
            breaks.append(row)
            top = row
        row, below = end, data.row + data.rows + 2
        written.append(data)
    page.fit()
    page.sheet.freeze_panes(1, 0)
    page.printed(COLUMNS, last=row)
    page.sheet.set_h_pagebreaks(breaks)
    return page, written


def _data(page: Page, row: int, content: Mapping[str, Any]) -> Data:
    """Where the data of a chart stand, under its name."""
    page.text(row, COLUMNS + BETWEEN, str(content["title"]), font_size=12)
    page.text(row + 1, COLUMNS + BETWEEN, page.book.words["workbook_chart_data"], font_color=MUTED)
    return Data(page, row + 2, COLUMNS + BETWEEN, content)


def insert_chart(page: Page, row: int, data: Data, tall: float = TALL) -> int:
    """The chart of some data on a sheet, or the charts of its panels two by two; the row after them."""
    content = data.content
    data.used = 0  # a chart drawn once more has the same data in the same cells
    draw = KINDS.get(content["kind"])
    if draw is None:
        _table(data)
        return insert(page, row, 0, Picture(content["svg"].encode(), "image/svg+xml", content["alt"]), PIXELS)
    drawn = draw(data)
    if len(drawn) > 1:
        return _panels(page, row, drawn, content["alt"])
    if content["kind"] in BARS:
        tall = max(tall, AROUND + ROW * len(content["table"]["rows"]))
    _place(page, row, drawn[0], content["alt"], PIXELS, int(tall))
    return row + math.ceil(tall / PER_ROW) + 1


def _panels(page: Page, row: int, drawn: Sequence[Native], alt: str) -> int:
    wide, tall = PIXELS // 2, int(TALL * 2 / 3)
    for at, one in enumerate(drawn):
        _place(page, row, one, alt, wide - 4, tall, wide * (at % 2))
        if at % 2 or one is drawn[-1]:
            row += math.ceil(tall / PER_ROW) + 1
    return row


def _place(page: Page, row: int, one: Native, alt: str, wide: int, tall: int, right: int = 0) -> None:
    one.set_size({"width": wide, "height": tall})
    page.sheet.insert_chart(
        row, 0, one, {"description": alt, "object_position": 3, "x_offset": right, "y_offset": 4}
    )


def _table(data: Data) -> None:
    """The numbers of a chart that the spreadsheet cannot draw."""
    table = data.content["table"]
    for at, label in enumerate(table["columns"]):
        data.column(str(label), [row[at] for row in table["rows"]])
