"""A real Dask scheduler and two workers on loopback: the same reports, also when a worker is killed."""

import asyncio
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import nbformat
import pytest

from futian_model.batch import cluster
from futian_model.batch.cluster import Cluster
from futian_model.batch.settings import Settings
from futian_model.errors import FileFault, InputError
from futian_model.project import Project, find_project

from .conftest import Notebook, RunBatch

pytestmark = pytest.mark.thorough

ROOT = find_project(Path(__file__).parent)
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
    names = ("stagnation", "plan_targets")
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


def refused(address: str) -> str:
    """What is said of a scheduler, in the time that somebody waits for it."""
    begun = time.monotonic()
    with (
        pytest.raises(InputError) as raised,
        Cluster(ROOT, Settings(ROOT.outputs, scheduler=address, langs=())),
    ):
        pass
    assert time.monotonic() - begun < cluster.SECONDS + 3  # a busy machine
    assert len(str(raised.value).splitlines()) == 1
    return str(raised.value)


@contextmanager
def listening(answer: bytes = b"") -> Iterator[str]:
    """Address of a server that is no scheduler of Dask: it says this, and nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as server, ThreadPoolExecutor(1) as pool:

        def serve() -> None:
            with server.accept()[0] as line:
                line.sendall(answer)
                line.recv(1 << 16)
                line.recv(1)

        pool.submit(serve)
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"


def test_an_address_without_a_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "SECONDS", 1)
    assert "allowed: the address of a running Dask scheduler" in refused("tcp://127.0.0.1:1")

    async def in_a_notebook() -> str:
        return refused("10.0.0.1")

    assert "missing port number" in asyncio.run(in_a_notebook())
    with listening() as address:
        assert "no answer in" in refused(address)
    with listening(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n" * 9) as address:
        assert "allowed: the address of a running Dask scheduler" in refused(address)


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_is_too_old_or_has_no_fit_workers_is_told(tmp_path: Path) -> None:
    """An old scheduler's identity takes no number of workers, as that of distributed 2024.8."""
    from distributed import LocalCluster
    from distributed.core import Server

    loop = asyncio.new_event_loop()

    async def old() -> Server:
        server = Server({"versions": lambda: {"packages": {"distributed": "2024.8.0"}}})
        await server.listen("tcp://127.0.0.1:0")
        return server

    with ExitStack() as stack:
        stack.callback(loop.close)
        pool = stack.enter_context(ThreadPoolExecutor(1))
        pool.submit(loop.run_forever)
        stack.callback(loop.call_soon_threadsafe, loop.stop)  # also where what follows fails
        server = asyncio.run_coroutine_threadsafe(old(), loop).result(60)
        stack.callback(lambda: asyncio.run_coroutine_threadsafe(server.close(), loop).result(60))
        assert re.search(
            r"allowed: one of distributed \S+, as here; that one has 2024.8.0$", refused(server.address)
        )
    hidden = tmp_path / "sitecustomize.py"
    hidden.write_text("import sys; sys.modules['futian_model'] = None\n")
    with LocalCluster(n_workers=0, dashboard_address=None, processes=False, protocol="tcp") as local:
        address = local.scheduler_address
        assert refused(address).endswith(
            f"allowed: one with workers; start some there: dask worker {address}"
        )
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1"]
        command += ["--no-nanny", "--no-dashboard", "--local-directory", str(tmp_path / "worker")]
        worker = subprocess.Popen(command, env={**os.environ, **QUIET, "PYTHONPATH": str(tmp_path)})
        try:
            wait(lambda: bool(local.scheduler.workers))
            assert re.search(
                "allowed: workers with this library .*No module named 'futian_model", refused(address)
            )
        finally:
            worker.terminate()
            worker.wait()


def results(project: Project, name: str) -> str:
    return (project.outputs / name / "results.csv").read_text("utf-8")


def wait(until: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_the_page_alone_starts_a_cluster_that_makes_reports(tmp_path: Path) -> None:
    """Each command as `docs/howto/cluster.md` has it, on a port that is free."""
    page = (ROOT.root / "docs" / "howto" / "cluster.md").read_text("utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    scheduler, worker, run = (
        [str(Path(sys.executable).with_name(program)), *words]
        for program, *words in map(
            str.split, re.findall(r"^```sh\n(.*?)\n```", page.replace("8786", port), re.M)
        )
    )
    programs = os.pathsep.join([str(ROOT.root), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = {**os.environ, **QUIET, "PYTHONPATH": programs}
    with ExitStack() as stack:
        for command in (scheduler, worker):
            home = tmp_path / command[1]
            home.mkdir()
            process = subprocess.Popen(command, cwd=home, env=environment)
            stack.callback(process.wait)
            stack.callback(process.terminate)
            if command is scheduler:
                wait(partial(reached, int(port)))
        out = tmp_path / "out"
        options = ["--lang", "en", "--format", "html", "--draws", "100", "--output", str(out)]
        command = [sys.executable, "-m", "futian_model.cli", *run[1:], *options]
        done = subprocess.run(
            command, cwd=ROOT.root, env=environment, capture_output=True, text=True, timeout=300
        )
    assert done.returncode == 0, done.stdout + done.stderr
    assert (out / "stagnation" / "stagnation.en.html").is_file()


def reached(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0
