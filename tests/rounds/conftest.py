"""Projects on a real disk: the repository's data and scenarios, and rounds bound with few draws."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from futian_model import cli
from futian_model.evidence import load_evidence
from futian_model.project import Project, find_project
from futian_model.rounds import Round, bind, opened
from futian_model.scenario import Run, load_scenario

ORIGINAL = find_project(Path(__file__).parent)
DRAWS = 200
GROWTH = "futian,real_gdp_growth,2021,8.9,%,constant,,2021-12,futian_14fyp,point,,,\n"
"""A new outturn: a year of which no growth of the district was held."""
REVISED = "futian,real_gdp_growth,2018,6.1,%,constant,,2021-11,futian_14fyp,point,,,\n"
"""A later release of a year that was held."""
NEXT = "2027"
Futian = Callable[..., tuple[int, str, str]]


def laid(root: Path) -> Project:
    """The repository's project, copied."""
    for folder in (ORIGINAL.data, ORIGINAL.params, ORIGINAL.notebooks):
        shutil.copytree(folder, root / folder.name)
    return Project(root)


def bound(project: Project, name: str, *scenarios: str, draws: int = DRAWS, **more: object) -> Round:
    """A round of some scenarios, without their reports."""
    evidence = load_evidence(project)
    found = [load_scenario(one, project, evidence=evidence) for one in scenarios]
    found = [replace(one, run=Run(draws=draws, seed=7)) for one in found]
    return bind(project, name, found, evidence, notebook=project.notebooks / "scenario_report.ipynb", **more)


def added(project: Project, *rows: str) -> None:
    """Figures at the end of the observations."""
    with (project.data / "observations.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.writelines(rows)


def edited(file: Path, old: str, new: str) -> None:
    """A text in a file, in the place of another."""
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8", newline="")


@pytest.fixture(scope="session")
def two(made_once: Callable[..., Path]) -> Project:
    """A project with two rounds: between them a new outturn, a later release and another vintage."""
    return Project(made_once("two", bind_both) / "project")


def bind_both(folder: Path) -> None:
    """The project and its rounds, in a folder of their own."""
    project = laid(folder / "project")
    bound(project, "2026", "trend_2021", "plan_targets")
    added(project, GROWTH, REVISED)
    edited(project.params / "plan_2021" / "trend_2021.yaml", 'vintage: "2021"', 'vintage: "2022"')
    bound(project, NEXT, "trend_2021", "stagnation")


@pytest.fixture(scope="session")
def first(two: Project) -> Round:
    """The earlier one."""
    return opened(two, "2026")


@pytest.fixture(scope="session")
def second(two: Project) -> Round:
    """The later one."""
    return opened(two, NEXT)


@pytest.fixture
def copied(two: Project, tmp_path: Path) -> Project:
    """The same, to be changed."""
    shutil.copytree(two.root, tmp_path / "copy")
    return Project(tmp_path / "copy")


@pytest.fixture
def plain(tmp_path: Path) -> Project:
    """A project without rounds."""
    return laid(tmp_path / "project")


@pytest.fixture
def futian(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Futian:
    """Run a command inside a project: its status, what it prints, what it complains of."""

    def ran(project: Project, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.chdir(project.root)
        status = cli.main(arguments)
        told = capsys.readouterr()
        return status, told.out, told.err

    return ran
