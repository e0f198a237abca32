"""Section on the trade-off between the share goal and the GDP goal of its year."""

import pandas as pd

from futian_model import stress
from futian_model.charts.lines import plane
from futian_model.report.page import Column, Drawn, Fields, Section, Table, numeric
from futian_model.report.pages.headquarters.material import HeadquartersMaterial
from futian_model.report.sections.material import GIVEN_SCENARIO
from futian_model.report.words import Number, Sentence, axis_unit, year
from futian_model.report.words.names import WAYS
from futian_model.stress import AIM, TRADE_OFF, Pair, by_way, point


def traded(page: HeadquartersMaterial) -> Section:
    """What GDP comes with the share goal, by the way it is reached."""
    pair, heading = page.study.pair, "headquarters_trade_heading"
    if pair is None:
        return page.section(heading, "headquarters_no_pair")
    return page.section(
        heading,
        [leads(page, pair), shrinks(page, pair)],
        ways_table(page, pair),
        page.charts(drawn(page, pair)),
        unit(page, pair),
        curve_table(page, pair),
    )


def on_curve(
    page: HeadquartersMaterial, pair: Pair, statistic: str, rule: str = "growth", under: str = ""
) -> Number:
    """A figure of the curve, from whichever indicator holds it."""
    held = next(
        name
        for name in (page.study.share, "real_gdp", page.study.part)
        if page.has(name, pair.share.year, statistic, TRADE_OFF, under)
    )
    return page.read(TRADE_OFF, held, pair.share.year, statistic, rule, under)


def met_by(
    page: HeadquartersMaterial, pair: Pair, way: str, statistic: str = "level", rule: str = "gdp"
) -> Number:
    """A figure of one way to the share goal."""
    return on_curve(page, pair, statistic, rule, by_way(AIM, way))


def of_goal(page: HeadquartersMaterial, pair: Pair) -> tuple[Number, Number]:
    """Targets of both goals."""
    share, gdp = (
        page.read(GIVEN_SCENARIO, goal.name, goal.year, "target", rule)
        for goal, rule in ((pair.share, "share"), (pair.gdp, "gdp"))
    )
    return share, gdp


def briefly(page: HeadquartersMaterial) -> list[Sentence]:
    """The two ways to the share goal in a sentence; empty where there is nothing to compare."""
    if page.study.pair is None:
        return []
    grown, shrunk = (met_by(page, page.study.pair, way) for way in (stress.PART_GROWS, stress.REST_SHRINKS))
    share, gdp = of_goal(page, page.study.pair)
    return [page.say("headquarters_answer_trade", target=share, grown=grown, shrunk=shrunk, gdp=gdp)]


def leads(page: HeadquartersMaterial, pair: Pair) -> Sentence:
    """The lead that the share goal asks for, and the scenario's."""
    return page.say(
        "headquarters_leads",
        goal=page.goal_label(pair.share),
        target=of_goal(page, pair)[0],
        aim=on_curve(page, pair, "aim_lead", "size_growth_points"),
        own=on_curve(page, pair, "own_lead", "size_growth_points"),
    )


def shrinks(page: HeadquartersMaterial, pair: Pair) -> Sentence:
    """GDP where the share goal is met, by growing and by the rest shrinking."""
    short = met_by(page, pair, stress.REST_SHRINKS, "gap", "gdp_gap")
    return page.say(
        "headquarters_shrinks" if short.value < 0 else "headquarters_shrinks_met",
        grown=met_by(page, pair, stress.PART_GROWS),
        shrunk=met_by(page, pair, stress.REST_SHRINKS),
        off=met_by(page, pair, stress.REST_SHRINKS, "off"),
        pace=met_by(page, pair, stress.REST_SHRINKS, "growth_of_rest", "growth_size"),
        gdp=of_goal(page, pair)[1],
    )


def unit(page: HeadquartersMaterial, pair: Pair) -> Sentence:
    """What one per cent of GDP won or lost does to the share."""
    gained, lost = (on_curve(page, pair, name, "size_points") for name in ("gained", "lost_elsewhere"))
    return page.say("headquarters_unit", year=year(pair.share.year), gained=gained, lost=lost)


