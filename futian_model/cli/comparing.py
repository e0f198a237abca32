"""`futian compare`: how far apart two scenarios end, and what that comes from."""

import argparse
import json

from futian_model.cli.arguments import Commands, add_json, add_language, whole
from futian_model.project import Project


def add(commands: Commands) -> None:
    """Its options."""
    comparing = commands.add_parser(
        "compare", help="how far apart two scenarios end, and what that comes from"
    )
    comparing.add_argument("a", metavar="A", help="id or file of the scenario it starts from")
    comparing.add_argument("b", metavar="B", help="id or file of the scenario it leads to")
    named = "as data/indicators.csv names it (default: GDP, GDP per head and the first share)"
    comparing.add_argument("--indicator", metavar="NAME", help=named)
    comparing.add_argument("--year", type=whole(0), metavar="Y", help="year compared (default: the last)")
    add_language(comparing)
    add_json(comparing)
    comparing.set_defaults(command=compare)


def compare(given: argparse.Namespace, project: Project) -> int:
    """How far apart two scenarios end, and what that comes from."""
    from futian_model.attribution import Mixtures, attribute
    from futian_model.evidence import load_evidence
    from futian_model.report.compare_words import lines
    from futian_model.scenario import load_scenario

    evidence = load_evidence(project)
    a, b = (load_scenario(one, project, evidence=evidence) for one in (given.a, given.b))
    mixtures = Mixtures(a, b, evidence)
    names = [given.indicator] if given.indicator else mixtures.headline()
    made = [attribute(a, b, evidence, indicator=name, year=given.year, mixtures=mixtures) for name in names]
    if given.json:
        told = {"a": a.id, "b": b.id, "attributions": [one.to_dict() for one in made]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(a, b, made, evidence, given.lang)))
    return 0
