"""The Word document: native, whole, harmless, the same every time, and able to prove what it says."""

import io
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from lxml import etree
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from nbformat.v4 import new_output

from futian_model.charts.page import WIDTH
from futian_model.charts.theme import SMALL
from futian_model.report import PlanReport, blocks_of, export
from futian_model.report.page.carried import pack, unpack
from futian_model.report.writers.docx import carried, seen
from futian_model.report.writers.paper.sheet import ROOM, ROOM_TURNED

from .conftest import SECTIONS, Report, flat, texts
from .test_exporter import PIXEL
from .word import DRAWN, fields, frame, notebook, opened, paragraphs, parts, picture, saved, spaceless

EMU_INCH = 914400
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


@pytest.fixture(scope="module")
def given(report: Report) -> NotebookNode:
    """A real report, with what an analyst added."""
    made = report("trend_2021")
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


def test_headings_are_words_own_and_in_order(given: NotebookNode, word: Word) -> None:
    styled = [
        (one.style.name, one.text) for one in paragraphs(word) if one.style.name.startswith(("Title", "Head"))
    ]
    sections = [block for block in flat(blocks_of(given)) if block["type"] == "section"]
    (cover,) = [block for block in flat(blocks_of(given)) if block["type"] == "cover"]
    own = [("Heading 1", "分析员的话"), ("Heading 2", "跳了一级")]
    assert styled == [
        ("Title", cover["title"]),
        *((f"Heading {block['level'] - 1}", block["heading"]) for block in sections),
        *own,
    ]


def test_a_section_that_begins_a_page_does_so_in_word_unless_the_contents_begin_it(
    given: NotebookNode, word: Word
) -> None:
    begins = [one.text for one in word.paragraphs if one.paragraph_format.page_break_before]
    (contents,) = word.element.body.iter(qn("w:sdt"))
    assert [
        one.pPr.pStyle.val for one in contents.iter(qn("w:p")) if one.pPr.pageBreakBefore is not None
    ] == ["TOCHeading"]
    _, after, *rest = [block for block in flat(blocks_of(given)) if block.get("level") == 2]
    assert after["new_page"]
    assert begins == [block["heading"] for block in rest if block["new_page"]]


def test_the_first_chart_has_the_words_after_it_at_its_side(given: NotebookNode, word: Word) -> None:
    (answer,) = [block for block in flat(blocks_of(given)) if block.get("heading") == "结论"]
    at = next(at for at, block in enumerate(answer["children"]) if block["type"] == "charts")
    charts, beside = answer["children"][at : at + 2]
    row, *_ = [table.rows[0] for table in word.tables if table.style.name == "Normal Table"]
    left, right = row.cells
    (picture,) = left._tc.iter(qn("wp:docPr"))
    assert picture.get("descr") == charts["charts"][0]["alt"]
    assert right.paragraphs[0].text == beside["heading"]
    assert len(right.paragraphs) == 1 + len(beside["children"])
    following = row._tr.getparent().getnext()
    assert "".join(following.itertext(qn("w:t"))) == f"图 1　{charts['charts'][0]['title']}"


def test_every_text_of_every_block_is_seen(given: NotebookNode, content: bytes) -> None:
    lines = {spaceless(line).replace("\u200b", "") for line in seen(content)}
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


def test_key_figures_are_a_table_too() -> None:
    given = notebook(PlanReport("evidence_trend").answer())
    word = opened(export(given, "docx").content)
    (block,) = [block for block in flat(blocks_of(given)) if block["type"] == "key_figures"]
    (table,) = [table for table in word.tables if table.style.name == "Key Figures"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        [one["label"] for one in block["figures"]],
        [one["number"]["text"] for one in block["figures"]],
        [one["note"]["text"] for one in block["figures"]],
    ]


def test_captions_count_in_order_by_fields(given: NotebookNode, word: Word) -> None:
    tables = [one for one in word.paragraphs if one.style.name == "Caption"]
    figures = [one for one in paragraphs(word) if one.style.name == "Figure Caption"]
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
    sizes = [SMALL * shape.width / EMU_INCH * 72 / WIDTH for shape in shapes[: len(drawn)]]
    assert all(7.5 <= round(points, 2) <= SMALL for points in sizes)
    assert min(sizes) < SMALL  # some stand in pairs, or beside words


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
    (cover,) = [block for block in flat(blocks_of(given)) if block["type"] == "cover"]
    assert first.first_page_header.paragraphs[0].text == cover["subtitle"]
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


def test_numbered_lists_start_anew_and_headings_leave_no_level_out(word: Word) -> None:
    items = [one for one in word.paragraphs if one.style.name == "List Paragraph"]
    assert [one.text for one in items] == ["一", "二", "深一层", "另起一"]
    numbers = [one._p.pPr.numPr.numId.val for one in items]
    levels = [one._p.pPr.numPr.ilvl.val for one in items]
    assert numbers[0] == numbers[1] != numbers[3]
    assert levels == [0, 0, 1, 0]
    (link,) = [one for one in word.part.rels.values() if one.is_external]
    assert link.target_ref == "https://example.com/a?b=1&c=2"


def test_no_table_of_a_report_is_wider_than_its_page(word: Word) -> None:
    first = word.sections[0]
    assert (first.page_width - first.left_margin - first.right_margin) / EMU_INCH * 72 == pytest.approx(
        ROOM, abs=0.05
    )
    for table in word.tables:
        assert sum(column.width.pt for column in table.columns) <= ROOM_TURNED + 0.1
    assert sum(table.style.name == "Report Table" for table in word.tables) > 5


def test_the_exporter_of_nbconvert_writes_this_file(given: NotebookNode) -> None:
    exporter = get_exporter("futian_model.report.FutianDOCXExporter")()
    content, resources = exporter.from_notebook_node(given)
    assert resources["output_extension"] == ".docx"
    assert carried(content) == pack(given)


def test_an_office_program_keeps_words_and_notebook_when_it_saves(
    content: bytes, tmp_path: Path, office: Callable[..., Path]
) -> None:
    (tmp_path / "report.docx").write_bytes(content)
    again = (office("docx", tmp_path / "report.docx") / "report.docx").read_bytes()
    assert again != content
    assert carried(again) == carried(content)
    assert seen(again) == seen(content)
