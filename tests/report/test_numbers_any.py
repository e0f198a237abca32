"""How numbers are written, whatever the value: signs, units, and nothing that is no number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futian_model.languages import LANGS
from futian_model.report.words.numbers import CHANCES, RULES, Number
from futian_model.report.words.styles import BOTH, NEITHER, Style

GAPS, SIZES = (
    sorted(rule for rule, held in RULES.items() if isinstance(held["en"], Style) and held["en"].sign == sign)
    for sign in (BOTH, NEITHER)
)
UNITS = {
    "zh": r"亿元|万元|万人|倍|个百分点|%|",
    "en": r"\xa0bn|\xa0million|\xa0points|\xa0times|%|st|nd|rd|th|",
}


@given(st.sampled_from(sorted({*RULES} - {*CHANCES})), st.sampled_from(LANGS), st.floats(-1e9, 1e9))
def test_a_sign_is_typographic_and_comes_first(rule: str, lang: str, value: float) -> None:
    text = Number(value, rule).text(lang)
    assert "-" not in text
    assert not re.search("[−+]", text[1:])


@given(st.sampled_from(SIZES), st.sampled_from(LANGS), st.floats(-1e9, 1e9))
def test_a_size_has_no_sign(rule: str, lang: str, value: float) -> None:
    assert not re.search("[-−+]", Number(value, rule).text(lang))


@given(st.sampled_from(sorted(RULES.keys() - {"odds"})), st.sampled_from(LANGS), st.floats(0, 1e9))
def test_a_number_is_digits_in_groups_and_a_unit(rule: str, lang: str, value: float) -> None:
    text = Number(value, rule).text(lang)
    digits = r"\d{1,3}(,\d{3})*(\.\d+)?|\d+(\.\d+)?"
    assert re.fullmatch(rf"[<>+]?(RMB\xa0)?({digits})({UNITS[lang]})", text), text


@given(st.sampled_from(GAPS), st.sampled_from(LANGS), st.floats(1e-9, 1e6))
def test_a_gap_and_its_opposite_differ_in_the_sign_alone(rule: str, lang: str, value: float) -> None:
    more, less = (Number(one, rule).text(lang) for one in (value, -value))
    assert more.replace("+", "") == less.replace("−", "")
    assert more.startswith("+") == less.startswith("−")


@pytest.mark.parametrize("value", [35.704, 35.696, 35.7])
def test_yuan_a_head_are_rounded_to_hundreds(value: float) -> None:
    assert Number(value, "per_capita").text("en") == "RMB\xa0357,000"
    assert Number(value + 0.01, "per_capita").text("en") == "RMB\xa0357,100"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "<1%"), (0.0099, "<1%"), (0.01, "1%"), (0.99, "99%"), (0.9901, ">99%"), (1, ">99%")],
)
def test_no_chance_is_none_or_all(value: float, text: str) -> None:
    assert {Number(value, "probability").text(lang) for lang in LANGS} == {text}
