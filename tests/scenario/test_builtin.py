"""The scenarios that come with the project, and the schema editors read."""

import json
from typing import Any

import numpy as np
import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from futian_model import simulate
from futian_model.calibration.plausibility import over
from futian_model.errors import UnknownName
from futian_model.evidence import Evidence, history
from futian_model.evidence.figures import month
from futian_model.production import required_tfp
from futian_model.project import Project
from futian_model.scenario import builtin_scenarios, load_scenario, load_scenarios, schema
from futian_model.scenario.json_schema import AROUND, FILE, context_schema, schemas

TODAY = [
    "evidence_trend",
    "double_gdp_2035",
    "double_gdp_per_capita_2035",
    "external_shock",
    "headquarters_leave",
    "official_targets",
    "stagnation",
    "three_engines",
]
AS_ADOPTED = ["trend_2021", "census_population", "double_both_2035", "plan_targets"]
EDITION = "plan_2021"
NAMES = [*TODAY, *AS_ADOPTED]


def folder(name: str) -> str:
    return f"{EDITION}/" if name in AS_ADOPTED else ""


def test_each_loads_after_the_one_it_extends(project: Project, evidence: Evidence) -> None:
    scenarios = load_scenarios(builtin_scenarios(project), project, evidence=evidence)
    assert [scenario.id for scenario in scenarios] == TODAY
    assert [scenario.extends for scenario in scenarios] == [None, *["evidence_trend"] * 7]
    kept = load_scenarios(builtin_scenarios(project, EDITION), project, evidence=evidence)
    assert [scenario.id for scenario in kept] == AS_ADOPTED
    assert [scenario.extends for scenario in kept] == ["evidence_trend", *["trend_2021"] * 3]


def test_today_sees_everything_and_the_kept_edition_2021(project: Project, evidence: Evidence) -> None:
    latest = max(evidence.observations["vintage"], key=month)
    for name in NAMES:
        scenario = load_scenario(name, project, evidence=evidence)
        seen = (scenario.assumptions.vintage, scenario.assumptions.span(evidence).jump_off)
        assert seen == (("2021", 2020) if name in AS_ADOPTED else (latest, 2025))


def test_an_edition_that_is_not_kept(project: Project) -> None:
    with pytest.raises(UnknownName, match="did you mean plan_2021"):
        builtin_scenarios(project, "plan_2012")


@pytest.mark.parametrize("name", NAMES)
def test_each_is_named_by_its_file_and_found_by_its_id(
    name: str, project: Project, evidence: Evidence
) -> None:
    scenario, file = load_scenario(name, project, evidence=evidence), f"{folder(name)}{name}.yaml"
    assert (scenario.id, scenario.file) == (name, f"params/{file}")
    first = (project.params / file).read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={'../' if folder(name) else ''}{FILE}"


@pytest.mark.parametrize("name", NAMES)
def test_each_fits_the_schema_as_a_file_and_merged(name: str, project: Project, evidence: Evidence) -> None:
    validator = Draft202012Validator(schema(evidence))
    written = YAML(typ="safe", pure=True).load(project.params / folder(name) / f"{name}.yaml")
    assert list(validator.iter_errors(written)) == []
    merged = load_scenario(name, project, evidence=evidence).to_dict()
    assert list(validator.iter_errors(merged)) == []


@pytest.mark.parametrize(
    "levers",
    [
        {"growth": {"block": "target", "targets": [{"goal": "gdp_2052"}]}},
        {"growth": {"block": "paht"}},
        {"shares": {"headquarter_share": {"block": "trend"}}},
        {"population": {"block": "path", "phases": [{"start": 2021, "end": 2035, "growth_rate": 5.5}]}},
    ],
)
def test_the_schema_refuses_what_an_editor_can_see(levers: dict[str, Any], evidence: Evidence) -> None:
    words = {"zh": "试验", "en": "Trial"}
    content = {"id": "trial", "title": words, "description": words, "levers": levers}
    assert not Draft202012Validator(schema(evidence)).is_valid(content)


@pytest.mark.parametrize("name", [FILE, AROUND])
def test_the_schema_beside_the_scenarios_is_current(name: str, project: Project, evidence: Evidence) -> None:
    written = (project.params / name).read_text(encoding="utf-8")
    assert written == schemas(evidence)[name], "run: python -m futian_model.scenario"


def test_each_city_and_nation_fits_the_schema_that_it_names(project: Project, evidence: Evidence) -> None:
    validator = Draft202012Validator(context_schema(evidence))
    files = sorted((project.params / "context").glob("*.yaml"))
    assert len(files) > 8
    for file in files:
        assert file.read_text("utf-8").startswith(f"# yaml-language-server: $schema=../{AROUND}\n")
        content = YAML(typ="safe", pure=True).load(file)
        assert list(validator.iter_errors(content)) == [], file.name
        assert not validator.is_valid(content | {"place": "district"})
    assert not validator.is_valid(content | {"growth": {"block": "published", "path": "bai_2002"}})


