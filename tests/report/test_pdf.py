"""The printed report, read back: pages, words, tags, typefaces, and what it carries."""

import base64
import ctypes
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from futian_model.charts.page import WIDTH
from futian_model.charts.theme import SMALL
from futian_model.evidence import load_evidence
from futian_model.report import FutianPDFExporter, ScorecardReport, blocks_of, export
from futian_model.report import pdf as pages
from futian_model.report.blocks import Block, Links
from futian_model.report.carried import pack, unpack
from futian_model.report.document import Document
from futian_model.report.outputs import document
from futian_model.report.pdf import fonts as pdf_fonts
from futian_model.report.pdf.page import ROOM, ROOM_TURNED, Files
from futian_model.report.pdf.pieces import HALF, nodes
from futian_model.report.pdf.ruler import Ruler, kept_parts, said
from futian_model.report.pdf.tables import fitted
from futian_model.scorecard import VIEWS

from .conftest import SECTIONS, Report, flat, texts

A4 = 595.276, 841.89
OWN_FONTS = {"NotoSansCJKsc-Regular", "NotoSansMonoCJKsc-Regular", "DejaVuSans"}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20">{}</svg>'
HOSTILE = (
    '#eval("1+1") #{panic()} {{ 7 * 7 }} $x^2$ *b* _i_ `c` = h =cmd() @ref <label> \\alpha // c /* d */ '
    '<script>alert(1)</script> [a](b) ~ \' " -- ... %n \\u{41} #include "report.json" #pdf.attach'
)


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


@pytest.fixture(scope="module", params=["zh", "en"])
def report_notebook(request: pytest.FixtureRequest, report: Report) -> NotebookNode:
    made = report("evidence_trend", request.param)
    return shown(*(getattr(made, name)() for name in (*SECTIONS, "record")))


@pytest.fixture(scope="module")
def read(report_notebook: NotebookNode) -> Read:
    return printed(report_notebook)


def test_pages_are_a4_and_count_themselves(report_notebook: NotebookNode, read: Read) -> None:
    foot = {"zh": "第{}页，共{}页", "en": "Page{}of{}"}[document(report_notebook).lang]
    assert len(read.pages) > 5
    for number, (page, words) in enumerate(zip(read.pages, read.words, strict=True), 1):
        assert page.get_size() == pytest.approx(A4, abs=0.1)
        assert words.endswith(foot.format(number, len(read.pages)))


def test_pages_after_the_first_say_what_they_belong_to(report_notebook: NotebookNode, read: Read) -> None:
    cover = blocks_of(report_notebook)[0]
    assert not read.words[0].startswith(bare(cover["title"]))
    for words in read.words[1:]:
        assert words.startswith(bare(cover["title"]))
        assert "0.1.0" in words[:80]


def test_no_text_of_any_block_is_lost(report_notebook: NotebookNode, read: Read) -> None:
    body = "".join(read.body)
    lost = [
        text for block in flat(blocks_of(report_notebook)) for text in texts(block) if bare(text) not in body
    ]
    assert lost == []


def test_contents_and_bookmarks_are_the_headings_in_order(report_notebook: NotebookNode, read: Read) -> None:
    headings = [block for block in flat(blocks_of(report_notebook)) if block["type"] == "section"]
    marks = [(mark.level, mark.get_title(), mark.get_dest().get_index() + 1) for mark in read.file.get_toc()]
    assert [(level, title) for level, title, _ in marks] == [
        (block["level"] - 2, block["heading"]) for block in headings
    ]
    assert all(bare(title) in read.body[page - 1] for _, title, page in marks)
    listed = "".join(f"{bare(title)}{page}" for level, title, page in marks if level == 0)
    assert listed in read.body[0] + read.body[1]


def test_the_first_page_is_the_leaders(report_notebook: NotebookNode, read: Read) -> None:
    answer = blocks_of(report_notebook)[1]
    for text in (text for block in flat([answer]) for text in texts(block)):
        assert bare(text) in read.body[0]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_first_page_of_a_scorecard_names_what_is_not_known(view: str, lang: str) -> None:
    made = ScorecardReport(lang, load_evidence(), view=view)
    notebook = shown(*(getattr(made, name)() for name in ("cover", "answer", "table", "others", "method")))
    notes = [block for block in flat([blocks_of(notebook)[1]]) if block.get("note") is True]
    told = [bare(text) for block in notes for text in texts(block)]
    first = printed(notebook).body[0]
    assert told
    assert [text for text in told if text not in first] == []


