"""A handful of kills in every run; `make kills` does hundreds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked to be killed")
def test_what_is_killed_is_neither_torn_nor_lost() -> None:
    command = [sys.executable, "-m", "tests.hostile.kills", "--track=6", "--init=2", "--round=0", "--run=0"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    rows = [line.split()[:2] for line in ended.stdout.splitlines()[1:]]
    assert rows == [["track", "6"], ["init", "2"]]