@pytest.mark.parametrize("name", [FILE, AROUND])
def test_every_field_of_the_schema_is_described(name: str, evidence: Evidence) -> None:
    content = json.loads(schemas(evidence)[name])
    Draft202012Validator.check_schema(content)
    models = [content, *content["$defs"].values()]
    silent = [
        f"{model['title']}.{field_name}"
        for model in models
        if "title" in model
        for field_name, field in model["properties"].items()
        if not field.get("description")
    ]
    assert silent == []


def test_figures_that_scenarios_quote_stand_in_the_data(project: Project, evidence: Evidence) -> None:
    """The shock is that of 2020, and the engine's parameters are the published ones."""
    told = load_scenario("external_shock", project, evidence=evidence)
    shock = told.levers.events["shock"]
    city = evidence.place("city")
    before, after = (evidence.figure(city, "real_gdp_growth", year).value for year in (2019, 2020))
    for lang in ("zh", "en"):  # the growth rates that its description quotes
        assert all(f"{100 * rate:.1f}" in told.description[lang] for rate in (before, after))
    assert shock is not None
    assert shock.size == pytest.approx((1 + after) / (1 + before) - 1, abs=5e-5)
    block = load_scenario("three_engines", project, evidence=evidence).levers.growth
    invested, human = block.investment_share, block.human_capital_growth
    quoted = {
        ("pwt_1001", "capital_share", "china", 2019, "central"): block.capital_share,
        ("pwt_1001", "depreciation", "china", 2019, "central"): block.depreciation,
        ("pwt_110", "capital_output_ratio", "china", 2023, "low"): block.capital_output_ratio,
        ("wdi_on_investment", "investment_share", "china", 2023, "central"): invested.base,
        ("investment_rate_2018", "investment_share", "china", 2021, "central"): invested.phases[0].to,
        ("sz_census7_school", "human_capital_growth", city, 2011, "central"): human.phases[0].growth_rate,
    }
    rows = evidence.production.set_index(["source", "parameter", "geo", "first"])
    held = {key: float(rows.loc[key[:-1], key[-1]]) for key in quoted}
    assert held == pytest.approx(quoted)


def test_stagnation_follows_the_lowest_path_published_by_the_data_date(
    project: Project, evidence: Evidence
) -> None:
    told = load_scenario("stagnation", project, evidence=evidence)
    settings = told.assumptions
    first, last, vintage = settings.span(evidence).jump_off + 1, settings.horizon, settings.vintage
    paths = evidence.paths[evidence.paths["geo"] == evidence.place("nation")]
    held = {
        name: mean[1]
        for name, path in paths[paths["vintage"].str[:4] <= vintage].groupby("path")
        if (mean := over(path, first, last)) is not None
    }
    assert len(held) > 3
    assert min(held, key=lambda name: held[name]) == told.levers.growth.nation.growth.path
    for lang in ("zh", "en"):
        assert str(first) in told.description[lang]
        assert str(last) in told.description[lang]


def test_the_engines_productivity_is_a_point_above_what_the_trend_requires(
    project: Project, evidence: Evidence
) -> None:
    trend, engines = (
        simulate(load_scenario(name, project, evidence=evidence), evidence, draws=1).driven
        for name in ("evidence_trend", "three_engines")
    )
    made = engines.engine
    assert made is not None
    needed = required_tfp(
        gdp_growth=np.expm1(trend.centre["growth"][trend.jump :]),
        capital_share=made.block.capital_share,
        depreciation=made.block.depreciation,
        capital_output_ratio=made.block.capital_output_ratio,
        investment_share=made.investment_share,
        labour_growth=made.labour_growth,
        human_capital_growth=made.human_capital_growth,
    )
    above = made.tfp_growth - needed
    assert above.mean() == pytest.approx(0.01, abs=1e-4)
    assert above == pytest.approx(0.01, abs=2.5e-3)  # what the trend requires falls faster at first


def test_the_citys_targets_are_the_official_ones(project: Project, evidence: Evidence) -> None:
    block = load_scenario("official_targets", project, evidence=evidence).levers.growth
    own, then, alike = block.city.growth.phases
    city = evidence.place("city")
    assert own.growth_rate == evidence.annual_target(city, "real_gdp_growth", 2026).low
    goal = evidence.plan_goals.loc["shenzhen_gdp_2030"]
    level = evidence.figure(city, "gdp", 2025, source="sz_2025_app").value * (1 + own.growth_rate)
    assert then.growth_rate == pytest.approx((goal["target_value"] / level) ** (1 / 4) - 1, abs=5e-5)
    paths = evidence.paths.set_index("path")
    assert alike.growth_rate == paths.loc[block.nation.growth.path, "central"]


@pytest.mark.parametrize("base_year", [2024, 2025])
def test_a_base_year_after_the_last_published_deflator_runs(
    project: Project, evidence: Evidence, base_year: int
) -> None:
    # E4: the nation's own levels and real growth give the deflator of 2024 and 2025
    growth = history.deflator_growth(evidence, evidence.place("nation"))
    assert 2023 in evidence.series("china", "gdp_deflator_growth").table.index
    assert growth[2024] == pytest.approx(1348066.2 / 1294271.7 / 1.05 - 1, abs=5e-4)
    levels = history.levels(evidence, "gdp", base_year, "2026")
    assert levels.loc[2022, "value"] == pytest.approx(
        5514.49 * (1 + growth).loc[2023:base_year].prod(), rel=1e-6
    )
