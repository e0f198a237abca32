"""Files from elsewhere: each one is refused or judged in a line, whatever it is, and none costs much."""

import base64
import io
import json
import lzma
import resource
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.report import FORMATS, ScenarioReport, export
from futian_model.report.page.carried import pack
from futian_model.report.page.document import MIME
from futian_model.report.page.packing import packed
from futian_model.report.page.pictures import simple
from futian_model.report.verify import Verdict, verify
from futian_model.report.writers.xlsx.book import LONGEST_CELL
from futian_model.scenario import load_scenario

pytestmark = pytest.mark.thorough

MOST_SECONDS, MOST_MEMORY = 10, 500 << 20
"""Of a processor, and bytes, that a hostile file may cost."""
DEEP = "[" * 1000 + "]" * 1000
BOMB = 110_000_000


@pytest.fixture(scope="module")
def cells(evidence: Evidence) -> list[dict[str, Any]]:
    """Cells of one small report."""
    scenario = load_scenario("trend_2021", evidence=evidence)
    report = ScenarioReport(scenario, "en", evidence=evidence, draws=100)
    blocks = [report.cover(), report.answer(), report.record()]
    outputs = [new_output("display_data", {MIME: block.to_dict(), "text/plain": ""}) for block in blocks]
    return [new_code_cell("", outputs=[output]) for output in outputs]


@pytest.fixture(scope="module")
def files(cells: list[dict[str, Any]]) -> dict[str, bytes]:
    return {form: export(new_notebook(cells=cells), form).content for form in FORMATS}


@pytest.fixture
def bounded() -> Iterator[None]:
    """What is done meanwhile takes no more than a hostile file may."""
    before = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    yield
    after = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    spent = sum(
        new.ru_utime + new.ru_stime - old.ru_utime - old.ru_stime
        for old, new in zip(before, after, strict=True)
    )
    assert spent < 2 * MOST_SECONDS
    assert (after[0].ru_maxrss - before[0].ru_maxrss) << 10 < MOST_MEMORY


def told(content: bytes, form: str, evidence: Evidence) -> str:
    """What verify says of a file, which must not be that it is sound."""
    try:
        verdict = verify(content, f"a.{form}", evidence)
    except InputError as raised:
        fault = str(raised)
    else:
        fault = ""
    if fault:
        assert fault.startswith(f"a.{form}: ")
        assert "allowed: " in fault
        return fault
    assert not verdict.sound
    return "; ".join((*verdict.edited, *verdict.unbound, *verdict.apart))


# a record that was changed: what is changed, and how


def set_at(*path: Any, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(record: dict[str, Any]) -> None:
        for name in path[:-1]:
            record = record[name]
        record[path[-1]] = to

    return change


def without(*path: Any) -> Callable[[dict[str, Any]], None]:
    def change(record: dict[str, Any]) -> None:
        for name in path[:-1]:
            record = record[name]
        del record[path[-1]]

    return change


def without_column(record: dict[str, Any]) -> None:
    record["results"] = "scenario,reading\na,b\n"


RECORDS: dict[str, Callable[[dict[str, Any]], None]] = {
    "no seed": without("inputs", "seed"),
    "scenario a number": set_at("inputs", "scenario", to=7),
    "scenario empty": set_at("inputs", "scenario", to={}),
    "report a list": set_at("inputs", "report", to=["ScenarioReport"]),
    "report of no such kind": set_at("inputs", "report", to="os"),
    "inputs null": set_at("inputs", to=None),
    "no inputs": without("inputs"),
    "data a number": set_at("inputs", "data", to=3),
    "results without a column": without_column,
    "results a number": set_at("results", to=3),
    "results no table": set_at("results", to=packed("\0")),
    "names a text": set_at("names", to="x"),
    "no language": without("lang"),
    "an unknown language": set_at("lang", to="fr"),
    "draws beyond all": set_at("inputs", "draws", to=10**9),
    "draws a list of them": set_at("inputs", "draws", to=[10**8] * 20),
    "horizon beyond all": set_at("inputs", "scenario", "assumptions", "horizon", to=10**9),
    "baseline deep": set_at("inputs", "baseline", to="DEEP"),
}


@pytest.mark.parametrize("change", RECORDS.values(), ids=RECORDS)
def test_a_record_that_was_changed_is_told_in_a_line(
    cells: list[dict[str, Any]], evidence: Evidence, change: Callable[[dict[str, Any]], None], bounded: None
) -> None:
    notebook = json.loads(json.dumps(new_notebook(cells=cells)))
    change(notebook["cells"][-1]["outputs"][0]["data"][MIME])
    text = json.dumps(notebook).replace('"DEEP"', DEEP)
    page = f'<html><script id="futian-notebook">{packed(text)}</script></html>'.encode()
    line = told(page, "html", evidence)
    assert line
    assert "\n" not in line


BLOCKS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "a text": lambda block: "cover",
    "a number": lambda block: 4,
    "a list": lambda block: [],
    "of no type": lambda block: {key: value for key, value in block.items() if key != "type"},
    "of another type": lambda block: {**block, "type": "charts"},
    "without children": lambda block: {key: value for key, value in block.items() if key != "children"},
    "children texts": lambda block: {**block, "children": ["a", 1, None]},
    "children of no end": lambda block: {**block, "children": [block] * 200},
    "deep": lambda block: _nested(block, 300),
}


