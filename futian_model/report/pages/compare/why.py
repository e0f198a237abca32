"""What the difference comes from: its parts, drawn and listed."""

from futian_model.attribution import BATCHES
from futian_model.report.page.blocks import Block, Cell, Charts, Column, Prose, Section, Table
from futian_model.report.pages.compare.answer import nothing
from futian_model.report.pages.compare.rows import CompareMaterial
from futian_model.report.sections.parts import chart, part, parts_table, reacting, together
from futian_model.report.words.numbers import Number
from futian_model.report.words.sentences import capital


def why(given: CompareMaterial) -> Section:
    """The parts of each difference, drawn and listed."""
    words = given.words
    if given.same:
        return Section(given.lang, words["compare_why_heading"], [nothing(given)])
    names = {"a": given.titles[0], "b": given.titles[1]}
    told = [words.say("compare_how", **names), *together(given)]
    drawn = [chart(given, one) for one in map(given.why, given.explained) if not one.alike]
    children: list[Block] = [Prose(given.lang, told)]
    if drawn:
        children.append(Charts(given.lang, drawn))
    children.append(parts_table(given))
    if len(given.mixtures.blocks) > 1 and reacting(given):
        children.append(Prose(given.lang, [words.say("compare_reacts")], note=True))
    return Section(given.lang, words["compare_why_heading"], children, new_page=True)


def chances(given: CompareMaterial) -> Section:
    """The share of paths that meet a goal, split the same way."""
    words, one = given.words, given.why_chance
    if one is None or given.about is None:
        children: list[Block] = [Prose(given.lang, [words.say("compare_chance_none")])]
        return Section(given.lang, words["compare_chance_heading"], children)
    drawn = chart(given, one)
    rows: list[list[Cell]] = [[given.titles[0], one.number("start", one.rule), words["not_told"]]]
    for blocks in given.mixtures.blocks:
        known = blocks not in one.still and one.has_error(blocks)
        error: Cell = one.contribution(blocks, "_se") if known else words["not_told"]
        rows.append([capital(given.block(blocks)), part(given, one, blocks), error])
    rows.append([given.titles[1], one.number("end", one.rule), words["not_told"]])
    heads = ("compare_change", "compare_error")
    columns = [
        Column(words["compare_column_block"], head=True),
        *(Column(words[name], numeric=True) for name in heads),
    ]
    note = words.say(
        "compare_chance_note",
        draws=Number(given.given_scenario.draws, "count"),
        batches=Number(BATCHES, "count"),
    )
    title_of_table = words.say("compare_chance_table", goal=given.goal_label(given.about)).text
    table = Table(given.lang, title_of_table, columns, rows, note, cards=True)
    return Section(given.lang, words["compare_chance_heading"], [Charts(given.lang, [drawn]), table])
