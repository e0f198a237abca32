"""Parameters of scenarios in a workbook: every one named in words of the reader's language."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from futian_model.languages import LANGS
from futian_model.report.words.sentences import words
from futian_model.report.writers.xlsx.inputs import CHOICES, PARTS, SILENT, Fields, Parameter

from ..conftest import Report

PARAMS = Path(__file__).resolve().parents[3] / "params"
SCHEMA = json.loads((PARAMS / "scenario.schema.json").read_text("utf-8"))
CODE = re.compile(r"[a-z]+[_.\[][a-z\d]")
"""What a name in a file looks like: ``growth_rate``, ``levers.growth``, ``phases[0]``."""
PRODUCTION = ("capital_share", "investment_share", "working_age_share")
UNNAMED = {*LANGS, *SILENT, "extends", "grid"}


def described(schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of the schema with its description; shares of GDP are named by the data."""
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            if isinstance(inner, dict) and (not name.endswith("_share") or name in PRODUCTION):
                yield name, inner
        for inner in schema.values():
            yield from described(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from described(inner)


def told(report: Report, name: str, lang: str) -> list[Parameter]:
    record = report(name, lang).record().to_dict()
    fields = Fields(words(lang), record["names"])
    return [one for part in PARTS for one in fields.parameters(record["inputs"]["scenario"].get(part), part)]


@pytest.mark.parametrize("lang", LANGS)
def test_every_field_and_choice_of_a_scenario_has_a_name(lang: str) -> None:
    texts, held = words(lang).texts, list(described(SCHEMA))
    named = {key.removeprefix("workbook_field_") for key in texts if key.startswith("workbook_field_")}
    assert named - {"joined", "numbered"} == {name for name, _ in held} - UNNAMED
    chosen = {key.removeprefix("workbook_choice_") for key in texts if key.startswith("workbook_choice_")}
    choices = {
        str(one)
        for name, inner in held
        if name in CHOICES
        for one in inner.get("enum", [inner["const"]] if "const" in inner else [])
    }
    assert chosen == choices | {"growth", "population", "deflator"}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(path.stem for path in PARAMS.glob("*.yaml")))
def test_no_parameter_of_a_built_in_scenario_is_told_as_a_code(report: Report, name: str, lang: str) -> None:
    held = told(report, name, lang)
    assert len(held) > 10
    codes = [one for one in held if not one.field.endswith(".id") and CODE.search(f"{one.name} {one.value}")]
    assert codes == []
    assert lang == "en" or not [one for one in held if re.search("[a-z]", one.name)]


def test_an_event_is_named_by_its_title_and_a_phase_by_its_number(report: Report) -> None:
    shock = {one.field: one for one in told(report, "external_shock", "en")}
    size = shock["levers.events.shock.size"]
    assert size.name == "Event, A shock as large as that of 2020, size"
    assert shock["levers.events.shock.on"].value == "GDP"
    assert not [one for one in shock if ".title" in one]
    engines = {one.field: one for one in told(report, "three_engines", "zh")}
    at, shape = (engines[f"levers.growth.tfp_growth.phases[0].{name}"] for name in ("at", "shape"))
    assert at.name == "GDP增长，全要素生产率增长，阶段1，达到年份"
    assert (shape.value, shape.written) == ("逐步变到另一水平后保持", "ramp")
