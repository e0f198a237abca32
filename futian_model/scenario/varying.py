"""One file, many scenarios: a grid of values in the file, and values set for one run.

A file's ``grid`` maps fields, named as ``futian check`` and every message name them, to the values
they take in turn: ``assumptions.uncertainty.scale: [0.5, 1, 2]``. Every combination is a scenario of
its own, with the values in its id and in its title.
"""

import hashlib
import itertools
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from futian_model.errors import InputError, dotted
from futian_model.languages import language
from futian_model.scenario.entries import Entry, Parts, scalar
from futian_model.scenario.merging import over

GRID = "grid"
VARIED = ("levers", "assumptions", "run")
"""Parts whose values may be varied; a judgment is its author's."""
MOST = 10_000
"""Scenarios that one file may stand for."""
OVERRIDE = "override"
"""Place of a value that no file holds."""
LONGEST = 64
"""Characters of an id."""
_PART = re.compile(r"([A-Za-z0-9_-]+)|\[([0-9]{1,4})\]")
_PLACEHOLDER = re.compile(r"\{([a-z][A-Za-z0-9_.\[\]-]*)(%?)\}")
FIELD_WORDS = (
    "a field of levers, assumptions or run as `futian check` names it, such as assumptions.uncertainty.scale"
)
WHOLE_WORDS = "one value; a whole block in a file, or in Python: scenario.with_(growth={'block': ...})"
SET_WORDS = "field=value, such as assumptions.uncertainty.scale=2"
QUOTES = "'\""
VALUES_WORDS = "a list of one or more different numbers, texts, true, false or null"

Overrides = Mapping[str, Entry]
"""Values by the field that they replace."""


def parts_of(field: str) -> Parts | None:
    """The way down to a field, the inverse of `dotted`; None where the text names none."""
    way: list[str | int] = []
    for piece in re.findall(r"[^.\[]+|\[[^\]]*\]", field):
        part = _PART.fullmatch(piece)
        if part is None:
            return None
        way.append(part[1] if part[1] is not None else int(part[2]))
    if len(way) < 2 or way[0] not in VARIED or dotted(tuple(way)) != field:
        return None
    return tuple(way)


def overrides_of(text: str, grid: Entry | None = None) -> dict[str, Entry]:
    """Values written as ``field=value; field=value``; text that looks like a number in quotes.

    Parameters
    ----------
    grid : Entry, optional
        Of the file; a value that stands there is told with its line.

    Raises
    ------
    InputError
        A piece is no ``field=value``, or its field cannot be varied.
    """
    overrides: dict[str, Entry] = {}
    for piece in filter(None, map(str.strip, text.split(";"))):
        field, sign, value = (part.strip() for part in piece.partition("="))
        if not field or not sign or not value:
            raise InputError("set", piece, SET_WORDS)
        if parts_of(field) is None:
            raise InputError("set", field, FIELD_WORDS)
        if value[0] in "{[":
            raise InputError("set", piece, WHOLE_WORDS)
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in QUOTES
        read = value[1:-1] if quoted else scalar(value)
        overrides[field] = _stands(grid, field, read) or Entry(read, OVERRIDE, None)
    return overrides


def written(overrides: Overrides) -> str:
    """The inverse of `overrides_of`."""
    return "; ".join(f"{field}={_literal(entry.value)}" for field, entry in overrides.items())


def points(root: Entry) -> tuple[list[dict[str, Entry]], list[InputError]]:
    """Every combination of a file's grid, one without values where it has none; and the grid's faults."""
    grid = root.value.get(GRID)
    if grid is None:
        return [{}], []
    if not isinstance(grid.value, dict) or not grid.value:
        allowed = "one or more fields, each with the list of its values"
        return [], [grid.fault(GRID, grid.plain(), allowed)]
    faults = [fault for field, axis in grid.value.items() for fault in _axis_faults(field, axis)]
    if faults:
        return [], faults
    axes = [[(field, entry) for entry in axis.value] for field, axis in grid.value.items()]
    count = math.prod(map(len, axes))
    if count > MOST:
        allowed = f"at most {MOST:,} combinations"
        return [], [grid.fault(GRID, f"{count:,} combinations", allowed)]
    return [dict(chosen) for chosen in itertools.product(*axes)], []


def _axis_faults(field: str, axis: Entry) -> Iterable[InputError]:
    name = f"{GRID}.{field}"
    if parts_of(field) is None:
        yield axis.fault(GRID, field, FIELD_WORDS)
        return
    values = axis.value if isinstance(axis.value, list) else []
    parts = [entry.value for entry in values]
    plain = all(value is None or isinstance(value, bool | int | float | str) for value in parts)
    if not parts or not plain or len({_as_typed(value) for value in parts}) < len(parts):
        yield axis.fault(name, axis.plain(), VALUES_WORDS)
    for entry in values:
        if isinstance(entry.value, str) and ";" in entry.value:
            yield entry.fault(name, entry.value, "text without ;")


