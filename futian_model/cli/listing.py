"""`futian list`: what there is to name: scenarios, indicators, goals, notebooks."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple

from futian_model.cli.arguments import Commands, printed, ready
from futian_model.languages import language
from futian_model.project import Project


class Question(NamedTuple):
    """A question in both languages, and the notebook that answers it."""

    zh: str
    en: str
    notebook: str


def add(commands: Commands) -> None:
    """Its options."""
    listing = commands.add_parser("list", help="list what a command can be given: scenarios, indicators, ...")
    listing.add_argument("kind", choices=LISTS, metavar="KIND", help=", ".join(LISTS))
    ready(listing, listed, "--lang", "--json")


def listed(options: argparse.Namespace, project: Project) -> int:
    """A line each, its name first."""
    rows = LISTS[options.kind](project, options.lang)

    def lines() -> list[str]:
        shown = [[str(value) for value in row.values()] for row in rows]
        wide = [max(map(len, column)) for column in zip(*(row[:-1] for row in shown), strict=True)]
        return ["  ".join([*map(str.ljust, row[:-1], wide), row[-1]]) for row in shown]

    printed(options, lambda: rows, lines)
    return 0


def scenarios(project: Project, lang: str) -> Sequence[Mapping[str, Any]]:
    """Scenarios of today, then those of kept editions; of a grid its file."""
    from futian_model.scenario.merging import inside
    from futian_model.scenario.reading import read

    files = [file for folder in (project.params, *project.editions) for file in sorted(folder.glob("*.yaml"))]
    roots = {file: read(file, project.shown(file)).root for file in files}
    titles = {file: inside(inside(root, "title"), language(lang).data) for file, root in roots.items()}
    return [
        {"id": file.stem, "file": project.shown(file), "title": "" if title is None else title.value}
        for file, title in titles.items()
    ]


def indicators(project: Project, lang: str) -> Sequence[Mapping[str, Any]]:
    """Indicators of the glossary."""
    from futian_model.evidence import load_evidence

    rows = load_evidence(project).indicators
    names = rows[language(lang).column("name")]
    return [
        {"id": name, "unit": unit, "kind": kind, "name": title}
        for name, unit, kind, title in zip(rows.index, rows["unit"], rows["kind"], names, strict=True)
    ]


def goals(project: Project, lang: str) -> Sequence[Mapping[str, Any]]:
    """Goals of the plan that have a number."""
    from futian_model.evidence import load_evidence

    evidence = load_evidence(project)
    column = language(lang).column("name")
    return [
        {
            "id": goal.name,
            "indicator": goal.indicator,
            "year": goal.year,
            "name": evidence.plan_goals.loc[goal.name, column],
        }
        for goal in evidence.quantified_goals()
    ]


def notebooks(project: Project, lang: str) -> Sequence[Mapping[str, Any]]:
    """Notebooks, each with the question it answers, in their order."""
    return [
        {
            "file": project.shown(project.notebooks / question.notebook),
            "question": getattr(question, lang, question.en),
        }
        for question in questions()
        if (project.notebooks / question.notebook).is_file()
    ]


def questions() -> list[Question]:
    """Every question that a page declares, in their order."""
    from futian_model import explorer
    from futian_model.explorer.texts import words
    from futian_model.report import pages

    rooms = [
        explorer,
        *(import_module(f"{pages.__name__}.{page.name}") for page in iter_modules(pages.__path__)),
    ]
    rooms = sorted((room for room in rooms if hasattr(room, "PLACE")), key=lambda room: room.PLACE)
    keys = [(f"start_{room.__name__.rpartition('.')[2]}", room.NOTEBOOK) for room in rooms]
    return [Question(words("zh")[key], words("en")[key], notebook) for key, notebook in keys]


LISTS: Mapping[str, Callable[[Project, str], Sequence[Mapping[str, Any]]]] = {
    "scenarios": scenarios,
    "indicators": indicators,
    "goals": goals,
    "notebooks": notebooks,
}
