"""The evidence report: what is published, what it says about growth, and how far to trust that."""

import dataclasses
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.special import ndtri

from futian_model import __version__, charts
from futian_model.backtest.frames import GROWTH, of_place
from futian_model.charts import FanWords
from futian_model.evidence import Evidence
from futian_model.evidence.listing import records
from futian_model.languages import language
from futian_model.report.page.blocks import (
    Block,
    Cell,
    Charts,
    Column,
    Cover,
    Drawn,
    Prose,
    Section,
    Table,
)
from futian_model.report.sections import annex, trust
from futian_model.report.sections.fan_sentences import band_names, described
from futian_model.report.sections.material import GIVEN_EVIDENCE, Material
from futian_model.report.sections.report import OfScenario, Part
from futian_model.report.words.numbers import RULE_OF_UNIT, Number, year
from futian_model.report.words.sentences import Sentence
from futian_model.results import Row, tidy
from futian_model.scenario import Scenario
from futian_model.units import convert

LADDER = "ladder"
QUANTILES = {"p05": 0.05, "p10": 0.1, "p25": 0.25, "central": 0.5, "p75": 0.75, "p90": 0.9, "p95": 0.95}
ROLES = ("nation", "city", "district")
LOOK_BACK = 20
"""Years of history drawn."""
MOST_REASONS = 40
"""Explained contradictions printed; `futian show data` prints all of an indicator."""


@dataclass(frozen=True, eq=False)
class EvidenceMaterial(Material):
    """Material with the growth of nation, city and district, year by year, in its results."""

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        ladder, rows = self.given_scenario.calibration.ladder, []
        for rung, role in enumerate(ROLES):
            mean, covariance = ladder.of(rung, self.first + 1)
            spread = np.sqrt(np.diag(covariance))
            for at, (centre, sd) in enumerate(zip(mean, spread, strict=True)):
                for name, level in QUANTILES.items():
                    value, where = float(np.expm1(centre + ndtri(level) * sd)), self.evidence.place(role)
                    rows.append(
                        Row(
                            GROWTH,
                            self.first + 1 + at,
                            name,
                            value,
                            "fraction",
                            "constant",
                            of_place(where),
                            None,
                            where,
                        )
                    )
        return pd.concat([super().results, tidy(self.scenario.id, LADDER, rows)], ignore_index=True)


def cover(given: EvidenceMaterial) -> Cover:
    """Title, vintage, and how many figures there are."""
    words = given.words
    facts = [
        (words["fact_vintage"], given.vintage),
        (words["fact_figures"], Number(len(given.evidence.observations), "count").text(given.lang)),
        (words["fact_sources"], Number(len(given.evidence.sources), "count").text(given.lang)),
        (words["fact_version"], __version__),
    ]
    place = given.name(given.evidence.place("district"))
    title = words.say("evidence_title", place=place).text
    return Cover(given.lang, title, words["evidence_subtitle"], words["evidence_question"], facts)


def answer(given: EvidenceMaterial) -> Section:
    """How likely the goals are as seen from the vintage, and the record behind that."""
    words = given.words
    children: list[Block] = []
    if given.judged:
        children = [Prose(given.lang, chances(given)), chance_table(given)]
    children += [Prose(given.lang, [trust.quoted(given), words.say("evidence_cannot_tell")], note=True)]
    return Section(given.lang, words["evidence_answer_heading"], children)


def published(given: EvidenceMaterial, indicator: str = "gdp") -> Section:
    """Every release of an indicator in the district: year, value, vintage, source, precision."""
    return Section(given.lang, given.words["evidence_published_heading"], [releases(given, indicator)])


def growth(given: EvidenceMaterial) -> Section:
    """Growth of nation, city and district: published years, and what is expected."""
    words = given.words
    drawn = [fan(given, role) for role in reversed(ROLES)]
    pictures = Charts(given.lang, drawn)
    told = [words.say("evidence_growth_note", vintage=given.vintage)]
    return Section(given.lang, words["evidence_growth_heading"], [pictures, Prose(given.lang, told)])


