"""Opening an old round: it gives its results again to the last digit, or the input that changed is named."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from futian_model.errors import InputError
from futian_model.files import digest, of_desktop
from futian_model.project import Project
from futian_model.rounds.edition import MANIFEST, Round
from futian_model.rounds.making import changed
from futian_model.rounds.results import Row, results, values, written

EDITED, MISSING, ADDED = "edited", "missing", "added"


class Again(NamedTuple):
    """A scenario of a round, run again.

    Attributes
    ----------
    rows, differing : int
        Values bound, and how many of them come out otherwise or not at all.
    largest : Row or None
        The one that is off most, relative to its size.
    then, now : float
        Its values; NaN where it is no longer there.
    fault : str
        Why it cannot be run; empty where it can.
    """

    scenario: str
    rows: int
    differing: int
    largest: Row | None = None
    then: float = math.nan
    now: float = math.nan
    fault: str = ""

    @property
    def same(self) -> bool:
        """To the last digit."""
        return not self.fault and not self.differing


@dataclass(frozen=True)
class Reproduction:
    """What came of opening a round.

    Attributes
    ----------
    scenarios : list of Again
    making : mapping of str to (str, str)
        Library, Python, packages and system that are others now: then and now.
    files : mapping of str to str
        Files of the round that are not as they were bound: ``"edited"``, ``"missing"``, ``"added"``.
    notebooks : list of str
        Notebooks of the project that are others now; results do not go through them, reports do.
    """

    round: Round = field(repr=False)
    scenarios: list[Again]
    making: dict[str, tuple[str, str]]
    files: dict[str, str]
    notebooks: list[str]

    @property
    def same(self) -> bool:
        """Whether what was bound stands and gives every result to the last digit; more files do no harm."""
        return set(self.files.values()) <= {ADDED} and all(again.same for again in self.scenarios)

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "round": self.round.name,
            "made": self.round.date,
            "reproduced": self.same,
            "scenarios": [
                {
                    "scenario": again.scenario,
                    "reproduced": again.same,
                    "values": again.rows,
                    "differing": again.differing,
                    "largest": None if again.largest is None else again.largest._asdict(),
                    "then": None if math.isnan(again.then) else again.then,
                    "now": None if math.isnan(again.now) else again.now,
                    "fault": again.fault,
                }
                for again in self.scenarios
            ],
            "failures": self.round.failures,
            "changed": {
                "made_by": {name: list(pair) for name, pair in self.making.items()},
                "files": self.files,
                "notebooks": self.notebooks,
            },
        }


def reproduce(
    edition: Round, project: Project, progress: Callable[[str], object] = lambda scenario: None
) -> Reproduction:
    """Run a round again, from what it holds and with today's library.

    Parameters
    ----------
    edition : Round
    project : Project
        Whose notebooks are held against those of the round.
    progress : callable
        Told each scenario when it is done.
    """
    again = []
    for name in edition.scenarios:
        again.append(one_again(edition, name))
        progress(name)
    notebooks = [
        path
        for path, was in edition.manifest["files"].items()
        if path.startswith(f"{project.notebooks.name}/") and not stands(project, path, was)
    ]
    return Reproduction(edition, again, changed(edition.manifest["made_by"]), touched(edition), notebooks)


def one_again(edition: Round, name: str) -> Again:
    """A scenario of a round, run again."""
    try:
        then = edition.results(name)
        now = values(written(results(edition.scenario(name), edition.evidence)))
    except InputError as error:
        return Again(name, 0, 0, fault="; ".join(str(error).splitlines()))
    off = {row: distance(value, now.get(row)) for row, value in then.items()}
    off |= {row: math.inf for row in now.keys() - then.keys()}
    differing = {row: size for row, size in off.items() if size}
    if not differing:
        return Again(name, len(then), 0)
    largest = max(differing, key=lambda row: (differing[row], row))
    nowhere = math.nan
    return Again(
        name, len(then), len(differing), largest, then.get(largest, nowhere), now.get(largest, nowhere)
    )


def distance(then: float, now: float | None) -> float:
    """How far apart two values are, relative to the first; zero only where no digit differs."""
    if now is None:
        return math.inf
    if then == now or (math.isnan(then) and math.isnan(now)):
        return 0.0
    gap = abs(now - then) / abs(then) if then else math.inf
    return gap if gap > 0 else math.inf


def touched(edition: Round) -> dict[str, str]:
    """Files of a round that are not as they were bound."""
    bound = edition.manifest["files"]
    here = {
        file.relative_to(edition.folder).as_posix(): file
        for file in edition.folder.rglob("*")
        if file.is_file() and not of_desktop(file.name)
    }
    del here[MANIFEST]
    states = {
        path: EDITED if path in here else MISSING
        for path, was in bound.items()
        if path not in here or digest(here[path].read_bytes()) != was
    }
    return states | {path: ADDED for path in sorted(here.keys() - bound.keys())}


def stands(project: Project, path: str, was: str) -> bool:
    """Whether a file of the project is still as bound."""
    file = project.root / path
    return file.is_file() and digest(file.read_bytes()) == was
