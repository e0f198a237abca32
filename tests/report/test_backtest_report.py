"""The track-record report: bound numbers, both languages, verdicts that follow the record."""

import dataclasses
from typing import Any

import pandas as pd
import pytest

from futian_model.backtest.own import hits
from futian_model.errors import UnknownName
from futian_model.evidence import Evidence
from futian_model.report import BacktestReport
from futian_model.report.page.binding import disagreements
from futian_model.report.pages.backtest.answer import verdict
from futian_model.report.words.sentences import words

SECTIONS = (
    *("cover", "answer", "own", "came_true", "promises", "by_horizon", "charts"),
    *("by_origin", "other_panels", "limits"),
)


@pytest.fixture(scope="module", params=["zh", "en"])
def report(request: pytest.FixtureRequest, evidence: Evidence) -> BacktestReport:
    return BacktestReport(request.param, evidence)


def blocks(report: BacktestReport) -> list[dict[str, Any]]:
    return [getattr(report, name)().to_dict() for name in SECTIONS]


def said(content: Any) -> str:
    """Every text of a block."""
    if isinstance(content, dict):
        return "\n".join(said(value) for key, value in content.items() if key != "svg")
    if isinstance(content, list):
        return "\n".join(said(value) for value in content)
    return content if isinstance(content, str) else ""


def with_record(evidence: Evidence, **changed: float) -> Evidence:
    """The same evidence with scores of the model over all origins of the main panel replaced."""
    record = evidence.record.copy()
    own = (record["quantity"] == "real_gdp_growth") & (record["panel"] == "economies")
    own &= (record["method"] == "ladder") & (record["origin"] == "all")
    for name, value in changed.items():
        record.loc[own, name] = value
    return holding(evidence, record)


def holding(evidence: Evidence, record: pd.DataFrame) -> Evidence:
    """The same evidence with another record, and what was worked out of its other tables."""
    made = dataclasses.replace(evidence, record=record)
    kept = {asked: value for asked, value in evidence._worked_out.items() if asked != ("record rows",)}
    made._worked_out.update(kept)
    return made


def test_every_number_is_a_row_of_the_results(report: BacktestReport) -> None:
    assert disagreements(blocks(report), report.record().results) == []
    results = report.material.results
    assert not results.duplicated(["reading", "indicator", "case", "year", "horizon", "statistic"]).any()
    assert results["value"].notna().all()


def test_the_page_prints_the_stored_record(report: BacktestReport, evidence: Evidence) -> None:
    record = evidence.record.set_index(["quantity", "panel", "method", "horizon", "origin"]).sort_index()
    row = record.loc[("real_gdp_growth", "economies", "ladder", 15, "all")]
    naive = record.loc[("real_gdp_growth", "economies", "mean_growth", 15, "all")]
    made = dict(zip(SECTIONS, blocks(report), strict=True))
    figures = next(block for block in made["answer"]["children"] if block["type"] == "key_figures")
    assert figures["figures"][-1]["number"]["value"] == row["coverage_80"]
    gains = made["by_horizon"]["children"][2]["rows"]
    assert gains[-1][2]["value"] == pytest.approx(1 - row["crps"] / naive["crps"])
    # what published forecasts save, where they had a part
    aided, alone = (
        record.loc[("real_gdp_growth", "economies", method, 15, "aided")]["crps"]
        for method in ("ladder", "panels_alone")
    )
    assert gains[-1][1]["value"] == pytest.approx(1 - aided / alone)
    assert len(figures["figures"]) == 4


def test_both_languages_print_the_same_numbers(evidence: Evidence) -> None:
    def values(content: Any) -> list[float]:
        if isinstance(content, dict):
            if set(content) == {"value", "rule", "key", "text"}:
                return [content["value"]]
            return [one for inner in content.values() for one in values(inner)]
        return [one for inner in content for one in values(inner)] if isinstance(content, list) else []

    chinese, english = (blocks(BacktestReport(lang, evidence)) for lang in ("zh", "en"))
    assert sorted(values(chinese)) == sorted(values(english))


