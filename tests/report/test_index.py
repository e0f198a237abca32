"""The index: what stands side by side, and what must not."""

import pytest

from futian_model.evidence import Evidence
from futian_model.report import Entry, index_page
from futian_model.report.comparison import Comparison, links
from futian_model.report.index import blocks as index_blocks

from .conftest import Report


@pytest.fixture(scope="module")
def entries(report: Report, tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    """The built-in trend, a longer one of the same title, and one on another base population."""
    folder = tmp_path_factory.mktemp("scenarios")
    head = "title: {zh: 现有数据趋势, en: Evidence trend}\ndescription: {zh: 试。, en: T.}\n"
    further = {"long": "horizon: 2050", "census": "base: {average_population: 155.3}"}
    for name, assumption in further.items():
        text = f"id: {name}\n{head}extends: evidence_trend\nassumptions: {{{assumption}}}\n"
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    made = [report("evidence_trend"), *(report(folder / f"{name}.yaml") for name in further)]
    return [
        Entry(
            one.scenario.id,
            {lang: one.scenario.title[lang] for lang in ("zh", "en")},
            {lang: one.scenario.description[lang] for lang in ("zh", "en")},
            one.material.results,
            {"zh": f"{one.scenario.id}.zh.html"},
            one.scenario.assumptions.vintage,
        )
        for one in made
    ]


def heads(table: dict) -> list[str]:  # type: ignore[type-arg]
    return [column["label"] for column in table["columns"]]


def test_scenarios_with_one_horizon_name_the_year_in_the_head(
    entries: list[Entry], evidence: Evidence
) -> None:
    table = Comparison([entries[0], entries[2]], "zh", evidence).blocks()[0].to_dict()
    assert heads(table)[:4] == ["情景", "2035年GDP", "年均增长", "2035年人均GDP"]


def test_scenarios_with_different_horizons_say_the_year_of_each(
    entries: list[Entry], evidence: Evidence
) -> None:
    table = Comparison(entries, "en", evidence).blocks()[0].to_dict()
    assert heads(table)[:4] == ["Scenario", "Last year", "GDP", "Growth a year"]
    assert [row[1]["text"] for row in table["rows"]] == ["2035", "2050", "2035"]
    values = [row[2]["value"] for row in table["rows"]]
    assert values[1] > 1.5 * values[0] == 1.5 * values[2]


def test_titles_alike_are_told_apart(entries: list[Entry], evidence: Evidence) -> None:
    table = Comparison(entries, "zh", evidence).blocks()[0].to_dict()
    assert [row[0] for row in table["rows"]] == [
        "现有数据趋势 (evidence_trend)",
        "现有数据趋势 (long)",
        "现有数据趋势 (census)",
    ]


def test_chances_stand_in_a_sentence_only_where_all_share_them(
    entries: list[Entry], evidence: Evidence
) -> None:
    one = Comparison([entries[0], entries[0]], "zh", evidence).chances()
    assert [block.to_dict()["type"] for block in one] == ["prose"]
    (table,) = (block.to_dict() for block in Comparison(entries, "zh", evidence).chances())
    # on fewer people GDP a head starts higher: a level goal is nearer, a doubling is not
    before, after = (
        dict(zip(heads(table), row, strict=True)) for row in (table["rows"][0], table["rows"][2])
    )
    assert before["2025年人均地区生产总值"]["value"] < after["2025年人均地区生产总值"]["value"]
    doubling = "2035年人均地区生产总值比2020年翻一番"
    assert before[doubling]["value"] == pytest.approx(after[doubling]["value"], abs=0.02)


def test_a_report_of_one_language_is_linked_from_the_other(entries: list[Entry], evidence: Evidence) -> None:
    assert [link[1] for link in links(entries, "en").to_dict()["links"]] == [
        f"{name}.zh.html" for name in ("evidence_trend", "long", "census")
    ]


def test_what_failed_or_stands_apart_is_listed_and_not_compared(
    entries: list[Entry], evidence: Evidence
) -> None:
    failed = Entry("bad", {"zh": "<b>坏</b>", "en": "Bad"}, {}, entries[0].results.head(0), {}, "", "1 < 2")
    made = [block.to_dict() for block in index_blocks([entries[0], failed], entries[1:], "zh", evidence)]
    assert [row[0] for row in made[1]["rows"]] == ["现有数据趋势"]
    assert [block["heading"] for block in made[-2:]] == ["未完成的情景", "不作比较的报告"]
    page = index_page([entries[0], failed], ("zh", "en"), evidence, apart=entries[1:])
    assert "&lt;b&gt;坏&lt;/b&gt;" in page
    assert "1 &lt; 2" in page
    assert page.index('<div lang="zh"') < page.index('<div lang="en"')


def test_nothing_but_failures_is_a_page_too(entries: list[Entry], evidence: Evidence) -> None:
    failed = Entry("bad", {"zh": "坏", "en": "Bad"}, {}, entries[0].results.head(0), {}, "", "no")
    assert "未完成的情景" in index_page([failed], ("zh",), evidence)
