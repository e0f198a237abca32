"""A delivered file held against its record, and its record against a new run, in every format."""

import base64
import io
import json
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import openpyxl
import pandas as pd
import pypdfium2
import pytest
from docx import Document as open_docx
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from pypdfium2 import raw

from futian_model.cli import main
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.report import FORMATS, PlanReport, ScenarioReport, export, results_from
from futian_model.report.page.binding import number_faults
from futian_model.report.page.blocks import Block
from futian_model.report.page.carried import pack, unpack
from futian_model.report.page.document import MIME
from futian_model.report.page.packing import unpacked
from futian_model.report.page.results_files import csv_of, former
from futian_model.report.page.shown import block_of
from futian_model.report.verify import Verdict, differences, verify
from futian_model.report.words.numbers import Number, values_by_key
from futian_model.results import Row, tidy
from futian_model.scenario import load_scenario

SECTIONS = ("cover", "answer", "goals", "assumptions", "record")


def notebook_of(blocks: list[Block]) -> NotebookNode:
    outputs = [new_output("display_data", {MIME: block.to_dict(), "text/plain": ""}) for block in blocks]
    return new_notebook(cells=[new_code_cell("", outputs=[one]) for one in outputs])


def report_of(evidence: Evidence, *sections: str) -> NotebookNode:
    """Sections of a scenario whose GDP of the last year is twice that of the first."""
    scenario = load_scenario("double_gdp_2035", evidence=evidence)
    report = ScenarioReport(scenario, "en", evidence=evidence, draws=300)
    return notebook_of([getattr(report, name)() for name in sections])


@pytest.fixture(scope="module")
def notebook(evidence: Evidence) -> NotebookNode:
    return report_of(evidence, *SECTIONS)


