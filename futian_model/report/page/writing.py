"""A page in one language: its blocks, made from sentences and from the keys of texts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from inspect import signature
from typing import Any, NamedTuple

import pandas as pd

from futian_model import __version__
from futian_model.charts import Chart
from futian_model.report.page import blocks
from futian_model.report.page.blocks import Block, Drawn, KeyFigure
from futian_model.report.page.document import ASIDE, LEAD, NOTE, PLAIN
from futian_model.report.words import Number, Sentence, Words, on_axis, words

Said = Sentence | str
"""A sentence, or the key of one that has no fields."""
Fields = dict[str, Number | Sentence | str]
"""What fills the braces of a text."""
Facts = Sequence[tuple[str, Number | Sentence | str]]
"""Lines of a cover, each by the key of its label."""
Cell = blocks.Cell | None
"""A cell of a table; None is a dash, as where nothing is known."""
Fill = Callable[[Any], Cell]
"""What a table's column says of an item."""
ALONG = ("value", "central", "p05", "p10", "p25", "p75", "p90", "p95", "at_low", "at_high")
"""Columns of a chart's tables whose values lie along its axis."""


class Column(NamedTuple):
    """A column of a table.

    Attributes
    ----------
    label : Sentence or str
        Its head.
    cell : callable or None
        What it says of an item; None where an item is a row of cells.
    numeric, head, short : bool
        Of numbers; naming its row; of single words.
    """

    label: Said
    cell: Fill | None = None
    numeric: bool = False
    head: bool = False
    short: bool = False


def numeric(label: Said, cell: Fill | None = None) -> Column:
    """A column of numbers."""
    return Column(label, cell, numeric=True)


def short(label: Said, cell: Fill | None = None) -> Column:
    """A column of single words."""
    return Column(label, cell, short=True)


def head(label: Said, cell: Fill | None = None) -> Column:
    """The column that names its row, where it is not the first."""
    return Column(label, cell, head=True)


