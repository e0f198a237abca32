"""No number of a report can be changed, in its value or in its sentence, without a refusal."""

import copy
import math
import re
from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest

from futian_model.report.page.binding import NUMBER, disagreements, numbers
from futian_model.report.words.numbers import RULES

from .conftest import Report, blocks

Made = tuple[str, pd.DataFrame, list[dict[str, Any]]]
CASES = [(scenario, lang) for scenario in ("trend_2021", "plan_targets") for lang in ("zh", "en")]


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def made(request: pytest.FixtureRequest, report: Report) -> Made:
    """Language, results and blocks of a report."""
    one = report(*request.param)
    return one.lang, one.material.results, blocks(one)


def sentences(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict) and set(content) == {"text", "numbers"}:
        yield content
    elif isinstance(content, dict):
        for inner in content.values():
            yield from sentences(inner)
    elif isinstance(content, list):
        for inner in content:
            yield from sentences(inner)


def test_the_last_bit_of_every_number_counts(made: Made) -> None:
    lang, results, content = made
    content = copy.deepcopy(content)
    found = [number for number in numbers(content) if number["key"] is not None]
    for number in found:
        number["value"] = math.nextafter(number["value"], math.inf)
        number["text"] = RULES[number["rule"]][lang](number["value"])
    told = [fault for fault in disagreements(content, results) if "on the page" in fault]
    assert len(told) == len(found) > 200


def test_no_number_can_be_printed_otherwise(made: Made) -> None:
    _, results, content = made
    content = copy.deepcopy(content)
    found = list(numbers(content))
    for number in found:
        number["text"] += "0"
    told = [fault for fault in disagreements(content, results) if "as rule" in fault]
    assert len(told) == len(found)


@pytest.mark.parametrize("value", [math.nan, math.inf, None, "8791"])
def test_what_is_no_number_is_refused(report: Report, value: object) -> None:
    made = report("trend_2021")
    content = made.answer().to_dict()
    next(number for number in numbers(content) if number["key"] is not None)["value"] = value
    told = disagreements([content], made.material.results)
    assert any(fault.endswith(f"{value} is not a number") for fault in told)


def test_no_number_can_leave_its_sentence(made: Made) -> None:
    lang, results, content = made
    unnoticed = []
    for sentence in sentences(content):
        for number in sentence["numbers"]:
            assert set(number) == NUMBER
            whole = rf"(?<![\d.,]){re.escape(number['text'])}(?!\d)"
            text = re.sub(whole, "…", sentence["text"], count=1)
            assert text != sentence["text"]
            block = {"type": "prose", "lang": lang, "sentences": [{**sentence, "text": text}]}
            if not disagreements([block], results):
                unnoticed.append((number["rule"], text))
    # a calendar year may stand a second time, in the name of a goal
    assert [one for one in unnoticed if one[0] != "year"] == []


def test_a_goal_s_gap_cannot_be_changed(report: Report) -> None:
    made = report("stagnation")
    answer = copy.deepcopy(made.answer().to_dict())
    (sentence,) = [one for one in sentences(answer) if "缺口" in one["text"]]
    sentence["text"] = re.sub(r"(?<=缺口)\d", "9", sentence["text"], count=1)
    assert disagreements([answer], made.material.results) != []
