"""Each page is declared in its own folder; public names, notebooks and verify follow from that."""

import ast
import json
import re
from importlib import import_module
from pathlib import Path

import pandas as pd
import pytest

import futian_model
from futian_model import cli, load_evidence, report
from futian_model.cli import exploring
from futian_model.project import find_project
from futian_model.report import pages
from futian_model.report.sections.report import OfScenario, Part, Report
from futian_model.report.verify import again

REPORTS = pages.reports()
NOTEBOOKS = find_project(Path(__file__).parent).notebooks
WITHOUT_REPORT = {"start.ipynb", "explorer.ipynb"}


def declared(name: str) -> str:
    notebook: str = import_module(f"{pages.__name__}.{REPORTS[name]}").NOTEBOOK
    return notebook


def test_every_folder_that_holds_a_report_declares_it() -> None:
    folders = {file.parent.name for file in Path(pages.__file__).parent.glob("*/report.py")}
    assert set(REPORTS.values()) == folders
    notebooks = [declared(name) for name in REPORTS]
    assert sorted(notebooks) == sorted({file.name for file in NOTEBOOKS.glob("*.ipynb")} - WITHOUT_REPORT)


def test_public_names_follow() -> None:
    assert set(REPORTS) <= set(futian_model.__all__) & set(report.__all__)
    typed = {
        alias.name
        for node in ast.walk(ast.parse(Path(pages.__file__).read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".report")
        for alias in node.names
    }
    assert typed == set(REPORTS)
    for name in REPORTS:
        assert getattr(futian_model, name) is getattr(report, name)
    with pytest.raises(AttributeError, match="NoSuchReport"):
        futian_model.NoSuchReport  # noqa: B018


@pytest.mark.parametrize("name", REPORTS)
def test_a_notebook_shows_the_sections_of_its_report_in_their_order(name: str) -> None:
    kind: type[Report] = getattr(report, name)
    cells = json.loads((NOTEBOOKS / declared(name)).read_text("utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert re.findall(r"^report\.(\w+)\(", code, re.MULTILINE) == [*kind.sections(), "record"]
    assert f"report = {name}(" in code
    for section in kind.sections():
        part = getattr(kind, section)
        assert isinstance(part, Part)
        assert part.__doc__


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_says_how_it_is_made_again(name: str) -> None:
    kind: type[Report] = getattr(report, name)
    assert issubclass(kind, OfScenario) or "again" in vars(kind)


@pytest.mark.parametrize(("name", "now"), pages.MOVED.items())
def test_a_report_that_became_part_of_another_says_where_it_is(name: str, now: str) -> None:
    assert now in REPORTS
    with pytest.raises(ImportError, match=f"{name} is part of {now} now"):
        getattr(futian_model, name)
    (told,), _, _ = again({"report": name}, pd.DataFrame(), "zh", load_evidence())
    assert f"a {name} is part of a {now} now" in told


@pytest.mark.parametrize(("name", "now"), exploring.MOVED.items())
def test_a_notebook_that_became_part_of_another_says_where_it_is(
    name: str, now: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["lab", name]) == 2
    assert f"notebook = '{name}'; allowed: {now}, of which it is part now" in capsys.readouterr().err
