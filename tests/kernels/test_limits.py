"""A machine that lacks what is taken for granted: it works all the same, or says in a line what to do."""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from futian_model import cli
from futian_model.kernels.limits import MEMORY, home
from futian_model.kernels.nursery import Nursery, socket_folder
from futian_model.project import find_project

ROOT = find_project(Path(__file__).parent).root


@pytest.mark.parametrize("length", [0, 75, 76, 138, 200])
def test_sockets_find_room_whatever_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    place = tmp_path / "x" if len(f"{tmp_path}/x") >= length else Path(f"{tmp_path}/".ljust(length, "x"))
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    with socket_folder() as folder:
        assert folder is not None
        for name in ("nursery", "k-5"):
            with socket.socket(socket.AF_UNIX) as line:
                line.bind(str(folder / name))
    assert not folder.exists()


def test_without_room_for_sockets_kernels_are_started_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(socket, "AF_UNIX")
    with Nursery() as nursery:
        assert nursery.address is None


@pytest.mark.parametrize("named", [True, False])
def test_a_home_that_is_none_is_replaced_for_the_while(monkeypatch: pytest.MonkeyPatch, named: bool) -> None:
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    if named:
        monkeypatch.setenv("HOME", "/nonexistent")
    else:
        monkeypatch.delenv("HOME")
        monkeypatch.setattr(Path, "home", unknown)
    with home():
        own = Path(os.environ["HOME"])
        (own / ".config").mkdir()
    assert os.environ.get("HOME") == ("/nonexistent" if named else None)
    assert not own.exists()


@pytest.mark.parametrize(
    ("limits", "code", "told"),
    [
        (
            "ulimit -n 64",
            2,
            "open files (ulimit -n) = 64; allowed: at least 128 for 2 notebooks at a time, or",
        ),
        (
            "ulimit -v 2000000",
            2,
            "memory in kB (ulimit -v) = 2000000; allowed: at least 3145728 for 2 notebooks",
        ),
        ("ulimit -v 300000", 2, "memory in kB (ulimit -v) = 300000; allowed: at least 1572864\n"),
        (
            "ulimit -S -n 64; ulimit -S -v 1000000",
            2,
            "scenario = 'no_such_scenario'",
        ),  # what may be raised, is
    ],
)
def test_limits_of_the_system_are_told_before_the_work(limits: str, code: int, told: str) -> None:
    command = f"{limits}; exec {sys.executable} -m futian_model.cli run --jobs 2 no_such_scenario"
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.returncode == code


@pytest.mark.parametrize(
    "fault",
    [
        MemoryError(),
        RuntimeError("can't start new thread"),
        ImportError("libopenblas.so: failed to map segment from shared object"),
    ],
)
def test_a_lack_of_memory_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], fault: Exception
) -> None:
    def raising() -> None:
        raise fault

    monkeypatch.setattr(cli, "find_project", raising)
    assert cli.main(["check"]) == 1
    assert capsys.readouterr().err == f"futian: {MEMORY}\n"
