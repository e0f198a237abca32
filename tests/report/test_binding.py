"""A page whose prose and results disagree is refused, and the figure is named."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from futian_model.report.page.binding import disagreements

from .conftest import Report, blocks

CASES = [(scenario, lang) for scenario in ("trend_2021", "plan_targets") for lang in ("zh", "en")]


def numbers(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if "rule" in content and "key" in content:
            yield content
        for inner in content.values():
            yield from numbers(inner)
    elif isinstance(content, list):
        for inner in content:
            yield from numbers(inner)


@pytest.mark.parametrize(("scenario", "lang"), CASES)
def test_every_number_of_a_report_is_a_result(report: Report, scenario: str, lang: str) -> None:
    made = report(scenario, lang)
    assert disagreements(blocks(made), made.material.results) == []
    bound = [number for number in numbers(blocks(made)) if number["key"] is not None]
    assert len(bound) > 200


@pytest.mark.parametrize(("scenario", "lang"), CASES)
def test_one_result_moved_is_found_wherever_it_is_printed(report: Report, scenario: str, lang: str) -> None:
    made = report(scenario, lang)
    results = made.material.results.copy()
    at = results.index[
        (results["reading"] == "given_scenario")
        & (results["indicator"] == "real_gdp")
        & (results["year"] == 2035)
        & (results["statistic"] == "central")
    ]
    results.loc[at, "value"] += 1e-6
    found = disagreements(blocks(made), results)
    printed = [
        number
        for number in numbers(blocks(made))
        if number["key"] == ["given_scenario", "real_gdp", 2035, "central"]
    ]
    assert len(found) == len(printed) > 2
    assert all("(given_scenario real_gdp 2035 central)" in fault for fault in found)
    gone = disagreements(blocks(made), made.material.results.drop(at))
    assert len(gone) == len(printed)
    assert all("on the page, None in the results" in fault for fault in gone)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_text_that_is_not_its_number_is_found(report: Report, lang: str) -> None:
    made = report("trend_2021", lang)
    (answer,) = [copy.deepcopy(made.answer().to_dict())]
    figure = next(part["rows"] for part in answer["children"] if "rows" in part)[1][1]
    figure["text"] = figure["text"].translate(str.maketrans("0123456789", "1234567890"))
    (fault,) = disagreements([answer], made.material.results)
    assert fault == f"{figure['text']!r} is not {figure['value']} as rule gdp_bare writes it"


def test_a_sentence_that_does_not_print_its_number_is_found(report: Report) -> None:
    made = report("trend_2021")
    answer = copy.deepcopy(made.answer().to_dict())
    sentence = answer["children"][0]["sentences"][0]
    level = next(one["text"] for one in sentence["numbers"] if one["rule"] == "gdp")
    sentence["text"] = sentence["text"].replace(level, "约一万亿元")
    (fault,) = disagreements([answer], made.material.results)
    assert fault.startswith(f"{level!r} does not stand in '2035年地区生产总值约一万亿元")


def test_few_draws_are_told(report: Report) -> None:
    # 1 / sqrt(200) is 7 points, two standard errors of a chance of one half
    assert "本次只模拟200次，实现把握的抽样误差可达7个百分点" in str(report("trend_2021").answer().to_dict())


def test_goals_that_ask_for_the_same_growth_are_not_ranked(report: Report) -> None:
    # the plan's scenario has just the population at which both doublings are one goal
    alike = str(report("plan_targets").required().to_dict())
    assert alike.count("按此人口两者要求的增长相同") == 2
    assert "约束更紧" not in alike
    ranked = str(report("trend_2021").required().to_dict())
    assert "按此人口约束更紧的是“2025年地区生产总值”" in ranked
    assert "按此人口约束更紧的是“2035年人均地区生产总值比2020年翻一番”" in ranked
