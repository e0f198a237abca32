"""`futian compare`: how far apart two scenarios end, or what moved between two rounds, and why."""

import argparse
from collections.abc import Sequence

from futian_model.cli.arguments import FAILED, Commands, add_json, add_language, printed, whole
from futian_model.errors import InputError
from futian_model.project import Project


def add(commands: Commands) -> None:
    """Its options."""
    comparing = commands.add_parser(
        "compare", help="how far apart two scenarios end, or what moved between two rounds, and why"
    )
    comparing.add_argument("a", metavar="A", help="id or file of the scenario it starts from, or a round")
    comparing.add_argument("b", metavar="B", help="id or file of the scenario it leads to, or a round")
    named = "as data/indicators.csv names it (default: GDP, GDP per head and the first share)"
    comparing.add_argument("--indicator", metavar="NAME", help=named)
    at = "year compared (default: the last; of rounds the goals' years too)"
    comparing.add_argument("--year", type=whole(0), metavar="Y", help=at)
    add_language(comparing)
    add_json(comparing)
    comparing.set_defaults(command=compare)


def compare(options: argparse.Namespace, project: Project) -> int:
    """How far apart two scenarios end, or what moved between two rounds, and what that comes from."""
    from futian_model.rounds import is_round

    known = [is_round(project, name) for name in (options.a, options.b)]
    if all(known):
        return of_rounds(options, project)
    try:
        return of_scenarios(options, project)
    except InputError as fault:
        if any(known) and fault.field == "scenario":
            raise mixed(options, project, known) from None
        raise


def mixed(options: argparse.Namespace, project: Project, known: Sequence[bool]) -> InputError:
    """The fault of a round beside what is none."""
    from futian_model.rounds import held

    a_round, other = (options.a, options.b) if known[0] else (options.b, options.a)
    rounds = ", ".join(edition.name for edition in held(project))
    allowed = f"two rounds or two scenarios; {a_round} is a round, {other} is not; rounds held: {rounds}"
    return InputError("compare", f"{options.a} {options.b}", allowed)


def of_rounds(options: argparse.Namespace, project: Project) -> int:
    """What moved between two rounds."""
    from tqdm import tqdm

    from futian_model.report.terminal.rounds import compared
    from futian_model.rounds import compare_rounds, opened

    a, b = (opened(project, name) for name in (options.a, options.b))
    with tqdm(total=len(b.scenarios), unit="scenario", disable=None, leave=False) as bar:
        chosen = {"indicator": options.indicator, "year": options.year}
        made = compare_rounds(a, b, progress=lambda scenario: bar.update(), **chosen)
    printed(options, made.to_dict, lambda: compared(made, b.evidence, options.lang))
    return FAILED if made.faults else 0


def of_scenarios(options: argparse.Namespace, project: Project) -> int:
    """How far apart two scenarios end, and what that comes from."""
    from futian_model.attribution import Mixtures, attribute
    from futian_model.evidence import load_evidence
    from futian_model.report.terminal.differences import lines
    from futian_model.scenario import load_scenario

    evidence = load_evidence(project)
    a, b = (load_scenario(one, project, evidence=evidence) for one in (options.a, options.b))
    mixtures = Mixtures(a, b, evidence)
    names = [options.indicator] if options.indicator else mixtures.headline()
    made = [attribute(a, b, evidence, indicator=name, year=options.year, mixtures=mixtures) for name in names]
    content = {"a": a.id, "b": b.id, "attributions": [split.to_dict() for split in made]}
    printed(options, lambda: content, lambda: lines(a, b, made, evidence, options.lang))
    return 0
