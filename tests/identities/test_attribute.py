"""A difference between two scenarios: split exactly, alike from either side, and nothing touched."""

import dataclasses
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from futian_model import attribute, compare, load_evidence, load_scenario, simulate
from futian_model.attribution import BATCHES, Mixtures, differing
from futian_model.errors import InputError, UnknownName
from futian_model.project import find_project
from futian_model.scenario.events import Event
from futian_model.simulation.sample import KEPT
from tests.as_of_2021 import as_of_2021

PROJECT = find_project(Path(__file__).parent)
EVIDENCE = load_evidence(PROJECT)
NAMES = ("plan_targets", "three_engines", "headquarters_leave", "census_population")
PAIRS = list(combinations(NAMES, 2))
SHOCK = Event(
    title={"zh": "冲击", "en": "Shock"}, on="digital_economy_share", start=2027, size=-0.1, duration=1
)


def scenario(name):
    return as_of_2021(name, EVIDENCE)


def changed(loaded, *, levers=None, assumptions=None):
    return dataclasses.replace(
        loaded,
        levers=loaded.levers.model_copy(update=levers or {}),
        assumptions=loaded.assumptions.model_copy(update=assumptions or {}),
    )


def written(folder, rest, name="trial"):
    file = folder / f"{name}.yaml"
    words = "title: {zh: 试验, en: Trial}\ndescription: {zh: 一项试验。, en: A trial.}\n"
    file.write_text(f"id: {name}\n{words}extends: trend_2021\n{rest}", encoding="utf-8")
    return load_scenario(file, PROJECT, evidence=EVIDENCE)


def parts(made):
    return dict(zip(made.names, made.contributions, strict=True))


def is_exact(made):
    scale = max(abs(made.start), abs(made.end))
    assert made.contributions.sum() == pytest.approx(made.end - made.start, rel=1e-12, abs=1e-12 * scale)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_parts_of_a_central_path_sum_to_its_difference(one, other):
    a, b = scenario(one), scenario(other)
    mixtures = Mixtures(a, b, EVIDENCE)
    ends = [simulate(side, EVIDENCE, draws=1) for side in (a, b)]
    for indicator in ("real_gdp", "real_gdp_per_capita", "headquarters_share", "nominal_gdp"):
        for year in (2025, 2035):
            made = attribute(a, b, EVIDENCE, indicator=indicator, year=year, mixtures=mixtures)
            is_exact(made)
            start, end = (float(side.central[indicator][year - 2020]) for side in ends)
            assert (made.start, made.end) == (start, end)
            assert not made.errors.any()


