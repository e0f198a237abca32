"""Cover and page one: the answer, its figures and chart, what it hangs on, what is not known."""

from futian_model.report.page import Block, Cover, KeyFigure, Section
from futian_model.report.pages.scenario.outlook import chart, first_chart
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.cautions import few_draws, productivity, rewritten
from futian_model.report.sections.conditions import condition_number, conditions, strongest
from futian_model.report.sections.judgments import judgment_cautions
from futian_model.report.sections.material import GIVEN_EVIDENCE, Material
from futian_model.report.sections.misfits import misfits_of
from futian_model.report.sections.missing import gaps
from futian_model.report.sections.report import facts
from futian_model.report.sections.standing import ahead, nation, others, standing
from futian_model.report.sections.trust import came_true, quoted
from futian_model.report.words import Number, Sentence, year
from futian_model.sensitivity import BOX


def cover(page: Material) -> Cover:
    """What the report is about and what it was made from."""
    subtitle = page.say("cover_subtitle", place=page.name(page.district))
    about = Sentence(page.scenario.description[page.lang])
    told = facts(page, "span", "vintage", "prices", "draws")
    return page.cover(Sentence(page.title), subtitle, about, told)


def answer(page: ScenarioMaterial) -> Section:
    """Page one: where the scenario leads, one chart, on what it hangs, and what is not known."""
    return page.section(
        "answer_heading",
        standing(page) or None,
        [path(page), *ahead(page)],
        goals_met(page),
        [*chances(page), *came_true(page), *nation(page)] or None,
        page.key_figures(*figures(page)),
        page.charts(chart(page, *first_chart(page))),
        page.section("hangs_heading", hanging(page), level=3),
        page.section("unknown_heading", *unknown(page), level=3),
    )


def hanging(page: ScenarioMaterial) -> list[Sentence]:
    """The condition that separates success from failure; where there is none, the strongest lever."""
    goal = page.about
    if goal is None or page.hangs(GIVEN_EVIDENCE, goal.name).status != BOX:
        return [strongest(page)]
    missed = page.hangs(GIVEN_EVIDENCE, goal.name).misses
    condition = page.say(
        "hangs_missed" if missed else "hangs_met",
        goal=page.goal_label(goal),
        vintage=page.vintage,
        conditions=conditions(page, GIVEN_EVIDENCE, goal.name),
        density=condition_number(page, GIVEN_EVIDENCE, goal.name, "density", "probability"),
    )
    return [condition]


def unknown(page: ScenarioMaterial) -> list[Block]:
    """What the reader must not take for known, a paragraph each."""
    paragraphs = [
        rewritten(page),
        others(page),
        gaps(page.scenario, page.evidence, page.lang),
        [
            *([] if standing(page) else [latest(page)]),
            *misfits_of(page, page.district, since=page.first),
            *([] if came_true(page) else [quoted(page)]),
            *few_draws(page),
        ],
        productivity(page),
        judgment_cautions(page),
    ]
    return [page.note(*sentences) for sentences in paragraphs if sentences]


def latest(page: ScenarioMaterial) -> Sentence:
    """How old the newest figure is that can be held against the path."""
    rows = page.results
    outturns = rows[(rows["indicator"] == "real_gdp") & (rows["statistic"] == "outturn")]
    if outturns.empty:
        return page.say("unknown_no_outturn", base_year=year(page.first))
    at = int(outturns["year"].max())
    level = page.number("real_gdp", at, "outturn", reading="published")
    return page.say("unknown_latest", year=year(at), level=level)


def path(page: Material) -> Sentence:
    """GDP in the last year, and how many times that of the base year it is."""
    last = page.last
    return page.say(
        "answer_path",
        year=year(last),
        gdp=page.number("real_gdp", last),
        base_year=year(page.first),
        multiple=page.number("real_gdp", last, "multiple", rule="factor"),
    )


def goals_met(page: Material) -> Sentence | None:
    """How many goals the central path meets, and the one it misses by most."""
    if not page.goals:
        return None
    last = max(goal.year for goal in page.goals)
    count, met = (page.number("all_goals", last, name, rule="count") for name in ("count", "met"))
    if met.value == count.value:
        return None if page.over else page.say("answer_all_met", count=count)
    missed = [goal for goal in page.goals if not page.of_goal(goal, "met", "count").value]
    worst = max(missed, key=lambda goal: abs(page.of_goal(goal, "relative_gap", "share").value))
    value, target = page.of_goal(worst, "central"), page.of_goal(worst, "target")
    goal = page.goal_label(worst)
    return page.say("answer_some_met", count=count, met=met, goal=goal, value=value, target=target)


def chances(page: Material) -> list[Sentence]:
    """What the evidence alone says about the goals of the last year and about all of them."""
    judged = page.judged
    if not judged:
        return []
    last = max(goal.year for goal in judged)
    items = [page.chance_item(goal) for goal in judged if goal.year == last]
    if len(judged) == 1:
        return [page.say("answer_chance_alone", vintage=page.vintage, items=page.words.join(items))]
    told = page.say(
        "answer_chances" if len(items) == len(judged) else "answer_chances_earlier",
        vintage=page.vintage,
        items=page.words.join(items),
        count=Number(len(judged), "count"),
        joint=page.chance("all_goals", last, "joint_probability", reading=GIVEN_EVIDENCE),
    )
    return [told]


def figures(page: ScenarioMaterial) -> list[KeyFigure]:
    """GDP and GDP per head in the last year, and the chance of the goal the scenario is about.

    Where the evidence can judge no goal, the leading share stands in for the chance.
    """
    chance = chance_figure(page)
    names = page.headline[:2] if chance else page.headline
    shown = [headline_figure(page, name) for name in names]
    return [*shown, chance] if chance else shown


def headline_figure(page: Material, name: str) -> KeyFigure:
    """A leading indicator in the last year, and how it got there."""
    if page.rule(name) == "share":
        note = page.say("figure_share", start=page.number(name, page.first), base_year=year(page.first))
    else:
        pace = page.number(name, page.last, "cagr", rule="growth_size")
        note = page.say("figure_growth", span=page.span(page.first, page.last), growth=pace)
    return page.figure(page.dated(name, page.last), page.number(name, page.last), note)


def chance_figure(page: Material) -> KeyFigure | None:
    """How likely the goal of the last year is that the scenario is about; else all of that year together."""
    if not page.judged:
        return None
    last, asked = max(goal.year for goal in page.judged), page.scenario.levers.goals()
    about = [goal for goal in page.judged if goal.year == last and goal.name in asked]
    name, label = "all_goals", page.say("figure_chance_all", year=year(last))
    if len(about) == 1:
        name, label = about[0].name, page.say("figure_chance", goal=page.goal_label(about[0]))
    chance = page.chance(name, last, reading=GIVEN_EVIDENCE)
    return page.figure(label, chance, page.say("figure_chance_note", vintage=page.vintage))
