"""The index of an output folder: every report in it that can be compared, and what failed."""

from collections.abc import Collection, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from futian_model import __version__, report
from futian_model.batch.folder import compared, free, manifest_of
from futian_model.batch.jobs import Outcome
from futian_model.batch.settings import INDEX, RESULTS, SHARED, TABLES
from futian_model.batch.tables import write_tables
from futian_model.errors import FileFault
from futian_model.evidence import Evidence
from futian_model.files import digest, move, replace
from futian_model.scenario import builtin_scenarios, load_scenario

NOTEBOOK = "ipynb"
"""Ending of the executed notebook, which lies beside every report."""

LINKED = ("results", "dictionary")
"""Tables of a report that its index links."""
APART = "made from other data, by another version of the library or from another base year"
"""Why a report that stands in the folder is not compared."""


def load() -> None:
    """Load what an index is written with, which takes half a second."""
    for name in ("matplotlib.ticker", "futian_model.report.pages.index.page"):
        import_module(name)


def write_index(outputs: Path, outcomes: Sequence[Outcome], langs: Sequence[str], evidence: Evidence) -> None:
    """Write ``index.html``: this run's reports in its order, then the earlier ones beside them; and the
    tables of all that are compared.

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
            entry.results["year"].min() == base_year for entry in current[:1]
        )
        (current if comparable else apart).append(entry)
    faulty = [_faulty(outcome.id, outcome.title, outcome.fault or "") for outcome in failed.values()]
    missing = {outcome.id: outcome.fault or "" for outcome in failed.values()} | {
        entry.id: APART for entry in apart
    }
    write_tables(outputs, {entry.id: entry.results for entry in current}, missing)
    page = report.index_page(
        [*current, *faulty],
        langs,
        evidence,
        apart=apart,
        elsewhere=_elsewhere(outputs, evidence),
        shared={name: _shared(outputs, name) for name in SHARED},
        tables=TABLES if current else (),
    )
    file = outputs / INDEX
    if file.exists() and not report.written_here(file.read_bytes()):
        move(file, free(file))  # not written here, so not ours to overwrite
    replace(file, page.encode())


def _elsewhere(outputs: Path, evidence: Evidence) -> list[report.Elsewhere]:
    """Indexes of kept editions inside an output folder; of one inside today's, the way back."""
    indexes = []
    for folder in evidence.project.editions:
        if (outputs / folder.name / INDEX).is_file():
            first, *_ = builtin_scenarios(evidence.project, folder.name)
            title = load_scenario(first, evidence.project, evidence=evidence).title
            indexes.append(report.Elsewhere(title.model_dump(), f"{folder.name}/{INDEX}"))
        elif outputs.name == folder.name:
            indexes.append(report.Elsewhere({}, f"../{INDEX}"))
    return indexes


def _shared(outputs: Path, name: str) -> dict[str, dict[str, str]]:
    """Links to a page on the reports as they are, by language, then by format."""
    manifest = compared(outputs, name) or {}
    return {lang: _links(name, lang, manifest["files"]) for lang in manifest.get("langs", ())}


def rehearse(manifest: Mapping[str, Any], results: str, langs: Sequence[str], evidence: Evidence) -> None:
    """Lay out an index before anything is published: of this report, in every format, and of a failed one.

    Parameters
    ----------
    manifest, results
        What is to be published.

    Raises
    ------
    FileFault
        The index cannot be laid out.
    """
    name = manifest["id"]
    every = [f"{name}.{lang}.{form}" for lang in manifest["langs"] for form in (*report.FORMATS, NOTEBOOK)]
    every += [f"{table}.csv" for table in LINKED]
    entry = _shown(manifest, results, every)
    failed = _faulty(name, entry.title, "-")
    try:
        report.index_page(
            [entry, failed],
            langs,
            evidence,
            apart=[entry],
            shared=dict.fromkeys(SHARED, entry.reports),
            tables=TABLES,
        )
    except Exception as fault:  # whatever it is, it would come again once all reports are out
        message = f"cannot be laid out, so no report is published: {fault}"
        raise FileFault(INDEX, message) from fault


def _faulty(name: str, title: Mapping[str, str], fault: str) -> report.Entry:
    """A scenario without a report, as the index lists it."""
    return report.Entry(name, title, {}, pd.DataFrame(), {}, "", fault)


def _folders(outputs: Path, first: Sequence[str]) -> list[Path]:
    """Folders that hold a manifest of their own name, those named first in front."""
    held = {
        folder.name: folder
        for folder in sorted(outputs.iterdir())
        if folder.is_dir() and (manifest_of(folder) or {}).get("id") == folder.name not in SHARED
    }
    order = [*(name for name in first if name in held), *(name for name in held if name not in first)]
    return [held[name] for name in order]


def _entry(folder: Path) -> report.Entry | None:
    """A report as the index shows it; None where its results are not those it was written with."""
    manifest = manifest_of(folder) or {}
    results = folder / RESULTS
    try:
        content = results.read_bytes()
    except OSError:
        return None
    if digest(content) != manifest["files"].get(results.name):
        return None
    return _shown(manifest, content.decode(), manifest["files"])


def _shown(manifest: Mapping[str, Any], results: str, files: Collection[str]) -> report.Entry:
    """A report as the index shows it."""
    name, scenario = manifest["id"], manifest["scenario"]
    links = {lang: _links(name, lang, files) for lang in manifest["langs"]}
    return report.Entry(
        name,
        scenario["title"],
        scenario["description"],
        report.results_from(results),
        {lang: held for lang, held in links.items() if held},
        scenario["assumptions"]["vintage"],
        counterfactual=scenario["assumptions"].get("counterfactual", False),
        tables={table: f"{name}/{table}.csv" for table in LINKED if f"{table}.csv" in files},
    )


def _links(name: str, lang: str, files: Collection[str]) -> dict[str, str]:
    """Link to each format of a report that there is in a language, the page first."""
    every = {form: f"{name}.{lang}.{form}" for form in (*report.FORMATS, NOTEBOOK)}
    return {form: f"{name}/{file}" for form, file in every.items() if file in files}


def _is_current(folder: Path, evidence: Evidence) -> bool:
    manifest = manifest_of(folder) or {}
    return manifest["library"] == __version__ and manifest["data"] == dict(evidence.fingerprints)
