"""The comparison of a batch's scenarios: made once their reports stand, and held against them."""

import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from futian_model import report
from futian_model.batch.executors import Executor
from futian_model.batch.folder import manifest_of, publish, stands
from futian_model.batch.jobs import Job, Outcome, scenario_file
from futian_model.batch.publishing import failed, fault_of, files_of, timed, warnings_of
from futian_model.batch.settings import COMPARISON, RESULTS, Settings
from futian_model.batch.stamps import comparison_stamp
from futian_model.evidence import Evidence
from futian_model.files import digest
from futian_model.languages import LANGS
from futian_model.project import Project
from futian_model.report.pages.compare import NOTEBOOK
from futian_model.report.words.sentences import words
from futian_model.results import case
from futian_model.scenario import Scenario
from futian_model.simulation import READINGS

FEWEST, MOST = 2, 20
"""Scenarios that a page compares."""
SAME = ["reading", "indicator", "year", "statistic", "case"]


@dataclass(frozen=True)
class Side:
    """A scenario whose report stands.

    Attributes
    ----------
    manifest : mapping
        Of its report.
    """

    scenario: Scenario
    outcome: Outcome
    manifest: dict[str, Any]


class Comparing:
    """The comparison of one batch.

    Parameters
    ----------
    scenarios : sequence of (Scenario or None, Outcome)
        Every scenario of the batch with what came of it.
    """

    def __init__(
        self,
        scenarios: Sequence[tuple[Scenario | None, Outcome]],
        project: Project,
        evidence: Evidence,
        settings: Settings,
    ) -> None:
        self.project, self.evidence, self.settings = project, evidence, settings
        self.notebook = project.notebooks / NOTEBOOK
        held = [(scenario, outcome, self._manifest(outcome)) for scenario, outcome in scenarios]
        standing = [Side(one, outcome, told) for one, outcome, told in held if one is not None and told]
        same = same_years(baseline_first(standing))
        self.sides, self.more = same[:MOST], max(0, len(same) - MOST)
        ids = {side.outcome.id for side in same}
        self.left_out = [outcome for _, outcome in scenarios if outcome.id not in ids]

    def _manifest(self, outcome: Outcome) -> dict[str, Any] | None:
        return None if outcome.fault else manifest_of(self.settings.outputs / outcome.id)

    @property
    def due(self) -> bool:
        """Whether there is anything to compare, and a notebook to do it."""
        return len(self.sides) >= FEWEST and self.notebook.is_file()

    def made(self, executor: Executor) -> Outcome:
        """Execute, hold against the scenarios' reports, and publish, unless what stands is the same."""
        outcome = Outcome(COMPARISON, {lang: words(lang)["compare_all_title"] for lang in LANGS})
        folder, stamp = self.settings.outputs / COMPARISON, self.stamp()
        if not self.settings.force and stands(folder, stamp, self.settings.langs):
            return replace(outcome, status="unchanged")
        jobs = self.jobs()
        by_name = {job.name: one for job, one in executor(jobs.values())}
        made = {lang: by_name[job.name] for lang, job in jobs.items()}
        outcome = timed(outcome, made)
        stated = {
            "scenarios": [side.scenario.to_dict() for side in self.sides],
            "data": dict(self.evidence.fingerprints),
        }
        fault = fault_of(made, stated) or self.disagreement(made[self.settings.langs[0]].record["results"])
        if fault:
            return failed(outcome, fault)
        inputs = made[self.settings.langs[0]].record["inputs"]
        manifest = {
            "id": COMPARISON,
            "langs": list(self.settings.langs),
            "compared": {side.outcome.id: side.manifest["files"][RESULTS] for side in self.sides},
            **{name: inputs[name] for name in ("draws", "seed", "data", "library")},
            "notebook": {self.notebook.name: digest(self.notebook.read_bytes())},
            "stamp": stamp,
            "warnings": warnings_of(made),
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        try:
            return replace(outcome, kept=publish(self.settings.outputs, COMPARISON, files_of(made), manifest))
        except OSError as error:
            return failed(outcome, f"the comparison cannot be written: {error.strerror or error}")

    def jobs(self) -> dict[str, Job]:
        """The notebook in every language, with the draws and seeds of the scenarios' reports."""
        path = os.path.relpath(self.notebook, self.project.root)
        overrides = [side.scenario.overrides or None for side in self.sides]
        asked = {
            "scenarios": [scenario_file(side.scenario, self.project) for side in self.sides],
            "draws": [side.manifest["draws"] for side in self.sides],
            "seed": [side.manifest["seed"] for side in self.sides],
            **({"overrides": overrides} if any(overrides) else {}),
            **({"more": self.more} if self.more else {}),
        }
        jobs = {}
        for lang in self.settings.langs:
            titles = [outcome.title[lang] for outcome in self.left_out]
            named = {"left_out": titles} if titles else {}
            parameters = {**asked, **named, "lang": lang}
            jobs[lang] = Job(path, parameters, f"{COMPARISON}.{lang}", self.settings)
        return jobs

    def stamp(self) -> str:
        """Hash of everything that the comparison hangs on, the language apart."""
        return comparison_stamp(
            [(side.outcome.id, side.manifest["files"][RESULTS], side.scenario.file) for side in self.sides],
            [dict(outcome.title) for outcome in self.left_out],
            self.more,
            self.notebook,
            self.settings,
        )

    def disagreement(self, results: str) -> str:
        """Where the comparison says another number than a scenario's own report; empty where none."""
        table = report.results_from(results)
        table = table[table["reading"].isin(READINGS)]
        for side in self.sides:
            name = side.outcome.id
            own = report.results_from((self.settings.outputs / name / RESULTS).read_text("utf-8"))
            rows = table[table["scenario"] == name]
            bare = [one.removeprefix(case(scenario=name)).removeprefix(";") for one in rows["case"]]
            both = rows.assign(case=bare).merge(own, on=SAME, suffixes=("", "_own"))
            apart = both[~np.isclose(both["value"], both["value_own"], rtol=0.0, atol=0.0, equal_nan=True)]
            if both.empty:
                return f"none of its figures stands in the report of {name}"
            if not apart.empty:
                row = apart.iloc[0]
                told = f"{row['reading']} {row['indicator']} {row['year']} {row['statistic']}"
                return f"{told} of {name} is {row['value']:.12g}, {row['value_own']:.12g} in its own report"
        return ""


def baseline_first(sides: Sequence[Side]) -> list[Side]:
    """Scenarios with the one in front that most others extend; none of them does: as they are."""
    extended = Counter(side.scenario.extends for side in sides if side.scenario.extends)
    named = {side.scenario.id: side for side in sides}
    found = [name for name, _ in extended.most_common() if name in named]
    return sorted(sides, key=lambda side: side.scenario.id not in found[:1])


def same_years(sides: Sequence[Side]) -> list[Side]:
    """Those with the base year and the horizon of the first."""
    spans = [(one.scenario.assumptions.base_year, one.scenario.assumptions.horizon) for one in sides]
    return [side for side, span in zip(sides, spans, strict=True) if span == spans[0]]
