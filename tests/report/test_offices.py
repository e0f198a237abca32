"""Which office answers for which goals: shown where a source says so, and nowhere else."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from futian_model.errors import InputErrors
from futian_model.evidence import Evidence, load_evidence
from futian_model.project import Project, find_project
from futian_model.report import PlanReport, export
from futian_model.report.page.binding import disagreements
from futian_model.scenario import load_scenario

from .word import notebook

Rows = list[dict[str, str]]
NAMED = {
    "gdp_2025": "发展改革局",
    "headquarters_share_2025": "企业服务局;发展改革局",
}


def changed(folder: Path, change: Callable[[Rows], Rows]) -> Evidence:
    """The project's data with other goals."""
    shutil.copytree(find_project(Path(__file__).parent).data, folder / "data")
    file = folder / "data" / "plan_goals.csv"
    rows = change(list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig")))))
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    file.write_text(text.getvalue(), "utf-8")
    return load_evidence(Project(folder))


def report_of(evidence: Evidence, lang: str, view: str) -> PlanReport:
    scenario = load_scenario("evidence_trend", find_project(Path(__file__).parent), evidence=evidence)
    return PlanReport(scenario, lang, evidence=evidence, view=view)


def filled(rows: Rows) -> Rows:
    names = {row["goal"] for row in rows}
    offices = {name: office for name, office in NAMED.items() if name in names}
    assert len(offices) > 1
    return [row | {"unit_responsible": offices.get(row["goal"], "")} for row in rows]


@pytest.mark.parametrize("view", ["annual", "final"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_offices_are_listed_with_their_goals_and_how_they_stand(tmp_path: Path, lang: str, view: str) -> None:
    report = report_of(changed(tmp_path, filled), lang, view)
    section = report.offices().to_dict()
    (lead, table) = section["children"]
    offices = [row[0] for row in table["rows"]]
    assert offices == sorted(offices, key=offices.index)
    assert set(offices) == {"发展改革局", "企业服务局"}
    goals = [row[1] for row in table["rows"] if row[0] == "企业服务局"]
    assert len(goals) == 1
    name = report.material.name("headquarters_share_2025")
    assert all(name in goal for goal in goals)
    counted = {number["value"] for number in lead["sentences"][0]["numbers"]}
    assert counted == {1, 2}
    assert all(row[4] for row in table["rows"])
    assert disagreements([section], report.material.results) == []
    book = openpyxl.load_workbook(
        io.BytesIO(export(notebook(report.cover(), report.offices(), report.record()), "xlsx").content)
    )
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "企业服务局" in cells


def test_without_a_named_office_nothing_is_shown(evidence: Evidence) -> None:
    assert report_of(evidence, "zh", "final").offices() is None
    assert "unit_responsible" not in (evidence.project.data / "plan_goals.csv").read_text("utf-8")


def test_the_column_is_the_last_and_any_other_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match=r"line 1: columns goal, .*, office; allowed: goal, "):
        changed(tmp_path, lambda rows: [row | {"office": ""} for row in rows])
