"""What a report says about how far to trust it: the prior, others, the record, both readings."""

import dataclasses

import pytest

from futian_model.report import ScenarioReport

from .conftest import Report


def tables(section):
    return {child["title"]: child for child in section.to_dict()["children"] if child["type"] == "table"}


def printed(table):
    return [[cell if isinstance(cell, str) else cell["text"] for cell in row] for row in table["rows"]]


@pytest.fixture
def trust(report: Report):
    def of(scenario: str, lang: str = "en"):
        from futian_model.report.sections.trust import trust

        return tables(trust(report(scenario, lang).material))

    return of


def test_the_record_is_the_stored_one(trust, evidence):
    rows = printed(trust("plan_targets")["The record: how often ranges held the outturn"])
    stored = evidence.record.query(
        "quantity == 'real_gdp_growth' and panel == 'economies' and method == 'ladder' and origin == 'all'"
    ).set_index("horizon")
    assert [row[0] for row in rows] == ["1 year", "5 years", "10 years", "15 years"]
    for row, horizon in zip(rows, (1, 5, 10, 15), strict=True):
        assert row[1] == f"{stored.loc[horizon, 'forecasts']:,.0f}"
        assert row[3].startswith(f"{100 * stored.loc[horizon, 'coverage_80']:.0f}% (")
        assert row[-1] == f"{stored.loc[horizon, 'independent']:.0f}"


def test_the_prior_halved_and_doubled(trust):
    rows = printed(trust("plan_targets")["What other countries' data contribute"])
    spread = [float(cell.rstrip("%")) for cell in rows[1][1:]]
    assert spread == sorted(spread)
    assert len({tuple(row[1:]) for row in rows}) == len(rows)


def test_others_are_beside_it_and_what_nobody_expects_is_flagged(report, trust, tmp_path):
    plan = printed(trust("plan_targets")["Growth ahead: what others expect of China"])
    assert [row[0] for row in plan] == ["2021–2025", "2026–2030", "2031–2035"]
    assert "published" in plan[0][1]
    file = tmp_path / "boom.yaml"
    file.write_text(
        "id: boom\ntitle: {zh: 猛增, en: Boom}\ndescription: {zh: 每年增长12%。, en: 12% a year.}\n"
        "extends: trend_2021\n"
        "levers: {growth: {block: path, phases: [{start: 2021, end: 2035, growth_rate: 0.12}]}}\n",
        "utf-8",
    )
    boom = printed(trust(file)["Growth ahead: what others expect of China"])
    assert [row[-1] for row in boom] == ["above the range"] * 3


def test_an_estimate_names_places_not_codes(trust):
    rows = printed(trust("plan_targets")["Estimates behind the chances, and what they rest on"])
    series = [row[-1] for row in rows]
    assert any(text.startswith("China 1991–2020; Shenzhen") for text in series)
    assert not any("_" in text or "real_gdp" in text for text in series)
    assert {row[4] for row in rows} <= {"local data", "both", "other countries' data"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_failures_are_told_as_the_record_has_them(report, evidence, lang):
    from futian_model.report.sections.trust import failures

    told = [one.text for one in failures(report("plan_targets", lang).material)]
    rows = evidence.record.query(
        "quantity == 'real_gdp_growth' and panel == 'economies' and method == 'ladder' and horizon == 15"
    )
    worst = rows[rows["origin"] != "all"].sort_values("coverage_80").iloc[0]
    assert worst["origin"] in told[0]
    assert f"{100 * worst['coverage_80']:.0f}%" in told[0]
    # a record that is too narrow says so
    made = dataclasses.replace(
        evidence, record=evidence.record.assign(coverage_80_low=0.5, coverage_80_high=0.6)
    )
    poorer = ScenarioReport(report("plan_targets", lang).scenario, lang, evidence=made, draws=50)
    narrow = [one.text for one in failures(poorer.material)]
    assert sum({"zh": "区间偏窄。", "en": "are too narrow."}[lang] in text for text in narrow) == 4
