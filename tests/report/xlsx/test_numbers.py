"""Numbers as cells: every rule of a report has a format that shows what the rule prints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futian_model.languages import LANGS
from futian_model.report.words.numbers import CHANCES, RULES, writer
from futian_model.report.words.styles import Odds, Style
from futian_model.report.writers.xlsx.numbers import parsed, shown

from .excel_formats import rendered

FACTORS = {("gdp", "en"): 0.1, ("per_capita", "en"): 1e4, ("people", "en"): 0.01}
COARSE = {"per_capita", "per_capita_bare", "per_capita_size", "per_capita_gap", "per_capita_gap_bare"}
"""Rules that round to a step no format can, in English."""
STEPS = {**CHANCES, "odds": 0.1}
"""Rules of a chance, by the step to which a cell is rounded; one is said in words elsewhere."""
VALUES = [6600.0, 10910.670759, 99.96, 35.7, 28.649, 1.0, 0.5498, 0.0657627, 0.9999, 0.995, 0.004, 0.0, -0.0]
VALUES += [-9.1e-13, 2.5e-9, -0.0131, -0.00004, -97.616, -1310.67, 167.83216, 2020.0, 0.125, 4562.5]


def printed(value: float, rule: str, lang: str) -> str:
    """What a cell is to show: as the rule prints it, and a chance said in words to tens of per cent."""
    in_words = isinstance(RULES[rule][lang], Odds)
    return RULES["probability_ten" if in_words else rule][lang](value)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("value", VALUES)
def test_a_cell_shows_what_the_rule_prints(rule: str, lang: str, value: float) -> None:
    cell = shown(value, rule, lang)
    assert rendered(*cell) == printed(value, rule, lang)


@given(st.floats(-1e6, 1e6), st.sampled_from(sorted(RULES)), st.sampled_from(LANGS))
def test_any_number_does(value: float, rule: str, lang: str) -> None:
    assert rendered(*shown(value, rule, lang)) == printed(value, rule, lang)


def factor(rule: str, lang: str) -> float:
    """Units shown in one of the library's; a per cent sign makes hundredths of them again."""
    style = writer(rule, lang)
    percent = not isinstance(style, Style) or style.suffix == "%"
    return 1.0 if percent else style.scaled(1.0)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("rule", RULES)
def test_a_cell_holds_the_number_in_the_unit_shown(rule: str, lang: str) -> None:
    value = 0.37371
    held = shown(value, rule, lang).value
    if rule in COARSE and lang == "en":
        assert held == pytest.approx(3700.0)
    elif (step := STEPS.get(rule, 0.0)) > 0.01:
        assert held == pytest.approx(round(value / step) * step)
    else:
        assert held == pytest.approx(value * factor(rule, lang), rel=1e-15)


def test_units_that_are_shown() -> None:
    for (stem, lang), units in FACTORS.items():
        for rule in (stem, f"{stem}_bare"):
            assert factor(rule, lang) == units
            assert factor(rule, "zh") == 1.0
    assert {factor(rule, lang) for rule in ("points", "growth_points", "size_points") for lang in LANGS} == {
        100.0
    }
    assert {factor(rule, lang) for rule in ("share", "growth", "probability", "count") for lang in LANGS} == {
        1.0
    }
    assert shown(6600.0, "gdp", "en").value == 660.0


def test_a_sign_follows_a_number_that_is_changed() -> None:
    form = shown(1310.67, "gdp_gap", "en").format
    assert [rendered(value, form) for value in (131.0, -131.0)] == [
        "+RMB\xa0131.0\xa0bn",
        "−RMB\xa0131.0\xa0bn",
    ]
    assert rendered(-0.25, shown(0.25, "share", "zh").format) == "−25.0%"


@pytest.mark.parametrize(
    ("text", "value", "seen"),
    [
        ("0.25", 0.25, "0.25"),
        ("1,234.50", 1234.5, "1,234.50"),
        ("-3", -3.0, "-3"),
        ("−3.2%", -0.032, "−3.2%"),
        ("12%", 0.12, "12%"),
        ("39.0亿元", 39.0, "39.0亿元"),
        ("0", 0.0, "0"),
        ("123456789012345", 123456789012345.0, "123456789012345"),
    ],
)
def test_what_plainly_is_a_number_is_read_as_one(text: str, value: float, seen: str) -> None:
    cell = parsed(text, "zh")
    assert cell is not None
    assert cell.value == pytest.approx(value)
    assert rendered(*cell) == seen


def test_units_are_those_of_the_language() -> None:
    english = parsed("RMB\xa03.9\xa0bn", "en")
    assert english is not None
    assert (english.value, rendered(*english)) == (3.9, "RMB\xa03.9\xa0bn")
    assert parsed("RMB\xa03.9\xa0bn", "zh") is None
    assert parsed("39.0亿元", "en") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "007",
        "+1",
        "=1",
        "@1",
        "4800左右",
        "≥85",
        "1e5",
        "1.",
        ".5",
        "1,23",
        "12 %",
        "NaN",
        "2020-01",
        "1234567890123456",
    ],
)
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert parsed(text, "zh") is None


@pytest.mark.parametrize("rule", ["change_size", "growth_size", "size_growth_points"])
def test_a_size_has_no_sign_in_the_cell_either(rule: str) -> None:
    assert shown(-0.012345, rule, "zh") == shown(0.012345, rule, "zh")
