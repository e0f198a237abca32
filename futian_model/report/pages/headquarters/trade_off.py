"""Section on the trade-off between the share goal and the GDP goal of its year."""

import pandas as pd

from futian_model import stress
from futian_model.charts import ChartWords
from futian_model.charts.lines import plane
from futian_model.report.page.blocks import Block, Cell, Charts, Column, Drawn, Prose, Section, Table
from futian_model.report.pages.headquarters.material import HeadquartersMaterial
from futian_model.report.sections.material import GIVEN_SCENARIO
from futian_model.report.words.axes import axis_unit, on_axis
from futian_model.report.words.names import WAYS
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.stress import AIM, TRADE_OFF, Pair, by_way, point


def traded(given: HeadquartersMaterial) -> Section:
    """What GDP comes with the share goal, by the way it is reached."""
    words, pair = given.words, given.study.pair
    if pair is None:
        children: list[Block] = [Prose(given.lang, [words.say("headquarters_no_pair")])]
    else:
        children = [
            Prose(given.lang, [leads(given, pair), shrinks(given, pair)]),
            ways_table(given, pair),
            Charts(given.lang, [drawn(given, pair)]),
            Prose(given.lang, [unit(given, pair)]),
            curve_table(given, pair),
        ]
    return Section(given.lang, words["headquarters_trade_heading"], children)


def told(
    given: HeadquartersMaterial, pair: Pair, statistic: str, rule: str = "growth", under: str = ""
) -> Number:
    """A figure of the curve, from whichever indicator holds it."""
    held = next(
        name
        for name in (given.study.share, "real_gdp", given.study.part)
        if given.has(name, pair.share.year, statistic, TRADE_OFF, under)
    )
    return given.told(TRADE_OFF, held, pair.share.year, statistic, rule, under)


def met_by(
    given: HeadquartersMaterial, pair: Pair, way: str, statistic: str = "level", rule: str = "gdp"
) -> Number:
    """A figure of one way to the share goal."""
    return told(given, pair, statistic, rule, by_way(AIM, way))


def of_goal(given: HeadquartersMaterial, pair: Pair) -> tuple[Number, Number]:
    """Targets of both goals."""
    share, gdp = (
        given.told(GIVEN_SCENARIO, goal.name, goal.year, "target", rule)
        for goal, rule in ((pair.share, "share"), (pair.gdp, "gdp"))
    )
    return share, gdp


def briefly(given: HeadquartersMaterial) -> list[Sentence]:
    """The two ways to the share goal in a sentence; empty where there is nothing to compare."""
    if given.study.pair is None:
        return []
    grown, shrunk = (met_by(given, given.study.pair, way) for way in (stress.PART_GROWS, stress.REST_SHRINKS))
    share, gdp = of_goal(given, given.study.pair)
    return [given.words.say("headquarters_answer_trade", target=share, grown=grown, shrunk=shrunk, gdp=gdp)]


def leads(given: HeadquartersMaterial, pair: Pair) -> Sentence:
    """The lead that the share goal asks for, and the scenario's."""
    return given.words.say(
        "headquarters_leads",
        goal=given.goal_label(pair.share),
        target=of_goal(given, pair)[0],
        aim=told(given, pair, "aim_lead", "size_growth_points"),
        own=told(given, pair, "own_lead", "size_growth_points"),
    )


def shrinks(given: HeadquartersMaterial, pair: Pair) -> Sentence:
    """GDP where the share goal is met, by growing and by the rest shrinking."""
    short = met_by(given, pair, stress.REST_SHRINKS, "gap", "gdp_gap")
    return given.words.say(
        "headquarters_shrinks" if short.value < 0 else "headquarters_shrinks_met",
        grown=met_by(given, pair, stress.PART_GROWS),
        shrunk=met_by(given, pair, stress.REST_SHRINKS),
        off=met_by(given, pair, stress.REST_SHRINKS, "off"),
        pace=met_by(given, pair, stress.REST_SHRINKS, "growth_of_rest", "growth_size"),
        gdp=of_goal(given, pair)[1],
    )


def unit(given: HeadquartersMaterial, pair: Pair) -> Sentence:
    """What one per cent of GDP won or lost does to the share."""
    gained, lost = (told(given, pair, name, "size_points") for name in ("gained", "lost_elsewhere"))
    return given.words.say("headquarters_unit", year=year(pair.share.year), gained=gained, lost=lost)


