"""One report in one language: executed, checked, and written in every format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from futian_model import report
from futian_model.batch.execution import NotebookFault, execute


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
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    warnings: Mapping[str, list[str]] = field(default_factory=dict)
    faults: Sequence[str] = ()


def make(
    notebook: Path, parameters: Mapping[str, object], folder: Path, name: str, formats: Sequence[str]
) -> Made:
    """Execute a notebook and write it as ``<name>.ipynb``, ``<name>.html`` and so on.

    Whatever goes wrong is told in `Made.faults`: other reports go on.
    """
    found: list[str] = []
    try:
        executed = execute(notebook, parameters, folder, name=f"{name}.ipynb")
        found = report.faults(executed)
        if found:
            return Made(faults=found)
        written = {f"{name}.{one}": report.export(executed, one) for one in formats}
        record = report.record_of(executed)
    except NotebookFault as fault:
        return Made(faults=[str(fault)])
    except Exception as fault:  # whatever it is, the other scenarios go on
        return Made(faults=[f"{type(fault).__name__}: {fault}"])
    files = {file: one.content for file, one in written.items()}
    warnings = {file: list(one.warnings) for file, one in written.items() if one.warnings}
    return Made({f"{name}.ipynb": nbformat.writes(executed).encode(), **files}, record, warnings)
