"""The comparison that every batch leaves beside its index: real notebooks, held against the reports."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from futian_model.batch.log import LOG
from futian_model.evidence import load_evidence
from futian_model.project import Project, find_project
from futian_model.report import results_from
from futian_model.report.verify import verify
from futian_model.scenario import load_scenario

from .conftest import Notebook, RunBatch

pytestmark = pytest.mark.thorough

COMPARE = find_project(Path(__file__).parent).notebooks / "compare.ipynb"
TWIN = (
    "id: twin\ntitle: {zh: 双生, en: Twin}\ndescription: {zh: 同上。, en: The same.}\n"
    "extends: evidence_trend\n"
)
FIGURES = ["reading", "indicator", "year", "statistic"]


@pytest.fixture
def comparing(project: Project, notebook: Notebook) -> Path:
    """The project's own notebook beside a short one of reports."""
    notebook()
    return Path(shutil.copy(COMPARE, project.notebooks))


def figures(file: Path, case: str = ""):
    table = results_from(file.read_text("utf-8"))
    return table[table["case"] == case].set_index(FIGURES)["value"].sort_index()


def outcome_of(project: Project) -> dict:
    """What the log says of the last comparison."""
    lines = map(json.loads, (project.outputs / LOG).read_text("utf-8").splitlines())
    return [line for line in lines if line["event"] == "report" and line["id"] == "comparison"][-1]


def held(outputs: Path, *names: str) -> None:
    """Every figure that comparison and report share is the same to the last digit, in levels and chances."""
    for name in names:
        own = figures(outputs / name / "results.csv")
        compared = figures(outputs / "comparison" / "results.csv", f"scenario={name}")
        both = compared.index.intersection(own.index)
        assert {"central", "probability"} <= set(both.get_level_values("statistic"))
        assert {"given_scenario", "given_evidence"} <= set(both.get_level_values("reading"))
        assert len(both) > 60
        assert compared[both].equals(own[both])


def test_two_are_compared_as_in_their_reports_and_every_file_verifies(
    project: Project, comparing: Path, run_batch: RunBatch
) -> None:
    names = ("stagnation", "evidence_trend")
    forms = ("html", "pdf", "docx", "xlsx")
    assert [one.fault for one in run_batch(*names, langs=("zh", "en"), formats=forms)] == [None, None]
    folder = project.outputs / "comparison"
    held(project.outputs, *names)
    evidence = load_evidence(project)
    for lang in ("zh", "en"):
        for form in forms:
            file = folder / f"comparison.{lang}.{form}"
            verdict = verify(file.read_bytes(), file.name, evidence)
            assert verdict.sound, (file.name, verdict)
            assert verdict.rerun == len(results_from((folder / "results.csv").read_text("utf-8")))
    # the baseline is the one that the other extends; of two, what explains the difference
    html = (folder / "comparison.en.html").read_text("utf-8")
    titles = [load_scenario(name, project, evidence=evidence).title["en"] for name in reversed(names)]
    assert "From “{}” to “{}”".format(*titles) in html
    assert "all because of" in html
    index = (project.outputs / "index.html").read_text("utf-8")
    for lang in ("zh", "en"):
        assert f'href="comparison/comparison.{lang}.xlsx"' in index
    assert "comparison" not in [entry for entry in index.split('data-id="')[1:] if entry.startswith("comp")]


def test_three_with_one_path_twice_and_one_that_failed(
    project: Project, comparing: Path, run_batch: RunBatch
) -> None:
    twin, broken = project.params / "twin.yaml", project.params / "broken.yaml"
    twin.write_text(TWIN, "utf-8")
    broken.write_text(TWIN.replace("twin", "broken").replace("extends: ", "extend: "), "utf-8")
    outcomes = run_batch("stagnation", twin, broken, "evidence_trend", langs=("zh", "en"))
    assert [one.status for one in outcomes] == ["made", "made", "failed", "made"]
    held(project.outputs, "stagnation", "twin", "evidence_trend")
    folder = project.outputs / "comparison"
    html = (folder / "comparison.en.html").read_text("utf-8")
    assert "“Evidence trend”; “Twin”: the same path of every indicator below" in html
    assert f"they failed or cover other years: “{outcomes[2].title['en']}”" in html
    assert "3 scenarios, against “Evidence trend”" in html
    assert "双生" in (folder / "comparison.zh.html").read_text("utf-8")


