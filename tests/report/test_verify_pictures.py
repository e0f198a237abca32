"""A delivered file whose pictures are not those of its record, in every format."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest
from docx import Document as open_docx
from nbformat import NotebookNode
from PIL import Image
from pypdfium2 import raw

from futian_model.evidence import Evidence
from futian_model.report import FORMATS, blocks_of, export
from futian_model.report.page.carried import Pictured, unpack
from futian_model.report.page.pictures import alike, otherwise
from futian_model.report.verify import MOST_TOLD, edited, verify
from futian_model.report.writers.docx.form import Form
from futian_model.report.writers.docx.pictures import chart, rasters

from .test_verify import report_of

pytestmark = pytest.mark.thorough

SECTIONS = ("cover", "answer", "outlook", "record")
BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


@pytest.fixture(scope="module")
def notebook(evidence: Evidence) -> NotebookNode:
    """A report with several charts."""
    return report_of(evidence, *SECTIONS)


@pytest.fixture(scope="module")
def folder(notebook: NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures lie that go beside a file."""
    made = tmp_path_factory.mktemp("delivered")
    for form in FORMATS:
        for name, content in export(notebook, form).beside.items():
            (made / name).write_bytes(content)
    return made


@pytest.fixture(scope="module")
def files(notebook: NotebookNode) -> dict[str, bytes]:
    return {form: export(notebook, form).content for form in FORMATS}


@pytest.fixture(scope="module")
def charts(notebook: NotebookNode) -> list[dict[str, str]]:
    """Every chart of the report, in its order, spaces made plain."""

    found = charts_of(blocks_of(notebook))
    return [one | {name: " ".join(one[name].split()) for name in ("alt", "title")} for one in found]


def charts_of(block: Any) -> list[dict[str, Any]]:
    """Every chart in blocks, in their order."""
    if isinstance(block, dict):
        own = list(block["charts"]) if block.get("type") == "charts" else []
        return own + [one for inner in block.values() for one in charts_of(inner)]
    return [one for inner in block for one in charts_of(inner)] if isinstance(block, list) else []


def told(content: bytes, notebook: NotebookNode, form: str, folder: Path | None = None) -> list[str]:
    """What is found of a file whose words are its record's."""
    found = edited(content, notebook, form, folder)
    assert all("picture" in one for one in found)
    return found


def swap_html(content: bytes) -> bytes:
    first, second = re.findall(rb'<img src="([^"]+)"', content)[:2]
    return (
        content.replace(first, b"-", 1)
        .replace(second, first, 1)
        .replace(b'src="-"', b'src="' + second + b'"', 1)
    )


def swap_md(content: bytes) -> bytes:
    return (
        content.replace(b"](1.svg)", b"](-)").replace(b"](2.svg)", b"](1.svg)").replace(b"](-)", b"](2.svg)")
    )


def swap_docx(content: bytes) -> bytes:
    document = open_docx(io.BytesIO(content))
    first, second = list(document.element.body.iter(BLIP))[:2]
    one, other = first.get(EMBED), second.get(EMBED)
    first.set(EMBED, other)
    second.set(EMBED, one)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def swap_pdf(content: bytes) -> bytes:
    """The same report printed with two charts in each other's place, and the first one's record put in.

    Two of one size: the first stands beside text, and in its place another would move the pages.
    """
    packed = FORMATS["pdf"].writer.carried(content)
    other = unpack(packed)
    first, second = charts_of(blocks_of(other))[1:3]
    first["svg"], second["svg"] = second["svg"], first["svg"]
    with pypdfium2.PdfDocument(export(other, "pdf").content) as document:
        document.get_attachment(0).set_data(packed.encode())
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def saved(document: pypdfium2.PdfDocument, page: pypdfium2.PdfPage) -> bytes:
    page.gen_content()
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def swap_xlsx(content: bytes) -> bytes:
    """The values of the second chart of a sheet drawn in the first as well."""
    first, second = (f"xl/charts/chart{at}.xml" for at in (2, 3))
    return with_parts(
        content, lambda name, kept: kept[second if name == first else first if name == second else name]
    )