def trusted(given: EvidenceMaterial) -> Section:
    """Estimates and who did the work, the prior doubled and halved, others' paths, the record."""
    return dataclasses.replace(trust.trust(given), level=2)


def method(given: EvidenceMaterial) -> Section:
    """How the numbers were made."""
    return dataclasses.replace(annex.method(given), level=2)


def chances(given: Material) -> list[Sentence]:
    """The goals of each year as the evidence sees them, alone and together."""
    words, sentences = given.words, []
    for at in sorted({goal.year for goal in given.judged}, reverse=True):
        same = [goal for goal in given.judged if goal.year == at]
        items = [
            words.say("chance_item", goal=given.goal_label(goal), chance=probability(given, goal.name, at))
            for goal in same
        ]
        together = probability(given, "all_goals", at)
        sentences.append(
            words.say("evidence_chances", vintage=given.vintage, items=words.join(items), joint=together)
        )
    return sentences


def probability(given: Material, name: str, at: int) -> Number:
    """Chance of a goal, given the evidence."""
    return given.chance(name, at, reading=GIVEN_EVIDENCE)


def chance_table(given: Material) -> Table:
    """Each goal with what it asks, what is expected, and its chance."""
    words = given.words
    columns = [
        Column(words["column_goal"], head=True),
        *(
            Column(words[name], numeric=True)
            for name in ("column_target", "column_median", "column_required", "column_chance")
        ),
    ]
    rows: list[list[Cell]] = []
    for goal in given.judged:
        rule = given.rule(goal.indicator)
        rows.append(
            [
                given.goal_label(goal),
                given.number(goal.name, goal.year, "target", rule=rule),
                given.number(goal.indicator, goal.year, "p50", rule=rule, reading=GIVEN_EVIDENCE),
                given.number(goal.name, goal.year, "required_growth", rule="growth", reading=GIVEN_EVIDENCE),
                probability(given, goal.name, goal.year),
            ]
        )
    note = words.say("evidence_chances_note", base_year=year(given.first))
    return Table(given.lang, words["evidence_chances_table"], columns, rows, note, cards=True)


def releases(given: Material, indicator: str) -> Table:
    """Releases of an indicator in the district, as published."""
    words, district = given.words, given.evidence.place("district")
    columns = [
        Column(words["column_period"], head=True),
        Column(words["column_value"], numeric=True),
        Column(words["column_vintage"], short=True),
        Column(words["column_published"]),
        Column(words["column_source"]),
    ]
    rows: list[list[Cell]] = []
    for row in records(given.evidence, indicator, district):
        mark = words["differs_mark"] if row["differs"] else ""
        value = read_as(given, row["indicator"], f"{row['printed']} {row['unit']}", row["value"], row["unit"])
        value += mark
        rows.append([row["period"], value, row["vintage"], words[row["precision"]], row["source_title"]])
    title = words.say("evidence_published_table", name=given.name(indicator), place=given.name(district)).text
    return Table(given.lang, title, columns, rows, words.say("evidence_published_note"), cards=True)


def read_as(given: Material, indicator: str, printed: str, value: float, unit: str) -> str:
    """A figure as published, for readers of its source; for others in the units that they know."""
    to = str(given.evidence.indicators.loc[indicator, "unit"])
    rule = "share" if to == "fraction" else RULE_OF_UNIT.get(to)
    if language(given.lang).sources:
        return printed.replace(" ", "")
    if rule is None:
        return printed
    return Number(value if unit == to else convert(value, unit, to), rule).text(given.lang)


def disagreements(given: Material) -> Table:
    """Explained contradictions of the main places."""
    words, evidence = given.words, given.evidence
    main = evidence.places.index[evidence.places["role"].isin(("district", "city", "nation"))]
    told = evidence.contradictions()
    told = told[told["geo"].isin(main) & (told["explanation_en"] != "")]
    columns = [
        Column(words["column_figure"], head=True),
        Column(words["column_releases"]),
        Column(words["column_reason"]),
    ]
    rows: list[list[Cell]] = []
    for (geo, indicator, period), figures in told.groupby(["geo", "indicator", "period"], sort=False):
        listed = [
            words.say(
                "evidence_release",
                value=read_as(given, str(indicator), row["published"], row["value"], row["unit"]),
                vintage=row["vintage"],
            ).text
            for row in figures.to_dict("records")
        ]
        label = words.say(
            "evidence_fact", place=given.name(str(geo)), name=given.name(str(indicator)), period=str(period)
        ).text
        reason = str(figures[language(given.lang).column("explanation")].iloc[0])
        rows.append([label, words["enumeration"].join(dict.fromkeys(listed)), reason])
    rows = rows[:MOST_REASONS]
    note = words.say("evidence_contradictions_note")
    return Table(given.lang, words["evidence_contradictions_table"], columns, rows, note, cards=True)