def test_a_lone_chart_makes_room_on_the_first_page_alone() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300"/>'
    chart = {"type": "charts", "charts": [{"svg": svg, "alt": "a"}]}
    prose = {"type": "prose", "note": False, "sentences": [{"text": "Words."}]}
    head = {"type": "section", "level": 2, "new_page": False}
    pieces = [head | {"heading": name, "children": [chart, prose]} for name in "AB"]
    laid = [
        node
        for node in nodes(Document("", "en", tuple(pieces), new_notebook()), Files())
        if node["is"] == "charts"
    ]
    assert [node["rows"][0][0]["width"] == HALF for node in laid] == [True, False]
    assert [bool(node.get("words")) for node in laid] == [True, False]


def test_charts_in_pairs_or_beside_words_are_still_legible() -> None:
    assert HALF / WIDTH * SMALL >= 7.5


def test_a_heading_and_its_words_stay_with_the_charts_they_lead_to() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300"/>'
    charts = {"type": "charts", "charts": [{"svg": svg, "alt": "a"}] * 2}
    prose = {"type": "prose", "note": False, "sentences": [{"text": "A word and another. " * 18}]}
    section = {"type": "section", "level": 2, "heading": "Charts", "new_page": False}
    lines = [new_markdown_cell("line") for _ in range(23)]
    made = {"application/vnd.futian.block+json": section | {"children": [prose, charts], "lang": "en"}}
    notebook = new_notebook(cells=[*lines, *shown(made).cells])
    read = printed(notebook)
    first, second = read.body
    assert first.startswith("line")
    assert "Charts" not in first
    assert second.startswith("Charts")
    # it is for the charts that they moved
    assert "Charts" in printed(new_notebook(cells=[*lines, new_markdown_cell("## Charts")])).body[0]


def test_a_long_table_begins_with_its_heading_and_more_than_a_row_or_two() -> None:
    frame = pd.DataFrame({"年份": [f"第{at}行" for at in range(40)]})
    parted = 0
    for lines in range(30, 42):
        notebook = table(frame)
        notebook.cells[:0] = [
            *(new_markdown_cell("一句。") for _ in range(lines)),
            new_markdown_cell("## 长表"),
        ]
        first, second, *_ = printed(notebook).body
        page = first if "第0行" in first else second
        assert "长表" in page
        assert "第3行" in page
        parted += page is first
    assert 0 < parted < 12


def test_contents_before_a_table_on_its_side_are_not_alone_on_their_page() -> None:
    wide = pd.DataFrame({f"column_{at}": [at + 0.123456] * 5 for at in range(16)})
    notebook = table(wide)
    notebook.cells[:0] = [new_markdown_cell(f"## 第{at}节\n\n一段。") for at in "一二"]
    notebook.cells.insert(1, new_markdown_cell("\n\n".join("一段。" for _ in range(33))))
    notebook.cells += [new_markdown_cell(f"## 第{at}节") for at in "三四"]
    read = printed(notebook)
    assert [page.get_width() > page.get_height() for page in read.pages] == [False, True, False]
    assert "目录" in read.body[1]
    assert "第二节一段。column_0" in read.body[1]


def test_only_the_packaged_typefaces_draw_and_the_file_holds_them(read: Read) -> None:
    fonts = read.fonts()
    assert "NotoSansCJKsc-Regular" in fonts
    assert set(fonts) <= OWN_FONTS
    assert all(fonts.values())


def test_it_can_be_read_aloud(report_notebook: NotebookNode, read: Read) -> None:
    charts = [chart for block in flat(blocks_of(report_notebook)) for chart in block.get("charts", [])]
    lang = document(report_notebook).lang
    assert raw.FPDFCatalog_IsTagged(read.file.raw)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in read.content
    assert f"/Lang({'zh-CN' if lang == 'zh' else 'en-GB'})".encode() in read.content
    assert read.file.get_metadata_value("Title") == document(report_notebook).title
    assert [alt for kind, alt in read.tags if kind == "Figure"] == [chart["alt"] for chart in charts]
    kinds = [kind for kind, _ in read.tags]
    assert {"H1", "H2", "P", "Table", "THead", "TH", "TD", "Caption", "TOC"} <= set(kinds)
    assert next(kind for kind in kinds if re.fullmatch(r"H\d", kind)) == "H1"


