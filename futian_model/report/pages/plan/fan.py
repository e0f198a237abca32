"""The latest round as a fan, with what came since and the round before it."""

import pandas as pd

from futian_model import charts
from futian_model.evidence.figures import month
from futian_model.report.page import Drawn
from futian_model.report.pages.plan.rows import PlanMaterial
from futian_model.report.sections.fan_sentences import band_names, described, marked
from futian_model.report.sections.findings import GIVEN_EVIDENCE
from futian_model.report.words import Number, Sentence, axis_unit, year
from futian_model.rounds import Round, base_levels
from futian_model.rounds.frames import of_round
from futian_model.rounds.published import came, released
from futian_model.simulation import QUANTILES

MEDIAN = "p50"
DRAWN = ("gdp", "per_capita", "share")
"""Rules whose axes a language has a unit for."""


def fan(page: PlanMaterial, edition: Round) -> Drawn | None:
    """The fan, or None where the round forecasts nothing that can be drawn."""
    words, rule = page.words, page.amounts(page.indicator).rule
    bands = held_bands(page, edition)
    if bands.empty or rule not in DRAWN or page.followed is None:
        return None
    vintage = str(edition.facts(page.followed)["vintage"])
    past, title = since(page, vintage), headline(page, edition)
    targets = [
        (standing.goal.year, page.number("outturns", standing.goal.name, standing.goal.year, "target", rule))
        for standing in page.courses
        if standing.goal.indicator == page.indicator
    ]
    alt = described(
        words,
        title,
        words["chart_path_given_evidence"],
        MEDIAN,
        (page.first, page.last),
        lambda at, name: held(page, edition, at, name, rule),
        goals=targets,
    )
    earlier = next((bound for bound in page.rounds[-2:-1] if page.followed in bound.scenarios), None)
    before = None
    if earlier is not None:
        before = held_bands(page, earlier)[["year", "central"]].rename(columns={"central": "value"})
    unit = axis_unit(words, rule, page.first)
    return page.drawn(
        charts.fan,
        bands,
        rule,
        title=title,
        alt=alt,
        subtitle=page.say("chart_subtitle_given_evidence", unit=unit, vintage=words.month(vintage)),
        source="tracker_chart_source",
        named={
            "scenario": edition.name,
            "bands": band_names(page.lang),
            "history": words["tracker_chart_outturn"],
            "later": "" if past["known"].any() else words["tracker_chart_outturn"],
            "reference": "" if earlier is None else earlier.name,
        },
        history=past,
        goals=marked(words, targets),
        reference=before,
        percent=rule == "share",
    )


def held(page: PlanMaterial, edition: Round, at: int, statistic: str, rule: str) -> Number:
    """A quantile of the indicator as a round holds it."""
    return page.number(GIVEN_EVIDENCE, page.indicator, at, statistic, rule, of_round(edition.name))


def headline(page: PlanMaterial, edition: Round) -> Sentence:
    """What the round expects."""
    rule = page.amounts(page.indicator).rule
    return page.say(
        "tracker_chart_title",
        round=edition.name,
        name=page.inline(page.indicator),
        year=year(page.last),
        value=held(page, edition, page.last, MEDIAN, rule),
    )


def held_bands(page: PlanMaterial, edition: Round) -> pd.DataFrame:
    """Quantiles by year as a round holds them, the median as the line."""
    rows = page.results
    of_edition = (rows["case"] == of_round(edition.name)) & (rows["indicator"] == page.indicator)
    rows = rows[of_edition & rows["statistic"].isin(QUANTILES)].astype({"year": int})
    table = rows.pivot(index="year", columns="statistic", values="value").reset_index()
    return table.assign(central=table[MEDIAN]) if len(table) else table


def since(page: PlanMaterial, vintage: str) -> pd.DataFrame:
    """Outturns since the base year, and whether the round could know them."""
    base = base_levels(page.scenario, page.evidence).get(page.indicator)
    figures = came(page.evidence, page.indicator, page.first, base)
    rows = [
        (at, figure.value, out is not None and out <= month(vintage))
        for at, figure in figures.items()
        if page.first <= at <= page.last
        for out in (released(page.evidence, page.indicator, at),)
    ]
    return pd.DataFrame(rows, columns=["year", "value", "known"])
