"""A whole batch in which nothing has changed: known without reading a scenario."""

from collections.abc import Sequence

from futian_model.batch.folder import manifest_of, untouched
from futian_model.batch.log import last_end
from futian_model.batch.outcome import Outcome
from futian_model.batch.settings import INDEX, Settings
from futian_model.batch.stamps import batch_stamp
from futian_model.errors import InputError
from futian_model.evidence import fingerprints
from futian_model.files import digest
from futian_model.project import Project
from futian_model.report.pages.scenario import NOTEBOOK


def stamp_of(files: Sequence[str], overrides: str, project: Project, settings: Settings) -> str | None:
    """Hash of what a batch hangs on; None where something cannot be read, which the batch will tell."""
    try:
        found = [project.scenario_file(file) for file in files]
        digests = fingerprints(project)
        return batch_stamp(
            [*files, overrides], found, digests, project.notebooks / NOTEBOOK, project, settings
        )
    except (InputError, OSError):
        return None


def standing(settings: Settings, stamp: str) -> list[Outcome] | None:
    """The last batch's outcomes, when it had this stamp and everything it made is there untouched."""
    ended = last_end(settings.outputs)
    index = settings.outputs / INDEX
    if ended is None or ended.get("stamp") != stamp or not index.is_file():
        return None
    if digest(index.read_bytes()) != ended.get("index"):
        return None
    outcomes = []
    for told in ended["outcomes"]:
        folder = settings.outputs / told["id"]
        manifest = manifest_of(folder)
        if told["status"] not in ("made", "unchanged") or manifest is None or not manifest.get("stamp"):
            return None
        if not untouched(folder):
            return None
        outcomes.append(Outcome(told["id"], told["title"], status="unchanged", file=told["file"]))
    return outcomes
