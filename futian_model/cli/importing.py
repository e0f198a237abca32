"""`futian import`: tables of figures, cell by cell; ``--write`` writes them, ``--undo`` takes them back."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from futian_model.cli.arguments import BAD_INPUT, Commands, printed, ready
from futian_model.cli.console import uninterrupted
from futian_model.cli.tracking import add_source, source_of
from futian_model.errors import InputError, MissingField
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.evidence import Evidence
    from futian_model.importing import Delivery
    from futian_model.report.terminal.importing import Import


def add(commands: Commands) -> None:
    """Its options."""
    importing = commands.add_parser(
        "import",
        help="tables of official figures: what each cell is to the data; write them, take them back",
        description="Reads workbooks and CSV of the layouts in use, says of every cell whether it is new, the"
        " same, revised or contradicts what is held, and writes nothing without --write.",
    )
    option = importing.add_argument
    option("files", nargs="*", metavar="FILE", help=".xlsx, .xls, .csv or text")
    option("--source", metavar="ID", help="of data/sources.csv, or a new one")
    option("--published", metavar="YYYY-MM", help="default: what the file says, else the date of the source")
    option("--place", default="", metavar="GEO", help="of a file that names none, as in data/places.csv")
    basis = "of values in money where the file is silent: nominal, constant or unstated"
    option("--price-basis", default="", metavar="BASIS", help=basis)
    census = "where the file is silent: census_2020, economic_census_2023, ..., unstated; may be repeated"
    option("--basis", action="append", metavar="CENSUS", help=census)
    mapping = "a mapping in data/import/ for a table of another layout; proposed where there is none yet"
    option("--mapping", default="", metavar="NAME", help=mapping)
    add_source(importing)
    option("--scenario", default="evidence_trend", metavar="ID", help="baseline (default: evidence_trend)")
    option("--write", action="store_true", help="write what the dry run says")
    option(
        "--confirm", action="store_true", help="write also what contradicts, and what is far from expected"
    )
    option("--each", action="store_true", help="tell every cell by itself, however many are alike")
    option("--undo", action="store_true", help="take the last import back")
    ready(importing, run, "--lang", "--json")


def run(options: argparse.Namespace, project: Project) -> int:
    """Files weighed, and written where that was asked for."""
    from futian_model.evidence import load_evidence
    from futian_model.importing import Terms, delivered, keep, layouts, mapping_file
    from futian_model.report.terminal.importing import Import, proposed
    from futian_model.report.words.sentences import words

    if options.undo:
        return taken_back(options, project)
    if not options.files:
        raise MissingField("FILE", "", "a table: .xlsx, .xls or CSV")
    evidence = load_evidence(project)
    if options.mapping and not mapping_file(project, options.mapping).exists():
        home = project.shown(keep(project, options.mapping, Path(options.files[0]), evidence))
        printed(options, lambda: {"proposed": home}, lambda: [proposed(home, words(options.lang))])
        return 0
    if not options.source:
        raise MissingField(
            "--source", "", "a source of data/sources.csv, or a new one with its title and publisher"
        )
    others = layouts(project, evidence, options.mapping)
    held = options.source in evidence.sources.index
    dated = str(evidence.sources["date"].loc[options.source]) if held else ""
    bases = None if options.basis is None else tuple(options.basis)
    terms = Terms(
        *(options.source, options.published or "", options.place, options.price_basis, bases, dated)
    )
    files = [Path(name) for name in options.files]
    with ExitStack() as stack:
        delivery = stack.enter_context(
            delivered(
                *(project, evidence, files, terms, source_of(options, options.published or "")),
                confirmed=options.confirm,
                others=others,
            )
        )
        texts = Import(delivery, evidence, words(options.lang), each=options.each)
        asked = questions(options, delivery, evidence, texts, project)
        contradicting = any(cell.state == "contradicts" for cell in delivery.cells)
        refused = options.write and (bool(asked) or contradicting) and not options.confirm
        record = None
        with uninterrupted():
            if options.write and not refused:
                record = delivery.write(project)
            home = project.shown(record) if record else ""
            printed(
                options,
                lambda: shown(delivery, asked, home),
                lambda: texts.lines(asked, home, dry=not options.write),
            )
        if refused:
            print(texts.refused(asked), file=sys.stderr)
    return BAD_INPUT if refused else 0


def taken_back(options: argparse.Namespace, project: Project) -> int:
    """The last import gone."""
    from futian_model.importing import undo
    from futian_model.report.terminal.importing import undone
    from futian_model.report.words.sentences import words

    if options.files:
        raise InputError("FILE", options.files[0], "no file beside --undo")
    with uninterrupted():
        record, rows = undo(project)
        sentence = undone(project.shown(record), rows, words(options.lang))
        printed(options, lambda: {"undone": project.shown(record), "rows": rows}, lambda: [sentence])
    return 0


def questions(
    options: argparse.Namespace,
    delivery: "Delivery",
    evidence: "Evidence",
    texts: "Import",
    project: Project,
) -> list[str]:
    """What `futian track` would ask of the figures that are to be written."""
    from futian_model.rounds import expected
    from futian_model.scenario import load_scenario

    if not delivery.written:
        return []
    baseline = load_scenario(options.scenario, project, evidence=evidence)
    return texts.asked([expected(evidence, baseline, figure) for figure in delivery.figures])


def shown(delivery: "Delivery", asked: Sequence[str], home: str) -> dict[str, Any]:
    """All of it for a script."""
    from futian_model.importing import counts

    return {
        "written": home or None,
        "layouts": {table.layout: len(table.readings) for table in delivery.tables},
        "unread": list(delivery.unread),
        "counts": counts(delivery.cells),
        "forecasts": {name: len(rows) for name, rows in delivery.forecasts.items()},
        "asked": list(asked),
        "cells": [
            {
                "cell": cell.reading.where,
                "label": cell.reading.label,
                "state": cell.state,
                "why": cell.reason or None,
                "figure": None if cell.figure is None else asdict(cell.figure),
                "target": dict(cell.target) or None,
                "held": [
                    dict(zip(("value", "unit", "vintage", "source"), release, strict=True))
                    for release in cell.held
                ],
            }
            for cell in delivery.cells
        ],
    }
