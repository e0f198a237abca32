"""Figures to come: what they would make of a chance, against the evidence read again with them."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, norm
from trials import COLUMNS as TRIED
from trials import WITHIN, Awaited, published, reliability, trials

from futian_model import load_evidence, load_scenario, settles, simulate, warning
from futian_model.calibration.missing import GROWTH
from futian_model.errors import InputError, UnknownName
from futian_model.results import COLUMNS
from futian_model.targets import frame
from futian_model.targets.requests import expected_doubt
from futian_model.targets.signals import PEOPLE, noise

EVIDENCE = load_evidence()
TREND = load_scenario("evidence_trend", evidence=EVIDENCE)
DRAWS, SEED = 4000, 3
RESULT = simulate(TREND, EVIDENCE, reading="given_evidence", draws=DRAWS, seed=SEED)
GDP, PER_HEAD = EVIDENCE.goal("gdp_double_2035"), EVIDENCE.goal("gdp_per_capita_double_2035")
SHARE = dataclasses.replace(EVIDENCE.goal("headquarters_share_2025"), year=2030, value=0.5)
FIGURES = [
    # at about one time in ten lower, the middle, and one time in ten higher
    (GDP, GROWTH, "2026", (0.025, 0.055, 0.085)),
    (PER_HEAD, GROWTH, "2026H1", (0.015, 0.05, 0.09)),
    (PER_HEAD, PEOPLE, "2026", (143.0, 158.0, 175.0)),
    (SHARE, "headquarters_share", "2026", (0.45, 0.5, 0.56)),
]


def with_figure(indicator, period, value):
    """The result of the evidence with the district's figure published."""
    return published(RESULT, EVIDENCE, indicator, period, value)


@pytest.mark.parametrize(("goal", "indicator", "period", "values"), FIGURES)
def test_the_chance_foreseen_is_the_chance_once_the_figure_is_put_in(goal, indicator, period, values):
    signal = warning(RESULT, EVIDENCE, goal, period, indicator)
    for value in values:
        again = with_figure(indicator, period, value).probability(goal)
        assert signal.chance_at(value) == pytest.approx(again, abs=0.03)


def test_histories_publish_what_their_draws_say_and_come_to_the_chance_foreseen():
    """A handful; `make warnings` puts in a hundred of each figure."""
    awaited = [Awaited(GDP, "2026"), Awaited(SHARE, "2026", "headquarters_share")]
    table = trials(RESULT, EVIDENCE, awaited, (7, 8))
    assert list(table) == TRIED
    assert ((table["foreseen"] - table["came"]).abs() <= WITHIN).all()
    drawn = RESULT.at("headquarters_share", 2026)[[7, 8]]
    assert table.loc[table["goal"] == SHARE.name, "value"].tolist() == pytest.approx(list(drawn), abs=1e-3)
    grown = RESULT.at("real_gdp", 2026) / RESULT.at("real_gdp", 2025) - 1
    # as it is published: what the draw grows by, give or take revision
    assert table["value"][:2].tolist() == pytest.approx(list(grown[[7, 8]]), abs=0.02)


def test_reliability_by_hand():
    rows = [
        ("goal", GROWTH, "2026", at, 0.05, foreseen, 0.5) for at, foreseen in enumerate((0.5, 0.529, 0.6))
    ]
    told = reliability(pd.DataFrame(rows, columns=TRIED)).iloc[0]
    assert told["histories"] == 3
    assert told["within"] == pytest.approx(2 / 3)
    assert (told["miss"], told["largest"]) == (pytest.approx(0.129 / 3), pytest.approx(0.1))


def test_put_in_at_the_mark_the_figure_leaves_the_chance_of_the_mark():
    signal = warning(RESULT, EVIDENCE, GDP, "2026", below=0.55, above=0.8)
    for mark in (signal.below, signal.above):
        again = with_figure(GROWTH, "2026", mark.figure.value).probability(GDP)
        assert again == pytest.approx(mark.chance, abs=0.03)


@pytest.mark.parametrize(("goal", "indicator", "period", "values"), FIGURES)
def test_a_chance_is_the_mean_of_what_figures_would_make_of_it(goal, indicator, period, values):
    """Law of total probability over the figures that the draws expect."""
    signal = warning(RESULT, EVIDENCE, goal, period, indicator)
    likely = [warning(RESULT, EVIDENCE, goal, period, indicator, below=p, above=p) for p in PARTS]
    # chance of falling under a mark, integrated over marks, is the mean of what is above the chance
    falls = np.array([one.below.likely for one in likely])
    assert 1 - falls.mean() == pytest.approx(signal.chance, abs=0.02)


