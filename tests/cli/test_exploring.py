"""`futian lab` up to the point where JupyterLab takes over; from there on tests/browser goes."""

import json
import os
from pathlib import Path

import pytest

from futian_model import cli
from futian_model.cli.exploring import located, settings
from futian_model.errors import InputError
from futian_model.project import find_project

PROJECT = find_project(Path(__file__).parent)


def test_a_notebook_is_found_by_its_name() -> None:
    assert located("explorer", PROJECT) == PROJECT.notebooks / "explorer.ipynb"
    assert located("start.ipynb", PROJECT) == PROJECT.notebooks / "start.ipynb"
    with pytest.raises(InputError, match="did you mean headquarters"):
        located("headquarter", PROJECT)


def test_a_notebook_that_is_not_there_opens_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["lab", "../secrets"]) == 2
    assert "notebook = '../secrets'; allowed: backtest, compare" in capsys.readouterr().err


def test_what_follows_two_dashes_goes_to_jupyterlab() -> None:
    for typed, notebook, options in (
        (["lab"], "explorer", []),
        (["lab", "start"], "start", []),
        (["lab", "start", "--", "--no-browser"], "start", ["--no-browser"]),
    ):
        given = cli.parser().parse_args(typed)
        assert (given.notebook, given.options) == (notebook, options)


def test_the_reader_s_own_settings_stay_and_no_news_are_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "own"))
    monkeypatch.delenv("JUPYTERLAB_SETTINGS_DIR", raising=False)
    monkeypatch.setenv("JUPYTERLAB_WORKSPACES_DIR", "elsewhere")
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "more")
    found = settings()
    page = Path(found["JUPYTER_CONFIG_DIR"]) / "labconfig" / "page_config.json"
    assert page.is_relative_to(tmp_path / "own")
    assert json.loads(page.read_text("utf-8")) == {
        "disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}
    }
    assert found["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [str(tmp_path / "own"), "more"]
    assert found["JUPYTERLAB_SETTINGS_DIR"] == str(tmp_path / "own" / "lab" / "user-settings")
    assert found["JUPYTERLAB_WORKSPACES_DIR"] == "elsewhere"
