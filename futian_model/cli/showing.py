"""`futian show`: what is known of a scenario or an indicator."""

import argparse
import json

from futian_model.cli.arguments import Commands, add_json, add_language
from futian_model.languages import every_text
from futian_model.project import Project


def add(commands: Commands) -> None:
    """Its options."""
    showing = commands.add_parser("show", help="print what is known")
    kinds = showing.add_subparsers(required=True, metavar="KIND")
    one = kinds.add_parser("scenario", help="a scenario with all it inherits, and where each value is set")
    one.add_argument("scenario", metavar="SCENARIO", help="id or file")
    add_json(one)
    one.set_defaults(command=show_scenario)
    figures = kinds.add_parser("data", help="published figures of an indicator, every release, with sources")
    figures.add_argument("indicator", metavar="INDICATOR", help="as data/indicators.csv names it")
    figures.add_argument("--place", metavar="GEO", help="this place alone, as data/places.csv names it")
    add_language(figures)
    add_json(figures)
    figures.set_defaults(command=show_data)
    texts = kinds.add_parser("texts", help="all texts of a language in one file, to be put into another")
    add_language(texts)
    texts.set_defaults(command=show_texts)


def show_scenario(given: argparse.Namespace, project: Project) -> int:
    """The merged scenario, each value with the place that set it."""
    from futian_model.scenario import load_scenario

    scenario = load_scenario(given.scenario, project)
    if given.json:
        shown = {"scenario": scenario.to_dict(), "provenance": dict(scenario.provenance)}
        print(json.dumps(shown, ensure_ascii=False, indent=2))
        return 0
    print(f"{scenario.id}  {scenario.title['en']} / {scenario.title['zh']}")
    values = {field: json.dumps(value, ensure_ascii=False) for field, value in scenario.values().items()}
    fields, texts = max(map(len, values)), max(map(len, values.values()))
    for field, value in values.items():
        print(f"{field:<{fields}}  {value:<{texts}}  {scenario.provenance[field]}")
    return 0


def show_data(given: argparse.Namespace, project: Project) -> int:
    """Published figures of an indicator, release by release."""
    from futian_model.evidence import listing, load_evidence

    evidence = load_evidence(project)
    if given.json:
        figures = listing.records(evidence, given.indicator, given.place)
        held = {"indicator": given.indicator, "held_as": listing.held_as(evidence, given.indicator)}
        print(json.dumps({**held, "figures": figures}, ensure_ascii=False, indent=2))
    else:
        print(listing.listing(evidence, given.indicator, given.lang, given.place))
    return 0


def show_texts(given: argparse.Namespace, project: Project) -> int:
    """All texts of a language."""
    print(every_text(given.lang), end="")
    return 0
