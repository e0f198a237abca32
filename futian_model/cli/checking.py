"""`futian check`: data and scenarios checked, what each scenario assumes printed."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from futian_model.cli.arguments import FILES, Commands, attempts_of, print_faults, printed, ready
from futian_model.languages import texts
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.scenario import Scenario


def add(commands: Commands) -> None:
    """Its options."""
    checking = commands.add_parser("check", help="check data and scenarios; print what each assumes")
    checking.add_argument("files", nargs="*", metavar="FILE", help=FILES)
    ready(checking, check, "--lang", "--json")


def check(options: argparse.Namespace, project: Project) -> int:
    """What each scenario assumes."""
    from futian_model.report import describe
    from futian_model.report.sections.misfits import misfits
    from futian_model.report.sections.missing import gaps
    from futian_model.report.sections.questions import questions

    evidence, attempts = attempts_of(options.files, project)
    counts = _counts(evidence)
    sound = [attempt.scenario for attempt in attempts if attempt.scenario is not None]
    rows = {scenario.id: describe(scenario, evidence, options.lang) for scenario in sound}
    missing, apart = (
        dict.fromkeys(said.text for scenario in sound for said in about(scenario, evidence, options.lang))
        for about in (gaps, misfits)
    )
    asked = questions(evidence, options.lang)
    content = {
        "data": counts,
        "missing": list(missing),
        "incoherent": list(apart),
        "questions": asked,
        "scenarios": {name: dict(its) for name, its in rows.items()},
        "faults": [str(fault) for attempt in attempts for fault in attempt.faults],
    }
    described = "\n\n".join(_described(scenario, rows[scenario.id], options.lang) for scenario in sound)
    head = texts(Path(__file__).parent, options.lang)["checked"].format(**counts)
    if options.json or sound:
        printed(options, lambda: content, lambda: [head, *asked, *missing, *apart, described])
    return print_faults(attempts, options.lang)


def _counts(evidence: "Evidence") -> dict[str, int]:
    """How much the data package holds; its panels, read on demand, are read and checked here."""
    disputed = evidence.contradictions().drop_duplicates(["geo", "indicator", "period"])
    return {
        "figures": len(evidence.observations),
        "panel_figures": sum(map(len, evidence.panels.values())),
        "sources": len(evidence.sources),
        "places": len(evidence.places),
        "contradictions": len(disputed),
        "explained": int((disputed["explanation_en"] != "").sum()),
    }


def _described(scenario: "Scenario", rows: Sequence[tuple[str, str]], lang: str) -> str:
    lines = [f"{scenario.id}  {scenario.title[lang]}", f"  ({scenario.file})"]
    return "\n".join([*lines, *(f"  {label}: {text}" for label, text in rows)])