def _nested(block: dict[str, Any], deep: int) -> dict[str, Any]:
    inner = {**block, "children": []}
    for _ in range(deep):
        inner = {**block, "children": [inner]}
    return inner


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("change", BLOCKS.values(), ids=BLOCKS)
def test_a_block_that_is_none_is_told_in_a_line(
    cells: list[dict[str, Any]],
    files: dict[str, bytes],
    evidence: Evidence,
    change: Callable[[dict[str, Any]], Any],
    form: str,
    bounded: None,
) -> None:
    notebook = json.loads(json.dumps(new_notebook(cells=cells)))
    data = notebook["cells"][1]["outputs"][0]["data"]
    data[MIME] = change(data[MIME])
    assert told(carrying(files, form, packed(json.dumps(notebook))), form, evidence)


def carrying(files: dict[str, bytes], form: str, text: str) -> bytes:
    """A file that carries another record."""
    own = FORMATS[form].writer.carried(files[form])
    assert own is not None
    if form in ("html", "md"):
        return files[form].replace(own.encode(), text.encode())
    if form == "docx":
        return with_part(
            files[form], "customXml/item1.xml", lambda part: part.replace(own.encode(), text.encode())
        )
    if form == "xlsx":
        portions = [own[at : at + LONGEST_CELL].encode() for at in range(0, len(own), LONGEST_CELL)]

        def change(part: bytes) -> bytes:
            for portion in portions[1:]:
                part = part.replace(portion, b"")
            return part.replace(portions[0], text.encode())

        return with_part(files[form], "xl/sharedStrings.xml", change)
    return with_attachment(files[form], text.encode())


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return out.getvalue()


def with_attachment(content: bytes, attached: bytes) -> bytes:
    import pypdfium2
    from pypdfium2 import raw

    with pypdfium2.PdfDocument(content) as document:
        for at in reversed(range(document.count_attachments())):
            raw.FPDFDoc_DeleteAttachment(document.raw, at)
        document.new_attachment("futian-notebook").set_data(attached)
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


# packages and pages that unfold to more than a report


def body(words: bytes) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(b"<w:body>", b"<w:body>" + words, 1)


ENTITY = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd"><!ENTITY c "cccccccccc">]>'


def with_entity(part: bytes) -> bytes:
    head, mark, rest = part.partition(b"?>")
    return head + mark + ENTITY + rest


def bomb_pdf(files: dict[str, bytes]) -> bytes:
    """A stream that unfolds to more than any page, in front of the file's own."""
    stream = zlib.compress(bytes(BOMB), 9)
    told = b"9999 0 obj\n<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream\nendobj\n" % (
        len(stream),
        stream,
    )
    head, _, rest = files["pdf"].partition(b"\n")
    return head + b"\n" + told + rest


def chained_pdf(files: dict[str, bytes]) -> bytes:
    told = b"9999 0 obj\n<</Length 4/Filter[/ASCIIHexDecode/FlateDecode]>>\nstream\n789c\nendstream\nendobj\n"
    head, _, rest = files["pdf"].partition(b"\n")
    return head + b"\n" + told + rest


def far_cell(files: dict[str, bytes]) -> bytes:
    def change(part: bytes) -> bytes:
        row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return part.replace(b"</sheetData>", row, 1)

    return with_part(files["xlsx"], "xl/worksheets/sheet1.xml", change)


