"""What others expect of the nation, beside the method's own medians."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from futian_model.calibration.frames import LADDER
from futian_model.calibration.outlook import FRESH, GROWTH, OUTLOOK, PEOPLE, PRICES
from futian_model.calibration.trends import edition_of
from futian_model.languages import language
from futian_model.report.page import Block, Cell, Column, Table, numeric, short
from futian_model.report.pages.evidence.material import EvidenceMaterial
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.names import quantity_name
from futian_model.report.words.sentences import year_span
from futian_model.results import case

Of = Mapping[Hashable, Any]
"""A row of `calibration.outlook.gaps` or of `calibration.outlook.outlook`, with its indicator."""


def expectations(page: EvidenceMaterial) -> Block | None:
    """The latest word of every body on the nation's growth, prices and people, and how far off it lies."""
    growth = apart(page, GROWTH)
    if not growth:
        return None
    others = [row for indicator in (PRICES, PEOPLE) for row in apart(page, indicator)]
    return page.section(
        "evidence_outlook_heading",
        [differing(page, growth), read(page)],
        table(page, growth),
        [*(named_gap(page, row) for row in others), "evidence_outlook_untested"] if others else None,
        yearly(page) if others else None,
        level=3,
    )


def paths(page: EvidenceMaterial) -> pd.DataFrame | None:
    """The same expectations of growth as lines of a chart; None where there are none."""
    rows = page.outlooks[GROWTH].rename(columns={language(page.lang).column("name"): "series"})
    lines = rows.rename(columns={"growth": "value"})[["series", "year", "value"]]
    return None if lines.empty else lines


def read(page: EvidenceMaterial) -> Sentence:
    """Which of the forecasts the median has taken in, and that the others stand beside it."""
    edition = edition_of(page.setting)
    if edition is None:
        return page.say("evidence_outlook_none_read")
    return page.say("evidence_outlook_read", edition=page.words.month(edition[0].edition))


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

    def band(row: Of) -> Sentence:
        return page.say("evidence_band", low=own(row, "p10"), high=own(row, "p90"))

    def dated(row: Of) -> Sentence:
        name = quantity_name(row["indicator"], page.words)
        return page.say("figure_label", name=name, year=year(int(row["year"])))

    return page.table(
        page.say("evidence_outlook_yearly", nation=page.name(nation)),
        [
            row | {"indicator": indicator}
            for indicator in (PRICES, PEOPLE)
            for row in page.outlooks[indicator].to_dict("records")
        ],
        [
            Column("column_figure", dated),
            short("evidence_column_body", lambda row: body(page, row)),
            numeric("evidence_column_expected", expected),
            numeric("evidence_column_median", lambda row: own(row, "central")),
            numeric("evidence_column_band", band),
        ],
    )


def apart(page: EvidenceMaterial, indicator: str) -> list[Of]:
    """Every body with how far its expectation lies from the median, the highest first."""
    return [row | {"indicator": indicator} for row in page.gaps[indicator].to_dict("records")]


def number(page: EvidenceMaterial, row: Of, statistic: str, rule: str) -> Number:
    """A mean of a body's years."""
    under = case(body=row["body"])
    return page.number(row["indicator"], int(row["last"]), statistic, rule=rule, reading=OUTLOOK, case=under)


def body(page: EvidenceMaterial, row: Of) -> str:
    """Who expects it."""
    return str(row[language(page.lang).column("name")])


def differing(page: EvidenceMaterial, rows: list[Of]) -> Sentence:
    """How far all bodies lie from the median, and who furthest either way."""
    nation, ends = page.evidence.place("nation"), {"highest": rows[0], "lowest": rows[-1]}
    last = max(int(row["last"]) for row in rows)
    under: dict[str, Any] = {"reading": OUTLOOK, "case": case(place=nation)}
    said = {f"{end}_gap": number(page, row, "gap", "growth_points") for end, row in ends.items()}
    return page.say(
        "evidence_outlook_lead",
        nation=page.name(nation),
        years=year_span(min(int(row["first"]) for row in rows), last, page.words),
        vintage=page.vintage,
        count=page.number(GROWTH, last, "bodies", rule="count", **under),
        gap=page.number(GROWTH, last, "gap", rule="growth_points", **under),
        **{end: body(page, row) for end, row in ends.items()},
        **said,
    )
