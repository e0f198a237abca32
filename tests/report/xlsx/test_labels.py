"""Codes of results tables in words: by their own text, by those of their parts, in both languages."""

import re

import pytest

from futian_model.report.words.sentences import words
from futian_model.report.writers.xlsx.labels import HOLE, Labels, patterns

NAMES = {
    "real_gdp": {"zh": "地区生产总值（基年价）", "en": "Real GDP", "unit": "亿元", "kind": "level"},
    "headquarters_share": {"zh": "总部占比", "en": "Headquarters share", "unit": "fraction", "kind": "share"},
    "city_fast": {"zh": "快", "en": "Fast", "kind": "surroundings"},
    "nation_slow": {"zh": "慢", "en": "Slow", "kind": "surroundings"},
}
STATISTICS = [
    ("", "p05", "5%分位", "5% quantile"),
    ("", "hazard_0.01_sd", "每年迁出1%，标准差", "1% leave a year: standard deviation"),
    ("", "hazard_0.01_sd_high", "每年迁出1%，标准差，上限", "1% leave a year: standard deviation, high end"),
    ("", "top_10_of_gdp_low", "最大10家，占GDP，下限", "Largest 10, share of GDP, low end"),
    ("", "pit_0", "落在分布第1个十分之一", "In tenth 1 of the distribution"),
    (
        "",
        "central_contribution_growth",
        "中心路径，差异来自GDP增长",
        "Central path, difference from: GDP growth",
    ),
    (
        "",
        "probability_contribution_growth+population_se",
        "达标的模拟比例，差异来自GDP增长、人口，标准误",
        "Share of paths that meet it, difference from: GDP growth and population, standard error",
    ),
    ("", "growth_2026_2035_below", "2026–2035年GDP增长年均低于", "GDP growth, 2026–2035, a year below"),
    ("solver", "growth", "GDP增长：每年改变", "GDP growth: change a year"),
    ("plan", "growth", "年均增长", "Growth a year"),
    (
        "plan",
        "path_plan_held_end",
        "先达规划隐含人口、其后持平，期末",
        "Population the plan implies, then unchanged, End",
    ),
    ("moved", "p50_outturn", "中值，变动来自新实际数", "Median, moved by: New outturns"),
    (
        "trade_off",
        "aim_0_same_gdp_gap",
        "恰达占比目标，GDP不变，与GDP目标之差",
        "Share goal just met, Same GDP, gap to the GDP goal",
    ),
]


@pytest.mark.parametrize(("reading", "code", "chinese", "english"), STATISTICS)
def test_a_statistic_is_named_by_its_parts(reading: str, code: str, chinese: str, english: str) -> None:
    for lang, told in (("zh", chinese), ("en", english)):
        assert Labels(words(lang), NAMES).statistic(code, reading) == told


def test_indicators_and_readings_are_named_by_their_parts() -> None:
    labels = Labels(words("zh"), NAMES)
    assert labels.indicator("real_gdp") == NAMES["real_gdp"]["zh"]
    assert labels.indicator("real_gdp_growth.regions_china.ar1") == "中国各省的GDP增长，一阶自回归"
    assert labels.indicator("ladder.10") == "本模型，10年期"
    assert labels.indicator("check_city") == f"判断：{words('zh')['contexts_brief_city']}"
    assert labels.reading("context/city_fast/nation_slow") == "“快”＋“慢”"
    assert labels.reading("context/city_fast/own_path") == "“快”"
    assert labels.reading("2026") == "版次2026"


def test_what_has_no_text_keeps_its_code() -> None:
    labels = Labels(words("en"), NAMES)
    assert labels.statistic("no_such_thing") == "no such thing"
    assert labels.known("statistic", "no_such_thing") == ""
    assert labels.statistic("no_such_thing_low") == "no such thing low"
    assert labels.reading("context/city_fast/nowhere") == "context / city fast / nowhere"


@pytest.mark.parametrize("kind", ["reading", "indicator", "statistic"])
def test_every_part_a_text_names_is_told(kind: str) -> None:
    for _, key in patterns("zh", kind):
        for lang in ("zh", "en"):
            assert set(HOLE.findall(key)) == set(re.findall(r"\{(\w+)\}", words(lang)[key])), key
