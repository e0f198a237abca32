"""The answer of the comparison: how far apart scenarios end, and of two why."""

from futian_model.report.page import Cover, Fields, KeyFigure, Section
from futian_model.report.pages.compare.rows import DIFFERENCE, GDP, CompareMaterial
from futian_model.report.sections.attribution import Why
from futian_model.report.sections.cautions import few_draws
from futian_model.report.sections.report import facts
from futian_model.report.words import Number, Sentence, year


def cover(page: CompareMaterial) -> Cover:
    """The question, and the scenarios."""
    span, *others = facts(page, "span", "prices", "draws")
    vintages = page.listed(
        dict.fromkeys(page.words.month(side.scenario.assumptions.vintage) for side in page.sides.values())
    )
    first, *named = page.named.values()
    said = [span, ("fact_vintage", vintages), *others]
    if page.two:
        pair = {"a": first, "b": named[0]}
        subtitle, question = page.say("compare_subtitle", **pair), page.say("compare_question", **pair)
        return page.cover("compare_title_page", subtitle, question, said)
    count = Number(len(page.sides), "count")
    subtitle = page.say("compare_all_subtitle", count=count, baseline=first)
    question = page.say("compare_all_question", baseline=first, year=year(page.last))
    return page.cover("compare_all_title", subtitle, question, said)


def answer(page: CompareMaterial) -> Section:
    """How far apart they end and, of two, why; which are the same; what that says of likelihood."""
    return page.section(
        "compare_answer_heading",
        *(pair(page) if page.two else spread(page)),
        equal(page),
        absent(page),
        page.key_figures(*figures(page)),
        page.note(caution(page), *evidence_alone(page), *few_draws(page)),
    )


def pair(page: CompareMaterial) -> list[Sentence]:
    """A sentence an indicator on the difference of two."""
    return [nothing(page)] if page.same else [why.sentence() for why in whys(page)]


def whys(page: CompareMaterial) -> list[Why]:
    """What each difference of two comes from."""
    paths = [] if page.same else [page.why(name) for name in page.explained]
    return [*paths, *([] if page.why_chance is None else [page.why_chance])]


def ranked(page: CompareMaterial) -> list[str]:
    """The scenarios, that of the highest GDP in the last year first; of one path the first alone."""
    ends = [group[0] for group in page.alike(GDP)]
    return sorted(ends, key=lambda key: -page.of(key, GDP, page.last).value)


def spread(page: CompareMaterial) -> list[Sentence]:
    """Where the baseline leads, and the scenarios of the most and the least GDP."""
    baseline = next(iter(page.sides))
    fields: Fields = {"baseline": page.named[baseline], "year": year(page.last), "name": page.name(GDP)}
    value = page.of(baseline, GDP, page.last)
    order = ranked(page)
    if len(order) == 1:
        return [page.say("compare_all_one", **fields, value=value)]
    sentences = [page.say("compare_all_baseline", **fields, value=value)]
    for key, end in ((order[0], "compare_all_highest"), (order[-1], "compare_all_lowest")):
        group = next(group for group in page.alike(GDP) if key in group)
        if baseline not in group:
            gap = page.of(key, GDP, page.last, "relative", rule="change_coarse", reading=DIFFERENCE)
            value = page.of(key, GDP, page.last)
            sentences.append(page.say(end, scenario=joined(page, group), value=value, gap=gap))
    return [page.say("compare_all_told", told=page.words.join(sentences, "compare_all_joined"))]


def joined(page: CompareMaterial, keys: list[str]) -> str:
    """Scenarios of one path as one name."""
    return page.words["compare_equal"].join(page.named[key] for key in keys)


def equal(page: CompareMaterial) -> list[Sentence]:
    """Scenarios whose paths coincide: in all that is shown, or of GDP alone."""
    if page.two and page.same:
        return []
    others = [page.alike(name) for name in page.listed_indicators if name != GDP]
    sentences = []
    for group in (group for group in page.alike(GDP) if len(group) > 1):
        whole = all(any(set(group) <= set(held) for held in groups) for groups in others)
        key = "compare_equal_all" if whole else "compare_equal_in"
        sentences.append(page.say(key, titles=quoted(page, group), name=page.name(GDP)))
    return sentences


def quoted(page: CompareMaterial, keys: list[str]) -> str:
    """Titles of scenarios in an enumeration."""
    return page.listed(page.say("compare_quoted", title=page.named[key]).text for key in keys)


def absent(page: CompareMaterial) -> list[Sentence]:
    """Scenarios that failed, and how many are beyond what a page holds."""
    sentences = []
    if page.left_out:
        titles = page.listed(page.say("compare_quoted", title=title).text for title in page.left_out)
        sentences.append(page.say("compare_left_out", titles=titles))
    if page.more:
        sentences.append(page.say("compare_more_left", count=Number(page.more, "count")))
    return sentences


def figures(page: CompareMaterial) -> list[KeyFigure]:
    """Differences of two between the figures they lie between; of more, GDP of baseline, highest, lowest."""
    if page.two:
        return [figure(page, why) for why in whys(page) if not why.alike]
    order, label = ranked(page), page.dated(GDP, page.last)
    shown = dict.fromkeys([next(iter(page.sides)), order[0], order[-1]])
    return [page.figure(label, page.of(key, GDP, page.last), Sentence(page.named[key])) for key in shown]


def figure(page: CompareMaterial, why: Why) -> KeyFigure:
    """A difference, between the figures it lies between."""
    start, end = (why.number(name, why.rule) for name in ("start", "end"))
    goal = why.split.asked.goal
    if goal is not None:
        label = page.say("compare_figure_goal", goal=page.goal_label(goal))
        return page.figure(label, end, page.say("compare_figure_not_likely", start=start))
    label = page.say("figure_label", name=why.name, year=year(why.split.asked.year))
    note = page.say("compare_figure_note", a=page.titles[0], start=start, b=page.titles[1], end=end)
    return page.figure(label, why.number("difference", why.gap_rule), note)


def caution(page: CompareMaterial) -> Sentence:
    """What a share of paths is, and whether the draws are the same."""
    key = "compare_caution" if page.same_draws else "compare_caution_own_draws"
    return page.say(key, **({"draws": Number(page.given_scenario.draws, "count")} if page.same_draws else {}))


def evidence_alone(page: CompareMaterial) -> list[Sentence]:
    """What the evidence alone says of every goal, where it says the same beside all scenarios."""
    items = []
    for goal in page.common:
        odds = [page.judged_chance(goal, key) for key in page.sides]
        if odds[0] is None or any(chance is None or chance.value != odds[0].value for chance in odds):
            continue
        items.append(page.say("chance_item", goal=page.goal_label(goal), chance=odds[0]))
    if not items:
        return []
    return [page.say("compare_evidence_same", vintage=page.vintage, items=page.words.join(items))]


def nothing(page: CompareMaterial) -> Sentence:
    """That two do not differ."""
    return page.say("compare_same", a=page.titles[0], b=page.titles[1])
