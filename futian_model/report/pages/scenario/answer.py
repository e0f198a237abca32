"""Cover and page one: the answer, its figures and chart, what it hangs on, what is not known."""

from futian_model.report.page.blocks import Block, Charts, Cover, Drawn, KeyFigure, KeyFigures, Prose, Section
from futian_model.report.pages.scenario.outlook import chart, first_chart
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.cautions import few_draws
from futian_model.report.sections.conditions import condition_number, conditions, strongest
from futian_model.report.sections.judgments import judgment_cautions
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, Material
from futian_model.report.sections.missing import gaps
from futian_model.report.sections.report import facts
from futian_model.report.sections.trust import quoted
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.sensitivity import BOX


def cover(given: Material) -> Cover:
    """What the report is about and what it was made from."""
    scenario, words = given.scenario, given.words
    place = given.name(given.evidence.place("district"))
    return Cover(
        given.lang,
        scenario.title[given.lang],
        words.say("cover_subtitle", place=place).text,
        scenario.description[given.lang],
        facts(given, "span", "vintage", "prices", "draws"),
    )


def answer(given: ScenarioMaterial) -> Section:
    """Page one: where the scenario leads, one chart, on what it hangs, and what is not known."""
    words = given.words
    told = [path(given), goals_met(given), chances(given)]
    children: list[Block] = [
        *(Prose(given.lang, [one]) for one in told if one is not None),
        KeyFigures(given.lang, figures(given)),
        Charts(given.lang, [foremost(given)]),
        Section(given.lang, words["hangs_heading"], [Prose(given.lang, hanging(given))], level=3),
        Section(given.lang, words["unknown_heading"], unknown(given), level=3),
    ]
    return Section(given.lang, words["answer_heading"], children)


def foremost(given: ScenarioMaterial) -> Drawn:
    """The one chart: what the evidence says of the indicator that the scenario is about."""
    indicator, reading = first_chart(given)
    return chart(given, indicator, reading)


def hanging(given: ScenarioMaterial) -> list[Sentence]:
    """The condition that separates success from failure, where there is one, and the strongest lever."""
    told = [strongest(given)]
    if given.about is None or given.hangs(GIVEN_EVIDENCE, given.about.name).status != BOX:
        return told
    name, found = given.about.name, given.hangs(GIVEN_EVIDENCE, given.about.name)
    condition = given.words.say(
        "hangs_missed" if found.misses else "hangs_met",
        goal=given.goal_label(given.about),
        vintage=given.vintage,
        conditions=conditions(given, GIVEN_EVIDENCE, name),
        density=condition_number(given, GIVEN_EVIDENCE, name, "density", "probability"),
    )
    return [condition, *told]


def unknown(given: ScenarioMaterial) -> list[Block]:
    """What the reader must not take for known, a paragraph each."""
    words = given.words
    told = [
        gaps(given.scenario, given.evidence, given.lang),
        [*differ(given), words.say("two_readings", vintage=given.vintage)],
        [latest(given), quoted(given)],
        [*judgment_cautions(given), *few_draws(given)],
    ]
    return [Prose(given.lang, sentences, note=True) for sentences in told if sentences]


def latest(given: ScenarioMaterial) -> Sentence:
    """How old the newest figure is that can be held against the path."""
    rows = given.results
    held = rows[(rows["indicator"] == "real_gdp") & (rows["statistic"] == "outturn")]
    words = given.words
    if held.empty:
        return words.say("unknown_no_outturn", base_year=year(given.first))
    at = int(held["year"].max())
    return words.say(
        "unknown_latest", year=year(at), level=given.number("real_gdp", at, "outturn", reading="published")
    )


def differ(given: ScenarioMaterial) -> list[Sentence]:
    """Both probabilities of the goal the scenario is about, side by side, and why they differ."""
    goal = given.about
    if goal is None:
        return []
    share, chance = (
        given.chance(goal.name, goal.year, reading=reading) for reading in (GIVEN_SCENARIO, GIVEN_EVIDENCE)
    )
    return [given.words.say("readings_differ", goal=given.goal_label(goal), share=share, chance=chance)]


