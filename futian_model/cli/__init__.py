"""The command line: one module a command, loaded with what it needs when it is called."""

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from futian_model import __version__
from futian_model.cli.arguments import BAD_INPUT, FAILED, INTERRUPTED
from futian_model.errors import InputError
from futian_model.kernels.nursery import THREADS
from futian_model.project import find_project

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
    options = parser().parse_args(arguments)
    try:
        status: int = options.command(options, find_project())
    except InputError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except OSError as error:
        print(f"{error.filename or 'futian'}: {error.strerror or error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("stopped; finished reports are whole", file=sys.stderr)
        return INTERRUPTED
    return status


def parser() -> argparse.ArgumentParser:
    """Commands and their options."""
    top = argparse.ArgumentParser(prog="futian", description="Growth scenarios, judged against the plan.")
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"{__name__}.{name}").add(commands)
    return top
