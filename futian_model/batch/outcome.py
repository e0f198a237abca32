"""What came of one scenario of a batch."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


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

    def told(self) -> dict[str, Any]:
        """As the run log has it."""
        return asdict(self) | {
            "kept": None if self.kept is None else self.kept.name,
            "seconds": round(self.seconds, 2),
            "executing": round(self.executing, 2),
        }