def fan(given: Material, role: str) -> Drawn:
    """Growth of one rung: published years, median and bands of each year ahead."""
    words, last, place = given.words, given.last, given.evidence.place(role)

    def number(at: int, name: str) -> Number:
        return given.number(GROWTH, at, name, rule="growth_coarse", reading=LADDER, case=of_place(place))

    value = number(last, "central")
    title = words.say("evidence_fan_title", place=given.name(place), value=value, year=year(last))
    rows = given.results[(given.results["reading"] == LADDER) & (given.results["place"] == place)]
    rows = rows.astype({"year": int})
    bands = rows.pivot(index="year", columns="statistic", values="value").reset_index()
    past = published_growth(given, place)
    span = int(past["year"].min()), int(past["year"].max())
    path, ahead = words["chart_path_given_evidence"], (given.first + 1, last)
    alt = described(words, title, path, "central", ahead, number, history=span)
    drawn = charts.fan(
        bands,
        words=FanWords(
            title=title.text,
            subtitle=words["evidence_fan_subtitle"],
            source=words.say("chart_source_share", start=year(span[0]), end=year(span[1])).text,
            scenario=path,
            bands=band_names(given.lang),
            alt=alt.text,
            history=words["chart_history"],
            later=words["chart_later"],
        ),
        history=past,
        percent=True,
        start=given.first - LOOK_BACK,
    )
    return Drawn(drawn, title, alt, "growth_coarse")


def published_growth(given: Material, place: str) -> pd.DataFrame:
    """Yearly growth as published; bounds are no points, and figures after the vintage are marked."""
    vintage = given.scenario.assumptions.vintage
    today = given.evidence.series(place, "real_gdp_growth").table
    seen = given.evidence.series(place, "real_gdp_growth", as_of=vintage).table
    seen = seen[~((seen.index >= int(vintage[:4])) & seen["published_later"].astype(bool))]
    both = pd.concat([seen, today.loc[today.index.difference(seen.index)]]).sort_index()
    both = both[(both["precision"] != "lower_bound") & (both.index > given.first - LOOK_BACK)]
    both = both[both.index <= given.last]
    return pd.DataFrame(
        {
            "year": both.index.to_numpy(),
            "value": both["value"].to_numpy(float),
            "known": both.index.isin(seen.index),
        }
    )


class EvidenceReport(OfScenario[EvidenceMaterial]):
    """What is known of the district at a vintage, in one language.

    Parameters
    ----------
    scenario : Scenario
        Gives base year, horizon, vintage and the figures of the base year; its levers play no part.
    lang : {"zh", "en"}
    vintage : str, optional
        Up to when figures count; the scenario's own when left out.
    evidence, draws, seed
        As in `OfScenario`.
    """

    kind = EvidenceMaterial

    def __init__(
        self,
        scenario: Scenario,
        lang: str = "zh",
        *,
        vintage: str | None = None,
        evidence: Evidence | None = None,
        draws: int | None = None,
        seed: int | None = None,
    ) -> None:
        if vintage is not None:
            settings = scenario.assumptions.model_copy(update={"vintage": vintage})
            scenario = dataclasses.replace(scenario, assumptions=settings)
        super().__init__(scenario, lang, evidence=evidence, draws=draws, seed=seed)

    cover = Part(cover)
    answer = Part(answer)
    growth = Part(growth)
    trust = Part(trusted)
    published = Part(published)
    contradictions = Part(disagreements)
    method = Part(method)
