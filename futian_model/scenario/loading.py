"""From files to scenarios: found, read, merged, checked, with every fault at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from futian_model.errors import FileFault, InputError, InputErrors, UnknownName, nearest
from futian_model.evidence import Evidence, load_evidence
from futian_model.languages import DATA_LANGS
from futian_model.project import Project, find_project
from futian_model.scenario.checks import checked
from futian_model.scenario.complete import Scenario, built
from futian_model.scenario.entries import PYTHON, Entry, Parts, tree_of
from futian_model.scenario.merging import chain, merged, surrounded
from futian_model.scenario.reading import Document, read
from futian_model.scenario.varying import (
    GRID,
    LONGEST,
    has_placeholder,
    overrides_of,
    points,
    varied,
    written,
)

Source = str | Path | Mapping[str, Any]
"""An id, a file, or what a file would hold."""


@dataclass(frozen=True)
class Attempt:
    """What came of one file."""

    file: str
    id: Entry | None
    scenario: Scenario | None
    faults: tuple[InputError, ...]


def scenario_of(scenario: Scenario | Source, evidence: Evidence | None = None) -> Scenario:
    """A scenario as every public function takes it: itself, or what `load_scenario` takes.

    Raises
    ------
    InputErrors
        As `load_scenario`.
    """
    if isinstance(scenario, Scenario):
        return scenario
    return load_scenario(scenario, None if evidence is None else evidence.project, evidence=evidence)


def load_scenario(
    path_or_id: Source,
    project: Project | None = None,
    *,
    evidence: Evidence | None = None,
    overrides: str | Mapping[str, Any] | None = None,
) -> Scenario:
    """Read, merge and check one scenario.

    Parameters
    ----------
    path_or_id : str, Path or mapping
        A file, or the id of a scenario in the project's `params/`. A string is a file when it
        holds a path separator or ends in ``.yaml``. A mapping is what a file would hold.
    project : Project, optional
        Found from the working folder when left out.
    evidence : Evidence, optional
        Knows goals, shares and sources; loaded when left out.
    overrides : str or mapping, optional
        Values in place of the file's, ``assumptions.uncertainty.scale=2; run.seed=1``, or as
        `Scenario.with_` takes them. The file's own ``grid`` is for batches, and not looked at.

    Raises
    ------
    InputErrors
        Every fault, each with file, line, field, value and what is allowed.

    Examples
    --------
    >>> load_scenario("evidence_trend").with_(growth=0.04).id
    'evidence_trend-growth-0_04'
    """
    project = project if project is not None else find_project()
    evidence = evidence if evidence is not None else load_evidence(project)
    if isinstance(overrides, Mapping):
        return load_scenario(path_or_id, project, evidence=evidence).with_(evidence=evidence, **overrides)
    return _sound([attempt(path_or_id, project, evidence, overrides or "")])[0]


def load_baseline(scenario: Scenario, evidence: Evidence, project: Project | None = None) -> Scenario | None:
    """What a scenario is compared with: what its file extends, or the file where values were replaced.

    Returns
    -------
    Scenario or None
        None where it extends nothing, or something that is no scenario by itself.
    """
    project = project if project is not None else find_project()
    if scenario.overrides:
        plain = attempt(project.root / scenario.file, project, evidence).scenario
        if plain is not None and not any(has_placeholder(plain.title[lang]) for lang in DATA_LANGS):
            return plain
    folders = ((project.root / scenario.file).parent, project.params, *project.editions)
    places = [folder / f"{scenario.extends}.yaml" for folder in folders if scenario.extends]
    file = next((place for place in places if place.is_file()), None)
    return None if file is None else attempt(file, project, evidence).scenario


def load_scenarios(
    paths: Iterable[str | Path], project: Project | None = None, *, evidence: Evidence | None = None
) -> list[Scenario]:
    """Read, merge and check several scenarios, in the order given.

    Parameters
    ----------
    paths, project, evidence
        As for `load_scenario`.

    Raises
    ------
    InputErrors
        Every fault of every file, also two files with one id.
    """
    project = project if project is not None else find_project()
    evidence = evidence if evidence is not None else load_evidence(project)
    return _sound([attempt(path, project, evidence) for path in paths])


def _sound(attempts: Iterable[Attempt]) -> list[Scenario]:
    """The scenarios of attempts, each sound and with an id of its own."""
    attempts = distinct(attempts)
    faults = [fault for attempt in attempts for fault in attempt.faults]
    if faults:  # a file that several extend has its faults told once
        raise InputErrors({str(fault): fault for fault in faults}.values())
    return [attempt.scenario for attempt in attempts if attempt.scenario is not None]


def attempt_all(
    paths: Iterable[str | Path], project: Project, evidence: Evidence, overrides: str = ""
) -> list[Attempt]:
    """What comes of each file and of each point of its grid, for a caller that goes on with the sound ones.

    Of several with one id the first stays sound.

    Parameters
    ----------
    overrides : str
        Values in place of every file's, ``field=value; field=value``; a field of a grid keeps that
        value alone.
    """
    return distinct(
        attempt(path, project, evidence, point)
        for path in paths
        for point in _points(path, project, overrides)
    )


def _points(path_or_id: str | Path, project: Project, overrides: str) -> list[str]:
    """The overrides of each scenario that a file stands for; faults are told when it is loaded."""
    try:
        path = located(path_or_id, project)
        root = read(path, project.shown(path)).root
        overridden = overrides_of(overrides, root.value.get(GRID))
        grid_points, faults = points(root)
    except InputError:
        return [overrides]
    if faults:
        return [overrides]
    return list(dict.fromkeys(written({**point, **overridden}) for point in grid_points))


def distinct(every: Iterable[Attempt]) -> list[Attempt]:
    """Attempts of which a later one with the id of an earlier one is faulty."""
    first: dict[str, Attempt] = {}
    attempts = []
    for attempt in every:
        if attempt.id is not None and isinstance(attempt.id.value, str):
            earlier = first.setdefault(attempt.id.value, attempt)
            if earlier is not attempt:
                allowed = f"an id no other scenario has; {earlier.file} has it too"
                fault = replace(attempt.id, file=attempt.file).fault("id", attempt.id.value, allowed)
                attempt = Attempt(attempt.file, attempt.id, None, (*attempt.faults, fault))
        attempts.append(attempt)
    return attempts


def builtin_scenarios(project: Project, edition: str | None = None) -> list[Path]:
    """Files of the project's own scenarios, by name, each after the one it extends.

    Parameters
    ----------
    edition : str, optional
        A kept edition, a folder of `params/` by its name; those of today when left out.

    Raises
    ------
    UnknownName
        No such edition is kept.
    """
    kept = {folder.name: folder for folder in project.editions}
    if edition is not None and edition not in kept:
        raise UnknownName(edition, kept)
    folder = project.params if edition is None else kept[edition]
    return sorted(
        folder.glob("[!.]*.yaml"),
        key=lambda file: (len(chain(first_of(file, project), project)[0]), file.name),
    )


def first_of(source: Source, project: Project) -> Document:
    """What a path, an id or a mapping holds; a mapping stands where the project's scenarios do."""
    if isinstance(source, Mapping):
        return Document(project.params / PYTHON, tree_of(source, PYTHON))
    path = located(source, project)
    return read(path, project.shown(path))


