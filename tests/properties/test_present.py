"""Time: where scenarios start, whom the years already published belong to, goals from any base year."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from futian_model import goals, load_evidence, load_scenario, simulate
from futian_model.errors import InputError, InputErrors
from futian_model.evidence import vintages
from futian_model.evidence.figures import month
from futian_model.scenario import builtin_scenarios
from futian_model.solver import solve

EVIDENCE = load_evidence()
TREND = load_scenario("evidence_trend", evidence=EVIDENCE)
JUMP = 5
"""Years from 2020 to 2025, the last year of which anything is published of the district."""
BASES = (2020, 2022, 2024, 2025)
OWN = """id: own
title: {zh: 自拟, en: Own}
description: {zh: 试验。, en: A trial.}
extends: evidence_trend
levers: {growth: {block: path, phases: [{start: 2021, end: 2035, growth_rate: 0.05}]}}
"""


def of(overrides="", name="evidence_trend", **choice):
    loaded = load_scenario(name, evidence=EVIDENCE, overrides=overrides)
    return simulate(loaded, EVIDENCE, draws=choice.pop("draws", 4000), **choice)


def with_rows(*rows):
    """The evidence with more rows of the district."""
    plain = EVIDENCE.observations.iloc[0].to_dict()
    more = [
        plain | {"geo": "futian", "unit": "%", "price_basis": "constant", "basis": ""} | row for row in rows
    ]
    both = pd.concat([EVIDENCE.observations, pd.DataFrame(more)], ignore_index=True)
    return dataclasses.replace(EVIDENCE, observations=both)


@pytest.mark.parametrize(
    ("vintage", "year"),
    [("2021", 2020), ("2022", 2021), ("2023-05", 2022), ("2025-12", 2024), ("2026", 2025)],
)
def test_the_jump_off_is_the_last_year_over_that_figures_tell_of(vintage, year):
    assert vintages.jump_off(EVIDENCE, 2020, vintage) == year


def test_the_newest_date_is_that_of_the_data_and_no_clock():
    assert vintages.latest(EVIDENCE) == max(EVIDENCE.observations["vintage"], key=month)
    assert TREND.assumptions.vintage == vintages.latest(EVIDENCE)
    later = with_rows({"indicator": "real_gdp_growth", "period": "2026", "value": 5.0, "vintage": "2027-02"})
    assert vintages.latest(later) == "2027-02"
    assert vintages.jump_off(later, 2020, "2027-02") == 2026


@pytest.mark.parametrize(
    "row",
    [
        {"indicator": "real_gdp_growth", "period": "2026H1", "value": 5.0, "vintage": "2026-08"},
        {"indicator": "population_census", "period": "2026", "value": 160.0, "vintage": "2026-08"},
    ],
    ids=["a half of the running year", "no figure of the economy"],
)
def test_what_says_nothing_of_a_whole_year_that_is_over_moves_no_jump_off(row):
    assert vintages.jump_off(with_rows(row), 2020, "2026") == 2025


@pytest.mark.parametrize("name", [file.stem for file in builtin_scenarios(EVIDENCE.project)])
def test_up_to_the_jump_off_every_scenario_is_the_evidence_with_its_doubt(name):
    own, evidence = of(name=name), of(name=name, reading="given_evidence")
    trend = of(name="evidence_trend")
    assert (own.jump_off, evidence.jump_off) == (2025, 2025)
    assert np.allclose(own.central["real_gdp"][: JUMP + 1], trend.central["real_gdp"][: JUMP + 1], rtol=1e-12)
    # growth up to there is what figures tell: the same draws in both readings
    told = slice(0, JUMP + 1)
    assert np.allclose(own.paths["real_gdp"][:, told], evidence.paths["real_gdp"][:, told], rtol=1e-9)
    assert own.at("real_gdp", 2025).std() > 50


def test_a_scenario_that_rewrites_published_years_says_so(tmp_path):
    assert of("assumptions.counterfactual=true").jump_off == 2020
    file = tmp_path / "own.yaml"
    file.write_text(OWN, "utf-8")
    with pytest.raises(
        InputErrors, match=r"start = 2021; allowed: 2026, after the last year.*counterfactual"
    ):
        load_scenario(file, evidence=EVIDENCE)
    file.write_text(OWN + "assumptions: {counterfactual: true}\n", "utf-8")
    rewritten = simulate(load_scenario(file, evidence=EVIDENCE), EVIDENCE, draws=10)
    assert rewritten.central["real_gdp"][1] == pytest.approx(rewritten.base.gdp * 1.05)
    judged = goals.within_reach(rewritten, EVIDENCE)
    assert {goal.year for goal in judged} == {2025, 2035}


def test_a_lever_moves_no_year_that_is_published():
    plain = of(draws=1).central["real_gdp"]
    asked = dataclasses.replace(EVIDENCE.goal("gdp_double_2035"), multiple=2.5)
    for shape in ("constant", "ramp", "step"):
        moved = solve(TREND, [asked], shape=shape, evidence=EVIDENCE).central["real_gdp"]
        assert np.allclose(moved[: JUMP + 1], plain[: JUMP + 1], rtol=1e-12)
        assert moved[-1] == pytest.approx(2.5 * plain[0])


def test_a_goal_whose_year_is_over_has_no_chance():
    result, over = of(), EVIDENCE.goal("gdp_2025")
    assert over not in goals.within_reach(result, EVIDENCE)
    with pytest.raises(InputError, match="a goal of a year after 2025; one whose year is over has a verdict"):
        result.probability(over)
    with pytest.raises(InputError, match="a year from 2026 to 2035"):
        solve(TREND, ["gdp_2025"], evidence=EVIDENCE)


def test_a_doubling_is_that_of_2020_from_any_base_year():
    # E1: from 2022 the goal was twice the GDP of 2022, 1,102.9 bn; twice that of 2020 is 989 to 1,022 bn
    asked, found = EVIDENCE.goal("gdp_double_2035"), {}
    for base in BASES:
        result = of(f"assumptions.base_year={base}", reading="given_evidence", draws=20_000)
        assert result.base.since.keys() == ({2020} if base != 2020 else set())
        found[base] = result.probability(asked)
    assert 9890 < of("assumptions.base_year=2022", draws=1).aim(asked).target < 10220
    # what the base level leaves in doubt differs by base, and with it up to three points of the chance
    assert max(found.values()) - min(found.values()) < 0.035


def test_a_level_is_put_into_the_prices_of_another_base_year():
    result, asked = of("assumptions.base_year=2024", draws=1), EVIDENCE.goal("gdp_2025")
    between = result.base.since[2020]
    level_2020 = EVIDENCE.figure("futian", "gdp", 2020, as_of="2026").value
    # 5948.82 (2024) at the prices of 2024 is the level of 2020 times real growth times prices
    assert level_2020 * between.volume * between.prices == pytest.approx(result.base.gdp)
    assert result.base.target(asked) == pytest.approx(6600 * between.prices)
    share = dataclasses.replace(asked, indicator="headquarters_share", value=0.55, unit="fraction")
    assert result.base.target(share) == 0.55


def test_what_has_no_figure_in_the_base_year_is_carried_on():
    result = of("assumptions.base_year=2025", draws=1)
    assert result.base.carried == {
        "gdp": 2024,
        "population_census": 2020,  # of 2023 an estimate is held, which the trend weighs
        "headquarters_share": 2022,
    }
    growth = of("assumptions.base_year=2024", draws=1).calibration
    grown = float(np.exp(growth.growth.centre[0] + growth.deflator.centre[0]))
    assert result.base.gdp == pytest.approx(5948.82 * grown)  # "over 6000" is a bound and no level
    with pytest.raises(
        InputError, match=r"assumptions\.base_year = 1985; allowed: a year with a GDP of futian"
    ):
        of("assumptions.base_year=1985; assumptions.horizon=2035")


def test_levels_at_current_prices_of_a_goal_are_what_they_are():
    asked = EVIDENCE.goal("gdp_2025").at_current_prices()
    result = of("assumptions.base_year=2024", draws=1)
    assert result.base.target(asked) == 6600
    doubled = EVIDENCE.goal("gdp_double_2035").at_current_prices()
    assert result.base.target(doubled) == pytest.approx(2 * EVIDENCE.figure("futian", "gdp", 2020).value)
    assert EVIDENCE.goal("high_tech_firms_2025").at_current_prices() is None
