"""Targets with a chance: levels, pairs and efforts that have the chance they are said to have."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from futian_model import at_chance, effort, front, load_evidence, load_scenario, simulate
from futian_model.errors import InputError, UnknownName
from futian_model.results import COLUMNS
from futian_model.targets import Variable, frame, regret, settles, together, warning
from futian_model.targets.draws import IN_TAIL, margins, meets, quantile

EVIDENCE = load_evidence()
TREND = load_scenario("evidence_trend", evidence=EVIDENCE)
DRAWS = 2000


def drawn(seed=1, scenario=TREND, draws=DRAWS, reading="given_evidence", **more):
    return simulate(scenario, EVIDENCE, reading=reading, draws=draws, seed=seed, **more)


RESULT, OTHER = drawn(), drawn(seed=2)
THEN = drawn(scenario=load_scenario("trend_2021", evidence=EVIDENCE))
GDP, PER_HEAD = EVIDENCE.goal("gdp_double_2035"), EVIDENCE.goal("gdp_per_capita_double_2035")
VARIABLES = st.builds(
    Variable,
    st.sampled_from(["real_gdp", "real_gdp_per_capita", "headquarters_share", "nominal_gdp"]),
    st.integers(2026, 2035),
    st.sampled_from(["≥", "≤", "="]),
)
CHANCE = st.floats(0.02, 0.98)


def asks(target, result=RESULT):
    """Which draws meet a target."""
    values = result.at(target.variable.indicator, target.variable.year)
    inside = np.ones(len(values), bool)
    for end in target.ends:
        inside &= values >= end.level.value if end.operator == "≥" else values <= end.level.value
    return inside


@given(VARIABLES, CHANCE)
def test_a_target_has_its_chance_in_its_own_draws_and_in_others(variable, chance):
    (target,) = at_chance(RESULT, variable, [chance])
    assert asks(target).mean() == pytest.approx(chance, abs=2 / DRAWS)
    error = np.sqrt(2 * chance * (1 - chance) / DRAWS)
    assert asks(target, OTHER).mean() == pytest.approx(chance, abs=5 * error)


@given(VARIABLES, CHANCE, CHANCE)
def test_more_chance_asks_less(variable, one, other):
    bold, safe = at_chance(RESULT, variable, sorted((one, other)))
    for ends in zip(bold.ends, safe.ends, strict=True):
        for levels in ([end.level.value for end in ends], [end.growth.value for end in ends]):
            assert (levels[0] - levels[1]) * (1 if ends[0].operator == "≥" else -1) >= 0


def test_growth_leads_to_the_level_where_the_start_is_certain():
    # as the end of 2021 saw it, every draw starts from the published base year
    (target,) = at_chance(THEN, Variable("real_gdp", 2030), [0.7])
    (end,) = target.ends
    years = 2030 - THEN.jump_off
    assert THEN.jump_off == THEN.years[0]
    assert THEN.base.gdp * (1 + end.growth.value) ** years == pytest.approx(end.level.value, rel=1e-6)


def test_a_quantile_of_normal_draws_has_the_error_of_the_textbook():
    chance, draws = 0.8, 40_000
    values = norm.ppf((np.arange(draws) + 0.5) / draws)
    found = quantile(values, chance)
    at = norm.ppf(chance)
    assert found.value == pytest.approx(at, abs=1e-3)
    # Kendall and Stuart: sqrt(p (1 - p) / n) over the density
    assert found.se == pytest.approx(np.sqrt(chance * (1 - chance) / draws) / norm.pdf(at), rel=0.02)


@given(st.integers(2026, 2035), st.floats(0.1, 1))
def test_beside_a_goal_the_chance_is_of_both_and_the_target_no_higher(year, part):
    variable = Variable("real_gdp", year)
    # up to the most that the goal beside it leaves
    chance = part * (meets(RESULT, [PER_HEAD]).mean() - IN_TAIL / DRAWS)
    (both,) = at_chance(RESULT, variable, [chance], [PER_HEAD])
    (alone,) = at_chance(RESULT, variable, [chance])
    assert (asks(both) & meets(RESULT, [PER_HEAD])).mean() == pytest.approx(chance, abs=2 / DRAWS)
    assert both.ends[0].level.value <= alone.ends[0].level.value + 1e-9


@given(st.integers(200, DRAWS - 100))
def test_the_most_that_goals_beside_it_leave_is_allowed_as_printed(met):
    level = float(np.sort(RESULT.at("real_gdp", 2035))[DRAWS - met])
    beside = [dataclasses.replace(GDP, value=level, multiple=np.nan)]
    variable = Variable("real_gdp", 2030)
    with pytest.raises(InputError, match="alone have") as fault:
        at_chance(RESULT, variable, [0.99], beside)
    most = float(fault.value.allowed.split()[2].rstrip(":"))
    assert most == pytest.approx((met - IN_TAIL) / DRAWS, abs=1.1e-3)
    assert at_chance(RESULT, variable, [most], beside)


@given(st.lists(VARIABLES, min_size=1, max_size=3), CHANCE)
def test_targets_together_share_the_risk_alike(variables, chance):
    found = together(RESULT, variables, chance)
    met = [asks(one) for one in found.targets]
    assert np.all(met, axis=0).mean() == pytest.approx(chance, abs=(2 + 2 * len(variables)) / DRAWS)
    for one in met:
        assert one.mean() == pytest.approx(found.own.value, abs=2 / DRAWS)
        assert one.mean() >= np.all(met, axis=0).mean()
    assert found.own.value >= chance - 1 / DRAWS


@pytest.mark.parametrize("chance", [0.3, 0.5])
def test_every_pair_of_a_front_holds_at_its_chance(chance):
    found = front(RESULT, GDP, PER_HEAD, chance, points=9)
    first, second = (RESULT.at(goal.indicator, goal.year) for goal in found.plan)
    for pair in found.pairs:
        both = (first >= pair.first) & (second >= pair.second.value)
        assert both.mean() == pytest.approx(chance, abs=2 / DRAWS)
        assert min(pair.first_chance, pair.second_chance) >= both.mean()
    # asking more of the first leaves less for the second
    assert (np.diff([pair.first for pair in found.pairs]) > 0).all()
    assert (np.diff([pair.second.value for pair in found.pairs]) <= 0).all()
    assert found.plan_chance == RESULT.together([GDP, PER_HEAD])[0]
    assert found.inside == (found.plan_chance >= chance)
    # the mark agrees with the curve: beside the plan's first target the front allows its second, or not
    (beside,) = at_chance(RESULT, Variable.of(PER_HEAD), [chance], [GDP])
    assert found.inside == (beside.ends[0].level.value >= RESULT.aim(PER_HEAD).target)


def test_a_front_marks_both_an_inner_and_an_outer_pair():
    assert front(RESULT, GDP, PER_HEAD, 0.3).inside
    assert not front(RESULT, GDP, PER_HEAD, 0.65).inside


def test_growth_that_a_chance_takes_has_a_closed_form():
    found = effort(RESULT, EVIDENCE, GDP, 0.8)
    short = -float(np.quantile(margins(RESULT, GDP), 0.2))
    assert (found.status, found.simulations) == ("met", 1)
    assert found.amplitude == pytest.approx(short / (2035 - RESULT.jump_off), rel=1e-6)
    assert found.reached == pytest.approx(0.8, abs=1 / DRAWS)


@pytest.mark.parametrize(
    ("goal", "lever", "scenario", "reading"),
    [
        (PER_HEAD, "population", "evidence_trend", "given_evidence"),
        (GDP, "investment_share", "three_engines", "given_evidence"),
        (GDP, "tfp_growth", "three_engines", "given_evidence"),
        (GDP, "entry", "headquarters_leave", "given_evidence"),
        (PER_HEAD, "growth", "stagnation", "given_scenario"),
        (GDP, "entry", "headquarters_leave", "given_scenario"),
    ],
)
def test_every_lever_reaches_the_chance_in_draws_of_another_key(goal, lever, scenario, reading):
    own = load_scenario(scenario, evidence=EVIDENCE)
    result = drawn(scenario=own, reading=reading)
    found = effort(result, EVIDENCE, goal, 0.8, lever, bounds=(-0.2, 0.2))
    assert found.status == "met"
    assert found.reached == pytest.approx(0.8, abs=2 * found.reached_se)
    assert found.before < 0.8
    if reading == "given_scenario":  # the lever moves the drivers themselves: drawn by another key
        path = np.where(result.years[1:] > result.jump_off, found.amplitude, 0.0)
        other = drawn(seed=7, scenario=own, reading=reading, added={lever: path})
        assert other.probability(goal) == pytest.approx(0.8, abs=5 * np.sqrt(2) * found.reached_se)


@settings(max_examples=10)
@given(st.floats(0.75, 0.95), st.floats(0.75, 0.95))
def test_more_chance_takes_more(one, other):
    least, most = sorted((one, other))
    found = [effort(RESULT, EVIDENCE, GDP, chance).amplitude for chance in (least, most)]
    assert found[0] <= found[1] + 1e-12


def test_out_of_bounds_says_what_binds_and_the_chance_that_is_reached():
    found = effort(RESULT, EVIDENCE, GDP, 0.95, bounds=(-0.01, 0.005))
    assert (found.status, found.binding, found.limit) == ("not_within_bounds", "bounds", 0.005)
    assert np.isnan(found.amplitude)
    path = np.where(RESULT.years[1:] > RESULT.jump_off, 0.005, 0.0)
    assert drawn(added={"growth": path}).probability(GDP) == found.reached
    assert found.before < found.reached < 0.95


def test_a_levers_own_range_binds():
    # nobody can come less than not at all
    own = load_scenario("headquarters_leave", evidence=EVIDENCE)
    less = dataclasses.replace(GDP, operator="≤")
    found = effort(drawn(scenario=own), EVIDENCE, less, 0.9, "entry", bounds=(-0.2, 0.2))
    assert (found.status, found.binding, found.limit) == ("not_within_bounds", "range", 0.0)


def test_a_goal_that_is_certain_already_takes_nothing():
    sure = dataclasses.replace(GDP, value=100.0, multiple=np.nan)
    found = effort(RESULT, EVIDENCE, sure, 0.9)
    assert (found.status, found.amplitude, found.before, found.simulations) == (
        "met_at_baseline",
        0.0,
        1.0,
        0,
    )


TWO_ENDS = dataclasses.replace(GDP, operator="=", value=10_000.0, multiple=np.nan, tolerance=100.0)
SMALL = dataclasses.replace(GDP, name="small", operator="≤", value=5000.0, multiple=np.nan)
OVER = dataclasses.replace(GDP, year=2025)
LATE = dataclasses.replace(GDP, year=2040)
SHARE_GOAL = dataclasses.replace(EVIDENCE.goal("digital_economy_share_2025"), year=2030)


@pytest.mark.parametrize(
    ("call", "field", "told"),
    [
        (lambda: at_chance(RESULT, Variable("real_gdp", 2030), [1.0]), "chance", "above 0 and below 1"),
        (lambda: at_chance(RESULT, Variable("real_gdp", 2030), [-0.1]), "chance", "above 0 and below 1"),
        (lambda: at_chance(RESULT, Variable("real_gdp", 2030), [np.nan]), "chance", "above 0 and below 1"),
        (lambda: at_chance(RESULT, Variable("real_gdp", 2025)), "year", "after 2025"),
        (lambda: at_chance(RESULT, Variable("real_gdp", 2040)), "year", "2020 to 2035"),
        (lambda: at_chance(RESULT, Variable("real_gdp", 2030, ">")), "operator", "≤, ≥, ="),
        (lambda: at_chance(RESULT, Variable("real_gdp", 2030), [0.999]), "draws", "20,000 or more"),
        (lambda: at_chance(RESULT, Variable("real_gdp", 2030), [0.9], [PER_HEAD]), "chance", "alone have"),
        (lambda: at_chance(RESULT, Variable("real_gdp", 2030), [0.3], [GDP, SMALL]), "beside", "exclude"),
        (lambda: together(RESULT, [], 0.5), "variables", "at least one"),
        (lambda: front(RESULT, GDP, GDP, 0.5), "goals", "different"),
        (lambda: front(RESULT, GDP, TWO_ENDS, 0.5), f"goal {GDP.name}", "one end"),
        (lambda: front(RESULT, GDP, OVER, 0.5), "year", "after 2025"),
        (lambda: front(RESULT, GDP, PER_HEAD, 0.5, points=1), "points", "2 or more"),
        (lambda: effort(RESULT, EVIDENCE, GDP, 1.2), "chance", "above 0 and below 1"),
        (lambda: effort(RESULT, EVIDENCE, TWO_ENDS, 0.7), f"goal {GDP.name}", "one end"),
        (lambda: effort(RESULT, EVIDENCE, OVER, 0.7), "year", "after 2025"),
        (lambda: effort(RESULT, EVIDENCE, LATE, 0.7), "year", "2020 to 2035"),
        (lambda: effort(RESULT, EVIDENCE, SHARE_GOAL, 0.5), "indicator", "headquarters_share"),
        (lambda: effort(RESULT, EVIDENCE, GDP, 0.9, "population"), "lever", "a lever that moves"),
        (lambda: effort(RESULT, EVIDENCE, GDP, 0.9, bounds=(0.1, 0.0)), "bounds", "smaller first"),
    ],
)
def test_a_question_that_has_no_answer_is_refused(call, field, told):
    with pytest.raises(InputError) as fault:
        call()
    assert fault.value.field == field
    assert told in str(fault.value)


@pytest.mark.parametrize(
    "call",
    [
        lambda: at_chance(RESULT, Variable("real_gpd", 2030)),
        lambda: effort(RESULT, EVIDENCE, GDP, 0.9, "tfp_growth"),
    ],
)
def test_a_name_that_nobody_knows_is_refused(call):
    with pytest.raises(UnknownName):
        call()


def test_an_indicator_without_a_series_has_no_target():
    own = drawn(reading="given_scenario", scenario=load_scenario("plan_targets", evidence=EVIDENCE))
    with pytest.raises(InputError, match="no series of it is held"):
        at_chance(own, Variable("digital_economy_share", 2030))


def test_paths_that_were_not_kept_are_asked_for():
    with pytest.raises(InputError, match="keep=True"):
        at_chance(drawn(keep=False), Variable("real_gdp", 2030))


@pytest.mark.parametrize("chance", [0.5, 0.9, 0.99])
def test_as_many_draws_as_it_is_said_to_take_are_enough(chance):
    least = int(np.ceil(IN_TAIL / (1 - chance) - 1e-9))
    with pytest.raises(InputError, match=f"{least:,} or more"):
        at_chance(drawn(draws=least - 1), Variable("real_gdp", 2030), [chance])
    assert at_chance(drawn(draws=least), Variable("real_gdp", 2030), [chance])


def test_answers_are_rows_of_the_results_table():
    targets = at_chance(RESULT, Variable("real_gdp", 2026, "="), [0.5, 0.7])
    pair = together(RESULT, [Variable("real_gdp", 2030), Variable("real_gdp_per_capita", 2030)], 0.7)
    raised = effort(RESULT, EVIDENCE, GDP, 0.8)
    table = frame(RESULT, [*targets, pair, raised, front(RESULT, GDP, PER_HEAD, 0.5, points=3)])
    assert tuple(table) == COLUMNS
    assert not table.duplicated(["indicator", "year", "statistic", "case"]).any()
    cell = table.set_index(["indicator", "statistic", "case"])["value"]
    assert cell["real_gdp", "level", "chance=70;side=at_most"] == targets[1].ends[1].level.value
    assert cell["gdp_double_2035", "change", "chance=80;lever=growth;shape=constant"] == raised.amplitude
    assert cell["real_gdp", "own_chance", "chance=70;together=2"] == pair.own.value
    assert set(table.loc[table["statistic"] == "level", "unit"]) == {"亿元", "万元/人"}


def test_goals_and_scenarios_are_taken_by_name():
    named, goal = GDP.name, GDP
    assert at_chance(RESULT, named, [0.5]) == at_chance(RESULT, Variable.of(goal), [0.5])
    assert at_chance(RESULT, PER_HEAD, [0.1], named) == at_chance(RESULT, PER_HEAD.name, [0.1], [goal])
    assert together(RESULT, [named, PER_HEAD], 0.5) == together(
        RESULT, [Variable.of(goal), Variable.of(PER_HEAD)], 0.5
    )
    assert effort(RESULT, EVIDENCE, named, 0.2) == effort(RESULT, EVIDENCE, goal, 0.2)
    assert front(RESULT, named, PER_HEAD.name, 0.05, 2) == front(RESULT, goal, PER_HEAD, 0.05, 2)
    assert settles(RESULT, EVIDENCE, named) == settles(RESULT, EVIDENCE, goal)
    by_name, by_goal = (warning(RESULT, EVIDENCE, asked, "2026") for asked in (named, goal))
    assert (by_name.goal, by_name.below, by_name.above) == (goal, by_goal.below, by_goal.above)
    ids = ("evidence_trend", "double_gdp_2035")
    short = regret(ids, EVIDENCE, named, "growth", [0.0, 0.01], draws=200)
    states = {name: load_scenario(name, evidence=EVIDENCE) for name in ids}
    whole = regret(states, EVIDENCE, [goal], "growth", [0.0, 0.01], draws=200)
    assert short.states == ids
    assert (short.worth == whole.worth).all()
    with pytest.raises(UnknownName, match=r"did you mean gdp_double_2035\?"):
        effort(RESULT, EVIDENCE, "gdp_duble_2035", 0.2)
