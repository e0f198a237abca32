"""How a batch runs."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from futian_model.project import USUAL as USUAL_FORM
from futian_model.report.writers.formats import USUAL

INDEX = "index.html"
COMPARISON, ANNEX = SHARED = ("comparison", "evidence")
"""Folders and names of the pages that all scenarios of a batch share: how they compare, and what all of them
rest on."""
RESULTS, PARQUET, DICTIONARY, IAMC = "results.csv", "results.parquet", "dictionary.csv", "iamc.csv"
TABLES = (RESULTS, PARQUET, DICTIONARY, IAMC)
PACKAGE = "datapackage.json"
"""Describes the first and the third of them to whatever reads Frictionless data packages."""
"""Files beside an index with the results of all its reports; a report's own folder has all but the last."""
LOCAL = "local"
REPORT_SECONDS = 1800


@dataclass(frozen=True)
class Settings:
    """How a batch runs.

    Attributes
    ----------
    outputs : Path
        Where the reports go.
    langs : sequence of str
    draws, seed : int or None
        In place of each scenario's own.
    formats : sequence of str
        What each report is written as, of `FORMATS`.
    form : str
        In which those in Chinese are set as Word documents: one of `project.FORMS`.
    jobs : int
        Notebooks at a time; kernels wait now and then, so one more than the processors pays.
    seconds : float
        Longest that the notebook of one report in one language may run.
    retries : int
        Times that a notebook whose kernel died is run again.
    force : bool
        Make reports anew whose inputs have not changed.
    fail_fast : bool
        Begin no other report once one has failed.
    executor : str
        Where the notebooks run, of `executors.EXECUTORS`.
    scheduler : str or None
        Address at which that executor is reached, where it is at one.
    """

    outputs: Path
    langs: Sequence[str]
    draws: int | None = None
    seed: int | None = None
    formats: Sequence[str] = USUAL
    form: str = USUAL_FORM
    jobs: int = field(default_factory=lambda: (os.cpu_count() or 1) + 1)
    seconds: float = REPORT_SECONDS
    retries: int = 1
    force: bool = False
    fail_fast: bool = False
    executor: str = LOCAL
    scheduler: str | None = None
