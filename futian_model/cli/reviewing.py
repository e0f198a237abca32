"""`futian review`: an edited Word report; ``--apply`` keeps its wording, ``--undo`` takes that back."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from futian_model.cli.arguments import BAD_INPUT, Commands, printed, ready
from futian_model.cli.console import uninterrupted
from futian_model.cli.verifying import whole_file
from futian_model.errors import InputError, MissingField
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.review import Review


def add(commands: Commands) -> None:
    """Its options."""
    reviewing = commands.add_parser(
        "review",
        help="an edited Word report: keep its wording, dispute its figures, list its comments",
        description="Says of every edit of a delivered Word report whether it is another wording, which"
        " reports then say, a figure, which comes from the results alone, or neither; and lists the comments."
        " Tracked changes are read as accepted. Writes nothing without --apply.",
    )
    option = reviewing.add_argument
    option("file", nargs="?", metavar="FILE", type=Path, help="a .docx that futian run made, edited")
    option("--apply", action="store_true", help="keep what the dry run says in review/")
    option("--undo", action="store_true", help="take the last review back")
    ready(reviewing, run, "--lang", "--json")


def run(options: argparse.Namespace, project: Project) -> int:
    """A file weighed, and kept where that was asked for; 0 only where no figure was changed."""
    from futian_model.evidence import load_evidence
    from futian_model.review import apply, lines, review

    if options.undo:
        return taken_back(options, project)
    if options.file is None:
        raise MissingField("FILE", "", "a Word report: .docx")
    content = whole_file(options.file)
    weighed = review(content, str(options.file), load_evidence(project))
    with uninterrupted():
        kept = project.shown(apply(weighed, content, project)) if options.apply else ""
        printed(options, lambda: shown(weighed, kept), lambda: lines(weighed, kept, options.lang))
    return BAD_INPUT if weighed.disputed else 0


def taken_back(options: argparse.Namespace, project: Project) -> int:
    """The last review gone."""
    from futian_model.review import undo, undone

    if options.file is not None:
        raise InputError("FILE", options.file, "no file beside --undo")
    with uninterrupted():
        home = project.shown(undo(project))
        printed(options, lambda: {"undone": home}, lambda: [undone(home, options.lang)])
    return 0


def shown(weighed: "Review", kept: str) -> dict[str, Any]:
    """All of it for a script."""
    from futian_model.review import content_of

    return {"kept": kept or None, **content_of(weighed)}
