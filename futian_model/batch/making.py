"""One report in one language: executed, checked, and written in every format."""

import json
import time
from dataclasses import replace
from pathlib import Path

from futian_model import report
from futian_model.batch.execution import KernelDied, NotebookFault, execute
from futian_model.batch.jobs import Job, Made
from futian_model.batch.settings import ANNEX, INDEX
from futian_model.errors import InputError
from futian_model.kernels.limits import MEMORY, of_memory
from futian_model.kernels.nursery import Nursery
from futian_model.languages import language
from futian_model.project import USUAL
from futian_model.report.page.held import whole
from futian_model.report.page.shown import once_styled


def make(job: Job, root: Path, nursery: Nursery | None = None) -> Made:
    """Execute a notebook and write it as ``<name>.ipynb``, ``<name>.html`` and so on.

    Whatever goes wrong is told in `Made.faults`: other reports go on.

    Parameters
    ----------
    job : Job
    root : Path
        The project's folder, in which the kernel runs.
    nursery : Nursery, optional
        What the kernel is forked from.
    """
    begun, attempts = time.monotonic(), 1
    while True:
        try:
            part = _of_job(job, root, nursery)
        except KernelDied as fault:
            if attempts <= job.settings.retries:
                attempts += 1
                continue
            times = f", {attempts} times" if attempts > 1 else ""
            part = Made(faults=[f"{fault}{times}"])
        except (NotebookFault, InputError) as fault:
            part = Made(faults=[str(fault)])
        except Exception as fault:  # whatever it is, the other scenarios go on
            part = Made(faults=[MEMORY if of_memory(fault) else f"{type(fault).__name__}: {fault}"])
        return replace(part, seconds=time.monotonic() - begun, attempts=attempts)


def _of_job(job: Job, root: Path, nursery: Nursery | None) -> Made:
    begun = time.monotonic()
    file, seconds = f"{job.name}.ipynb", job.settings.seconds
    executed = execute(root / job.notebook, job.parameters, root, name=file, seconds=seconds, nursery=nursery)
    executing = time.monotonic() - begun
    if faults := report.faults(executed):
        return Made(faults=faults, executing=executing)
    executed = whole(executed, (root / job.notebook).parent)
    once_styled(executed)
    executed.metadata["futian"] = {"beside": beside(job), **form_asked(job)}
    # in one line: with its indents it takes as long as the page
    files = {file: json.dumps(executed, ensure_ascii=False, sort_keys=True).encode()}
    warnings = dict[str, list[str]]()
    pages = report.exports(executed, job.settings.formats, job.name)
    written = {f"{job.name}.{form}": page for form, page in pages.items()}
    for file, page in written.items():
        files[file] = page.content
        if page.warnings:
            warnings[file] = list(page.warnings)
    for page in written.values():
        files |= page.beside
    return Made(files, report.record_of(executed), warnings, executing=executing)


def form_asked(job: Job) -> dict[str, str]:
    """The form of the Word document, where it is not the usual one and the language has such a form."""
    official = job.settings.form != USUAL and language(str(job.parameters["lang"])).han
    return {"form": job.settings.form} if official else {}


def beside(job: Job) -> dict[str, str]:
    """Where a page leads: the index, its other languages, and the annex that all scenarios share."""
    stem, _, lang = job.name.rpartition(".")
    if "html" not in job.settings.formats:
        return {}
    others = {other: f"{stem}.{other}.html" for other in job.settings.langs if other != lang}
    annex = {} if stem == ANNEX else {"annex": f"../{ANNEX}/{ANNEX}.{lang}.html"}
    return {"index": f"../{INDEX}", **others, **annex}
