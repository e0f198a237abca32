"""The Word document: native, whole, harmless, the same every time, and able to prove what it says."""

import base64
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from lxml import etree
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from futian_model.report import blocks_of, export
from futian_model.report.blocks import (
    MIME,
    Block,
    Column,
    Cover,
    KeyFigure,
    KeyFigures,
    Links,
    Prose,
    Section,
    Table,
)
from futian_model.report.carried import pack, unpack
from futian_model.report.docx import carried, seen
from futian_model.report.docx.widths import ROOM, ROOM_TURNED, SIZES, fits
from futian_model.report.docx.widths import Column as Measured
from futian_model.report.numbers import Number
from futian_model.report.sentences import Sentence

from .conftest import SECTIONS, Report, flat, texts
from .test_exporter import PIXEL

EMU_INCH = 914400
DRAWN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40">'
    '<script>alert(1)</script><path d="M0 0h80v40z"/></svg>'
)
MARKDOWN = """# 分析员的话

**要点** `x < 1`，见[网页](https://example.com/a?b=1&c=2)

1. 一
2. 二
   - 深一层

又一段

1. 另起一

### 跳了一级

| 年 | 值 |
|---|---|
| 2021 | 3.5 |
"""


def notebook(*outputs: Block | NotebookNode | str) -> NotebookNode:
    """Blocks, other outputs and Markdown as a notebook carries them."""
    cells = []
    for one in outputs:
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


@pytest.fixture(scope="module")
def given(report: Report) -> NotebookNode:
    """A real report, with what an analyst added."""
    made = report("evidence_trend")
    sections = [getattr(made, name)() for name in SECTIONS]
    return notebook(
        *sections,
        MARKDOWN,
        frame(30),
        picture(PIXEL, alt="街道图"),
        picture(DRAWN, "image/svg+xml", "一条线"),
        picture(PIXEL),
        new_output("stream", name="stdout", text="a < b\n  \x1b[31m保留\x1b[0m  空格"),
        made.record(),
    )


@pytest.fixture(scope="module")
def content(given: NotebookNode) -> bytes:
    made = export(given, "docx", "题目")
    assert made.warnings == ()
    return made.content


@pytest.fixture(scope="module")
def word(content: bytes) -> Word:
    return opened(content)


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


def test_headings_are_words_own_and_in_order(given: NotebookNode, word: Word) -> None:
    styled = [
        (one.style.name, one.text) for one in word.paragraphs if one.style.name.startswith(("Title", "Head"))
    ]
    sections = [block for block in flat(blocks_of(given)) if block["type"] == "section"]
    (cover,) = [block for block in flat(blocks_of(given)) if block["type"] == "cover"]
    own = [("Heading 1", "分析员的话"), ("Heading 2", "跳了一级")]
    assert styled == [
        ("Title", cover["title"]),
        *((f"Heading {block['level'] - 1}", block["heading"]) for block in sections),
        *own,
    ]


def test_a_section_that_begins_a_page_does_so_in_word(given: NotebookNode, word: Word) -> None:
    begins = [one.text for one in word.paragraphs if one.paragraph_format.page_break_before]
    assert begins
    assert begins == [block["heading"] for block in flat(blocks_of(given)) if block.get("new_page")]


def test_every_text_of_every_block_is_seen(given: NotebookNode, content: bytes) -> None:
    lines = {spaceless(line) for line in seen(content)}
    whole = "\n".join(lines)
    told = {spaceless(text) for block in flat(blocks_of(given)) for text in texts(block)}
    charts = [chart for block in flat(blocks_of(given)) for chart in block.get("charts", [])]
    told |= {spaceless(chart[name]) for chart in charts for name in ("title", "alt")}
    assert len(told) > 300
    assert [text for text in told if text not in whole] == []
    for own in ("分析员的话", "要点x<1，见网页", "深一层", "a<b保留空格", "10.123456", "街道图", "一条线"):
        assert own in whole


def test_neither_code_nor_the_record_is_shown(content: bytes) -> None:
    whole = "\n".join(seen(content))
    assert "secret_code" not in whole
    assert "given_scenario" not in whole


