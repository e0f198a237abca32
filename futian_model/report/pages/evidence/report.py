"""The evidence report: what is published, what it says about growth, and how far to trust that."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

import pandas as pd

from futian_model import charts
from futian_model.backtest.frames import GROWTH, of_place
from futian_model.calibration.coherence import BAND
from futian_model.calibration.frames import LADDER, ROLES
from futian_model.evidence import Evidence, Goal, load_evidence
from futian_model.evidence.figures import month
from futian_model.evidence.listing import records
from futian_model.languages import language
from futian_model.report.page import Column, Cover, Drawn, Facts, Section, Table, numeric, short
from futian_model.report.pages.evidence.material import EvidenceMaterial
from futian_model.report.pages.evidence.missing import doubts
from futian_model.report.pages.evidence.outlook import expectations, paths
from futian_model.report.pages.evidence.register import register
from futian_model.report.sections import annex, trust
from futian_model.report.sections.fan_sentences import band_names, described
from futian_model.report.sections.material import GIVEN_EVIDENCE, Material
from futian_model.report.sections.misfits import misfits_of
from futian_model.report.sections.report import RECORD, OfScenario, Part
from futian_model.report.words import RULE_OF_UNIT, Number, Sentence, year
from futian_model.rounds import digests, editions, opened
from futian_model.scenario import Scenario, Source, read_back, scenario_of
from futian_model.units import convert

LOOK_BACK, LOOK_BACK_BESIDE = 20, 6
"""Years of history drawn, and beside the paths of others."""
MOST_REASONS = 40
"""Explained contradictions printed; `futian show data` prints all of an indicator."""


def cover(page: EvidenceMaterial) -> Cover:
    """Title, vintage, and how many figures there are."""
    facts: Facts = [
        ("fact_vintage", page.vintage),
        ("fact_figures", Number(len(page.evidence.observations), "count")),
        ("fact_sources", Number(len(page.evidence.sources), "count")),
    ]
    title = page.say("evidence_title", place=page.name(page.district))
    return page.cover(title, "evidence_subtitle", "evidence_question", facts)


def answer(page: EvidenceMaterial) -> Section:
    """How likely the goals are as seen from the vintage, and the record behind that."""
    table = chance_table(page) if page.judged else None
    caution = page.note(trust.quoted(page), *trust.came_true(page), "evidence_cannot_tell")
    return page.section("evidence_answer_heading", chances(page), table, caution)


def published(page: EvidenceMaterial, indicator: str = "gdp") -> Section:
    """Every release of an indicator in the district, what others contradict, and what is missing."""
    apart = misfits_of(page, *(page.evidence.place(role) for role in ROLES))
    lead = page.say("evidence_misfits", band=Number(BAND, "percent"))
    named = page.note(lead, *apart) if apart else None
    return page.section("evidence_published_heading", releases(page, indicator), named, doubts(page))


def growth(page: EvidenceMaterial) -> Section:
    """Growth of district and city on one axis, of the nation with others' paths, and what is expected."""
    district, city, nation = reversed(ROLES)
    reach = [value for role in (district, city) for value in reached(page, page.evidence.place(role))]
    fans = page.charts(fan(page, district, reach), fan(page, city, reach), fan(page, nation))
    note = page.say("evidence_growth_note", vintage=page.vintage)
    return page.section("evidence_growth_heading", fans, note, expectations(page))


def trusted(page: EvidenceMaterial) -> Section:
    """Estimates and who did the work, the prior doubled and halved, others' paths, the record, one's own."""
    section = trust.trust(page)
    return dataclasses.replace(section, children=[*section.children, register(page)], level=2)


def method(page: EvidenceMaterial) -> Section:
    """How the numbers were made."""
    return dataclasses.replace(annex.method(page), level=2, annex=True)


def chances(page: Material) -> list[Sentence]:
    """The goals of each year as the evidence sees them, alone and together."""
    return [
        page.say(
            "evidence_chances",
            vintage=page.vintage,
            items=page.words.join([page.chance_item(goal) for goal in page.judged if goal.year == at]),
            joint=page.chance("all_goals", at, reading=GIVEN_EVIDENCE),
        )
        for at in sorted({goal.year for goal in page.judged}, reverse=True)
    ]


