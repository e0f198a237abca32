"""The scenarios that come with the project, and the schema editors read."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from futian_model.evidence import Evidence
from futian_model.project import Project
from futian_model.scenario import builtin_scenarios, load_scenario, load_scenarios, schema
from futian_model.scenario.json_schema import FILE, schema_text

NAMES = [
    "evidence_trend",
    "double_both_2035",
    "double_gdp_2035",
    "double_gdp_per_capita_2035",
    "plan_targets",
]


def test_each_loads_after_the_one_it_extends(project: Project, evidence: Evidence) -> None:
    scenarios = load_scenarios(builtin_scenarios(project), project, evidence=evidence)
    assert [scenario.id for scenario in scenarios] == NAMES
    assert [scenario.extends for scenario in scenarios] == [None, *["evidence_trend"] * 4]


@pytest.mark.parametrize("name", NAMES)
def test_each_is_named_by_its_file_and_found_by_its_id(
    name: str, project: Project, evidence: Evidence
) -> None:
    scenario = load_scenario(name, project, evidence=evidence)
    assert (scenario.id, scenario.file) == (name, f"params/{name}.yaml")
    first = (project.params / f"{name}.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first == f"# yaml-language-server: $schema={FILE}"


@pytest.mark.parametrize("name", NAMES)
def test_each_fits_the_schema_as_a_file_and_merged(name: str, project: Project, evidence: Evidence) -> None:
    validator = Draft202012Validator(schema(evidence))
    written = YAML(typ="safe", pure=True).load(project.params / f"{name}.yaml")
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


def test_the_schema_beside_the_scenarios_is_current(project: Project, evidence: Evidence) -> None:
    written = (project.params / FILE).read_text(encoding="utf-8")
    assert written == schema_text(evidence), "run: python -m futian_model.scenario"


def test_every_field_of_the_schema_is_described(evidence: Evidence) -> None:
    content = json.loads(schema_text(evidence))
    Draft202012Validator.check_schema(content)
    models = [content, *content["$defs"].values()]
    silent = [
        f"{model['title']}.{name}"
        for model in models
        if "title" in model
        for name, field in model["properties"].items()
        if not field.get("description")
    ]
    assert silent == []
