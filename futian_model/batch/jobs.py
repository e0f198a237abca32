"""A report to be made, and what comes of it."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from futian_model.batch.settings import Settings
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.scenario import Scenario


@dataclass(frozen=True)
class Job:
    """One report in one language, to be made anywhere.

    Attributes
    ----------
    notebook : str
        Path within the project.
    parameters : mapping
    name : str
        Of the report's files, without their ending.
    settings : Settings
        Formats, the longest that the notebook may run, and how often it is run again.
    of : str
        Whose it is of several, what they share worked out with the first; empty where it stands alone.
    """

    notebook: str
    parameters: Mapping[str, object]
    name: str
    settings: Settings
    of: str = ""


@dataclass(frozen=True)
class Made:
    """What came of one language of a report.

    Attributes
    ----------
    files : mapping of str to bytes
        By file name, which still says what it is when the file is sent on.
    record : mapping
        Results and inputs that the notebook carries; empty where it failed.
    warnings : mapping of str to list of str
        By file name, what its reader should know about how it came out.
    faults : list of str
        Why it must not go out.
    seconds : float
        In all.
    executing : float
        Seconds of them in the notebook; the rest is checking and writing.
    attempts : int
        Times that the notebook was begun.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    record: Mapping[str, Any] = field(default_factory=dict)
    warnings: Mapping[str, list[str]] = field(default_factory=dict)
    faults: Sequence[str] = ()
    seconds: float = 0.0
    executing: float = 0.0
    attempts: int = 1


def scenario_file(scenario: "Scenario", project: Project) -> str:
    """A scenario's file as a notebook names it: no path of this machine, since the notebook is sent on."""
    return os.path.relpath(project.root / scenario.file, project.root)


def parameters_of(scenario: "Scenario", lang: str, project: Project, settings: Settings) -> dict[str, Any]:
    """What the notebook is given."""
    asked = {"overrides": scenario.overrides or None, "draws": settings.draws, "seed": settings.seed}
    stated = {name: value for name, value in asked.items() if value is not None}
    return {"scenario": scenario_file(scenario, project), "lang": lang, **stated}


@dataclass(frozen=True)
class Outcome:
    """What came of one scenario.

    Attributes
    ----------
    id : str
        The scenario's, or its file where that could not be read.
    title : mapping of str to str
        By language.
    fault : str or None
        Why there is no report.
    kept : Path or None
        Where an earlier folder went that somebody had changed.
    status : str
        ``made``, ``unchanged`` (its report stands as an earlier batch made it), ``failed``, or
        ``skipped`` (not begun, because another had failed).
    file : str
        The scenario's file.
    seconds : float
        Taken by the notebooks and the writing of the files, all languages.
    executing : float
        Seconds of them in the notebooks.
    attempts : int
        Most times that a notebook was begun.
    warnings : tuple of str
        What of its notebooks no report shows, each once.
    """

    id: str
    title: Mapping[str, str]
    fault: str | None = None
    kept: Path | None = None
    status: str = "made"
    file: str = ""
    seconds: float = 0.0
    executing: float = 0.0
    attempts: int = 1
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As the run log has it."""
        return asdict(self) | {
            "kept": None if self.kept is None else self.kept.name,
            "seconds": round(self.seconds, 2),
            "executing": round(self.executing, 2),
        }
