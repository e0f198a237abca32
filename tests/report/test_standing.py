"""Page one and the index say where the district stands, how 2025 came out and what 2035 takes from here."""

import html
import re

import pytest

from futian_model import PlanReport, ScenarioReport, load_evidence, load_scenario
from futian_model.evidence import Evidence
from futian_model.report import Elsewhere, Entry, index_page
from futian_model.report.page.binding import disagreements
from futian_model.scorecard import SCORECARD, priced

BOTH = {
    "zh": [
        r"福田区2024年地区生产总值5,949亿元（现价），2025年只公布“超过6,000亿元”。",
        r"2025年地区生产总值目标6,600亿元，按已公布值判断，未达到：按2020年不变价约为[\d,]+亿元，比目标少\d+亿元",
        r"按现价约为[\d,]+亿元，比目标少\d+亿元。",
        r"对中国2026–2035年的增长，\d+家机构的最新预期平均每年比本方法[高低]0\.\d\d个百分点。",
        r"2025年人均地区生产总值目标35\.7万元，2025年未公布，按2020年不变价约为3\d\.\d万元",
        r"2025年总部企业增加值占GDP比重目标55\.0%，2025年未公布，约为",
    ],
    "en": [
        r"GDP of Futian was RMB 594\.9 bn in 2024 at current prices; of 2025 only “more than RMB 600\.0 bn”",
        r"GDP by 2025, target RMB 660\.0 bn: missed, as far as published figures allow, about RMB [\d.]+ bn",
        r"about RMB [\d.]+ bn at current prices, RMB [\d.]+ bn below it\.",
        r"On growth of China in 2026–2035, \d+ bodies expect 0\.\d\d points a year (less|more) than this",
        r"GDP per capita by 2025, target RMB 357,000: no figure of 2025 is published, about RMB 3\d\d,\d00",
        r"Headquarters share of GDP by 2025, target 55\.0%: no figure of 2025 is published, about ",
    ],
}
"""What page one and the index say alike."""
CONTEXT = {
    "zh": [
        *BOTH["zh"],
        r"2026—2035年.*实现“2035年地区生产总值比2020年翻一番”年均需\d\.\d\d%",
        r"实现把握：2035年地区生产总值比2020年翻一番约[^；]+；2035年人均地区生产总值比2020年翻一番约",
        r"同级的判断（平均\d+%，\d+个10年时段）有\d+%应验。",
    ],
    "en": [
        *BOTH["en"],
        r"From 2026 to 2035 .*“GDP double its 2020 level by 2035” takes \d\.\d\d%",
        r"the chances are: GDP double its 2020 level by 2035, about [^;]+; GDP per capita double its",
        r"of \d+ earlier judgments like that on GDP \(\d+% on average, over 10 years\) \d+% came true\.",
    ],
}
"""What page one of every scenario says."""
SAID = {
    "zh": [
        *BOTH["zh"],
        r"2026年起，要实现“2035年地区生产总值比2020年翻一番”，年均需增长\d\.\d\d%；本情景为\d\.\d\d%，依据数据判断为",
        r"各经济体中与“2035年地区生产总值比2020年翻一番”同级的把握（平均\d+%）有\d+个10年时段，兑现\d+%。",
    ],
    "en": [
        *BOTH["en"],
        r"From 2026 on “GDP double its 2020 level by 2035” takes growth of \d\.\d\d% a year; this scenario",
        r"Of \d+ spans of 10 years elsewhere with a chance like that of “GDP double its 2020 level by 2035”",
    ],
}
"""What the index says."""


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return load_evidence()


def report(name: str, lang: str, evidence: Evidence) -> ScenarioReport:
    return ScenarioReport(load_scenario(name, evidence=evidence), lang, evidence=evidence, draws=2500)


def words_of(content: object) -> str:
    return str(content).replace("\\xa0", " ").replace("\xa0", " ")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["evidence_trend", "stagnation"])
def test_page_one_answers_from_today(name: str, lang: str, evidence: Evidence) -> None:
    made = report(name, lang, evidence)
    answer = made.answer().to_dict()
    assert disagreements([answer], made.material.results) == []
    told = words_of(answer)
    assert [said for said in CONTEXT[lang] if not re.search(said, told)] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_kept_edition_knows_nothing_of_later_years(lang: str, evidence: Evidence) -> None:
    made = report("plan_targets", lang, evidence)
    told = words_of(made.answer().to_dict())
    assert made.material.over == []
    assert not re.search(r"2024年地区生产总值|in 2024 at current prices|missed, as far|按已公布值判断", told)
    assert re.search(r"2021—2035年，本情景|From 2021 to 2035 this", told)


