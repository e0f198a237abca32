"""`futian verify`: whether a delivered report is as it was written and its numbers come out again."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from futian_model.batch.settings import TABLES
from futian_model.cli.arguments import FAILED, Commands, printed, ready, whole
from futian_model.errors import FileFault, InputError
from futian_model.project import Project
from futian_model.report.writers.formats import FORMATS

if TYPE_CHECKING:
    from futian_model.report.verify import Verdict

AGREEMENT = (
    "this shows that a file agrees with the record it carries, not who made it: whoever has the library can"
    " make both; to show who issued it, sign the file with Word, LibreOffice or a PDF program (README)"
)
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
    endings, tables = ", ".join(f".{form}" for form in FORMATS), ", ".join(TABLES)
    named = f"a report: {endings}; or a table of results: {tables}"
    verifying.add_argument("files", nargs="+", metavar="FILE", type=Path, help=named)
    verifying.add_argument(
        "--draws", type=whole(1), default=None, metavar="N", help="run reports of up to so many paths again"
    )
    ready(verifying, verify, "--json")


def verify(options: argparse.Namespace, project: Project) -> int:
    """Every file by itself; 0 only when all of them are sound."""
    from futian_model import batch
    from futian_model.evidence import load_evidence
    from futian_model.report.verify import MOST_DRAWS
    from futian_model.report.verify import verify as checked

    most = options.draws or MOST_DRAWS
    evidence = load_evidence(project)
    content, lines = dict[str, dict[str, Any]](), dict[str, list[str]]()
    for file in options.files:
        name = str(file)
        try:
            verdict = (
                batch.verify_table(file, evidence, most_draws=most)
                if file.suffix in {Path(name).suffix for name in TABLES}
                else checked(whole_file(file), name, evidence, file.parent, most_draws=most)
            )
        except InputError as fault:
            content[name], lines[name] = {"sound": False, "fault": str(fault)}, [str(fault)]
        else:
            content[name] = {"sound": verdict.sound, **asdict(verdict)}
            lines[name] = verdict_lines(name, verdict)
    shown = [line for of_one in lines.values() for line in of_one]
    shown += [AGREEMENT] if any(outcome["sound"] for outcome in content.values()) else []
    printed(options, lambda: content, lambda: shown)
    return 0 if all(outcome["sound"] for outcome in content.values()) else FAILED


def whole_file(file: Path) -> bytes:
    """A file that is no larger than a report may be; InputError where there is none."""
    from futian_model.report.writers.foreign import MOST_FILE

    try:
        size = file.stat().st_size
        if size <= MOST_FILE:
            return file.read_bytes()
    except OSError as fault:
        raise FileFault(
            file, f"it cannot be read: {fault.strerror or fault}; allowed: a file that may be read"
        ) from None
    raise InputError("file", f"{size >> 20:,} MB", f"a report, of up to {MOST_FILE >> 20} MB", file=file)


def verdict_lines(file: str, verdict: "Verdict") -> list[str]:
    """A verdict as a terminal shows it."""
    from futian_model.report.verify import cut

    rounded = f"all but the last digits of {verdict.rounded:,} of them"
    digits = rounded if verdict.rounded else "to the last digit"
    rerun = f", and {verdict.rerun:,} results come out again, {digits}" if verdict.rerun else ""
    sound = f"unchanged{rerun}"
    return [
        f"{file}: {sound if verdict.sound else 'fails'}",
        *(f"  {HEADS[name]}: {fault}" for name in HEADS for fault in getattr(verdict, name)),
        *([f"  the office's own wording: {', '.join(cut(verdict.worded))}"] if verdict.worded else []),
    ]
