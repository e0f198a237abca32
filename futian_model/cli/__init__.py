"""The command line: one module a command, loaded with what it needs when it is called."""

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

from futian_model import __version__
from futian_model.cli import console
from futian_model.cli.arguments import BAD_INPUT, FAILED, INTERRUPTED
from futian_model.errors import InputError, cut
from futian_model.files import finish, sweep, sweep_scratch
from futian_model.kernels.limits import MEMORY, enough, home, of_memory
from futian_model.kernels.nursery import THREADS
from futian_model.languages import LANGS, texts
from futian_model.project import Project, find_project
from futian_model.wording import RAISED, said

ROOM = Path(__file__).parent
LONGEST = 1000
"""Letters of what is told of a command line."""
EXTRAS = {
    "dask": ("distributed",),
    "interop": ("pyam",),
    "lab": ("anywidget", "jupyter_server", "jupyterlab", "voila"),
}
"""Modules that an extra of the package brings; those of others come with ``reports``."""
COMMANDS = (
    *("running", "checking", "goals", "targets", "comparing", "rounds"),
    *("tracking", "importing", "showing", "listing", "verifying", "reviewing", "starting", "exploring"),
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
        lang = asked_in(sys.argv[1:] if arguments is None else arguments)
        try:
            status = ended(arguments, lang)
        except KeyboardInterrupt as stopped:
            print(said("stopped; what is finished is whole", lang), file=sys.stderr)
            return INTERRUPTED + getattr(stopped, "number", signal.SIGINT)
        fault = console.lost()
        if fault is not None:
            message = (
                f"not all could be printed: {fault.strerror or fault}; what was to be written is written"
            )
            print(said(message, lang), file=sys.stderr)
        return status if fault is None else max(status, FAILED)


def asked_in(arguments: Sequence[str]) -> str:
    """The language that a command line asks for; what commands say stands in English elsewhere."""
    after = dict(pairwise(arguments)).get("--lang", "")
    asked = next((word.partition("=")[2] for word in arguments if word.startswith("--lang=")), after)
    return asked if asked in LANGS else RAISED


def ended(arguments: Sequence[str] | None, lang: str) -> int:
    """Run a command; what it cannot do is told in a line."""
    try:
        enough()
        options = parser().parse_args(arguments)
        project = find_project()
        introduce(project, options, lang)
        sweep_scratch()
        recover(project, lang)
        with home():
            status: int = options.command(options, project)
    except Misused as error:
        print(said(error, lang), file=sys.stderr)
        sys.exit(BAD_INPUT)
    except InputError as error:
        print(said(error, lang), file=sys.stderr)
        return BAD_INPUT
    except ModuleNotFoundError as error:
        missing = str(error.name).partition(".")[0]
        if missing == __name__.partition(".")[0]:
            raise
        extra = next((name for name, modules in EXTRAS.items() if missing in modules), "reports")
        install = f"pip install 'futian-model[{extra}]'"
        print(said(f"futian: {missing} is not installed; it comes with {install}", lang), file=sys.stderr)
        return FAILED
    except OSError as error:
        print(said(f"{error.filename or 'futian'}: {error.strerror or error}", lang), file=sys.stderr)
        return FAILED
    except Exception as error:
        if not of_memory(error):
            raise
        print(said(f"futian: {MEMORY}", lang), file=sys.stderr)
        return FAILED
    return status


def introduce(project: Project, options: argparse.Namespace, lang: str) -> None:
    """Say which project a command is about, where it is not the working folder's own."""
    here = Path.cwd().resolve()
    if getattr(options, "lays_out", False) or project.root == here:
        return
    if project.shipped or project.root in here.parents:
        known = texts(ROOM, lang)["shipped" if project.shipped else "above"]
        print(known.format(folder=project.root), file=sys.stderr)


def recover(project: Project, lang: str) -> None:
    """Complete what a process that was killed had decided to write, and clear away what it had not."""
    with suppress(PermissionError):  # whoever only reads
        for kept in (*finish(project.root), *finish(project.data)):
            message = "holds what was to be written when the file beside it was changed"
            print(said(f"{project.shown(kept)}: {message}", lang), file=sys.stderr)
        for folder in (project.data, project.rounds):
            sweep(folder)


class Misused(Exception):
    """A command line that cannot be meant."""


class Parser(argparse.ArgumentParser):
    """Commands and options, whose faults are told in the language that was asked for."""

    def error(self, message: str) -> NoReturn:
        plain = "".join(letter if letter.isprintable() else "?" for letter in message)
        raise Misused(f"{self.format_usage()}{self.prog}: error: {cut(plain, LONGEST)}")


def parser() -> argparse.ArgumentParser:
    """Commands and their options."""
    top = Parser(prog="futian", description="Growth scenarios, judged against the plan.")
    top.add_argument("--version", action="version", version=__version__)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for name in COMMANDS:
        import_module(f"{__name__}.{name}").add(commands)
    return top
