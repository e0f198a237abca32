"""`futian show`: what is known of a scenario or an indicator."""

import argparse
import json
from collections.abc import Iterator

from futian_model.cli.arguments import Commands, printed, ready
from futian_model.cli.console import encodable
from futian_model.languages import every_text
from futian_model.project import Project


def add(commands: Commands) -> None:
    """Its options."""
    showing = commands.add_parser("show", help="print what is known")
    kinds = showing.add_subparsers(required=True, metavar="KIND")
    scenario = kinds.add_parser(
        "scenario", help="a scenario with all it inherits, and where each value is set"
    )
    scenario.add_argument("scenario", metavar="SCENARIO", help="id or file")
    ready(scenario, show_scenario, "--json")
    figures = kinds.add_parser("data", help="published figures of an indicator, every release, with sources")
    figures.add_argument("indicator", metavar="INDICATOR", help="as data/indicators.csv names it")
    figures.add_argument("--place", metavar="GEO", help="this place alone, as data/places.csv names it")
    ready(figures, show_data, "--lang", "--json")
    texts = kinds.add_parser("texts", help="all texts of a language in one file, to be put into another")
    ready(texts, show_texts, "--lang")


def show_scenario(options: argparse.Namespace, project: Project) -> int:
    """The merged scenario, each value with the place that set it."""
    from futian_model.scenario import load_scenario

    scenario = load_scenario(options.scenario, project)
    content = {"scenario": scenario.to_dict(), "provenance": dict(scenario.provenance)}

    def lines() -> Iterator[str]:
        yield f"{scenario.id}  {scenario.title['en']} / {scenario.title['zh']}"
        values = {field: json.dumps(value, ensure_ascii=False) for field, value in scenario.values().items()}
        fields, texts = max(map(len, values)), max(map(len, values.values()))
        for field, value in values.items():
            yield f"{field:<{fields}}  {value:<{texts}}  {scenario.provenance[field]}"

    printed(options, lambda: content, lines)
    return 0


def show_data(options: argparse.Namespace, project: Project) -> int:
    """Published figures of an indicator, release by release."""
    from futian_model.evidence import listing, load_evidence

    evidence, name, place = load_evidence(project), options.indicator, options.place

    def records() -> dict[str, object]:
        figures = listing.records(evidence, name, place)
        return {"indicator": name, "held_as": listing.held_as(evidence, name), "figures": figures}

    printed(options, records, lambda: [listing.listing(evidence, name, options.lang, place)])
    return 0


def show_texts(options: argparse.Namespace, project: Project) -> int:
    """All texts of a language."""
    text = every_text(options.lang)
    print(text if encodable(text) else every_text(options.lang, ascii=True), end="")
    return 0
