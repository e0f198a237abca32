"""What came of one scenario of a batch."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


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
    """

    id: str
    title: Mapping[str, str]
    fault: str | None = None
    kept: Path | None = None
