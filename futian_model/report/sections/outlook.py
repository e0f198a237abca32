"""How far the method's median of the nation's growth lies from what others published."""

from collections.abc import Hashable, Mapping
from typing import Any

from futian_model.calibration.outlook import GROWTH, OUTLOOK
from futian_model.languages import language
from futian_model.report.sections.material import Material
from futian_model.report.words import Number, Sentence, year_span
from futian_model.results import case

Of = Mapping[Hashable, Any]
"""A row of `calibration.outlook.gaps` or of `calibration.outlook.outlook`, with its indicator."""


def apart(page: Material, indicator: str) -> list[Of]:
    """Every body with how far its expectation lies from the median, the highest first."""
    return [row | {"indicator": indicator} for row in page.gaps[indicator].to_dict("records")]


def number(page: Material, row: Of, statistic: str, rule: str) -> Number:
    """A mean of a body's years."""
    under = case(body=row["body"])
    return page.number(row["indicator"], int(row["last"]), statistic, rule=rule, reading=OUTLOOK, case=under)


def body(page: Material, row: Of) -> str:
    """Who expects it."""
    return str(row[language(page.lang).column("name")])


def differing(page: Material, rows: list[Of]) -> Sentence:
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
