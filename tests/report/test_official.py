"""The Word document by GB/T 9704: its measures, nothing of the content lost, and itself verified."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn
from lxml import etree
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from traitlets.config import Config

from futian_model.cli import main
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.project import OFFICIAL, Project
from futian_model.report import export
from futian_model.report.verify import verify
from futian_model.report.writers.docx import carried, pictures, seen

from .conftest import SECTIONS, Report, texts
from .test_docx import MARKDOWN
from .test_exporter import PIXEL
from .word import frame, notebook, opened, paragraphs, parts, picture, spaceless

TWENTIETHS = 1440 / 25.4
"""Of a point in a millimetre."""


def asked(report: NotebookNode, form: str = OFFICIAL) -> NotebookNode:
    report.metadata["futian"] = {"form": form}
    return report


@pytest.fixture(scope="module")
def sections(report: Report) -> list[object]:
    made = report("evidence_trend")
    own = [MARKDOWN, "“GDP”…按 $x^2$ 计", frame(30), picture(PIXEL, alt="街道图")]
    # what an analyst adds stands before the annex, with which a report ends
    return [*(getattr(made, name)() for name in SECTIONS[:-1]), *own, made.annex(), made.record()]


@pytest.fixture(scope="module")
def content(sections: list[object]) -> bytes:
    written = export(asked(notebook(*sections)), "docx", "题目")
    assert written.warnings == ()
    return written.content


@pytest.fixture(scope="module")
def word(content: bytes) -> Word:
    return opened(content)


def value(element: etree._Element, path: str, name: str = "val") -> str | None:
    for step in path.split("/"):
        element = element.find(qn(f"w:{step}"))
        if element is None:
            return None
    return element.get(qn(f"w:{name}"))


def style(word: Word, name: str) -> etree._Element:
    return word.styles[name].element


def test_nothing_of_the_usual_document_is_lost(sections: list[object], content: bytes) -> None:
    usual = export(notebook(*sections), "docx", "题目").content
    own = Counter(map(bare, seen(content)))
    joined = bare("".join(seen(content)))
    shown = [text for block in sections if hasattr(block, "to_dict") for text in shown_in(block.to_dict())]
    assert len(shown) > 300
    assert [text for text in shown if bare(text) not in joined] == []
    cells = Counter(
        bare(line.text) for table in opened(usual).tables for cell in table._cells for line in cell.paragraphs
    )
    del cells[""]
    assert cells.total() > 300
    assert [text for text, times in cells.items() if own[text] < times] == []
    kept, drawn = pictures(content), pictures(usual)
    assert Counter(one.description for one in kept) == Counter(one.description for one in drawn)
    assert all(one.content[:4] == b"\x89PNG" for one in kept)


def bare(text: str) -> str:
    """A text without spaces, and without the marks at which a line may end."""
    return spaceless(text).replace("\N{ZERO WIDTH SPACE}", "")


def shown_in(block: dict[str, object]) -> list[str]:
    inner = [text for child in block.get("children", ()) for text in shown_in(child)]
    return [text for text in texts(block) if text.strip()] + inner if block["type"] != "record" else []


def test_page_and_grid_are_those_of_the_standard(word: Word) -> None:
    for one in word.sections:  # upright, however wide a table
        measures = [one.page_width, one.page_height, one.top_margin, one.left_margin]
        assert [measure.mm for measure in measures] == pytest.approx([210, 297, 37, 28], abs=0.1)
        text = one.page_width - one.left_margin - one.right_margin
        assert text.mm if hasattr(text, "mm") else text / 36000 == pytest.approx(156, abs=0.1)
        down = one.page_height - one.top_margin - one.bottom_margin
        assert down / 36000 == pytest.approx(225, abs=0.1)
        grid = one._sectPr.find(qn("w:docGrid"))
        assert grid.get(qn("w:type")) == "linesAndChars"
        lines = 225 * TWENTIETHS / int(grid.get(qn("w:linePitch")))
        assert int(lines) == 22
        letter = 16 + int(grid.get(qn("w:charSpace"))) / 4096
        assert 156 * TWENTIETHS / 20 / letter == pytest.approx(28, abs=0.01)


def test_body_title_and_headings_are_styles_in_the_fonts_of_the_standard(word: Word) -> None:
    body = style(word, "Body Text")
    assert value(body, "pPr/spacing", "line") == "579"
    assert value(body, "pPr/spacing", "lineRule") == "exact"
    assert value(body, "pPr/ind", "firstLineChars") == "200"
    across = 156 * TWENTIETHS / (320 + int(value(body, "rPr/spacing") or 0))
    assert int(across) == 28  # letters of 16 points on a line
    normal = style(word, "Normal")
    assert value(normal, "rPr/rFonts", "eastAsia") == "仿宋_GB2312"
    assert value(normal, "rPr/sz") == "32"
    assert value(style(word, "Title"), "rPr/rFonts", "eastAsia") == "方正小标宋简体"
    assert value(style(word, "Title"), "rPr/sz") == "44"
    faces = [value(style(word, f"Heading {level}"), "rPr/rFonts", "eastAsia") for level in (1, 2, 3, 4)]
    assert faces == ["黑体", "楷体_GB2312", None, None]
    lists = word.part.numbering_part.element
    (pattern,) = lists.xpath("w:abstractNum[w:lvl/w:pStyle]")
    levels = [(value(one, "numFmt"), value(one, "lvlText")) for one in pattern.iter(qn("w:lvl"))]
    assert levels == [
        ("chineseCounting", "%1、"),
        ("chineseCounting", "（%2）"),
        ("decimal", "%3."),
        ("decimal", "（%4）"),
    ]
    known = {one.style_id for one in word.styles}
    used = {one.get(qn("w:val")) for one in word.element.body.iter(qn("w:pStyle"), qn("w:tblStyle"))}
    assert used <= known


def test_no_font_is_shipped_and_no_theme_beats_a_named_one(content: bytes) -> None:
    package = parts(content)
    assert not [name for name in package if re.search(r"font.*\.(odttf|ttf|otf)|theme", name)]
    for name, part in package.items():
        if name.startswith("word/") and name.endswith(".xml"):
            assert b"Theme=" not in part, name  # asciiTheme, eastAsiaTheme and so on
            assert b"<w:embed" not in part, name
    faces = etree.fromstring(package["word/fontTable.xml"])
    assert {one.get(qn("w:name")) for one in faces} >= {
        "仿宋_GB2312",
        "楷体_GB2312",
        "黑体",
        "方正小标宋简体",
    }


def test_chinese_quotes_stay_chinese(word: Word) -> None:
    quoting = [
        one for one in word.element.body.iter(qn("w:r")) if re.search("[“”…—]", "".join(one.itertext()))
    ]
    assert len(quoting) > 5
    assert all(value(one, "rPr/rFonts", "hint") == "eastAsia" for one in quoting)


def test_page_numbers_stand_outside_between_dashes(word: Word) -> None:
    assert word.settings.odd_and_even_pages_header_footer
    (first, *_) = word.sections
    for foot, side, indent in ((first.footer, "right", "right"), (first.even_page_footer, "left", "left")):
        (line,) = foot.paragraphs
        assert spaceless(line.text) == "—1—"
        assert value(line._p, "pPr/jc") == side
        assert value(line._p, "pPr/ind", indent) == "280"  # one letter of 14 points
        assert [one.text.strip() for one in line._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert value(style(word, "footer"), "rPr/sz") == "28"
    assert not first.different_first_page_header_footer
    assert not "".join(one.text for one in first.header.paragraphs)


def test_no_row_picture_or_formula_is_cut_by_an_exact_line(word: Word) -> None:
    for name in ("Table Text", "Key Label", "Key Figure", "Key Note"):
        assert value(style(word, name), "pPr/spacing", "lineRule") == "atLeast", name
    for cell in word.element.body.iter(qn("w:tc")):
        for line in cell.iter(qn("w:spacing")):
            assert line.get(qn("w:lineRule")) != "exact"
    drawn = [one.getparent().getparent() for one in word.element.body.iter(qn("w:drawing"))]
    assert len(drawn) > 5
    for line in drawn:
        named = value(line, "pPr/pStyle")
        rule = value(line, "pPr/spacing", "lineRule") or value(
            style_of(word, named), "pPr/spacing", "lineRule"
        )
        assert rule in ("auto", "atLeast"), named
    room = 156 * 36000
    assert all(int(one.get("cx")) <= room + 360 for one in word.element.body.iter(qn("wp:extent")))
    for table in word.tables:
        width = int(value(table._tbl, "tblPr/tblW", "w") or 0)
        assert width <= 156 * TWENTIETHS + 1


def style_of(word: Word, style_id: str | None) -> etree._Element:
    (found,) = [one.element for one in word.styles if one.style_id == style_id]
    return found


def test_annexes_are_listed_and_begin_a_page(report: Report, word: Word) -> None:
    named = report("evidence_trend").annex().heading
    lines = [(one.style.name, one.text) for one in paragraphs(word)]
    assert ("Annex List", f"附件：{named}") in lines
    at = lines.index(("Annex", "附件"))
    assert lines[at + 1] == ("Annex Title", named)
    assert style(word, "Annex").find(qn("w:pPr")).find(qn("w:pageBreakBefore")) is not None
    made = report("evidence_trend")
    both = [made.cover(), made.annex(), made.annex(), made.record()]
    lines = [one.text for one in paragraphs(opened(export(asked(notebook(*both)), "docx").content))]
    assert [one for one in lines if one.startswith("附件")] == [f"附件：1. {named}", "附件1", "附件2"]
    assert f"2. {named}" in lines


def test_the_record_says_the_form_and_verify_follows_it(
    sections: list[object], content: bytes, evidence: Evidence, report: Report
) -> None:
    assert verify(content, "a.docx", evidence).sound
    assert export(asked(notebook(*sections)), "docx", "b").content == content
    usual = export(notebook(*sections), "docx").content
    assert carried(content) != carried(usual)
    english = report("evidence_trend", "en")
    blocks = [english.cover(), english.answer(), english.record()]
    official, plain = (export(one, "docx").content for one in (asked(notebook(*blocks)), notebook(*blocks)))
    assert parts(official)["word/document.xml"] == parts(plain)["word/document.xml"]  # of Chinese ones alone
    assert verify(official, "a.docx", evidence).sound
    with pytest.raises(InputError, match=r"form = .square.; allowed: usual or official"):
        export(asked(notebook(*blocks), "square"), "docx")


def test_an_edit_of_an_official_document_is_told(content: bytes, evidence: Evidence) -> None:
    package = parts(content)
    edited = io.BytesIO()
    with zipfile.ZipFile(edited, "w") as new:
        for name, part in package.items():
            new.writestr(name, part.replace("把握".encode(), "可能".encode()) if "document" in name else part)
    assert verify(edited.getvalue(), "a.docx", evidence).edited


def test_a_notebook_is_exported_in_the_form_asked_for_or_that_of_its_project(
    sections: list[object], content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind = get_exporter("futian_model.report.FutianDOCXExporter")
    written, _ = kind(config=Config(FutianExporter={"layout": OFFICIAL})).from_notebook_node(
        notebook(*sections)
    )
    assert parts(written)["word/document.xml"] == parts(content)["word/document.xml"]
    monkeypatch.setattr(Project, "document_form", OFFICIAL)
    written, _ = kind().from_notebook_node(notebook(*sections))
    assert parts(written)["word/document.xml"] == parts(content)["word/document.xml"]


@pytest.mark.parametrize(
    ("options", "fault"),
    [
        (["--lang", "en"], "--form = 'official'; allowed: beside --lang zh or both"),
        (["--format", "pdf"], "--form = 'official'; allowed: beside --format docx"),
    ],
)
def test_a_form_that_no_file_would_take_is_refused(
    options: list[str], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "evidence_trend", "--form", OFFICIAL, *options]) == 2
    assert fault in capsys.readouterr().err


def test_an_office_program_lays_it_out_on_pages(
    content: bytes, office: Callable[..., Path], tmp_path: Path
) -> None:
    file = tmp_path / "official.docx"
    file.write_bytes(content)
    with pypdfium2.PdfDocument(office("pdf", file) / "official.pdf") as made:
        pages = [spaceless(page.get_textpage().get_text_range()) for page in made]
    assert all(f"—{number}—" in page for number, page in enumerate(pages, 1))
    assert any(page.startswith(("附件", f"—{number}—附件")) for number, page in enumerate(pages, 1))
    leading = tuple(
        spaceless(line.text)
        for line in paragraphs(opened(content))
        if line.text and line.style.name in (*(f"Heading {level}" for level in range(1, 5)), "Caption")
    )
    ends = [page.replace(f"—{number}—", "") for number, page in enumerate(pages, 1)]
    assert [end[-20:] for end in ends if end.endswith(leading)] == []
    shown = "".join(pages)
    assert "一、结论" in shown
    last = [one.text for one in paragraphs(opened(content)) if one.text.strip()][-1]
    assert spaceless(last)[-8:] in shown
