"""Section of the headquarters page on leaving one by one, and the entry that makes up for it."""

from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.pages.headquarters.material import HeadquartersMaterial
from futian_model.report.words.numbers import Number, year
from futian_model.stress import RELOCATION, hazard


def relocation(given: HeadquartersMaterial) -> Section:
    """What leaves one by one, and the entry that makes up for it."""
    words, part, base = given.words, given.study.part, given.first
    heads = (
        "headquarters_remains",
        "headquarters_sd",
        "headquarters_tenth",
        "headquarters_twentieth",
    )
    columns = [
        Column(words["headquarters_case"], head=True),
        *(Column(words[name], numeric=True) for name in heads),
    ]
    rows: list[list[Cell]] = []
    for made in given.study.relocated:
        at, under = base + made.years, hazard(made.hazard)
        rows.append(
            [
                words.say(
                    "headquarters_rate_years",
                    hazard=Number(made.hazard, "growth_coarse"),
                    years=Number(made.years, "count"),
                ),
                given.told(RELOCATION, part, at, "mean", "share", under),
                given.spread(RELOCATION, part, at, "sd", "share", under),
                given.told(RELOCATION, part, at, "tenth", "share", under),
                given.told(RELOCATION, part, at, "twentieth", "share", under),
            ]
        )
    title, note = words["headquarters_relocation_table"], words.say("headquarters_relocation_note")
    children: list[Block] = [
        Prose(given.lang, [words.say("headquarters_relocation_lead")]),
        Table(given.lang, title, columns, rows, note, cards=True),
        entry_table(given),
    ]
    return Section(given.lang, words["headquarters_relocation_heading"], children)


def entry_table(given: HeadquartersMaterial) -> Table:
    """Entry that keeps the stock of headquarters where it is, by hazard."""
    words, part, base = given.words, given.study.part, given.first
    heads = (
        "headquarters_due",
        "headquarters_amount",
        "headquarters_due_groups",
    )
    columns = [
        Column(words["headquarters_case"], head=True),
        *(Column(words[name], numeric=True) for name in heads),
    ]
    rows: list[list[Cell]] = [
        [
            words.say("headquarters_rate", hazard=Number(rate, "growth_coarse")),
            given.told(RELOCATION, part, base, "break_even", "growth", hazard(rate)),
            given.told(RELOCATION, part, base, "amount", "gdp", hazard(rate)),
            given.told(RELOCATION, part, base, "groups", "ratio", hazard(rate)),
        ]
        for rate in dict.fromkeys(made.hazard for made in given.study.relocated)
    ]
    note = words.say("headquarters_entry_note", year=year(base))
    return Table(given.lang, words["headquarters_entry_table"], columns, rows, note, cards=True)
