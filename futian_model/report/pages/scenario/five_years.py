"""Five years side by side, the last outturn among them: the scenario, the baseline, and what lies between."""

from collections.abc import Callable, Iterator

from futian_model.report.page import Cell, Table, head, numeric
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.material import GIVEN_EVIDENCE
from futian_model.report.words import GAP_OF, Number, Sentence, bare, year
from futian_model.report.words.amounts import in_brackets

GROWTH = "real_gdp_growth"
GDP, CURRENT = "real_gdp", "nominal_gdp"
SAME = 5e-5
"""Difference, in the library's unit, that no row prints."""
Row = tuple[Sentence, Callable[[int], Cell]]


def five_years(page: ScenarioMaterial) -> Table:
    """A row an indicator and side, a column a year."""
    rows = list(published(page))
    for name in (GDP, GROWTH, *(name for name in page.headline if name != GDP)):
        rows += against(page, name) if page.apart and differs(page, name) else alone(page, name)

    def cell(at: int) -> Callable[[Row], Cell]:
        return lambda row: row[1](at)

    return page.table(
        page.say("five_years_table", base_year=year(page.first)),
        rows,
        [
            head("column_indicator", lambda row: row[0]),
            *(numeric(page.say("column_of_year", year=year(at)), cell(at)) for at in page.shown_years),
        ],
        "five_years_note" if page.apart else page.say("five_years_note_alone", vintage=page.vintage),
        cards=False,
    )


def differs(page: ScenarioMaterial, name: str) -> bool:
    """Whether an indicator's path is another than the baseline's in any year shown."""
    if not page.has(name, page.last, "deviation", page.given_scenario.reading):
        return False
    return any(
        abs(page.number(name, at, "deviation", rule="ratio").value) > SAME for at in page.shown_years[1:]
    )


def published(page: ScenarioMaterial) -> Iterator[Row]:
    """GDP at current prices: as published, then the scenario's path."""
    if CURRENT not in page.given_scenario.indicators:
        return
    rule = bare(page.rule(CURRENT))
    known = [
        at for at in page.shown_years if at <= page.jump_off and page.has(CURRENT, at, "outturn", "published")
    ]

    def value(at: int) -> Number:
        if at in known:
            return page.number(CURRENT, at, "outturn", rule=rule, reading="published")
        return page.number(CURRENT, at, rule=rule)

    key = "row_current_published" if known else "row_current"
    last = year(known[-1]) if known else ""
    yield page.say(key, unit=unit(page, CURRENT), year=last), value


def unit(page: ScenarioMaterial, indicator: str) -> str:
    """The unit of a row's bare numbers."""
    return page.words[f"unit_{bare(page.rule(indicator))}"]


def against(page: ScenarioMaterial, name: str) -> Iterator[Row]:
    """Baseline and scenario, of GDP also what the scenario has more."""
    rule = "growth_coarse" if name == GROWTH else bare(page.rule(name))
    label = labelled(page, name)
    gap = bare(GAP_OF[page.rule(GDP)])
    sides = [("baseline", "baseline", rule), ("scenario", "central", rule), ("difference", "deviation", gap)]
    for side, statistic, written in sides if name == GDP else sides[:2]:
        yield page.say(f"row_{side}", name=label), reader(page, name, statistic, written)


def reader(page: ScenarioMaterial, name: str, statistic: str, rule: str) -> Callable[[int], Cell]:
    """A statistic by year; the first year has no growth."""

    def cell(at: int) -> Cell:
        if name == GROWTH and at == page.first:
            return None
        return page.number(name, at, statistic, rule=rule)

    return cell


def alone(page: ScenarioMaterial, name: str) -> Iterator[Row]:
    """The scenario's path, and the middle eight tenths of what the evidence expects."""
    rule = "growth_coarse" if name == GROWTH else bare(page.rule(name))
    same = page.say("row_same", name=labelled(page, name)) if page.apart else labelled(page, name)
    yield same, reader(page, name, "central", rule)
    if page.apart or name not in page.levels:
        return

    def interval(at: int) -> Cell:
        if at == page.first:
            return None
        ends = {
            end: page.number(name, at, quantile, rule=rule, reading=GIVEN_EVIDENCE)
            for end, quantile in (("low", "p10"), ("high", "p90"))
        }
        return page.say("interval_share", **ends)

    yield page.say("row_interval", name=page.name(name)), interval


def labelled(page: ScenarioMaterial, name: str) -> Sentence:
    """An indicator with the unit of its bare numbers."""
    if name == GROWTH or page.rule(name) == "share":
        return Sentence(page.name(name))
    return Sentence(in_brackets(page.name(name), unit(page, name), page.words))
