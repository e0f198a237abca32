"""Section of the headquarters page on leaving one by one, and the entry that makes up for it."""

from futian_model.report.page import Column, Fill, Section, Table, numeric
from futian_model.report.pages.headquarters.material import HeadquartersMaterial
from futian_model.report.words import Number, Sentence, year
from futian_model.stress import RELOCATION, hazard
from futian_model.stress.sizes import Remaining


def relocation(page: HeadquartersMaterial) -> Section:
    """What leaves one by one, and the entry that makes up for it."""
    return page.section(
        "headquarters_relocation_heading",
        "headquarters_relocation_lead",
        remains_table(page),
        entry_table(page),
    )


def remains_table(page: HeadquartersMaterial) -> Table:
    """What is left after so many years, by hazard."""

    def label(relocated: Remaining) -> Sentence:
        rate, years = Number(relocated.hazard, "growth_coarse"), Number(relocated.years, "count")
        return page.say("headquarters_rate_years", hazard=rate, years=years)

    def place(relocated: Remaining) -> tuple[str, str, int]:
        return RELOCATION, page.study.part, page.first + relocated.years

    def part(statistic: str) -> Fill:
        return lambda remaining: page.read(*place(remaining), statistic, "share", hazard(remaining.hazard))

    def spread(relocated: Remaining) -> Sentence:
        return page.spread(*place(relocated), "sd", "share", hazard(relocated.hazard))

    return page.table(
        "headquarters_relocation_table",
        page.study.relocated,
        [
            Column("headquarters_case", label),
            numeric("headquarters_remains", part("mean")),
            numeric(
                "headquarters_sd", lambda row: page.spread(*place(row), "sd", "share", hazard(row.hazard))
            ),
            numeric("headquarters_tenth", part("tenth")),
            numeric("headquarters_twentieth", part("twentieth")),
        ],
        "headquarters_relocation_note",
    )


def entry_table(page: HeadquartersMaterial) -> Table:
    """Entry that keeps the stock of headquarters where it is, by hazard."""

    def label(rate: float) -> Sentence:
        return page.say("headquarters_rate", hazard=Number(rate, "growth_coarse"))

    def due(statistic: str, rule: str) -> Fill:
        return lambda rate: page.read(RELOCATION, page.study.part, page.first, statistic, rule, hazard(rate))

    return page.table(
        "headquarters_entry_table",
        dict.fromkeys(relocated.hazard for relocated in page.study.relocated),
        [
            Column("headquarters_case", label),
            numeric("headquarters_due", due("break_even", "growth")),
            numeric("headquarters_amount", due("amount", "gdp")),
            numeric("headquarters_due_groups", due("groups", "ratio")),
        ],
        page.say("headquarters_entry_note", year=year(page.first)),
    )
