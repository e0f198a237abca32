"""A scenario and what it extends, one below the other, every value still knowing its place."""

import re
from collections.abc import Iterator
from pathlib import Path

from futian_model.errors import FileFault, InputError, nearest
from futian_model.project import Project
from futian_model.scenario.entries import Entry, Parts, Refused
from futian_model.scenario.model import EXTENDS_WORDS
from futian_model.scenario.names import ID
from futian_model.scenario.reading import Document, read

CONTEXT, PLACES = "context", ("city", "nation")
"""Folder of the files that describe what surrounds a district, and whom they describe."""
LEDGER = "judgments"
OWN = ("id", "title", "description", "extends", "grid")
"""Fields that say what a file is, not what it assumes; they are not inherited."""


def chain(first: Document, project: Project) -> tuple[list[Document], InputError | None]:
    """A file, what it extends, what that extends, and so on; and the fault at which that breaks off."""
    documents = [first]
    while True:
        here = documents[-1]
        entry = here.root.value.get("extends")
        if entry is None or not isinstance(entry.value, str) or not re.fullmatch(ID, entry.value):
            stated = entry is not None and entry.value is not None
            return documents, entry.fault("extends", entry.plain(), EXTENDS_WORDS) if stated else None
        folders = (here.path.parent, project.params, *project.editions)
        places = [folder / f"{entry.value}.yaml" for folder in folders]
        parent = next((file for file in places if file.is_file()), None)
        if parent is None:
            known = sorted(
                {file.stem for folder in folders for file in folder.glob("[!.]*.yaml")} - {here.path.stem}
            )
            allowed = ", ".join(known) or "none, there is no other scenario"
            return documents, entry.fault("extends", entry.plain(), allowed, nearest(entry.value, known))
        names = [document.path.stem for document in documents] + [parent.stem]
        if parent.resolve() in [document.path.resolve() for document in documents]:
            allowed = f"a scenario that does not lead back here: {' -> '.join(names)}"
            return documents, entry.fault("extends", entry.plain(), allowed)
        documents.append(read(parent, project.shown(parent)))


def merged(documents: list[Document]) -> Entry:
    """One tree of a chain: the last document lowest, the first on top."""
    tree = documents[-1].root if len(documents) == 1 else inherited(documents[-1].root)
    for depth, document in reversed(list(enumerate(documents[:-1]))):
        root = document.root if depth == 0 else inherited(document.root)
        tree = signed(tree, root, over(tree, root))
    return tree


def inherited(root: Entry) -> Entry:
    """What a file hands on."""
    return Entry({key: entry for key, entry in root.value.items() if key not in OWN}, root.file, root.line)


def over(low: Entry, high: Entry) -> Entry:
    """Merge two values: mappings key by key; lists and changed blocks are replaced whole."""
    if not isinstance(low.value, dict) or not isinstance(high.value, dict) or changes_block(low, high):
        return high
    both = dict(low.value)
    for key, entry in high.value.items():
        both[key] = over(both[key], entry) if key in both else entry
    return Entry(both, high.file, high.line)


def signed(low: Entry, high: Entry, both: Entry) -> Entry:
    """Two merged files with every judgment whole, as one of the two states it.

    Its author answers for what he wrote: a file that changes it signs it anew.
    """
    ledgers = [ledger.value for part in (low, high) if (ledger := inside(part, LEDGER)) is not None]
    if len(ledgers) == 2 and all(isinstance(ledger, dict) for ledger in ledgers):
        above = high.value[LEDGER]
        both.value[LEDGER] = Entry(ledgers[0] | ledgers[1], above.file, above.line)
    return both


def changes_block(low: Entry, high: Entry) -> bool:
    """Whether the upper mapping names another block than the lower one."""
    if "block" not in high.value:
        return False
    named = low.value.get("block")
    return named is None or bool(named.value != high.value["block"].value)


def surrounded(tree: Entry, project: Project) -> tuple[Entry, list[InputError]]:
    """A tree with the city and nation that it names read from `params/context/`, and their faults."""
    growth, faults = inside(inside(tree, "levers"), "growth"), list[InputError]()
    for place in PLACES:
        named = inside(growth, place)
        if growth is None or named is None or not isinstance(named.value, str):
            continue
        surroundings, misfits = surrounding(named, place, project)
        faults += misfits
        growth.value[place] = surroundings
    return tree, faults


def surrounding(named: Entry, place: str, project: Project) -> tuple[Entry, list[InputError]]:
    """The content of a context file, or its faults."""
    refused, folder = Entry(Refused(), named.file, named.line), project.params / CONTEXT
    file = folder / f"{named.value}.yaml"
    elsewhere = [kind for kind in PLACES if kind != place]
    if (
        not re.fullmatch(ID, named.value)
        or not file.is_file()
        or any(describes(file, other) for other in elsewhere)
    ):
        known = [known.stem for known in sorted(folder.glob("[!.]*.yaml")) if describes(known, place)]
        allowed = f"the id of a {place}'s file of params/{CONTEXT}: {', '.join(known) or 'there is none'}"
        close = nearest(named.value, known)
        return refused, [named.fault(f"levers.growth.{place}", named.value, allowed, close)]
    document = read(file, project.shown(file))
    broken = any(isinstance(fault, FileFault) for fault in document.faults)
    return (refused if broken else document.root), list(document.faults)


def describes(file: Path, place: str) -> bool:
    """Whether a context file is about a place of this kind."""
    stated = inside(read(file, file.name).root, "place")
    return stated is not None and stated.value == place


def inside(entry: Entry | None, key: str) -> Entry | None:
    """What a mapping holds under a key, if it is one."""
    inner = entry.value.get(key) if entry is not None and isinstance(entry.value, dict) else None
    return inner if isinstance(inner, Entry) else None


def leaves(value: object, at: Parts = ()) -> Iterator[Parts]:
    """The way to every value that is neither a mapping nor a list, or is an empty one."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from leaves(inner, (*at, key))
    elif isinstance(value, list) and value:
        for position, inner in enumerate(value):
            yield from leaves(inner, (*at, position))
    else:
        yield at
