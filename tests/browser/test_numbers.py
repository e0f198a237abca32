"""The pages' script writes numbers as the reports do."""

import random

import pytest
from playwright.sync_api import Page

from futian_model.explorer.page import script
from futian_model.languages import LANGS
from futian_model.report.page.display import NUMBERS, template_file
from futian_model.report.words.numbers import RULES, page_styles
from futian_model.report.words.styles import Style

STYLED = [rule for rule, held in RULES.items() if all(type(style) is Style for style in held.values())]
RANDOM = random.Random(22)
HALVES = [sign * count / 2**power for power in range(6) for count in range(1, 400) for sign in (1, -1)]
"""Where two roundings differ: every number of a few binary digits, which decimal digits end exactly."""
LARGE = [sign * step * (count + 0.5) for step in (1, 10, 100) for count in range(300) for sign in (1, -1)]
SPREAD = [RANDOM.uniform(-1, 1) * 10 ** RANDOM.uniform(-9, 9) for _ in range(3600)]
VALUES = [0.0, -0.0, 4800.5, 99.95, 99.96, 35.705, 1e-12, 1e15, *HALVES, *LARGE, *SPREAD]


WRITE = "([values, styles]) => styles.map(style => values.map(value => written(value, style)))"


@pytest.mark.thorough
def test_ten_thousand_numbers_are_written_alike(page: Page) -> None:
    assert len(VALUES) > 10_000
    alike = {str(RULES[rule][lang].bare): (rule, lang) for rule in STYLED for lang in LANGS}
    page.set_content("<p>")
    page.add_script_tag(content=template_file(NUMBERS))
    told = page.evaluate(WRITE, [VALUES, [RULES[rule][lang].to_dict() for rule, lang in alike.values()]])
    for (rule, lang), texts in zip(alike.values(), told, strict=True):
        wanted = map(RULES[rule][lang], VALUES)
        assert [pair for pair in zip(VALUES, texts, wanted, strict=True) if pair[1] != pair[2]] == [], rule


def test_every_rule_has_its_words(page: Page) -> None:
    values, styles = [-1234.56, 0.0, 1234.56], page_styles(STYLED, LANGS)
    page.set_content("<p>")
    page.add_script_tag(content=template_file(NUMBERS))
    for lang in LANGS:
        told = page.evaluate(WRITE, [values, [styles[rule][lang] for rule in STYLED]])
        assert told == [[RULES[rule][lang](value) for value in values] for rule in STYLED]


def test_the_explorer_has_the_same_rules(page: Page) -> None:
    page.set_content("<p>")
    page.add_script_tag(content=script() + "\nwindow.written = written;", type="module")
    page.wait_for_function("window.written !== undefined")  # a module runs when it pleases
    values, style = [4800.5, 4801.5, 4802.5], page_styles(["gdp"], ["zh"])["gdp"]["zh"]
    (told,) = page.evaluate(WRITE, [values, [style]])
    assert told == [RULES["gdp"]["zh"](value) for value in values]
