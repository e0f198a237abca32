"""Assumptions changed in Python: short names and short values, put into the form of a scenario file."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from numbers import Integral, Real
from typing import Any

from futian_model.errors import UnknownName
from futian_model.evidence import Evidence
from futian_model.languages import language
from futian_model.scenario.checks import settled, span_of
from futian_model.scenario.checks_paths import Span
from futian_model.scenario.entries import PYTHON, Parts, tree_of
from futian_model.scenario.merging import over
from futian_model.scenario.model import FIELDS, Assumptions, Levers, Run
from futian_model.scenario.phases import Part
from futian_model.scenario.varying import LONGEST, dashed, nested, parts_of, replaced

HEAD = ("id", "title", "description")
PARTS: dict[str, type[Part]] = {"levers": Levers, "assumptions": Assumptions, "run": Run}
SHARES = "shares"
"""Field whose own fields hold a block each."""
DIGITS = 6
"""Of the hash by which an id names a value that is too long for one."""


def field_of(name: str, evidence: Evidence) -> Parts:
    """The way to a field by its own name, a share's, or its whole dotted name.

    Raises
    ------
    UnknownName
        A scenario has no field of that name.
    """
    if "." in name and (way := parts_of(name)) is not None:
        return way
    short: dict[str, Parts] = {
        field: (part, field) for part, model in PARTS.items() for field in model.model_fields
    }
    shares = evidence.indicators.index[evidence.indicators["kind"] == "share"]
    short |= {share: ("levers", "shares", str(share)) for share in shares}
    short |= {field: (field,) for field in (*HEAD, "judgments")}
    if name not in short:
        raise UnknownName(name, short)
    return short[name]


def block_of(way: Parts, value: Any, span: Span) -> Any:
    """A block in the form of a file, from what says the same in short.

    Parameters
    ----------
    value : object
        A rate of growth (of a share: a lead), a fraction a year, for all years after the jump-off; a list
        of them, one a year; a mapping of the first year of each phase to its rate; the name of a block; or
        the block itself.
    """
    rate = "growth_gap" if "shares" in way else "growth_rate"
    first, last = span.jump_off + 1, span.horizon
    if isinstance(value, str):
        return {"block": value}
    if isinstance(value, Real) and not isinstance(value, bool):
        value = {first: value}
    if isinstance(value, Sequence) or hasattr(value, "tolist"):
        rates = [float(item) for item in value]
        if rate == "growth_rate":
            return {"block": "path", "phases": [phase(first, last, {"shape": "list", "growth_rates": rates})]}
        value = {first + year: lead for year, lead in enumerate(rates)}
    if isinstance(value, Mapping) and value and all(isinstance(year, Integral) for year in value):
        starts = sorted(value)
        ends = [*(start - 1 for start in starts[1:]), last]
        phases = [phase(a, b, {rate: value[a]}) for a, b in zip(starts, ends, strict=True)]
        return {"block": "path", "phases": phases}
    return value


def phase(start: int, end: int, what: Mapping[str, Any]) -> dict[str, Any]:
    """One phase of a path."""
    return {"start": int(start), "end": int(end), **what}


def changed(content: Mapping[str, Any], changes: Mapping[str, Any], evidence: Evidence) -> dict[str, Any]:
    """A scenario's plain values with some replaced, and with an id and a title that say so.

    Parameters
    ----------
    content : mapping
        A whole scenario.
    changes : mapping
        Values by field, as `Scenario.with_` takes them; ``id``, ``title`` and ``description`` as stated.

    Raises
    ------
    UnknownName
        A scenario has no field of that name.
    InputError
        A value of another type than a scenario file can hold, or a place that a list does not have.
    """
    ways = {name: field_of(name, evidence) for name in changes}
    tree = tree_of(content, PYTHON)
    blocks = {name for name, way in ways.items() if way[-1] in FIELDS or way[-2:-1] == (SHARES,)}
    for name in (name for name in changes if name not in blocks and ways[name][0] not in HEAD):
        value = tree_of(changes[name], PYTHON)
        if any(isinstance(part, int) for part in ways[name]):
            tree = replaced(tree, ways[name], value, name)
        else:
            tree = over(tree, nested(ways[name], value))
    raw = tree.plain()
    settled(raw, evidence)
    span = span_of(raw, [], evidence)
    for name in blocks:
        block = changes[name] if span is None else block_of(ways[name], changes[name], span)
        tree = over(tree, nested(ways[name], tree_of(block, PYTHON)))
    values: dict[str, Any] = tree.plain()
    values["id"] = changes.get("id", named(content["id"], changes))
    described = [
        f"{name} = {brief(value, rate=name in blocks)}"
        for name, value in changes.items()
        if ways[name][0] not in HEAD
    ]
    for field in HEAD[1:]:
        stated = changes.get(field)
        if field in changes:
            values[field] = dict.fromkeys(content[field], stated) if isinstance(stated, str) else stated
        elif field == "title" and described:
            values[field] = {
                lang: f"{text}{language(lang).aside(described)}" for lang, text in content[field].items()
            }
    return values


def named(own: str, changes: Mapping[str, Any]) -> str:
    """An id that tells what was changed; by a hash where that is long."""
    parts = [(name.rpartition(".")[2], value) for name, value in changes.items() if name not in HEAD]
    text = dashed([own, *(f"{name}-{brief(value)}" for name, value in parts)])
    if not parts or (len(text) <= LONGEST and all(is_brief(value) for _, value in parts)):
        return text
    code = hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:DIGITS]
    return f"{dashed([own, *(name for name, _ in parts)])[: LONGEST - DIGITS - 1]}-{code}"


def is_brief(value: Any) -> bool:
    """Whether a value can stand in a name."""
    return value is None or isinstance(value, str | Real)


def brief(value: Any, *, rate: bool = False) -> str:
    """A value as a title says it."""
    if rate and isinstance(value, Real):
        return f"{100 * float(value):g}%"
    if is_brief(value):
        return str(value)
    if isinstance(value, Mapping) and "block" in value:
        return str(value["block"])
    return "..."
