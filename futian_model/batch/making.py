"""One report in one language: executed, checked, and written in every format."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat

from futian_model import report
from futian_model.batch.execution import KernelDied, NotebookFault, execute
from futian_model.kernels.nursery import Nursery


@dataclass(frozen=True)
class Job:
    """One report in one language, to be made anywhere.

    Attributes
    ----------
    notebook : str
        Path within the project.
    parameters : mapping
    name : str
        Of the report's files, without their ending.
    formats : sequence of str
    seconds : float
        Longest that the notebook may run.
    retries : int
        Times that it is run again when its kernel died.
    """

    notebook: str
    parameters: Mapping[str, object]
    name: str
    formats: Sequence[str]
    seconds: float
    retries: int


@dataclass(frozen=True)
class Made:
    """What came of one language of a report.

    Attributes
    ----------
    files : mapping of str to bytes
        By file name, which still says what it is when the file is sent on.
    record : mapping
        Results and inputs that the notebook carries; empty where it failed.
    warnings : mapping of str to list of str
        By file name, what its reader should know about how it came out.
    faults : list of str
        Why it must not go out.
    seconds : float
        In all.
    executing : float
        Seconds of them in the notebook; the rest is checking and writing.
    attempts : int
        Times that the notebook was begun.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    warnings: Mapping[str, list[str]] = field(default_factory=dict)
    faults: Sequence[str] = ()
    seconds: float = 0.0
    executing: float = 0.0
    attempts: int = 1


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
            made = _made(job, root, nursery)
        except KernelDied as fault:
            if attempts <= job.retries:
                attempts += 1
                continue
            times = f", {attempts} times" if attempts > 1 else ""
            made = Made(faults=[f"{fault}{times}"])
        except NotebookFault as fault:
            made = Made(faults=[str(fault)])
        except Exception as fault:  # whatever it is, the other scenarios go on
            made = Made(faults=[f"{type(fault).__name__}: {fault}"])
        return replace(made, seconds=time.monotonic() - begun, attempts=attempts)


def _made(job: Job, root: Path, nursery: Nursery | None) -> Made:
    begun = time.monotonic()
    executed = execute(
        root / job.notebook,
        job.parameters,
        root,
        name=f"{job.name}.ipynb",
        seconds=job.seconds,
        nursery=nursery,
    )
    executing = time.monotonic() - begun
    found = report.faults(executed)
    if found:
        return Made(faults=found, executing=executing)
    written = {f"{job.name}.{one}": report.export(executed, one) for one in job.formats}
    files = {file: one.content for file, one in written.items()}
    warnings = {file: list(one.warnings) for file, one in written.items() if one.warnings}
    notebook = nbformat.writes(executed).encode()
    record = report.record_of(executed)
    return Made({f"{job.name}.ipynb": notebook, **files}, record, warnings, executing=executing)
