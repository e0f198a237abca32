"""Blocks of a report: each shows itself in a notebook and carries its content for the exporters."""

import json
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

import pandas as pd

from futian_model.charts import Chart
from futian_model.report.page.document import PLAIN
from futian_model.report.page.results_files import record_text, recorded
from futian_model.report.words import Number, Sentence

Cell = Number | Sentence | str
"""What a table cell may hold."""


MOST_ROWS_KEPT = 12
"""A table of so few rows is kept on one sheet of paper."""


def plain(value: Any, lang: str) -> Any:
    """A value of a block as JSON-ready data."""
    match value:
        case Number() | Sentence():
            return value.to_dict(lang)
        case Block():
            return value.to_dict()
        case KeyFigure() | Column():
            return {name: plain(inner, lang) for name, inner in vars(value).items()}
        case list() | tuple():
            return [plain(inner, lang) for inner in value]
    return value


class Block:
    """A piece of a report.

    Attributes
    ----------
    type : str
        Which block it is.
    carried : tuple of str
        Its fields in the order in which a notebook carries them.
    run : str
        By what its report was made from, as `results_files.run_of` names it; empty for a block of none.
    """

    type: ClassVar[str]
    carried: ClassVar[tuple[str, ...]]
    lang: str
    run = ""

    def of(self, run: str) -> Self:
        """The block as a part of a report."""
        part = copy(self)
        object.__setattr__(part, "run", run)
        return part

    def to_dict(self) -> dict[str, Any]:
        """The block as JSON-ready data; `type` says which block it is."""
        content = {"type": self.type, "lang": self.lang, **self.content()}
        return content | {"run": self.run} if self.run else content

    def content(self) -> dict[str, Any]:
        """What it carries, as JSON-ready data."""
        return {name: plain(getattr(self, name), self.lang) for name in self.carried}

    def _repr_mimebundle_(self, **_: Any) -> dict[str, Any]:
        from futian_model.report.page.shown import bundle

        return bundle(self.to_dict(), type(self).__name__)


@dataclass(frozen=True, repr=False)
class Cover(Block):
    """Title of the report and what it was made from."""

    type = "cover"
    carried = ("title", "subtitle", "description", "facts")

    lang: str
    title: str
    subtitle: str
    description: str
    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True, repr=False)
class Section(Block):
    """A heading and the blocks under it.

    `new_page` begins a page on paper; an `annex` is one where the document has the official form.
    """

    type = "section"
    carried = ("heading", "level", "new_page", "children")

    lang: str
    heading: str
    children: Sequence[Block]
    level: int = 2
    new_page: bool = False
    annex: bool = False

    def content(self) -> dict[str, Any]:
        return super().content() | ({"annex": True} if self.annex else {})


@dataclass(frozen=True, repr=False)
class Prose(Block):
    """A paragraph, in a tone of `TONES`."""

    type = "prose"
    carried = ("tone", "sentences")

    lang: str
    sentences: Sequence[Sentence]
    tone: str = PLAIN


@dataclass(frozen=True)
class KeyFigure:
    """One figure to remember: label, number, and the words that place it."""

    label: str
    number: Number
    note: Sentence


@dataclass(frozen=True, repr=False)
class KeyFigures(Block):
    """The figures to remember, at most four."""

    type = "key_figures"
    carried = ("figures",)

    lang: str
    figures: Sequence[KeyFigure]


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

    type = "charts"

    lang: str
    charts: Sequence[Drawn]

    def content(self) -> dict[str, Any]:
        return {
            "charts": [charted(drawn) for drawn in self.charts],
            "titles": [drawn.title.to_dict(self.lang) for drawn in self.charts],
            "alts": [drawn.alt.to_dict(self.lang) for drawn in self.charts],
        }


def charted(drawn: Drawn) -> dict[str, Any]:
    """A chart with the table it was drawn from; values in the units of its axes, gaps as None."""
    chart, table = drawn.chart, drawn.chart.table
    columns = [[None if value != value else value for value in table[name].tolist()] for name in table]
    rows = [list(row) for row in zip(*columns, strict=True)]
    plainly = ("svg", "alt", "kind", "title", "subtitle", "percent")
    return {
        **{name: getattr(chart, name) for name in plainly},
        "rule": drawn.rule,
        "axes": dict(chart.axes),
        "names": dict(chart.names),
        "table": {"columns": list(table.columns), "rows": rows},
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

    type = "table"
    carried = ("title", "columns", "rows", "note", "cards", "whole")

    lang: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    note: Sentence | None = None
    cards: bool = False

    @property
    def whole(self) -> bool:
        """Whether it is kept on one sheet of paper."""
        return len(self.rows) <= MOST_ROWS_KEPT


@dataclass(frozen=True, repr=False)
class Record(Block):
    """Carried, not shown: the results table and the inputs that made it.

    `names` holds name, unit and kind of what the results are of; `places` where a value of the scenario
    was set; `place` is whose results they are, and `vintages` up to when figures counted, by scenario;
    `packed` gives the table as it is carried, where others know that too.
    """

    type = "record"

    lang: str
    results: pd.DataFrame
    inputs: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    vintages: Mapping[str, str] = field(default_factory=dict)
    packed: Callable[[], str] | None = None

    def pack(self) -> str:
        """The table as it is carried."""
        return record_text(recorded(self.results, self.inputs, self.place, self.vintages))

    def content(self) -> dict[str, Any]:
        return {
            "results": (self.packed or self.pack)(),
            "inputs": json.loads(json.dumps(self.inputs, ensure_ascii=False)),
            "names": {name: dict(entry) for name, entry in self.names.items()},
            "places": dict(self.places),
        }
