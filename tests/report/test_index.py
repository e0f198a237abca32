"""The index: what stands side by side, and what must not."""

import dataclasses
import json
import re
from itertools import pairwise
from typing import Any

import pytest
from lxml import html

from futian_model.evidence import Evidence
from futian_model.report import Entry, index_page
from futian_model.report.pages.index.comparison import Comparison, Figure
from futian_model.report.pages.index.page import listed, table
from futian_model.report.pages.index.panels import BOTTOM, LEFT, RIGHT, TOP, ground, sprite
from futian_model.report.words.numbers import RULES, Key, values_by_key
from futian_model.report.words.sentences import words

from .conftest import Report


@pytest.fixture(scope="module")
def entries(report: Report, tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """The built-in trend, a longer one of the same title, and one on another base population."""
    folder = tmp_path_factory.mktemp("scenarios")
    head = "title: {zh: 现有数据趋势, en: Evidence trend}\ndescription: {zh: 试。, en: T.}\n"
    further = {"long": "horizon: 2050", "census": "base: {average_population: 155.3}"}
    for name, assumption in further.items():
        text = f"id: {name}\n{head}extends: trend_2021\nassumptions: {{{assumption}}}\n"
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    made = [report("trend_2021"), *(report(folder / f"{name}.yaml") for name in further)]
    return [
        Entry(
            one.scenario.id,
            {lang: one.scenario.title[lang] for lang in ("zh", "en")},
            {lang: one.scenario.description[lang] for lang in ("zh", "en")},
            one.material.results,
            {"zh": {"html": f"{one.scenario.id}.zh.html"}},
            one.scenario.assumptions.vintage,
        )
        for one in made
    ]


@pytest.fixture(scope="module")
def compared(entries: list[Entry], evidence: Evidence) -> dict[str, Any]:
    """Everything of the page's table and panels, in English."""
    given = Comparison(entries, "en", evidence)
    return table(given, [ground(given, indicator) for indicator in given.indicators])


def test_columns_are_the_goals_years_and_the_last_one_that_all_reach(
    entries: list[Entry], compared: dict[str, Any], evidence: Evidence
) -> None:
    assert [column["head"] for column in compared["columns"]] == [
        *("2025", "2035", "Growth a year to 2035"),
        *("2025", "2035") * 2,
    ]
    assert compared["groups"] == [
        ("GDP, RMB bn", 3),
        ("GDP per capita, RMB", 2),
        ("Headquarters share of GDP", 2),
    ]
    assert compared["columns"][0]["label"] == "GDP, 2025, RMB bn"
    longer = Comparison(entries[1:2], "zh", evidence)
    assert longer.years == [2025, 2035, 2050]


def test_cells_are_rows_of_the_results(entries: list[Entry], compared: dict[str, Any]) -> None:
    for entry, row in zip(entries, compared["rows"], strict=True):
        values = values_by_key(entry.results)
        for cell in row["cells"]:
            assert values[Key(*cell["key"])] == cell["value"]
            assert RULES[cell["rule"]]["en"](cell["value"]) == cell["text"]
        assert row["chance"]["key"][1:] == ["all_goals", 2035, "joint_probability"]


def test_a_year_that_a_scenario_does_not_reach_has_no_figure(
    entries: list[Entry], evidence: Evidence
) -> None:
    given = Comparison([entries[0]], "zh", evidence)
    assert given.value(entries[0], Figure("real_gdp", 2050, "central", "gdp", "gdp_gap")) is None
    assert given.value(entries[1], Figure("real_gdp", 2050, "central", "gdp", "gdp_gap")) is not None


def test_titles_alike_are_told_apart(entries: list[Entry], evidence: Evidence) -> None:
    rows = table(Comparison(entries, "zh", evidence), [])["rows"]
    assert [row["name"] for row in rows] == [
        "2021年所见的数据趋势",
        "现有数据趋势 (long)",
        "现有数据趋势 (census)",
    ]


def test_chances_are_told_once_and_those_that_differ_are_listed(
    entries: list[Entry], evidence: Evidence
) -> None:
    sentence, other = Comparison([entries[0], entries[0]], "zh", evidence).chances()
    assert sentence is not None
    assert other is None
    given = Comparison([entries[0], entries[0], entries[2]], "zh", evidence)
    usual, other = given.chances()
    assert usual is not None
    assert other is not None
    assert usual.text == sentence.text
    (row,) = other.to_dict()["rows"]
    heads = [column["label"] for column in other.to_dict()["columns"]]
    after = dict(zip(heads, row, strict=True))
    before = {
        given.goal_label(*goal): given.odds(entries[0], *goal, "probability") for goal in entries[0].judged
    }
    # on fewer people GDP a head starts higher: a level goal is nearer, a doubling is not
    assert before["2025年人均地区生产总值"].value < after["2025年人均地区生产总值"]["value"]
    doubling = "2035年人均地区生产总值比2020年翻一番"
    assert before[doubling].value == pytest.approx(after[doubling]["value"], abs=0.02)


def test_a_report_is_linked_in_every_format_and_in_the_language_there_is(entries: list[Entry]) -> None:
    both = {"zh": {"html": "a/a.zh.html", "pdf": "a/a.zh.pdf"}, "en": {"html": "a/a.en.html"}}
    entry = dataclasses.replace(entries[0], reports=both, tables={"results": "a/results.csv"})
    (made,) = listed([entry], words("zh"))
    assert made["report"] == "a/a.zh.html"
    assert made["links"] == [("网页", "a/a.zh.html"), ("PDF", "a/a.zh.pdf"), ("CSV数据", "a/results.csv")]
    assert made["language"] == ""
    (english,) = listed([dataclasses.replace(entry, reports={"zh": both["zh"]})], words("en"))
    assert english["report"] == "a/a.zh.html"
    assert english["language"] == "中文"
    (bare,) = listed([dataclasses.replace(entry, reports={}, tables={})], words("en"))
    assert (bare["report"], bare["links"]) == ("", [])


def test_what_failed_or_stands_apart_is_listed_and_not_compared(
    entries: list[Entry], evidence: Evidence
) -> None:
    failed = Entry("bad", {"zh": "<b>坏</b>", "en": "Bad"}, {}, entries[0].results.head(0), {}, "", "1 < 2")
    page = index_page([entries[0], failed], ("zh", "en"), evidence, apart=entries[1:])
    assert "&lt;b&gt;坏&lt;/b&gt;" in page
    assert "1 &lt; 2" in page
    assert page.index('<div lang="zh"') < page.index('<div lang="en"')
    tree = html.fromstring(page)
    chinese = tree.get_element_by_id("zh")
    heads = [head.text for head in chinese.iter("h2")]
    assert heads == ["未完成的情景", "各情景一览", "各情景的路径", "不作比较的报告"]
    assert [row.get("data-id") for row in chinese.xpath(".//tr[@data-id]")] == ["trend_2021"]
    assert len(chinese.xpath(".//figure")) == 3


def test_nothing_but_failures_is_a_page_too(entries: list[Entry], evidence: Evidence) -> None:
    failed = Entry("bad", {"zh": "坏", "en": "Bad"}, {}, entries[0].results.head(0), {}, "", "no")
    page = index_page([failed], ("zh",), evidence)
    assert "未完成的情景" in page
    assert 'class="controls"' not in page


def test_what_the_script_draws_from_is_what_the_results_say(
    entries: list[Entry], compared: dict[str, Any], evidence: Evidence
) -> None:
    page = html.fromstring(index_page(entries, ("zh",), evidence))
    data = json.loads(page.get_element_by_id("index-data").text)
    assert [one["indicator"] for one in data["grounds"]] == [
        "real_gdp",
        "real_gdp_per_capita",
        "headquarters_share",
    ]
    for one in data["grounds"]:
        for entry, path, start in zip(entries, one["paths"], one["starts"], strict=True):
            rows = entry.results[(entry.results["reading"] == "given_scenario")]
            rows = rows[(rows["indicator"] == one["indicator"]) & (rows["statistic"] == "central")]
            assert path == rows.sort_values("year")["value"].tolist()
            assert start == rows["year"].min()
    assert len(data["grounds"][0]["paths"][1]) == 31  # to 2050
    assert data["grounds"][0]["goals"][0] == [[2025, 6600.0], [2035, 9600.0]]


def test_a_panel_lies_where_its_values_say(entries: list[Entry], evidence: Evidence) -> None:
    given = Comparison(entries, "zh", evidence)
    one = ground(given, "real_gdp")
    assert one.years == (2011, 2050)
    assert one.y(one.ticks[0]) == BOTTOM
    assert one.y(one.ticks[-1]) == TOP
    assert (one.x(2011), one.x(2050)) == (LEFT, RIGHT)
    assert min(year for table in one.history.values() for year in table["year"]) == 2012  # clear of the edge
    drawn = html.fromstring(str(sprite([one], entries, ("zh", "en"))))
    path = drawn.xpath("//g[@id='p-real_gdp-0']/path[@class='m-path']")[0].get("d")
    x, y = map(float, path[1:].split("L")[-1].split())
    values = values_by_key(entries[0].results)
    last = values[Key("given_scenario", "real_gdp", 2035, "central")]
    assert (x, y) == (one.x(2035), one.y(last))
    ids = [element.get("id") for element in drawn.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    used = {use.get("href")[1:] for use in drawn.iter("use")}
    assert used <= set(ids)


def test_labels_of_years_do_not_touch(entries: list[Entry], evidence: Evidence) -> None:
    """Four digits of 13 pixels take some 33, centred on their year; the last label ends at it."""
    given = Comparison(entries[:1], "zh", evidence)
    seen = 0
    for indicator in given.indicators:
        drawn = html.fromstring(str(sprite([ground(given, indicator)], entries[:1], ("zh",))))
        ends = [
            (float(one.get("x")) - (33 if "last" in one.get("class") else 16.5), float(one.get("x")))
            for one in drawn.iter("text")
            if one.get("class") in ("m-across", "m-last")
        ]
        gaps = [right[0] - (left[1] + 16.5) for left, right in pairwise(sorted(ends))]
        assert min(gaps) > 3
        seen += len(ends)
    assert seen > 6


def test_a_panel_tells_where_its_path_leads_to_those_who_do_not_see_it(
    compared: dict[str, Any],
) -> None:
    alt = compared["panels"][0]["panels"][0]["alt"]
    assert re.fullmatch(
        r"Evidence trend as seen in 2021, Real GDP: "
        r"RMB\xa0480\.0\xa0bn in 2020, RMB\xa0[\d,.]+\xa0bn in 2035\. "
        r"Diamonds are goals: RMB\xa0660\.0\xa0bn by 2025; RMB\xa0960\.0\xa0bn by 2035\.",
        alt,
    )


def test_a_hundred_scenarios_are_one_page_of_bearable_size(entries: list[Entry], evidence: Evidence) -> None:
    many = [
        dataclasses.replace(entries[0], id=f"s{at}", tables={"results": f"s{at}/results.csv"})
        for at in range(120)
    ]
    page = index_page(many, ("zh", "en"), evidence)
    assert len(page.encode()) < 1_500_000
    tree = html.fromstring(page)
    assert len(tree.get_element_by_id("zh").xpath(".//tr[@data-id]")) == 120
    assert tree.xpath("//path[@id='o-real_gdp']")[0].get("class") == "m-space"
