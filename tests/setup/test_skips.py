"""What a machine lacks: it is looked for, its tests are skipped together, and one line says so."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from programs import CHROMIUM, LIBREOFFICE, Program

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]
NEEDING = (
    "tests/browser/test_pages.py::test_a_title_from_a_file_stays_text",
    "tests/report/xlsx/test_libreoffice.py",
)


def command(folder: Path, name: str, line: str) -> Path:
    (folder / name).write_text(f"#!/bin/sh\n{line}\n", "utf-8")
    (folder / name).chmod(0o755)
    return folder / name


def alone(folder: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Python where no program is to be had."""
    bare = {"PATH": str(folder), "PLAYWRIGHT_BROWSERS_PATH": str(folder), "PYTEST_ADDOPTS": ""}
    return subprocess.run(
        [sys.executable, *words], env=os.environ | bare, cwd=ROOT, capture_output=True, text=True
    )


def test_a_program_is_the_first_that_starts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command(tmp_path, "placeholder", "echo 'install me' >&2; exit 1")
    chosen = command(tmp_path, "second", "echo second 1.0")
    command(tmp_path, "third", "echo third 1.0")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert Program("P", ("absent", "placeholder", "second", "third"), "").path() == str(chosen)
    assert Program("P", ("absent", "placeholder"), "").path() is None


def test_the_browser_that_playwright_brings_comes_last(tmp_path: Path) -> None:
    first = command(tmp_path, CHROMIUM.commands[0], "echo 1.0")
    # in a process of its own: where a browser test has run, Playwright is at work already
    script = "from tools.programs import CHROMIUM, starts\nplaces = [*CHROMIUM.places()]\n"
    script += "print(*places, starts(places[-1]), sep='\\n')"
    own = os.environ | {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers"), "PATH": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", script], env=own, cwd=ROOT, capture_output=True, text=True, check=True
    )
    system, brought, started = run.stdout.splitlines()
    assert system == str(first)
    assert brought.startswith(str(tmp_path / "browsers"))
    assert started == "False"


def test_what_is_missing_is_skipped_counted_and_named_in_one_line(tmp_path: Path) -> None:
    run = alone(tmp_path, "-m", "pytest", "-q", "-n1", "--nothing-skipped", *NEEDING)
    assert run.returncode == 1, run.stdout + run.stderr
    *_, line, last = run.stdout.splitlines()
    assert line == (
        f"tests skipped: 1 {CHROMIUM.missing}; 4 {LIBREOFFICE.missing}, and --nothing-skipped allows none"
    )
    assert last.startswith("1 passed, 5 skipped in ")


def test_a_benchmark_says_what_it_lacks_and_measures_the_rest(tmp_path: Path) -> None:
    run = alone(tmp_path, ROOT / "benchmarks" / "explorer.py", "--rounds", "1", "--burners", "0")
    assert (run.returncode, run.stderr) == (0, "")
    assert "| evidence_trend |" in run.stdout
    assert run.stdout.splitlines()[-1] == f"in a browser: not measured {CHROMIUM.missing}"