def test_tables_are_native_with_heads_that_repeat_and_rows_that_stay_whole(
    given: NotebookNode, word: Word
) -> None:
    expected = [block for block in flat(blocks_of(given)) if block["type"] == "table"]
    tables = [table for table in word.tables if table.style.name == "Report Table"]
    assert [table.rows[0].cells[0].text for table in tables[: len(expected)]] == [
        block["columns"][0]["label"] for block in expected
    ]
    for table in tables:
        flagged = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert flagged == [True] + [False] * (len(flagged) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    for block, table in zip(expected, tables, strict=False):
        styles = [cell.paragraphs[0].style.name for cell in table.rows[1].cells]
        assert styles == ["Table Figure" if one["numeric"] else "Table Text" for one in block["columns"]]


def test_key_figures_are_a_table_too(given: NotebookNode, word: Word) -> None:
    (block,) = [block for block in flat(blocks_of(given)) if block["type"] == "key_figures"]
    (table,) = [table for table in word.tables if table.style.name == "Key Figures"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        [one["label"] for one in block["figures"]],
        [one["number"]["text"] for one in block["figures"]],
        [one["note"]["text"] for one in block["figures"]],
    ]


def test_captions_count_in_order_by_fields(given: NotebookNode, word: Word) -> None:
    tables = [one for one in word.paragraphs if one.style.name == "Caption"]
    figures = [one for one in word.paragraphs if one.style.name == "Figure Caption"]
    titles = [
        block["title"] for block in flat(blocks_of(given)) if block["type"] == "table" and block["title"]
    ]
    drawn = [
        chart["title"]
        for block in flat(blocks_of(given))
        if block["type"] == "charts"
        for chart in block["charts"]
    ]
    assert [one.text for one in tables] == [f"表 {n}　{title}" for n, title in enumerate(titles, 1)]
    assert [one.text for one in figures] == [
        f"图 {n}　{title}" for n, title in enumerate([*drawn, "街道图", "一条线"], 1)
    ]
    assert {code for one in tables for code in fields(one._p)} == {r"SEQ 表 \* ARABIC"}
    assert {code for one in figures for code in fields(one._p)} == {r"SEQ 图 \* ARABIC"}
    assert all(one.paragraph_format.keep_with_next for one in tables)


def test_pictures_are_described_and_sharp_enough_for_print(given: NotebookNode, word: Word) -> None:
    drawn = [
        chart["alt"]
        for block in flat(blocks_of(given))
        if block["type"] == "charts"
        for chart in block["charts"]
    ]
    shapes = list(word.inline_shapes)
    assert [shape._inline.docPr.get("descr") for shape in shapes] == [
        *drawn,
        "街道图",
        "一条线",
        "笔记本中的图，未附说明",
    ]
    assert len({shape._inline.docPr.get("id") for shape in shapes}) == len(shapes)
    for shape in shapes[: len(drawn)]:
        blip = shape._inline.graphic.graphicData.pic.blipFill.blip
        image = word.part.related_parts[blip.embed].image
        assert image.content_type == "image/png"
        assert image.px_width / (shape.width / EMU_INCH) >= 200
        assert 4.5 * EMU_INCH < shape.width <= ROOM * EMU_INCH / 72


def test_both_scripts_have_their_fonts_and_no_theme_overrules_them(content: bytes) -> None:
    held = parts(content)
    assert not [
        name for name, part in held.items() if name.endswith(".xml") and re.search(rb"w:\w+Theme=", part)
    ]
    styles = etree.fromstring(held["word/styles.xml"])
    fonts = list(styles.iter(qn("w:rFonts")))
    assert styles.find(f".//{qn('w:docDefaults')}//{qn('w:rFonts')}") is fonts[0]
    for font in fonts:
        assert font.get(qn("w:eastAsia")) == "Microsoft YaHei"
        assert font.get(qn("w:ascii"))
    (language,) = styles.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    described = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    document = etree.fromstring(held["word/document.xml"])
    used = {
        one.get(qn("w:val"))
        for name in ("pStyle", "rStyle", "tblStyle")
        for one in document.iter(qn(f"w:{name}"))
    }
    assert used <= described


def test_chinese_quotation_marks_are_told_to_be_chinese(word: Word) -> None:
    quoted = [
        run
        for one in word.paragraphs
        for run in one.runs
        if "“" in run.text and re.search("[一-龥]", run.text)
    ]
    assert quoted
    for run in quoted:
        assert run._r.rPr.find(qn("w:rFonts")).get(qn("w:hint")) == "eastAsia"


def test_pages_are_numbered_and_carry_the_title(given: NotebookNode, word: Word) -> None:
    first = word.sections[0]
    assert (first.page_width.mm, first.page_height.mm) == pytest.approx((210, 297), abs=0.5)
    for foot in (first.footer, first.first_page_footer):
        assert fields(foot._element) == ["PAGE", "NUMPAGES"]
        assert foot.paragraphs[0].text == "第 1 页，共 1 页"
    assert first.header.paragraphs[0].text == next(flat(blocks_of(given)))["title"]
    assert first.first_page_header.paragraphs[0].text == ""
    assert all(one.footer.is_linked_to_previous for one in list(word.sections)[1:])


def test_the_contents_list_the_headings_and_ask_nothing_of_whoever_opens_the_file(content: bytes) -> None:
    held = parts(content)
    document = etree.fromstring(held["word/document.xml"])
    (contents,) = document.iter(qn("w:sdt"))
    lines = ["".join(one.itertext(qn("w:t"))) for one in contents.iter(qn("w:p"))]
    headings = [
        "".join(one.itertext(qn("w:t")))
        for one in document.iter(qn("w:p"))
        if (style := one.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")) is not None
        and style.get(qn("w:val")) in ("Heading1", "Heading2")
    ]
    assert lines == ["目录", *headings]
    assert fields(contents) == [r'TOC \o "1-2" \h \z \u']
    bookmarks = {one.get(qn("w:name")) for one in document.iter(qn("w:bookmarkStart"))}
    assert {one.get(qn("w:anchor")) for one in contents.iter(qn("w:hyperlink"))} <= bookmarks
    # either makes Word ask on opening whether to update fields
    assert b"updateFields" not in held["word/settings.xml"]
    assert b"w:dirty" not in held["word/document.xml"]


def test_properties_tell_title_and_language_and_no_date(
    given: NotebookNode, content: bytes, word: Word
) -> None:
    assert word.core_properties.title == next(flat(blocks_of(given)))["title"]
    assert word.core_properties.language == "zh-CN"
    core = parts(content)["docProps/core.xml"]
    assert b"created" not in core
    assert b"modified" not in core


def test_the_same_report_is_the_same_file(given: NotebookNode, content: bytes) -> None:
    assert export(given, "docx", "题目").content == content


def test_every_part_is_well_formed_and_of_a_known_type(content: bytes) -> None:
    held = parts(content)
    types = etree.fromstring(held["[Content_Types].xml"])
    named = {one.get("PartName") for one in types} | {one.get("Extension") for one in types}
    for name, part in held.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(part)
        assert name.startswith("[") or {f"/{name}", name.rpartition(".")[2]} & named


def test_the_notebook_travels_inside(given: NotebookNode, content: bytes) -> None:
    packed = carried(content)
    assert packed == pack(given)
    assert packed is not None
    assert export(unpack(packed), "docx").content == content


@pytest.mark.parametrize("broken", [b"", b"PK\x03\x04 cut", b"<html></html>"])
def test_what_is_no_report_carries_nothing(broken: bytes) -> None:
    assert carried(broken) is None
    assert seen(broken) == []


def test_another_document_or_half_a_report_carries_nothing(content: bytes) -> None:
    other = io.BytesIO()
    docx.Document().save(other)
    assert carried(other.getvalue()) is None
    assert carried(content[: len(content) // 2]) is None


def saved(word: Word) -> bytes:
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def test_edits_are_seen_and_pages_are_not(content: bytes) -> None:
    before = seen(content)
    word = opened(content)
    assert seen(saved(word)) == before
    table = next(one for one in word.tables if one.style.name == "Report Table")
    run = table.rows[1].cells[1].paragraphs[0].runs[0]
    was, run.text = run.text, "九千亿元"
    # what Word writes when it is asked for the pages of the contents
    line = next(one for one in word.element.body.iter(qn("w:p")) if one.find(qn("w:hyperlink")) is not None)
    for number, kind in enumerate(("begin", "separate", "end")):
        mark = etree.SubElement(etree.SubElement(line, qn("w:r")), qn("w:fldChar"))
        mark.set(qn("w:fldCharType"), kind)
        told = etree.SubElement(
            etree.SubElement(line, qn("w:r")), qn(("w:instrText", "w:t", "w:tab")[number])
        )
        told.text = ("PAGEREF _Toc1 \\h", "12", None)[number]
    after = seen(saved(word))
    assert [(old, new) for old, new in zip(before, after, strict=True) if old != new] == [(was, "九千亿元")]


def test_tracked_deletions_are_not_seen_and_insertions_are(content: bytes) -> None:
    word = opened(content)
    paragraph = next(one for one in word.paragraphs if one.style.name == "Body Text")
    struck = etree.SubElement(paragraph._p, qn("w:del"))
    etree.SubElement(etree.SubElement(struck, qn("w:r")), qn("w:t")).text = "划掉的"
    added = etree.SubElement(paragraph._p, qn("w:ins"))
    etree.SubElement(etree.SubElement(added, qn("w:r")), qn("w:t")).text = "加上的"
    whole = "\n".join(seen(saved(word)))
    assert "划掉的" not in whole
    assert "加上的" in whole


HOSTILE = {
    "script": "</w:t><script>alert('坏')</script><img src=x onerror=alert(1)>",
    "template": "{{ 7 * 7 }} {number} {% raw %} ${evil} %(name)s <!-- &lt;b&gt; & -->",
    "formula": "=cmd|' /C calc'!A0",
    "field": 'HYPERLINK "file:///etc/passwd" \\* MERGEFORMAT',
    "quotes": "\"Two\" 'one' “中” `tick` \\ back",
    "long": "很长的名称" * 59 + "到此为止。",
    "unbroken": "x" * 300,
    "beyond": "𠮷 😀 e\u0301 \u202e倒 \u200b\ufeff",
}


def spoken(text: str, lang: str) -> list[Block]:
    """Blocks that say one thing wherever they can."""
    told = Sentence(text)
    figure = KeyFigure(text, Number(2035.0, "year"), told)
    table = Table(lang, text, [Column(text, head=True), Column(text, numeric=True)], [(text, told)] * 3, told)
    links = Links(lang, [(text, "a/b.html", text), (text, "https://example.com/x", text)])
    children = [
        Prose(lang, [told]),
        Prose(lang, [told], note=True),
        KeyFigures(lang, [figure] * 2),
        table,
        links,
    ]
    return [Cover(lang, text, text, text, [(text, text)]), Section(lang, text, children)]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_texts_stay_texts(text: str) -> None:
    made = export(notebook(*spoken(text, "en")), "docx")
    assert made.warnings == ()
    told = [line for line in seen(made.content) if spaceless(text) in spaceless(line)]
    head = opened(made.content).sections[0].header.paragraphs[0].text
    assert head == text or len(text) > 200
    assert len(told) - (head == text) == 23
    held = parts(made.content)
    assert {
        code.split()[0]
        for part in ("document", "footer1")
        for code in fields(etree.fromstring(held[f"word/{part}.xml"]))
    } == {
        "SEQ",
        "PAGE",
        "NUMPAGES",
    }
    outside = re.findall(rb'Target="([^"]+)" TargetMode="External"', held["word/_rels/document.xml.rels"])
    assert outside == [b"https://example.com/x"]
    assert not [name for name in held if "script" in name or name.endswith(".bin")]
    assert "(see the file a/b.html)" in " ".join(seen(made.content))


def test_what_xml_forbids_is_left_out_and_told() -> None:
    made = export(
        notebook(
            *spoken("前\x00\x08\x0b\x1b\ufffe后", "zh"), new_output("stream", name="stdout", text="a\x07")
        ),
        "docx",
    )
    assert made.warnings == (
        "left out, as no Word document can hold them: U+0000, U+0007, U+0008, U+000B, U+001B, U+FFFE",
    )
    assert "前后" in seen(made.content)
    assert opened(made.content).core_properties.title == "前后"


def test_a_picture_that_cannot_be_read_gives_way_to_its_description() -> None:
    broken = [
        picture("<svg", "image/svg+xml", "坏的矢量图"),
        picture(
            DRAWN.replace("<path", '<image href="/etc/hostname"/><path'), "image/svg+xml", "引用别处的图"
        ),
        picture(base64.b64encode(b"no picture").decode(), "image/png", "坏的图"),
        picture(DRAWN, "image/svg+xml", "好的图"),
    ]
    made = export(notebook(*broken), "docx")
    assert made.warnings == ("3 pictures cannot be read; their descriptions stand instead",)
    assert [shape._inline.docPr.get("descr") for shape in opened(made.content).inline_shapes] == ["好的图"]
    assert {"坏的矢量图", "引用别处的图", "坏的图", "图 1 好的图"} <= set(seen(made.content))


def test_numbered_lists_start_anew_and_headings_leave_no_level_out(word: Word) -> None:
    items = [one for one in word.paragraphs if one.style.name == "List Paragraph"]
    assert [one.text for one in items] == ["一", "二", "深一层", "另起一"]
    numbers = [one._p.pPr.numPr.numId.val for one in items]
    levels = [one._p.pPr.numPr.ilvl.val for one in items]
    assert numbers[0] == numbers[1] != numbers[3]
    assert levels == [0, 0, 1, 0]
    (link,) = [one for one in word.part.rels.values() if one.is_external]
    assert link.target_ref == "https://example.com/a?b=1&c=2"


@pytest.mark.parametrize("columns", [3, 12, 30, 100])
def test_a_wide_table_stays_on_its_page_and_whole(columns: int) -> None:
    content = export(notebook("## 前", frame(columns), "## 后\n\n文字"), "docx").content
    word = opened(content)
    cells = [cell.text for table in word.tables for cell in table.rows[0].cells]
    assert [cell for cell in cells if cell] == [str(at) for at in range(columns)]
    assert all(len(table.columns) <= 63 for table in word.tables)  # the most that Word opens
    turned = columns > 3
    assert [section.page_width > section.page_height for section in word.sections] == (
        [True, False] if turned else [False]
    )
    for table in word.tables:
        wide = sum(column.width.pt for column in table.columns)
        assert wide <= (ROOM_TURNED if turned else ROOM) + 0.1
        assert table.rows[1].cells[0].text == "0"


def test_no_table_of_a_report_is_wider_than_its_page(word: Word) -> None:
    first = word.sections[0]
    assert (first.page_width - first.left_margin - first.right_margin) / EMU_INCH * 72 == pytest.approx(ROOM)
    for table in word.tables:
        assert sum(column.width.pt for column in table.columns) <= ROOM_TURNED + 0.1
    assert sum(table.style.name == "Report Table" for table in word.tables) > 5


def test_figures_keep_to_one_line_and_labels_leave_no_stub() -> None:
    labels = ["指标", "历史推断的可能性", "假设成立时的达标比例", "10年期", "15年期"]
    cells = [
        "2035年人均地区生产总值比2020年翻一番（预期性）",
        "8,119–11,380亿元",
        "8,009–14,852亿元",
        "55.1%",
        "94% (70%–100%)",
    ]
    columns = [
        Measured([label], [cell] * 4, numeric=at > 0)
        for at, (label, cell) in enumerate(zip(labels, cells, strict=True))
    ]
    (fit,) = fits(columns)
    assert not fit.turned
    assert fit.size in SIZES
    assert sum(fit.widths) == pytest.approx(ROOM)
    # nine letters and a dash at this size, with the space beside them
    assert fit.widths[1] > 7.5 * fit.size
    assert fit.widths[0] == max(fit.widths)


def test_a_report_in_english_counts_in_english() -> None:
    blocks = spoken("word", "en")
    word = opened(export(notebook(*blocks), "docx").content)
    assert [one.text for one in word.paragraphs if one.style.name == "Caption"] == ["Table 1. word"]
    assert word.sections[0].footer.paragraphs[0].text == "Page 1 of 1"
    assert word.core_properties.language == "en-GB"


def test_the_exporter_of_nbconvert_writes_this_file(given: NotebookNode) -> None:
    exporter = get_exporter("futian_model.report.FutianDOCXExporter")()
    content, resources = exporter.from_notebook_node(given)
    assert resources["output_extension"] == ".docx"
    assert carried(content) == pack(given)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_office_program_keeps_words_and_notebook_when_it_saves(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path / "saved"), str(tmp_path / "report.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    again = (tmp_path / "saved" / "report.docx").read_bytes()
    assert again != content
    assert carried(again) == carried(content)
    assert seen(again) == seen(content)