def located(path_or_id: str | Path, project: Project) -> Path:
    """The file that a path or an id means; an id is one of a scenario that there is."""
    try:
        file = project.scenario_file(path_or_id)
        absent = file == project.params / f"{path_or_id}.yaml" and not file.is_file()
    except OSError:  # longer than a name may be
        file, absent = Path(str(path_or_id)[:LONGEST]), True
    if absent:
        folders = (project.params, *project.editions)
        known = sorted(path.stem for folder in folders for path in folder.glob("[!.]*.yaml"))
        allowed = f"the path of a .yaml file, or {', '.join(known) or 'an id, of which there is none yet'}"
        raise InputError("scenario", path_or_id, allowed, nearest=nearest(file.stem, known))
    return file


def attempt(path_or_id: Source, project: Project, evidence: Evidence, overrides: str = "") -> Attempt:
    """Load one file as far as it goes, with values in place of its own."""
    try:
        documents, broken = chain(first_of(path_or_id, project), project)
    except InputError as fault:
        return Attempt(str(path_or_id), None, None, (fault,))
    root = documents[0].root
    file, grid = root.file, root.value.pop(GRID, None)
    tree = merged(documents)
    try:
        overridden = overrides_of(overrides, grid)
        tree = varied(tree, overridden) if overridden else tree
    except InputError as fault:
        return Attempt(file, tree.value.get("id"), None, (fault,))
    tree, around = surrounded(tree, project)
    faults = [fault for document in documents for fault in document.faults]
    faults += points(Entry({GRID: grid}, file, root.line))[1] if grid is not None else []
    unread = [fault.file for fault in faults if isinstance(fault, FileFault)]
    if file not in unread:
        complete = broken is None and not unread
        content, misfits = checked(tree.plain(), evidence, complete=complete)
        faults += around
        faults += [placed(tree, at, fault) for at, fault in misfits]
        faults += [broken] if broken is not None else []
        if content is not None and not faults:
            return Attempt(file, tree.value["id"], built(content, tree, file, written(overridden)), ())
    return Attempt(file, tree.value.get("id"), None, tuple(sorted(faults, key=place)))


def placed(tree: Entry, at: Parts, fault: InputError) -> InputError:
    """The fault with the place of its field, or of what should hold it."""
    entry = tree.at(at)
    fault.file, fault.line = entry.file, entry.line
    return fault


def place(fault: InputError) -> tuple[str, int]:
    """Order in which faults are told."""
    return str(fault.file or ""), fault.line or 0
