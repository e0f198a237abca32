"""Judgments in a report: who moved which path, by how much and why, and what is implausible in it."""

from futian_model.drivers import Excess, Judged, judge
from futian_model.drivers.judgments import JUDGMENTS, LEVEL, MOST, measure
from futian_model.evidence import Evidence
from futian_model.report.page import Block, Column, Table, numeric, short
from futian_model.report.sections.material import Material
from futian_model.report.words import Number, Sentence, Words, words, year, year_span
from futian_model.scenario import DRIVERS, Scenario
from futian_model.scenario.judgments import Judgment
from futian_model.simulation import calibrated

NAMED = 2
"""Implausible judgments that page one names; of more it gives the number."""
ONE_LINE = 12
"""Characters of an author's name that stand on one line of the ledger."""


def judged_of(page: Material) -> list[Judged]:
    """The scenario's judgments, the earliest first."""
    judgments = judge(page.scenario, page.given_scenario.calibration)
    return sorted(judgments, key=lambda judged: judged.judgment.start)


def judgment_cautions(page: Material) -> list[Sentence]:
    """What page one says of judgments that are implausible; nothing where none is."""
    implausible = [judged for judged in judged_of(page) if not judged.plausible]
    if not implausible:
        return []
    implausible.sort(key=lambda judged: -abs(judged.judgment.size) * judged.judgment.years)
    items = page.words.join([item(page, judged) for judged in implausible[:NAMED]])
    if len(implausible) <= NAMED:
        return [page.say("judgment_caution", items=items)]
    return [page.say("judgment_caution_more", items=items, count=count(page, "implausible"))]


def count(page: Material, statistic: str) -> Number:
    """How many judgments there are, or are ``implausible``."""
    return page.number(JUDGMENTS, page.first, statistic, rule="count", reading=JUDGMENTS)


def item(page: Material, judged: Judged) -> Sentence:
    """One judgment inside a sentence."""
    return page.say(
        "judgment_item",
        on=page.words.inline(moved(judged.judgment.on, page.evidence, page.words)),
        added=number(page, judged, "log_growth", "growth_points"),
        span=span(judged.judgment, page.words),
        author=line(judged.judgment.author),
    )


def judgments_table(page: Material) -> Table | None:
    """The ledger: what is moved, when, by how much, whether that is plausible, why, by whom."""
    judgments = judged_of(page)
    if not judgments:
        return None
    one_line = all(len(judged.judgment.author) <= ONE_LINE for judged in judgments)
    return page.table(
        "judgment_heading",
        judgments,
        [
            Column("judgment_on", lambda judged: moved(judged.judgment.on, page.evidence, page.words)),
            short("judgment_years", lambda judged: span(judged.judgment, page.words)),
            numeric("judgment_size", lambda judged: number(page, judged, "size", "deviations")),
            numeric("judgment_added", lambda judged: number(page, judged, "log_growth", "growth_points")),
            Column("judgment_plausible", lambda judged: verdict(judged, page.last, page.words, page)),
            Column("judgment_reason", lambda judged: line(judged.judgment.reason[page.lang])),
            Column("judgment_author", lambda judged: line(judged.judgment.author), short=one_line),
            short("judgment_date", lambda judged: judged.judgment.date),
        ],
        note(page, judgments),
    )


def judgment_blocks(page: Material) -> list[Block]:
    """How many judgments there are and what they enter, and the ledger; nothing where there is none."""
    ledger = judgments_table(page)
    if ledger is None:
        return []
    counts = {name: count(page, name) for name in ("count", "implausible")}
    return [page.prose(page.say("judgment_ledger", **counts)), ledger]


def note(page: Material, judgments: list[Judged]) -> Sentence:
    """What a size is measured in, and what makes a judgment implausible."""
    first = {judged.judgment.on: judged for judged in reversed(judgments)}
    units = [
        page.say(
            "judgment_unit",
            on=page.words.inline(moved(on, page.evidence, page.words)),
            shock=number(page, judged, "shock_sd", "size_growth_points"),
        )
        for on, judged in first.items()
    ]
    most = Number(MOST, "count")
    return page.say("judgment_note", units=page.words.join(units), most=most, year=year(page.last))


def verdict(judged: Judged, last: int, texts: Words, page: Material | None = None) -> Sentence:
    """Whether a judgment is plausible, and if not why; its numbers bound to the results of a report."""
    if judged.plausible:
        return texts.say("judgment_sound")
    return texts.say(
        "judgment_implausible",
        reasons=texts.join([reason(judged, excess, last, texts, page) for excess in judged.beyond]),
    )


def reason(judged: Judged, excess: Excess, last: int, texts: Words, page: Material | None) -> Sentence:
    """How a judgment goes too far, by itself or with the others on the same driver."""
    rule = "factor" if excess.rule == LEVEL else "deviations"
    size = Number(measure(excess)[0], rule)
    if page is not None:
        size = number(page, judged, f"beyond_{excess.rule}", rule)
    sentence = texts.say(f"judgment_beyond_{excess.rule}", size=size, year=year(last))
    return texts.say("judgment_together", told=sentence) if excess.together else sentence


def number(page: Material, judged: Judged, statistic: str, rule: str) -> Number:
    """A figure of a judgment, from the table of results."""
    return page.number(judged.name, judged.judgment.start, statistic, rule=rule, reading=JUDGMENTS)


def moved(on: str, evidence: Evidence, texts: Words) -> str:
    """What a judgment is on."""
    if on in DRIVERS:
        return texts[f"judgment_moves_{on}"]
    return texts.say("judgment_moves_share", name=evidence.name(on, texts.lang)).text


def span(judgment: Judgment, texts: Words) -> str:
    """The years that move."""
    return year_span(judgment.start, judgment.last, texts)


def line(text: str) -> str:
    """A text that somebody typed, on one line."""
    return " ".join(text.split())


def brief(judgment: Judgment, evidence: Evidence, texts: Words) -> str:
    """A judgment without what was estimated: what it moves, by how much, when, and who says so."""
    return texts.say("judgment_brief", **stated(judgment, evidence, texts)).text


def stated(judgment: Judgment, evidence: Evidence, texts: Words) -> dict[str, Number | Sentence | str]:
    """What a judgment says, as fields of a sentence."""
    return {
        "on": moved(judgment.on, evidence, texts),
        "size": Number(judgment.size, "deviations"),
        "span": span(judgment, texts),
        "author": line(judgment.author),
        "date": judgment.date,
    }


def told_judgments(scenario: Scenario, evidence: Evidence, lang: str) -> list[tuple[str, str]]:
    """Label and text of every judgment, for a terminal."""
    texts, last = words(lang), int(scenario.years[-1])
    rows = []
    for judged in judge(scenario, calibrated(scenario, evidence)) if scenario.standing else []:
        sentence = texts.say(
            "judgment_told",
            **stated(judged.judgment, evidence, texts),
            added=Number(judged.log_growth, "growth_points"),
            reason=line(judged.judgment.reason[lang]),
            verdict=verdict(judged, last, texts),
        )
        rows.append((texts.say("judgment_label", name=judged.name).text, sentence.text))
    return rows