def chance_table(page: Material) -> Table:
    """Each goal with what it asks, what is expected, and its chance."""

    def median(goal: Goal) -> Number:
        rule = page.rule(goal.indicator)
        return page.number(goal.indicator, goal.year, "p50", rule=rule, reading=GIVEN_EVIDENCE)

    return page.table(
        "evidence_chances_table",
        page.judged,
        [
            Column("column_goal", page.goal_label),
            numeric("column_target", lambda goal: page.of_goal(goal, "target")),
            numeric("column_median", median),
            numeric(
                "column_required",
                lambda goal: page.of_goal(goal, "required_growth", "growth", GIVEN_EVIDENCE),
            ),
            numeric("column_chance", lambda goal: page.chance(goal.name, goal.year, reading=GIVEN_EVIDENCE)),
        ],
        page.say("evidence_chances_note", base_year=year(page.first), start=year(page.jump_off + 1)),
    )


def releases(page: Material, indicator: str) -> Table:
    """Releases of an indicator in the district, as published."""

    def value(row: Mapping[str, Any]) -> str:
        printed = f"{row['printed']} {row['unit']}"
        read = read_as(page, row["indicator"], printed, row["value"], row["unit"])
        return read + (page.words["differs_mark"] if row["differs"] else "")

    return page.table(
        page.say("evidence_published_table", name=page.name(indicator), place=page.name(page.district)),
        records(page.evidence, indicator, page.district),
        [
            Column("column_period", lambda row: row["period"]),
            numeric("column_value", value),
            short("column_vintage", lambda row: row["vintage"]),
            Column("column_published", lambda row: page.words[row["precision"]]),
            Column("column_source", lambda row: row["source_title"]),
        ],
        "evidence_published_note",
    )


def read_as(page: Material, indicator: str, printed: str, value: float, unit: str) -> str:
    """A figure as published, for readers of its source; for others in the units that they know."""
    to = str(page.evidence.indicators.loc[indicator, "unit"])
    rule = "share" if to == "fraction" else RULE_OF_UNIT.get(to)
    if language(page.lang).sources:
        return printed.replace(" ", "")
    if rule is None:
        return printed
    return Number(value if unit == to else convert(value, unit, to), rule).text(page.lang)


def disagreements(page: Material) -> Table:
    """Explained contradictions of the main places."""
    evidence, explanation = page.evidence, language(page.lang).column("explanation")
    main = evidence.places.index[evidence.places["role"].isin(ROLES)]
    releases = evidence.contradictions()
    releases = releases[releases["geo"].isin(main) & (releases["explanation_en"] != "")]

    def release(indicator: str, row: Mapping[Any, Any]) -> str:
        value = read_as(page, indicator, row["published"], row["value"], row["unit"])
        return page.say("evidence_release", value=value, vintage=row["vintage"]).text

    rows = []
    for (geo, indicator, period), figures in releases.groupby(["geo", "indicator", "period"], sort=False):
        fact = {"place": page.name(str(geo)), "name": page.name(str(indicator)), "period": str(period)}
        listed = dict.fromkeys(release(str(indicator), row) for row in figures.to_dict("records"))
        reason = str(figures[explanation].iloc[0])
        rows.append([page.say("evidence_fact", **fact).text, page.listed(listed), reason])
    columns = [Column("column_figure"), Column("column_releases"), Column("column_reason")]
    title, note = "evidence_contradictions_table", "evidence_contradictions_note"
    return page.table(title, rows[:MOST_REASONS], columns, note)


