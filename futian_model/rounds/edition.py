"""A round: an edition of the forecast with everything it was made from, in one folder.

`rounds/NAME/` is a project of its own, frozen in time: its `data/` and `params/` are those of the day,
so that whatever reads a project reads a round.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from futian_model.errors import FileFault, InputError, InputErrors, nearest
from futian_model.evidence import Evidence, load_evidence
from futian_model.files import UNRESERVED, digest
from futian_model.project import Project
from futian_model.rounds.results import Values, values
from futian_model.scenario import Scenario, load_scenario

MANIFEST, RESULTS = "manifest.json", "results"
LONGEST = 64
ALLOWED = (
    f"1 to {LONGEST} letters, digits, - _ or ., the first a letter or digit and the last not a .;"
    " no path separators, and no name of a device such as con, nul or com1"
)
FORM = 1
"""Of the manifest; a later library that writes another one still knows this."""


@dataclass(frozen=True, eq=False)
class Round:
    """One edition.

    Attributes
    ----------
    name : str
    folder : Path
    manifest : mapping
        ``made`` (time), ``scenarios`` (title, vintage, years, draws and seed by id), ``failures`` (why
        others are missing), ``made_by`` (library, its code's digest, Python, packages, system) and
        ``files`` (SHA-256 by path).
    """

    name: str
    folder: Path
    manifest: Mapping[str, Any] = field(repr=False)

    @property
    def project(self) -> Project:
        """The round as the project that it was."""
        return Project(self.folder)

    @property
    def date(self) -> str:
        """When it was bound, ISO 8601 in universal time."""
        return str(self.manifest["made"])

    @property
    def scenarios(self) -> list[str]:
        """Ids of the scenarios that it holds."""
        return list(self.manifest["scenarios"])

    def facts(self, name: str) -> Mapping[str, Any]:
        """What the manifest says of a scenario: title, vintage, base_year, horizon, draws, seed."""
        known: Mapping[str, Any] = self.manifest["scenarios"][name]
        return known

    @property
    def failures(self) -> dict[str, str]:
        """Why scenarios are missing, by id or file."""
        return dict(self.manifest["failures"])

    @cached_property
    def evidence(self) -> Evidence:
        """The data of the day.

        Raises
        ------
        InputErrors
            Today's library cannot read them, each fault with file and line.
        """
        with self.placed():
            return load_evidence(self.project)

    def scenario(self, name: str, evidence: Evidence | None = None) -> Scenario:
        """A scenario of the day, on the data of the day or on others.

        Raises
        ------
        InputErrors
            It does not fit the data, or today's library.
        """
        file, known = self.project.params / f"{name}.yaml", evidence or self.evidence
        with self.placed():
            return load_scenario(file, self.project, evidence=known)

    def results(self, name: str, under: str = "") -> Values:
        """Results of a scenario as they were bound; those under a case, where one is named.

        Raises
        ------
        FileFault
            The file is missing or is no results table.
        """
        file = self.folder / RESULTS / f"{name}.csv"
        try:
            return values(file.read_bytes(), under)
        except FileNotFoundError:
            raise FileFault(f"{self.shown}/{RESULTS}/{name}.csv", "no such file") from None
        except (KeyError, ValueError, TypeError) as error:
            fault = f"no results table: {type(error).__name__} {error}"
            raise FileFault(f"{self.shown}/{RESULTS}/{name}.csv", fault) from None

    @property
    def shown(self) -> str:
        """The folder as messages print it."""
        return f"{self.folder.parent.name}/{self.name}"

    @contextmanager
    def placed(self) -> Iterator[None]:
        """Faults inside the round say that they stand there, not in the project's own files."""
        try:
            yield
        except InputError as error:
            for fault in error.faults if isinstance(error, InputErrors) else (error,):
                if fault.file is not None:
                    fault.file = f"{self.shown}/{fault.file}"
            raise


def checked_name(name: str) -> str:
    """A name that a round may have, in one spelling whatever keyboard typed it.

    Raises
    ------
    InputError
        It is not one.
    """
    spelled = unicodedata.normalize("NFC", name)
    sound = spelled[:1].isalnum() and not spelled.endswith(".") and len(spelled) <= LONGEST
    own = re.match(UNRESERVED, spelled.lower())
    if not sound or not own or not all(sign.isalnum() or sign in "-_." for sign in spelled):
        raise InputError("round", name, ALLOWED)
    return spelled


def free(project: Project, name: str) -> Path:
    """Where a new round goes.

    Raises
    ------
    InputError
        The name is none, or taken: a round is never written over.
    """
    home = project.rounds / checked_name(name)
    for held in project.rounds.iterdir() if project.rounds.is_dir() else ():
        if held.name.casefold() == home.name.casefold():  # alike on Windows and macOS
            allowed = (
                f"a name that no round has yet; {project.shown(held)} is held already, and rounds are kept"
            )
            raise InputError("round", name, allowed)
    return home


def names(project: Project) -> list[str]:
    """Rounds that a project holds, by name."""
    folders = project.rounds.iterdir() if project.rounds.is_dir() else ()
    return sorted(folder.name for folder in folders if is_round(project, folder.name))


def editions(project: Project) -> list[Round]:
    """Every round of a project, in the order in which they were bound.

    Raises
    ------
    FileFault
        A manifest is none.
    """
    every = [opened(project, name) for name in names(project)]
    return sorted(every, key=lambda edition: (edition.date, edition.name))


def digests(project: Project, held: Iterable[str] | None = None) -> dict[str, str]:
    """What rounds are known by, some or all, by name: the manifest holds a digest of each of their files."""
    every = names(project) if held is None else held
    return {name: digest((project.rounds / name / MANIFEST).read_bytes()) for name in every}


def is_round(project: Project, name: str) -> bool:
    """Whether a project holds a round of this name."""
    try:
        spelled = checked_name(name)
    except InputError:
        return False
    return (project.rounds / spelled / MANIFEST).is_file()


def opened(project: Project, name: str) -> Round:
    """A round by its name.

    Raises
    ------
    InputError
        There is none.
    FileFault
        Its manifest is not one.
    """
    if not is_round(project, name):
        known = names(project)
        allowed = ", ".join(known) or "none, no round is held yet; futian run --round NAME binds one"
        raise InputError("round", name, allowed, nearest=nearest(name, known))
    folder = project.rounds / checked_name(name)
    file = project.shown(folder / MANIFEST)
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except ValueError as error:
        raise FileFault(file, f"not a manifest: {error}") from None
    needed = {"form": int, "made": str, "scenarios": dict, "failures": dict, "made_by": dict, "files": dict}
    wrong = [
        key
        for key, kind in needed.items()
        if not isinstance(manifest, dict) or not isinstance(manifest.get(key), kind)
    ]
    if wrong or manifest["form"] != FORM:
        raise FileFault(file, f"not a manifest that this version knows: {', '.join(wrong) or 'form'}")
    return Round(folder.name, folder, manifest)
