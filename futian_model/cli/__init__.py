"""The command line: one module a command, loaded with what it needs when it is called."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from futian_model import __version__
from futian_model.cli import console
from futian_model.cli.arguments import BAD_INPUT, FAILED, INTERRUPTED
from futian_model.errors import InputError
from futian_model.files import finish, sweep, sweep_scratch
from futian_model.kernels.limits import MEMORY, enough, home, of_memory
from futian_model.kernels.nursery import THREADS
from futian_model.project import Project, find_project

COMMANDS = (
    *("running", "checking", "goals", "targets", "comparing", "rounds"),
    *("tracking", "showing", "verifying", "starting", "exploring"),
)
"""Modules of this package, in the order in which ``--help`` lists what they add."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 only when all of it succeeded."""
    # the last digits of linear algebra hang on its threads: one everywhere, as reports run side by side
    for name in THREADS:
        os.environ.setdefault(name, "1")
    # jsonschema, which nbformat imports, compiles this grammar for a second; nothing here asks for it
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    with console.ready():
        try:
            status = ended(arguments)
        except KeyboardInterrupt as stopped:
            print("stopped; what is finished is whole", file=sys.stderr)
            return INTERRUPTED + getattr(stopped, "number", signal.SIGINT)
        fault = console.lost()
        if fault is not None:
            message = (
                f"not all could be printed: {fault.strerror or fault}; what was to be written is written"
            )
            print(message, file=sys.stderr)
        return status if fault is None else max(status, FAILED)


def ended(arguments: Sequence[str] | None) -> int:
    """Run a command; what it cannot do is told in a line."""
    options = parser().parse_args(arguments)
    try:
        enough()
        project = find_project()
        sweep_scratch()
        recover(project)
        with home():
            status: int = options.command(options, project)
    except InputError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        print(f"{error.filename or 'futian'}: {error.strerror or error}", file=sys.stderr)
        return FAILED
    except Exception as error:
        if not of_memory(error):
            raise
        print(f"futian: {MEMORY}", file=sys.stderr)
        return FAILED
    return status


def recover(project: Project) -> None:
    """Complete what a process that was killed had decided to write, and clear away what it had not."""
    with suppress(PermissionError):  # whoever only reads
        for kept in (*finish(project.root), *finish(project.data)):
            message = "holds what was to be written when the file beside it was changed"
            print(f"{project.shown(kept)}: {message}", file=sys.stderr)
        for folder in (project.data, project.rounds):
            sweep(folder)


def parser() -> argparse.ArgumentParser:
    """Commands and their options."""
    top = argparse.ArgumentParser(prog="futian", description="Growth scenarios, judged against the plan.")
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"{__name__}.{name}").add(commands)
    return top
