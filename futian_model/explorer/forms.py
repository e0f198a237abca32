"""A state as Python, and as a short text that opens it again."""

import base64
import binascii
import json
import pprint
import zlib
from typing import Any

from futian_model import files
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.explorer import saving
from futian_model.explorer.state import State
from futian_model.project import Project
from futian_model.scenario import Scenario, load_scenario
from futian_model.scenario.complete import PARTS, read_back

MARK = "futian:"
"""Beginning of a text that holds a state."""
DIGITS = 8
"""Of the digest by which a text knows the scenario it was made from."""
WIDE = 100
"""Characters of a line of Python."""
LARGEST = 1 << 20
"""Bytes that a text may hold."""


def as_python(start: Scenario, moved: Scenario, project: Project, evidence: Evidence) -> str:
    """Python that makes a moved scenario from its start."""
    source = from_project(start, project, evidence)
    loaded = pprint.pformat(start.to_dict() if source is None else source, width=WIDE, sort_dicts=False)
    lines = ["from futian_model import load_scenario", ""]
    changed = assigned(start, moved)
    if not changed:
        return "\n".join([*lines, f"scenario = load_scenario({loaded})", ""])
    lines.append(f"scenario = load_scenario({loaded}).with_(")
    for field, value in changed.items():
        text = pprint.pformat(value, width=WIDE, sort_dicts=False).replace("\n", "\n    ")
        lines.append(f"    {field}={text}," if field.isidentifier() else f"    **{{{field!r}: {text}}},")
    return "\n".join([*lines, ")", ""])


def assigned(start: Scenario, scenario: Scenario) -> dict[str, Any]:
    """Fields that differ, as `Scenario.with_` takes them."""
    base, values = start.to_dict(), scenario.to_dict()
    changed: dict[str, Any] = {}
    for part in PARTS:
        if part == "judgments":
            if differing := saving.differences(base[part], values[part]):
                changed[part] = differing
            continue
        for field, value in values[part].items():
            own = base[part].get(field)
            if value == own:
                continue
            if field == "shares":
                changed |= {name: headed(block) for name, block in value.items() if block != own.get(name)}
            elif isinstance(value, dict) and "block" not in value and isinstance(own, dict):
                changed[field] = saving.differences(own, value)
            else:
                changed[field] = headed(value)
    return changed


def headed(block: Any) -> Any:
    """A block with its name first."""
    return {"block": block["block"], **block} if isinstance(block, dict) and "block" in block else block


def from_project(start: Scenario, project: Project, evidence: Evidence) -> str | None:
    """The id or the path under which a start is found again; None where what is there is another by now."""
    for source in dict.fromkeys((start.id, start.file)):
        try:
            known = load_scenario(saving.place(source, project), project, evidence=evidence)
        except InputError:
            continue
        if known.to_dict() == start.to_dict():
            return source
    return None


def as_text(start: Scenario, state: State, project: Project, evidence: Evidence) -> str:
    """A state as a short text, which `of_text` opens."""
    source = from_project(start, project, evidence)
    content = [source or start.to_dict(), mark(start), dict(state.choices), dict(state.numbers)]
    packed = zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    return MARK + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def of_text(text: str, project: Project, evidence: Evidence) -> tuple[Scenario, State]:
    """The start and the state that a text holds.

    Raises
    ------
    InputError
        It is no such text, or the scenario that it was made from is another one here.
    """
    code = "".join(text.split()).removeprefix(MARK)
    try:
        packed = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        unpacked = zlib.decompressobj().decompress(packed, LARGEST)
        source, digest, choices, moved = json.loads(unpacked)
        state = State(dict(choices), {str(name): float(value) for name, value in moved.items()})
    except (binascii.Error, zlib.error, ValueError, TypeError, AttributeError):
        raise InputError("text", text[:40], "a whole text that the explorer gave for a state") from None
    if isinstance(source, dict):
        return read_back(source, evidence, str(source.get("id"))), state
    start = saving.load(str(source), project, evidence)
    if mark(start) != digest:
        raise InputError(
            "text", str(source), f"a text made from {source} as it is here; this one is of another version"
        )
    return start, state


def mark(start: Scenario) -> str:
    """By which a scenario is known."""
    return files.digest(json.dumps(start.to_dict(), sort_keys=True).encode())[:DIGITS]
