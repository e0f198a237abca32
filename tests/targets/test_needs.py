"""Need and possibility at every level, against the goals they are counted back from."""

import dataclasses

import numpy as np
import pytest

from futian_model import assess, load_evidence, load_scenario, simulate
from futian_model.errors import InputError
from futian_model.results import COLUMNS
from futian_model.targets.needs import LINES, NEED, ahead, need_frame, needs

EVIDENCE = load_evidence()
TREND = load_scenario("evidence_trend", evidence=EVIDENCE)
RESULT = simulate(TREND, EVIDENCE, reading="given_evidence", draws=4000, seed=1)
YEARS = (2026, 2030, 2035)
FOUND = {(one.role, one.year): one for one in needs(RESULT, EVIDENCE, YEARS)}


def published(geo, indicator, year):
    return float(EVIDENCE.series(geo, indicator).table["value"][year])


def test_the_city_needs_what_leads_from_its_gdp_of_2025_to_five_trillion():
    expected = (50_000 / published("shenzhen", "gdp", 2025)) ** (1 / 5) - 1
    for year in (2026, 2030):
        assert FOUND["city", year].needed == pytest.approx(expected, abs=1e-4)
        assert FOUND["city", year].goal.name == "shenzhen_gdp_2030"
    assert FOUND["city", 2030].low == FOUND["city", 2030].needed


def test_a_doubling_needs_what_is_left_after_the_growth_published_since():
    years = range(2021, 2026)
    so_far = np.prod([1 + published("shenzhen", "real_gdp_growth", year) for year in years])
    assert FOUND["city", 2035].needed == pytest.approx((2 / so_far) ** (1 / 10) - 1, abs=2e-4)


def test_the_nation_needs_about_what_the_official_reader_counts():
    # growth_paths.csv, china_2035_required_2025: 4.17 % for its goal in dollars, people falling 0.2 % a year
    paths = EVIDENCE.paths.set_index("path")
    told = float(paths.loc["china_2035_required_2025", "central"])
    assert FOUND["nation", 2035].needed == pytest.approx(told, abs=0.003)
    assert FOUND["nation", 2035].goal.indicator == "real_gdp_per_capita"


def test_the_district_needs_what_its_goals_require_and_has_their_chance():
    goals = [EVIDENCE.goal(name) for name in ("gdp_double_2035", "gdp_per_capita_double_2035")]
    required = {goal.name: assess(RESULT, goal).required_growth for goal in goals}
    own = FOUND["district", 2035]
    assert own.needed == max(required.values())
    assert required[own.goal.name] == own.needed
    assert own.chance.value == RESULT.probability(own.goal)


def test_announced_targets_are_those_published():
    assert (FOUND["nation", 2026].low, FOUND["nation", 2026].high) == (0.045, 0.05)
    assert (FOUND["city", 2026].low, FOUND["city", 2026].high) == (0.05, 0.05)
    assert np.isnan(FOUND["district", 2026].low)


def test_mark_ups_compare_like_with_like():
    for (role, year), own in FOUND.items():
        above = {"city": "nation", "district": "city"}.get(role)
        if above is None:
            assert np.isnan(own.mark_up)
            continue
        over = FOUND[above, year]
        both = own.low - over.low if own.by == "official" else own.needed - over.needed
        assert own.mark_up == both
        assert (own.by == "official") == (np.isfinite(own.low) and np.isfinite(over.low))


def test_more_chance_is_less_growth_and_the_need_lies_where_its_chance_says():
    for own in FOUND.values():
        growth = [own.possible[chance].value for chance in (0.9, 0.7, 0.5)]
        assert growth == sorted(growth)
        for chance, possible in own.possible.items():
            if abs(own.chance.value - chance) > 0.03:  # a goal's chance is of its level, a hair off
                assert (own.needed <= possible.value) == (own.chance.value >= chance)


@pytest.mark.parametrize("year", YEARS)
def test_the_ladder_says_of_the_district_what_the_draws_do(year):
    """Nation and city are told by the ladder alone: where both tell, they agree."""
    mean, sd = ahead(RESULT, 2, year)
    own = FOUND["district", year].possible
    for chance, normal in ((0.9, -1.2816), (0.7, -0.5244), (0.5, 0.0)):
        assert own[chance].value == pytest.approx(np.expm1(mean + normal * sd), abs=0.002)


def test_a_vintage_sees_no_goal_and_no_target_of_later():
    then = load_scenario("trend_2021", evidence=EVIDENCE)
    result = simulate(then, EVIDENCE, reading="given_evidence", draws=400)
    found = {(one.role, one.year): one for one in needs(result, EVIDENCE, [2021, 2030, 2035])}
    assert found["nation", 2035].goal is None
    assert np.isnan([found["nation", 2035].needed, found["nation", 2035].chance.value]).all()
    assert found["city", 2030].goal.name == "shenzhen_gdp_double_2035"  # announced in 2021
    assert np.isnan(found["city", 2030].low)
    assert found["nation", 2021].low == 0.06


def test_answers_are_rows_of_the_results_table():
    table = need_frame(RESULT, FOUND.values())
    assert tuple(table) == COLUMNS
    assert set(table["reading"]) == {NEED}
    assert table["value"].notna().all()
    assert not table.duplicated(["year", "statistic", "case"]).any()
    cell = table.set_index(["year", "statistic", "case"])["value"]
    assert cell[2030, "growth", "place=shenzhen;chance=70"] == FOUND["city", 2030].possible[0.7].value


@pytest.mark.parametrize(
    ("choice", "field"),
    [
        ({"years": [2025]}, "year"),
        ({"years": [2036]}, "year"),
        ({"chances": [1.0]}, "chance"),
        ({"chances": [0.999]}, "draws"),
        ({"result": simulate(TREND, EVIDENCE, draws=2000)}, "reading"),
    ],
)
def test_what_cannot_be_told_is_refused(choice, field):
    asked = {"result": RESULT, "evidence": EVIDENCE, "years": YEARS, "chances": LINES.values()} | choice
    with pytest.raises(InputError) as fault:
        needs(**asked)
    assert fault.value.field == field


def test_a_place_without_goals_has_possibility_alone():
    none = dataclasses.replace(EVIDENCE, plan_goals=EVIDENCE.plan_goals.iloc[:0])
    (nation, city, district) = needs(RESULT, none, [2030])
    for own in (nation, city, district):
        assert own.goal is None
        assert np.isnan(own.needed)
        assert len(own.possible) == len(LINES)
