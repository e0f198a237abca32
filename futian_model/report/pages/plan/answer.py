"""Page one: how many goals stand where, the figures to remember, the chart, and what nobody knows."""

from futian_model.report.page import Cover, KeyFigure, Section
from futian_model.report.pages.plan.chart import drawn
from futian_model.report.pages.plan.concluding import concluding
from futian_model.report.pages.plan.course import figures as still_required
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.pages.plan.sentences import goal_sentences
from futian_model.report.pages.plan.statuses import evaluated
from futian_model.report.sections.missing import no_goals
from futian_model.report.sections.rounds import day
from futian_model.report.words import Sentence, year
from futian_model.scorecard import (
    AT_BOUND,
    BEHIND,
    BY_READING,
    FINAL,
    MET,
    MISSED,
    MISSED_SO_FAR,
    MISSING,
    NOT_PUBLISHED,
    ON_COURSE,
    OPEN,
    OTHERS,
    UNJUDGED,
)
from futian_model.scorecard.judging import SET_BY_CITY

NAMED = 6
"""Goals told one by one; more are left to the tables."""


def cover(page: PlanMaterial) -> Cover:
    """The question, the year looked at, and how many goals there are."""
    card, rows = page.card, page.evidence.observations
    latest = str(rows.loc[rows["geo"] == page.district, "vintage"].max())
    rounds = [page.say("tracker_round", round=edition.name, day=day(edition)).text for edition in page.rounds]
    at = card.end if card.view == FINAL else card.as_of
    return page.cover(
        page.say(f"plan_card_title_{card.view}", place=page.name(page.district)),
        "plan_card_subtitle",
        page.say(f"plan_card_question_{card.view}", year=year(at)),
        [
            ("plan_card_fact_year", page.say("vintage_year", year=year(card.as_of))),
            ("fact_vintage", page.words.month(card.vintage or latest)),
            ("plan_card_fact_table", page.count("count")),
            ("plan_card_fact_others", page.count("count", OTHERS)),
            ("tracker_fact_rounds", page.listed(rounds) or page.words["tracker_fact_none"]),
        ],
    )


def answer(page: PlanMaterial) -> Section:
    """How many goals stand where, each of which something is known, and what is not published.

    The final evaluation puts the first goal before the figures.
    """
    if not page.card.table:
        return page.section("answer_heading", no_goals(page))
    tell, first = (concluding, 1) if page.final else (goal_sentences, 0)
    goals = [sentences for standing in page.card.table if (sentences := tell(page, standing))]
    return page.section(
        "answer_heading",
        [*lead(page), counted(page), *evaluated(page)],
        *goals[:first],
        page.key_figures(*figures(page)),
        page.charts(drawn(page)),
        *goals[first:NAMED],
        page.note(*unknown(page)),
    )


def lead(page: PlanMaterial) -> list[Sentence]:
    """The answer in one sentence, as long as the plan is followed."""
    if page.final:
        return []
    kept, behind = page.with_status(MET, ON_COURSE), page.with_status(BEHIND, MISSED)
    if kept or behind:
        return [page.say(f"plan_card_lead_{('mixed' if behind else 'course') if kept else 'behind'}")]
    return [page.say("plan_card_lead_open" if page.with_status(AT_BOUND) else "plan_card_lead_none")]


def counted(page: PlanMaterial) -> Sentence:
    """How many goals stand where."""
    if page.final:
        names = ("count", "kept", "failed", BY_READING, OPEN, NOT_PUBLISHED, UNJUDGED)
        fields = {name: page.count(name) for name in names}
        key = "plan_card_counts_final_by_reading" if fields[BY_READING].value else "plan_card_counts_final"
        return page.say(key, year=year(page.card.end), **fields)
    fields = {name: page.count(name) for name in ("count", "missing", "unjudged", "met", "judged")}
    places = {"bound": AT_BOUND, "course": ON_COURSE, "behind": BEHIND}
    fields |= {name: page.count(status) for name, status in places.items()}
    return page.say("plan_card_counts", year=year(page.card.as_of), **fields)


def figures(page: PlanMaterial) -> list[KeyFigure]:
    """Three counts to remember, and what the goal still open takes."""

    def figure(key: str, statistic: str, **counts: str) -> KeyFigure:
        note = page.say(f"{key}_note", **{name: page.count(counted) for name, counted in counts.items()})
        return page.figure(key, page.count(statistic), note)

    if page.final:
        shown = [
            figure("plan_card_figure_kept", "kept", count="count"),
            figure("plan_card_figure_failed", "failed", so_far=MISSED_SO_FAR),
            figure("plan_card_figure_unpublished", NOT_PUBLISHED, open=OPEN, city=SET_BY_CITY),
        ]
    else:
        shown = [
            figure("plan_card_figure_judged", "judged", count="count"),
            figure("plan_card_figure_behind", BEHIND, kept="kept"),
            figure("plan_card_figure_missing", MISSING, binding="missing_binding"),
        ]
    return [*shown, *still_required(page)]


def unknown(page: PlanMaterial) -> list[Sentence]:
    """Goals without a figure, and goals without a target."""
    if page.final:
        return unpublished(page)
    missing = page.names(page.with_status(MISSING))
    city = page.names([standing for standing in page.card.table if standing.reason == SET_BY_CITY])
    sentences = [page.say("plan_card_unknown_none")]
    if missing:
        sentences = [page.say("plan_card_unknown_missing", missing=page.count(MISSING), names=missing)]
    if city:
        sentences.append(page.say("plan_card_unknown_city", count=page.count(SET_BY_CITY), names=city))
    return sentences


def unpublished(page: PlanMaterial) -> list[Sentence]:
    """Goals without a figure of their year of which nothing else is told."""
    missing = [standing for standing in page.with_verdict(NOT_PUBLISHED) if not concluding(page, standing)]
    if not missing:
        return [page.say("plan_card_unknown_none")]
    fields = {"year": year(page.card.end), "missing": page.count(NOT_PUBLISHED)}
    return [page.say("plan_card_unknown_final", names=page.names(missing), **fields)]
