"""`futian round`: the rounds that are held, or one of them opened: does it come out again?"""

import argparse
import sys

from futian_model.cli.arguments import BAD_INPUT, FAILED, Commands, printed, ready
from futian_model.errors import InputError
from futian_model.project import Project
from futian_model.wording import said


def add(commands: Commands) -> None:
    """Its options."""
    opening = commands.add_parser(
        "round", help="list the rounds, or run one again from what it holds and say what changed"
    )
    opening.add_argument("name", nargs="?", metavar="NAME", help="a round; none: list them all")
    opening.add_argument(
        "--register", action="store_true", help="list every chance that rounds state, and what came of it"
    )
    ready(opening, show, "--lang", "--json")


def listed(options: argparse.Namespace, project: Project) -> int:
    """All rounds, in the order in which they were bound; 0 only when each can be read."""
    from futian_model.report.terminal import rounds as rounds_lines
    from futian_model.rounds import names, opened

    known, status = [], 0
    for name in names(project):
        try:
            known.append(opened(project, name))
        except InputError as fault:
            print(said(fault, options.lang), file=sys.stderr)
            status = BAD_INPUT
    known.sort(key=lambda edition: edition.date)
    content = [{"round": edition.name, **edition.manifest} for edition in known]
    printed(options, lambda: content, lambda: rounds_lines.listing(known, options.lang))
    return status


def registered(options: argparse.Namespace, project: Project) -> int:
    """Every chance that all rounds, or one, state, scored by today's figures."""
    from futian_model.evidence import load_evidence
    from futian_model.report.terminal.register import register_lines
    from futian_model.rounds import editions, opened, predictions

    evidence = load_evidence(project)
    rounds = editions(project) if options.name is None else [opened(project, options.name)]
    filed = predictions(rounds, evidence)
    content = [prediction.to_dict() for prediction in filed]
    printed(options, lambda: content, lambda: register_lines(filed, len(rounds), evidence, options.lang))
    return 0


def show(options: argparse.Namespace, project: Project) -> int:
    """All rounds, or whether one comes out again; 0 only when it does to the last digit."""
    from tqdm import tqdm

    from futian_model.report.terminal import rounds as rounds_lines
    from futian_model.rounds import opened, reproduce

    if options.register:
        return registered(options, project)
    if options.name is None:
        return listed(options, project)
    edition = opened(project, options.name)
    with tqdm(total=len(edition.scenarios), unit="scenario", disable=None, leave=False) as bar:
        again = reproduce(edition, project, lambda scenario: bar.update())
    printed(options, again.to_dict, lambda: rounds_lines.reproduced(again, options.lang))
    return 0 if again.same else FAILED
