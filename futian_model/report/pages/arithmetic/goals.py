"""Sections on what the goals themselves say: growth, and part and rest behind the shares."""

from futian_model import arithmetic
from futian_model.arithmetic import PEOPLE, Part, Requirement
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.pages.arithmetic.rows import ArithmeticMaterial
from futian_model.report.sections.missing import no_goals
from futian_model.report.words.numbers import year
from futian_model.report.words.sentences import Sentence


def goals(given: ArithmeticMaterial) -> Section:
    """Levels and growth of every goal on GDP and GDP per head, and the pace between them."""
    words = given.words
    if not given.plan.asked:
        return Section(given.lang, words["arithmetic_goals_heading"], [Prose(given.lang, [no_goals(given)])])
    columns = [
        Column(words["column_goal"], head=True),
        *(
            Column(words[name], numeric=True)
            for name in ("column_base_value", "column_target", "arithmetic_growth", "arithmetic_after")
        ),
    ]
    rows = [goal_row(given, one) for one in given.plan.asked]
    sources = dict.fromkeys(given.source_title(source) for source, _ in given.plan.stated)
    note = words.say(
        "arithmetic_goals_note",
        base_year=year(given.plan.asked[0].goal.base_year),
        source=words["enumeration"].join(sources),
    )
    children: list[Block] = [
        Table(given.lang, words["arithmetic_goals_table"], columns, rows, note, cards=True)
    ]
    told = [*paces(given), *turn(given)]
    if told:
        children.append(Prose(given.lang, told))
    return Section(given.lang, words["arithmetic_goals_heading"], children)


def goal_row(given: ArithmeticMaterial, one: Requirement) -> list[Cell]:
    goal, rule = one.goal, given.rule(one.goal.indicator)
    after = given.held(goal.name, goal.year, "growth_after")
    return [
        given.goal_label(goal),
        given.of_goal(goal, "base", rule),
        given.of_goal(goal, "target", rule),
        given.of_goal(goal, "growth"),
        given.of_goal(goal, "growth_after") if after else given.words["not_told"],
    ]


def paces(given: ArithmeticMaterial) -> list[Sentence]:
    """The pace to each goal and from it to the next one."""
    return [
        given.words.say(
            "arithmetic_pace",
            earlier=given.goal_label(stage.earlier.goal),
            later=given.goal_label(stage.later.goal),
            before=given.of_goal(stage.earlier.goal, "growth"),
            after=given.of_goal(stage.later.goal, "growth_after"),
        )
        for stage in given.plan.stages
    ]


def turn(given: ArithmeticMaterial) -> list[Sentence]:
    """Where GDP may slow while GDP per head must speed up: what population would have to do."""
    if len(given.plan.pairs) < 2:
        return []
    before, pair = given.plan.pairs[-2:]
    after = {stage.later.goal.name: stage.growth for stage in given.plan.stages}
    slower = after[pair.gdp.goal.name] < before.gdp.growth
    if not slower or after[pair.per_head.goal.name] <= before.per_head.growth:
        return []
    return [
        given.words.say(
            "arithmetic_turn",
            rate=given.told(PEOPLE, before.year, "growth"),
            after=given.told(PEOPLE, pair.year, "growth_after"),
        )
    ]


def shares(given: ArithmeticMaterial) -> Section:
    """Growth of part and rest behind each share goal, and the cuts that must not be added up."""
    words = given.words
    if not given.plan.asked:
        none = Prose(given.lang, [no_goals(given)])
        return Section(given.lang, words["arithmetic_shares_heading"], [none])
    children: list[Block] = [part_table(given)] if given.plan.parts else []
    if given.plan.parts:
        children.append(Prose(given.lang, [part_told(given, part) for part in given.plan.parts]))
    if given.plan.cuts:
        children.append(
            Section(
                given.lang, words["arithmetic_cuts_heading"], [cuts_told(given), cut_table(given)], level=3
            )
        )
    return Section(given.lang, words["arithmetic_shares_heading"], children)


def part_table(given: ArithmeticMaterial) -> Table:
    """Value added of each part and its rest, from the base year to the goal's."""
    words = given.words
    heads = ("column_base_value", "arithmetic_goal_year", "arithmetic_growth", "arithmetic_of_increase")
    columns = [
        Column(words["arithmetic_part"], head=True),
        *(Column(words[name], numeric=True) for name in heads),
    ]
    rows: list[list[Cell]] = []
    for part in given.plan.parts:
        for name in names(part):
            rows.append(
                [
                    given.name(name),
                    *(
                        given.told(name, part.goal.year, what, rule)
                        for what, rule in (
                            ("start", "gdp"),
                            ("end", "gdp"),
                            ("growth", "growth"),
                            ("of_increase", "share"),
                        )
                    ),
                ]
            )
    note = words.say("arithmetic_parts_note")
    return Table(given.lang, words["arithmetic_parts_table"], columns, rows, note, cards=True)


def names(part: Part) -> tuple[str, str]:
    """Indicators of the part's value added and of the rest's."""
    name = part.goal.indicator.removesuffix("_share")
    return f"{name}_value_added", f"rest_of_{name}_value_added"


def part_told(given: ArithmeticMaterial, part: Part) -> Sentence:
    """A share goal and the GDP goal of its year, both met exactly."""
    words, at = given.words, part.goal.year
    own, rest = names(part)
    return words.say(
        "arithmetic_part_told",
        goal=given.goal_label(part.goal),
        part=words.inline(given.name(own)),
        growth=given.told(own, at, "growth"),
        rest=given.told(rest, at, "growth"),
        increase=given.told(own, at, "of_increase", "share"),
    )


def cuts_told(given: ArithmeticMaterial) -> Prose:
    """That overlapping cuts are never added up, and how much two of them must share."""
    words, told = given.words, [given.words.say("arithmetic_cuts")]
    most = arithmetic.least_in_both(given.plan.cuts)
    if most is not None:
        one, other, _ = most
        told.append(
            words.say(
                "arithmetic_least_in_both",
                one=words.inline(given.name(one.figure.indicator)),
                other=words.inline(given.name(other.figure.indicator)),
                least=given.told(one.figure.indicator, one.figure.year, "least_in_both", "share"),
            )
        )
    return Prose(given.lang, told)


def cut_table(given: ArithmeticMaterial) -> Table:
    """Each published share of GDP and the others it overlaps with."""
    words = given.words
    columns = [
        Column(words["column_figure"], head=True),
        Column(words["arithmetic_cut_share"], numeric=True),
        Column(words["arithmetic_cut_overlaps"]),
    ]
    rows: list[list[Cell]] = [
        [
            figure_label(given, cut.figure.indicator, cut.figure.year),
            given.told(cut.figure.indicator, cut.figure.year, "published", "share"),
            words["enumeration"].join(given.name(name) for name in cut.overlaps),
        ]
        for cut in given.plan.cuts
    ]
    note = words.say("arithmetic_cuts_note")
    return Table(given.lang, words["arithmetic_cuts_table"], columns, rows, note, cards=True)


def figure_label(given: ArithmeticMaterial, indicator: str, at: int) -> str:
    """An indicator with its year."""
    return given.words.say("figure_label", name=given.name(indicator), year=year(at)).text
