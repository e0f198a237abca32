"""The register: what rounds on the disk state, each chance once, scored when its figure comes."""

import csv
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from futian_model import EvidenceReport
from futian_model.evidence import Evidence, load_evidence
from futian_model.project import Project
from futian_model.report.page.binding import disagreements
from futian_model.report.page.dictionary import dictionary
from futian_model.results import COLUMNS
from futian_model.rounds import Round, come_due, editions, predictions, register, reliability
from futian_model.rounds.filing import ALL, BAND, CURRENT, GOAL, JOINT, all_met, register_frame
from futian_model.scenario import load_scenario

from .conftest import NEXT, Futian
from .test_tracking import NEW

pytestmark = pytest.mark.thorough

GDP = ("track", "gdp", "2025", "6120", "--unit", "亿元", *NEW)


@pytest.fixture(scope="module")
def evidence(two: Project) -> Evidence:
    return load_evidence(two)


def with_figures(evidence: Evidence, indicator: str, **figures: float) -> Evidence:
    """The evidence with figures of the district that came later, by year: `y2022=0.03`."""
    rows = evidence.observations
    like = rows[(rows["geo"] == "futian") & (rows["indicator"] == indicator) & (rows["precision"] == "point")]
    years = [name[1:] for name in figures]
    more = pd.concat([like.tail(1)] * len(figures), ignore_index=True)
    more = more.assign(period=years, value=list(figures.values()), vintage="2026-03", basis="")
    return replace(evidence, observations=pd.concat([rows, more], ignore_index=True))