class Page:
    """What a page is written from: it makes the blocks in its language.

    Wherever a sentence is asked for, the key of a text without fields will do.
    """

    lang: str

    @cached_property
    def words(self) -> Words:
        return words(self.lang)

    def say(self, key: str, **fields: Number | Sentence | str) -> Sentence:
        """The sentence `key` with its fields filled in; errors as for `Words.say`."""
        return self.words.say(key, **fields)

    def sentence(self, said: Said) -> Sentence:
        """A sentence, or the one of a key."""
        return self.say(said) if isinstance(said, str) else said

    def listed(self, names: Iterable[str]) -> str:
        """Names in an enumeration."""
        return self.words["enumeration"].join(names)

    def prose(self, *sentences: Said, tone: str = PLAIN) -> blocks.Prose:
        """A paragraph, in a tone of `document.TONES`."""
        return blocks.Prose(self.lang, [self.sentence(said) for said in sentences], tone)

    def note(self, *sentences: Said) -> blocks.Prose:
        """A caution."""
        return self.prose(*sentences, tone=NOTE)

    def lead(self, *sentences: Said) -> blocks.Prose:
        """The paragraph that says it all."""
        return self.prose(*sentences, tone=LEAD)

    def aside(self, *sentences: Said) -> blocks.Prose:
        """What only surrounds the rest."""
        return self.prose(*sentences, tone=ASIDE)

    def cover(
        self,
        title: Said,
        subtitle: Said,
        question: Said,
        facts: Facts,
    ) -> blocks.Cover:
        """The cover of a page; facts by the keys of their labels, the library's version behind them."""
        lines = [(self.words[key], self.words.shown(fact)) for key, fact in facts]
        lines.append((self.words["fact_version"], __version__))
        heading, below, asked = (self.sentence(said).text for said in (title, subtitle, question))
        return blocks.Cover(self.lang, heading, below, asked, lines)

    def section(
        self,
        heading: Said,
        *parts: Block | Said | Sequence[Said] | None,
        level: int = 2,
        new_page: bool = False,
        annex: bool = False,
    ) -> blocks.Section:
        """A heading and what stands under it.

        Parameters
        ----------
        *parts
            Blocks; sentences, a paragraph each; lists of sentences, a paragraph where there are any. None
            is left out.
        level : int
            Of the heading.
        new_page : bool
            Whether it begins a page on paper.
        annex : bool
            Whether it is an annex where the report takes the form of an official document.
        """
        children: list[Block] = []
        for part in parts:
            if isinstance(part, Block):
                children.append(part)
            elif isinstance(part, Sentence | str):
                children.append(self.prose(part))
            elif part:
                children.append(self.prose(*part))
        return blocks.Section(self.lang, self.sentence(heading).text, children, level, new_page, annex)

    def figure(self, label: Said, number: Number, note: Said) -> KeyFigure:
        """One figure to remember: label, number, and the words that place it."""
        return KeyFigure(self.sentence(label).text, number, self.sentence(note))

    def key_figures(self, *figures: KeyFigure) -> blocks.KeyFigures | None:
        """The figures to remember, at most four; None where there is none."""
        return blocks.KeyFigures(self.lang, figures) if figures else None

    def charts(self, *charts: Drawn | None) -> blocks.Charts | None:
        """Charts that belong together; None where none could be drawn."""
        shown = [chart for chart in charts if chart is not None]
        return blocks.Charts(self.lang, shown) if shown else None

    def table(
        self,
        title: Said,
        items: Iterable[Any],
        columns: Sequence[Column],
        note: Said | None = None,
        *,
        cards: bool = True,
    ) -> blocks.Table:
        """A table; with `cards`, a narrow screen shows a card a row.

        Parameters
        ----------
        items : iterable
            A row each: what the columns' cells are said of, or the cells themselves.
        columns : sequence of Column
            The first names its row unless another is the `head`.
        """
        first, *others = columns
        if not any(column.head for column in columns):
            first = first._replace(head=True)
        shown = [first, *others]
        heads = [blocks.Column(self.sentence(label).text, *kind) for label, _, *kind in shown]
        dash = self.words["not_told"]
        cells = (
            [item[at] if column.cell is None else column.cell(item) for at, column in enumerate(shown)]
            for item in items
        )
        rows = [[dash if cell is None else cell for cell in row] for row in cells]
        below = None if note is None else self.sentence(note)
        return blocks.Table(self.lang, self.sentence(title).text, heads, rows, below, cards)

    def drawn(
        self,
        draw: Callable[..., Chart],
        table: pd.DataFrame,
        rule: str,
        *,
        title: Sentence,
        alt: Sentence,
        subtitle: Said,
        source: Said,
        named: Mapping[str, Any] | None = None,
        **settings: Any,
    ) -> Drawn:
        """A chart with the sentences that it says.

        Parameters
        ----------
        draw : callable
            What draws it; its `words` are annotated with the class that holds them.
        table : DataFrame
            In the library's units, as the frames among the `settings`.
        rule : str
            How its values are written: a name in `numbers.RULES`.
        title, alt, subtitle, source : Sentence or key
            Its headline and description, and what stands above and below.
        named : mapping
            Its other words.
        **settings
            What else the chart is drawn with.
        """
        said = {"title": title, "subtitle": subtitle, "source": source, "alt": alt}
        texts = {name: self.sentence(text).text for name, text in said.items()}
        frames = {name: self.on_axis(value, rule) for name, value in settings.items()}
        held = signature(draw).parameters["words"].annotation
        chart = draw(self.on_axis(table, rule), words=held(**texts, **(named or {})), **frames)
        return Drawn(chart, title, alt, rule)

    def on_axis(self, value: Any, rule: str) -> Any:
        """A table in the unit of its chart's axis; anything else as it is."""
        if not isinstance(value, pd.DataFrame):
            return value
        return on_axis(value, rule, self.lang, [name for name in ALONG if name in value])
