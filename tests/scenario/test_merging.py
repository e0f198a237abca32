"""What a scenario takes from the one it extends, and where each value is said to stand."""

from collections.abc import Callable
from pathlib import Path

from futian_model.scenario import Scenario

Write = Callable[..., Path]
Load = Callable[..., Scenario]

PATH = """levers:
  growth:
    block: path
    phases:
      - {start: 2021, end: 2030, growth_rate: 0.05}
      - {start: 2031, end: 2035, growth_rate: 0.04}
"""


def test_mappings_merge_key_by_key(write: Write, load: Load) -> None:
    write("parent", rest="run: {draws: 500}\nassumptions: {uncertainty: {scale: 2}}\n")
    scenario = load(write("child", "parent", "run: {seed: 7}\nassumptions: {uncertainty: {slow: 0}}\n"))
    assert (scenario.run.draws, scenario.run.seed) == (500, 7)
    uncertainty = scenario.assumptions.uncertainty
    assert (uncertainty.scale, uncertainty.slow, uncertainty.degrees_of_freedom) == (2, 0, 5)


def test_lists_are_replaced(write: Write, load: Load) -> None:
    write("parent", rest=PATH)
    phases = "levers: {growth: {phases: [{start: 2021, end: 2035, growth_rate: 0.03}]}}\n"
    growth = load(write("child", "parent", phases)).to_dict()["levers"]["growth"]
    assert growth == {
        "block": "path",
        "phases": [{"start": 2021, "end": 2035, "shape": "constant", "growth_rate": 0.03}],
    }


def test_a_changed_block_replaces_the_whole_lever(write: Write, load: Load) -> None:
    write("parent", rest=PATH)
    scenario = load(
        write("child", "parent", "levers: {growth: {block: target, targets: [{goal: gdp_2025}]}}\n")
    )
    assert scenario.to_dict()["levers"]["growth"] == {"block": "target", "targets": [{"goal": "gdp_2025"}]}
    assert not [field for field in scenario.provenance if field.startswith("levers.growth.phases")]


def test_null_leaves_a_share_out(write: Write, load: Load) -> None:
    shares = load(write("child", rest="levers: {shares: {headquarters_share: null}}\n")).levers.shares
    assert shares == {"headquarters_share": None, "digital_economy_share": None}


def test_title_and_description_are_not_inherited(write: Write, load: Load) -> None:
    scenario = load(write("child"))
    assert (scenario.title["zh"], scenario.title["en"]) == ("试验", "Trial")
    assert scenario.description["en"] == "A trial."
    assert scenario.extends == "trend_2021"


def test_a_file_beside_comes_before_a_built_in_one(write: Write, load: Load) -> None:
    beside = "assumptions: {vintage: '2022', gdp_source: futian_14fyp, population_source: futian_14fyp}\n"
    write("plan_targets", None, beside)
    assert load(write("child", "plan_targets")).assumptions.vintage == "2022"


def test_every_value_says_where_it_stands(write: Write, load: Load) -> None:
    parent = write("parent", rest=PATH)
    child = write("child", "parent", "run:\n  draws: 500\n")
    provenance = load(child).provenance
    assert provenance["run.draws"] == f"{child}, line 6"
    assert provenance["run.seed"] == "library default"
    assert provenance["levers.growth.block"] == f"{parent}, line 7"
    assert provenance["levers.growth.phases[1].growth_rate"] == f"{parent}, line 10"
    assert provenance["levers.growth.phases[1].shape"] == "library default"
    assert provenance["levers.population.block"] == "params/evidence_trend.yaml, line 13"
    assert provenance["levers.shares.digital_economy_share"] == "params/evidence_trend.yaml, line 16"
    assert provenance["assumptions.base.gdp"] == "library default"


def test_a_scenario_may_extend_none(write: Write, load: Load) -> None:
    facts = "assumptions: {vintage: '2021-10', gdp_source: futian_14fyp, population_source: futian_14fyp}\n"
    scenario = load(write("alone", None, facts))
    levers = scenario.levers
    assert (levers.growth.block, levers.population.block, levers.shares) == ("trend", "trend", {})
    assert scenario.years.tolist() == list(range(2020, 2036))
