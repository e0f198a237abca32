"""Notebooks on the workers of a Dask cluster, each with a nursery of its own.

Workers need this library at the same version; the project's files are sent to them, so that no
folder has to be shared.
"""

import asyncio
import io
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from importlib import metadata
from typing import TYPE_CHECKING, Any, Self

from distributed import Client, Worker, WorkerPlugin, as_completed, get_worker, rpc

from futian_model.batch.jobs import Job, Made
from futian_model.batch.making import make
from futian_model.batch.rehearsal import many, reports, typical
from futian_model.batch.settings import Settings
from futian_model.batch.stamps import library
from futian_model.errors import FileFault, InputError
from futian_model.files import scratch
from futian_model.kernels.nursery import Nursery
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.scenario import Scenario

SENT = ("data", "params", "notebooks")
"""Folders of a project that its reports are made from."""
SECONDS = 4.0
"""In which a scheduler has to answer and to have a worker."""
LEAST = 0.8
"""Seconds that a step has, however long those before it took."""
DEATHS = 3
"""Workers that may die under one report before it counts as failed."""


class Cluster:
    """The workers of a running scheduler.

    Raises
    ------
    InputError
        No scheduler answers at the address, or a worker has another version of this library.
    FileFault
        A scenario lies outside the project, so that workers would not have it.
    """

    def __init__(self, project: Project, settings: Settings) -> None:
        self.project, self.settings = project, settings
        self.rehearsed: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        address, end = str(self.settings.scheduler), time.monotonic() + SECONDS
        _answers(address)

        def left() -> float:
            return max(LEAST, end - time.monotonic())

        self.stack = ExitStack()
        with self.stack:
            try:
                client = Client(address, timeout=left(), set_as_default=False)
            except OSError as error:
                raise _unreached(address, error) from None
            self.client = self.stack.enter_context(client)
            try:
                client.wait_for_workers(1, timeout=left())
            except TimeoutError:
                allowed = f"one with workers; start some there: dask worker {address}"
                raise InputError("scheduler", address, allowed) from None
            _same_library(client)
            self.stack = self.stack.pop_all()
        return self

    def __exit__(self, *raised: object) -> None:
        self.stack.close()

    def expect(self, scenarios: "Sequence[Scenario]", evidence: "Evidence") -> None:
        """Noted: workers get ready with their first report."""
        if many(scenarios, self.settings):
            self.rehearsed = reports(typical(scenarios, self.settings), self.project, self.settings)

    def __call__(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Made]]:
        """Each job with what came of it, as they finish."""
        waiting = list(jobs)
        for job in waiting:
            named: Any = job.parameters.get("scenarios") or [job.parameters["scenario"]]
            outside = [str(file) for file in named if str(file).startswith("..")]
            if outside:
                message = "lies outside the project and is not sent to a cluster; put it into params/"
                raise FileFault(outside[0], message)
        client = self.client
        client.register_plugin(Folder(_packed(self.project), self.rehearsed), name=NAME)
        futures = {client.submit(_make_there, job, pure=False, retries=DEATHS): job for job in waiting}
        try:
            for future in as_completed(list(futures), loop=client.loop):
                job = futures.pop(future)
                yield job, _result(future)
                future.release()
        finally:
            client.cancel(list(futures))


NAME = "futian-project"


class Folder(WorkerPlugin):
    """The project's files on a worker, and the process that its kernels are forked from."""

    def __init__(self, packed: bytes, rehearsed: Sequence[Mapping[str, Any]]) -> None:
        self.packed, self.rehearsed = packed, rehearsed

    def setup(self, worker: Worker) -> None:
        """Unpack the files and start the nursery."""
        self.stack = ExitStack()
        self.root = self.stack.enter_context(scratch())
        with zipfile.ZipFile(io.BytesIO(self.packed)) as archive:
            archive.extractall(self.root)
        self.nursery = self.stack.enter_context(Nursery())
        if self.rehearsed:
            self.nursery.rehearse(Project(self.root), self.rehearsed)

    def teardown(self, worker: Worker) -> None:
        """End the nursery and clear the files away."""
        self.stack.close()

    def __getstate__(self) -> dict[str, Any]:
        return {"packed": self.packed, "rehearsed": self.rehearsed}


def _make_there(job: Job) -> Made:
    """On a worker: one report in one language."""
    folder = get_worker().plugins[NAME]
    assert isinstance(folder, Folder)
    return make(job, folder.root, folder.nursery)


def _result(future: Any) -> Made:
    """What came of a job; a fault where worker after worker died under it."""
    try:
        product: Made = future.result()
        return product
    except Exception as error:
        return Made(faults=[f"no worker finished it: {type(error).__name__}: {error}"])


def _packed(project: Project) -> bytes:
    """The project's files, in an archive whose bytes depend on them alone."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in SENT:
            for file in sorted((project.root / folder).rglob("*")):
                if file.is_file():
                    archive.writestr(zipfile.ZipInfo(str(file.relative_to(project.root))), file.read_bytes())
    return content.getvalue()


def _answers(address: str) -> None:
    """Ask a scheduler for what a client is going to ask it for.

    Raises
    ------
    InputError
        Nothing answers there in time, or what answers is too old.
    """
    own = metadata.version("distributed")

    async def asked() -> None:
        async with rpc(address) as scheduler:
            try:
                await scheduler.identity(n_workers=0)
            except (TypeError, AttributeError):
                packages = (await scheduler.versions())["packages"]
                allowed = f"one of distributed {own}, as here; that one has {packages['distributed']}"
                raise InputError("scheduler", address, allowed) from None

    try:
        with ThreadPoolExecutor(1) as apart:  # a notebook's own loop runs in this thread
            apart.submit(asyncio.run, asyncio.wait_for(asked(), SECONDS)).result()
    except InputError:
        raise
    except Exception as error:  # what is no scheduler may answer anything
        raise _unreached(address, error) from None


def _unreached(address: str, error: Exception) -> InputError:
    reason = " ".join(str(error).split()) or f"no answer in {SECONDS:g} s"
    allowed = f"the address of a running Dask scheduler, such as tcp://10.0.0.1:8786 ({reason})"
    return InputError("scheduler", address, allowed)


def _same_library(client: Client) -> None:
    own, there = library(), client.run(library, on_error="return")
    other = sorted(address for address, held in there.items() if held != own)
    if other:
        reasons = [" ".join(str(held).split()) for held in there.values() if isinstance(held, Exception)]
        allowed = "workers with this library at this version, beside the same releases of what it builds on"
        raise InputError("scheduler", ", ".join(other), "; ".join((allowed, *reasons[:1])))