def with_parts(content: bytes, of: Callable[[str, dict[str, bytes]], bytes]) -> bytes:
    """The package with other parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w") as made:
        kept = {name: package.read(name) for name in package.namelist()}
        for name in kept:
            made.writestr(name, of(name, kept))
    return out.getvalue()


SWAPS: dict[str, Callable[[bytes], bytes]] = {
    "html": swap_html,
    "md": swap_md,
    "docx": swap_docx,
    "pdf": swap_pdf,
    "xlsx": swap_xlsx,
}


def named(found: Sequence[str], charts: Sequence[dict[str, str]]) -> set[int]:
    """Which charts are told of."""
    return {
        at
        for at, one in enumerate(charts)
        if any(one["alt"][:40] in line or one["title"] in line for line in found)
    }


@pytest.mark.parametrize("form", FORMATS)
def test_two_charts_that_changed_places_are_named(
    files: dict[str, bytes], folder: Path, notebook: NotebookNode, charts: list[dict[str, str]], form: str
) -> None:
    swapped = SWAPS[form](files[form])
    assert FORMATS[form].writer.carried(swapped) == FORMATS[form].writer.carried(files[form])
    found = told(swapped, notebook, form, folder)
    assert len(found) == 2
    assert len(named(found, charts)) == 2


def test_the_verdict_fails(files: dict[str, bytes], evidence: Evidence) -> None:
    verdict = verify(swap_html(files["html"]), "a.html", evidence)
    assert not verdict.sound
    assert verdict.apart == []
    assert verdict.edited[0].startswith("another picture in place of picture 1 “")


def another_digit(svg: str) -> str:
    """The chart with one digit of a year along its axis changed."""
    digits = re.findall(r"<use href='#(\w+)' x='416\.25'/>", svg)
    other = next(one for one in digits if one != digits[0])
    return svg.replace(f"<use href='#{digits[0]}' x='416.25'/>", f"<use href='#{other}' x='416.25'/>", 1)


def with_picture(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """A DOCX whose first picture is changed."""
    first = "word/media/image1.png"
    return with_parts(content, lambda name, kept: change(kept[name]) if name == first else kept[name])


def test_a_chart_with_one_other_digit_is_another_picture(
    files: dict[str, bytes], notebook: NotebookNode, charts: list[dict[str, str]]
) -> None:
    forged = another_digit(charts[0]["svg"])
    assert forged != charts[0]["svg"]
    (drawn,) = rasters([chart(forged)], Form()).values()
    found = told(with_picture(files["docx"], lambda _: drawn), notebook, "docx")
    assert len(found) == 1
    assert named(found, charts) == {0}


def again(content: bytes, form: str, scale: float = 1.0, **how: int) -> bytes:
    """A picture as another program saves it."""
    with Image.open(io.BytesIO(content)) as opened:
        shown = opened.convert("RGB")
    out = io.BytesIO()
    shown.resize((round(shown.width * scale), round(shown.height * scale))).save(out, form, **how)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "scale", "how"),
    [("PNG", 1.0, {"compress_level": 0}), ("JPEG", 1.0, {"quality": 75}), ("PNG", 150 / 220, {})],
)
def test_a_picture_saved_anew_is_the_same(
    files: dict[str, bytes], notebook: NotebookNode, form: str, scale: float, how: dict[str, int]
) -> None:
    content = with_picture(files["docx"], lambda picture: again(picture, form, scale, **how))
    assert content != files["docx"]
    assert edited(content, notebook, "docx") == []


def test_what_is_laid_over_a_chart_on_paper_is_seen(
    files: dict[str, bytes], notebook: NotebookNode, charts: list[dict[str, str]]
) -> None:
    with pypdfium2.PdfDocument(files["pdf"]) as document:
        page = document[0]
        left, bottom, right, top = next(
            one.get_bounds()
            for one in reversed(list(page.get_objects(max_depth=1)))
            if raw.FPDFPageObj_GetMarkedContentID(one.raw) >= 0 and one.type == raw.FPDF_PAGEOBJ_PATH
        )
        cover = raw.FPDFPageObj_CreateNewRect((left + right) / 2, (bottom + top) / 2, 20, 12)
        raw.FPDFPageObj_SetFillColor(cover, 0, 0, 0, 255)
        raw.FPDFPath_SetDrawMode(cover, raw.FPDF_FILLMODE_ALTERNATE, 0)
        raw.FPDFPage_InsertObject(page.raw, cover)
        covered = saved(document, page)
    found = told(covered, notebook, "pdf")
    assert len(found) == 1
    assert len(named(found, charts)) == 1


def test_a_pdf_saved_by_another_program_shows_the_same(
    files: dict[str, bytes], notebook: NotebookNode
) -> None:
    with pypdfium2.PdfDocument(files["pdf"]) as document:
        out = io.BytesIO()
        document.save(out)
    assert out.getvalue() != files["pdf"]
    assert edited(out.getvalue(), notebook, "pdf") == []


@pytest.mark.parametrize(("was", "now"), [(b"$L$", b"$M$"), (b"Evidence", b"Certain")])
def test_a_chart_drawn_from_other_cells_or_under_another_title_is_told(
    files: dict[str, bytes], notebook: NotebookNode, was: bytes, now: bytes
) -> None:
    at = "xl/charts/chart3.xml"  # the first that is stacked from several columns
    forged = with_parts(
        files["xlsx"], lambda name, kept: kept[name].replace(was, now) if name == at else kept[name]
    )
    assert forged != files["xlsx"]
    (found,) = told(forged, notebook, "xlsx")
    assert "another picture in place of picture 3" in found


def test_a_workbook_saved_by_another_program_draws_the_same(
    files: dict[str, bytes], notebook: NotebookNode
) -> None:
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(files["xlsx"])).save(out)
    assert FORMATS["xlsx"].writer.pictures(out.getvalue()) == FORMATS["xlsx"].writer.pictures(files["xlsx"])


@pytest.mark.parametrize("form", FORMATS)
def test_every_chart_is_among_the_pictures(
    files: dict[str, bytes], charts: list[dict[str, str]], form: str
) -> None:
    held = FORMATS[form].writer.pictures(files[form])
    assert {one.description for one in held} == {one["title" if form == "xlsx" else "alt"] for one in charts}


def test_pictures_that_are_missing_or_more_are_told() -> None:
    one, two = Pictured("one", b"1"), Pictured("two", b"2")
    assert otherwise([one, two], [one, two]) == []
    assert otherwise([two], [one, two]) == ["no picture 1 “one”, which the record has"]
    assert otherwise([one, two, one], [one, two]) == ["picture 3 “one”, which the record has not"]
    assert otherwise([Pictured("", b"1")], [Pictured("", b"2")]) == ["another picture in place of picture 1"]


def test_what_is_no_picture_is_alike_only_where_it_is_the_same() -> None:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "PNG")
    assert not alike(b"<svg/>", b"<svg></svg>")
    assert not alike(b"", out.getvalue())
    assert alike(out.getvalue(), again(out.getvalue(), "JPEG"))


def test_a_picture_may_lie_outside_the_file(notebook: NotebookNode, files: dict[str, bytes]) -> None:
    forged = re.sub(rb'<img src="[^"]+"', b'<img src="https://example.com/chart.svg"', files["html"], count=1)
    found = told(forged, notebook, "html")
    assert len(found) == 1
    html = FORMATS["html"].writer
    assert unpack(html.carried(forged)) == unpack(html.carried(files["html"]))


def test_pictures_beside_a_file_that_are_changed_or_gone_are_named(
    files: dict[str, bytes],
    folder: Path,
    notebook: NotebookNode,
    charts: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    beside = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert len(beside) == len(charts)
    for name, content in beside.items():
        (tmp_path / name).write_bytes(content)
    assert told(files["md"], notebook, "md", tmp_path) == []
    (tmp_path / "1.svg").write_bytes(beside["2.svg"])
    (tmp_path / "3.svg").unlink()
    found = told(files["md"], notebook, "md", tmp_path)
    assert sorted(one.partition("“")[0] for one in found) == [
        "another picture in place of picture 1 ",
        "no picture 3 ",
    ]
    assert named(found, charts) == {0, 2}
    # of the file alone nobody can tell what its pictures show
    assert len(edited(files["md"], notebook, "md")) == min(len(charts), MOST_TOLD + 1)
    led = files["md"].replace(b"](2.svg)", b"](../2.svg)")
    assert [one.partition("“")[0] for one in told(led, notebook, "md", folder)] == ["no picture 2 "]
