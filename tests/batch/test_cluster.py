"""A real Dask scheduler and two workers on loopback: the same reports, also when a worker is killed."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import nbformat
import pytest

from futian_model.errors import FileFault, InputError
from futian_model.project import Project, find_project

from .conftest import Notebook, RunBatch

QUIET = {"DASK_DISTRIBUTED__DASHBOARD__LINK": "", "DASK_LOGGING__DISTRIBUTED": "error"}


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """Address of a scheduler with two workers, each one process, restarted when it dies."""
    from distributed import Client  # a second, for one test

    told = tmp_path / "scheduler.json"
    common = ["--no-dashboard", "--scheduler-file", str(told)]
    with ExitStack() as stack:

        def start(*command: str) -> None:
            process = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=tmp_path, env={**os.environ, **QUIET}
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)

        start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", *common)
        wait(told.exists)
        for name in ("first", "second"):
            home = ["--local-directory", str(tmp_path / name), "--host", "127.0.0.1"]
            start("distributed.cli.dask_worker", "--nthreads", "1", "--name", name, *home, *common)
        address = json.loads(told.read_text())["address"]
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=120)
        yield address


def bodies(project: Project, name: str) -> list[object]:
    file = project.outputs / name / f"{name}.zh.ipynb"
    return [cell.get("outputs", []) for cell in nbformat.read(file, 4).cells]


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")
def test_a_cluster_gives_the_reports_of_this_machine_and_a_killed_worker_costs_none(
    project: Project, notebook: Notebook, run_batch: RunBatch, scheduler: str, tmp_path: Path
) -> None:
    mark = tmp_path / "killed"
    notebook(
        "import os, pathlib, signal, time\n"
        f"mark = pathlib.Path({str(mark)!r})\n"
        "def parent(pid): return int(open(f'/proc/{pid}/stat').read().rsplit(')', 1)[1].split()[1])\n"
        "if 'plan' in scenario and not mark.exists():\n"
        "    worker = parent(os.getppid())\n"
        "    mark.write_text(open(f'/proc/{worker}/cmdline').read())\n"
        "    os.kill(worker, signal.SIGKILL)\n"
        "    time.sleep(600)",
        "report.cover()",
    )
    shutil.copy(find_project(Path(__file__).parent).notebooks / "compare.ipynb", project.notebooks)
    names = ("stagnation", "plan_targets", "three_engines")
    there = run_batch(*names, executor="dask", scheduler=scheduler)
    assert [(one.id, one.fault) for one in there] == [(name, None) for name in names]
    assert "multiprocessing" in mark.read_text()  # it was the worker, not this process
    outside = tmp_path / "mine.yaml"
    outside.write_text((project.params / "stagnation.yaml").read_text("utf-8"), "utf-8")
    with pytest.raises(FileFault, match="lies outside the project and is not sent to a cluster"):
        run_batch(outside, executor="dask", scheduler=scheduler, force=True)
    every = (*names, "comparison")
    made = {name: (bodies(project, name), results(project, name)) for name in every}
    here = run_batch(*names, force=True)
    assert [(one.id, one.fault) for one in here] == [(name, None) for name in names]
    assert {name: (bodies(project, name), results(project, name)) for name in every} == made


def test_an_address_without_a_scheduler_is_told(
    project: Project, notebook: Notebook, run_batch: RunBatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("futian_model.batch.cluster.CONNECT_SECONDS", 1)
    notebook("report.cover()")
    with pytest.raises(
        InputError, match=r"scheduler = 'tcp://127\.0\.0\.1:1'; allowed: the address of a running"
    ):
        run_batch("stagnation", executor="dask", scheduler="tcp://127.0.0.1:1")


def results(project: Project, name: str) -> str:
    return (project.outputs / name / "results.csv").read_text("utf-8")


def wait(until: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)
