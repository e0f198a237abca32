"""What each scenario assumes: its premise in a line; of two, every block that differs."""

from typing import Any

from futian_model.attribution import NOT_SHARES, blocks_of, differing
from futian_model.report.page import Column, Section, Table
from futian_model.report.pages.compare.answer import nothing
from futian_model.report.pages.compare.rows import CompareMaterial
from futian_model.report.sections.block_sentences import BlockSentences
from futian_model.report.sections.judgments import brief
from futian_model.report.sections.missing import base_of
from futian_model.report.words import Sentence, capital
from futian_model.scenario import Scenario

FIELDS = {
    "judgments": ("judgments",),
    "prices": ("assumptions.deflator",),
    "base": tuple(f"assumptions.{name}" for name in ("gdp_source", "population_source", "base")),
    "vintage": ("assumptions.vintage", "assumptions.forecasts"),
    "uncertainty": ("assumptions.uncertainty",),
}
"""Where a block stands in a scenario file, if not among the levers by its own name."""


def assumed(page: CompareMaterial) -> Section:
    """The premise of each scenario; of two, every block that differs as each states it, and those alike."""
    if not page.two:
        return page.section("compare_premises_heading", premises(page))
    if page.same:
        return page.section("compare_assumed_heading", nothing(page))
    rows = []
    for name in page.mixtures.names:
        texts = [stated(page, side.scenario, name) for side in page.sides.values()]
        if texts[0] == texts[1]:  # what differs is too fine for the sentence: field by field
            texts = fields(page, name)
        rows.append([capital(page.block((name,))), *texts])
    columns = [Column("compare_column_block"), *(Column(Sentence(title)) for title in page.titles)]
    table = page.table("compare_assumed_table", rows, columns)
    return page.section("compare_assumed_heading", shared(page), table)


def premises(page: CompareMaterial) -> Table:
    """A line a scenario: what it says of itself, and in what it differs from the baseline."""
    baseline = next(iter(page.sides))

    def changed(key: str) -> str:
        if key == baseline:
            return page.words["compare_is_baseline"]
        names = differing(page.scenario, page.sides[key].scenario)
        return page.listed(page.block((name,)) for name in names) or page.words["compare_nothing"]

    return page.table(
        "compare_premises_table",
        page.sides,
        [
            Column("compare_scenario", lambda key: page.named[key]),
            Column("compare_premise", lambda key: page.sides[key].scenario.description[page.lang]),
            Column("compare_changed", changed),
        ],
    )


def shared(page: CompareMaterial) -> Sentence | None:
    """Blocks that both have and that do not differ."""
    alike = [
        name for name, block in blocks_of(page.scenario).items() if block and name not in page.mixtures.names
    ]
    blocks = page.listed(page.block((name,)) for name in alike)
    return page.say("compare_shared", blocks=blocks) if alike else None


def stated(page: CompareMaterial, scenario: Scenario, name: str) -> str:
    """A block of a scenario in words."""
    words, settings = page.words, scenario.assumptions
    sentences = BlockSentences(page.evidence, words)
    block: Any = blocks_of(scenario).get(name)
    if not block:
        return words["compare_nothing" if name in NOT_SHARES else "compare_none_of_it"]
    match name:
        case "growth" | "population" | "prices":
            return sentences.block(block)
        case "firms":
            return sentences.firms(block)
        case "events":
            return page.listed(
                page.say("compare_field", field=event.title[page.lang], value=sentences.event(event)).text
                for event in block.values()
            )
        case "judgments":
            return page.listed(brief(judgment, page.evidence, words) for judgment in block.values())
        case "base":
            return sentences.base(settings, base_of(scenario, page.evidence))
        case "vintage":
            return sentences.seen(settings)
        case "uncertainty":
            return sentences.uncertainty(settings.uncertainty)
    return sentences.block(block, name)


def fields(page: CompareMaterial, name: str) -> list[str]:
    """Fields of a block that differ, by the name they have in a scenario file."""
    starts = FIELDS.get(name, (f"levers.{name}" if name in NOT_SHARES else f"levers.shares.{name}",))
    own, other = (side.scenario.values() for side in page.sides.values())
    differ = [
        key
        for key in dict.fromkeys([*own, *other])
        if own.get(key) != other.get(key) and any(f"{key}.".startswith(f"{start}.") for start in starts)
    ]

    def field(key: str, value: object) -> str:
        return page.say("compare_field", field=key.rpartition(".")[2], value=str(value)).text

    return [
        page.listed(field(key, side.get(key, page.words["not_told"])) for key in differ)
        for side in (own, other)
    ]