def test_what_stands_is_not_made_again_and_what_no_longer_holds_is_not_linked(
    project: Project, comparing: Path, run_batch: RunBatch
) -> None:
    link = 'href="comparison/comparison.zh.html"'
    index, twin = project.outputs / "index.html", project.params / "twin.yaml"
    twin.write_text(TWIN, "utf-8")
    run_batch(twin, "evidence_trend")
    assert outcome_of(project)["status"] == "made"
    assert link in index.read_text("utf-8")
    run_batch(twin, "evidence_trend")
    assert outcome_of(project)["status"] == "unchanged"
    # one scenario alone has nothing to be compared with; the comparison made before still holds
    run_batch(twin)
    assert link in index.read_text("utf-8")
    twin.write_text(TWIN.replace("extends: evidence_trend", "extends: stagnation"), "utf-8")
    run_batch(twin)
    assert link not in index.read_text("utf-8")
    run_batch(twin, "evidence_trend")
    assert outcome_of(project)["status"] == "made"
    held(project.outputs, "twin", "evidence_trend")
    assert link in index.read_text("utf-8")


def test_a_comparison_that_says_otherwise_than_the_reports_is_refused(
    project: Project, comparing: Path, run_batch: RunBatch
) -> None:
    changed = nbformat.read(comparing, 4)
    cell = next(one for one in changed.cells if "CompareReport(" in one.source)
    cell.source = cell.source.replace("draws=draws", "draws=30")
    nbformat.write(changed, comparing)
    run_batch("stagnation", "evidence_trend")
    told = outcome_of(project)
    assert told["status"] == "failed"
    assert "of evidence_trend is" in told["fault"]
    assert "in its own report" in told["fault"]
    assert not (project.outputs / "comparison").exists()
    assert "comparison/" not in (project.outputs / "index.html").read_text("utf-8")


def test_a_scenario_cannot_take_its_name(project: Project, comparing: Path, run_batch: RunBatch) -> None:
    file = project.params / "comparison.yaml"
    file.write_text(TWIN.replace("id: twin", "id: comparison"), "utf-8")
    first, second = run_batch(file, "stagnation")
    assert first.fault == (
        "id = comparison; allowed: any but comparison and evidence, the names of pages on all scenarios"
    )
    assert (second.id, second.status) == ("stagnation", "made")


def test_the_scenarios_of_a_grid_are_compared(project: Project, comparing: Path, run_batch: RunBatch) -> None:
    file = project.params / "twin.yaml"
    title = "title: {zh: '宽{assumptions.uncertainty.scale}', en: 'Wide {assumptions.uncertainty.scale}'}"
    grid = "grid: {assumptions.uncertainty.scale: [0.5, 2]}\n"
    file.write_text(TWIN.replace("title: {zh: 双生, en: Twin}", title) + grid, "utf-8")
    outcomes = run_batch(file)
    assert [one.status for one in outcomes] == ["made", "made"]
    held(project.outputs, *(one.id for one in outcomes))
    html = (project.outputs / "comparison" / "comparison.zh.html").read_text("utf-8")
    assert "宽0.5＝宽2" in html


def test_other_years_are_left_out_and_named(project: Project, comparing: Path, run_batch: RunBatch) -> None:
    file = project.params / "twin.yaml"
    file.write_text(TWIN + "assumptions: {horizon: 2030}\n", "utf-8")
    run_batch("evidence_trend", file, "stagnation")
    html = (project.outputs / "comparison" / "comparison.zh.html").read_text("utf-8")
    assert "未列入的情景（未能完成，或年份不同）：“双生”" in html
    held(project.outputs, "evidence_trend", "stagnation")


def test_of_more_than_twenty_the_first_are_compared_and_the_others_counted(
    project: Project, comparing: Path, run_batch: RunBatch
) -> None:
    files = []
    for at in range(22):
        file = project.params / f"twin{at}.yaml"
        file.write_text(TWIN.replace("id: twin", f"id: twin{at}"), "utf-8")
        files.append(file)
    assert [one.fault for one in run_batch(*files, formats=("md",))] == [None] * 22
    text = (project.outputs / "comparison" / "comparison.zh.md").read_text("utf-8")
    assert "20个情景" in text
    assert "另有2个见索引" in text