PARTS = (np.arange(40) + 0.5) / 40


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_marks_lie_where_the_chance_passes_them(one, other):
    low, high = sorted((one, other))
    for goal, indicator, period, *_ in FIGURES[:3]:
        signal = warning(RESULT, EVIDENCE, goal, period, indicator, below=low, above=high)
        for mark in (signal.below, signal.above):
            assert signal.chance_at(mark.figure.value) == pytest.approx(mark.chance, abs=2 / DRAWS)
        assert signal.helps == (indicator != PEOPLE)
        assert (
            signal.above.figure.value >= signal.below.figure.value
        ) == signal.helps or low == pytest.approx(high)
        assert signal.below.likely <= signal.above.likely
        assert signal.chance == RESULT.probability(goal)


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({"period": "2019"}, "period"),
        ({"period": "2036"}, "period"),
        ({"period": "next"}, "period"),
        ({"period": "2026Q5"}, "period"),
        ({"period": "2026", "below": 0.0}, "below"),
        ({"period": "2026", "above": 1.0}, "above"),
        ({"period": "2026", "below": 0.9}, "below"),
        ({"period": "2026", "above": 0.999}, "draws"),
        ({"period": "2026", "indicator": PEOPLE}, "indicator"),
        ({"period": "2026", "indicator": "headquarters_share"}, "indicator"),
        ({"period": "2020", "indicator": PEOPLE, "goal": PER_HEAD}, "period"),  # the year of the last count
        ({"period": "2026H1", "indicator": PEOPLE, "goal": PER_HEAD}, "period"),
        ({"period": "2026", "goal": GDP.at_current_prices()}, f"goal {GDP.name}"),
        ({"period": "2026", "goal": dataclasses.replace(GDP, operator="=")}, f"goal {GDP.name}"),
        ({"period": "2026", "result": simulate(TREND, EVIDENCE, draws=2000)}, "reading"),
    ],
)
def test_a_figure_that_cannot_ring_is_refused(choice, field):
    asked = {"result": RESULT, "evidence": EVIDENCE, "goal": GDP} | choice
    with pytest.raises(InputError) as fault:
        warning(**asked)
    assert fault.value.field == field


def test_a_request_for_what_the_calibration_cannot_tell_is_refused():
    with pytest.raises(InputError, match="real_gdp_per_capita"):
        settles(RESULT, EVIDENCE, GDP.at_current_prices())


def test_a_figure_that_nobody_publishes_is_refused():
    with pytest.raises(UnknownName):
        warning(RESULT, EVIDENCE, GDP, "2026", "gdp_growth")


def test_a_figure_that_is_published_rings_no_more():
    after = with_figure(GROWTH, "2026", 0.05)
    settings = after.scenario.assumptions
    assert settings.vintage == "2027-01"
    with pytest.raises(InputError, match="without a published"):
        warning(after, EVIDENCE, GDP, "2026")


def test_what_a_normal_leaves_open_is_owens():
    for chance in (0.1, 0.5, 0.73):
        for explained in (0.0, 0.2, 0.9):
            both = multivariate_normal([0, 0], [[1, explained], [explained, 1]])
            z = norm.ppf(chance)
            expected = chance - float(both.cdf([z, z]))
            assert expected_doubt(chance, explained) == pytest.approx(expected, abs=1e-4)
    assert expected_doubt(1.0, 0.5) == 0.0


@given(st.floats(0.001, 0.999), st.floats(0, 1), st.floats(0, 1))
def test_a_figure_that_explains_more_leaves_less(chance, one, other):
    less, more = sorted((one, other))
    assert expected_doubt(chance, more) <= expected_doubt(chance, less) + 1e-12
    assert expected_doubt(chance, less) <= chance * (1 - chance) + 1e-12


def test_the_request_list_agrees_with_the_draws():
    """The doubt that the growth of a missing year leaves, by the figures that the draws expect of it."""
    missing = {(one.figure, one.first, one.last): one for one in settles(RESULT, EVIDENCE, GDP)}
    row = missing[GROWTH, 2024, 2024]
    signal = warning(RESULT, EVIDENCE, GDP, "2024")
    figures = np.log(RESULT.at("real_gdp", 2024) / RESULT.at("real_gdp", 2023))
    chances = np.array([signal.chance_at(float(np.expm1(one))) for one in figures[:1000]])
    assert float((chances * (1 - chances)).mean()) == pytest.approx(row.doubt_known, abs=0.01)


def test_the_population_is_what_to_ask_for_first():
    found = settles(RESULT, EVIDENCE, PER_HEAD)
    assert [one.doubt_known for one in found] == sorted(one.doubt_known for one in found)
    assert found[0].figure == "population"
    assert 0 < found[-1].gone < found[0].gone < found[0].variance_gone < 1
    assert found[0].doubt == pytest.approx(found[0].chance * (1 - found[0].chance))


def test_answers_are_rows_of_the_results_table():
    signal = warning(RESULT, EVIDENCE, PER_HEAD, "2026", PEOPLE)
    table = frame(RESULT, [signal, *settles(RESULT, EVIDENCE, PER_HEAD)])
    assert tuple(table) == COLUMNS
    assert not table.duplicated(["indicator", "year", "statistic", "case"]).any()
    marks = table[table["statistic"] == "figure"]
    assert set(marks["unit"]) == {"万人"}
    assert list(marks["value"]) == [signal.below.figure.value, signal.above.figure.value]


def test_noise_is_keyed_by_name_and_the_results_key():
    assert (noise(RESULT, "one") == noise(RESULT, "one")).all()
    assert abs(np.corrcoef(noise(RESULT, "one"), noise(RESULT, "other"))[0, 1]) < 0.1
    assert len(noise(RESULT, "one")) == DRAWS
