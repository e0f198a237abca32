"""Real reports of two scenarios in both languages, with few draws."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from futian_model.evidence import Evidence, load_evidence
from futian_model.project import find_project
from futian_model.report import ScenarioReport
from futian_model.scenario import load_scenario

Report = Callable[..., ScenarioReport]
SECTIONS = ("cover", "answer", "growth", "outlook", "goals", "required", "baseline", "assumptions", "annex")


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


def flat(content: Any) -> Iterator[dict[str, Any]]:
    """Blocks with those inside them."""
    for block in content:
        yield block
        yield from flat(block.get("children", []))


def texts(block: dict[str, Any]) -> Iterator[str]:
    """Every text that a block shows."""
    match block["type"]:
        case "cover":
            yield from (block["title"], block["subtitle"], block["description"])
            yield from (text for fact in block["facts"] for text in fact)
        case "section":
            yield block["heading"]
        case "prose":
            yield from (sentence["text"] for sentence in block["sentences"])
        case "key_figures":
            for one in block["figures"]:
                yield from (one["label"], one["number"]["text"], one["note"]["text"])
        case "table":
            yield from (block["title"], *(column["label"] for column in block["columns"]))
            yield from (
                cell if isinstance(cell, str) else cell["text"] for row in block["rows"] for cell in row
            )
            yield from ([block["note"]["text"]] if block["note"] else [])
