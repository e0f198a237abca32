"""Need and possibility: what goals need and what has a chance, from the nation down to the district."""

from collections.abc import Iterable, Iterator

from futian_model.backtest.chances import OWN_SERIES
from futian_model.backtest.frames import GROWTH
from futian_model.backtest.promises import BAR, CHANCE, HORIZONS
from futian_model.backtest.record import FIRST_ORIGIN
from futian_model.evidence.panels import ECONOMIES
from futian_model.report.page import Cell, Column, Cover, Fields, Section, Table, numeric
from futian_model.report.pages.targets.rows import TakesMaterial
from futian_model.report.sections import report
from futian_model.report.sections.missing import no_goals
from futian_model.report.sections.promises import Promised, failed, met, places
from futian_model.report.words import Number, Sentence, year
from futian_model.targets.needs import LINES, OFFICIAL, Need

LINE_NAMES = {"prudent": "takes_line_prudent", "active": "takes_line_active", "stretch": "takes_line_stretch"}
ALIKE = 5e-4
"""Growth a year that the page prints as the same: half a tenth of a point."""


def cover(page: TakesMaterial) -> Cover:
    """Title and baseline."""
    return report.cover(page, "takes", "span", "vintage")


def need(page: TakesMaterial) -> Section:
    """Page one: need and possibility at every level, three lines to choose from, a sentence to paste."""
    if not page.years:
        return page.section("takes_need_heading", no_goals(page))
    return page.section(
        "takes_need_heading",
        verdict(page),
        needs_table(page),
        lines_table(page),
        pasted(page),
        page.note("takes_need_caution", record(page), *outside(page)),
    )


def record(page: TakesMaterial) -> Sentence:
    """How often targets of the active line were met elsewhere, and by the project's own series."""
    ends = {"low": Number(BAR[0], "percent"), "high": Number(BAR[1], "percent")}
    shares = {"items": Promised(GROWTH, ECONOMIES), "own": Promised(GROWTH, OWN_SERIES)}
    fields: Fields = {name: kept(page, data, horizons(page)) for name, data in shares.items()}
    first = year(FIRST_ORIGIN)
    return page.say("takes_need_record", chance=Number(CHANCE, "percent"), first=first, **ends, **fields)


def outside(page: TakesMaterial) -> Iterator[Sentence]:
    """The other kinds of places in which too few or too many were met; nothing where there are none."""
    rows = page.promises[~page.promises["panel"].str.startswith(OWN_SERIES)]
    kinds = rows[["panel", "group"]].drop_duplicates().itertuples(index=False, name=None)
    items = []
    for data in (Promised(GROWTH, *kind) for kind in kinds):
        bad = [years for years in horizons(page) if failed(page, data, years)]
        if bad and data != Promised(GROWTH, ECONOMIES):
            shares = kept(page, data, bad)
            items.append(page.say("takes_need_outside_item", places=places(page, data), items=shares))
    if items:
        yield page.say("takes_need_outside", items=page.words.join(items, "takes_semicolon"))


def horizons(page: TakesMaterial) -> list[int]:
    """Years ahead of the record that the page's own years reach."""
    return [years for years in HORIZONS if years <= page.years[-1] - page.jump_off]


def kept(page: TakesMaterial, data: Promised, spans: Iterable[int]) -> Sentence:
    """Shares of targets that were met, by years ahead."""
    items = [
        page.say("takes_need_kept", years=Number(years, "count"), share=share)
        for years in spans
        if (share := met(page, data, years)) is not None
    ]
    return page.words.join(items, "takes_comma")


def chance_of(line: str) -> Number:
    """The chance that a line is drawn at."""
    return Number(LINES[line], "percent")


def verdict(page: TakesMaterial) -> Sentence:
    """Between which lines the need of the last year lies."""
    own = page.possibility[0][-1]
    needed, chance = (page.need(own.geo, own.year, name) for name in ("needed", "chance"))
    if own.goal is None or needed is None or chance is None:
        return page.say("takes_need_none", place=page.name(own.geo), year=year(own.year))
    return page.say(
        "takes_need_verdict",
        goal=page.goal_label(own.goal),
        place=page.name(own.geo),
        start=year(page.jump_off + 1),
        needed=needed,
        chance=chance,
        lies=lies(page, own, needed.value),
    )


