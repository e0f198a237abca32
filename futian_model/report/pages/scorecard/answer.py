"""Page one of the scorecard: the counts, three figures, the chart, and what nobody knows."""

from futian_model import __version__
from futian_model.report.page.blocks import Block, Charts, Cover, KeyFigure, KeyFigures, Prose, Section
from futian_model.report.pages.scorecard.chart import drawn
from futian_model.report.pages.scorecard.rows import CardMaterial
from futian_model.report.pages.scorecard.sentences import status_text, told
from futian_model.report.words.numbers import year
from futian_model.report.words.sentences import Sentence
from futian_model.scorecard import (
    ANNUAL,
    AT_BOUND,
    BEHIND,
    FINAL,
    MET,
    MIDTERM,
    MISSED,
    MISSING,
    ON_COURSE,
    OTHERS,
    UNJUDGED,
    Standing,
)
from futian_model.scorecard.frames import JUDGED
from futian_model.scorecard.judging import SET_BY_CITY

NAMED = 6
"""Goals told one by one; more are left to the tables."""


TITLES = {
    ANNUAL: "plan_card_title_annual",
    MIDTERM: "plan_card_title_midterm",
    FINAL: "plan_card_title_final",
}
QUESTIONS = {
    ANNUAL: "plan_card_question_annual",
    MIDTERM: "plan_card_question_midterm",
    FINAL: "plan_card_question_final",
}


def cover(given: CardMaterial) -> Cover:
    """The question, the year looked at, and how many goals there are."""
    texts, made = given.words, given.card
    vintage = texts.month(made.vintage) if made.vintage else texts["plan_card_all_published"]
    facts = [
        (texts["plan_card_fact_year"], texts.say("vintage_year", year=year(made.as_of)).text),
        (texts["fact_vintage"], vintage),
        (texts["plan_card_fact_table"], given.count("count").text(given.lang)),
        (texts["plan_card_fact_others"], given.count("count", OTHERS).text(given.lang)),
        (texts["fact_version"], __version__),
    ]
    place = given.evidence.name(given.evidence.place("district"), given.lang)
    title = texts.say(TITLES[made.view], place=place).text
    at = made.end if made.view == FINAL else made.as_of
    question = texts.say(QUESTIONS[made.view], year=year(at)).text
    return Cover(given.lang, title, texts["plan_card_subtitle"], question, facts)


def answer(given: CardMaterial) -> Section:
    """How many goals stand where, one by one those with a figure, and those without."""
    words = given.words
    sentences = [sentence for one in given.card.table for sentence in [told(given, one)] if sentence]
    children: list[Block] = [
        Prose(given.lang, [lead(given), counted(given)]),
        KeyFigures(given.lang, figures(given)),
    ]
    chart = drawn(given)
    if chart is not None:
        children.append(Charts(given.lang, [chart]))
    children += [Prose(given.lang, [sentence]) for sentence in sentences[:NAMED]]
    children.append(Prose(given.lang, unknown(given), note=True))
    beside = [of_view(given), beyond(given)]
    children += [Prose(given.lang, sentences) for sentences in beside if sentences]
    return Section(given.lang, words["plan_card_answer_heading"], children)


def lead(given: CardMaterial) -> Sentence:
    """The answer in one sentence."""
    words, settled = given.words, given.with_status(MET, MISSED)
    if given.final:
        if not settled:
            return words.say("plan_card_lead_unsettled")
        whole = len(settled) == len(given.card.table)
        return words.say("plan_card_lead_settled" if whole else "plan_card_lead_partly")
    kept, behind = given.with_status(MET, ON_COURSE), given.with_status(BEHIND, MISSED)
    if kept and behind:
        return words.say("plan_card_lead_mixed")
    if kept:
        return words.say("plan_card_lead_course")
    if behind:
        return words.say("plan_card_lead_behind")
    return words.say("plan_card_lead_open" if given.with_status(AT_BOUND) else "plan_card_lead_none")


def counted(given: CardMaterial) -> Sentence:
    """How many goals stand where."""
    fields = {name: given.count(name) for name in ("count", "missing", "unjudged", "met")}
    fields |= {"year": year(given.card.as_of), "bound": given.count(AT_BOUND)}
    if given.final:
        fields |= {name: given.count(name) for name in ("settled", "missed")}
        fields["year"] = year(given.card.end)
        return given.words.say("plan_card_counts_final", **fields)
    fields |= {"judged": given.count("judged"), "course": given.count(ON_COURSE)}
    return given.words.say("plan_card_counts", behind=given.count(BEHIND), **fields)


