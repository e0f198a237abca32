"""Batches of real notebooks: reports that are whole, and failures that stop nobody else."""

import hashlib
import json
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from futian_model.batch.folder import LOCK
from futian_model.batch.settings import PACKAGE, TABLES
from futian_model.cli import main
from futian_model.errors import FileFault
from futian_model.evidence import load_evidence
from futian_model.project import Project
from futian_model.report import FORMATS, results_from
from futian_model.report.page.carried import unpack
from futian_model.report.words.sentences import words
from futian_model.scenario import load_scenario
from futian_model.simulation import simulate

from .conftest import Notebook, RunBatch

OTHER = "title: {zh: 试验, en: Trial}\ndescription: {zh: 一项试验。, en: A trial.}\nextends: evidence_trend\n"


def names(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_a_report_is_whole_and_says_what_it_was_made_from(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook("report.cover()")
    assert run_batch("plan_targets", langs=("zh", "en"), formats=tuple(FORMATS))[0].fault is None
    folder = project.outputs / "plan_targets"
    assert names(folder) == [
        "dictionary.csv",
        "manifest.json",
        *(
            f"plan_targets.{lang}.{ending}"
            for lang in ("en", "zh")
            for ending in ("docx", "html", "ipynb", "md", "pdf", "xlsx")
        ),
        "results.csv",
        "results.parquet",
    ]
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["files"] == {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in names(folder)
        if name != "manifest.json"
    }
    evidence = load_evidence(project)
    scenario = load_scenario("plan_targets", project, evidence=evidence)
    assert manifest["scenario"] == scenario.to_dict()
    assert (manifest["draws"], manifest["seed"], manifest["langs"]) == (20, 2020, ["zh", "en"])
    assert manifest["data"] == dict(evidence.fingerprints)
    results = results_from((folder / "results.csv").read_text("utf-8"))
    own = simulate(scenario, evidence, draws=20).frame()
    assert set(results["run"]) == {results["run"].iloc[0]}
    assert set(results["vintage"]) <= {scenario.assumptions.vintage, ""}
    held = results[list(own)].head(len(own))
    pd.testing.assert_frame_equal(held, own, check_exact=True, check_dtype=False)


def test_nothing_sent_on_tells_of_the_machine(
    project: Project, notebook: Notebook, run_batch: RunBatch, tmp_path: Path
) -> None:
    notebook("report.assumptions()")
    outside = tmp_path / "elsewhere"
    outside.mkdir()
    file = outside / "mine.yaml"
    file.write_text("id: mine\n" + OTHER + "run: {draws: 30}\nlevers: {growth: {block: trend}}\n", "utf-8")
    assert run_batch(file, formats=tuple(FORMATS))[0].fault is None
    folder = project.outputs / "mine"
    assert len(names(folder)) == 10
    text = [
        folder / "mine.zh.html",
        folder / "mine.zh.ipynb",
        folder / "results.csv",
        folder / "manifest.json",
    ]
    written = [path.read_text("utf-8") for path in text]
    for form in FORMATS:
        content = (folder / f"mine.zh.{form}").read_bytes()
        packed = FORMATS[form].writer.carried(content)
        assert packed is not None
        written += [*FORMATS[form].writer.seen(content), nbformat.writes(unpack(packed))]
    assert not [text for text in written if re.search(rf"{tmp_path}|{Path.home()}/", text)]
    # the workbook's inputs say where each is set, by the file's name alone
    workbook = (folder / "mine.zh.xlsx").read_bytes()
    assert any("mine.yaml，第6行" in text for text in FORMATS["xlsx"].writer.seen(workbook))


def test_a_failing_scenario_stops_no_other_and_leaves_nothing(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook(
        "if scenario.endswith('double_gdp_2035.yaml'):\n    raise ValueError('too much')",
        "import os\nif 'both' in scenario: os._exit(9)",
    )
    outcomes = run_batch("double_gdp_2035", "double_both_2035", "evidence_trend", langs=("zh", "en"))
    cell = "cell 4 (if scenario.endswith('double_gdp_2035.yaml'):)"
    assert outcomes[0].fault == f"zh, en: {cell}: ValueError: too much"
    died = "zh, en: cell 5 (import os): the kernel ended itself with exit code 9, 2 times"
    assert (outcomes[1].fault, outcomes[1].attempts) == (died, 2)
    assert (outcomes[2].id, outcomes[2].fault, outcomes[2].status) == ("evidence_trend", None, "made")
    assert outcomes[2].title == {"zh": "现有数据趋势", "en": "Evidence trend"}
    held = sorted(path.name for path in project.outputs.iterdir())
    beside = [LOCK, PACKAGE, "index.html", "manifest.json", "run_log.jsonl"]
    assert held == sorted([*TABLES, *beside, "evidence_trend"])
    index = (project.outputs / "index.html").read_text("utf-8")
    assert "ValueError: too much" in index
    assert 'href="evidence_trend/evidence_trend.zh.html"' in index


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        (
            "report.cover()\nfrom futian_model.report.page.blocks import KeyFigure, KeyFigures\n"
            "from futian_model.report.words.numbers import Number\nfrom dataclasses import replace\n"
            "good = report.material.number('real_gdp', 2035)\n"
            "KeyFigures(lang, [KeyFigure('GDP', replace(good, value=good.value + 1), "
            "report.material.words.say('index_lead'))])",
            r"zh: '[\d,]+亿元': [\d.]+ on the page, [\d.]+ in the results "
            r"\(given_scenario real_gdp 2035 central\)",
        ),
        ("report.record()", r"zh: 2 records of results in the notebook; one is needed"),
    ],
)
def test_a_page_that_disagrees_with_its_results_is_not_written(
    project: Project, notebook: Notebook, run_batch: RunBatch, cell: str, told: str
) -> None:
    notebook(cell)
    (outcome,) = run_batch("evidence_trend")
    assert outcome.fault is not None
    assert re.fullmatch(told, outcome.fault)
    assert names(project.outputs) == [LOCK, "index.html", "manifest.json", "run_log.jsonl"]


def test_languages_whose_results_differ_are_not_published(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook(
        start="from futian_model import ScenarioReport, load_scenario\n"
        "report = ScenarioReport(load_scenario(scenario), lang, draws=20, seed=len(lang) + (lang == 'en'))"
    )
    (outcome,) = run_batch("evidence_trend", langs=("zh", "en"))
    assert outcome.fault == "the scenario or the data changed while the report was made"


def test_a_file_with_a_taken_id_does_not_hide_the_sound_one(
    project: Project, notebook: Notebook, run_batch: RunBatch, tmp_path: Path
) -> None:
    notebook("report.cover()")
    twin = tmp_path / "twin.yaml"
    twin.write_text("id: evidence_trend\n" + OTHER, "utf-8")
    sound, faulty = run_batch("evidence_trend", twin)
    assert sound.fault is None
    assert (faulty.id, faulty.fault) == (
        str(twin),
        f"{twin}, line 1: id = 'evidence_trend'; allowed: an id no other scenario has;"
        " params/evidence_trend.yaml has it too",
    )
    index = (project.outputs / "index.html").read_text("utf-8")
    assert 'href="evidence_trend/evidence_trend.zh.html"' in index


def test_data_that_change_under_a_run_are_not_published(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook(
        start="import json, pathlib\nfile = pathlib.Path('data/datapackage.json')\n"
        "file.write_text(file.read_text() + '\\n')\n"
        "from futian_model import ScenarioReport, load_scenario\n"
        "report = ScenarioReport(load_scenario(scenario), lang, draws=20)"
    )
    (outcome,) = run_batch("evidence_trend")
    assert outcome.fault == "the scenario or the data changed while the report was made"


def test_a_second_run_keeps_what_somebody_changed(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook("report.cover()")
    run_batch("evidence_trend")
    mine = project.outputs / "evidence_trend" / "evidence_trend.zh.ipynb"
    edited = nbformat.read(mine, 4)
    edited.cells.append(nbformat.v4.new_markdown_cell("我的批注"))
    nbformat.write(edited, mine)
    (project.outputs / "index.html").write_text("my own page", "utf-8")
    (outcome,) = run_batch("evidence_trend")
    assert outcome.kept == project.outputs / "evidence_trend.kept-1"
    assert "我的批注" in (outcome.kept / mine.name).read_text("utf-8")
    assert "我的批注" not in mine.read_text("utf-8")
    assert (project.outputs / "index.kept-1.html").read_text("utf-8") == "my own page"


def test_the_index_compares_what_is_current_and_links_the_rest(
    project: Project, notebook: Notebook, run_batch: RunBatch
) -> None:
    notebook("report.cover()")
    run_batch("evidence_trend", "plan_targets")
    run_batch("plan_targets")
    index = (project.outputs / "index.html").read_text("utf-8")
    assert index.index("plan_targets.zh.html") < index.index("evidence_trend.zh.html")
    assert "不作比较的报告" not in index
    # one more published figure: the reports made before it are of another vintage of the data
    observations = project.data / "observations.csv"
    lines = observations.read_text("utf-8").splitlines()
    added = "shenzhen,retail_sales,2020,9000,亿元,nominal,,2021,futian_14fyp,estimate,,,"
    observations.write_text("\n".join([*lines, added]) + "\n", "utf-8")
    run_batch("double_gdp_2035")
    index = (project.outputs / "index.html").read_text("utf-8")
    compared, earlier = index.split("不作比较的报告")
    assert "double_gdp_2035.zh.html" in compared
    assert "evidence_trend.zh.html" not in compared
    assert "evidence_trend.zh.html" in earlier
    # results that are not those of the report are nobody's
    (project.outputs / "plan_targets" / "results.csv").write_text("scenario\n", "utf-8")
    run_batch("double_gdp_2035")
    assert "plan_targets" not in (project.outputs / "index.html").read_text("utf-8")


def test_a_project_without_the_notebook_is_told_before_anything_is_written(
    project: Project, run_batch: RunBatch
) -> None:
    with pytest.raises(FileFault, match=r"^notebooks/scenario_report\.ipynb: no such file$"):
        run_batch("evidence_trend")
    assert not project.outputs.exists()


@pytest.mark.thorough
@pytest.mark.parametrize("key", ["index_panels_subtitle", "format_ipynb", "format_md", "index_failed"])
def test_an_index_that_lacks_a_text_is_told_before_anything_is_published(
    project: Project, notebook: Notebook, run_batch: RunBatch, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    notebook("report.cover()")
    assert run_batch("plan_targets")[0].fault is None
    before = {name: (project.outputs / name).read_bytes() for name in names(project.outputs)}
    every = words("zh")
    monkeypatch.delitem(every.texts, key)
    with pytest.raises(FileFault, match=f"index.html: cannot be laid out, so no report is published.*{key}"):
        run_batch("plan_targets", "evidence_trend", force=True)
    after = {name: (project.outputs / name).read_bytes() for name in names(project.outputs)}
    assert after.pop("run_log.jsonl").startswith(before.pop("run_log.jsonl"))
    assert after == before


@pytest.mark.thorough
def test_a_report_in_markdown_is_verified_with_its_pictures(
    project: Project,
    notebook: Notebook,
    run_batch: RunBatch,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(project.root)
    notebook("report.cover()", "report.answer()")
    assert run_batch("plan_targets", langs=("zh", "en"), formats=("md",))[0].fault is None
    folder = project.outputs / "plan_targets"
    files = [folder / f"plan_targets.{lang}.md" for lang in ("zh", "en")]
    command = ["verify", *map(str, files)]
    assert main(command) == 0, capsys.readouterr().out
    assert 'href="plan_targets/plan_targets.zh.md"' in (project.outputs / "index.html").read_text("utf-8")
    (folder / "plan_targets.zh.1.svg").write_bytes((folder / "plan_targets.en.1.svg").read_bytes())
    files[1].write_text(
        files[1].read_text("utf-8").replace("RMB\xa0960.0\xa0bn", "RMB\xa0990.0\xa0bn", 1), "utf-8"
    )
    assert main(command) == 1
    told = capsys.readouterr().out
    assert "changed by hand: another picture in place of picture 1" in told
    assert "changed by hand: “990.0” in place of “960.0”" in told
