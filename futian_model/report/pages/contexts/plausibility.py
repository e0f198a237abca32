"""How plausibility is judged: the rule, what the evidence allows, and what came since."""

from futian_model.contexts import SHARE, of_check
from futian_model.report.page.blocks import Block, Cell, Column, Prose, Section, Table
from futian_model.report.pages.contexts.rows import ContextMaterial
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence

RULES = {"city": "growth_points", "district": "growth_points", "share": "share"}
"""How a check's values are written; growth otherwise."""


def judged(given: ContextMaterial) -> Section:
    """The rule in words, the table of ranges, the recorded share and what came after the vintage."""
    words = given.words
    children: list[Block] = [
        Prose(given.lang, [words.say("contexts_rule", vintage=given.vintage, **given.places)]),
        ranges(given),
    ]
    told = [*recorded(given), *since(given)]
    if told:
        children.append(Prose(given.lang, told, note=True))
    return Section(given.lang, words["contexts_judged_heading"], children)


def ranges(given: ContextMaterial) -> Table:
    """Every check: what evidence allows, from where to where the surroundings go, how many lie outside."""
    words = given.words
    columns = [
        Column(words["contexts_judged"], head=True),
        Column(words["contexts_allowed"], numeric=True),
        Column(words["contexts_assumed"], numeric=True),
        Column(words["contexts_outside"], numeric=True),
    ]
    rows: list[list[Cell]] = []
    for of, held in given.checks.items():
        count = Number(len(held), "count")
        out = given.common("range", "outside", "count", case=of_check(of))
        rows.append(
            [
                given.check_name(of),
                interval(given, of, "low", "high"),
                interval(given, of, "least", "most"),
                words.say("contexts_of", met=out, count=count),
            ]
        )
    note = words.say("contexts_judged_note")
    return Table(given.lang, words["contexts_judged_table"], columns, rows, note, cards=True)


def interval(given: ContextMaterial, of: str, low: str, high: str) -> Sentence | Number:
    """Two ends of a check; one number where they print alike."""
    ends = [given.common("range", name, RULES.get(of, "growth"), case=of_check(of)) for name in (low, high)]
    if ends[0].text(given.lang) == ends[1].text(given.lang):
        return ends[0]
    return given.words.say("contexts_interval", low=ends[0], high=ends[1])


def recorded(given: ContextMaterial) -> list[Sentence]:
    """The lowest and highest share on record at the vintage."""
    rows = given.results[(given.results["indicator"] == SHARE) & (given.results["statistic"] == "published")]
    if rows.empty:
        return []
    by_year = rows.set_index("year")["value"]
    low, high = (int(str(at)) for at in (by_year.idxmin(), by_year.idxmax()))
    return [
        given.words.say(
            "contexts_recorded",
            low=given.common(SHARE, "published", "share", low),
            high=given.common(SHARE, "published", "share", high),
            low_year=year(low),
            high_year=year(high),
            **given.places,
        )
    ]


def since(given: ContextMaterial) -> list[Sentence]:
    """The latest share published after the vintage, beside what had been recorded."""
    rows = given.results[given.results["statistic"] == "published_later"]
    if rows.empty or "share" not in given.checks:
        return []
    at, check = int(rows["year"].max()), given.checks["share"][0]
    value = given.common(SHARE, "published_later", "share", at)
    if value.value < check.low:
        key = "contexts_since_below"
    else:
        key = "contexts_since_above" if value.value > check.high else "contexts_since_within"
    return [given.words.say(key, value=value, year=year(at), vintage=given.vintage)]
