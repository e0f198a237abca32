"""The track-record notebook through real papermill and the exporter, in both languages."""

import html
import shutil
from pathlib import Path

import nbformat
import pandas as pd
import papermill
import pytest
from nbformat import NotebookNode

from futian_model.project import find_project
from futian_model.report import FutianHTMLExporter, blocks_of, faults, inputs_of

from .conftest import RunNotebook, unnamed

ROOT = find_project(Path(__file__).parent).root
NOTEBOOK = ROOT / "notebooks" / "backtest.ipynb"
HEADINGS = {
    "zh": [
        "结论：可信程度",
        "本项目收录的序列",
        "同样的把握以往兑现多少",
        "目标达到了多少",
        "分预测期",
        "图示",
        "分预测起点",
        "其他数据的检验",
    ],
    "en": [
        "The answer",
        "The project's own series",
        "How often such chances came true",
        "How many targets were met",
        "By years ahead",
        "Two charts",
        "By starting year",
        "On other data",
    ],
}
LAST = {
    "zh": ["检验的局限"],
    "en": ["What this test cannot tell"],
}


def page(notebook: NotebookNode) -> str:
    return str(FutianHTMLExporter().from_notebook_node(notebook)[0])


@pytest.fixture(scope="module")
def made(papermilled: RunNotebook) -> dict[str, NotebookNode]:
    return {lang: papermilled("backtest.ipynb", lang=lang) for lang in HEADINGS}


@pytest.mark.parametrize("lang", HEADINGS)
def test_the_notebook_makes_the_whole_report(made: dict[str, NotebookNode], lang: str) -> None:
    notebook = made[lang]
    assert faults(notebook) == []
    assert unnamed(notebook) == set()
    blocks = blocks_of(notebook)
    assert [block["type"] for block in blocks] == ["cover", *["section"] * 9, "record"]
    assert [block["heading"] for block in blocks[1:-1]] == HEADINGS[lang] + LAST[lang]
    assert {block["lang"] for block in blocks} == {lang}
    assert inputs_of(notebook)["panel"] == "economies"


@pytest.mark.parametrize("lang", HEADINGS)
def test_it_goes_out_as_one_page_without_code(made: dict[str, NotebookNode], lang: str) -> None:
    written = page(made[lang])
    assert len(written.encode()) < 1_000_000
    assert "load_evidence" not in written
    assert "notebook-only" not in written
    assert written.count("<figure ") == 2
    assert written.count("<table>") >= 9
    assert all(heading in html.unescape(written) for heading in HEADINGS[lang] + LAST[lang])


def test_another_panel_makes_another_report(papermilled: RunNotebook) -> None:
    notebook = papermilled("backtest.ipynb", lang="en", panel="regions_united_states")
    assert faults(notebook) == []
    assert inputs_of(notebook)["panel"] == "regions_united_states"
    assert "states of the US" in page(notebook)


def test_another_record_makes_another_page(
    tmp_path: Path, papermilled: RunNotebook, made: dict[str, NotebookNode]
) -> None:
    project = tmp_path / "project"
    for name in ("data", "params"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copy(ROOT / "pyproject.toml", project)
    record = pd.read_csv(project / "data" / "record.csv", dtype=str, keep_default_na=False)
    own = (record["quantity"] == "real_gdp_growth") & (record["panel"] == "economies")
    own &= (record["method"] == "ladder") & (record["origin"] == "all") & (record["horizon"] == "15")
    record.loc[own, ["coverage_80", "coverage_80_low", "coverage_80_high"]] = ["0.41", "0.33", "0.49"]
    record.to_csv(project / "data" / "record.csv", index=False)
    changed = page(papermilled("backtest.ipynb", project, lang="en"))
    told = "For 15-year forecasts it is clearly below eight in ten"
    assert told in changed
    assert told not in page(made["en"])


def test_a_number_that_is_not_in_the_results_keeps_the_page_back(made: dict[str, NotebookNode]) -> None:
    notebook = nbformat.from_dict(made["en"])
    text = nbformat.writes(notebook)
    first = next(block for block in blocks_of(notebook)[1]["children"] if block["type"] == "key_figures")[
        "figures"
    ][0]["number"]
    forged = nbformat.reads(text.replace(f'"value": {first["value"]}', '"value": 0.123'), 4)
    assert faults(forged)


def test_papermill_reads_the_parameters_with_their_help() -> None:
    found = papermill.inspect_notebook(str(NOTEBOOK))
    assert {name: one["inferred_type_name"] for name, one in found.items()} == {"lang": "str", "panel": "str"}
    assert all(one["help"] for one in found.values())