def test_a_long_tables_head_is_on_each_of_its_pages_and_no_row_is_split(
    report_notebook: NotebookNode, read: Read
) -> None:
    long = [
        block for block in flat(blocks_of(report_notebook)) if block["type"] == "table" and not block["whole"]
    ]
    spread = 0
    for block in long:
        head = bare("".join(column["label"] for column in block["columns"]))
        rows = [
            bare("".join(cell if isinstance(cell, str) else cell["text"] for cell in row))
            for row in block["rows"]
        ]
        on = [next((at for at, body in enumerate(read.body) if row in body), None) for row in rows]
        assert None not in on
        assert all(head in read.body[at] for at in set(on) if at is not None)
        spread += len(set(on)) > 1
    assert spread > 0


def test_a_short_table_is_on_one_page_with_its_title_and_note(
    report_notebook: NotebookNode, read: Read
) -> None:
    for block in flat(blocks_of(report_notebook)):
        if block["type"] == "table" and block["whole"]:
            whole = bare("".join(texts(block)))
            assert any(whole in body for body in read.body)


def test_nothing_stands_outside_the_page(read: Read) -> None:
    for character, (left, bottom, right, top), (wide, tall) in read.characters():
        assert 40 <= left <= right <= wide - 40 + 1, character
        assert 20 <= bottom <= top <= tall - 20, character


def test_the_same_document_gives_the_same_bytes(report_notebook: NotebookNode, read: Read) -> None:
    assert export(report_notebook, "pdf").content == read.content
    assert read.file.get_metadata_value("CreationDate") == ""


def test_it_carries_its_notebook(report_notebook: NotebookNode, read: Read) -> None:
    carried = pages.carried(read.content)
    assert carried == pack(report_notebook)
    again = export(unpack(carried), "pdf").content
    assert pages.seen(again) == pages.seen(read.content)
    assert bare("".join(pages.seen(read.content))) == "".join(read.words)


def test_other_files_carry_nothing(tmp_path: Path) -> None:
    empty = pdfium.PdfDocument.new()
    empty.new_page(100, 100)
    empty.save(tmp_path / "empty.pdf")
    assert pages.carried((tmp_path / "empty.pdf").read_bytes()) is None
    assert pages.carried(b"PK\x03\x04 not a PDF") is None


def test_jupyter_makes_the_same_file(report: Report) -> None:
    made = report("evidence_trend")
    notebook = shown(made.cover(), made.answer(), made.record())
    content, resources = FutianPDFExporter().from_notebook_node(notebook)
    assert content == export(notebook, "pdf").content
    assert resources["output_extension"] == ".pdf"


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


@pytest.mark.parametrize(
    "title", [HOSTILE, "很长的名称" * 60, "x" * 300, "a\u202eb\x00c", "../../etc/passwd"]
)
def test_a_users_words_are_words(title: str) -> None:
    notebook = shown(cover(title))
    notebook.cells.append(new_markdown_cell("第二页"))
    notebook.cells.append(new_code_cell("", outputs=[new_output("stream", name="stdout", text=title)]))
    made = printed(notebook)
    visible = bare(re.sub(r"[\u202e\x00]", "", title))
    assert "".join(made.body).count(visible) == 6
    assert bare(made.file.get_metadata_value("Title")) == visible
    assert made.file.count_attachments() == 1
    for _, (left, _, right, _), (wide, _) in made.characters():
        assert 40 <= left <= right <= wide - 40 + 1


def test_a_character_that_no_typeface_has_is_named_and_warned_of() -> None:
    notebook = shown(cover("翻番🚀与✅"))
    notebook.cells.append(new_markdown_cell("增长\U000e0041 \ue000\ue001 1\ufe0f\u20e3 完"))
    made = export(notebook, "pdf")
    assert len(made.warnings) == 1
    for told in ("🚀 (U+1F680)", "✅ (U+2705)", "U+E000"):
        assert told in made.warnings[0]
    read = Read(made.content)
    assert "翻番[rocket]与[whiteheavycheckmark]" in read.words[0]
    assert "增长[…]1完" in read.words[0].replace("\u20e3", "")
    assert pdf_fonts.Spelling(pdf_fonts.typefaces(tuple(pdf_fonts.packaged())))("a\ud800b") == "a[…]b"
    assert set(read.fonts()) <= OWN_FONTS
    assert b"pdfuaid:part" in made.content