def ways_table(page: HeadquartersMaterial, pair: Pair) -> Table:
    """The share goal met exactly, three ways."""
    at = year(pair.share.year)

    def column(key: str, *figure: str) -> Column:
        return numeric(page.say(key, year=at), lambda way: met_by(page, pair, way, *figure))

    return page.table(
        page.say("headquarters_ways_table", goal=page.goal_label(pair.share)),
        stress.WAYS,
        [
            Column("headquarters_way", lambda way: page.words[WAYS[way]]),
            column("headquarters_part_pace", "growth", "growth"),
            column("headquarters_rest_pace", "growth_of_rest", "growth"),
            column("headquarters_goal_gdp"),
            column("headquarters_goal_gap", "gap", "gdp_gap"),
        ],
        page.say("headquarters_ways_note", base_year=year(page.first), year=at, gdp=of_goal(page, pair)[1]),
    )


def curve_table(page: HeadquartersMaterial, pair: Pair) -> Table:
    """The table behind the chart: a row a lead."""

    def column(key: str, statistic: str, rule: str, way: str = "") -> Column:
        return numeric(key, lambda at: on_curve(page, pair, statistic, rule, by_way(at, way) if way else at))

    lead = column("headquarters_lead", "lead", "growth_coarse")
    title: Fields = {"year": year(pair.share.year), "unit": page.words["unit_gdp_bare"]}
    gdp = page.read(GIVEN_SCENARIO, pair.gdp.name, pair.gdp.year, "central", "gdp")
    return page.table(
        page.say("headquarters_curve_table", **title),
        map(point, range(len(page.study.curve.lead))),
        [
            lead._replace(numeric=False),
            column("headquarters_share_then", "share", "share"),
            column("headquarters_curve_part", "growth", "growth", stress.SAME_GDP),
            column("headquarters_curve_rest", "growth_of_rest", "growth", stress.SAME_GDP),
            column("headquarters_gdp_grows", "level", "gdp_bare", stress.PART_GROWS),
            column("headquarters_gdp_shrinks", "level", "gdp_bare", stress.REST_SHRINKS),
        ],
        page.say("headquarters_curve_note", gdp=gdp),
        cards=False,
    )


def drawn(page: HeadquartersMaterial, pair: Pair) -> Drawn:
    """GDP over the share, a line a way."""
    at, (share, gdp) = pair.share.year, of_goal(page, pair)
    grown, shrunk = (met_by(page, pair, way) for way in (stress.PART_GROWS, stress.REST_SHRINKS))
    own = [page.read(GIVEN_SCENARIO, goal.name, at, "central", page.rule(goal.indicator)) for goal in pair]
    title = page.say("headquarters_plane_title", target=share, grown=grown, shrunk=shrunk)
    places = [(share, gdp), (own[0], own[1]), (share, grown), (share, shrunk)]
    bare = [Number(level.value, "gdp_bare", level.key) for _, level in places]  # the subtitle names the unit
    labels = [
        page.say("headquarters_mark_goals", share=share, gdp=bare[0]).text,
        page.say("headquarters_mark_own", share=own[0], gdp=bare[1]).text,
        *(level.text(page.lang) for level in bare[2:]),
    ]
    marks = [(label, x.value, y.value) for label, (x, y) in zip(labels, places, strict=True)]
    unit = axis_unit(page.words, "gdp", page.first)
    return page.drawn(
        plane,
        curve(page, pair),
        "gdp",
        title=title,
        alt=page.say(
            "headquarters_plane_alt", title=title, share=own[0], gdp=own[1], goal=share, gdp_goal=gdp
        ),
        subtitle=page.say("headquarters_plane_subtitle", year=year(at), unit=unit),
        source="headquarters_plane_source",
        named={"across": page.name(pair.share.indicator)},
        marks=pd.DataFrame(marks, columns=["label", "at", "value"]),
    )


def curve(page: HeadquartersMaterial, pair: Pair) -> pd.DataFrame:
    """Three lines, point by point."""
    rows = [
        (
            page.words[WAYS[way]],
            on_curve(page, pair, "share", "share", under).value,
            on_curve(page, pair, "level", "gdp", by_way(under, way)).value,
        )
        for way in stress.WAYS
        for under in map(point, range(len(page.study.curve.lead)))
    ]
    return pd.DataFrame(rows, columns=["series", "at", "value"])
