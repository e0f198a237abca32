"""The evidence page: what others expect beside the nation, and what missing figures leave open."""

import re

import pytest

from futian_model import EvidenceReport, load_scenario
from futian_model.evidence import Evidence
from futian_model.report.page.dictionary import dictionary
from futian_model.report.words.numbers import Key


@pytest.fixture(scope="module", params=["zh", "en"])
def page(request, evidence: Evidence) -> EvidenceReport:
    scenario = load_scenario("evidence_trend", evidence=evidence)
    return EvidenceReport(scenario, request.param, vintage="2026", evidence=evidence, draws=2000)


def parts(block: dict, kind: str) -> list[dict]:
    own = [block] if block["type"] == kind else []
    return own + [part for child in block.get("children", []) for part in parts(child, kind)]


def rows(table: dict) -> list[list[str]]:
    return [[cell if isinstance(cell, str) else cell["text"] for cell in row] for row in table["rows"]]


def test_the_latest_word_of_every_body_stands_beside_the_median(page):
    section = page.growth().to_dict()
    growth, yearly = (rows(table) for table in parts(section, "table"))
    gaps = page.material.gaps["real_gdp_growth"]
    assert [row[0] for row in growth] == list(gaps[f"name_{page.lang}"])
    assert [float(re.match("[+−\\d.]+", row[5])[0].replace("−", "-")) for row in growth] == pytest.approx(
        [100 * gap for gap in gaps["gap"]], abs=0.005
    )
    told = " ".join(sentence["text"] for prose in parts(section, "prose") for sentence in prose["sentences"])
    for end in (growth[0], growth[-1]):
        assert end[0] in told
        assert end[5] in told
    assert len(yearly) == 10  # prices and people of 2026 to 2030
    assert yearly[0][2] == "0.48%"


def test_the_nations_chart_alone_shows_others(page):
    charts = [figure for block in page.growth().children for figure in getattr(block, "charts", [])]
    named = set(page.material.gaps["real_gdp_growth"][f"name_{page.lang}"])
    shown = [named & set(one.chart.table["series"]) for one in charts]
    assert [bool(found) for found in shown] == [False, False, True]
    assert shown[-1] == named


def test_every_missing_figure_has_its_band(page):
    section = page.published().to_dict()
    table = rows(parts(section, "table")[-1])
    assert len(table) == 10
    *figures, plan = table
    assert all(cell == plan[2] for cell in plan[2:])  # not published, so nothing to compute
    doubts = page.material.doubts
    for row, (_, both) in zip(
        figures, doubts.groupby(["figure", "first", "last", "indicator"], sort=False), strict=True
    ):
        for cell, one in zip(row[3::2], both.to_dict("records"), strict=True):
            gone = 100 * (1 - one["sd_known"] / one["sd"])
            assert f"{gone:.1f}%" in cell or gone > 99.5


def test_every_number_is_a_row_of_the_results(page):
    def numbers(block):
        yield from block.get("numbers", [])
        for part in (*block.get("children", []), *block.get("sentences", [])):
            yield from numbers(part)
        for row in block.get("rows", []):
            for cell in row:
                if isinstance(cell, dict):
                    yield from numbers(cell)
                    yield from [cell] if "key" in cell else []

    held = page.material.ledger
    found = [one for part in (page.growth(), page.published()) for one in numbers(part.to_dict())]
    keyed = [one for one in found if one["key"]]
    assert len(keyed) > 150
    for one in keyed:
        assert held[Key(*one["key"])] == one["value"]
    assert {one["rule"] for one in found if not one["key"]} <= {"year", "count", "percent"}


def test_each_lead_of_prices_names_its_place(page):
    estimates = [row for table in parts(page.trust().to_dict(), "table") for row in rows(table)]
    name = {"zh": "价格涨幅：", "en": "Growth of prices: "}[page.lang]
    told = [row[0].removeprefix(name) for row in estimates if row[0].startswith(name)]
    assert (
        told[:4]
        == {
            "zh": ["福田区，今后年均", "中国", "深圳市领先中国", "福田区领先深圳市"],
            "en": [
                "Futian, mean of the years ahead",
                "China",
                "lead of Shenzhen over China",
                "lead of Futian over Shenzhen",
            ],
        }[page.lang]
    )


def test_its_codes_have_names(page):
    made = page.record()
    told = dictionary(made.results, made.names)
    assert not told[(told[["name_zh", "name_en"]] == "").any(axis=1)].values.tolist()


def test_as_seen_from_the_base_year_nothing_is_missing_yet(evidence):
    scenario = load_scenario("evidence_trend", evidence=evidence)
    then = EvidenceReport(scenario, "en", vintage="2021", evidence=evidence, draws=200)
    assert then.material.doubts.empty
    assert len(parts(then.published().to_dict(), "table")) == 1
    (table,) = parts(then.growth().to_dict(), "table")  # no price or people of that time is held
    assert ["People's Bank of China", "2021-03", "2021–2025"] in [row[:3] for row in rows(table)]