def test_the_wide_tables_of_an_analyst_fit_whatever_they_hold() -> None:
    wide = pd.DataFrame({f"指标{at}": [at + 0.123456] * 12 for at in range(30)})
    wider = pd.DataFrame({f"column_{at}": [-1234.5] * 3 for at in range(90)})
    words = pd.DataFrame(
        {"街道": ["莲花", "x" * 200], "说明": ["很长的说明" * 60, "短"], "占比": [0.25, None]}
    )
    for frame in (wide, wider, words):
        read = printed(table(frame))
        body = "".join(read.body)
        assert all(bare(name) in body for name in frame.columns)
        assert all(bare(str(value)) in body for value in frame.to_numpy().ravel() if value == value)
        for character, (left, bottom, right, top), (wide_page, tall) in read.characters():
            assert 40 <= left <= right <= wide_page - 40 + 1, character
            assert 20 <= bottom <= top <= tall - 20, character


def test_a_heading_goes_with_its_table_onto_a_page_on_its_side() -> None:
    wide = pd.DataFrame({f"column_{at}": [at + 0.123456] * 5 for at in range(16)})
    notebook = table(wide)
    notebook.cells[:0] = [new_markdown_cell("## 正文\n\n一段。"), new_markdown_cell("## 宽表")]
    notebook.cells.append(new_markdown_cell("## 其后\n\n## 末"))
    read = printed(notebook)
    sides = [page.get_width() > page.get_height() for page in read.pages]
    assert sides == [False, True, False]
    assert read.body[1].startswith("宽表column_0")
    assert "其后" in read.body[2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_latest_figure_of_a_scorecard_takes_few_lines(lang: str) -> None:
    made = ScorecardReport(lang, load_evidence()).table()
    faces = pdf_fonts.typefaces(tuple(pdf_fonts.packaged()))
    (node,) = [one for one in nodes(document(shown(made)), Files()) if one["is"] == "table"]
    (laid,) = fitted(node, faces)
    at = [head["cell"][0]["text"] for head in laid["heads"][0]].index(
        {"zh": "最近公布值", "en": "Latest figure"}[lang]
    )
    ruler = Ruler(faces, laid["size"])
    room = laid["widths"][at] - 2 * ruler.pad
    longest = max(ruler.wide(said(row[at])) for row in node["rows"])
    assert laid["size"] >= 7.6
    assert longest < 4 * room


def test_columns_hold_their_numbers_on_one_line(report_notebook: NotebookNode) -> None:
    faces = pdf_fonts.typefaces(tuple(pdf_fonts.packaged()))
    tables = [node for node in nodes(document(report_notebook), Files()) if node["is"] == "table"]
    assert len(tables) > 5
    for node in tables:
        (laid,) = fitted(node, faces)
        ruler, last = Ruler(faces, laid["size"]), len(laid["widths"]) - 1
        assert sum(laid["widths"]) <= (ROOM_TURNED if laid["turned"] else ROOM) + 0.01
        for at, width in enumerate(laid["widths"]):
            inner = width - ruler.pad * (2 - (at == 0) - (at == last))
            if node["columns"][at]["numeric"]:
                parts = [part for row in node["rows"] for part in kept_parts(said(row[at]))]
                assert all(ruler.wide(part) <= inner + 0.01 for part in parts)


def test_an_analysts_own_pieces_come_along() -> None:
    markdown = (
        "# 补充\n\n**要点** 与 *强调*，`code`，见[资料](https://example.org/a?b=1)\n\n"
        "- 甲\n  1. 子项\n- 乙\n\n"
        "> 引文\n\n---\n\n```\nx = 1\n  y\n```\n\n| 名称 | 数值 |\n|---|---|\n| 丙 | 1,234.5 |\n\n### 跳级"
    )
    svg = SVG.format('<text y="15" font-family="Arial">图中字</text>')
    outputs = [
        new_output("display_data", {"image/png": PIXEL}, metadata={"image/png": {"alt": "一个点"}}),
        new_output("display_data", {"image/svg+xml": svg}, metadata={"image/svg+xml": {"alt": "一张图"}}),
        new_output("display_data", {"image/png": PIXEL}),
        new_output("stream", name="stdout", text="\x1b[31mred\x1b[0m   a < b"),
    ]
    read = printed(new_notebook(cells=[new_markdown_cell(markdown), new_code_cell("", outputs=outputs)]))
    body = "".join(read.body)
    for text in (
        "要点与强调，code，见资料<https://example.org/a?b=1>",
        "•甲1.子项•乙引文x=1y",
        "名称数值丙1,234.5",
        "图中字",
        "reda<b",
    ):
        assert text in body
    assert [alt for kind, alt in read.tags if kind == "Figure"] == [
        "一个点",
        "一张图",
        "笔记本中的图，未附说明",
    ]
    kinds = [kind for kind, _ in read.tags]
    assert [kind for kind in kinds if re.fullmatch(r"H\d", kind)] == ["H1", "H2"]
    assert {"L", "LI", "Code", "Table", "Link"} <= set(kinds)


def test_a_picture_that_cannot_be_read_is_described_and_warned_of(tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(SVG.format('<rect width="9" height="9"/>'))
    linked = SVG.format(f'<image href="{secret}" width="9" height="9"/>')
    broken = base64.b64encode(b"no picture").decode()
    outputs = [
        new_output("display_data", {"image/png": broken}, metadata={"image/png": {"alt": "坏图😶‍🌫️"}}),
        new_output(
            "display_data", {"image/svg+xml": "<svg><broken"}, metadata={"image/svg+xml": {"alt": "残图"}}
        ),
        new_output("display_data", {"image/svg+xml": linked}, metadata={"image/svg+xml": {"alt": "引图"}}),
    ]
    made = export(new_notebook(cells=[new_code_cell("", outputs=outputs)]), "pdf", "题目")
    unread = [told for told in made.warnings if told.startswith("a picture cannot be read")]
    assert [told.rpartition(": ")[2][:2] for told in unread] == ["坏图", "残图"]
    read = Read(made.content)
    assert "坏图" in read.words[0]
    assert "残图" in read.words[0]
    assert [alt for kind, alt in read.tags if kind == "Figure"] == ["引图"]
    assert b"pdfuaid:part" in made.content


def test_a_link_says_on_paper_where_it_leads() -> None:
    links = Links("zh", [("情景甲", "a/a.zh.html", "说明"), ("网站", "https://example.org/", "")])
    read = printed(shown(links))
    assert "•情景甲说明见文件a/a.zh.html•网站https://example.org/" in read.words[0]
    assert b"https://example.org/" in read.content
    assert [kind for kind, _ in read.tags].count("Link") == 1


def test_without_the_packaged_typeface_the_machines_own_are_used_and_named(
    report: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    damaged = tmp_path / "NotoSansCJK-Regular.ttc"
    damaged.write_bytes(b"\0" * 100)
    packaged = pdf_fonts.packaged()[1]
    notebook = shown(report("evidence_trend").cover())
    monkeypatch.setattr(pdf_fonts, "packaged", lambda: [tmp_path, packaged])
    made = export(notebook, "pdf")
    assert made.warnings[0].startswith(
        "the packaged typefaces cannot be read; set in what this machine has: "
    )
    read = Read(made.content)
    assert all(read.fonts().values())
    assert "0.1.0" in read.words[0]
    assert b"pdfuaid:part" in made.content


def test_a_machine_without_chinese_type_says_so(
    report: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import typst

    shutil.copy(pdf_fonts.packaged()[1] / "DejaVuSans.ttf", tmp_path)
    own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[tmp_path])
    faces = pdf_fonts.found(own)
    assert faces.families == ("DejaVu Sans",)
    assert faces.warning.endswith("DejaVu Sans (no Chinese characters)")
    monkeypatch.setattr(pages, "typefaces", lambda folders: faces)
    made = export(shown(report("evidence_trend").cover()), "pdf")
    assert "were replaced: " in made.warnings[1]
    read = Read(made.content)
    assert set(read.fonts()) == {"DejaVuSans"}
    assert "[…]" in read.words[0]
    assert not re.findall(r"[\u4e00-\u9fff]", read.words[0])


def test_an_empty_notebook_is_a_page_with_a_title() -> None:
    read = printed(new_notebook(), title="")
    assert len(read.pages) == 1
    assert read.file.get_metadata_value("Title") == "未命名的报告"
    assert nbformat.validate(unpack(pages.carried(read.content) or "")) is None


def test_threads_that_measure_at_once_find_the_same_widths() -> None:
    letters = [chr(code) for code in (*range(0x4E00, 0x6E00), *range(0x21, 0x17F))]
    alone = pdf_fonts.typefaces.__wrapped__(tuple(pdf_fonts.packaged()))
    expected = [alone.width(letter, 10) for letter in letters]
    shared = pdf_fonts.typefaces.__wrapped__(tuple(pdf_fonts.packaged()))

    def measured(at: int) -> list[float]:
        turned = letters[at * 1000 :] + letters[: at * 1000]
        found = {letter: shared.width(letter, 10) for letter in turned}
        return [found[letter] for letter in letters]

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(measured, range(6))) == [expected] * 6
