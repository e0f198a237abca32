"""How often chances came true, by class of chance and by kind of place."""

from collections.abc import Callable
from typing import NamedTuple

from futian_model.backtest.chances import CALM, GROWERS, WHOLE, classes
from futian_model.backtest.frames import CHANCES, EVENT, GROWTH, MODEL, TOLD, in_class
from futian_model.evidence.panels import ECONOMIES
from futian_model.report.page import Column, Section, Table, numeric
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.names import ahead
from futian_model.report.words import Number, Sentence
from futian_model.report.words.names import PANELS

KINDS = ((ECONOMIES, WHOLE), (ECONOMIES, GROWERS), (ECONOMIES, CALM), ("regions_china", WHOLE))
"""Panels and groups whose record is told as a whole."""


class Told(NamedTuple):
    """A class of chances, over some years ahead."""

    panel: str
    group: str
    chance: str
    years: int


def came_true(page: Track) -> Section:
    """Chances of growth at the pace that doubles in fifteen years: said, and how often it came."""
    by_class = [Told(page.panel, WHOLE, each.name, years) for years in TOLD for each in classes()[1:]]
    whole = [Told(*kind, WHOLE, years) for kind in KINDS for years in TOLD]
    return page.section(
        "backtest_chances_heading",
        "backtest_chances_lead",
        table(page, "backtest_chances_table", by_class, lambda row: chance_name(page, row)),
        table(page, "backtest_chances_kinds", whole, lambda row: kind_name(page, row)),
    )


def table(page: Track, title: str, rows: list[Told], name: Callable[[Told], Sentence]) -> Table:
    """Mean chance, share that came true with its interval, and what that rests on; a row a class."""
    held = [row for row in rows if page.has(*key(row, "came"))]
    return page.table(
        title,
        held,
        [
            Column("backtest_column_years", lambda row: ahead(page.words, row.years)),
            Column("backtest_column_chance", name),
            numeric("backtest_column_said", lambda row: figure(page, row, "said")),
            numeric("backtest_column_came", lambda row: interval(page, row)),
            numeric("column_forecasts", lambda row: figure(page, row, "spans", "count")),
            numeric("column_independent", lambda row: figure(page, row, "independent", "count")),
        ],
    )


def key(row: Told, statistic: str) -> tuple[str, str, None, str, str, int]:
    """Row of the results of a class of chances."""
    case = in_class(row.panel, row.group, MODEL, EVENT, row.chance)
    return CHANCES, GROWTH, None, statistic, case, row.years


def figure(page: Track, row: Told, statistic: str, rule: str = "percent") -> Number:
    """One figure of a class."""
    return page.ledger.number(rule, *key(row, statistic))


def interval(page: Track, row: Told) -> Sentence:
    """The share that came true, with its 95 percent interval."""
    share, low, high = (figure(page, row, name) for name in ("came", "low", "high"))
    return page.say("backtest_interval", share=share, low=low, high=high)


def chance_name(page: Track, row: Told) -> Sentence:
    """Between what the chances of a class lie."""
    low, high = (Number(int(end) / 100, "percent") for end in row.chance.split("-"))
    return page.say("backtest_chance", low=low, high=high)


def kind_name(page: Track, row: Told) -> Sentence:
    """Which places."""
    if row.group == WHOLE:
        return page.say(PANELS[row.panel])
    return page.say(f"backtest_{row.group}")