def test_a_scenario_page_and_the_scorecard_agree_to_the_digit(evidence: Evidence) -> None:
    trend = load_scenario("evidence_trend", evidence=evidence)
    scenario = ScenarioReport(trend, "en", evidence=evidence).material.results
    card = PlanReport(trend, "en", evidence=evidence).material.results
    own = scenario[scenario["reading"] == SCORECARD]
    key = ["indicator", "case", "year", "statistic"]
    both = own.merge(card[card["reading"] == SCORECARD], on=key)
    assert len(both) == len(own) > 30
    assert both["value_x"].to_numpy(float) == pytest.approx(both["value_y"].to_numpy(float), rel=1e-12)
    for goal in ("gdp_double_2035", "gdp_per_capita_double_2035"):  # of the levels measured for 2020
        doubled = [
            rows[(rows["indicator"] == goal) & (rows["statistic"] == "target")]["value"].iloc[0]
            for rows in (scenario, card)
        ]
        assert doubled[0] == pytest.approx(doubled[1], rel=1e-12)
    drawn = scenario[(scenario["statistic"] == "probability") & (scenario["reading"] == "given_evidence")]
    drawn = drawn.set_index(["indicator", "case"])["value"]
    moved = card[card["statistic"] == "chance_now"].set_index(["indicator", "case"])["value"]
    for goal in ("gdp_double_2035", "gdp_per_capita_double_2035"):
        assert moved[goal, priced("constant")] == drawn[goal, ""]
        assert moved[goal, priced("nominal")] == drawn[goal, priced("nominal")]


def test_the_index_says_it_too_and_leads_to_the_other_edition(evidence: Evidence) -> None:
    made = report("evidence_trend", "zh", evidence)
    title = made.scenario.title.model_dump()
    entry = Entry("a", title, title, made.material.results, {"zh": {"html": "a/a.html"}}, "2026")
    links = [Elsewhere({"zh": "甲<b>", "en": "A<b>"}, "plan_2021/index.html"), Elsewhere({}, "../index.html")]
    page = index_page([entry], ("zh",), evidence, elsewhere=links)
    told = html.unescape(re.sub(r"<[^>]+>", "", words_of(page)))
    # neither a scenario's own growth nor the headquarters share, which page one alone tells of
    asked = [said for said in SAID["zh"] if "本情景" not in said and "总部" not in said]
    assert [said for said in asked if not re.search(said, told)] == []
    assert re.search(
        r"2026年起，要实现“2035年地区生产总值比2020年翻一番”，年均需增长4\.\d\d%；依据数据判断为", told
    )
    assert told.count("2035年地区生产总值比2020年翻一番为") == 1  # of its two readings the constant one
    assert '<a href="plan_2021/index.html">存档版本：甲&lt;b&gt;</a>' in page
    assert '<a href="../index.html">当前情景</a>' in page


@pytest.mark.parametrize(("name", "flagged"), [("three_engines", True), ("evidence_trend", False)])
def test_productivity_that_nobody_measured_is_flagged(name: str, flagged: bool, evidence: Evidence) -> None:
    # E8: the engines take more than the 3.2% a year of Brandt and Zhu (2010), the highest that is held
    made = report(name, "en", evidence)
    assert (
        "published estimates for China lie between −0.73% and 3.20%" in str(made.answer().to_dict())
    ) == flagged


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_goal_without_a_stated_basis_is_read_both_ways(lang: str, evidence: Evidence) -> None:
    # E10: as of 2021, 6600 is about even at constant prices and two in three at current ones
    made = report("trend_2021", lang, evidence)
    rows = made.material.results
    rows = rows[(rows["indicator"] == "gdp_2025") & (rows["statistic"] == "probability")]
    chance = rows[rows["reading"] == "given_evidence"].set_index("case")["value"]
    paths = made.material.given_evidence.at("nominal_gdp", 2025)
    assert chance["prices=nominal"] == pytest.approx((paths >= 6600).mean())
    assert 0.42 < chance[""] < 0.53 < 0.64 < chance["prices=nominal"] < 0.76
    assert {"zh": "规划没有写明价格口径", "en": "does not state the price basis"}[lang] in str(
        made.goals().to_dict()
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_counterfactual_says_so(lang: str, evidence: Evidence) -> None:
    said = {
        "zh": "自2021年起改写已有公布值的年份",
        "en": "from 2021 on it rewrites years about which figures",
    }[lang]
    loaded = load_scenario("evidence_trend", evidence=evidence, overrides="assumptions.counterfactual=true")
    made = ScenarioReport(loaded, lang, evidence=evidence, draws=300)
    assert said in str(made.answer().to_dict())
    assert said not in str(report("evidence_trend", lang, evidence).answer().to_dict())
