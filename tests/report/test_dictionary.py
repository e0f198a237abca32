"""Codes of results tables in words, in both languages."""

import re

import pytest

from futian_model.report.page.dictionary import Dictionary, dictionary
from futian_model.report.words.sentences import words

from .conftest import Report

NAMES = {
    "real_gdp": {"zh": "地区生产总值（不变价）", "en": "Real GDP", "unit": "亿元", "kind": "level"},
    "headquarters_share": {"zh": "总部占比", "en": "Headquarters share", "unit": "fraction", "kind": "share"},
    "city_fast": {"zh": "快", "en": "Fast", "kind": "surroundings"},
    "china": {"zh": "中国", "en": "China", "kind": "place"},
}
STATISTICS = [
    ("", "p05", "5%分位", "5% quantile"),
    ("", "p50", "中位数", "Median"),
    ("relocation", "sd_high", "剩下部分的标准差，上限", "Standard deviation of what is left, high end"),
    ("", "of_gdp_low", "占GDP，下限", "Share of GDP, low end"),
    (
        "attribution",
        "contribution_se",
        "差异来自此项，标准误",
        "Difference that comes from it, standard error",
    ),
    ("solver", "change", "每年改变", "Change a year"),
    ("plan", "growth", "年均增长", "Growth a year"),
    ("trade_off", "growth", "该部分年均增长", "Growth a year of the part"),
    ("scorecard", "on_course", None, None),
]
CASES = [
    ("largest=3;spillover=0.3", "最大3家迁出，连带30%", "Largest 3 leave, spillover 30%"),
    ("lever=headquarters_share", None, None),
    ("of=p50;block=growth+population", "中位数，GDP增长、人口", "Median, GDP growth and population"),
    ("city=city_fast;nation=own_path", "“快”，城市自有路径", "“Fast”, the city's own path"),
    ("place=china", "中国", "China"),
    ("path=plan_held", "先达规划隐含人口、其后持平", "Population the plan implies, then unchanged"),
    ("point=goal;way=same_gdp", "恰达占比目标，GDP不变", "Share goal just met, Same GDP"),
]


@pytest.mark.parametrize(("reading", "code", "chinese", "english"), STATISTICS)
def test_a_statistic_has_its_name(reading: str, code: str, chinese: str | None, english: str | None) -> None:
    for lang, name in (("zh", chinese), ("en", english)):
        told = Dictionary(words(lang), NAMES).statistic(code, reading)
        assert told
        assert name is None or told == name


@pytest.mark.parametrize(("code", "chinese", "english"), CASES)
def test_a_case_is_named_by_its_parameters(code: str, chinese: str | None, english: str | None) -> None:
    for lang, name in (("zh", chinese), ("en", english)):
        told = Dictionary(words(lang), NAMES).case(code)
        assert told
        assert name is None or told == name


def test_what_has_no_text_has_no_name() -> None:
    told = Dictionary(words("en"), NAMES)
    assert told.statistic("no_such_thing") == told.statistic("no_such_thing_low") == ""
    assert told.case("no_such=thing") == told.case("way=no_such_way") == ""
    assert told.indicator("no_such_thing") == told.reading("no_such_thing") == ""


@pytest.mark.parametrize("scenario", ["plan_targets", "headquarters_leave", "three_engines"])
def test_a_scenario_report_prints_no_bare_code(report: Report, scenario: str) -> None:
    made = report(scenario).record()
    told = dictionary(made.results, made.names)
    assert not told[(told[["name_zh", "name_en"]] == "").any(axis=1)].values.tolist()
    chinese = told.loc[told["kind"] != "place", "name_zh"]
    assert not [name for name in chinese if re.search("_|[a-z]{4}", name)]
    assert not [name for name in told["name_en"] if re.search("_|[\u4e00-\u9fff]", name)]


def test_every_code_of_a_table_is_listed_once(report: Report) -> None:
    made = report("plan_targets").record()
    told = dictionary(made.results, made.names)
    assert not told.duplicated(["kind", "reading", "code"]).any()
    for kind in ("indicator", "reading", "unit"):
        assert set(told.loc[told["kind"] == kind, "code"]) == set(made.results[kind])