HOSTILE: dict[str, tuple[str, Callable[[dict[str, bytes]], bytes]]] = {
    "docx body": (
        "docx",
        lambda files: with_part(files["docx"], "word/document.xml", body(b"<w:p/>" * 18_000_000)),
    ),
    "docx elements": (
        "docx",
        lambda files: with_part(files["docx"], "word/document.xml", body(b"<w:p/>" * 2_000_000)),
    ),
    "docx deep": (
        "docx",
        lambda files: with_part(files["docx"], "word/document.xml", body(b"<w:p>" * 100_000)),
    ),
    "docx entities": ("docx", lambda files: with_part(files["docx"], "word/document.xml", with_entity)),
    "docx words": (
        "docx",
        lambda files: with_part(
            files["docx"], "word/document.xml", body(b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 20_000)
        ),
    ),
    "xlsx shared strings": (
        "xlsx",
        lambda files: with_part(
            files["xlsx"],
            "xl/sharedStrings.xml",
            lambda part: part.replace(b"</sst>", b"<si><t>a</t></si>" * 3_000_000 + b"</sst>"),
        ),
    ),
    "xlsx entities": ("xlsx", lambda files: with_part(files["xlsx"], "xl/sharedStrings.xml", with_entity)),
    "xlsx a cell far out": ("xlsx", far_cell),
    "xlsx no package": ("xlsx", lambda files: files["xlsx"][:-2000]),
    "pdf stream": ("pdf", bomb_pdf),
    "pdf chain": ("pdf", chained_pdf),
    "pdf cut": ("pdf", lambda files: files["pdf"][: len(files["pdf"]) // 2]),
    "html attributes": ("html", lambda files: files["html"] + b"<p" + b" a" * 8_000_000 + b">"),
    "html lines": (
        "html",
        lambda files: files["html"].replace(b"<main", b"<p>a</p>" * 20_000 + b"<main", 1),
    ),
    "html deep": ("html", lambda files: files["html"].replace(b"<main", b"<div>" * 20_000 + b"<main", 1)),
    "md lines": ("md", lambda files: b"a\n\n" * 20_000 + files["md"]),
}


@pytest.mark.parametrize(("form", "make"), HOSTILE.values(), ids=HOSTILE)
def test_a_file_that_unfolds_without_end_is_refused(
    files: dict[str, bytes],
    evidence: Evidence,
    form: str,
    make: Callable[[dict[str, bytes]], bytes],
    request: Any,
) -> None:
    content = make(files)
    request.getfixturevalue("bounded")
    assert told(content, form, evidence)


TEXTS: dict[str, Callable[[], str]] = {
    "a long text": lambda: base64.b64encode(lzma.compress(bytes(BOMB), preset=0)).decode(),
    "a wide dictionary": lambda: base64.b64encode(
        lzma.compress(b"{}", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 29}])
    ).decode(),
    "values": lambda: packed("[" + "0," * 5_000_000 + "0]"),
    "cells": lambda: packed(
        json.dumps({"cells": [0] * 100_000, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    ),
    "deep": lambda: packed("[" * 100_000),
    "a list": lambda: packed("[]"),
    "nothing": lambda: packed("null"),
    "Markdown": lambda: pack(
        new_notebook(cells=[new_markdown_cell("[*_" * 2_000_000)]),
    ),
}


@pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS)
def test_a_record_that_unfolds_without_end_is_refused(
    make: Callable[[], str], evidence: Evidence, request: Any
) -> None:
    page = f'<html><script id="futian-notebook">{make()}</script></html>'.encode()
    request.getfixturevalue("bounded")
    assert "a.html: record = " in told(page, "html", evidence)


def svg(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>'.encode()


def doubled(times: int) -> str:
    groups = "".join(
        f'<g id="a{at}"><use href="#a{at - 1}"/><use href="#a{at - 1}"/></g>' for at in range(1, times)
    )
    return f'<path id="a0" d="M0 0"/>{groups}'


@pytest.mark.parametrize(
    ("drawing", "holds"),
    [
        (svg('<path d="M0 0"/>'), True),
        (svg(doubled(8)), True),
        (svg(doubled(40)), False),
        (svg('<g id="a"><use href="#a"/></g>'), False),
        (svg('<path filter="url(#f)"/>' * 50), False),
        (svg("<g>" * 5000), False),
        (b"<html/>", False),
        (b"", False),
    ],
    ids=["simple", "used", "used without end", "used by itself", "filters", "deep", "a page", "nothing"],
)
def test_a_drawing_is_no_more_than_a_chart(drawing: bytes, holds: bool) -> None:
    assert simple(drawing) is holds


def test_more_draws_are_run_where_that_is_asked_for(cells: list[dict[str, Any]], evidence: Evidence) -> None:
    page = export(new_notebook(cells=cells), "html").content
    (told,) = verify(page, "a.html", evidence, most_draws=50).apart
    assert told.startswith("not run again, as it asks for ")
    verdict = verify(page, "a.html", evidence)
    assert verdict == Verdict(rerun=verdict.rerun)


def test_a_file_that_an_office_signed_is_still_sound(files: dict[str, bytes], evidence: Evidence) -> None:
    """Word and LibreOffice put their signature into the package as a part of its own."""
    out = io.BytesIO(files["docx"])
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("_xmlsignatures/sig1.xml", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>')
    assert verify(out.getvalue(), "a.docx", evidence).sound
