"""Without what Python has on Linux alone: a batch, a round and a figure as on Windows, in plain kernels.

Nothing here shows that it runs on Windows; it shows that nothing is asked for that is not there.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from futian_model.batch.folder import LOCK, untouched
from futian_model.project import Project, find_project

from .conftest import Notebook

pytestmark = pytest.mark.thorough

ROOT = find_project(Path(__file__).parent).root
HIDDEN = """
import _signal, _socket, os, sys

for name in ("fcntl", "resource"):
    sys.modules[name] = None
lacking = {
    os: "fork forkpty pidfd_open O_DIRECTORY setsid killpg waitid",
    _signal: "SIGKILL SIGHUP pidfd_send_signal",
    _socket: "AF_UNIX socketpair",
}
if "ipykernel_launcher" in sys.orig_argv:  # it goes by the name of the system
    lacking[_signal] = "SIGHUP"
for module, names in lacking.items():
    for name in names.split():
        delattr(module, name)
import subprocess

subprocess.Popen.kill = lambda process: process.send_signal(9)  # which ends a process there too
"""
SEEN = (
    "import os, signal, socket\n"
    "seen = [hasattr(os, 'fork'), hasattr(socket, 'AF_UNIX'), hasattr(signal, 'SIGHUP'), 'forking' in open("
    "f'/proc/{os.getppid()}/cmdline').read()]\n"
    "if any(seen): raise RuntimeError(f'not as elsewhere: {seen}')"
)
FIGURE = (
    "track",
    "real_gdp_growth",
    "2025",
    "5.6",
    "--unit",
    "%",
    "--source",
    "bulletin",
    "--published",
    "2026-03",
)
FIGURE += ("--new-source", "公报", "--publisher", "统计局", "--publisher-en", "Bureau", "--confirm")


def test_a_batch_a_round_and_a_figure(project: Project, notebook: Notebook, tmp_path: Path) -> None:
    on, hidden, temporary = (tmp_path / name for name in ("on", "hidden", "temporary"))
    hidden.mkdir()
    temporary.mkdir()  # whoever has locks would take a folder without one for abandoned
    (hidden / "sitecustomize.py").write_text(HIDDEN)
    path = os.pathsep.join((str(hidden), str(ROOT)))
    env = {**os.environ, "PYTHONPATH": path, "PYTHONWARNINGS": "ignore", "TMPDIR": str(temporary)}
    waiting = f"import pathlib, time\non = pathlib.Path({str(on)!r})\n"
    notebook(SEEN, f"{waiting}for _ in range(1200): time.sleep(0.1 * (not on.exists()))", "report.cover()")

    def futian(*arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "futian_model.cli", *arguments]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return subprocess.Popen(command, cwd=project.root, env=env, text=True, **pipes)

    run = ("run", "stagnation", "--lang", "en", "--format", "html", "--draws", "20", "--jobs", "1")
    with futian(*run, "--round", "spring") as first:
        try:
            end = time.monotonic() + 120
            while not (project.outputs / LOCK).exists():
                assert first.poll() is None, first.communicate()
                assert time.monotonic() < end
                time.sleep(0.1)
            with futian(*run) as second:
                assert "another batch is writing to this folder" in second.communicate(timeout=120)[1]
                assert second.returncode == 2
        finally:
            on.touch()
        told = first.communicate(timeout=120)
    assert first.returncode == 0, told
    assert "WARNING" not in told[1]
    assert "Traceback" not in told[1]
    assert untouched(project.outputs / "stagnation")
    assert (project.rounds / "spring" / "manifest.json").is_file()
    rows = (project.data / "observations.csv").read_bytes()
    with futian(*FIGURE) as tracked:
        told = tracked.communicate(timeout=120)
    assert tracked.returncode == 0, told
    assert (project.data / "observations.csv").read_bytes().startswith(rows)
    assert (project.data / "observations.csv").read_bytes() != rows
