"""Cover and page one: the verdict, what differs, five years, one chart, the premise, what is open."""

from collections.abc import Sequence

from futian_model.attribution import Move
from futian_model.evidence import Goal
from futian_model.report.page import Block, Cover, Facts, Fields, Section
from futian_model.report.pages.scenario.five_years import five_years
from futian_model.report.pages.scenario.outlook import answer_chart
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.cautions import few_draws, productivity, rewritten
from futian_model.report.sections.findings import made_on
from futian_model.report.sections.judgments import judgment_cautions
from futian_model.report.sections.material import GIVEN_EVIDENCE
from futian_model.report.sections.misfits import misfits_of
from futian_model.report.sections.missing import gaps
from futian_model.report.sections.report import facts
from futian_model.report.sections.standing import context, likely
from futian_model.report.words import Number, Sentence, year
from futian_model.scorecard import SCORECARD, priced

GDP = "real_gdp"
SAME = 5e-4
"""Relative difference that prints as none."""


def cover(page: ScenarioMaterial) -> Cover:
    """What the report assumes, when and by whom it was made, and up to when figures count."""
    kind = page.say(
        "cover_baseline" if page.baseline is None else "cover_scenario", place=page.name(page.district)
    )
    listed: Facts = [("fact_made", made_on(page)), *page.issuer, *facts(page, "vintage")]
    return page.cover(Sentence(page.title), kind, Sentence(""), listed)


def answer(page: ScenarioMaterial) -> Section:
    """Page one."""
    apart = differs(page) if page.apart else moved(page)
    return page.section(
        "answer_heading",
        page.lead(verdict(page)),
        [*apart, *ahead(page)],
        five_years(page),
        page.charts(answer_chart(page)),
        page.section("premise_heading", *premise(page), level=3),
        page.section("unknown_heading", *unknown(page), level=3) if unknown(page) else None,
        page.aside(*context(page)) if context(page) else None,
    )


def verdict(page: ScenarioMaterial) -> Sentence:
    """GDP of the last year, how far from the baseline, and whether the goals of that year are met."""
    goals = outcomes(page)
    fields: Fields = {
        "year": year(page.last),
        "base_year": year(page.first),
        "gdp": page.number(GDP, page.last),
        "multiple": page.number(GDP, page.last, "multiple", rule="factor"),
        "baseline": page.baseline_title,
        "goals": page.words.join(goals, "clauses"),
    }
    kind = "alone"
    if page.apart:
        away = page.number(GDP, page.last, "relative_deviation", rule="change_coarse_size")
        kind = "level" if abs(away.value) < SAME else "against"
        size = page.number(GDP, page.last, "deviation", rule="gdp_size")
        because = page.say("verdict_because", reason=page.why(GDP).reason()) if one_cause(page) else ""
        fields |= {"relative": away, "size": size, "because": because}
    return page.say(f"verdict_{kind}" if goals else f"verdict_{kind}_plain", **fields)


def one_cause(page: ScenarioMaterial) -> bool:
    """Whether all of GDP's distance from the baseline comes from one block of assumptions."""
    return len(page.why(GDP).parts) == 1


def outcomes(page: ScenarioMaterial) -> list[Sentence]:
    """Each goal of the last year on GDP or GDP per head: met on the path, or missed by how much.

    Of a baseline, which is what published figures suggest, how likely it is.
    """
    if page.baseline is None:
        return likely(page, "verdict_chance")
    last = max((goal.year for goal in page.goals), default=0)
    return [outcome(page, goal) for goal in page.goals if goal.year == last and goal.indicator in page.levels]


def outcome(page: ScenarioMaterial, goal: Goal) -> Sentence:
    """One goal on the scenario's path."""
    label = page.goal_label(goal)
    if not page.of_goal(goal, "met", "count").value:
        gap = page.of_goal(goal, "gap", f"{page.rule(goal.indicator)}_size")
        return page.say("outcome_missed", goal=label, gap=gap)
    return page.say("outcome_met", goal=label)


def differs(page: ScenarioMaterial) -> list[Sentence]:
    """How far the scenario lies from the baseline in the years that tell most, and what that comes from."""
    lines = [said for at in page.telling if moves(page, GDP, at) if (said := at_year(page, at)) is not None]
    lines += [other(page, name) for name in page.explained if name != GDP and moves(page, name, page.last)]
    if not (page.why(GDP).alike or one_cause(page)):
        lines.append(page.say("answer_reason", reason=page.why(GDP).reason()))
    return lines


