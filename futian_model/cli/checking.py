"""`futian check`: data and scenarios checked, what each scenario assumes printed."""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from futian_model.cli.arguments import FILES, Commands, add_json, add_language, attempts_of, told
from futian_model.languages import texts
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.scenario import Scenario


def add(commands: Commands) -> None:
    """Its options."""
    checking = commands.add_parser("check", help="check data and scenarios; print what each assumes")
    checking.add_argument("files", nargs="*", metavar="FILE", help=FILES)
    add_language(checking)
    add_json(checking)
    checking.set_defaults(command=check)


def check(given: argparse.Namespace, project: Project) -> int:
    """What each scenario assumes."""
    from futian_model.report import describe
    from futian_model.report.sections.misfits import misfits
    from futian_model.report.sections.missing import gaps

    evidence, attempts = attempts_of(given.files, project)
    counts = _counts(evidence)
    sound = [one.scenario for one in attempts if one.scenario is not None]
    rows = {scenario.id: describe(scenario, evidence, given.lang) for scenario in sound}
    missing, apart = (
        dict.fromkeys(sentence.text for scenario in sound for sentence in say(scenario, evidence, given.lang))
        for say in (gaps, misfits)
    )
    if given.json:
        print(
            json.dumps(
                {
                    "data": counts,
                    "missing": list(missing),
                    "incoherent": list(apart),
                    "scenarios": {name: dict(its) for name, its in rows.items()},
                    "faults": [str(fault) for one in attempts for fault in one.faults],
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    elif sound:
        print(texts(Path(__file__).parent, given.lang)["checked"].format(**counts))
        print("".join(f"{text}\n" for text in [*missing, *apart]), end="")
        print("\n\n".join(_described(scenario, rows[scenario.id], given.lang) for scenario in sound))
    return told(attempts)


def _counts(evidence: "Evidence") -> dict[str, int]:
    """How much the data package holds; its panels, read on demand, are read and checked here."""
    disputed = evidence.contradictions().drop_duplicates(["geo", "indicator", "period"])
    return {
        "figures": len(evidence.observations),
        "panel_figures": len(evidence.growth_panels),
        "sources": len(evidence.sources),
        "places": len(evidence.places),
        "contradictions": len(disputed),
        "explained": int((disputed["explanation_en"] != "").sum()),
    }


def _described(scenario: "Scenario", rows: Sequence[tuple[str, str]], lang: str) -> str:
    lines = [f"{scenario.id}  {scenario.title[lang]}", f"  ({scenario.file})"]
    return "\n".join([*lines, *(f"  {label}: {text}" for label, text in rows)])
