"""`make` says which Python it needs before it makes or downloads anything."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]


def make(folder: Path, as_if: str, version: str) -> subprocess.CompletedProcess[str]:
    """`make env` in a folder of its own; its `python3` runs some code first, notes all else."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    (folder / "python3").write_text(
        "#!/bin/sh\n"
        f'case "$1" in --version) echo "Python {version}"; echo "of some distribution";;\n'
        f'-c) exec {sys.executable} -c "{as_if}\n$2";;\n'
        '*) echo "$@" > asked; exit 9;; esac\n',
        "utf-8",
    )
    (folder / "python3").chmod(0o755)
    path = f"{folder}:/usr/local/bin:/usr/bin:/bin"
    return subprocess.run(
        ["make", "env"], cwd=folder, env={"PATH": path}, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("as_if", "version"),
    [
        ("import sys; sys.version_info = (3, 10, 14)", "3.10.14"),
        ("import sys; sys.modules['ensurepip'] = None", "3.12.4"),
        ("import sys; sys.modules['venv'] = None", "3.12.4"),
    ],
)
def test_a_python_that_cannot_make_the_environment_is_refused_in_one_line(
    as_if: str, version: str, tmp_path: Path
) -> None:
    before = {"Makefile", "requirements.lock", "pyproject.toml", "python3"}
    made = make(tmp_path, as_if, version)
    told, *rest = made.stderr.splitlines()
    assert made.returncode == 2
    assert told.startswith(f"needs Python {NEEDED.removeprefix('>=')} or newer with venv and ensurepip ")
    assert f"not Python {version};" in told
    assert len(rest) == 1  # make's own
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_python_that_can_is_used(tmp_path: Path) -> None:
    made = make(tmp_path, "import sys; sys.version_info = (3, 11, 0)", "3.11.0")
    assert "needs Python" not in made.stderr
    assert (tmp_path / "asked").read_text("utf-8") == "-m venv .venv\n"


@pytest.mark.parametrize("file", ["README.md", "README.zh.md"])
def test_the_version_it_needs_is_the_one_that_is_declared(file: str) -> None:
    assert NEEDED.startswith(">=")
    assert re.search(rf"Python {re.escape(NEEDED[2:])} ", (ROOT / file).read_text("utf-8"))