@pytest.fixture(scope="module")
def folder(notebook: NotebookNode, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report in every format, each with the pictures that lie beside it."""
    made = tmp_path_factory.mktemp("delivered")
    for form in FORMATS:
        written = export(notebook, form, "a")
        for name, content in {f"a.{form}": written.content, **written.beside}.items():
            (made / name).write_bytes(content)
    return made


@pytest.fixture(scope="module")
def files(folder: Path) -> dict[str, bytes]:
    return {form: (folder / f"a.{form}").read_bytes() for form in FORMATS}


def edit_html(content: bytes) -> bytes:
    assert "RMB\xa0950.8\xa0bn".encode() in content
    return content.replace("RMB\xa0950.8\xa0bn".encode(), "RMB\xa0990.0\xa0bn".encode(), 1)


def edit_docx(content: bytes) -> bytes:
    document = open_docx(io.BytesIO(content))
    run = next(run for one in document.paragraphs for run in one.runs if "950.8" in run.text)
    run.text = run.text.replace("950.8", "990.0")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def edit_xlsx(content: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = (
        cell for sheet in book if sheet.sheet_state == "visible" for row in sheet.iter_rows() for cell in row
    )
    cell = next(cell for cell in cells if cell.value in (9600, 9600.0, 960, 950.8))
    cell.value = 990.0
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def edit_pdf(content: bytes) -> bytes:
    document = pypdfium2.PdfDocument(content)
    for page in document:
        words = page.get_textpage()
        for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            text = text_of(one, words)
            if "950.8" in text:
                wide = (text.replace("950.8", "900.0") + "\0").encode("utf-16-le")
                buffer = (raw.FPDF_WCHAR * (len(wide) // 2)).from_buffer_copy(wide)
                assert raw.FPDFText_SetText(one.raw, buffer)
                page.gen_content()
                out = io.BytesIO()
                document.save(out)
                return out.getvalue()
    raise AssertionError("no such figure in the document")


def text_of(one: pypdfium2.PdfObject, words: pypdfium2.PdfTextPage) -> str:
    size = raw.FPDFTextObj_GetText(one.raw, words.raw, None, 0)
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    raw.FPDFTextObj_GetText(one.raw, words.raw, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0")


EDITS: dict[str, Callable[[bytes], bytes]] = {
    "html": edit_html,
    "md": edit_html,
    "pdf": edit_pdf,
    "docx": edit_docx,
    "xlsx": edit_xlsx,
}


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_as_it_was_delivered_comes_out_again(
    files: dict[str, bytes], folder: Path, form: str, evidence: Evidence
) -> None:
    verdict = verify(files[form], f"a.{form}", evidence, folder)
    assert verdict.rerun > 1000
    assert verdict == Verdict(rerun=verdict.rerun)
    assert verdict.sound


@pytest.mark.parametrize("form", FORMATS)
def test_a_figure_changed_by_hand_is_named(
    files: dict[str, bytes], folder: Path, form: str, evidence: Evidence
) -> None:
    verdict = verify(EDITS[form](files[form]), f"a.{form}", evidence, folder)
    assert not verdict.sound
    assert verdict.apart == []
    assert verdict.edited
    assert "9" in verdict.edited[0]
    assert any(figure in verdict.edited[0] for figure in ("990", "900"))


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_without_a_record_is_refused(form: str, evidence: Evidence) -> None:
    with pytest.raises(InputError, match="a report of this library with the record it was delivered with"):
        verify(b"nothing", f"a.{form}", evidence)


def test_a_file_of_another_kind_is_refused(evidence: Evidence) -> None:
    with pytest.raises(InputError, match=r"a\.txt.*\.html, \.pdf, \.docx, \.xlsx, \.md"):
        verify(b"", "a.txt", evidence)


def test_a_record_that_was_changed_with_the_page_is_found_out(
    notebook: NotebookNode, evidence: Evidence
) -> None:
    changed = unpack(pack(notebook).replace("\n", ""))
    record = changed.cells[-1].outputs[0].data[MIME]
    lines = csv_of(record["results"]).splitlines()
    at = next(at for at, line in enumerate(lines) if ",real_gdp," in line and ",2030,,central," in line)
    line, _, _ = lines[at].rpartition(",")
    lines[at] = f"{line},12345.5"
    record["results"] = "\n".join(lines) + "\n"
    verdict = verify(export(changed, "html").content, "a.html", evidence)
    assert verdict.edited == []
    assert [told for told in verdict.apart if "real_gdp 2030 central: 12345.5 in the file" in told]


def bound(content: Any) -> Iterator[dict[str, Any]]:
    """Numbers in a block that are said to be a row of the results."""
    if isinstance(content, dict):
        if "value" in content and content.get("key"):
            yield content
        for inner in content.values():
            yield from bound(inner)
    elif isinstance(content, list):
        for inner in content:
            yield from bound(inner)


@pytest.mark.parametrize("kind", ["prose", "table", "charts"])
def test_numbers_off_the_results_are_told(notebook: NotebookNode, evidence: Evidence, kind: str) -> None:
    changed = unpack(pack(notebook))
    answer = changed.cells[1].outputs[0].data[MIME]["children"]
    number = next(number for block in answer if block["type"] == kind for number in bound(block))
    number["value"] += 1.0
    verdict = verify(export(changed, "html").content, "a.html", evidence)
    assert not verdict.sound
    assert verdict.unbound


def test_another_library_and_other_data_are_named(notebook: NotebookNode, evidence: Evidence) -> None:
    changed = unpack(pack(notebook))
    inputs = changed.cells[-1].outputs[0].data[MIME]["inputs"]
    inputs["library"] = "0.0.1"
    inputs["data"]["observations.csv"] = "0"
    verdict = verify(export(changed, "html").content, "a.html", evidence)
    assert verdict.changed[0] == "data/observations.csv"
    assert verdict.changed[1].startswith("futian_model 0.0.1, now ")
    assert verdict.sound


def test_results_that_differ_are_counted(notebook: NotebookNode) -> None:
    from futian_model.report import results_of

    own = results_of(notebook)
    assert differences(own, own) == ([], 0)
    other = own.assign(value=own["value"] + 1)
    assert differences(own, other)[0][-1].startswith("and ")
    assert "none today" in differences(own, own.iloc[1:])[0][0]
    moved = own["value"].notna() & (own["value"] != 0)
    assert differences(own, own.assign(value=own["value"] * (1 + 1e-14)))[0] == []
    told, rounded = differences(own, own.assign(value=own["value"] * (1 + 1e-12)))
    assert (told, rounded) == ([], int(moved.sum()))


def test_a_part_that_is_nothing_but_rounding_is_one() -> None:
    """On other threads linear algebra gives 1.4e-14 of a growth rate of 8,000 亿元 for nothing at all."""
    levels = [("start", 8000.0), ("end", 8100.0), ("gap", 0.0)]
    rows = [Row("real_gdp", 2035, name, value, "亿元", case="of=central") for name, value in levels]
    part = Row("real_gdp", 2035, "contribution", 0.0, "亿元", case="of=central;block=outturn")
    own = results_from(tidy("a", "moved", [*rows, part]).to_csv(index=False))

    def today(statistic: str, value: float) -> tuple[list[str], int]:
        return differences(own, own.assign(value=own["value"].where(own["statistic"] != statistic, value)))

    assert today("contribution", 1.4e-14) == ([], 1)
    told, rounded = today("contribution", 1e-3)
    assert told == ["moved real_gdp of=central;block=outturn 2035 contribution: 0 in the file, 0.001 today"]
    assert rounded == 0
    told, _ = today("gap", 1.4e-14)
    assert len(told) == 1  # what is no part of a sum is held to its digits


@pytest.mark.parametrize("text", ["", "AAAA", "not base64 at all!", pack(new_notebook())[:-8]])
def test_a_damaged_record_is_no_notebook(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        unpack(text)


def test_a_packed_notebook_is_the_same_text_whenever_it_ran(notebook: NotebookNode) -> None:
    later = nbformat.from_dict(notebook)
    later.metadata["papermill"] = {"start_time": "2026-01-01"}
    assert pack(later) == pack(notebook)


def test_the_command_tells_each_file_by_itself(
    files: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad, none = tmp_path / "good.html", tmp_path / "bad.html", tmp_path / "none.pdf"
    good.write_bytes(files["html"])
    bad.write_bytes(edit_html(files["html"]))
    none.write_bytes(b"nothing")
    assert main(["verify", str(good)]) == 0
    assert "come out again, to the last digit" in capsys.readouterr().out
    assert main(["verify", str(good), str(bad), str(none)]) == 1
    told = capsys.readouterr().out
    assert "changed by hand: “990.0” in place of “950.8”" in told
    assert "none.pdf" in told


def former_table() -> pd.DataFrame:
    """The plan's arithmetic as a library delivered it before its results had cases and horizons."""
    return results_from((Path(__file__).parent / "former" / "plan_arithmetic.csv").read_text("utf-8"))


def with_todays_people(own: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """The former table with the paths on which people grow as the model has it today."""
    rows = new[new["case"].isin(["path=scenario", "path=census"])]
    names = rows["case"].str.replace("=", "_") + "_" + rows["statistic"]
    today = dict(zip(zip(rows["indicator"], rows["year"], names, strict=True), rows["value"], strict=True))
    places = zip(own["indicator"], own["year"], own["statistic"], strict=True)
    values = [today.get(place, value) for place, value in zip(places, own["value"], strict=True)]
    return own.assign(value=values)


def test_a_file_made_before_cases_had_a_column_is_held_against_todays_numbers(evidence: Evidence) -> None:
    own = former_table()
    assert former(own)
    report = PlanReport(load_scenario("trend_2021", evidence=evidence), "en", evidence=evidence)
    new = results_from(report.record().to_dict()["results"])
    assert not former(new)
    moved = differences(own, new)[0]
    assert [line for line in moved if not re.search(r"path_(scenario|census)_|^and \d+ more", line)] == []
    own = with_todays_people(own, new)
    assert differences(own, new)[0] == []
    for at in (
        own.index[own["statistic"] == "path_scenario_needed"],
        own.index[own["statistic"] == "target"],
    ):
        changed = own.copy()
        changed.loc[at[:1], "value"] *= 1.001
        (told,) = differences(changed, new)[0]
        assert str(own.loc[at[0], "statistic"]) in told


def test_numbers_bound_before_cases_had_a_column_are_still_found() -> None:
    own = former_table()
    row = own[own["statistic"] == "path_scenario_needed"].iloc[0]
    key = [row["reading"], row["indicator"], int(row["year"]), row["statistic"]]
    number = Number(float(row["value"]), "growth").to_dict("en") | {"key": key}
    assert list(number_faults(number, "en", values_by_key(own))) == []
    assert list(number_faults(number | {"key": [*key[:3], "other"]}, "en", values_by_key(own))) != []


def test_a_file_packed_by_an_earlier_version_is_read(notebook: NotebookNode) -> None:
    text = unpacked(pack(notebook))
    former = base64.b64encode(zlib.compress(text.encode())).decode("ascii")
    assert unpack(former) == unpack(pack(notebook))
    with pytest.raises(ValueError, match="cut short"):
        unpack(base64.b64encode(zlib.compress(text.encode())[:-200]).decode("ascii"))


def test_a_chart_is_drawn_once_in_an_output_and_comes_back_from_it(evidence: Evidence) -> None:
    block = ScenarioReport(
        load_scenario("trend_2021", evidence=evidence), "zh", evidence=evidence, draws=100
    ).outlook()
    whole, output = json.loads(json.dumps(block.to_dict())), block._repr_mimebundle_()
    assert "svg" not in json.dumps(output[MIME])
    assert block_of(output) == whole
    assert "<svg" in json.dumps(whole)
    with pytest.raises(LookupError, match="0 pictures in an output of"):
        block_of({MIME: output[MIME]})
