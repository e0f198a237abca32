"""Judgments in a report: who moved which path, by how much and why, and what is implausible in it."""

from futian_model.drivers import Excess, Judged, judge
from futian_model.drivers.judgments import LEVEL, MOST
from futian_model.evidence import Evidence
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Table
from futian_model.report.sections.judgment_rows import JUDGMENTS, measure
from futian_model.report.sections.material import Material
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence, Words, words
from futian_model.scenario import Scenario
from futian_model.scenario.checks import DRIVERS
from futian_model.scenario.judgments import Judgment
from futian_model.simulation import calibrated

NAMED = 2
"""Implausible judgments that page one names; of more it gives the number."""
ONE_LINE = 12
"""Characters of an author's name that stand on one line of the ledger."""


def judged(given: Material) -> list[Judged]:
    """The scenario's judgments, the earliest first."""
    found = judge(given.scenario, given.given_scenario.calibration)
    return sorted(found, key=lambda one: one.judgment.start)


def judgment_cautions(given: Material) -> list[Sentence]:
    """What page one says of judgments that are implausible; nothing where none is."""
    told = [one for one in judged(given) if not one.plausible]
    if not told:
        return []
    told.sort(key=lambda one: -abs(one.judgment.size) * one.judgment.years)
    items = given.words.join([item(given, one) for one in told[:NAMED]])
    if len(told) <= NAMED:
        return [given.words.say("judgment_caution", items=items)]
    count = given.number(JUDGMENTS, given.first, "implausible", rule="count", reading=JUDGMENTS)
    return [given.words.say("judgment_caution_more", items=items, count=count)]


def item(given: Material, one: Judged) -> Sentence:
    """One judgment inside a sentence."""
    return given.words.say(
        "judgment_item",
        on=given.words.inline(moved(one.judgment.on, given.evidence, given.words)),
        added=number(given, one, "log_growth", "growth_points"),
        span=span(one.judgment, given.words),
        author=line(one.judgment.author),
    )


def judgments_table(given: Material) -> Block | None:
    """The ledger: what is moved, when, by how much, whether that is plausible, why, by whom."""
    told, texts = judged(given), given.words
    if not told:
        return None
    columns = [
        Column(texts["judgment_on"], head=True),
        Column(texts["judgment_years"], short=True),
        Column(texts["judgment_size"], numeric=True),
        Column(texts["judgment_added"], numeric=True),
        Column(texts["judgment_plausible"]),
        Column(texts["judgment_reason"]),
        Column(texts["judgment_author"], short=all(len(one.judgment.author) <= ONE_LINE for one in told)),
        Column(texts["judgment_date"], short=True),
    ]
    rows: list[list[Cell]] = [row(given, one) for one in told]
    return Table(given.lang, texts["judgment_heading"], columns, rows, note(given, told), cards=True)


def judgment_blocks(given: Material) -> list[Block]:
    """How many judgments there are and what they enter, and the ledger; nothing where there is none."""
    ledger = judgments_table(given)
    if ledger is None:
        return []
    counts = {
        name: given.number(JUDGMENTS, given.first, name, rule="count", reading=JUDGMENTS)
        for name in ("count", "implausible")
    }
    return [Prose(given.lang, [given.words.say("judgment_ledger", **counts)]), ledger]


def row(given: Material, one: Judged) -> list[Cell]:
    """A judgment's line of the ledger."""
    return [
        moved(one.judgment.on, given.evidence, given.words),
        span(one.judgment, given.words),
        number(given, one, "size", "deviations"),
        number(given, one, "log_growth", "growth_points"),
        verdict(one, given.last, given.words, given),
        line(one.judgment.reason[given.lang]),
        line(one.judgment.author),
        one.judgment.date,
    ]


def note(given: Material, told: list[Judged]) -> Sentence:
    """What a size is measured in, and what makes a judgment implausible."""
    texts = given.words
    first = {one.judgment.on: one for one in reversed(told)}
    units = [
        texts.say(
            "judgment_unit",
            on=texts.inline(moved(on, given.evidence, texts)),
            shock=number(given, one, "shock_sd", "size_growth_points"),
        )
        for on, one in first.items()
    ]
    most = Number(MOST, "count")
    return texts.say("judgment_note", units=texts.join(units), most=most, year=year(given.last))


def verdict(one: Judged, last: int, texts: Words, given: Material | None = None) -> Sentence:
    """Whether a judgment is plausible, and if not why; its numbers bound to the results of a report."""
    if one.plausible:
        return texts.say("judgment_sound")
    return texts.say(
        "judgment_implausible",
        reasons=texts.join([reason(one, excess, last, texts, given) for excess in one.beyond]),
    )


def reason(one: Judged, excess: Excess, last: int, texts: Words, given: Material | None) -> Sentence:
    """How a judgment goes too far, by itself or with the others on the same driver."""
    rule = "factor" if excess.rule == LEVEL else "deviations"
    size = Number(measure(excess)[0], rule)
    if given is not None:
        size = number(given, one, f"beyond_{excess.rule}", rule)
    told = texts.say(f"judgment_beyond_{excess.rule}", size=size, year=year(last))
    return texts.say("judgment_together", told=told) if excess.together else told


def number(given: Material, one: Judged, statistic: str, rule: str) -> Number:
    """A figure of a judgment, from the table of results."""
    return given.number(one.name, one.judgment.start, statistic, rule=rule, reading=JUDGMENTS)


def moved(on: str, evidence: Evidence, texts: Words) -> str:
    """What a judgment is on."""
    if on in DRIVERS:
        return texts[f"judgment_moves_{on}"]
    return texts.say("judgment_moves_share", name=evidence.name(on, texts.lang)).text


def span(judgment: Judgment, texts: Words) -> str:
    """The years that move."""
    if judgment.start == judgment.last:
        return texts.say("vintage_year", year=year(judgment.start)).text
    return texts.say("span", start=year(judgment.start), end=year(judgment.last)).text


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
    for one in judge(scenario, calibrated(scenario, evidence)) if scenario.standing else []:
        told = texts.say(
            "judgment_told",
            **stated(one.judgment, evidence, texts),
            added=Number(one.log_growth, "growth_points"),
            reason=line(one.judgment.reason[lang]),
            verdict=verdict(one, last, texts),
        )
        rows.append((texts.say("judgment_label", name=one.name).text, told.text))
    return rows
