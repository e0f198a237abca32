"""What several commands ask for."""

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from futian_model.cli.console import encodable
from futian_model.errors import InputError, lines_of
from futian_model.languages import LANGS
from futian_model.project import Project
from futian_model.wording import said

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.scenario import Attempt, Scenario

BAD_INPUT, FAILED, INTERRUPTED = 2, 1, 128
"""Exit statuses; to the last one the number of the signal is added."""
FILES = "scenario file or id; none: the built-in ones"
Commands = Any
"""Where a command adds itself: what argparse keeps its commands in."""


SHARED: dict[str, dict[str, Any]] = {
    "--lang": {"choices": LANGS, "default": "en", "help": "language (default: en)"},
    "--json": {"action": "store_true", "help": "print JSON"},
}
"""Options of several commands: the language of what is printed, and a form for scripts."""


def ready(command: argparse.ArgumentParser, run: Callable[..., int], *shared: str) -> None:
    """Give a command the options it shares with others, after its own, and what it runs."""
    for option in shared:
        command.add_argument(option, **SHARED[option])
    command.set_defaults(command=run)


def printed(
    options: argparse.Namespace, content: Callable[[], Any], lines: Callable[[], Iterable[str]]
) -> None:
    """Print for a script where that was asked for, else lines for a reader; only one of the two is made."""
    if options.json:
        value = content()
        text = json.dumps(value, ensure_ascii=False, indent=2)
        print(text if encodable(text) else json.dumps(value, indent=2))
    else:
        print("\n".join(lines()))


def whole(least: int) -> Any:
    """An argument that is a whole number from `least` on."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r}; allowed: a whole number from {least}")
        return int(text)

    return read


def percents(text: str) -> tuple[float, float]:
    """Two numbers of % as fractions."""
    try:
        low, high = (float(part) / 100 for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}; allowed: two numbers such as -5,5") from None
    return low, high


def attempts_of(
    files: Sequence[str],
    project: Project,
    overrides: str = "",
    read: "Callable[[list[Scenario], Evidence], None]" = lambda scenarios, evidence: None,
) -> "tuple[Evidence, list[Attempt]]":
    """The project's evidence, and what comes of each file; the built-in ones when none is named.

    Parameters
    ----------
    overrides : str
        Values in place of every file's, ``field=value; field=value``.
    read : callable
        Told the scenarios that could be read, once the first one is rehearsed, and the evidence.
    """
    from futian_model.evidence import load_evidence
    from futian_model.scenario import attempt_all, builtin_scenarios

    evidence = load_evidence(project)
    attempts = attempt_all(files or builtin_scenarios(project), project, evidence, overrides)
    first = [_rehearsed(attempt, evidence) for attempt in attempts[:1]]
    read([attempt.scenario for attempt in attempts if attempt.scenario is not None], evidence)
    return evidence, [*first, *(_rehearsed(attempt, evidence) for attempt in attempts[1:])]


def _rehearsed(attempt: "Attempt", evidence: "Evidence") -> "Attempt":
    """A sound file's attempt, or a faulty one where the scenario cannot be simulated."""
    from futian_model.simulation import rehearse

    if attempt.scenario is None:
        return attempt
    try:
        rehearse(attempt.scenario, evidence)
    except InputError as fault:
        return replace(attempt, scenario=None, faults=(fault,))
    return attempt


def print_faults(attempts: "Sequence[Attempt]", lang: str) -> int:
    """Print every fault once; the exit status."""
    faults = lines_of(fault for attempt in attempts for fault in attempt.faults)
    for fault in faults:
        print(said(fault, lang), file=sys.stderr)
    return BAD_INPUT if faults else 0
