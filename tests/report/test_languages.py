"""A language is one folder: a made-up one prints, and one that nobody made is refused."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import futian_model
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.evidence.listing import listing
from futian_model.explorer import explore
from futian_model.languages import LANGS, language
from futian_model.report import ScenarioReport
from futian_model.report.words.axes import on_axis
from futian_model.report.words.axes import written as on_axis_written
from futian_model.report.words.numbers import Number
from futian_model.report.words.sentences import words
from futian_model.scenario import load_scenario
from futian_model.units import convert

PACKAGE = Path(futian_model.__file__).parent
FOLDER = "futian_languages/xx"
MODULE = """from dataclasses import replace

from futian_model.languages import ENGLISH, Amount

LANGUAGE = replace(
    ENGLISH,
    code="xx",
    name="Made up",
    amounts=ENGLISH.amounts | {"亿元": Amount("万元", -4, 0, suffix="\\xa0wan")},
)
"""
"""A language that names things as English does, and counts in 万元."""
MAKE = """
import sys
from datetime import date
from pathlib import Path

from nbformat.v4 import new_code_cell, new_notebook, new_output

from futian_model.evidence import load_evidence
from futian_model.evidence.listing import listing
from futian_model.explorer import live
from futian_model.explorer.session import Explorer
from futian_model.project import Project
from futian_model.report import Entry, ScenarioReport, export, faults, index_page
from futian_model.scenario import load_scenario

project, out = Project(Path(sys.argv[1])), Path(sys.argv[2])
evidence = load_evidence(project)
scenario = load_scenario("trend_2021", project, evidence=evidence)
report = ScenarioReport(scenario, "xx", evidence=evidence, draws=100)
sections = ("cover", "answer", "outlook", "goals", "required", "assumptions", "annex", "record")
outputs = [
    new_output("execute_result", getattr(report, name)()._repr_mimebundle_(), execution_count=1)
    for name in sections
]
notebook = new_notebook(cells=[new_code_cell("", outputs=[output]) for output in outputs])
assert faults(notebook) == []
for form in ("html", "pdf", "docx", "xlsx"):
    (out / f"report.{form}").write_bytes(export(notebook, form, "a").content)
title = scenario.title.by_language()
entry = Entry(scenario.id, title, title, report.material.results, {"xx": {"html": "report.html"}}, "2021")
(out / "index.html").write_text(index_page([entry], ("xx", "zh"), evidence), "utf-8")
made = live.page(Explorer(scenario, evidence, draws=100), "xx", date(2026, 12, 1))
(out / "explorer.html").write_text(made, "utf-8")
(out / "listing.txt").write_text(listing(evidence, "nominal_gdp", "xx"), "utf-8")
"""


def run(home: Path, project: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Python with one more folder on its path."""
    return subprocess.run(
        [sys.executable, "-P", *command],
        cwd=project,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(home), str(PACKAGE.parent)))},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the library that holds one language: a module, and the texts of every room."""
    made = tmp_path_factory.mktemp("outside")
    (made / FOLDER).mkdir(parents=True)
    (made / FOLDER / "__init__.py").write_text(MODULE, "utf-8")
    printed = run(made, PACKAGE.parent, "-m", "futian_model.cli", "show", "texts", "--lang", "en")
    assert printed.returncode == 0, printed.stderr
    (made / FOLDER / "texts.xx.yaml").write_text(printed.stdout, "utf-8")
    return made


@pytest.mark.thorough
def test_a_made_up_language_prints(home: Path, tmp_path: Path, evidence: Evidence) -> None:
    assert not list(PACKAGE.rglob("texts.xx.yaml"))
    project = evidence.project.root
    made = run(home, project, "-c", MAKE, str(project), str(tmp_path))
    assert made.returncode == 0, made.stderr
    for name in ("report.html", "index.html", "explorer.html"):
        page = (tmp_path / name).read_text("utf-8")
        assert 'lang="xx"' in page
        assert "Futian" in page
    report = (tmp_path / "report.html").read_text("utf-8")
    assert "\xa0wan" in report
    assert "RMB" in report  # of a head, as English writes it
    assert "Made up" in (tmp_path / "index.html").read_text("utf-8")
    assert {file.suffix for file in tmp_path.iterdir()} == {".html", ".pdf", ".docx", ".xlsx", ".txt"}
    assert "Futian District" in (tmp_path / "listing.txt").read_text("utf-8")


def test_a_made_up_language_is_one_that_every_command_offers(home: Path, evidence: Evidence) -> None:
    made = run(home, evidence.project.root, "-m", "futian_model.cli", "check", "stagnation", "--lang", "xx")
    assert made.returncode == 0, made.stderr
    assert "data checked" in made.stdout


def test_a_room_without_its_texts_is_named(home: Path, tmp_path: Path, evidence: Evidence) -> None:
    shutil.copytree(home, tmp_path / "lacking")
    file = tmp_path / "lacking" / FOLDER / "texts.xx.yaml"
    file.write_text(file.read_text("utf-8").replace("\nreport/pages/sensitivity:", "\nelsewhere:"), "utf-8")
    out = tmp_path / "out"
    out.mkdir()
    project = evidence.project.root
    made = run(tmp_path / "lacking", project, "-c", MAKE, str(project), str(out))
    assert made.returncode != 0
    allowed = "a language whose texts.xx.yaml holds the texts of report/pages/sensitivity"
    assert f"language = 'xx'; allowed: {allowed}" in made.stderr
    assert list(out.iterdir()) == []


DOORS: dict[str, Callable[[Evidence], object]] = {
    "language": lambda evidence: language("fr"),
    "words": lambda evidence: words("fr"),
    "number": lambda evidence: Number(1.0, "gdp").text("fr"),
    "axis": lambda evidence: on_axis(pd.DataFrame({"value": [1.0]}), "gdp", "fr", ["value"]),
    "axis number": lambda evidence: on_axis_written(1.0, "gdp_bare", "fr"),
    "name": lambda evidence: evidence.name("real_gdp", "fr"),
    "listing": lambda evidence: listing(evidence, "nominal_gdp", "fr"),
    "title": lambda evidence: load_scenario("trend_2021", evidence=evidence).title["fr"],
    "report": lambda evidence: ScenarioReport(
        load_scenario("trend_2021", evidence=evidence), "fr", evidence=evidence
    ).cover(),
    "explorer": lambda evidence: explore("trend_2021", "fr", evidence=evidence),
}


@pytest.mark.parametrize("door", DOORS)
def test_an_unknown_language_is_refused(door: str, evidence: Evidence) -> None:
    with pytest.raises(InputError, match=r"^language = 'fr'; allowed: zh or en$"):
        DOORS[door](evidence)


@pytest.mark.parametrize("lang", LANGS)
def test_an_axis_is_in_the_unit_that_its_numbers_say(lang: str) -> None:
    for rule, unit in (("gdp", "亿元"), ("per_capita", "万元/人"), ("people", "万人")):
        (drawn,) = on_axis(pd.DataFrame({"value": [123.0]}), rule, lang, ["value"])["value"]
        assert drawn == convert(123.0, unit, language(lang).amounts[unit].unit)
        assert on_axis_written(drawn, f"{rule}_bare", lang) == Number(123.0, f"{rule}_bare").text(lang)
