"""`futian track`: a new outturn recorded, and what it does to goals, earlier rounds and scenarios."""

import argparse
import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from futian_model.cli.arguments import BAD_INPUT, Commands, printed, ready
from futian_model.cli.console import uninterrupted
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.rounds import Entry, Figure, Score, Source

KINDS = ("official", "academic", "media", "encyclopedia")
PRECISIONS = ("point", "rounded", "estimate", "lower_bound")


def add(commands: Commands) -> None:
    """Its options."""
    tracking = commands.add_parser(
        "track",
        help="record a new official figure; say what it does to goals, rounds and scenarios",
        description="Checks a published figure, appends it to data/observations.csv and prints the gap to"
        " each goal, how earlier rounds fared, and which scenarios it moves and why.",
    )
    option = tracking.add_argument
    option("indicator", metavar="INDICATOR", help="as data/indicators.csv names it")
    option("year", metavar="YEAR", help="what it is of: 2025, or a span or part, 2021-2025, 2025H1")
    option("value", metavar="VALUE", help="as published")
    option("--unit", required=True, help="as published: 亿元, 万人, 万元/人, %%, ...")
    option("--source", required=True, metavar="ID", help="of data/sources.csv, or a new one")
    option("--published", metavar="YYYY-MM", help="default: the date of the source")
    option("--price-basis", metavar="BASIS", help="nominal, constant or none (default: the indicator's)")
    option("--basis", default="", metavar="CENSUS", help="census it rests on, where stated: census_2020, ...")
    option("--place", metavar="GEO", help="as data/places.csv names it (default: the district)")
    option("--precision", choices=PRECISIONS, default="point", help="default: point")
    option("--note", default="", help="one line")
    option("--note-en", default="", help="the note in English (default: as --note)")
    add_source(tracking)
    option("--scenario", default="evidence_trend", metavar="ID", help="baseline (default: evidence_trend)")
    option("--confirm", action="store_true", help="record a figure far from what was expected")
    option("--dry-run", action="store_true", help="check and print, write nothing")
    ready(tracking, track, "--lang", "--json")


def add_source(command: argparse.ArgumentParser) -> None:
    """Options that describe a source not named before."""
    option = command.add_argument
    option("--new-source", metavar="TITLE", help="title of a source not named before")
    option("--publisher", metavar="NAME", help="of the new source")
    option("--publisher-en", metavar="NAME", help="the publisher in English (default: as --publisher)")
    option("--address", default="", metavar="URL", help="of the new source")
    option("--kind", choices=KINDS, default="official", help="of the new source (default: official)")


def source_of(options: argparse.Namespace, published: str) -> "Source | None":
    """The new source as typed; None where a held one is meant."""
    from futian_model.errors import InputError
    from futian_model.rounds import Source

    if options.new_source is None:
        return None
    if not options.publisher:
        raise InputError("publisher", "", "who publishes the new source")
    names = options.publisher, options.publisher_en or options.publisher
    return Source(options.source, options.new_source, *names, published, options.address, options.kind)


