"""Values of a YAML file, each with its file and line."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from futian_model.errors import InputError

PYTHON = "Python"
"""Place of a value that no file holds."""
Parts = tuple[str | int, ...]
"""The way down to a field: keys of mappings, positions in lists."""

# the core schema of YAML 1.2; longer whole numbers are read as floats
WHOLE = re.compile(r"[-+]?[0-9]{1,19}|0o[0-7]{1,19}|0x[0-9a-fA-F]{1,16}")
DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True)
class Refused:
    """Stands for a value already reported, so that it is not reported twice."""


@dataclass(frozen=True)
class Entry:
    """A value and where it stands; a mapping holds entries by key, a list holds entries."""

    value: Any
    file: str
    line: int | None

    def fault(self, field: str, value: Any, allowed: str, close: str | None = None) -> InputError:
        """A fault of what stands here."""
        return InputError(field, value, allowed, nearest=close, file=self.file, line=self.line)

    def plain(self) -> Any:
        """The value without its places."""
        if isinstance(self.value, dict):
            return {key: entry.plain() for key, entry in self.value.items()}
        if isinstance(self.value, list):
            return [entry.plain() for entry in self.value]
        return self.value

    def at(self, parts: tuple[str | int, ...]) -> "Entry":
        """The entry on a way down, or the last one before the way ends."""
        here = self
        for part in parts:
            inside = (isinstance(here.value, dict) and part in here.value) or (
                isinstance(here.value, list) and isinstance(part, int) and part < len(here.value)
            )
            if not inside:
                break
            here = here.value[part]
        return here


def reached(content: Any, at: Parts) -> Any:
    """What stands at a way's end, None where it leads nowhere."""
    for part in at:
        try:
            content = content[part]
        except (KeyError, IndexError, TypeError):
            return None
    return content


def scalar(text: str) -> Any:
    """A scalar's value by the core schema of YAML 1.2."""
    if text in WORDS:
        return WORDS[text]
    if WHOLE.fullmatch(text):
        return int(text, 0) if text.startswith(("0o", "0x")) else int(text)
    if DECIMAL.fullmatch(text):
        return float(text)
    if NOT_FINITE.fullmatch(text):
        return float(text.replace(".", ""))
    return text


def tree_of(value: Any, place: str) -> Entry:
    """A plain value as a tree that knows where it stands.

    Raises
    ------
    InputError
        A value of another type than a scenario file can hold.
    """
    if isinstance(value, Mapping):
        return Entry({str(key): tree_of(inner, place) for key, inner in value.items()}, place, None)
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return Entry(value, place, None)
    if isinstance(value, Integral):
        return Entry(int(value), place, None)
    if isinstance(value, Real):
        return Entry(float(value), place, None)
    if isinstance(value, Sequence):
        return Entry([tree_of(inner, place) for inner in value], place, None)
    if hasattr(value, "model_dump"):
        return tree_of(value.model_dump(mode="json"), place)
    if hasattr(value, "tolist"):
        return tree_of(value.tolist(), place)
    raise InputError("value", value, "a number, text, true, false, None, a list or a mapping")