def moves(page: ScenarioMaterial, indicator: str, at: int) -> bool:
    """Whether the two paths differ in a year as far as is printed."""
    away = page.number(indicator, at, "deviation").value
    return bool(abs(away) > SAME * abs(page.number(indicator, at, "baseline").value))


def at_year(page: ScenarioMaterial, at: int) -> Sentence | None:
    """How much more or less GDP is in a year, with the range over the draws where they differ.

    Of the last year, which the verdict tells of, the range alone.
    """
    away, low, high = (
        page.number(GDP, at, f"relative_deviation{end}", rule="change_coarse") for end in ("", "_p10", "_p90")
    )
    ranged = len({number.text(page.lang) for number in (away, low, high)}) > 1
    if at == page.last:
        return page.say("answer_last_range", year=year(at), low=low, high=high) if ranged else None
    size = page.number(GDP, at, "relative_deviation", rule="change_coarse_size")
    if not ranged:
        return page.say("answer_at", year=year(at), size=size)
    return page.say("answer_at_range", year=year(at), size=size, low=low, high=high)


def other(page: ScenarioMaterial, indicator: str) -> Sentence:
    """Another leading indicator in the last year, and how far it lies from the baseline's."""
    rule = page.rule(indicator)
    fields: Fields = {
        "year": year(page.last),
        "name": page.name(indicator),
        "value": page.number(indicator, page.last),
    }
    if rule == "share":
        size = page.number(indicator, page.last, "deviation", rule="share_size")
        return page.say("answer_other_points", size=size, **fields)
    size = page.number(indicator, page.last, "relative_deviation", rule="change_coarse_size")
    return page.say("answer_other", size=size, **fields)


def moved(page: ScenarioMaterial) -> list[Sentence]:
    """Of a report that has no baseline: what changed since the plan was adopted."""

    def seen(move: Move, when: str) -> Number:
        goal, under = move.goal, priced(move.reading)
        return page.number(goal.name, goal.year, f"chance_{when}", rule="odds", reading=SCORECARD, case=under)

    items = [
        page.say(
            "answer_moved_item",
            goal=page.goal_label(move.goal),
            start=seen(move, "then"),
            now=seen(move, "now"),
            step=page.words[f"moved_by_{page.largest(move)}"],
        )
        for move in page.moves
    ]
    if not items:
        return []
    then = page.words.month(page.moves[0].then)
    return [page.say("answer_moved", then=then, items=page.words.join(items, "clauses"))]


def ahead(page: ScenarioMaterial) -> list[Sentence]:
    """Growth a year from the jump-off on: the scenario's, the baseline's, and what GDP's goal takes."""
    goals = [goal for goal in page.judged if goal.indicator == GDP]
    if not goals:
        return []
    goal = max(goals, key=lambda goal: goal.year)
    fields: Fields = {
        "start": year(page.jump_off + 1),
        "end": year(goal.year),
        "goal": page.goal_label(goal),
        "scenario": page.of_goal(goal, "central_growth", "growth"),
        "required": page.of_goal(goal, "required_growth", "growth"),
        "evidence": page.of_goal(goal, "central_growth", "growth", GIVEN_EVIDENCE),
    }
    same = page.words.shown(fields["scenario"]) == page.words.shown(fields["evidence"])
    return [page.say("answer_growth_alone" if same else "answer_growth", **fields)]


def premise(page: ScenarioMaterial) -> list[Block]:
    """What the scenario assumes, in its own words, and what to doubt in that."""
    cautions = [*rewritten(page), *productivity(page), *judgment_cautions(page)]
    assumed = Sentence(page.scenario.description[page.lang])
    return [page.prose(assumed), *([page.note(*cautions)] if cautions else [])]


def unknown(page: ScenarioMaterial) -> list[Sequence[Sentence]]:
    """What the reader must not take for known, a paragraph each."""
    paragraphs = [
        gaps(page.scenario, page.evidence, page.lang),
        [*misfits_of(page, page.district, since=page.first), *few_draws(page)],
    ]
    return [sentences for sentences in paragraphs if sentences]
