"""How often chances came true, by class of chance: of the own series, of economies, of districts' leads."""

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

from futian_model.backtest.chances import (
    CALM,
    EVENTS,
    GROWERS,
    LEADS,
    OWN_SERIES,
    TARGET,
    WHOLE,
    classes,
)
from futian_model.backtest.frames import (
    CHANCES,
    EVENT,
    FEWEST_UNITS,
    GROWTH,
    MODEL,
    TOLD,
    in_class,
    quantity_of,
)
from futian_model.backtest.own import AHEAD
from futian_model.backtest.record import CONFIDENCE
from futian_model.evidence.panels import DISTRICTS, ECONOMIES, SIZED, SIZES
from futian_model.report.page import Column, Section, Table, numeric
from futian_model.report.pages.backtest.material import Track
from futian_model.report.pages.backtest.names import ahead
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import PANELS

GROUPS = ((ECONOMIES, WHOLE), (ECONOMIES, GROWERS), (ECONOMIES, CALM), ("regions_china", WHOLE))
"""Panels and groups whose record is told as a whole."""
OWN_EVENTS = (*EVENTS, TARGET)
LEAD_YEARS = 5
"""Years ahead at which chances of districts' leads are told: over more years no two spans are apart."""


class Told(NamedTuple):
    """A class of chances of an event, over some years ahead."""

    panel: str
    group: str
    event: str
    chance: str
    years: int


def came_true(page: Track) -> Section:
    """Chances stated, and how often they came: the own series first, then economies, then districts."""
    names = [each.name for each in classes()[1:]]
    by_class = [Told(page.panel, WHOLE, EVENT, name, years) for years in TOLD for name in names]
    whole = [Told(*group, EVENT, WHOLE, years) for group in GROUPS for years in TOLD]
    years = Column("backtest_column_years", lambda row: ahead(page.words, row.years))
    chance = Column("backtest_column_chance", lambda row: chance_name(page, row))
    place = Column("backtest_column_place", lambda row: group_name(page, row))
    return page.section(
        "backtest_chances_heading",
        "backtest_chances_lead",
        *own_chances(page, names, [years, chance]),
        table(page, "backtest_chances_table", by_class, [years, chance]),
        table(page, "backtest_chances_kinds", whole, [years, place]),
        *lead_chances(page, names, chance),
    )


def own_chances(page: Track, names: Sequence[str], columns: Sequence[Column]) -> tuple[Table, Table]:
    """The project's own series: by class of chance, and place by place."""
    event = Column("backtest_column_event", lambda row: event_name(page, row))
    place = Column("backtest_column_place", lambda row: page.name(row.panel.removeprefix(f"{OWN_SERIES}_")))
    over, geos = list(product(OWN_EVENTS, AHEAD)), page.own["geo"].unique()
    by_class = [Told(OWN_SERIES, WHOLE, event, name, at) for event, at in over for name in names]
    by_place = [Told(f"{OWN_SERIES}_{geo}", WHOLE, event, WHOLE, at) for geo in geos for event, at in over]
    return (
        table(page, "backtest_chances_own", by_class, [event, *columns], "backtest_chances_few"),
        table(page, "backtest_chances_places", by_place, [place, event, columns[0]]),
    )


def lead_chances(page: Track, names: Sequence[str], chance: Column) -> list[Table]:
    """Leads of districts over the place around them, by size and class of chance; an event a table."""
    size = Column("backtest_column_size", lambda row: size_name(page, row.panel))
    sizes, years = [f"{DISTRICTS}_{least}" for least in reversed(SIZES)], Number(LEAD_YEARS, "count")
    return [
        table(
            page,
            page.say("backtest_chances_leads", event=page.words[f"backtest_{event}"], years=years),
            [
                row
                for panel in sizes
                for name in names
                if enough(page, row := Told(panel, WHOLE, event, name, LEAD_YEARS))
            ],
            [size, chance],
            page.say("backtest_chances_leads_note", sized=year(SIZED)),
        )
        for event in LEADS
    ]


def table(
    page: Track, title: "str | Sentence", rows: Sequence[Told], names: Sequence[Column], note: Any = None
) -> Table:
    """Mean chance, share that came true with its interval, and what that rests on; a row a class."""
    return page.table(
        title,
        [row for row in rows if page.has(*key(row, "came"))],
        [
            *names,
            numeric("backtest_column_said", lambda row: figure(page, row, "said")),
            numeric("backtest_column_came", lambda row: interval(page, row)),
            numeric("column_forecasts", lambda row: figure(page, row, "spans", "count")),
            numeric("column_independent", lambda row: figure(page, row, "independent", "count")),
        ],
        note,
    )


def key(row: Told, statistic: str) -> tuple[str, str, None, str, str, int]:
    """Row of the results of a class of chances."""
    case = in_class(row.panel, row.group, MODEL, row.event, row.chance)
    return CHANCES, quantity_of(row.event), None, statistic, case, row.years


def enough(page: Track, row: Told) -> bool:
    """Whether a class is held, and is more than the story of a few places."""
    return page.has(*key(row, "units")) and figure(page, row, "units", "count").value >= FEWEST_UNITS


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


def event_name(page: Track, row: Told) -> str:
    """What a chance is of."""
    return page.words[f"backtest_{row.event}"]


def group_name(page: Track, row: Told) -> Sentence:
    """Which places."""
    if row.group == WHOLE:
        return page.say(PANELS[row.panel])
    return page.say(f"backtest_{row.group}")


def size_name(page: Track, panel: str) -> Sentence:
    """Between what the gross product of the districts of a class lies."""
    least = int(panel.rpartition("_")[2])
    above = [size for size in SIZES if size > least]
    if not above:
        return page.say("backtest_size_over", low=Number(least, "count"))
    return page.say("backtest_size", low=Number(least, "count"), high=Number(min(above), "count"))


def own_brief(page: Track) -> Sentence | None:
    """Chances of the own series, all together: said, and how often they came; nothing where none is held."""
    if page.quantity != GROWTH:
        return None
    rows = [Told(OWN_SERIES, WHOLE, event, WHOLE, at) for event, at in product(OWN_EVENTS, AHEAD)]
    items = [
        page.say(
            "backtest_own_item",
            event=page.words.inline(event_name(page, row)),
            years=Number(row.years, "count"),
            spans=figure(page, row, "spans", "count"),
            **{name: figure(page, row, name) for name in ("said", "came", "low", "high")},
        )
        for row in rows
        if page.has(*key(row, "came")) and figure(page, row, "independent", "count").value > 1
    ]
    if not items:
        return None
    joined = page.words.join(items, "backtest_semicolon")
    return page.say("backtest_own_chances", items=joined, confidence=Number(CONFIDENCE, "percent"))
