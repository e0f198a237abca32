"""Every fault in something a user wrote: where it stands, what it says, what is allowed."""

import difflib
from collections.abc import Iterable
from pathlib import Path

MOST_NAMES = 40
"""Names listed of what would be allowed."""
MOST_LINES = 100
"""Faults that are told one by one."""
LONGEST = 60
"""Characters of a value that is looked through for full-width signs."""
WIDE: dict[str, str | int | None] = {
    **{chr(ord(sign) + 0xFEE0): sign for sign in "0123456789.:,;{}[]()-+'\"#%=&*"},
    **dict.fromkeys("“”‘’「」", ""),
    "：": ": ",
    "，": ", ",
    "\u3000": " ",
}
"""Signs as a Chinese keyboard types them, and what they are half-width; quotes are none."""


class InputError(ValueError):
    """One fault in user input, told in one line.

    Parameters
    ----------
    field : str
        Dotted name of the field, ``levers.growth.block``; empty when the fault is the file's own.
    value : object
        What was written.
    allowed : str
        What may stand there, in words, with the unit.
    nearest : str, optional
        The valid name closest to what was written.
    file, line : optional
        Where it stands.
    """

    def __init__(
        self,
        field: str,
        value: object,
        allowed: str,
        *,
        nearest: str | None = None,
        file: str | Path | None = None,
        line: int | None = None,
    ) -> None:
        self.field, self.value, self.allowed, self.nearest = field, value, allowed, nearest
        self.file, self.line = file, line
        super().__init__(field, value, allowed)

    def message(self) -> str:
        """The fault without its place: field, value, what is allowed."""
        fault = f"{cut(self.field)} = {shown(self.value)}; allowed: {self.allowed}{half_width(self.value)}"
        return f"{fault}; did you mean {self.nearest}?" if self.nearest else fault

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (cut(str(self.file or ""), 300), f"line {self.line}" if self.line else "")
            if part
        )
        return legible(f"{place}: {self.message()}" if place else self.message())

    def _render_traceback_(self) -> list[str]:
        """What a notebook prints: the fault, not the way to it."""
        return [str(self)]


class UnknownName(InputError):
    """A field, indicator, scenario or source nobody defined."""

    def __init__(self, field: str, names: Iterable[str]) -> None:
        valid = sorted(names)
        more = [f"and {len(valid) - MOST_NAMES} more"] if len(valid) > MOST_NAMES else []
        allowed = ", ".join([*valid[:MOST_NAMES], *more])
        super().__init__(field, field, allowed, nearest=nearest(field, valid))

    def message(self) -> str:
        wide, name = half_width(self.field), cut(self.field)
        if self.nearest:
            return f"unknown {name}{wide}; did you mean {self.nearest}?"
        return f"unknown {name}; allowed: {self.allowed or 'none'}{wide}"


class MissingField(InputError):
    """A field that must be there and is not."""

    def message(self) -> str:
        return f"missing {self.field}; allowed: {self.allowed}"


class FileFault(InputError):
    """A file that cannot be read as what it should be."""

    def __init__(self, file: str | Path, fault: str, *, line: int | None = None) -> None:
        super().__init__("", "", fault, file=file, line=line)

    def message(self) -> str:
        return self.allowed


class InputErrors(InputError):
    """All faults of one reading at once, a line each."""

    def __init__(self, faults: Iterable[InputError]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            first.field, first.value, first.allowed, nearest=first.nearest, file=first.file, line=first.line
        )

    def __str__(self) -> str:
        return "\n".join(lines_of(self.faults))


def lines_of(faults: Iterable[InputError]) -> list[str]:
    """Every fault once, a line each; of very many the first ones, and how many more there are."""
    lines = list(dict.fromkeys(map(str, faults)))
    more = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"and {more:,} more faults"] if more > 0 else lines


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The valid name most like the one written, or None when nothing is close."""
    valid = list(names)
    leaves = {valid_name.rsplit(".", 1)[-1]: valid_name for valid_name in valid}
    close = difflib.get_close_matches(name, valid, 1, 0.6)
    if close:
        return close[0]
    close = difflib.get_close_matches(name.rsplit(".", 1)[-1].lower(), leaves, 1, 0.6)
    if close:
        return leaves[close[0]]
    # a name that is part of others means the shortest: GDP is real_gdp
    return min((known for known in valid if name.lower() in known.split("_")), key=len, default=None)


def shown(value: object, longest: int = 60) -> str:
    """A value as an error message prints it: one line, cut when long."""
    try:
        text = repr(value) if isinstance(value, str) else str(value)
    except ValueError:  # Python writes no whole number of thousands of digits
        text = "a number of thousands of digits"
    return cut(" ".join(text.split()), longest)


def cut(text: str, longest: int = 200) -> str:
    """A text, without its end when long."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def legible(text: str) -> str:
    """A text on one line, with what a terminal would not show written out."""
    return "".join(
        sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text
    )


def half_width(value: object) -> str:
    """What to write in place of signs as a Chinese keyboard types them, as a message adds it."""
    if not isinstance(value, str) or len(value) > LONGEST:
        return ""
    signs = "".join(dict.fromkeys(sign for sign in value if sign in WIDE))
    return f"; full-width {signs}: write {value.translate(str.maketrans(WIDE))}" if signs else ""


def dotted(parts: Iterable[str | int]) -> str:
    """A field's name as messages print it, ``levers.growth.phases[0].end``."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts).lstrip(".")
