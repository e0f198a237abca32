"""The printed report, read back: pages, words, tags, typefaces, and what it carries."""

import base64
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from futian_model import __version__
from futian_model.evidence import Evidence
from futian_model.report import EvidenceReport, FutianPDFExporter, blocks_of, export
from futian_model.report.page.carried import pack, unpack
from futian_model.report.page.outputs import document
from futian_model.report.writers import pdf as pages
from futian_model.report.writers.paper.flow import flow, spreads
from futian_model.report.writers.paper.ruler import ems, figure_parts, said
from futian_model.report.writers.paper.sheet import PADDING, ROOM, ROOM_TURNED
from futian_model.report.writers.pdf import fonts as pdf_fonts
from futian_model.report.writers.pdf.ruler import ruler
from futian_model.scenario import load_scenario

from .conftest import SECTIONS, Report, flat, texts
from .paper import Read, bare, cover, printed, shown

A4 = 595.276, 841.89
OWN_FONTS = {"NotoSansCJKsc-Regular", "NotoSansMonoCJKsc-Regular", "DejaVuSans"}
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 20">{}</svg>'
HOSTILE = (
    '#eval("1+1") #{panic()} {{ 7 * 7 }} $x^2$ *b* _i_ `c` = h =cmd() @ref <label> \\alpha // c /* d */ '
    '<script>alert(1)</script> [a](b) ~ \' " -- ... %n \\u{41} #include "report.json" #pdf.attach'
)


@pytest.fixture(scope="module", params=["zh", "en"])
def report_notebook(request: pytest.FixtureRequest, report: Report) -> NotebookNode:
    made = report("trend_2021", request.param)
    return shown(*(getattr(made, name)() for name in (*SECTIONS, "record")))


@pytest.fixture(scope="module")
def read(report_notebook: NotebookNode) -> Read:
    return printed(report_notebook)


def test_pages_are_a4_and_count_themselves(report_notebook: NotebookNode, read: Read) -> None:
    foot = {"zh": "第{}页，共{}页", "en": "Page{}of{}"}[document(report_notebook).lang]
    assert 3 < len(read.pages) < 8
    for number, (page, words) in enumerate(zip(read.pages, read.words, strict=True), 1):
        assert page.get_size() == pytest.approx(A4, abs=0.1)
        assert words.endswith(foot.format(number, len(read.pages)))


def test_pages_after_the_first_say_what_they_belong_to(report_notebook: NotebookNode, read: Read) -> None:
    cover = blocks_of(report_notebook)[0]
    assert not read.words[0].startswith(bare(cover["title"]))
    for words in read.words[1:]:
        assert words.startswith(bare(cover["title"]))
        assert __version__ in words[:80]


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


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_tables_head_is_on_each_of_its_pages_and_no_row_is_split(
    evidence: Evidence, lang: str
) -> None:
    trend = load_scenario("evidence_trend", evidence.project, evidence=evidence)
    annex = shown(EvidenceReport(trend, lang, evidence=evidence, draws=200).annex())
    read = printed(annex)
    long = [block for block in flat(blocks_of(annex)) if block["type"] == "table" and not block["whole"]]
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
    made = report("trend_2021")
    notebook = shown(made.cover(), made.answer(), made.record())
    content, resources = FutianPDFExporter().from_notebook_node(notebook)
    assert content == export(notebook, "pdf").content
    assert resources["output_extension"] == ".pdf"


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


def test_columns_hold_their_numbers_on_one_line(report_notebook: NotebookNode) -> None:
    given = document(report_notebook)
    measure = ruler(pdf_fonts.typefaces(tuple(pdf_fonts.packaged())), given.lang)
    laid = [node for spread in spreads(flow(given, measure), [measure]) for node in spread["nodes"]]
    tables = [node for node in laid if node["is"] == "table"]
    assert len(tables) > 5
    for node in tables:
        fit = node["fit"]
        assert sum(fit.widths) <= (ROOM_TURNED if fit.turned else ROOM) + 0.01
        for at, width in enumerate(fit.widths):
            if node["columns"][at]["numeric"]:
                parts = [part for row in node["rows"] for part in figure_parts(said(row[at]))]
                assert all(ems(measure, part) * fit.size <= width - 2 * PADDING + 0.01 for part in parts)


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


def test_without_the_packaged_typeface_the_machines_own_are_used_and_named(
    report: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    damaged = tmp_path / "NotoSansCJK-Regular.ttc"
    damaged.write_bytes(b"\0" * 100)
    packaged = pdf_fonts.packaged()[1]
    notebook = shown(report("trend_2021").cover())
    monkeypatch.setattr(pdf_fonts, "packaged", lambda: [tmp_path, packaged])
    made = export(notebook, "pdf")
    assert made.warnings[0].startswith(
        "the packaged typefaces cannot be read; set in what this machine has: "
    )
    read = Read(made.content)
    assert all(read.fonts().values())
    assert __version__ in read.words[0]
    assert b"pdfuaid:part" in made.content


def test_a_machine_without_chinese_type_says_so(
    report: Report, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import typst

    shutil.copy(pdf_fonts.packaged()[1] / "DejaVuSans.ttf", tmp_path)
    own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[tmp_path])
    faces = pdf_fonts.fallback(own)
    assert faces.families == ("DejaVu Sans",)
    assert faces.warning.endswith("DejaVu Sans (no Chinese characters)")
    monkeypatch.setattr(pages, "typefaces", lambda folders: faces)
    made = export(shown(report("trend_2021").cover()), "pdf")
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