def lies(page: TakesMaterial, own: Need, needed: float) -> Sentence:
    """Where a need lies among the lines: on one, between two, or outside them."""
    growth = {line: page.possible(own.geo, own.year, line).value for line in LINES}
    names = {line: page.words[key] for line, key in LINE_NAMES.items()}
    nearest = min(growth, key=lambda line: abs(growth[line] - needed))
    if abs(growth[nearest] - needed) <= ALIKE:
        return page.say("takes_need_on", line=names[nearest])
    below = [line for line in LINES if growth[line] < needed]
    if len(below) == len(LINES):
        return page.say("takes_need_above", line=names[below[-1]])
    above = list(LINES)[len(below)]
    if not below:
        return page.say("takes_need_below", line=names[above])
    return page.say("takes_need_between", low=names[below[-1]], high=names[above])


def needs_table(page: TakesMaterial) -> Table:
    """A row a year and level."""

    def place(need: Need) -> Cell:
        return page.say("takes_need_row", year=year(need.year), place=page.name(need.geo)).text

    def announced(need: Need) -> Cell:
        low, high = (page.need(need.geo, need.year, f"official_{end}") for end in ("low", "high"))
        if low is None or high is None:
            return None
        return low if need.low == need.high else page.say("takes_need_range", low=low, high=high)

    def mark_up(need: Need) -> Cell:
        number = page.need(need.geo, need.year, "mark_up", "points")
        if number is None:
            return None
        return number if need.by == OFFICIAL else page.say("takes_need_by_need", points=number)

    def of_line(line: str, key: str) -> Column:
        head = page.say("takes_need_line", line=page.words[key], chance=chance_of(line))
        return numeric(head, lambda need: page.possible(need.geo, need.year, line))

    return page.table(
        "takes_need_table",
        page.possibility[0],
        [
            Column("takes_need_place", place),
            numeric("takes_need_needed", lambda need: page.need(need.geo, need.year, "needed")),
            numeric("takes_need_chance", lambda need: page.need(need.geo, need.year, "chance")),
            *(of_line(line, key) for line, key in LINE_NAMES.items()),
            numeric("takes_need_official", announced),
            numeric("takes_need_mark_up", mark_up),
        ],
        page.say("takes_need_note", start=year(page.jump_off + 1)),
    )


def lines_table(page: TakesMaterial) -> Table:
    """A row a line: growth to each year, and the level of the later ones."""
    district = page.possibility[0][-1].geo

    def growth(at: int) -> Column:
        alone = page.say("takes_line_year", year=year(at))
        start = page.jump_off + 1
        head = alone if at == start else page.say("takes_line_growth", span=page.span(start, at))
        return numeric(head, lambda line: page.possible(district, at, line))

    def level(at: int) -> Column:
        head = page.say("takes_line_level", year=year(at), base_year=year(page.first))
        return numeric(head, lambda line: page.level(at, line))

    columns = [
        Column("takes_line", lambda line: page.words[LINE_NAMES[line]]),
        numeric("takes_line_chance", chance_of),
        *map(growth, page.years),
        *map(level, page.years[1:]),
    ]
    return page.table(page.say("takes_lines_table", place=page.name(district)), LINES, columns)


def pasted(page: TakesMaterial) -> Sentence:
    """A sentence that can be copied as it stands."""
    district, first, plan = page.possibility[0][-1].geo, page.years[0], page.years[:2][-1]
    fields: Fields = {line: page.possible(district, first, line) for line in LINES}
    fields |= {f"{line}_chance": chance_of(line) for line in LINES}
    return page.say(
        "takes_need_pasted",
        place=page.name(district),
        year=year(first),
        span=page.span(page.jump_off + 1, plan),
        plan=year(plan),
        growth=page.possible(district, plan, "active"),
        level=page.level(plan, "active"),
        base_year=year(page.first),
        **fields,
    )