def varied(tree: Entry, overrides: Overrides) -> Entry:
    """A merged file with values replaced, and with an id and a title of its own."""
    raised: Entry = Entry({}, tree.file, tree.line)
    inside_lists = {}
    for field, entry in overrides.items():
        at = parts_of(field) or ()
        if any(isinstance(part, int) for part in at):
            inside_lists[at] = entry
        else:
            raised = over(raised, nested(at, entry))
    changed = over(tree, raised)
    for at, entry in inside_lists.items():
        changed = replaced(changed, at, entry, dotted(at))
    fields = dict(changed.value)
    if isinstance(fields.get("id"), Entry) and isinstance(fields["id"].value, str):
        fields["id"] = Entry(varied_id(fields["id"].value, overrides), fields["id"].file, fields["id"].line)
    for name in ("title", "description"):
        if isinstance(fields.get(name), Entry):
            fields[name] = _worded(fields[name], overrides, named=name == "title")
    return Entry(fields, changed.file, changed.line)


def varied_id(own: str, overrides: Overrides) -> str:
    """An id with the values in it; with a hash of them where they would make it too long."""
    ends = [_end(field, 1) for field in overrides]
    pieces = [
        f"{_end(field, 1 if ends.count(_end(field, 1)) == 1 else 2)}-{_as_typed(entry.value)}"
        for field, entry in overrides.items()
    ]
    joined = dashed([own, *pieces])
    if len(joined) <= LONGEST:
        return joined
    return f"{own[: LONGEST - 11]}-{hashlib.sha256(written(overrides).encode()).hexdigest()[:10]}"


def dashed(pieces: Iterable[str]) -> str:
    """Pieces as one id."""
    return "-".join(re.sub(r"[^a-z0-9_-]", "_", piece.lower()) for piece in pieces)


def has_placeholder(text: str) -> bool:
    """Whether a text waits for the value of a field."""
    return _PLACEHOLDER.search(text) is not None


def _end(field: str, count: int) -> str:
    """The last names of a field."""
    return "_".join(map(str, (parts_of(field) or ())[-count:]))


def _worded(words: Entry, overrides: Overrides, *, named: bool) -> Entry:
    """Texts with the values in the place of ``{field}`` and ``{field%}``; a title names the others too."""
    if not isinstance(words.value, dict):
        return words
    texts = {}
    for lang, text in words.value.items():
        if not isinstance(text.value, str):
            texts[lang] = text
            continue
        placed = {match[0] for match in _PLACEHOLDER.findall(text.value)}
        worded = _PLACEHOLDER.sub(lambda match: _in_words(match, overrides), text.value)
        rest = [f"{_end(field, 1)} = {_as_typed(entry.value)}" for field, entry in overrides.items()]
        rest = [change for change, field in zip(rest, overrides, strict=True) if field not in placed]
        if named and rest:
            worded += language(lang).aside(rest)
        texts[lang] = Entry(worded, text.file, text.line)
    return Entry(texts, words.file, words.line)


def _in_words(match: re.Match[str], overrides: Overrides) -> str:
    entry = overrides.get(match[1])
    if entry is None:
        return match[0]
    if match[2] and isinstance(entry.value, int | float) and not isinstance(entry.value, bool):
        return f"{entry.value * 100:.12g}%"
    return _as_typed(entry.value)


def _as_typed(value: Any) -> str:
    """A value as a file would have it."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def _literal(value: Any) -> str:
    """A value as `overrides_of` reads it back: text that would be read as something else in quotes."""
    plain = not isinstance(value, str) or (scalar(value) == value and value.strip(f"{QUOTES} ") == value)
    return _as_typed(value) if plain else f"'{value}'"


def _stands(grid: Entry | None, field: str, value: Any) -> Entry | None:
    """The entry of a grid that holds a value."""
    axis = grid.value.get(field) if grid is not None and isinstance(grid.value, dict) else None
    entries = axis.value if axis is not None and isinstance(axis.value, list) else []
    return next(
        (entry for entry in entries if type(entry.value) is type(value) and entry.value == value), None
    )


def nested(at: Parts, entry: Entry) -> Entry:
    """A value under the keys that lead to it."""
    for part in reversed(at):
        entry = Entry({part: entry}, entry.file, entry.line)
    return entry


def replaced(tree: Entry, at: Parts, entry: Entry, field: str) -> Entry:
    """A tree with the value at a way's end replaced.

    Raises
    ------
    InputError
        The way leads into a list that has no such place.
    """
    here, *rest = at
    content: Any = tree.value
    if isinstance(here, int):
        if not isinstance(content, list) or here >= len(content):
            count = len(content) if isinstance(content, list) else 0
            allowed = f"a place in the list, of which there are {count} (the first is [0])"
            raise entry.fault(field, entry.value, allowed)
        inner = replaced(content[here], tuple(rest), entry, field) if rest else entry
        changed: Any = [*content[:here], inner, *content[here + 1 :]]
        return Entry(changed, tree.file, tree.line)
    inside = content.get(here) if isinstance(content, dict) else None
    if rest:
        entry = replaced(inside or Entry({}, entry.file, entry.line), tuple(rest), entry, field)
    return Entry({**(content if isinstance(content, dict) else {}), here: entry}, tree.file, tree.line)