def track(options: argparse.Namespace, project: Project) -> int:
    """A figure checked, recorded and told."""
    from dataclasses import replace

    from futian_model.errors import InputError
    from futian_model.evidence import load_evidence
    from futian_model.report.terminal.tracking import Track
    from futian_model.report.words.sentences import words
    from futian_model.rounds import Mixture, come_due, editions, effects, entered, expected, standings
    from futian_model.scenario import load_scenario

    evidence = load_evidence(project)
    figure, source = figure_of(options, evidence)
    baseline = load_scenario(options.scenario, project, evidence=evidence)
    rounds = editions(project)
    with ExitStack() as stack:
        entry = stack.enter_context(entered(project, evidence, figure, source))
        texts = Track(entry, evidence, words(options.lang))
        expectation = expected(evidence, baseline, figure)
        question = texts.asked(expectation)
        if question and not options.confirm:
            print(question, file=sys.stderr)
            return BAD_INPUT
        if question:  # the row says that it was looked at
            accepted = replace(figure, accepted="true")
            entry = stack.enter_context(entered(project, evidence, accepted, source))
            texts = Track(entry, evidence, words(options.lang))
        mixture = Mixture(project, entry.after).with_evidence(evidence, entry.evidence)
        files = {name: project.shown(project.data / f"{name}.csv") for name in ("observations", "sources")}
        recorded = texts.recorded(files, dry=options.dry_run) + texts.expected(expectation)
        with uninterrupted():
            if not options.dry_run:
                entry.record()
            # what is written is told before the work that takes a while
            print("\n".join(recorded), file=sys.stderr if options.json else sys.stdout, flush=True)
        unjudged, goals, forecasts, due = "", [], [], []
        try:
            goals = standings(entry.evidence, baseline, figure.indicator)
            forecasts = scored(rounds, entry, evidence)
            due = come_due(rounds, evidence, entry.evidence)
        except InputError as fault:  # the figure stands, whether or not a scenario can be run with it
            unjudged = str(fault)
        moved = effects(project, mixture, baseline, figure.vintage)
        printed(
            options,
            lambda: (
                shown(options, entry, question, goals, forecasts, due, moved) | {"unjudged": unjudged or None}
            ),
            lambda: [
                *texts.goals(goals, unjudged),
                *texts.scores(rounds, forecasts),
                *texts.come_due(due),
                *texts.effects(moved, baseline),
            ],
        )
    return 0


def figure_of(options: argparse.Namespace, evidence: "Evidence") -> "tuple[Figure, Source | None]":
    """The figure as typed, with what follows from indicator and source."""
    from futian_model.errors import UnknownName
    from futian_model.rounds import Figure

    if options.indicator not in evidence.indicators.index:
        raise UnknownName(options.indicator, evidence.indicators.index)
    known = options.source in evidence.sources.index
    published = options.published or (str(evidence.sources["date"].loc[options.source]) if known else "")
    source = source_of(options, published)
    basis = options.price_basis or str(evidence.indicators["price_basis"].loc[options.indicator])
    as_typed = ("indicator", "value", "unit", "basis", "source", "precision")
    figure = Figure(
        geo=options.place or evidence.place("district"),
        period=options.year,
        price_basis=basis,
        vintage=published,
        note_zh=options.note,
        note_en=options.note_en or options.note,
        **{name: getattr(options, name) for name in as_typed},
    )
    return figure, source


def scored(rounds: Any, entry: "Entry", evidence: "Evidence") -> "list[Score]":
    """Forecasts of what the figure is an outturn of."""
    from futian_model.rounds import forecast_as, scores

    figure = entry.figure
    district, bound = evidence.place("district"), figure.precision == "lower_bound"
    if figure.geo != district or not figure.period.isdigit() or bound:
        return []
    year, names = int(figure.period), forecast_as(evidence.indicators, figure.indicator)
    return [score for name in names for score in scores(rounds, entry.evidence, name, [year])]


def shown(
    options: argparse.Namespace,
    entry: "Entry",
    question: str,
    goals: Any,
    forecasts: Any,
    due: Any,
    moved: Any,
) -> dict[str, Any]:
    """All of it for a script."""
    from dataclasses import asdict

    return {
        "recorded": not options.dry_run,
        "figure": asdict(entry.figure),
        "new_source": None if entry.source is None else asdict(entry.source),
        "line": entry.line,
        "revises": [
            dict(zip(("value", "unit", "vintage", "source"), release, strict=True))
            for release in entry.revises
        ],
        "confirmed": question or None,
        "goals": [standing.to_dict() for standing in goals],
        "forecasts": [score.to_dict() for score in forecasts],
        "register": [prediction.to_dict() for prediction in due],
        "scenarios": moved.to_dict(),
    }
