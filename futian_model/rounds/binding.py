"""Binding a round: data, scenarios and results put away together, whole or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from futian_model import simulation
from futian_model.errors import FileFault, InputError
from futian_model.evidence import Evidence
from futian_model.files import digest, flush, move, sweep, whole_folder, write_through
from futian_model.project import Project
from futian_model.rounds.edition import FORM, MANIFEST, RESULTS, Round, free, opened
from futian_model.rounds.making import made_by
from futian_model.rounds.results import results, values, written
from futian_model.scenario import Run, Scenario


def bind(
    project: Project,
    name: str,
    scenarios: Sequence[Scenario],
    evidence: Evidence,
    *,
    notebook: Path | None = None,
    reports: Mapping[str, bytes] | None = None,
    failures: Mapping[str, str] | None = None,
) -> Round:
    """Put an edition away under a name.

    Data and scenarios are copied, then everything is computed from the copies, so that what is bound
    is what gives these results. A scenario that fails there is listed with its reason.

    Parameters
    ----------
    project : Project
    name : str
        Letters, digits, ``-``, ``_`` and ``.``; one that no round has.
    scenarios : sequence of Scenario
        With the draws and the seed they ran with.
    evidence : Evidence
        The project's data as the reports were made from.
    notebook : Path, optional
        Of the reports; copied.
    reports : mapping of str to bytes, optional
        Results table of each report, by scenario; one that says otherwise than the copies is a failure.
    failures : mapping of str to str, optional
        Scenarios that got no report, and why.

    Returns
    -------
    Round

    Raises
    ------
    InputError
        The name is none or taken, the data have changed since, or no scenario is left.
    OSError
        The folder cannot be written; nothing of the round is left.
    """
    home = free(project, name)
    home.parent.mkdir(exist_ok=True)
    sweep(home.parent)
    whole = [seeded(scenario) for scenario in scenarios]
    with whole_folder(home) as folder:
        copy_data(project, evidence, folder)
        if notebook is not None:
            put(folder / project.notebooks.name / notebook.name, notebook.read_bytes())
        for scenario in whole:
            put(folder / project.params.name / f"{scenario.id}.yaml", scenario.as_yaml().encode())
        contents, failed = computed(Round(home.name, folder, {}), whole, reports or {})
        for scenario_id in failed:
            (folder / project.params.name / f"{scenario_id}.yaml").unlink()
        if not contents:
            first = next(iter([*failed.values(), *(failures or {}).values()]), "there is none")
            raise InputError("round", name, f"an edition with at least one scenario; {first}")
        for scenario_id, content in contents.items():
            put(folder / RESULTS / f"{scenario_id}.csv", content)
        facts = {scenario.id: facts_of(scenario) for scenario in whole if scenario.id in contents}
        put(folder / MANIFEST, manifest(folder, facts, {**(failures or {}), **failed}))
        try:
            free(project, name)
            move(folder, home)
        except OSError:
            free(project, name)  # bound by another run in this moment
            raise
    flush(home.parent)
    return opened(project, name)


def put(file: Path, content: bytes) -> None:
    """Write a file, in a folder that may not be there yet."""
    file.parent.mkdir(exist_ok=True)
    write_through(file, content)


def copy_data(project: Project, evidence: Evidence, folder: Path) -> None:
    """Every file of the data package, as it was read.

    Raises
    ------
    FileFault
        A file is no longer what was read.
    """
    for path, was in evidence.fingerprints.items():
        content = (project.data / path).read_bytes()
        if digest(content) != was:
            fault = "changed while the reports were made; run again for a round of one piece"
            raise FileFault(project.shown(project.data / path), fault)
        put(folder / project.data.name / path, content)


def seeded(scenario: Scenario) -> Scenario:
    """A scenario with a seed: one drawn anew would not give the same results again."""
    seed = simulation.chosen_seed(scenario.run.seed)
    return replace(scenario, run=Run(draws=scenario.run.draws, seed=seed))


def facts_of(scenario: Scenario) -> dict[str, Any]:
    """What a round says of a scenario without reading it."""
    settings = scenario.assumptions
    return {
        "title": scenario.title.model_dump(),
        "vintage": settings.vintage,
        "base_year": settings.base_year,
        "horizon": settings.horizon,
        "draws": scenario.run.draws,
        "seed": scenario.run.seed,
    }


def computed(
    edition: Round, scenarios: Sequence[Scenario], reports: Mapping[str, bytes]
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Results tables from the copies, and why others are missing."""
    contents, failed = dict[str, bytes](), dict[str, str]()
    for scenario in scenarios:
        try:
            content = written(results(edition.scenario(scenario.id), edition.evidence))
        except InputError as error:
            failed[scenario.id] = str(error)
            continue
        fault = apart(content, reports[scenario.id]) if scenario.id in reports else ""
        if fault:
            failed[scenario.id] = fault
        else:
            contents[scenario.id] = content
    return contents, failed


def apart(own: bytes, report: bytes) -> str:
    """How a report's results differ from those of the copies; empty where they do not."""
    bound, printed = values(own), values(report)
    for row in bound.keys() & printed.keys():
        if repr(bound[row]) != repr(printed[row]):
            apart_by = f"{printed[row]!r} in the report, {bound[row]!r} from data and scenario alone"
            return f"the report's results are not the model's ({' '.join(map(str, row))}: {apart_by})"
    return ""


def manifest(folder: Path, scenarios: Mapping[str, Any], failures: Mapping[str, str]) -> bytes:
    """What a round says of itself."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    description = {
        "form": FORM,
        "made": datetime.now(UTC).isoformat(timespec="microseconds"),
        "scenarios": dict(scenarios),
        "failures": dict(failures),
        "made_by": made_by(),
        "files": {file.relative_to(folder).as_posix(): digest(file.read_bytes()) for file in files},
    }
    return (json.dumps(description, ensure_ascii=False, indent=2) + "\n").encode()
