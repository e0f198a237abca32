"""Pages that the scenarios of a batch share, made once their reports stand and held against them."""

import os
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from futian_model import report
from futian_model.batch.executors import Executor
from futian_model.batch.folder import manifest_of, publish, stands
from futian_model.batch.jobs import Job, Outcome, scenario_file
from futian_model.batch.publishing import failed, fault_of, files_of, timed, warnings_of
from futian_model.batch.settings import ANNEX, COMPARISON, RESULTS, Settings
from futian_model.batch.stamps import shared_stamp
from futian_model.evidence import Evidence
from futian_model.files import digest
from futian_model.languages import LANGS
from futian_model.project import Project
from futian_model.report.pages.compare import NOTEBOOK as COMPARE
from futian_model.report.pages.evidence import NOTEBOOK as EVIDENCE
from futian_model.report.words.own import own_texts
from futian_model.report.words.sentences import words
from futian_model.results import case
from futian_model.rounds import digests
from futian_model.scenario import Scenario
from futian_model.simulation import READINGS

MOST = 20
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


class Page(ABC):
    """A page that scenarios of one batch share, made once their reports stand and held against them.

    Parameters
    ----------
    scenarios : sequence of (Scenario or None, Outcome)
        Every scenario of the batch with what came of it.

    Attributes
    ----------
    name : str
        Of its folder and files, one of `SHARED`.
    title : str
        Key of what it is called.
    file : str
        Of its notebook.
    sides : sequence of Side
        The scenarios that it tells of, the baseline first.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    file: ClassVar[str]
    fewest: ClassVar[int] = 1

    def __init__(
        self,
        scenarios: Sequence[tuple[Scenario | None, Outcome]],
        project: Project,
        evidence: Evidence,
        settings: Settings,
    ) -> None:
        self.project, self.evidence, self.settings = project, evidence, settings
        self.notebook = project.notebooks / self.file
        held = [(scenario, outcome, self._manifest(outcome)) for scenario, outcome in scenarios]
        standing = [
            Side(scenario, outcome, manifest)
            for scenario, outcome, manifest in held
            if scenario is not None and manifest
        ]
        self.sides = same_years(baseline_first(standing))
        self.every = [outcome for _, outcome in scenarios]

    def _manifest(self, outcome: Outcome) -> dict[str, Any] | None:
        return None if outcome.fault else manifest_of(self.settings.outputs / outcome.id)

    @property
    def due(self) -> bool:
        """Whether there is anything to tell of, and a notebook to do it."""
        return len(self.sides) >= self.fewest and self.notebook.is_file()

    def outcome(self, executor: Executor) -> Outcome:
        """Execute, hold against the scenarios' reports, and publish, unless what stands is the same."""
        outcome = Outcome(self.name, {lang: words(lang)[self.title] for lang in LANGS})
        folder, stamp = self.settings.outputs / self.name, self.stamp()
        if not self.settings.force and stands(folder, stamp, self.settings.langs):
            return replace(outcome, status="unchanged")
        jobs = {lang: self.job(lang) for lang in self.settings.langs}
        by_name = {job.name: product for job, product in executor(jobs.values())}
        by_lang = {lang: by_name[job.name] for lang, job in jobs.items()}
        outcome = timed(outcome, by_lang)
        stated = {**self.stated, "data": dict(self.evidence.fingerprints)}
        fault = fault_of(by_lang, stated) or self.disagreement(
            by_lang[self.settings.langs[0]].record["results"]
        )
        if fault:
            return failed(outcome, fault)
        inputs = by_lang[self.settings.langs[0]].record["inputs"]
        manifest = {
            "id": self.name,
            "langs": list(self.settings.langs),
            "compared": {side.outcome.id: side.manifest["files"][RESULTS] for side in self.sides},
            **{name: inputs[name] for name in ("draws", "seed", "data", "library")},
            "notebook": {self.notebook.name: digest(self.notebook.read_bytes())},
            "stamp": stamp,
            "warnings": warnings_of(by_lang),
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        try:
            return replace(
                outcome, kept=publish(self.settings.outputs, self.name, files_of(by_lang), manifest)
            )
        except OSError as error:
            return failed(outcome, f"{self.name} cannot be written: {error.strerror or error}")

    @property
    @abstractmethod
    def stated(self) -> dict[str, Any]:
        """Inputs that it must have been made from."""

    @abstractmethod
    def asked(self, lang: str) -> dict[str, Any]:
        """Parameters of its notebook in a language."""

    def job(self, lang: str) -> Job:
        """Its notebook in a language."""
        path = os.path.relpath(self.notebook, self.project.root)
        return Job(path, {**self.asked(lang), "lang": lang}, f"{self.name}.{lang}", self.settings)

    def stamp(self, **more: Any) -> str:
        """Hash of everything that it hangs on, the language apart."""
        reports = [
            (side.outcome.id, side.manifest["files"][RESULTS], side.scenario.file) for side in self.sides
        ]
        own = own_texts(self.evidence.project)
        return shared_stamp(reports, self.notebook, self.settings, wording=own, **more)

    def own(self, rows: pd.DataFrame, name: str) -> pd.DataFrame:
        """Of its rows on a scenario, those that its report may hold, as the report names them."""
        return rows

    def disagreement(self, results: str) -> str:
        """Where it says another number than a scenario's own report; empty where none."""
        table = report.results_from(results)
        table = table[table["reading"].isin(READINGS)]
        for side in self.sides:
            name = side.outcome.id
            own = report.results_from((self.settings.outputs / name / RESULTS).read_text("utf-8"))
            rows = self.own(table[table["scenario"] == name], name)
            both = rows.merge(own, on=SAME, suffixes=("", "_own"))
            apart = both[~np.isclose(both["value"], both["value_own"], rtol=0.0, atol=0.0, equal_nan=True)]
            if both.empty:
                return f"none of its figures stands in the report of {name}"
            if not apart.empty:
                row = apart.iloc[0]
                place = f"{row['reading']} {row['indicator']} {row['year']} {row['statistic']}"
                return f"{place} of {name} is {row['value']:.12g}, {row['value_own']:.12g} in its own report"
        return ""


class Comparison(Page):
    """How the scenarios of a batch compare."""

    name, title, file, fewest = COMPARISON, "compare_all_title", COMPARE, 2

    def __init__(self, *asked: Any) -> None:
        super().__init__(*asked)
        ids = {side.outcome.id for side in self.sides}
        self.left_out = [outcome for outcome in self.every if outcome.id not in ids]
        self.sides, self.more = self.sides[:MOST], max(0, len(self.sides) - MOST)

    @property
    def stated(self) -> dict[str, Any]:
        return {"scenarios": [side.scenario.to_dict() for side in self.sides]}

    def asked(self, lang: str) -> dict[str, Any]:
        overrides = [side.scenario.overrides or None for side in self.sides]
        titles = [outcome.title[lang] for outcome in self.left_out]
        return {
            "scenarios": [scenario_file(side.scenario, self.project) for side in self.sides],
            "draws": [side.manifest["draws"] for side in self.sides],
            "seed": [side.manifest["seed"] for side in self.sides],
            **({"overrides": overrides} if any(overrides) else {}),
            **({"more": self.more} if self.more else {}),
            **({"left_out": titles} if titles else {}),
        }

    def stamp(self, **more: Any) -> str:
        titles = [dict(outcome.title) for outcome in self.left_out]
        return super().stamp(left_out=titles, more=self.more, **more)

    def own(self, rows: pd.DataFrame, name: str) -> pd.DataFrame:
        bare = [under.removeprefix(case(scenario=name)).removeprefix(";") for under in rows["case"]]
        return rows.assign(case=bare)


class Annex(Page):
    """What all scenarios of a batch rest on: the evidence, as the baseline sees it."""

    name, title, file = ANNEX, "annex_title", EVIDENCE

    def __init__(self, *asked: Any) -> None:
        super().__init__(*asked)
        self.sides, self.rounds = self.sides[:1], digests(self.project)

    @property
    def stated(self) -> dict[str, Any]:
        return {"scenario": self.sides[0].scenario.to_dict(), "rounds": self.rounds}

    def stamp(self, **more: Any) -> str:
        return super().stamp(rounds=self.rounds, **more)

    def asked(self, lang: str) -> dict[str, Any]:
        (side,) = self.sides
        return {
            "scenario": scenario_file(side.scenario, self.project),
            "draws": side.manifest["draws"],
            "seed": side.manifest["seed"],
            **({"overrides": side.scenario.overrides} if side.scenario.overrides else {}),
        }


def baseline_first(sides: Sequence[Side]) -> list[Side]:
    """Scenarios with the one in front that most others extend; none of them does: as they are."""
    extended = Counter(side.scenario.extends for side in sides if side.scenario.extends)
    named = {side.scenario.id: side for side in sides}
    order = [name for name, _ in extended.most_common() if name in named]
    return sorted(sides, key=lambda side: side.scenario.id not in order[:1])


def same_years(sides: Sequence[Side]) -> list[Side]:
    """Those with the base year and the horizon of the first."""
    spans = [(side.scenario.assumptions.base_year, side.scenario.assumptions.horizon) for side in sides]
    return [side for side, span in zip(sides, spans, strict=True) if span == spans[0]]
