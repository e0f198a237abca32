"""The report notebook as people run it: plain papermill, nbconvert, and as it is committed."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat import NotebookNode

from futian_model.batch.execution import NotebookFault
from futian_model.project import find_project
from futian_model.report import blocks_of, export, faults, inputs_of
from futian_model.report.page.record import UNRUN

from .conftest import RunNotebook, unnamed

ROOT = find_project(Path(__file__).parent).root
NOTEBOOK = ROOT / "notebooks" / "scenario_report.ipynb"
FILES = sorted((ROOT / "notebooks").glob("*.ipynb"))
BIN = Path(sys.executable).parent


def called(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def outputs(notebook: NotebookNode) -> list[NotebookNode]:
    return [output for cell in notebook.cells for output in cell.get("outputs", [])]


@pytest.fixture(scope="module")
def defaults(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("notebook") / "report.ipynb"
    ended = called(BIN / "papermill", NOTEBOOK, made)
    assert ended.returncode == 0, ended.stderr
    return made


def test_plain_papermill_with_defaults_makes_the_report(defaults: Path) -> None:
    notebook = nbformat.reads(defaults.read_text("utf-8"), 4)
    assert [output.output_type for output in outputs(notebook)] == ["execute_result"] * 9
    assert faults(notebook) == []
    assert unnamed(notebook) == set()
    blocks = blocks_of(notebook)
    assert [block["type"] for block in blocks] == ["cover", *["section"] * 7, "record"]
    assert [block["heading"] for block in blocks[1:-1]] == [
        "结论",
        "增长",
        "三项主要指标的走势",
        "规划目标能否达到",
        "实现目标所需增长",
        "本情景的假设",
        "各方预期与共同附录",
    ]
    assert {block["lang"] for block in blocks} == {"zh"}
    assert (inputs_of(notebook)["draws"], inputs_of(notebook)["seed"]) == (10_000, 2020)


def test_nbconvert_writes_the_page_that_the_batch_writes(defaults: Path) -> None:
    ended = called(BIN / "jupyter", "nbconvert", "--to", "futian-html", defaults)
    assert ended.returncode == 0, ended.stderr
    written = defaults.with_suffix(".html").read_text("utf-8")
    notebook = nbformat.reads(defaults.read_text("utf-8"), 4)
    assert written == export(notebook, "html", "现有数据趋势").content.decode()
    assert len(written.encode()) < 1_000_000
    assert "load_evidence" not in written


def test_nbconvert_refuses_what_was_not_run_in_one_line(tmp_path: Path) -> None:
    (tmp_path / NOTEBOOK.name).write_bytes(NOTEBOOK.read_bytes())
    ended = called(BIN / "jupyter", "nbconvert", "--to", "futian-html", tmp_path / NOTEBOOK.name)
    assert ended.returncode == 1
    assert "Traceback" not in ended.stderr
    assert f": {UNRUN}" in ended.stderr
    assert [*tmp_path.iterdir()] == [tmp_path / NOTEBOOK.name]


def test_the_same_parameters_give_the_same_page(papermilled: RunNotebook) -> None:
    given = {"scenario": "plan_targets", "lang": "en", "draws": 200, "seed": 5}
    first, second = (papermilled(NOTEBOOK.name, **given) for _ in range(2))
    assert export(first, "html", "t").content.decode() == export(second, "html", "t").content.decode()
    assert (inputs_of(first)["draws"], inputs_of(first)["seed"]) == (200, 5)
    assert inputs_of(first)["scenario"]["id"] == "plan_targets"
    assert faults(first) == []


@pytest.mark.parametrize(
    ("parameter", "value", "told"),
    [
        ("lang", "fr", "language = 'fr'; allowed: zh or en"),
        ("scenario", "plan_target", "did you mean plan_targets?"),
        ("draws", 0, "draws = 0; allowed: a whole number from 1 to 1,000,000,000"),
    ],
)
def test_a_parameter_that_cannot_be_is_told(
    papermilled: RunNotebook, parameter: str, value: object, told: str
) -> None:
    with pytest.raises(NotebookFault, match=re.escape(told)):
        papermilled(NOTEBOOK.name, **{parameter: value})


def test_plain_papermill_tells_it_too(tmp_path: Path) -> None:
    ended = called(BIN / "papermill", NOTEBOOK, tmp_path / "x.ipynb", "-p", "draws", "0")
    assert ended.returncode != 0
    assert "draws = 0; allowed: a whole number from 1 to 1,000,000,000" in ended.stderr


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_papermill_reads_all_parameters_with_their_help(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    found = papermill.inspect_notebook(str(file))
    (cell,) = [one for one in nbformat.read(file, 4).cells if "parameters" in one.metadata.get("tags", [])]
    stated = [one.target.id for one in ast.parse(cell.source).body if isinstance(one, ast.AnnAssign)]
    assert list(found) == stated
    assert all(one["help"] for one in found.values())
    assert caplog.records == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_committed_notebook_is_thin_and_empty(file: Path) -> None:
    cells = [cell for cell in json.loads(file.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert not any(cell["outputs"] or cell["execution_count"] for cell in cells)
    lines = [line for cell in cells for line in "".join(cell["source"]).splitlines()]
    assert len(lines) < 60
    assert not [
        line for line in lines if line.split()[:1] and line.split()[0] in ("def", "for", "while", "class")
    ]
    assert [cell["metadata"].get("tags") for cell in cells].index(["parameters"]) == 0
