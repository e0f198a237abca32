"""Notebooks side by side on this machine."""

import gc
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from threading import Lock
from typing import TYPE_CHECKING, Self

from futian_model.batch.jobs import Job, Made
from futian_model.batch.rehearsal import many, reports, typical, work_out
from futian_model.batch.settings import Settings
from futian_model.kernels.limits import COLLECT, enough
from futian_model.kernels.nursery import Nursery
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.scenario import Scenario


AHEAD = 3
"""Jobs for which is worked out what they share, from the one that begins."""


def load_writers(forms: Sequence[str]) -> None:
    """Load what reports are executed and written with, before the first is there: typefaces, templates."""
    import papermill  # noqa: F401
    from nbformat.v4 import new_notebook

    from futian_model.batch import making  # noqa: F401
    from futian_model.report.writers.exporter import exports

    exports(new_notebook(), forms)


class Ahead:
    """What reports of one scenario share, worked out in the nursery a little before they begin."""

    def __init__(self, jobs: Sequence[Job], project: Project, nursery: Nursery) -> None:
        self.jobs, self.project, self.nursery = jobs, project, nursery
        self.asked, self.lock = {""}, Lock()

    def before(self, at: int) -> None:
        """Ask for what is due when the job at a position begins."""
        with self.lock:
            for job in self.jobs[at : at + AHEAD]:
                if job.of not in self.asked:
                    self.asked.add(job.of)
                    self.nursery.rehearse(self.project, [job.parameters], drawn=False)


class Local:
    """Threads of this process, each with one kernel of its own at a time.

    The work is in the kernels, so threads are as fast as processes; and no death of a worker can
    break the pool.
    """

    def __init__(self, project: Project, settings: Settings) -> None:
        self.project, self.settings = project, settings
        self.stack, self.expected = ExitStack(), False

    def __enter__(self) -> Self:
        enough(self.settings.jobs)
        self.stack.callback(gc.set_threshold, *gc.get_threshold())
        gc.set_threshold(*COLLECT)
        self.nursery = self.stack.enter_context(Nursery())
        return self

    def __exit__(self, *raised: object) -> None:
        self.stack.close()

    def expect(self, scenarios: "Sequence[Scenario]", evidence: "Evidence") -> None:
        if not self.expected:
            self.expected = True
            sample, drawn = typical(scenarios, self.settings), many(scenarios, self.settings)
            first = reports(sample[:1], self.project, self.settings)
            if drawn:
                work_out(sample, evidence, self.settings)  # while the nursery is still importing
            self.nursery.rehearse(self.project, first, evidence, drawn=drawn)
            load_writers(self.settings.formats)  # while the nursery is at work

    def __call__(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Made]]:
        waiting = list(jobs)
        # heavy: loaded while the nursery is at work
        from futian_model.batch.index import load
        from futian_model.batch.making import make

        shared = Ahead(waiting, self.project, self.nursery)

        def report(at: int) -> Made:
            shared.before(at)
            return make(waiting[at], self.project.root, self.nursery)

        pool = ThreadPoolExecutor(self.settings.jobs, thread_name_prefix="report")
        running: dict[Future[Made], Job] = {pool.submit(report, at): job for at, job in enumerate(waiting)}
        load()  # what comes after the reports, while they are made
        try:
            for future in as_completed(list(running)):
                yield running.pop(future), future.result()  # popped: a finished report is megabytes
        finally:  # on an interruption what runs is finished, the rest is not begun
            pool.shutdown(wait=True, cancel_futures=True)
