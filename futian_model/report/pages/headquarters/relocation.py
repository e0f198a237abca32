"""Section of the headquarters page on leaving one by one, and the entry that makes up for it."""

from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.pages.headquarters.rows import RELOCATION, HeadquartersMaterial, hazard_name
from futian_model.report.words.numbers import Number, year


def relocation(given: HeadquartersMaterial) -> Section:
    """What leaves one by one, and the entry that makes up for it."""
    words, part, base = given.words, given.part, given.first
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
    for made in given.relocated:
        at, name = base + made.years, hazard_name(made.hazard)
        rows.append(
            [
                words.say(
                    "headquarters_rate_years",
                    hazard=Number(made.hazard, "growth_coarse"),
                    years=Number(made.years, "count"),
                ),
                given.told(RELOCATION, part, at, f"{name}_mean", "share"),
                given.spread(RELOCATION, part, at, f"{name}_sd", "share"),
                given.told(RELOCATION, part, at, f"{name}_tenth", "share"),
                given.told(RELOCATION, part, at, f"{name}_twentieth", "share"),
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
    words, part, base = given.words, given.part, given.first
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
            words.say("headquarters_rate", hazard=Number(hazard, "growth_coarse")),
            given.told(RELOCATION, part, base, f"{hazard_name(hazard)}_break_even", "growth"),
            given.told(RELOCATION, part, base, f"{hazard_name(hazard)}_amount", "gdp"),
            given.told(RELOCATION, part, base, f"{hazard_name(hazard)}_groups", "ratio"),
        ]
        for hazard in dict.fromkeys(made.hazard for made in given.relocated)
    ]
    note = words.say("headquarters_entry_note", year=year(base))
    return Table(given.lang, words["headquarters_entry_table"], columns, rows, note, cards=True)
