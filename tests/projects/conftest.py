"""Projects laid out on a real disk, as a user lays them out."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest

from futian_model import cli

Init = Callable[..., Path]
NEW = ("--district", "xinqu", "--name-zh", "新区", "--name-en", "New Area")


@pytest.fixture
def init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Init:
    """Lay out a project in an empty folder and step into it."""

    def of(*asked: str) -> Path:
        folder = tmp_path / "made"
        monkeypatch.chdir(tmp_path)
        assert cli.main(["init", str(folder), *asked]) == 0
        monkeypatch.chdir(folder)
        return folder

    return of


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project for a district of which nothing is held."""
    folder = tmp_path_factory.mktemp("laid") / "made"
    assert cli.main(["init", str(folder), *NEW]) == 0
    return folder


@pytest.fixture
def fresh(laid_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to change, stepped into."""
    folder = tmp_path / "made"
    copytree(laid_out, folder)
    monkeypatch.chdir(folder)
    return folder
