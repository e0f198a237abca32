"""Which missing figure leaves which doubt."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from futian_model.calibration.missing import EDGES, GROWTH, MISSING, PEOPLE, case_of, unpublished_plans
from futian_model.report.page import Cell, Column, Section, numeric
from futian_model.report.pages.evidence.material import EvidenceMaterial
from futian_model.report.words import Number, Sentence, year
from futian_model.report.words.amounts import in_brackets
from futian_model.report.words.numbers import BARE, bare
from futian_model.report.words.sentences import year_span

Of = Mapping[Hashable, Any]
"""A row of `calibration.missing.doubts`."""
PLANS = {
    "13th": "evidence_plan_13th",
    "14th": "evidence_plan_14th",
    "15th": "evidence_plan_15th",
    "16th": "evidence_plan_16th",
}
BANDS = ("evidence_column_now", "evidence_column_known")
ALL_GONE = 0.995
"""From this part on nothing is left of a doubt."""


def doubts(page: EvidenceMaterial) -> Section | None:
    """Every missing figure of the district: the bands now, and how far they would close."""
    rows: Sequence[Of] = page.doubts.to_dict("records")
    if not rows:
        return None
    years = sorted({int(row["year"]) for row in rows})
    items: list[list[Cell]] = []
    for _, table in page.doubts.groupby(["figure", "first", "last", "indicator"], sort=False):
        both: Sequence[Of] = table.sort_values("year").to_dict("records")
        cells = [cell for row in both for cell in (band(page, row), known(page, row))]
        items.append([figure(page, both[0]), doubted(page, both[0]["indicator"]), *cells])
    for plan in unpublished_plans(page.setting):
        absent: list[Cell] = [page.words["evidence_not_published"]] * (2 * len(years))
        items.append([page.words[PLANS[plan]], page.words["evidence_plan_doubt"], *absent])
    columns = [Column("evidence_column_missing"), Column("evidence_column_doubted")]
    for at in years:
        columns += [numeric(page.say(key, year=year(at))) for key in BANDS]
    return page.section(
        "evidence_missing_heading",
        ["evidence_missing_lead", *most(page, rows, years[-1])],
        page.table(
            page.say("evidence_missing_table", place=page.name(page.district)),
            items,
            columns,
            page.say("evidence_missing_note", base_year=year(page.first)),
        ),
        level=3,
    )


def number(page: EvidenceMaterial, row: Of, statistic: str, rule: str) -> Number:
    """An end of a band, or what the figure would take away."""
    at = (row["indicator"], int(row["year"]), statistic)
    return page.number(*at, rule=rule, reading=MISSING, case=case_of(row))


def figure(page: EvidenceMaterial, row: Of) -> str:
    """A missing figure: what it is, its years, and the last year whose figure is in use."""
    first, last = int(row["first"]), int(row["last"])
    name = "year_end_population" if row["figure"] == PEOPLE else row["figure"]
    span = year_span(first if row["figure"] == GROWTH else last, last, page.words)
    since = year(int(row["since"]))
    return page.say("evidence_missing_figure", span=span, name=page.name(name), since=since).text


def doubted(page: EvidenceMaterial, indicator: str) -> str:
    """What a figure leaves open, with the unit of its bands."""
    rule = page.rule(indicator)
    unit = page.words[f"unit_{bare(rule)}"] if rule in BARE else ""
    return in_brackets(page.name(indicator), unit, page.words) if unit else page.name(indicator)


def band(page: EvidenceMaterial, row: Of, when: str = "") -> Sentence:
    """The band of 80 %, as it is or ``"_known"``."""
    rule = bare(page.rule(row["indicator"]))
    low, high = (number(page, row, f"{end}{when}", rule) for end in EDGES)
    return page.say("evidence_band", low=low, high=high)


def known(page: EvidenceMaterial, row: Of) -> Cell:
    """The band if the figure were known."""
    gone = number(page, row, "gone", "share")
    if gone.value >= ALL_GONE:
        return page.words["evidence_known"]
    return page.say("evidence_band_known", band=band(page, row, "_known"), gone=gone)


def most(page: EvidenceMaterial, rows: Sequence[Of], at: int) -> list[Sentence]:
    """Of each indicator in the last year, the figure that would take most away."""
    last = [row for row in rows if row["year"] == at]
    sentences = []
    for indicator in dict.fromkeys(row["indicator"] for row in last):
        own = [row for row in last if row["indicator"] == indicator]
        row = min(own, key=lambda row: float(row["sd_known"]))
        fields = {"name": page.name(indicator), "figure": page.words.inline(figure(page, row))}
        gone = number(page, row, "gone", "share")
        sentences.append(page.say("evidence_missing_most", year=year(at), gone=gone, **fields))
    return sentences
