"""What an exported page shows of a notebook: blocks, and whatever an analyst added, made harmless."""

import re
import tomllib
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.exporters import get_exporter
from nbconvert.utils.exceptions import ConversionException
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from futian_model.languages import LANGS
from futian_model.project import find_project
from futian_model.report import (
    FORMATS,
    FutianHTMLExporter,
    blocks_of,
    export,
    faults,
    results_from,
    results_of,
    writers,
)
from futian_model.report.page.blocks import Block, Section
from futian_model.report.page.packing import packed
from futian_model.report.page.record import RUNS, UNFINISHED, UNRUN
from futian_model.report.page.results_files import RECORDED, csv_of, record_text, written
from futian_model.report.words.sentences import words
from futian_model.report.writers import exporter as exporter_module
from futian_model.report.writers.formats import USUAL, Writer
from futian_model.results import COLUMNS, typed

from .conftest import SECTIONS, Report

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="


def shown(block: Block) -> NotebookNode:
    return new_output("execute_result", block._repr_mimebundle_(), execution_count=1)


def cell(*outputs: NotebookNode, source: str = "secret_code()", tags: tuple[str, ...] = ()) -> NotebookNode:
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


@pytest.fixture
def notebook(report: Report) -> NotebookNode:
    made = report("trend_2021")
    table = pd.DataFrame({"街道": ["莲花"], "占比": [0.25]})
    return new_notebook(
        cells=[
            new_markdown_cell("只给打开笔记本的人", metadata={"tags": ["notebook-only"]}),
            cell(shown(made.cover())),
            new_markdown_cell(
                "## 我的补充\n\n**要点** <script>alert(1)</script> [外链](javascript:alert(1))"
            ),
            cell(new_output("execute_result", {"text/html": table.to_html(), "text/plain": "t"})),
            cell(new_output("display_data", {"image/png": PIXEL}, metadata={"image/png": {"alt": "街道图"}})),
            cell(new_output("display_data", {"image/png": PIXEL})),
            cell(new_output("stream", name="stdout", text="a < b")),
            cell(new_output("stream", name="stderr", text="warned of something")),
            cell(
                new_output(
                    "display_data", {"text/html": "<b onclick='x()'>留</b><iframe src='http://a'></iframe>"}
                )
            ),
            cell(shown(made.record())),
        ]
    )


def test_an_analysts_own_text_table_and_pictures_come_along(notebook: NotebookNode) -> None:
    html = export(notebook, "html", "题目").content.decode()
    assert "<h2>我的补充</h2>" in html
    assert "<strong>要点</strong>" in html
    assert "<th>街道</th>" in html
    assert re.findall(r'<img src="data:image/png;base64,[^"]+" alt="([^"]+)">', html) == [
        "街道图",
        "笔记本中的图，未附说明",
    ]
    assert "<pre>a &lt; b</pre>" in html
    assert "<b>留</b>" in html


def test_nothing_harmful_no_code_and_no_record_is_shown(notebook: NotebookNode) -> None:
    html = export(notebook, "html", "题目").content.decode()
    body = html[html.index("<body>") : html.index("</main>")]
    for gone in ("<script", "javascript:", "onclick", "<iframe", "secret_code", "warned", "只给打开"):
        assert gone not in body
    assert "given_scenario" not in body


def test_a_title_is_text_in_every_place(notebook: NotebookNode) -> None:
    own = new_notebook(cells=[new_markdown_cell("文字")])
    html = export(own, "html", "</title><script>alert(1)</script>{{ 7 * 7 }}").content.decode()
    assert "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}</title>" in html


def test_results_travel_to_the_last_digit(report: Report, notebook: NotebookNode) -> None:
    own = report("trend_2021").material.results
    assert set(own["place"]) <= {"futian", "china", "shenzhen", ""}
    carried = results_of(nbformat.reads(nbformat.writes(notebook), 4))
    assert list(carried.columns) == [*RECORDED, *COLUMNS]
    assert (carried["place"] != "").all()
    assert len(carried) == len(own)
    same = (carried["value"].to_numpy() == own["value"].to_numpy()) | own["value"].isna().to_numpy()
    assert same.all()
    assert results_from(carried.to_csv(index=False)).equals(carried)


@given(
    st.lists(st.floats(allow_infinity=False), min_size=1, max_size=30),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12),
)
def test_any_table_of_results_is_written_and_read_to_the_last_digit(values: list[float], text: str) -> None:
    names = [name for name in (*RECORDED, *COLUMNS) if name not in ("year", "horizon", "value")]
    told = dict.fromkeys(names, text)
    table = pd.DataFrame({**told, "year": 2035, "horizon": None, "value": values})
    table = typed(table[[*RECORDED, *COLUMNS]])
    assert written(table) == table.to_csv(index=False, lineterminator="\n")
    assert csv_of(record_text(table)) == csv_of(packed(written(table))) == written(table)
    read = results_from(written(table))
    assert list(read.columns) == [*RECORDED, *COLUMNS]
    assert read["horizon"].isna().all()
    assert all(read[name].tolist() == [text] * len(values) for name in told)
    assert [float.hex(value) for value in read["value"]] == [float.hex(value) for value in values]


