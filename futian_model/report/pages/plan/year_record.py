"""How far years came as they were foreseen from their first quarters."""

from futian_model.annual import QUARTERS, RECORD
from futian_model.annual.frames import EVERY, LEVELS
from futian_model.report.page import Cell, Column, Fill, Section, numeric
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.pages.plan.year_tables import period
from futian_model.report.words import Number, Sentence
from futian_model.results import case

GDP, GROWTH = "gdp", "real_gdp_growth"
PANELS = {
    "nation": "year_record_nation",
    "places": "year_record_places",
    "united_states": "year_record_united_states",
    "simulated": "year_record_simulated",
    LEVELS: "year_record_levels",
}
"""What was foreseen, as a table names it."""
JUDGED = ("nation", "places")
"""Panels some of whose years had a target."""
Row = tuple[str, int]


def foresight(page: PlanMaterial) -> Section | None:
    """The record of the year foreseen; None of a project that holds none."""
    rows = [
        (panel, quarters)
        for panel in PANELS
        for quarters in (EVERY, *range(1, QUARTERS))
        if known(page, (panel, quarters), "crps")
    ]
    if not rows:
        return None
    nothing = page.words["not_told"]

    def figure(statistic: str, rule: str) -> Fill:
        return lambda row: of(page, row, statistic, rule) if known(page, row, statistic) else nothing

    def quarters(row: Row) -> Cell:
        return page.words["year_record_every"] if row[1] == EVERY else period(page, row[1])

    def band(row: Row) -> Cell:
        low, high = (of(page, row, name, "share") for name in ("low", "high"))
        return page.say("year_range", low=low, high=high)

    table = page.table(
        "year_record_table",
        rows,
        [
            Column("year_record_panel", lambda row: page.words[PANELS[row[0]]]),
            Column("year_record_quarters", quarters),
            numeric("year_record_forecasts", figure("forecasts", "count")),
            numeric("year_record_years", figure("years", "count")),
            numeric("year_record_coverage", figure("coverage_80", "share")),
            numeric("year_record_interval", band),
            numeric("year_record_crps", figure("crps", "size_growth_points")),
            numeric("year_record_carried", figure("crps_carried", "size_growth_points")),
        ],
        "year_record_note",
    )
    sentences = [told_of(page, panel) for panel in JUDGED if (panel, EVERY) in rows]
    chances = [chance(page, panel) for panel in JUDGED if known(page, (panel, EVERY), "said")]
    return page.section("year_record_heading", ["year_record_method"], [*sentences, *chances], table)


def known(page: PlanMaterial, row: Row, statistic: str) -> bool:
    """Whether the record holds a figure."""
    return page.has(RECORD, GDP if row[0] == LEVELS else GROWTH, None, statistic, under(row))


def of(page: PlanMaterial, row: Row, statistic: str, rule: str) -> Number:
    """A figure of the record."""
    indicator = GDP if row[0] == LEVELS else GROWTH
    return page.ledger.number(rule, RECORD, indicator, None, statistic, under(row))


def under(row: Row) -> str:
    """The case of a row of the record."""
    return case(panel=row[0], quarters=row[1])


def told_of(page: PlanMaterial, panel: str) -> Sentence:
    """How often the bands held, and how the error compares with the rate carried forward."""
    row = (panel, EVERY)
    return page.say(
        "year_record_told",
        panel=page.words[PANELS[panel]],
        forecasts=of(page, row, "forecasts", "count"),
        coverage=of(page, row, "coverage_80", "share"),
        low=of(page, row, "low", "share"),
        high=of(page, row, "high", "share"),
        crps=of(page, row, "crps", "size_growth_points"),
        carried=of(page, row, "crps_carried", "size_growth_points"),
    )


def chance(page: PlanMaterial, panel: str) -> Sentence:
    """Chances said, targets met, and whether growth so far knew better."""
    row = (panel, EVERY)
    own, carried = (of(page, row, name, "ratio") for name in ("brier", "brier_carried"))
    return page.say(
        "year_record_chance" if own.value <= carried.value else "year_record_chance_worse",
        panel=page.words[PANELS[panel]],
        targets=of(page, row, "targets", "count"),
        said=of(page, row, "said", "percent"),
        came=of(page, row, "came", "percent"),
        brier=own,
        carried=carried,
    )