def stated(made: Round, scenario: str) -> list[dict[str, str]]:
    """Chances of goals in the file of a round."""
    with (made.folder / "results" / f"{scenario}.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    return [row for row in rows if row["reading"] == "given_evidence" and row["statistic"] == "probability"]


def only(project: Project, kept: str) -> None:
    """One scenario is enough."""
    for file in project.params.glob("*.yaml"):
        if file.stem != kept:
            file.unlink()


def test_every_chance_of_a_round_is_filed_once(first: Round, evidence: Evidence) -> None:
    found = [one for one in predictions([first], evidence) if one.kind != BAND]
    filed = {(one.goal, one.year, one.chance) for one in found}
    for scenario in first.scenarios:
        assert {
            (row["indicator"], int(row["year"]), float(row["value"])) for row in stated(first, scenario)
        } == (filed)
    assert {one.scenarios for one in found} == {("trend_2021", "plan_targets")}
    assert {one.kind for one in found} == {GOAL, CURRENT, JOINT}
    assert len({one.name for one in found}) == len(found)
    assert len(found) == len(stated(first, "trend_2021"))


def test_rounds_alone_are_enough(two: Project, second: Round) -> None:
    alone = register(editions(two))
    pd.testing.assert_frame_equal(alone, register(editions(two), second.evidence))
    assert list(alone) == [
        *("prediction", "round", "scenarios", "vintage", "goal", "year", "kind"),
        *("chance", "figure", "outcome", "brier"),
    ]
    assert set(alone["round"]) == {"2026", "2027"}
    assert register([]).empty


def test_a_goal_read_at_current_prices_comes_due_with_its_figure(first: Round, evidence: Evidence) -> None:
    later = with_figures(evidence, "gdp", y2025=6120.0)
    (one,) = [
        one for one in come_due([first], evidence, later) if one.goal == "gdp_2025" and one.kind == CURRENT
    ]
    assert (one.figure, one.outcome) == (6120.0, 0.0)  # 6600 were asked for
    assert one.brier == pytest.approx(one.chance**2)
    assert come_due([first], later, later) == []
    higher = with_figures(evidence, "gdp", y2025=6600.0)
    (one,) = [one for one in predictions([first], higher) if (one.goal, one.kind) == ("gdp_2025", CURRENT)]
    assert one.outcome == 1.0
    assert one.brier == pytest.approx((1 - one.chance) ** 2)


def test_a_miss_of_one_goal_decides_what_was_said_of_all(first: Round, evidence: Evidence) -> None:
    years = {f"y{year}": 0.01 for year in range(2021, 2026)}
    found = predictions([first], with_figures(evidence, "real_gdp_growth", **years))
    due = {(one.goal, one.kind): one.outcome for one in found if one.year == 2025}
    assert due["gdp_2025", GOAL] == 0.0
    assert due["all_goals", JOINT] == 0.0
    assert np.isnan(due["headquarters_share_2025", GOAL])
    assert [all_met(one) for one in ([1.0, 1.0], [1.0, 0.0, np.nan])] == [1.0, 0.0]
    assert np.isnan([all_met(one) for one in ([], [1.0, np.nan])]).all()


def test_growth_counts_by_its_band_and_only_where_it_was_not_out(first: Round, evidence: Evidence) -> None:
    later = with_figures(evidence, "real_gdp_growth", y2022=0.02, y2023=0.5)
    bands = {one.year: one for one in predictions([first], later) if one.goal == "real_gdp_growth"}
    held = first.results("trend_2021")
    ends = [held["given_evidence", "real_gdp_growth", 2022, end] for end in ("p10", "p90")]
    assert bands[2022].outcome == float(ends[0] <= 0.02 <= ends[1])
    assert bands[2023].outcome == 0.0
    assert np.isnan(bands[2024].outcome)
    assert 2021 not in bands  # its growth came out within the vintage


def test_reliability_is_the_mean_of_what_is_due(first: Round, evidence: Evidence) -> None:
    later = with_figures(evidence, "real_gdp_growth", y2022=0.02, y2023=0.5)
    found = predictions([first], later)
    kinds = {one.kind: one for one in reliability(found)}
    assert (kinds[BAND].due, kinds[BAND].said) == (2, pytest.approx(0.8))
    due = [one for one in found if one.kind == BAND and np.isfinite(one.outcome)]
    assert kinds[BAND].came == sum(one.outcome for one in due) / 2
    assert kinds[BAND].brier == pytest.approx(sum((0.8 - one.outcome) ** 2 for one in due) / 2)
    assert kinds[JOINT].due == 0
    assert (kinds[ALL].filed, kinds[ALL].due) == (len(found), 2)
    assert np.isnan(kinds[JOINT].brier)
    table = register_frame(found, "evidence_trend")
    assert tuple(table) == COLUMNS
    assert not table["value"].isna().any()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_evidence_page_says_how_they_fared(two: Project, evidence: Evidence, lang: str) -> None:
    scenario = load_scenario("trend_2021", two, evidence=evidence)
    years = {f"y{year}": 0.02 for year in range(2022, 2026)}
    for known, said in (
        (evidence, {"zh": "均未到期", "en": "none has come due yet"}),
        (with_figures(evidence, "real_gdp_growth", **years), {"zh": "项已到期", "en": "have come due"}),
    ):
        report = EvidenceReport(scenario, lang, evidence=known, draws=100)
        section = report.trust().to_dict()["children"][-1]
        assert said[lang] in section["children"][0]["sentences"][0]["text"]
        assert disagreements([section], report.material.results) == []
        assert len(section["children"][1]["rows"]) == len(reliability(report.material.filed))
        made = report.record()
        assert set(made.inputs["rounds"]) == {"2026", NEXT}
        told = dictionary(made.results, made.names)
        assert told[(told[["name_zh", "name_en"]] == "").any(axis=1)].values.tolist() == []
    again = EvidenceReport.again(made.inputs, lang, known).record()
    pd.testing.assert_frame_equal(again.results, made.results)
    none = (
        EvidenceReport(scenario, lang, evidence=known, draws=100, rounds=[]).trust().to_dict()["children"][-1]
    )
    assert {"zh": "尚无存档", "en": "No round is kept yet"}[lang] in str(none)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_figure_that_is_recorded_scores_its_predictions(copied: Project, futian: Futian, lang: str) -> None:
    only(copied, "evidence_trend")
    status, told, _ = futian(copied, *GDP, "--dry-run", "--lang", lang)
    assert status == 0
    assert {"zh": "到期的把握", "en": "Chances come due"}[lang] in told
    assert {"zh": "未实现", "en": "did not come true"}[lang] in told


def test_a_script_reads_the_predictions_that_come_due(copied: Project, futian: Futian) -> None:
    only(copied, "evidence_trend")
    due = json.loads(futian(copied, *GDP, "--dry-run", "--json")[1])["register"]
    assert {one["round"] for one in due} == {"2026", NEXT}
    assert all(one["brier"] == pytest.approx((one["chance"] - one["outcome"]) ** 2) for one in due)


def test_the_register_is_listed(two: Project, futian: Futian) -> None:
    status, told, _ = futian(two, "round", "--register", "--json")
    assert status == 0
    listed = json.loads(told)
    assert len(listed) == len(register(editions(two), load_evidence(two)))
    assert {one["outcome"] for one in listed if one["year"] == 2035} == {None}
    status, told, _ = futian(two, "round", "--register")
    assert status == 0
    assert "none has come due yet" in told