def path(given: Material) -> Sentence:
    """GDP, per-capita GDP and the leading share in the last year."""
    words, last = given.words, given.last
    parts = [
        words.say("answer_item", name=words.inline(given.name(name)), value=given.number(name, last))
        for name in given.headline[1:]
    ]
    return words.say(
        "answer_path" if parts else "answer_path_alone",
        year=year(last),
        gdp=given.number("real_gdp", last),
        base_year=year(given.first),
        multiple=given.number("real_gdp", last, "multiple", rule="factor"),
        growth=given.number("real_gdp", last, "cagr", rule="growth_size"),
        others=words.join(parts),
    )


def goals_met(given: Material) -> Sentence | None:
    """How many goals the central path meets, and the one it misses by most."""
    if not given.goals:
        return None
    words, last = given.words, max(goal.year for goal in given.goals)
    count = given.number("all_goals", last, "count", rule="count")
    met = given.number("all_goals", last, "met", rule="count")
    if met.value == count.value:
        return words.say("answer_all_met", count=count)
    gaps = {
        goal.name: given.number(goal.name, goal.year, "relative_gap", rule="share")
        for goal in given.goals
        if not given.number(goal.name, goal.year, "met", rule="count").value
    }
    worst = max((goal for goal in given.goals if goal.name in gaps), key=lambda g: abs(gaps[g.name].value))
    return words.say(
        "answer_some_met",
        count=count,
        met=met,
        goal=given.goal_label(worst),
        value=given.number(worst.name, worst.year, "central", rule=given.rule(worst.indicator)),
        target=given.number(worst.name, worst.year, "target", rule=given.rule(worst.indicator)),
    )


def chances(given: Material) -> Sentence | None:
    """What the evidence alone says about the goals of the last year and about all of them."""
    words = given.words
    told = given.judged
    if not told:
        return None
    last = max(goal.year for goal in told)

    def number(name: str, at: int, statistic: str = "probability") -> Number:
        return given.chance(name, at, statistic, reading=GIVEN_EVIDENCE)

    items = [
        words.say("chance_item", goal=given.goal_label(goal), chance=number(goal.name, goal.year))
        for goal in told
        if goal.year == last
    ]
    if len(told) == 1:
        return words.say("answer_chance_alone", vintage=given.vintage, items=words.join(items))
    return words.say(
        "answer_chances" if len(items) == len(told) else "answer_chances_earlier",
        vintage=given.vintage,
        items=words.join(items),
        count=Number(len(told), "count"),
        joint=number("all_goals", last, "joint_probability"),
    )


def figures(given: ScenarioMaterial) -> list[KeyFigure]:
    """GDP and GDP per head in the last year, and the chance of the goal the scenario is about.

    Where the evidence can judge no goal, the leading share stands in for the chance.
    """
    chance = chance_figure(given)
    names = given.headline[:2] if chance else given.headline
    shown = [headline_figure(given, name) for name in names]
    return [*shown, chance] if chance else shown


def headline_figure(given: Material, name: str) -> KeyFigure:
    """A leading indicator in the last year, and how it got there."""
    words, last = given.words, given.last
    if given.rule(name) == "share":
        start = given.number(name, given.first)
        note = words.say("figure_share", start=start, base_year=year(given.first))
    else:
        note = words.say("figure_growth", growth=given.number(name, last, "cagr", rule="growth_size"))
    label = words.say("figure_label", name=given.name(name), year=year(last)).text
    return KeyFigure(label, given.number(name, last), note)


def chance_figure(given: Material) -> KeyFigure | None:
    """How likely the goal of the last year is that the scenario is about; else all of that year together."""
    words = given.words
    told = given.judged
    if not told:
        return None
    last = max(goal.year for goal in told)
    asked = given.scenario.levers.goals()
    about = [goal for goal in told if goal.year == last and goal.name in asked]
    if len(about) == 1:
        name, label = about[0].name, words.say("figure_chance", goal=given.goal_label(about[0])).text
    else:
        name, label = "all_goals", words.say("figure_chance_all", year=year(last)).text
    chance = given.chance(name, last, reading=GIVEN_EVIDENCE)
    return KeyFigure(label, chance, words.say("figure_chance_note", vintage=given.vintage))
