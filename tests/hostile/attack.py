"""An input made by seed, what has to come of it, and what came."""

import random
import re
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.project import Project

RIGHT, CLEAR = "accepted and right", "refused clearly"
UNCLEAR, TRACEBACK, HANG, WRONG = "unclear", "traceback", "hang", "wrongly accepted"
OUTCOMES = (RIGHT, CLEAR, UNCLEAR, TRACEBACK, HANG, WRONG)
BAD = OUTCOMES[2:]
"""Outcomes of which none may be."""
LONGEST, MOST_LINES = 2000, 120
"""Characters of a line and lines of a refusal that somebody still reads."""


class Bound(BaseException):
    """An input took more time than it may."""


class Refused(InputError):
    """A refusal that came as text: from a command, an exporter, a verdict."""

    def __init__(self, said: str) -> None:
        super().__init__("", "", said)

    def __str__(self) -> str:
        return self.allowed


class Unrunnable(Exception):
    """Checks let something pass that does not run."""


@dataclass(frozen=True)
class Ground:
    """What an input is made in: a project of its own, whose files may be spoilt."""

    project: Project
    evidence: Evidence
    first: int
    delivered: dict[str, bytes]

    @property
    def folder(self) -> Path:
        return self.project.root


@dataclass(frozen=True)
class Attack:
    """One input.

    Attributes
    ----------
    act : callable
        Hands the input to the library; a refusal is an `InputError`.
    sound : bool or None
        Whether it has to be accepted; None where either will do, as long as a refusal is clear.
    names : tuple of str
        What a refusal has to name: the file, the field, the value.
    """

    act: Callable[[], object]
    sound: bool | None
    names: tuple[str, ...] = ()


Make = Callable[[random.Random, Ground], Attack]
KINDS: dict[str, list[Make]] = defaultdict(list)
"""By family, what makes its inputs."""


def kind(family: str) -> Callable[[Make], Make]:
    """Add a maker of inputs to a family."""

    def added(make: Make) -> Make:
        KINDS[family].append(make)
        return make

    return added


def outcome(family: str, number: int, ground: Ground) -> tuple[str, str, str]:
    """Make an input of a family and see what comes of it: the kind, the outcome, and what was said."""
    make = KINDS[family][number % len(KINDS[family])]
    attack = make(random.Random(f"{family} {number}"), ground)
    name = make.__name__
    try:
        attack.act()
    except InputError as refusal:
        said = str(refusal)
        if attack.sound:
            return name, UNCLEAR, f"refused though sound: {said}"
        why = unclear(said, attack.names)
        return name, (UNCLEAR if why else CLEAR), f"{why}: {said}" if why else said
    except Unrunnable as fault:
        return name, WRONG, str(fault)
    except (Bound, MemoryError, RecursionError) as fault:
        return name, HANG, f"{type(fault).__name__}: {fault}"
    except Exception:
        return name, TRACEBACK, traceback.format_exc(limit=-6)
    return name, (WRONG if attack.sound is False else RIGHT), ""


def unclear(said: str, names: tuple[str, ...]) -> str:
    """Why a refusal helps nobody; empty where it does."""
    lines = said.splitlines()
    if len(lines) > MOST_LINES:
        return f"{len(lines)} lines"
    for line in lines:
        if re.fullmatch(r"and [\d,]+ more faults", line):
            continue
        if len(line) > LONGEST:
            return f"a line of {len(line)} characters"
        if not line.isprintable():
            return "characters that a terminal does not print"
        if not re.search(
            r"allowed: \S|did you mean \S|save it as|take the file from",
            line,
        ):
            return "nothing is said of what is allowed"
        if line.count("; allowed: ") > 1:
            return "a refusal within a refusal"
    if not any(all(name in line for name in names) for line in lines):
        return f"no line names {' and '.join(names)}"
    return ""


@contextmanager
def spoilt(file: Path, content: bytes | None) -> Iterator[None]:
    """A file of the project with another content, or without it."""
    before = file.read_bytes()
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)
    try:
        yield
    finally:
        file.write_bytes(before)
