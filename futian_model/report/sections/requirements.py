"""What the goals would require, and what they imply for each other."""

from futian_model.evidence import Goal
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.sections.material import Material
from futian_model.report.sections.missing import no_goals
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence

ALIKE = 5e-5
"""Growth a year that a page prints as the same: half a hundredth of a point."""


def requirements(given: Material) -> Section:
    """Growth that each goal needs, the arithmetic between goals, and the latest outturn."""
    words = given.words
    columns = [
        Column(words["column_goal"], head=True),
        Column(words["column_of"]),
        *(
            Column(words[name], numeric=True)
            for name in ("column_required", "column_scenario_growth", "column_shortfall")
        ),
    ]
    rows = [row(given, goal) for goal in given.goals]
    note = words.say("required_note", base_year=year(given.first))
    children: list[Block] = [Table(given.lang, words["required_table"], columns, rows, note, cards=True)]
    if not given.goals:
        children = [Prose(given.lang, [no_goals(given)])]
    told = [*populations(given), *parts(given)]
    if told:
        children += [Prose(given.lang, [sentence]) for sentence in told]
    latest = outturn(given)
    if latest:
        children.append(Section(given.lang, words["outturn_heading"], [Prose(given.lang, latest)], level=3))
    return Section(given.lang, words["required_heading"], children)


def row(given: Material, goal: Goal) -> list[Cell]:
    """Growth a year from the base year: required, on the central path, and what is missing."""

    def number(statistic: str, rule: str = "growth") -> Number:
        return given.number(goal.name, goal.year, statistic, rule=rule)

    of = part_of(goal.indicator) if goal.indicator in given.shares else "real_gdp"
    return [
        given.goal_label(goal),
        given.name(of),
        number("required_growth"),
        number("central_growth"),
        number("growth_shortfall", "growth_points"),
    ]


def part_of(share: str) -> str:
    """The value added whose share it is."""
    return share.removesuffix("_share") + "_value_added"


def populations(given: Material) -> list[Sentence]:
    """The population at which a GDP goal and a per-capita goal of one year are one goal."""
    words, sentences = given.words, []
    for goal in given.goals:
        same_year = [one for one in given.goals if one.year == goal.year and one.indicator == "real_gdp"]
        if goal.indicator != "real_gdp_per_capita" or not same_year:
            continue
        needed = {
            one.name: given.number(one.name, one.year, "required_growth", rule="growth").value
            for one in (goal, *same_year)
        }
        binding = max((goal, *same_year), key=lambda one: needed[one.name])
        alike = max(needed.values()) - min(needed.values()) < ALIKE
        sentences.append(
            words.say(
                "required_population_alike" if alike else "required_population",
                gdp_goal=given.goal_label(same_year[0]),
                goal=given.goal_label(goal),
                people=given.number(
                    "average_population", goal.year, "implied_by_goals", reading="arithmetic"
                ),
                change=moves(given, goal),
                year=year(goal.year),
                scenario=given.number("average_population", goal.year),
                binding=given.goal_label(binding),
            )
        )
    return sentences


def moves(given: Material, goal: Goal) -> Sentence:
    """Where the population that a year's goals imply comes from."""
    rate = given.number(
        "average_population",
        goal.year,
        "growth_implied_by_goals",
        rule="growth_size",
        reading="arithmetic",
    )
    first = year(given.first)
    if abs(rate.value) < ALIKE:
        return given.words.say("population_stays", base_year=first)
    base = given.number("average_population", given.first)
    return given.words.say("population_moves", rate=rate, base=base, base_year=first)


def parts(given: Material) -> list[Sentence]:
    """Growth of part and rest at which a share goal and a GDP goal of one year both come true."""
    words, sentences = given.words, []
    for goal in given.goals:
        part = part_of(goal.indicator)
        if not given.has(part, goal.year, "growth_implied_by_goals", "arithmetic"):
            continue
        growth, rest = (
            given.number(name, goal.year, "growth_implied_by_goals", rule="growth", reading="arithmetic")
            for name in (part, f"rest_of_{part}")
        )
        sentences.append(
            words.say(
                "required_part",
                goal=given.goal_label(goal),
                part=words.inline(given.name(part)),
                rest_name=words.inline(given.name(f"rest_of_{part}")),
                growth=growth,
                rest=rest,
            )
        )
    return sentences


def outturn(given: Material) -> list[Sentence]:
    """Where GDP stood at last, and what is still required from there."""
    words = given.words
    rows = given.results[given.results["reading"] == "published"]
    real = rows[(rows["indicator"] == "real_gdp") & (rows["statistic"] == "outturn")]
    nominal = rows[(rows["indicator"] == "nominal_gdp") & (rows["statistic"] == "outturn")]
    sentences = []
    for at in real["year"]:
        items = [
            words.say(
                "outturn_item",
                goal=given.goal_label(goal),
                growth=given.number(
                    goal.name, goal.year, "still_required_growth", rule="growth", reading="published"
                ),
            )
            for goal in given.goals
            if given.has(goal.name, goal.year, "still_required_growth", "published")
        ]
        level = given.number("real_gdp", at, "outturn", reading="published")
        sentences.append(words.say("outturn_real", year=year(at), level=level, base_year=year(given.first)))
        if items:
            sentences.append(words.say("outturn_required", items=words.join(items)))
    for at in nominal["year"]:
        if real.empty or at > real["year"].max():
            level = given.number("nominal_gdp", at, "outturn", reading="published")
            key = "outturn_nominal_only" if real.empty else "outturn_nominal"
            sentences.append(words.say(key, year=year(at), level=level))
    return sentences
