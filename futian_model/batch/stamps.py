"""What a report hangs on, as one hash: the same hash, the same report."""

import hashlib
import json
import platform
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from futian_model.batch.folder import as_written, compared, manifest_of, untouched
from futian_model.batch.jobs import Outcome
from futian_model.batch.log import last_end
from futian_model.batch.settings import INDEX, Settings
from futian_model.errors import InputError
from futian_model.evidence import fingerprints
from futian_model.extensions import modules
from futian_model.files import digest
from futian_model.languages import FOLDERS
from futian_model.project import Project
from futian_model.report.pages.compare import NOTEBOOK as COMPARE
from futian_model.report.pages.evidence import NOTEBOOK as EVIDENCE
from futian_model.report.pages.scenario import NOTEBOOK
from futian_model.report.words.own import own_texts
from futian_model.rounds.edition import digests

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.scenario import Scenario

PACKAGES = (
    "ipykernel",
    "matplotlib",
    "nbconvert",
    "noto-cjk-sans-otc",
    "numpy",
    "pandas",
    "python-docx",
    "scipy",
    "typst",
    "xlsxwriter",
)
"""What a report's numbers and pages come from, beside this library."""
PASSED_OVER = ("batch", "cli", "explorer", "kernels")
"""Rooms that carry reports and do not make them."""


def report_stamp(
    scenario: "Scenario",
    baseline: "Scenario | None",
    notebook: Path,
    evidence: "Evidence",
    settings: Settings,
) -> str | None:
    """Hash of everything that a scenario's report hangs on, the language apart.

    Parameters
    ----------
    baseline : Scenario or None
        From `load_baseline`.

    Returns
    -------
    str or None
        None where the random draws are new at every run.
    """
    seed = scenario.run.seed if settings.seed is None else settings.seed
    if seed is None:
        return None
    return _hash(
        {
            "scenario": scenario.to_dict(),
            "places": dict(scenario.provenance),
            "file": scenario.file,
            "baseline": None if baseline is None else baseline.to_dict(),
            "data": dict(evidence.fingerprints),
            "notebook": digest(notebook.read_bytes()),
            "library": library(),
            "draws": settings.draws,
            "seed": seed,
            "formats": [*settings.formats, settings.form],
            "wording": own_texts(evidence.project),
        }
    )


def shared_stamp(
    reports: Sequence[tuple[str, str, str]], notebook: Path, settings: Settings, **more: Any
) -> str:
    """Hash of everything that a page on several reports hangs on, the language apart.

    Parameters
    ----------
    reports : sequence of (str, str, str)
        Id, digest of the results and file of each scenario, in order.
    **more
        What else it is made from.
    """
    return _hash(
        {
            "reports": [list(report) for report in reports],
            "notebook": digest(notebook.read_bytes()),
            "library": library(),
            "formats": [*settings.formats, settings.form],
            **more,
        }
    )


def batch_stamp(
    asked: Sequence[Any],
    files: Iterable[Path],
    fingerprints: Mapping[str, str],
    notebook: Path,
    project: Project,
    settings: Settings,
) -> str:
    """Hash of everything that a whole batch hangs on, taken without reading a scenario.

    Parameters
    ----------
    asked : sequence
        What was asked for, as given.
    files : iterable of Path
        The scenarios' files; whatever lies beside them and in `params/` may be part of them.
    fingerprints : mapping of str to str
        SHA-256 of the data files.
    """
    folders = {project.params, *(file.parent for file in files)}
    beside = {file for folder in folders for file in folder.glob("[!.]*.yaml")}
    beside |= set(project.params.rglob("[!.]*.yaml"))
    shared = [project.notebooks / name for name in (COMPARE, EVIDENCE)]
    return _hash(
        {
            "asked": list(asked),
            "scenarios": {str(file): digest(file.read_bytes()) for file in sorted(beside)},
            "data": dict(fingerprints),
            "notebook": digest(notebook.read_bytes()),
            "shared": [digest(file.read_bytes()) if file.is_file() else None for file in shared],
            "rounds": digests(project),
            "wording": own_texts(project),
            "library": library(),
            "settings": [
                list(settings.langs),
                settings.draws,
                settings.seed,
                [*settings.formats, settings.form],
            ],
        }
    )


@lru_cache
def library() -> str:
    """Hash of this library as it is on the disk, of what other packages add, and of versions it builds on."""
    home = Path(str(resources.files("futian_model")))
    files = {
        str(file.relative_to(folder.parent)): digest(file.read_bytes())
        for folder in (home, *FOLDERS.values())
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.suffix != ".pyc" and file.relative_to(folder).parts[0] not in PASSED_OVER
    }
    versions = {name: metadata.version(name) for name in PACKAGES}
    files |= {name: digest(file.read_bytes()) for name, file in modules().items()}
    return _hash({"files": files, "packages": versions, "python": platform.python_version()})


def _hash(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def stamp_of(files: Sequence[str], overrides: str, project: Project, settings: Settings) -> str | None:
    """Hash of what a batch hangs on; None where something cannot be read, which the batch will tell."""
    try:
        scenarios = [project.scenario_file(file) for file in files]
        digests = fingerprints(project)
        return batch_stamp(
            [*files, overrides], scenarios, digests, project.notebooks / NOTEBOOK, project, settings
        )
    except (InputError, OSError):
        return None


def standing(settings: Settings, stamp: str) -> list[Outcome] | None:
    """The last batch's outcomes, when it had this stamp and everything it made is there untouched."""
    ended = last_end(settings.outputs)
    index = settings.outputs / INDEX
    if ended is None or ended.get("stamp") != stamp or not index.is_file():
        return None
    if digest(index.read_bytes()) != ended.get("index") or not as_written(settings.outputs):
        return None
    for name, status in ended.get("shared", {}).items():
        whole = compared(settings.outputs, name) and untouched(settings.outputs / name)
        if status == "failed" or not whole:
            return None
    outcomes = []
    for entry in ended["outcomes"]:
        folder = settings.outputs / entry["id"]
        manifest = manifest_of(folder)
        if entry["status"] not in ("made", "unchanged") or manifest is None or not manifest.get("stamp"):
            return None
        if not untouched(folder):
            return None
        outcomes.append(Outcome(entry["id"], entry["title"], status="unchanged", file=entry["file"]))
    return outcomes
