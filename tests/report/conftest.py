"""Real reports of two scenarios in both languages, with few draws."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from futian_model.evidence import Evidence, load_evidence
from futian_model.project import find_project
from futian_model.report import ScenarioReport
from futian_model.scenario import load_scenario

Report = Callable[..., ScenarioReport]
SECTIONS = ("cover", "answer", "outlook", "goals", "required", "assumptions", "annex")


@pytest.fixture(scope="session")
def evidence() -> Evidence:
    return load_evidence(find_project(Path(__file__).parent))


@pytest.fixture(scope="session")
def report(evidence: Evidence) -> Report:
    made: dict[tuple[str, str], ScenarioReport] = {}

    def of(scenario: str | Path, lang: str = "zh") -> ScenarioReport:
        key = str(scenario), lang
        if key not in made:
            loaded = load_scenario(scenario, evidence.project, evidence=evidence)
            made[key] = ScenarioReport(loaded, lang, evidence=evidence, draws=200)
        return made[key]

    return of


def blocks(report: ScenarioReport) -> list[dict[str, Any]]:
    """Every section of a report as the exporters read it."""
    return [getattr(report, name)().to_dict() for name in SECTIONS]