def figures(given: CardMaterial) -> list[KeyFigure]:
    """Three figures to remember."""
    words = given.words
    binding = words.say("plan_card_figure_missing_note", binding=given.count("missing_binding"))
    missing = KeyFigure(words["plan_card_figure_missing"], given.count(MISSING), binding)
    if given.final:
        settled = words.say("plan_card_figure_settled_note", met=given.count(MET), missed=given.count(MISSED))
        city = words.say("plan_card_figure_open_note", city=given.count(SET_BY_CITY))
        return [
            KeyFigure(words["plan_card_figure_settled"], given.count("settled"), settled),
            KeyFigure(words["plan_card_figure_open"], given.count("open"), city),
            missing,
        ]
    judged = words.say("plan_card_figure_judged_note", count=given.count("count"))
    kept = words.say("plan_card_figure_behind_note", kept=given.count("kept"))
    return [
        KeyFigure(words["plan_card_figure_judged"], given.count("judged"), judged),
        KeyFigure(words["plan_card_figure_behind"], given.count(BEHIND), kept),
        missing,
    ]


def of_view(given: CardMaterial) -> list[Sentence]:
    """What each evaluation asks besides: what is new, where things lead, what is wanting."""
    if given.final:
        return wanting(given)
    return since(given) if given.card.view == ANNUAL else trends(given)


def since(given: CardMaterial) -> list[Sentence]:
    """Figures and verdicts that the tracking of a year earlier did not have."""
    words, before = given.words, year(given.card.as_of - 1)
    pairs = list(zip(given.card.table, given.card.before, strict=True))
    new = [now for now, was in pairs if len(now.held) > len(was.held)]
    sentences = [words.say("plan_card_not_new", before=before)]
    if new:
        sentences = [words.say("plan_card_new", before=before, names=given.names(new))]
    changed = [
        words.say(
            "plan_card_changed_item",
            name=given.name(now.goal),
            was=status_text(given, was),
            now=status_text(given, now),
        )
        for now, was in pairs
        if now.status != was.status
    ]
    return [*sentences, *([words.say("plan_card_changed", items=words.join(changed))] if changed else [])]


def trends(given: CardMaterial) -> list[Sentence]:
    """Where the figures lead in the goal's year."""
    found = [trend_told(given, one) for one in given.with_status(*JUDGED) if one.trend == one.trend]
    if not found:
        return [given.words.say("plan_card_trend_none")]
    return [given.words.say("plan_card_trend_lead"), *found[:NAMED]]


def trend_told(given: CardMaterial, one: Standing) -> Sentence:
    """One goal's trend against its target."""
    meets = bool(one.goal.meets(one.trend, one.target))
    at = one.goal.year
    return given.words.say(
        "plan_card_trend_meets" if meets else "plan_card_trend_short",
        goal=given.name(one.goal),
        target_year=year(at),
        trend=given.amount(one.goal, given.of(one.goal, at, "trend")),
        target=given.amount(one.goal, given.of(one.goal, at, "target")),
    )


def wanting(given: CardMaterial) -> list[Sentence]:
    """Goals with some figure that lack the one of the last year."""
    open_ones = [one for one in given.with_status(UNJUDGED, AT_BOUND) if one.reason != SET_BY_CITY]
    if not open_ones:
        return []
    at = year(given.card.end)
    return [given.words.say("plan_card_final_needs", year=at, names=given.names(open_ones))]


def unknown(given: CardMaterial) -> list[Sentence]:
    """Goals without a figure, and goals without a target."""
    words, missing = given.words, given.with_status(MISSING)
    city = [one for one in given.card.table if one.reason == SET_BY_CITY]
    sentences = [words.say("plan_card_unknown_none")]
    if missing:
        named = given.names(missing)
        sentences = [words.say("plan_card_unknown_missing", missing=given.count(MISSING), names=named)]
    if city:
        count = given.count(SET_BY_CITY)
        sentences.append(words.say("plan_card_unknown_city", count=count, names=given.names(city)))
    return sentences


def beyond(given: CardMaterial) -> list[Sentence]:
    """The plan's goals outside its table."""
    if not given.card.others:
        return []
    others, held = given.count("count", OTHERS), given.count("with_figure", OTHERS)
    return [given.words.say("plan_card_others_told", others=others, held=held)]
