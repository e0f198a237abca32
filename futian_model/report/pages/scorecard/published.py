"""The figures behind the scorecard, the rules of its verdicts, and the sources."""

from futian_model.languages import language
from futian_model.report.page.blocks import Cell, Column, Prose, Section, Table
from futian_model.report.pages.scorecard.rows import CardMaterial, size_rule
from futian_model.report.pages.scorecard.sentences import as_printed
from futian_model.report.words.numbers import year
from futian_model.report.words.sentences import Sentence
from futian_model.scorecard import Outturn, Standing


def published(given: CardMaterial) -> Section:
    """Every figure since the base year with its straight line, precision and source."""
    words = given.words
    held = [(one, figure) for group in given.groups.values() for one in group for figure in one.held]
    if not held:
        told = Prose(given.lang, [words.say("plan_card_outturns_none")])
        return Section(given.lang, words["plan_card_outturns_heading"], [told])
    columns = [
        Column(words["plan_card_column_goal"], head=True),
        Column(words["column_year"], short=True),
        Column(words["column_value"], numeric=True),
        Column(words["column_published"]),
        Column(words["plan_card_column_line"], numeric=True),
        Column(words["plan_card_column_distance"], numeric=True),
        Column(words["column_source"]),
    ]
    rows = [row(given, one, figure) for one, figure in held]
    note = words.say("plan_card_outturns_note")
    made = Table(given.lang, words["plan_card_outturns_table"], columns, rows, note, cards=True)
    return Section(given.lang, words["plan_card_outturns_heading"], [made])


def row(given: CardMaterial, one: Standing, figure: Outturn) -> list[Cell]:
    """A figure beside the straight line of its year."""
    words, goal = given.words, one.goal
    line = given.has(goal, figure.year, "line")
    return [
        given.label(goal),
        year(figure.year),
        as_printed(given, one, figure),
        words[figure.precision],
        given.bare(goal, figure.year, "line") if line else words["not_told"],
        distance(given, one, figure) if line else words["not_told"],
        titles(given, figure.source),
    ]


def distance(given: CardMaterial, one: Standing, figure: Outturn) -> Sentence:
    """How far a figure lies from the straight line, and on which side."""
    size = given.of(one.goal, figure.year, "distance", size_rule(one.goal))
    apart = figure.value - one.line_at(figure.year)
    if abs(apart) < 1e-9 * abs(figure.value):
        return given.words.say("plan_card_on_line")
    key = "plan_card_below_line" if apart < 0 else "plan_card_above_line"
    return given.words.say(key, distance=size)


def titles(given: CardMaterial, source: str) -> str:
    """Titles of the sources behind a figure; ``a / b`` is a quotient of two."""
    table = given.evidence.sources["title"]
    return " / ".join(dict.fromkeys(str(table[part.strip()]) for part in source.split("/")))


def method(given: CardMaterial) -> Section:
    """The rules, and the sources."""
    words = given.words
    rules = (
        "plan_card_rule_line",
        "plan_card_rule_status",
        "plan_card_rule_final",
        "plan_card_rule_trend",
        "plan_card_rule_prices",
        "plan_card_rule_vintage",
    )
    told = [Prose(given.lang, [words.say(key)]) for key in rules]
    return Section(given.lang, words["plan_card_method_heading"], [*told, sources(given)])


def sources(given: CardMaterial) -> Table:
    """The plan and every source of a figure."""
    words = given.words
    names = {one.goal.source for group in given.groups.values() for one in group}
    for group in given.groups.values():
        for one in group:
            names |= {part.strip() for figure in one.held for part in figure.source.split("/")}
    listed = given.evidence.sources.loc[given.evidence.sources.index.isin(names)]
    publisher = language(given.lang).column("publisher")
    cells: list[list[Cell]] = [
        [str(row["title"]), str(row[publisher]), str(row["date"]), words[row["kind"]]]
        for _, row in listed.iterrows()
    ]
    columns = [
        Column(words["column_source"], head=True),
        Column(words["column_publisher"]),
        *(Column(words[name], short=True) for name in ("column_date", "column_kind")),
    ]
    return Table(given.lang, words["sources_table"], columns, cells, cards=True)
