"""What others expect of the nation, beside the method's own medians."""

import pandas as pd

from futian_model.calibration.frames import LADDER
from futian_model.calibration.outlook import FRESH, GROWTH, OUTLOOK, PEOPLE, PRICES
from futian_model.calibration.trends import edition_of
from futian_model.languages import language
from futian_model.report.page import Block, Cell, Column, Table, numeric, short
from futian_model.report.pages.evidence.material import EvidenceMaterial
from futian_model.report.sections.outlook import Of, apart, body, differing, number
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import quantity_name
from futian_model.report.words.sentences import year_span
from futian_model.results import case


def expectations(page: EvidenceMaterial) -> Block | None:
    """The latest word of every body on the nation's growth, prices and people, and how far off it lies."""
    growth = apart(page, GROWTH)
    if not growth:
        return None
    others = [row for indicator in (PRICES, PEOPLE) for row in apart(page, indicator)]
    lead = [differing(page, growth), *read(page)]
    if not others:
        return page.section("evidence_outlook_heading", lead, table(page, growth), level=3)
    beside = [*(named_gap(page, row) for row in others), page.say("evidence_outlook_untested")]
    parts = lead, table(page, growth), beside, yearly(page)
    return page.section("evidence_outlook_heading", *parts, level=3)


def paths(page: EvidenceMaterial) -> pd.DataFrame | None:
    """The same expectations of growth as lines of a chart; None where there are none."""
    rows = page.outlooks[GROWTH].rename(columns={language(page.lang).column("name"): "series"})
    lines = rows.rename(columns={"growth": "value"})[["series", "year", "value"]]
    return None if lines.empty else lines


def read(page: EvidenceMaterial) -> list[Sentence]:
    """Which of the forecasts the median has taken in, and that the others stand beside it."""
    edition = edition_of(page.setting)
    if edition is None:
        return [page.say("evidence_outlook_none_read")]
    return [page.say("evidence_outlook_read", edition=page.words.month(edition[0].edition))]


def table(page: EvidenceMaterial, rows: list[Of]) -> Table:
    """Every body's mean over its years beside the median of the same years."""
    return page.table(
        page.say("evidence_outlook_table", nation=page.name(page.evidence.place("nation"))),
        rows,
        [
            Column("evidence_column_body", lambda row: body(page, row)),
            short("evidence_column_edition", lambda row: row["edition"]),
            short("column_years", lambda row: year_span(int(row["first"]), int(row["last"]), page.words)),
            numeric("evidence_column_expected", lambda row: number(page, row, "mean", "growth")),
            numeric("evidence_column_median", lambda row: number(page, row, "median", "growth")),
            numeric("evidence_column_gap", lambda row: number(page, row, "gap", "growth_points")),
        ],
        page.say("evidence_outlook_note", vintage=page.vintage, fresh=Number(FRESH, "count")),
    )


def named_gap(page: EvidenceMaterial, row: Of) -> Sentence:
    """How far one body's path of prices or people lies from the median."""
    return page.say(
        "evidence_outlook_apart",
        body=body(page, row),
        name=page.words.inline(quantity_name(row["indicator"], page.words)),
        years=year_span(int(row["first"]), int(row["last"]), page.words),
        gap=number(page, row, "gap", "growth_points"),
    )


def yearly(page: EvidenceMaterial) -> Table:
    """Prices and people of the nation year by year: as expected, and as the method has them."""
    nation = page.evidence.place("nation")

    def own(row: Of, statistic: str) -> Number:
        at = (row["indicator"], int(row["year"]), statistic)
        return page.number(*at, rule="growth", reading=LADDER, case=case(place=nation))

    def expected(row: Of) -> Cell:
        at = (row["indicator"], int(row["year"]), "expected")
        return page.number(*at, rule="growth", reading=OUTLOOK, case=case(body=row["body"]))

    return page.table(
        page.say("evidence_outlook_yearly", nation=page.name(nation)),
        [
            row | {"indicator": indicator}
            for indicator in (PRICES, PEOPLE)
            for row in page.outlooks[indicator].to_dict("records")
        ],
        [
            Column(
                "column_figure",
                lambda row: page.say(
                    "figure_label",
                    name=quantity_name(row["indicator"], page.words),
                    year=year(int(row["year"])),
                ),
            ),
            short("evidence_column_body", lambda row: body(page, row)),
            numeric("evidence_column_expected", expected),
            numeric("evidence_column_median", lambda row: own(row, "central")),
            numeric(
                "evidence_column_band",
                lambda row: page.say("evidence_band", low=own(row, "p10"), high=own(row, "p90")),
            ),
        ],
    )