def ways_table(given: HeadquartersMaterial, pair: Pair) -> Table:
    """The share goal met exactly, three ways."""
    words, at = given.words, year(pair.share.year)
    heads = (
        "headquarters_part_pace",
        "headquarters_rest_pace",
        "headquarters_goal_gdp",
        "headquarters_goal_gap",
    )
    columns = [
        Column(words["headquarters_way"], head=True),
        *(Column(words.say(name, year=at).text, numeric=True) for name in heads),
    ]
    rows: list[list[Cell]] = [
        [
            words[WAYS[way]],
            met_by(given, pair, way, "growth", "growth"),
            met_by(given, pair, way, "growth_of_rest", "growth"),
            met_by(given, pair, way),
            met_by(given, pair, way, "gap", "gdp_gap"),
        ]
        for way in stress.WAYS
    ]
    title = words.say("headquarters_ways_table", goal=given.goal_label(pair.share)).text
    note = words.say(
        "headquarters_ways_note", base_year=year(given.first), year=at, gdp=of_goal(given, pair)[1]
    )
    return Table(given.lang, title, columns, rows, note, cards=True)


def curve_table(given: HeadquartersMaterial, pair: Pair) -> Table:
    """The table behind the chart: a row a lead."""
    words, at, unit = given.words, year(pair.share.year), given.words["unit_gdp_bare"]
    same, (grows, shrinks) = stress.SAME_GDP, (stress.PART_GROWS, stress.REST_SHRINKS)
    heads = (
        "headquarters_share_then",
        "headquarters_curve_part",
        "headquarters_curve_rest",
        "headquarters_gdp_grows",
        "headquarters_gdp_shrinks",
    )
    columns = [
        Column(words["headquarters_lead"], head=True),
        *(Column(words[name], numeric=True) for name in heads),
    ]
    rows: list[list[Cell]] = [
        [
            told(given, pair, "lead", "growth_coarse", under),
            told(given, pair, "share", "share", under),
            told(given, pair, "growth", "growth", by_way(under, same)),
            told(given, pair, "growth_of_rest", "growth", by_way(under, same)),
            told(given, pair, "level", "gdp_bare", by_way(under, grows)),
            told(given, pair, "level", "gdp_bare", by_way(under, shrinks)),
        ]
        for under in map(point, range(len(given.study.curve.lead)))
    ]
    title = words.say("headquarters_curve_table", year=at, unit=unit).text
    gdp = given.told(GIVEN_SCENARIO, pair.gdp.name, pair.gdp.year, "central", "gdp")
    note = words.say("headquarters_curve_note", gdp=gdp)
    return Table(given.lang, title, columns, rows, note)


def drawn(given: HeadquartersMaterial, pair: Pair) -> Drawn:
    """GDP over the share, a line a way."""
    words, at = given.words, pair.share.year
    share, gdp = of_goal(given, pair)
    grown, shrunk = (met_by(given, pair, way) for way in (stress.PART_GROWS, stress.REST_SHRINKS))
    own = [given.told(GIVEN_SCENARIO, goal.name, at, "central", given.rule(goal.indicator)) for goal in pair]
    title = words.say("headquarters_plane_title", target=share, grown=grown, shrunk=shrunk)
    alt = words.say("headquarters_plane_alt", title=title, share=own[0], gdp=own[1], goal=share, gdp_goal=gdp)
    places = [(share, gdp), (own[0], own[1]), (share, grown), (share, shrunk)]
    bare = [Number(level.value, "gdp_bare", level.key) for _, level in places]  # the subtitle names the unit
    labels = [
        words.say("headquarters_mark_goals", share=share, gdp=bare[0]).text,
        words.say("headquarters_mark_own", share=own[0], gdp=bare[1]).text,
        *(one.text(given.lang) for one in bare[2:]),
    ]
    marks = pd.DataFrame(
        [(label, one.value, other.value) for label, (one, other) in zip(labels, places, strict=True)],
        columns=["label", "at", "value"],
    )
    unit = axis_unit(words, "gdp", given.first)
    chart = plane(
        on_axis(curve(given, pair), "gdp", given.lang, ["value"]),
        words=ChartWords(
            title=title.text,
            subtitle=words.say("headquarters_plane_subtitle", year=year(at), unit=unit).text,
            source=words["headquarters_plane_source"],
            alt=alt.text,
            across=given.name(pair.share.indicator),
        ),
        marks=on_axis(marks, "gdp", given.lang, ["value"]),
    )
    return Drawn(chart, title, alt, "gdp")


def curve(given: HeadquartersMaterial, pair: Pair) -> pd.DataFrame:
    """Three lines, point by point."""
    rows = [
        (
            given.words[WAYS[way]],
            told(given, pair, "share", "share", under).value,
            told(given, pair, "level", "gdp", by_way(under, way)).value,
        )
        for way in stress.WAYS
        for under in map(point, range(len(given.study.curve.lead)))
    ]
    return pd.DataFrame(rows, columns=["series", "at", "value"])