def fan(page: EvidenceMaterial, role: str, reach: Sequence[float] = ()) -> Drawn:
    """Growth of one rung: published years, median and bands ahead; of the nation others' paths beside."""
    others = paths(page) if role == ROLES[0] else None
    words, last, place = page.words, page.last, page.evidence.place(role)

    def number(at: int, name: str) -> Number:
        return page.number(GROWTH, at, name, rule="growth_coarse", reading=LADDER, case=of_place(place))

    value = number(last, "central")
    title = page.say("evidence_fan_title", place=page.name(place), value=value, year=year(last))
    start = page.first - (LOOK_BACK if others is None else LOOK_BACK_BESIDE)
    past = page.published_growth(place, start + 1)
    span = None if past.empty else (int(past["year"].min()), int(past["year"].max()))
    source = page.say("chart_source_share", start=year(span[0]), end=year(span[1])) if span else Sentence("")
    path, ahead = words["chart_path_given_evidence"], (page.first + 1, last)
    return page.drawn(
        charts.fan,
        bands(page, place).reset_index(),
        "growth_coarse",
        title=title,
        alt=described(words, title, path, "central", ahead, number, history=span),
        subtitle="evidence_fan_subtitle" if others is None else "evidence_fan_subtitle_beside",
        source=source,
        named={
            "scenario": path,
            "bands": band_names(page.lang),
            "history": words["chart_history"],
            "later": words.say("chart_later", vintage=page.vintage).text,
        },
        history=past,
        others=others,
        percent=True,
        start=start,
        reach=reach,
    )


def bands(page: Material, place: str) -> pd.DataFrame:
    """Quantiles of a place's growth, a row a year, a column a quantile."""
    rows = page.results[(page.results["reading"] == LADDER) & (page.results["place"] == place)]
    rows = rows[rows["indicator"] == GROWTH].astype({"year": int})
    return rows.pivot(index="year", columns="statistic", values="value")


def reached(page: Material, place: str) -> tuple[float, float]:
    """Least and greatest growth that the fan of a place shows."""
    past = page.published_growth(place, page.first - LOOK_BACK + 1)["value"]
    drawn = bands(page, place)[["p05", "p95"]]
    shown = [*past, *drawn.to_numpy().ravel()]
    return min(shown), max(shown)


class EvidenceReport(OfScenario[EvidenceMaterial]):
    """What is known of the district at a vintage, in one language.

    Parameters
    ----------
    scenario : Scenario
        Gives base year, horizon, vintage and the figures of the base year; its levers play no part.
    lang : {"zh", "en"}
    vintage : str, optional
        Up to when figures count; the scenario's own when left out.
    rounds : iterable of str, optional
        Names of the rounds whose chances are scored; all that the project holds when left out.
    evidence, draws, seed
        As in `OfScenario`.
    """

    kind = EvidenceMaterial

    def __init__(
        self,
        scenario: Scenario | Source,
        lang: str = "zh",
        *,
        vintage: str | None = None,
        evidence: Evidence | None = None,
        draws: int | None = None,
        seed: int | None = None,
        rounds: Iterable[str] | None = None,
    ) -> None:
        scenario = scenario_of(scenario, evidence)
        if vintage is not None:
            month(vintage)
            settings = scenario.assumptions.model_copy(update={"vintage": vintage})
            scenario = dataclasses.replace(scenario, assumptions=settings)
        evidence = evidence if evidence is not None else load_evidence()
        super().__init__(scenario, lang, evidence=evidence, draws=draws, seed=seed)
        project = evidence.project
        held = editions(project) if rounds is None else [opened(project, name) for name in rounds]
        self._asked["rounds"] = tuple(held)

    @classmethod
    def again(cls, inputs: Mapping[str, Any], lang: str, evidence: Evidence) -> Self:
        """The same, from the rounds that it was made from."""
        asked = {name: inputs[name] for name in cls.asked}
        scenario = read_back(inputs["scenario"], evidence, RECORD)
        return cls(scenario, lang, evidence=evidence, rounds=inputs.get("rounds", ()), **asked)

    def inputs(self) -> dict[str, Any]:
        page = self.material
        return super().inputs() | {
            "rounds": digests(page.evidence.project, [edition.name for edition in page.rounds])
        }

    cover = Part(cover)
    answer = Part(answer)
    growth = Part(growth)
    trust = Part(trusted)
    published = Part(published)
    contradictions = Part(disagreements)
    annex = Part(annex.annex)
    method = Part(method)
