"""What a scenario assumes, in words, and where each assumption was made."""

from pathlib import Path

from futian_model.evidence import Evidence
from futian_model.report.page import Column, Prose, Section
from futian_model.report.pages.scenario.sources_of_growth import sources_of_growth
from futian_model.report.sections.block_sentences import BlockSentences
from futian_model.report.sections.judgments import judgment_blocks, told_judgments
from futian_model.report.sections.material import Material
from futian_model.report.sections.missing import base_of
from futian_model.report.words import Sentence, Words, words, year
from futian_model.scenario import OVERRIDE, Scenario


def assumptions(page: Material) -> Section:
    """A row an assumption: what it is, what it says, where it is set."""
    rows = stated(page.scenario, page.evidence, page.lang)
    columns = [Column("column_assumption"), Column("column_says"), Column("column_set_in")]
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
    rows = [(label, text) for label, text, _ in stated(scenario, evidence, lang)]
    return rows + told_judgments(scenario, evidence, lang)


def stated(scenario: Scenario, evidence: Evidence, lang: str) -> list[tuple[str, str, str]]:
    """Label, text and place of each assumption."""
    texts, levers, settings = words(lang), scenario.levers, scenario.assumptions
    sentences, base = BlockSentences(evidence, texts), base_of(scenario, evidence)
    people = sentences.block(levers.population)
    if not base.population_held:
        people = texts.say("missing_lever", year=year(settings.base_year)).text
    rows = [
        (texts["lever_growth"], sentences.block(levers.growth), "levers.growth"),
        (texts["lever_population"], people, "levers.population"),
    ]
    for share, block in levers.shares.items():
        if block is not None:
            rows.append((evidence.name(share, lang), sentences.block(block, share), f"levers.shares.{share}"))
    if levers.firms is not None:
        rows.append((texts["lever_firms"], sentences.firms(levers.firms), "levers.firms"))
    for name, event in levers.events.items():
        if event is not None:
            rows.append((event.title[lang], sentences.event(event), f"levers.events.{name}"))
    rows += [
        (texts["assumption_deflator"], sentences.block(settings.deflator), "assumptions.deflator"),
        (texts["assumption_base"], sentences.base(settings, base), "assumptions.gdp_source"),
        (texts["assumption_vintage"], sentences.seen(settings), "assumptions.vintage"),
        (
            texts["assumption_uncertainty"],
            sentences.uncertainty(settings.uncertainty),
            "assumptions.uncertainty",
        ),
    ]
    return [(label, text, origin(scenario, field, texts)) for label, text, field in rows]


def origin(scenario: Scenario, field: str, texts: Words) -> str:
    """File and line that set an assumption, or that it is the library's default."""
    places = [
        place for name, place in scenario.provenance.items() if name == field or name.startswith(f"{field}.")
    ]
    if OVERRIDE in places:
        return texts["override"]
    for place in places:
        file, line, number = place.partition(", line ")
        if line:  # of a file outside the project the name: a report says nothing of the machine
            named = Path(file).name if Path(file).is_absolute() else file
            return texts.say("file_line", file=named, line=number).text
    return texts["library_default"]