@pytest.mark.parametrize("statistic", ["mean", "median", "p05", "p90", "probability"])
@pytest.mark.parametrize("reading", ["given_scenario", "given_evidence"])
def test_parts_of_a_sampled_statistic_sum_to_its_difference(statistic, reading):
    a, b = scenario("headquarters_leave"), scenario("census_population")
    asked = {"indicator": "real_gdp_per_capita"}
    if statistic == "probability":
        asked = {"goal": "gdp_per_capita_double_2035"}
    choice = {"statistic": statistic, "reading": reading, "draws": 2000, "seed": 7, **asked}
    made, back = attribute(a, b, EVIDENCE, **choice), attribute(b, a, EVIDENCE, **choice)
    is_exact(made)
    np.testing.assert_allclose(back.contributions, -made.contributions, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(back.errors, made.errors, rtol=1e-9, atol=1e-12)
    result = simulate(b, EVIDENCE, draws=2000, seed=7, reading=reading)
    if statistic == "probability":
        assert made.end == result.probability(made.asked.goal)
        assert made.unit == "fraction"
    else:
        rows = result.frame()
        named = "p50" if statistic == "median" else statistic
        row = rows[(rows["indicator"] == "real_gdp_per_capita") & (rows["year"] == 2035)]
        assert made.end == row.set_index("statistic").loc[named, "value"]
    if reading == "given_evidence":  # which knows no firms
        assert parts(made)["firms"] == 0.0


def test_a_block_that_does_nothing_gets_exactly_nothing():
    a, b = scenario("plan_targets"), scenario("trend_2021")
    for choice in ({}, {"statistic": "p10", "draws": 500}, {"statistic": "mean", "draws": 500}):
        made = attribute(a, b, EVIDENCE, indicator="real_gdp", **choice)
        told = parts(made)
        assert [told[name] for name in ("population", "headquarters_share", "digital_economy_share")] == [
            0.0
        ] * 3
        assert told["growth"] == pytest.approx(made.difference, rel=1e-12)
    share = attribute(a, b, EVIDENCE, indicator="headquarters_share", statistic="mean", draws=500)
    idle = share.names.index("growth")
    assert (share.contributions[idle], share.errors[idle]) == (0.0, 0.0)


def test_the_order_of_the_blocks_does_not_matter():
    a, b = scenario("headquarters_leave"), scenario("plan_targets")
    made = attribute(a, b, EVIDENCE, indicator="real_gdp_per_capita")
    backward = Mixtures(a, b, EVIDENCE)
    backward.names.reverse()
    other = attribute(a, b, EVIDENCE, indicator="real_gdp_per_capita", mixtures=backward)
    assert other.names == made.names[::-1]
    np.testing.assert_allclose(other.contributions[::-1], made.contributions, rtol=1e-12, atol=1e-12)


def test_from_the_other_side_every_sign_flips():
    a, b = scenario("headquarters_leave"), scenario("plan_targets")
    made, back = (attribute(*pair, EVIDENCE, indicator="nominal_gdp") for pair in ((a, b), (b, a)))
    assert back.names == made.names
    np.testing.assert_allclose(back.contributions, -made.contributions, rtol=1e-12, atol=1e-9)


def test_identical_scenarios_have_nothing_to_explain():
    a = scenario("trend_2021")
    made = attribute(a, a, EVIDENCE, statistic="p10", draws=400)
    assert made.names == ()
    assert made.contributions.shape == made.errors.shape == (0,)
    assert made.start == made.end
    assert list(made.frame()["statistic"]) == ["start", "end", "difference", "size", "relative_size"]
    assert differing(a, dataclasses.replace(a, id="other")) == []


def test_nothing_is_touched():
    a, b = scenario("headquarters_leave"), scenario("three_engines")
    before = [side.to_dict() for side in (a, b)]
    mixtures = Mixtures(a, b, EVIDENCE)
    attribute(a, b, EVIDENCE, mixtures=mixtures)
    compare(a, b, EVIDENCE)
    assert [side.to_dict() for side in (a, b)] == before
    assert mixtures.scenario(frozenset()) is a
    assert mixtures.scenario(frozenset(mixtures.names)) is b
    mixed = mixtures.scenario(frozenset(["firms"]))
    assert (mixed.levers.firms, mixed.levers.growth) == (b.levers.firms, a.levers.growth)


def test_production_and_an_implied_population_change_sides_together():
    # growth from production needs a population that is not itself implied
    made = attribute(scenario("plan_targets"), scenario("three_engines"), EVIDENCE)
    assert made.names == ("growth and population", "digital_economy_share", "headquarters_share")
    assert parts(made)["growth and population"] == pytest.approx(made.difference, rel=1e-12)
    rows = made.frame().set_index(["case", "statistic"])["value"]
    assert rows["of=central;block=growth+population", "contribution"] == made.contributions[0]


def test_per_head_targets_and_an_implied_population_change_sides_together():
    made = attribute(scenario("plan_targets"), scenario("double_both_2035"), EVIDENCE)
    assert "growth and population" in made.names
    is_exact(made)


def test_groups_and_events_change_sides_with_the_share_they_need():
    trend = scenario("trend_2021")
    bare = changed(trend, levers={"shares": {}})
    made = attribute(bare, scenario("headquarters_leave"), EVIDENCE)
    assert made.names == ("headquarters_share and firms",)
    with_event = changed(scenario("plan_targets"), levers={"events": {"shock": SHOCK}})
    names = attribute(trend, with_event, EVIDENCE).names
    assert "digital_economy_share and events" in names
    assert "headquarters_share" in names


def test_correlation_changes_sides_with_the_share_it_names():
    target = scenario("plan_targets")
    linked = target.assumptions.uncertainty.model_copy(
        update={"correlation": {"growth": {"digital_economy_share": 0.3}}}
    )
    made = attribute(scenario("trend_2021"), changed(target, assumptions={"uncertainty": linked}), EVIDENCE)
    assert "digital_economy_share and uncertainty" in made.names


def test_every_block_that_can_differ_is_one(tmp_path):
    rest = """levers:
  growth: {block: path, phases: [{start: 2021, end: 2035, growth_rate: 0.05}]}
  population: {block: path, phases: [{start: 2021, end: 2035, growth_rate: 0.01}]}
  shares:
    headquarters_share: {block: target, targets: [{year: 2030, value: 0.5}]}
    digital_economy_share: {block: target, targets: [{year: 2030, value: 0.2}]}
  firms: {share: headquarters_share, entry: 0.01}
  events: {boom: {title: {zh: 繁荣, en: Boom}, start: 2027, size: 0.02}}
assumptions:
  vintage: "2021-10"
  population_source: hongheiku_futian
  deflator: {block: path, phases: [{start: 2021, end: 2035, growth_rate: 0.02}]}
  uncertainty: {scale: 1.5}
"""
    a, b = scenario("trend_2021"), written(tmp_path, rest)
    mixtures = Mixtures(a, b, EVIDENCE)
    shares = ["digital_economy_share", "headquarters_share"]
    every = ["firms", "events", "prices", "base", "vintage", "uncertainty"]
    assert mixtures.names == ["growth", "population", *shares, *every]
    # ten: the shares count as one, and base-year levels go with the vintage they stand in
    one_by_one = [(name,) for name in every if name not in ("base", "vintage")]
    blocks = [("growth",), ("population",), tuple(shares), *one_by_one]
    assert mixtures.blocks == [*blocks[:-1], ("base", "vintage"), blocks[-1]]
    made = attribute(a, b, EVIDENCE, indicator="nominal_gdp_per_capita", mixtures=mixtures)
    is_exact(made)
    told = parts(made)
    assert told["uncertainty"] == 0.0
    assert all(told[name] != 0.0 for name in ("growth", "population", "firms", "events", "prices"))
    assert told["base and vintage"] != 0.0


def test_the_error_is_that_of_paired_draws():
    a, b = scenario("external_shock"), scenario("trend_2021")
    choice = {"statistic": "probability", "goal": "gdp_double_2035", "draws": 4096}
    found = [attribute(a, b, EVIDENCE, seed=seed, **choice) for seed in range(40)]
    spread = np.std([one.contributions[0] for one in found], ddof=1)
    told = np.mean([one.errors[0] for one in found])
    assert told == pytest.approx(spread, rel=0.35)
    chance = found[0].end  # unpaired the error would be far larger
    assert told < 0.5 * np.sqrt(2 * chance * (1 - chance) / 4096)


def test_an_error_needs_enough_kept_paths():
    a, b = scenario("external_shock"), scenario("trend_2021")
    few = attribute(a, b, EVIDENCE, statistic="mean", draws=BATCHES)
    assert np.isnan(few.errors).all()
    assert few.to_dict()["contributions"][0]["error"] is None
    many = attribute(a, b, EVIDENCE, statistic="probability", goal="gdp_double_2035", draws=KEPT + 1)
    is_exact(many)
    assert np.isnan(many.errors).all()


def test_side_by_side():
    a, b = scenario("plan_targets"), scenario("trend_2021")
    table = compare(a, b, EVIDENCE).set_index(["indicator", "year"])
    assert sorted(set(table.index.get_level_values("year"))) == [2020, 2025, 2030, 2035]
    row = table.loc["real_gdp", 2035]
    assert row["a"] == pytest.approx(9600)
    assert (row["difference"], row["ratio"]) == (row["b"] - row["a"], row["b"] / row["a"])
    assert table.loc[("digital_economy_share", 2035), ["b", "difference", "ratio"]].isna().all()
    assert list(compare(a, b, EVIDENCE, years=[2030])["year"].unique()) == [2030]
    with pytest.raises(InputError, match="years = 2040; allowed: years from 2020 to 2035"):
        compare(a, b, EVIDENCE, years=[2040])


def test_what_has_no_answer_is_refused():
    a, b = scenario("plan_targets"), scenario("trend_2021")
    longer = changed(b, assumptions={"horizon": 2040})
    with pytest.raises(InputError, match=r"assumptions\.horizon = 2040; allowed: 2035, that of plan_targets"):
        attribute(a, longer, EVIDENCE)
    with pytest.raises(InputError, match="that of plan_targets"):
        compare(a, longer, EVIDENCE)
    with pytest.raises(InputError, match="one that both simulate; trend_2021 does not"):
        attribute(a, b, EVIDENCE, indicator="digital_economy_share")
    with pytest.raises(UnknownName, match="did you mean real_gdp"):
        attribute(a, b, EVIDENCE, indicator="real_gpd")
    with pytest.raises(InputError, match="year = 2040; allowed: a year from 2020 to 2035"):
        attribute(a, b, EVIDENCE, year=2040)
    for statistic in ("p00", "p100", "mode"):
        with pytest.raises(InputError, match=r"statistic = .*or a quantile such as p10"):
            attribute(a, b, EVIDENCE, statistic=statistic)
    with pytest.raises(InputError, match="goal = 'none'; allowed: the goal whose probability"):
        attribute(a, b, EVIDENCE, statistic="probability")
    with pytest.raises(InputError, match="allowed: probability, where a goal is named"):
        attribute(a, b, EVIDENCE, goal="gdp_2025")
    with pytest.raises(InputError, match="allowed: 2025, the year of gdp_2025"):
        attribute(a, b, EVIDENCE, goal="gdp_2025", statistic="probability", year=2030)
    with pytest.raises(UnknownName, match="did you mean given_evidence"):
        attribute(a, b, EVIDENCE, reading="given_evidenc")
