"""Many scenarios to many reports: each on its own, none stopped by another's fault."""

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from futian_model import report
from futian_model.batch.folder import publish, sweep
from futian_model.batch.index import write_index
from futian_model.batch.making import Made, make
from futian_model.batch.outcome import Outcome
from futian_model.errors import FileFault
from futian_model.evidence import Evidence
from futian_model.files import digest
from futian_model.project import Project
from futian_model.report.results_files import parquet
from futian_model.scenario import Attempt, Scenario

NOTEBOOK = "scenario_report.ipynb"


@dataclass(frozen=True)
class Settings:
    """How a batch runs.

    Attributes
    ----------
    outputs : Path
        Where the reports go.
    langs : sequence of str
    draws, seed : int or None
        In place of each scenario's own.
    formats : sequence of str
        What each report is written as, of `report.FORMATS`.
    jobs : int
        Notebooks at a time; kernels wait now and then, so one more than the processors pays.
    """

    outputs: Path
    langs: Sequence[str]
    draws: int | None = None
    seed: int | None = None
    formats: Sequence[str] = report.FORMATS
    jobs: int = field(default_factory=lambda: (os.cpu_count() or 1) + 1)


def run(
    attempts: Sequence[Attempt],
    project: Project,
    evidence: Evidence,
    settings: Settings,
    progress: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Execute, check and publish a report for each scenario that could be read, then the index.

    Parameters
    ----------
    attempts : sequence of Attempt
        From `attempt_all`; a faulty file gets no report and is listed in the index.
    progress : callable
        Told each outcome as it comes.

    Returns
    -------
    list of Outcome
        In the order of `attempts`.

    Raises
    ------
    FileFault
        The project has no report notebook.
    OSError
        The output folder or its index cannot be written.
    """
    if not (project.notebooks / NOTEBOOK).is_file():
        raise FileFault(project.shown(project.notebooks / NOTEBOOK), "no such file")
    settings.outputs.mkdir(parents=True, exist_ok=True)
    sweep(settings.outputs)
    outcomes: dict[int, Outcome] = {}
    sound: dict[int, Scenario] = {}
    taken = {one.scenario.id for one in attempts if one.scenario is not None}
    for at, one in enumerate(attempts):
        if one.scenario is not None:
            sound[at] = one.scenario
        else:
            outcomes[at] = _unread(one, taken)
            progress(outcomes[at])
    for at, outcome in _reported(sound, project, evidence, settings):
        outcomes[at] = outcome
        progress(outcome)
    ordered = [outcomes[at] for at in range(len(attempts))]
    write_index(settings.outputs, ordered, settings.langs, evidence)
    return ordered


def _unread(one: Attempt, taken: Collection[str]) -> Outcome:
    """A file that could not be read, by its id unless a sound scenario has that."""
    stated = one.id.value if one.id is not None else None
    name = stated if isinstance(stated, str) and stated not in taken else one.file
    return Outcome(name, dict.fromkeys(report.LANGS, name), "; ".join(map(str, one.faults)))


def _reported(
    scenarios: Mapping[int, Scenario], project: Project, evidence: Evidence, settings: Settings
) -> Iterator[tuple[int, Outcome]]:
    """Position and outcome of each scenario, as they finish."""
    notebook = project.notebooks / NOTEBOOK
    made_by = {notebook.name: digest(notebook.read_bytes())}
    pool = ThreadPoolExecutor(settings.jobs, thread_name_prefix="report")
    jobs: dict[Future[Made], tuple[int, str]] = {}
    for at, scenario in scenarios.items():
        for lang in settings.langs:
            parameters = _parameters(scenario, lang, project, settings)
            name = f"{scenario.id}.{lang}"
            jobs[pool.submit(make, notebook, parameters, project.root, name, settings.formats)] = at, lang
    done: dict[int, dict[str, Made]] = {at: {} for at in scenarios}
    try:
        for future in as_completed(list(jobs)):
            at, lang = jobs.pop(future)  # a finished report is megabytes
            done[at][lang] = future.result()
            if len(done[at]) == len(settings.langs):
                parts = done.pop(at)
                made = {lang: parts[lang] for lang in settings.langs}
                yield at, _outcome(scenarios[at], made, made_by, evidence, settings)
    finally:  # on an interruption what runs is finished, the rest is not begun
        pool.shutdown(wait=True, cancel_futures=True)


def _parameters(scenario: Scenario, lang: str, project: Project, settings: Settings) -> dict[str, Any]:
    """What the notebook is given; no path of this machine, since the notebook is sent on."""
    file = os.path.relpath(project.root / scenario.file, project.root)
    chosen = {"draws": settings.draws, "seed": settings.seed}
    given = {name: value for name, value in chosen.items() if value is not None}
    return {"scenario": file, "lang": lang, **given}


def _outcome(
    scenario: Scenario,
    made: Mapping[str, Made],
    made_by: Mapping[str, str],
    evidence: Evidence,
    settings: Settings,
) -> Outcome:
    title = {lang: scenario.title[lang] for lang in report.LANGS}
    faults: dict[str, list[str]] = {}
    for lang, one in made.items():
        for fault in one.faults:
            faults.setdefault(fault, []).append(lang)
    if faults:
        told = "; ".join(f"{', '.join(langs)}: {fault}" for fault, langs in faults.items())
        return Outcome(scenario.id, title, told)
    records = [one.record for one in made.values()]
    results, inputs = records[0]["results"], records[0]["inputs"]
    asked = {"scenario": scenario.to_dict(), "data": dict(evidence.fingerprints)}
    if any({**inputs, **asked} != one["inputs"] or results != one["results"] for one in records):
        return Outcome(scenario.id, title, "the scenario or the data changed while the report was made")
    files = {name: content for one in made.values() for name, content in one.files.items()}
    files |= {"results.csv": results.encode(), "results.parquet": parquet(report.results_from(results))}
    manifest = {
        "id": scenario.id,
        "langs": list(settings.langs),
        **inputs,
        "notebook": made_by,
        "warnings": {name: told for one in made.values() for name, told in one.warnings.items()},
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    try:
        kept = publish(settings.outputs, scenario.id, files, manifest)
    except OSError as error:
        return Outcome(scenario.id, title, f"the report cannot be written: {error.strerror or error}")
    return Outcome(scenario.id, title, kept=kept)
