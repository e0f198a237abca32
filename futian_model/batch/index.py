"""The index of an output folder: every report in it that can be compared, and what failed."""

from collections.abc import Collection, Sequence
from importlib import import_module
from pathlib import Path

import pandas as pd

from futian_model import __version__, report
from futian_model.batch.folder import free, manifest_of
from futian_model.batch.outcome import Outcome
from futian_model.batch.settings import INDEX
from futian_model.evidence import Evidence
from futian_model.files import digest, replace


def load() -> None:
    """Load what an index is written with, which takes half a second."""
    for name in ("matplotlib.ticker", "futian_model.report.pages.index.page"):
        import_module(name)


def write_index(outputs: Path, outcomes: Sequence[Outcome], langs: Sequence[str], evidence: Evidence) -> None:
    """Write ``index.html``: this run's reports in its order, then the earlier ones beside them.

    A report made from other data, by another version of the library or from another base year than
    the first one's is linked, not compared.
    """
    failed = {outcome.id: outcome for outcome in outcomes if outcome.fault}
    current: list[report.Entry] = []
    apart: list[report.Entry] = []
    for folder in _folders(outputs, [outcome.id for outcome in outcomes]):
        entry = _entry(folder)
        if entry is None or entry.id in failed:
            continue
        base_year = entry.results["year"].min()
        comparable = _is_current(folder, evidence) and all(
            one.results["year"].min() == base_year for one in current[:1]
        )
        (current if comparable else apart).append(entry)
    faulty = [
        report.Entry(one.id, one.title, {}, pd.DataFrame(), {}, "", one.fault) for one in failed.values()
    ]
    page = report.index_page([*current, *faulty], langs, evidence, apart=apart)
    file = outputs / INDEX
    if file.exists() and not report.written_here(file.read_bytes()):
        file.rename(free(file))  # not written here, so not ours to overwrite
    replace(file, page.encode())


def _folders(outputs: Path, first: Sequence[str]) -> list[Path]:
    """Folders that hold a manifest of their own name, those named first in front."""
    held = {
        folder.name: folder
        for folder in sorted(outputs.iterdir())
        if folder.is_dir() and (manifest_of(folder) or {}).get("id") == folder.name
    }
    order = [*(name for name in first if name in held), *(name for name in held if name not in first)]
    return [held[name] for name in order]


def _entry(folder: Path) -> report.Entry | None:
    """A report as the index shows it; None where its results are not those it was written with."""
    manifest = manifest_of(folder) or {}
    results = folder / "results.csv"
    try:
        content = results.read_bytes()
    except OSError:
        return None
    if digest(content) != manifest["files"].get(results.name):
        return None
    scenario = manifest["scenario"]
    links = {lang: _links(folder.name, lang, manifest["files"]) for lang in manifest["langs"]}
    return report.Entry(
        folder.name,
        scenario["title"],
        scenario["description"],
        report.results_from(content.decode()),
        {lang: held for lang, held in links.items() if held},
        scenario["assumptions"]["vintage"],
        table=f"{folder.name}/{results.name}",
    )


def _links(name: str, lang: str, files: Collection[str]) -> dict[str, str]:
    """Link to each format of a report that there is in a language, the page first."""
    every = {one: f"{name}.{lang}.{one}" for one in (*report.FORMATS, "ipynb")}
    return {one: f"{name}/{file}" for one, file in every.items() if file in files}


def _is_current(folder: Path, evidence: Evidence) -> bool:
    manifest = manifest_of(folder) or {}
    return manifest["library"] == __version__ and manifest["data"] == dict(evidence.fingerprints)
