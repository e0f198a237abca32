"""`futian verify`: whether a delivered report is as it was written and its numbers come out again."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from futian_model.cli.arguments import FAILED, Commands, add_json
from futian_model.project import Project
from futian_model.report.writers.formats import FORMATS

HEADS = {
    "edited": "changed by hand",
    "unbound": "not from its results",
    "changed": "input changed since",
    "apart": "comes out otherwise",
}


def add(commands: Commands) -> None:
    """Its options."""
    verifying = commands.add_parser(
        "verify", help="whether a delivered report is unchanged and its numbers come out again"
    )
    endings = ", ".join(f".{form}" for form in FORMATS)
    verifying.add_argument("files", nargs="+", metavar="FILE", type=Path, help=f"a report: {endings}")
    add_json(verifying)
    verifying.set_defaults(command=verify)


def verify(given: argparse.Namespace, project: Project) -> int:
    """Every file by itself; 0 only when all of them are sound."""
    from futian_model.errors import InputError
    from futian_model.evidence import load_evidence
    from futian_model.report.verify import Verdict
    from futian_model.report.verify import verify as checked

    evidence = load_evidence(project)
    told: dict[str, Verdict | InputError] = {}
    for file in given.files:
        try:
            told[str(file)] = checked(file.read_bytes(), str(file), evidence, file.parent)
        except InputError as fault:
            told[str(file)] = fault
    sound = [isinstance(one, Verdict) and one.sound for one in told.values()]
    if given.json:
        shown = {
            file: {"sound": one.sound, **asdict(one)}
            if isinstance(one, Verdict)
            else {"sound": False, "fault": str(one)}
            for file, one in told.items()
        }
        print(json.dumps(shown, ensure_ascii=False, indent=2))
    else:
        print("\n".join(line for file, one in told.items() for line in lines(file, one)))
    return 0 if all(sound) else FAILED


def lines(file: str, one: object) -> list[str]:
    """A verdict as a terminal shows it."""
    from futian_model.report.verify import Verdict

    if not isinstance(one, Verdict):
        return [str(one)]
    digits = f"all but the last digits of {one.rounded:,} of them" if one.rounded else "to the last digit"
    sound = f"unchanged, and {one.rerun:,} results come out again, {digits}"
    return [
        f"{file}: {sound if one.sound else 'fails'}",
        *(f"  {HEADS[name]}: {told}" for name in HEADS for told in getattr(one, name)),
    ]
