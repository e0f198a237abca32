"""What a scenario assumes, in words, and where each assumption was made."""

from futian_model.evidence import Evidence
from futian_model.goals import ACCOUNTING
from futian_model.report.page import Cell, Column, Prose, Section, numeric
from futian_model.report.sections.block_sentences import BlockSentences
from futian_model.report.sections.judgments import judgment_blocks, told_judgments
from futian_model.report.sections.material import Material
from futian_model.report.sections.missing import base_of
from futian_model.report.words import Sentence, words, year
from futian_model.scenario import Scenario

INPUTS = ("capital", "public_capital", "labour", "human_capital", "tfp")
"""What production is made of."""


def assumptions(page: Material) -> Section:
    """A row an assumption: what it is, and what it says."""
    rows = stated(page.scenario, page.evidence, page.lang)
    columns = [Column("column_assumption"), Column("column_says")]
    return page.section(
        "assumptions_heading",
        page.table(Sentence(""), rows, columns),
        counted(page),
        overlapping(page),
        *judgment_blocks(page),
        sources_of_growth(page),
    )


def counted(page: Material) -> Prose | None:
    """The census count beside the population that the base levels imply."""
    first, implied = page.first, "gdp_per_capita" in page.given_scenario.base.figures
    if not implied or not page.has("population_census", first, "outturn", "published"):
        return None
    census = page.number("population_census", first, "outturn", reading="published")
    base = page.number("average_population", first)
    return page.note(page.say("population_vintage", base_year=year(first), base=base, census=census))


def overlapping(page: Material) -> list[Sentence]:
    """Shares of the scenario that are cuts of the same GDP, each pair of them once."""
    table, sentences = page.evidence.indicators, []
    for at, share in enumerate(page.shares):
        later = page.shares[at + 1 :]
        others = [name for name in str(table.loc[share, "overlaps"]).split(";") if name in later]
        if others:
            names = page.listed(map(page.inline, others))
            sentences.append(page.say("overlapping_cut", share=page.name(share), others=names))
    return sentences


def describe(scenario: Scenario, evidence: Evidence, lang: str) -> list[tuple[str, str]]:
    """What a scenario assumes: label and text of each assumption."""
    return stated(scenario, evidence, lang) + told_judgments(scenario, evidence, lang)


def stated(scenario: Scenario, evidence: Evidence, lang: str) -> list[tuple[str, str]]:
    """Label and text of each assumption."""
    texts, levers, settings = words(lang), scenario.levers, scenario.assumptions
    sentences, base = BlockSentences(evidence, texts), base_of(scenario, evidence)
    people = sentences.block(levers.population)
    if not base.population_held:
        people = texts.say("missing_lever", year=year(settings.base_year)).text
    rows = [
        (texts["lever_growth"], sentences.block(levers.growth)),
        (texts["lever_population"], people),
    ]
    for share, block in levers.shares.items():
        if block is not None:
            rows.append((evidence.name(share, lang), sentences.block(block, share)))
    if levers.firms is not None:
        rows.append((texts["lever_firms"], sentences.firms(levers.firms)))
    for event in levers.events.values():
        if event is not None:
            rows.append((event.title[lang], sentences.event(event)))
    return [
        *rows,
        (texts["assumption_deflator"], sentences.block(settings.deflator)),
        (texts["assumption_base"], sentences.base(settings, base)),
        (texts["assumption_vintage"], sentences.seen(settings)),
        (texts["assumption_uncertainty"], sentences.uncertainty(settings.uncertainty)),
    ]


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
