"""Where growth comes from, in a scenario with production."""

from futian_model.goals import ACCOUNTING
from futian_model.report.page.blocks import Block, Cell, Column, Section, Table
from futian_model.report.sections.material import Material
from futian_model.report.words.numbers import year

INPUTS = ("capital", "public_capital", "labour", "human_capital", "tfp")


def sources_of_growth(given: Material) -> list[Block]:
    """A table of what each input adds to growth a year, by spans of years; nothing without production."""
    rows = given.results[given.results["reading"] == ACCOUNTING]
    if rows.empty:
        return []
    words, ends = given.words, sorted({int(at) for at in rows["year"]})
    starts = [given.first + 1, *(end + 1 for end in ends[:-1])]
    spans = [
        words.say("span", start=year(start), end=year(end)).text
        for start, end in zip(starts, ends, strict=True)
    ]
    columns = [Column(words["column_input"], head=True), *(Column(span, numeric=True) for span in spans)]

    def line(label: str, name: str, statistic: str, rule: str) -> list[Cell]:
        told = (given.number(name, end, statistic, rule=rule, reading=ACCOUNTING) for end in ends)
        return [words[label], *told]

    held = set(rows["indicator"])
    table = [line("input_growth", "gdp_growth", "contribution", "growth")]
    table += [line(f"input_{name}", name, "contribution", "growth_points") for name in INPUTS if name in held]
    table.append(line("input_ratio", "capital_output_ratio", "central", "ratio"))
    note = words.say("input_note")
    made = Table(given.lang, words["input_table"], columns, table, note, cards=True)
    return [Section(given.lang, words["input_heading"], [made], level=3)]
