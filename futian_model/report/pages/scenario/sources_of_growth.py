"""Where growth comes from, in a scenario with production."""

from futian_model.goals import ACCOUNTING
from futian_model.report.page import Cell, Column, Section, numeric
from futian_model.report.sections.material import Material

INPUTS = ("capital", "public_capital", "labour", "human_capital", "tfp")


def sources_of_growth(page: Material) -> Section | None:
    """A table of what each input adds to growth a year, by spans of years; None without production."""
    rows = page.results[page.results["reading"] == ACCOUNTING]
    rows = rows[rows["statistic"] == "contribution"]
    if rows.empty:
        return None
    ends = sorted({int(at) for at in rows["year"]})
    starts = [page.jump_off + 1, *(end + 1 for end in ends[:-1])]
    spans = [page.span(start, end) for start, end in zip(starts, ends, strict=True)]

    def line(label: str, name: str, statistic: str, rule: str) -> list[Cell]:
        numbers = (page.number(name, end, statistic, rule=rule, reading=ACCOUNTING) for end in ends)
        return [page.words[label], *numbers]

    shown = [name for name in INPUTS if name in set(rows["indicator"])]
    table = page.table(
        "input_table",
        [
            line("input_growth", "gdp_growth", "contribution", "growth"),
            *(line(f"input_{name}", name, "contribution", "growth_points") for name in shown),
            line("input_ratio", "capital_output_ratio", "central", "ratio"),
        ],
        [Column("column_input"), *map(numeric, spans)],
        "input_note",
    )
    return page.section("input_heading", table, level=3)
