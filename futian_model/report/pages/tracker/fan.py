"""The latest round as a fan, with what came since and the round before it."""

import pandas as pd

from futian_model import charts
from futian_model.charts import FanWords
from futian_model.evidence.figures import month
from futian_model.report.page.blocks import Drawn
from futian_model.report.pages.tracker.rows import GIVEN_EVIDENCE, TrackerMaterial
from futian_model.report.sections.fan_sentences import band_names, described
from futian_model.report.words.axes import axis_unit, on_axis
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.rounds import Round, base_levels, outturns
from futian_model.rounds.frames import of_round
from futian_model.rounds.published import released
from futian_model.rounds.results import QUANTILES

MEDIAN = "p50"
ENDS = ("p05", "p10", "p25", "p75", "p90", "p95")
DRAWN = ("gdp", "per_capita", "share")
"""Rules whose axes a language has a unit for."""


def fan(given: TrackerMaterial, made: Round) -> Drawn | None:
    """The fan, or None where the round forecasts nothing that can be drawn."""
    words, rule, last = given.words, given.amounts(given.indicator).rule, given.last
    bands = held_bands(given, made)
    if bands.empty or rule not in DRAWN or given.followed is None:
        return None
    vintage = str(made.facts(given.followed)["vintage"])
    past = came(given, vintage)
    title = headline(given, made)
    goals = [
        (one.goal, given.number("outturns", one.goal.name, one.goal.year, "target", rule))
        for one in given.standings
        if one.goal.indicator == given.indicator
    ]
    alt = described(
        words,
        title,
        words["chart_path_given_evidence"],
        MEDIAN,
        (given.first, last),
        lambda at, name: held(given, made, at, name, rule),
        goals=[(goal.year, target) for goal, target in goals],
    )
    earlier = (
        given.rounds[-2] if len(given.rounds) > 1 and given.followed in given.rounds[-2].scenarios else None
    )
    before = None if earlier is None else held_bands(given, earlier)[["year", "central"]]
    marks = pd.DataFrame(
        [(goal.year, target.value, words.say("chart_goal", value=target).text) for goal, target in goals],
        columns=["year", "value", "label"],
    )
    drawn = charts.fan(
        on_axis(bands, rule, given.lang, ["central", *ENDS]),
        words=FanWords(
            title=title.text,
            subtitle=words.say(
                "chart_subtitle_given_evidence",
                unit=axis_unit(words, rule, given.first),
                vintage=words.month(vintage),
            ).text,
            source=words["tracker_chart_source"],
            scenario=made.name,
            bands=band_names(given.lang),
            alt=alt.text,
            history=words["tracker_chart_outturn"],
            later="" if past["known"].any() else words["tracker_chart_outturn"],
            reference="" if earlier is None else earlier.name,
        ),
        history=on_axis(past, rule, given.lang, ["value"]),
        goals=on_axis(marks, rule, given.lang, ["value"]),
        reference=None
        if before is None
        else on_axis(before.rename(columns={"central": "value"}), rule, given.lang, ["value"]),
        percent=rule == "share",
    )
    return Drawn(drawn, title, alt, rule)


def held(given: TrackerMaterial, made: Round, at: int, statistic: str, rule: str) -> Number:
    """A quantile of the indicator as a round holds it."""
    return given.number(GIVEN_EVIDENCE, given.indicator, at, statistic, rule, of_round(made.name))


def headline(given: TrackerMaterial, made: Round) -> Sentence:
    """What the round expects."""
    words, rule = given.words, given.amounts(given.indicator).rule
    return words.say(
        "tracker_chart_title",
        round=made.name,
        name=words.inline(given.name(given.indicator)),
        year=year(given.last),
        value=held(given, made, given.last, MEDIAN, rule),
    )


def held_bands(given: TrackerMaterial, made: Round) -> pd.DataFrame:
    """Quantiles by year as a round holds them, the median as the line."""
    rows = given.results
    told = (rows["case"] == of_round(made.name)) & (rows["indicator"] == given.indicator)
    rows = rows[told & rows["statistic"].isin(QUANTILES)].astype({"year": int})
    table = rows.pivot(index="year", columns="statistic", values="value").reset_index()
    return table.assign(central=table[MEDIAN]) if len(table) else table


def came(given: TrackerMaterial, vintage: str) -> pd.DataFrame:
    """Outturns since the base year, and whether the round could know them."""
    base = base_levels(given.scenario, given.evidence).get(given.indicator)
    table = outturns(given.evidence, given.indicator, given.first, base)
    table = table[(table.index >= given.first) & (table.index <= given.last)]
    known = [
        (out := released(given.evidence, given.indicator, int(at))) is not None and out <= month(vintage)
        for at in table.index
    ]
    return pd.DataFrame(
        {"year": table.index.to_numpy(), "value": table["value"].to_numpy(float), "known": known}
    )