@pytest.mark.parametrize(
    ("low", "high", "spans", "found"),
    [
        (0.75, 0.86, 4, "backtest_kept"),
        (0.81, 0.86, 4, "backtest_wide"),
        (0.60, 0.79, 4, "backtest_narrow"),
        (0.40, 0.95, 4, "backtest_loose"),
        (0.00, 1.00, 1, "backtest_unknown"),
    ],
)
def test_the_verdict_follows_the_confidence_interval(
    evidence: Evidence, low: float, high: float, spans: float, found: str
) -> None:
    changed = with_record(evidence, coverage_80_low=low, coverage_80_high=high, independent=spans)
    report = BacktestReport("en", changed)
    assert {verdict(report.material, horizon) for horizon in report.material.horizons} == {found}
    bottom = {
        "backtest_narrow": "backtest_bottom_doubt",
        "backtest_loose": "backtest_bottom_unknown",
        "backtest_unknown": "backtest_bottom_unknown",
    }.get(found, "backtest_bottom_trust")
    opening = words("en")[bottom].split("{data}")[1]
    assert opening in said(report.answer().to_dict())


def test_a_weak_record_elsewhere_is_told_on_page_one(evidence: Evidence) -> None:
    record = evidence.record.copy()
    weak = (record["quantity"] == "population_growth") & (record["panel"] == "economies")
    weak &= (record["method"] == "ladder") & (record["horizon"] == 15) & (record["origin"] == "all")
    record.loc[weak, ["coverage_80", "coverage_80_low", "coverage_80_high"]] = (0.42, 0.33, 0.52)
    told = said(BacktestReport("en", holding(evidence, record)).answer().to_dict())
    assert "did worst with population growth (economies of the world)" in told
    assert "held only 42%" in told
    record.loc[weak, ["coverage_80", "coverage_80_low", "coverage_80_high"]] = (0.8, 0.7, 0.9)
    others = (record["coverage_80_high"] < 0.8) & (record["method"] == "ladder")
    record.loc[others, "coverage_80_high"] = 0.81
    told = said(BacktestReport("en", holding(evidence, record)).answer().to_dict())
    assert "On other data" not in told


def test_the_great_miss_and_the_years_after_the_worst_origin_are_told(report: BacktestReport) -> None:
    told = said(report.answer().to_dict())
    track = report.material
    assert track.name(track.evidence.place("nation")) in told
    single = track.single[(track.single["method"] == "ladder") & (track.single["horizon"] == 15)]
    assert str(single.loc[single["coverage_80"].idxmin(), "origin"]) in told


def test_the_weakest_own_series_is_told_on_page_one(report: BacktestReport) -> None:
    found = hits(report.material.own)
    rate = found["inside"] / found["windows"]
    worst = found.loc[rate.idxmin()]
    assert rate.min() < 0.8, "with every series inside the band this sentence is left out"
    parts = [
        sentence
        for block in report.answer().to_dict()["children"][-1]["children"]
        for sentence in block["sentences"]
    ]
    place = report.material.name(str(worst["geo"]))
    told = [
        one
        for one in parts
        if place in one["text"] and worst["inside"] in [n["value"] for n in one["numbers"]]
    ]
    assert told


def test_few_places_make_no_share(evidence: Evidence) -> None:
    record = evidence.record.copy()
    few = (record["panel"] == "regions_united_states") & (record["horizon"] == 15)
    record.loc[few & (record["quantity"] == "real_gdp_growth"), "units"] = 1.0
    changed = holding(evidence, record)
    report = BacktestReport("en", changed, panel="regions_united_states")
    assert report.material.horizons == [1, 2, 3, 5, 10]
    told = said(BacktestReport("en", changed).other_panels().to_dict())
    assert told.count("too few") == 1 + said(BacktestReport("en", evidence).other_panels().to_dict()).count(
        "too few"
    )


@pytest.mark.thorough
def test_every_part_of_the_record_has_its_report(evidence: Evidence) -> None:
    held = evidence.record[["quantity", "panel"]].drop_duplicates()
    for quantity, panel in held.itertuples(index=False):
        report = BacktestReport("zh", evidence, quantity, panel)
        made = [getattr(report, name)().to_dict() for name in SECTIONS if name != "own"]
        assert disagreements(made, report.material.results) == []


def test_an_unknown_panel_is_told(evidence: Evidence) -> None:
    with pytest.raises(UnknownName, match="did you mean economies"):
        BacktestReport("en", evidence, panel="economis").cover()


def test_own_hits_are_never_a_bare_percentage(report: BacktestReport) -> None:
    table = next(block for block in report.own().to_dict()["children"] if block["type"] == "table")
    for row in table["rows"]:
        assert len(row[2]["numbers"]) == 2
        low, high = (number["value"] for number in row[4]["numbers"])
        assert 0 <= low < high <= 1


def test_the_record_says_what_it_was_made_from(report: BacktestReport) -> None:
    record = report.record()
    assert isinstance(record.results, pd.DataFrame)
    assert (record.inputs["panel"], record.inputs["quantity"]) == ("economies", "real_gdp_growth")
    assert record.inputs["data"]["record.csv"]
