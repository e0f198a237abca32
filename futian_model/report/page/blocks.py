"""Blocks of a report: each shows itself in a notebook and carries its content for the exporters."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from futian_model.charts import Chart
from futian_model.report.page.document import MIME
from futian_model.report.page.results_files import recorded, written
from futian_model.report.words.numbers import Number
from futian_model.report.words.sentences import Sentence

Cell = Number | Sentence | str
"""What a table cell may hold."""


MOST_ROWS_KEPT = 12
"""A table of so few rows is kept on one sheet of paper."""


class Block:
    """A piece of a report."""

    lang: str

    def to_dict(self) -> dict[str, Any]:
        """The block as JSON-ready data; `type` says which block it is."""
        raise TypeError("a block says what it holds")

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        from futian_model.report.page import display

        content = self.to_dict()
        return {
            MIME: content,
            "text/html": display.standalone(content),
            "text/plain": f"<{type(self).__name__}>",
        }


@dataclass(frozen=True, repr=False)
class Cover(Block):
    """Title of the report and what it was made from."""

    lang: str
    title: str
    subtitle: str
    description: str
    facts: Sequence[tuple[str, str]]

    def to_dict(self) -> dict[str, Any]:
        return {
            "type": "cover",
            "lang": self.lang,
            "title": self.title,
            "subtitle": self.subtitle,
            "description": self.description,
            "facts": [list(fact) for fact in self.facts],
        }


@dataclass(frozen=True, repr=False)
class Section(Block):
    """A heading and the blocks under it; `new_page` begins one on paper."""

    lang: str
    heading: str
    children: Sequence[Block]
    level: int = 2
    new_page: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "type": "section",
            "lang": self.lang,
            "heading": self.heading,
            "level": self.level,
            "new_page": self.new_page,
            "children": [child.to_dict() for child in self.children],
        }


@dataclass(frozen=True, repr=False)
class Prose(Block):
    """A paragraph; `note` sets it apart as a caution."""

    lang: str
    sentences: Sequence[Sentence]
    note: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "type": "prose",
            "lang": self.lang,
            "note": self.note,
            "sentences": [sentence.to_dict(self.lang) for sentence in self.sentences],
        }


@dataclass(frozen=True)
class KeyFigure:
    """One figure to remember: label, number, and the words that place it."""

    label: str
    number: Number
    note: Sentence


@dataclass(frozen=True, repr=False)
class KeyFigures(Block):
    """The figures to remember, at most four."""

    lang: str
    figures: Sequence[KeyFigure]

    def to_dict(self) -> dict[str, Any]:
        return {
            "type": "key_figures",
            "lang": self.lang,
            "figures": [
                {
                    "label": one.label,
                    "number": one.number.to_dict(self.lang),
                    "note": one.note.to_dict(self.lang),
                }
                for one in self.figures
            ],
        }


@dataclass(frozen=True, eq=False)
class Drawn:
    """A chart and the sentences it says, with their numbers.

    Attributes
    ----------
    chart : Chart
    title, alt : Sentence
        Its headline, and its description.
    rule : str
        How the values of its table are written: a name in `numbers.RULES`.
    """

    chart: Chart
    title: Sentence
    alt: Sentence
    rule: str


@dataclass(frozen=True, repr=False)
class Charts(Block):
    """Charts that belong together."""

    lang: str
    charts: Sequence[Drawn]

    def to_dict(self) -> dict[str, Any]:
        return {
            "type": "charts",
            "lang": self.lang,
            "charts": [charted(one) for one in self.charts],
            "titles": [one.title.to_dict(self.lang) for one in self.charts],
            "alts": [one.alt.to_dict(self.lang) for one in self.charts],
        }


def charted(drawn: Drawn) -> dict[str, Any]:
    """A chart with the table it was drawn from; values in the units of its axes, gaps as None."""
    chart, rule = drawn.chart, drawn.rule
    columns = [[None if one != one else one for one in chart.table[name].tolist()] for name in chart.table]
    return {
        "svg": chart.svg,
        "alt": chart.alt,
        "kind": chart.kind,
        "title": chart.title,
        "subtitle": chart.subtitle,
        "percent": chart.percent,
        "rule": rule,
        "axes": dict(chart.axes),
        "names": dict(chart.names),
        "table": {
            "columns": list(chart.table.columns),
            "rows": [list(row) for row in zip(*columns, strict=True)],
        },
    }


@dataclass(frozen=True)
class Column:
    """A table column; `head` marks the one that names its row, `short` one of single words."""

    label: str
    numeric: bool = False
    head: bool = False
    short: bool = False


@dataclass(frozen=True, repr=False)
class Table(Block):
    """A table; with `cards`, a narrow screen shows a card a row."""

    lang: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: Sentence | None = None
    cards: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "type": "table",
            "lang": self.lang,
            "title": self.title,
            "columns": [vars(column) for column in self.columns],
            "rows": [[self.cell(cell) for cell in row] for row in self.rows],
            "note": None if self.note is None else self.note.to_dict(self.lang),
            "cards": self.cards,
            "whole": len(self.rows) <= MOST_ROWS_KEPT,
        }

    def cell(self, cell: Cell) -> str | dict[str, Any]:
        return cell if isinstance(cell, str) else cell.to_dict(self.lang)


@dataclass(frozen=True, repr=False)
class Links(Block):
    """Label, target and description of each link; relative, so that a folder can be moved as a whole."""

    lang: str
    links: Sequence[tuple[str, str, str]]

    def to_dict(self) -> dict[str, Any]:
        return {"type": "links", "lang": self.lang, "links": [list(link) for link in self.links]}


@dataclass(frozen=True, repr=False)
class Record(Block):
    """Carried, not shown: the results table and the inputs that made it.

    `names` holds name, unit and kind of what the results are of; `places` where a value of the scenario
    was set; `place` is whose results they are, and `vintages` up to when figures counted, by scenario.
    """

    lang: str
    results: pd.DataFrame
    inputs: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    vintages: Mapping[str, str] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        inputs = json.loads(json.dumps(self.inputs, ensure_ascii=False))
        return {
            "type": "record",
            "lang": self.lang,
            "results": written(recorded(self.results, inputs, self.place, self.vintages)),
            "inputs": inputs,
            "names": {name: dict(told) for name, told in self.names.items()},
            "places": dict(self.places),
        }
