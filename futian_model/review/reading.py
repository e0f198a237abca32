"""An edited Word report: read within bounds, and set beside what was delivered."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from nbformat import NotebookNode

from futian_model import __version__
from futian_model.errors import FileFault, InputError
from futian_model.report.page.binding import mappings
from futian_model.report.page.outputs import blocks_of, document
from futian_model.report.page.record import faults
from futian_model.report.verify import carried, of_record, opcodes
from futian_model.report.writers import foreign
from futian_model.report.writers.docx import seen, write
from futian_model.report.writers.docx.reading import Remark, macros, remarks

LOCKED = b"\xd0\xcf\x11\xe0"
"""How a file begins that has a password, or is of Word before 2007."""
PACKED = b"PK\x03\x04"
ALIKE = 0.3
"""Part of their letters that two lines have in common where one is the other, edited."""
MOST_PAIRS = 250_000
"""Pairs of lines that are held against each other; of more none is."""
UNSEEN = str.maketrans("", "", "\u200b\u2060\ufeff")


class Pair(NamedTuple):
    """A line that differs.

    Attributes
    ----------
    at : int
        Its number among the lines as delivered; of one that was put in, that of the next.
    place : str
        The heading that it stands under.
    was, now : str
        As delivered and as it is; empty where there was or is none.
    """

    at: int
    place: str
    was: str
    now: str


@dataclass(frozen=True)
class Edited:
    """A delivered report with what has become of it.

    Attributes
    ----------
    notebook : NotebookNode
        That it carries.
    lines : tuple of str
        As delivered.
    pairs : tuple of Pair
    remarks : tuple of Remark
    """

    notebook: NotebookNode
    lines: tuple[str, ...]
    pairs: tuple[Pair, ...]
    remarks: tuple[Remark, ...]


def edited(content: bytes, name: str) -> Edited:
    """An edited report and its delivered lines; nothing in it is run.

    Raises
    ------
    InputError
        It is no Word report of this library, holds macros, has a password, is of another version of the
        library or without its record, or its record does not hold together.
    """
    if not name.lower().endswith(".docx"):
        raise InputError("file", Path(name).name, "a Word report: .docx", file=name)
    if content.startswith(LOCKED):
        raise FileFault(name, "it has a password or is no .docx; allowed: a .docx saved without a password")
    if not content.startswith(PACKED):
        raise FileFault(name, "it is no Word file; allowed: a Word report: .docx")
    notebook, _ = carried(content, name)
    if macros(content):
        raise FileFault(name, "it holds macros; allowed: a .docx without any")
    with of_record(name):
        misfits = faults(notebook)
    if misfits:
        raise FileFault(name, f"its record does not hold together: {misfits[0]}; allowed: {AS_DELIVERED}")
    with of_record(name):
        written = write(document(notebook))
    try:
        own, comments = foreign.apart(_read, content)
    except foreign.Beyond as fault:
        raise InputError("file", str(fault), AS_DELIVERED, file=name) from None
    meant = lines(written.content)
    pairs = _pairs(meant, own, set(headings(notebook)))
    return Edited(notebook, tuple(meant), tuple(pairs), tuple(comments))


AS_DELIVERED = "a report as it was delivered"


def of_version(library: object, name: str) -> None:
    """Refuse a report of another version: its sentences may be said otherwise today."""
    if library != __version__:
        raise FileFault(
            name,
            f"it was made by version {library} of this library, now {__version__};"
            " allowed: a report of this version",
        )


def _read(content: bytes) -> tuple[list[str], list[Remark]]:
    return lines(content), remarks(content)


def lines(content: bytes) -> list[str]:
    """The lines of a file, without marks at which they may break."""
    return [line.translate(UNSEEN) for line in seen(content)]


def headings(notebook: NotebookNode) -> Iterator[str]:
    """Headings of a report, by which an edit is placed."""
    for part in (part for block in blocks_of(notebook) for part in mappings(block)):
        if part.get("type") == "section":
            yield " ".join(str(part["heading"]).split())


def _pairs(meant: Sequence[str], own: Sequence[str], heads: set[str]) -> Iterator[Pair]:
    """Lines that differ, each with the heading that it stands under."""
    places, place = list[str](), ""
    for line in meant:
        place = line if line in heads else place
        places.append(place)
    for what, at, to, start, stop in opcodes(meant, own):
        if what != "equal":
            for here, was, now in _aligned(meant[at:to], own[start:stop]):
                number = min(at + here, len(places) - 1)
                yield Pair(number, places[number] if places else "", was, now)


def _aligned(meant: Sequence[str], own: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Lines that stand for each other, those most alike together, and those without another."""
    if len(meant) * len(own) > MOST_PAIRS:
        yield from ((at, line, "") for at, line in enumerate(meant))
        yield from ((len(meant), "", line) for line in own)
        return
    alike = [[_alike(was, now) for now in own] for was in meant]
    best = [[0.0] * (len(own) + 1) for _ in range(len(meant) + 1)]
    for at in reversed(range(len(meant))):
        for to in reversed(range(len(own))):
            pair = alike[at][to] + best[at + 1][to + 1] if alike[at][to] else 0.0
            best[at][to] = max(pair, best[at + 1][to], best[at][to + 1])
    at = to = 0
    while at < len(meant) or to < len(own):
        both = at < len(meant) and to < len(own)
        if both and alike[at][to] and best[at][to] == alike[at][to] + best[at + 1][to + 1]:
            yield at, meant[at], own[to]
            at, to = at + 1, to + 1
        elif at < len(meant) and (to == len(own) or best[at][to] == best[at + 1][to]):
            yield at, meant[at], ""
            at += 1
        else:
            yield at, "", own[to]
            to += 1


def _alike(was: str, now: str) -> float:
    """How much two lines have in common, 0 to 1; 0 where they are no edit of each other.

    Two figures of a table are one edited, whatever they are.
    """
    short = max(len(was), len(now)) <= SHORT
    ratio = difflib.SequenceMatcher(None, was, now, autojunk=False).ratio()
    return max(ratio, ALIKE) if short else ratio if ratio >= ALIKE else 0.0


SHORT = 12
"""Letters of a line so short that it stands for any other."""
