"""Words that pages and terminals share when they speak of rounds."""

from collections.abc import Iterator, Mapping, Sequence

from futian_model.evidence import Evidence
from futian_model.report.words import Amounts, Number, Words, as_printed, year
from futian_model.report.words.names import MOVED
from futian_model.rounds import Round, Row

NAMED = ("central", "p50", "probability")
"""Statistics with a text of their own."""
MOST = 6
"""Figures listed in a terminal."""


def day(edition: Round) -> str:
    """The day on which a round was bound."""
    return edition.date[:10]


def library(edition: Round, texts: Words) -> str:
    """The version that bound it."""
    version = str(edition.manifest["made_by"].get("library", ""))
    return texts.say("rounds_library", version=version).text


def block_name(blocks: Sequence[str], texts: Words) -> str:
    """What moved, joined where it cannot be told apart."""
    return texts["rounds_joined"].join(texts[MOVED[name]] for name in blocks)


def label(row: Row, evidence: Evidence, texts: Words, amounts: Amounts) -> str:
    """A result as a row of a table names it."""
    name = evidence.name(row.indicator, texts.lang)
    key = f"rounds_row_{row.statistic if row.statistic in NAMED else 'other'}"
    if key == "rounds_row_probability":
        name = texts.say("goal_label", name=name, year=year(row.year)).text
    fields = {"name": name, "unit": amounts.column, "statistic": row.statistic}
    return texts.say(key, year=year(row.year), **fields).text


def listed_figures(rows: Sequence[Mapping[str, str]], texts: Words) -> Iterator[str]:
    """Figures in a line each, the first ones only."""
    for row in rows[:MOST]:
        amount = as_printed(row.get("value", ""), row.get("unit", ""), texts)
        fields = {name: row.get(name, "") for name in FIGURE}
        yield "  " + texts.say("rounds_figure", amount=amount, **fields).text
    if len(rows) > MOST:
        yield "  " + texts.say("rounds_more", count=Number(len(rows) - MOST, "count")).text


FIGURE = ("geo", "indicator", "period", "vintage", "source")
