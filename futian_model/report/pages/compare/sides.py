"""Both sides of the comparison: key figures, goals, and what each assumes."""

from math import isfinite
from typing import Any

from futian_model.attribution import NOT_SHARES, blocks_of
from futian_model.evidence import Goal
from futian_model.report.page import Cell, Column, Fill, Section, Table, numeric
from futian_model.report.pages.compare.answer import nothing
from futian_model.report.pages.compare.rows import DIFFERENCE, CompareMaterial
from futian_model.report.sections.block_sentences import BlockSentences
from futian_model.report.sections.judgments import brief
from futian_model.report.sections.material import GIVEN_SCENARIO
from futian_model.report.sections.missing import base_of
from futian_model.report.words import Sentence, capital, year
from futian_model.scenario import Scenario

FIELDS = {
    "judgments": ("judgments",),
    "prices": ("assumptions.deflator",),
    "base": tuple(f"assumptions.{name}" for name in ("gdp_source", "population_source", "base")),
    "vintage": ("assumptions.vintage", "assumptions.forecasts"),
    "uncertainty": ("assumptions.uncertainty",),
}
"""Where a block stands in a scenario file, if not among the levers by its own name."""


def side_by_side(page: CompareMaterial) -> Section:
    """Key figures of both, and the plan's goals under each."""
    goals = goals_table(page) if page.common else None
    return page.section("compare_sides_heading", figures_table(page), goals)


def figures_table(page: CompareMaterial) -> Table:
    """Indicators in the goals' years and the last one."""
    years = sorted({goal.year for goal in page.goals} | {page.last})

    def side(name: str) -> Fill:
        return lambda row: level(page, name, *row)

    titles = dict(zip(page.sides, page.titles, strict=True))
    return page.table(
        "compare_sides_table",
        [(name, at) for name in page.listed_indicators for at in years],
        [
            Column("column_indicator", lambda row: page.dated(*row).text),
            *(numeric(Sentence(title), side(name)) for name, title in titles.items()),
            numeric("compare_difference", lambda row: apart(page, *row)),
        ],
        page.say("compare_sides_note", base_year=year(page.first), **titles),
    )


def level(page: CompareMaterial, side: str, name: str, at: int) -> Cell:
    """A figure of one side, where it is simulated."""
    simulated = name in page.sides[side].given_scenario.indicators
    return page.of(side, name, at) if simulated else page.words["not_told"]


def apart(page: CompareMaterial, name: str, at: int) -> Cell:
    """How far apart the sides are: points of a share, per cent of a level."""
    statistic, rule = ("difference", "points") if page.rule(name) == "share" else ("relative", "change")
    if not page.has(name, at, statistic, DIFFERENCE):
        return page.words["not_told"]
    return page.number(name, at, statistic, rule=rule, reading=DIFFERENCE)


def goals_table(page: CompareMaterial) -> Table:
    """Goal by goal: target, both paths, and the share of paths that meet it."""

    def path(side: str) -> Fill:
        return lambda goal: page.of(side, goal.name, goal.year, rule=page.rule(goal.indicator))

    def share(side: str) -> Fill:
        return lambda goal: share_of_paths(page, goal, side)

    titles = dict(zip(page.sides, page.titles, strict=True))
    return page.table(
        "compare_goals_table",
        page.common,
        [
            Column("column_goal", page.goal_label),
            *(numeric(Sentence(title), path(side)) for side, title in titles.items()),
            *(
                numeric(page.say("compare_paths_of", title=title), share(side))
                for side, title in titles.items()
            ),
        ],
        "compare_goals_note",
    )


def share_of_paths(page: CompareMaterial, goal: Goal, side: str) -> Cell:
    """Share of a side's paths that meet a goal; a word where they cannot judge it."""
    share = page.chance(goal.name, goal.year, reading=f"{side}_{GIVEN_SCENARIO}")
    return share if isfinite(share.value) else page.words["no_evidence"]


def assumed(page: CompareMaterial) -> Section:
    """Every block that differs, as each side states it, and the blocks that do not."""
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
    return page.section("compare_assumed_heading", table, shared(page))


def shared(page: CompareMaterial) -> Sentence | None:
    """Blocks that both have and that do not differ."""
    alike = [
        name for name, block in blocks_of(page.scenario).items() if block and name not in page.mixtures.names
    ]
    return (
        page.say("compare_shared", blocks=page.listed(page.block((name,)) for name in alike))
        if alike
        else None
    )


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
