"""States as scenario files: only what differs from a file beside it, checked before it is written."""

import copy
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from futian_model import contexts, files
from futian_model.errors import FileFault, InputError, InputErrors
from futian_model.evidence import Evidence
from futian_model.project import Project
from futian_model.scenario import Scenario, attempt_all
from futian_model.scenario.complete import PARTS, as_yaml
from futian_model.scenario.json_schema import FILE
from futian_model.scenario.names import ID, ID_WORDS
from futian_model.simulation import rehearse

HEAD = f"# yaml-language-server: $schema={FILE}\n"


class Taken(InputError):
    """A file of that name is there already."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__("id", name, f"an id without a file, or to replace {file}")


def load(path_or_id: str, project: Project, evidence: Evidence) -> Scenario:
    """A scenario from its file, found, read and rehearsed as `futian check` does.

    Raises
    ------
    InputErrors
        Every fault, in the words of `futian check`.
    """
    (attempt,) = attempt_all([place(path_or_id, project)], project, evidence)
    if attempt.scenario is None:
        raise InputErrors({str(fault): fault for fault in attempt.faults}.values())
    rehearse(attempt.scenario, evidence)
    return attempt.scenario


def place(path_or_id: str, project: Project) -> str:
    """What is meant by a path that does not start at a root: a file of the project, as messages name it."""
    if not re.search(r"[/\\]|\.ya?ml$", path_or_id) or Path(path_or_id).is_absolute():
        return path_or_id
    places = [folder / path_or_id for folder in (project.root, project.params, Path.cwd())]
    return str(next((file for file in places if file.is_file()), places[0]))


def save(
    moved: Scenario,
    start: Scenario,
    texts: Mapping[str, Any],
    project: Project,
    evidence: Evidence,
    *,
    replace: bool = False,
) -> Path:
    """Write a moved scenario into the project's `params/`.

    Parameters
    ----------
    moved, start : Scenario
        What is written, and the scenario it was moved from, which the file extends.
    texts : mapping
        ``id``, ``title`` and ``description``, the latter two in both languages.
    replace : bool
        Whether a file of that name may be replaced.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    Taken
        There is one, and `replace` is not set.
    InputError
        The id is none, or leads back to the scenario itself, or the file would be faulty.
    """
    project.refuse_shipped()
    name = str(texts["id"])
    if not re.fullmatch(ID, name):
        raise InputError("id", name, ID_WORDS)
    file = project.params / f"{name}.yaml"
    if file.exists() and not replace:
        raise Taken(name, project.shown(file))
    content = written(moved, start, texts, project, evidence).encode()
    if replace and file.exists():
        files.replace(file, content)
        return file
    try:
        files.write_through(file, content)
    except FileExistsError:  # since it was looked for
        raise Taken(name, project.shown(file)) from None
    return file


def written(
    moved: Scenario, start: Scenario, texts: Mapping[str, Any], project: Project, evidence: Evidence
) -> str:
    """The text of the file: the differences where a file can extend the start, else everything."""
    head = {name: texts[name] for name in ("id", "title", "description")}
    values, base = moved.to_dict(), start.to_dict()
    parts = {name: values[name] for name in PARTS}
    beside = project.scenario_file(start.id).is_file() and start.id != head["id"]
    if beside:
        short = {name: changes for name in PARTS if (changes := differences(base[name], values[name]))}
        content = head | {"extends": start.id} | with_ids(short, project, evidence)
        text = HEAD + as_yaml(content)
        if leads_to(text, parts, project, evidence):
            return text
    text = HEAD + as_yaml(head | parts)
    if not leads_to(text, parts, project, evidence):
        raise FileFault(f"{head['id']}.yaml", "does not come out as it was set")
    return text


def leads_to(text: str, parts: Mapping[str, Any], project: Project, evidence: Evidence) -> bool:
    """Whether a file with this text is the scenario that is meant.

    Raises
    ------
    InputErrors
        The file would be faulty.
    """
    with files.scratch() as folder:
        file = folder / "trial.yaml"
        file.write_text(text, "utf-8")
        read = load(str(file), project, evidence).to_dict()
    return all(read[name] == parts[name] for name in PARTS)


def differences(base: Any, changed: Any) -> Any:
    """What a file has to say so that merging it over the base gives what is told; empty if nothing.

    Mappings merge key by key; a list or a changed block stands whole (`scenario.merging`).
    """
    if base == changed:
        return {}
    if not isinstance(base, dict) or not isinstance(changed, dict):
        return changed
    if base.get("block") != changed.get("block") or "place" in changed:  # the base may name a place by its id
        return changed
    return {
        key: differences(base[key], value) if key in base else value
        for key, value in changed.items()
        if key not in base or base[key] != value
    }


def with_ids(changes: dict[str, Any], project: Project, evidence: Evidence) -> dict[str, Any]:
    """Cities and nations by their ids, where they are those of `params/context/`."""
    changes = copy.deepcopy(changes)
    growth = changes.get("levers", {}).get("growth", {})
    nations, cities = contexts.surroundings(project, evidence)
    for place, known_places in (("nation", nations), ("city", cities)):
        stated = growth.get(place)
        known = known_places.get(str(stated["id"])) if isinstance(stated, dict) else None
        if known is not None and known.model_dump(mode="json") == stated:
            growth[place] = known.id
    return changes
