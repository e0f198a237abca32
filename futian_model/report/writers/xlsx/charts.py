"""Charts, a sheet each: drawn by the spreadsheet from the cells at their left."""

import io
import math
import struct
from collections.abc import Callable, Mapping, Sequence
from importlib.resources import as_file, files
from math import ceil

from xlsxwriter.chart import Chart as Native
from xlsxwriter.exceptions import UndefinedImageSize, UnsupportedImageFormat
from xlsxwriter.image import Image

from futian_model.charts.theme import MUTED
from futian_model.report.page.document import Picture
from futian_model.report.writers.xlsx.bars import dots, ranges, tornado, waterfall
from futian_model.report.writers.xlsx.book import LINE, Book, Page
from futian_model.report.writers.xlsx.data import Data
from futian_model.report.writers.xlsx.fan import fan, paths
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
            image = typst.compile(
                SOURCE.encode(),
                format="png",
                ppi=RESOLUTION,
                sys_inputs={"svg": svg.decode()},
                font_paths=fonts,
            )
        except (typst.TypstError, UnicodeDecodeError) as fault:
            raise ValueError(str(fault).splitlines()[0]) from None
    return bytes(image)


KINDS: Mapping[str, Callable[[Data], list[Native]]] = {
    "fan": fan,
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
BETWEEN = 1
"""Columns left free between a chart and its data."""
PIXELS, TALL = 700, 400.0
"""Pixels of a chart across and down."""
UNDER = 9
"""Columns that a chart covers."""
AROUND, ROW = 160, 48
"""Height of what stands around the bars of a chart, and of each row of bars."""
PER_ROW = LINE * 4 / 3
"""Pixels of a row of cells."""
BARS = ("waterfall", "tornado", "dots", "ranges")


def write_charts(book: Book, charts: Sequence[Chart], summary: str) -> list[Data]:
    """A sheet for each chart, its data from the first cell on, and where each has its data."""
    return [_sheet(book, chart, summary) for chart in charts]


def _sheet(book: Book, chart: Chart, summary: str) -> Data:
    content = chart.content
    title = str(content["title"])
    page = book.page(title, str(content["subtitle"]))
    data = Data(page, 0, 0, content)
    below = insert_chart(page, 1, data, beside=True)
    notes = [str(content["subtitle"]), book.words["workbook_about_chart"]]
    last = page.foot(data.rows + 1, data.used, summary, notes, title, chart.place)
    page.sheet.freeze_panes(1, 0)
    page.fit()
    page.printed(data.used + BETWEEN + UNDER, last=max(last, below))
    return data


def insert_chart(page: Page, row: int, data: Data, tall: float = TALL, *, beside: bool = False) -> int:
    """The chart of some data on a sheet, or the charts of its panels two by two; the row after them.

    It stands in the first column, or beside its data.
    """
    content = data.content
    data.used = 0  # a chart drawn once more has the same data in the same cells
    draw = KINDS.get(content["kind"])
    if draw is None:
        _table(data)
        picture = Picture(content["svg"].encode(), SVG, content["alt"])
        return insert(page, row, data.used + BETWEEN if beside else 0, picture, PIXELS)
    drawn = draw(data)
    at = row, data.used + BETWEEN if beside else 0
    if len(drawn) > 1:
        return _panels(page, at, drawn, content["alt"])
    if content["kind"] in BARS:
        tall = max(tall, AROUND + ROW * len(content["table"]["rows"]))
    _place(page, at, drawn[0], content["alt"], PIXELS, int(tall))
    return row + math.ceil(tall / PER_ROW) + 1


def _panels(page: Page, start: tuple[int, int], drawn: Sequence[Native], alt: str) -> int:
    wide, tall = PIXELS // 2, int(TALL * 2 / 3)
    row, column = start
    for at, chart in enumerate(drawn):
        _place(page, (row, column), chart, alt, wide - 4, tall, wide * (at % 2))
        if at % 2 or chart is drawn[-1]:
            row += math.ceil(tall / PER_ROW) + 1
    return row


def _place(
    page: Page, at: tuple[int, int], chart: Native, alt: str, wide: int, tall: int, right: int = 0
) -> None:
    chart.set_size({"width": wide, "height": tall})
    page.sheet.insert_chart(
        *at, chart, {"description": alt, "object_position": 3, "x_offset": right, "y_offset": 4}
    )


def _table(data: Data) -> None:
    """The numbers of a chart that the spreadsheet cannot draw."""
    table = data.content["table"]
    for at, label in enumerate(table["columns"]):
        data.column(str(label), [row[at] for row in table["rows"]])