def test_what_must_not_go_out_is_told(report: Report, notebook: NotebookNode) -> None:
    assert faults(notebook) == []
    failed = new_output("error", ename="ValueError", evalue="no", traceback=[])
    notebook.cells.append(cell(failed))
    (fault,) = faults(notebook)
    assert fault.endswith(f": ValueError: no; allowed: {RUNS}")
    assert fault.startswith("cell ")
    record = notebook.cells[-2]
    notebook.cells.append(record)
    assert faults(notebook) == [fault, "2 records of results in the notebook; one is needed"]
    notebook.cells = [one for one in notebook.cells if one is not record]
    assert faults(notebook) == [fault.replace("cell 11", "cell 10"), UNFINISHED]


def test_the_exporter_refuses_what_a_batch_would_refuse(report: Report, notebook: NotebookNode) -> None:
    exporter = FutianHTMLExporter()
    html, _ = exporter.from_notebook_node(notebook)
    assert html == export(notebook, "html", report("trend_2021").scenario.title["zh"]).content.decode()
    del notebook.cells[-1]
    with pytest.raises(ConversionException, match="run all cells, the last one too"):
        exporter.from_notebook_node(notebook)
    own = new_notebook(cells=[new_markdown_cell("## 只有文字")])
    assert "<h2>只有文字</h2>" in exporter.from_notebook_node(own)[0]


@pytest.mark.parametrize(
    "state", [("plan_targets", "zh"), ("trend_2021", "en")], ids=["scenario", "language"]
)
def test_a_page_of_two_states_is_refused_whatever_cell_is_stale(
    report: Report, state: tuple[str, str]
) -> None:
    own, other = report("trend_2021"), report(*state)
    cells = [cell(shown(getattr(own, name)()), source=f"report.{name}()") for name in (*SECTIONS, "record")]
    assert faults(new_notebook(cells=cells)) == []
    for at, name in enumerate(SECTIONS):
        stale = cell(shown(getattr(other, name)()), source=f"report.{name}()")
        mixed = new_notebook(cells=[*cells[:at], stale, *cells[at + 1 :]])
        assert faults(mixed)[0].startswith(f"cell {at + 1} (report.{name}()): made from another scenario")
    with pytest.raises(ConversionException, match="run all cells again"):
        FutianHTMLExporter().from_notebook_node(mixed)


@pytest.mark.parametrize("form", FORMATS)
def test_a_notebook_that_was_not_run_says_so(form: str) -> None:
    own = new_notebook(cells=[new_markdown_cell("## 题"), new_code_cell("report.cover()")])
    with pytest.raises(ConversionException, match=UNRUN):
        get_exporter(f"futian-{form}")().from_notebook_node(own)


def test_a_block_shows_itself_and_carries_its_content(report: Report) -> None:
    bundle = report("trend_2021").answer()._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.futian.block+json", "text/html", "text/plain"}
    assert bundle["text/html"].startswith("<style>")
    notebook = new_notebook(cells=[cell(new_output("display_data", bundle))])
    assert [block["heading"] for block in blocks_of(notebook)] == ["结论"]


@pytest.mark.parametrize("form", FORMATS)
def test_a_heading_with_nothing_under_it_is_no_fault(form: str) -> None:
    empty = new_notebook(cells=[cell(shown(Section("zh", "空的一节", [])))])
    assert any("空的一节" in line for line in FORMATS[form].writer.seen(export(empty, form).content))


def test_every_format_is_offered_everywhere() -> None:
    project = tomllib.loads((find_project(Path(__file__).parent).root / "pyproject.toml").read_text("utf-8"))
    found = project["project"]["entry-points"]["nbconvert.exporters"]
    assert sorted(found) == sorted(f"futian{mark}{form}" for form in FORMATS for mark in "-_")
    for name, place in found.items():
        exporter = get_exporter(place.replace(":", "."))
        assert f".{name[7:]}" == exporter().file_extension
        assert exporter.served is (name[6] == "_")
        assert exporter.output_mimetype == FORMATS[name[7:]].mimetype
    rooms = Path(writers.__file__).parent.glob("*/__init__.py")
    assert {file.parent.name for file in rooms if "def write(" in file.read_text("utf-8")} == set(FORMATS)
    for form, one in FORMATS.items():
        assert isinstance(one.writer, Writer)
        assert all(words(lang)[f"format_{form}"] for lang in LANGS)
    assert USUAL == ("html", "pdf", "docx", "xlsx")


def test_a_format_nobody_wrote_is_refused() -> None:
    with pytest.raises(AttributeError, match="FutianODTExporter"):
        exporter_module.__getattr__("FutianODTExporter")
