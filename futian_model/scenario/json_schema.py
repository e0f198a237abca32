"""JSON Schema of scenario files and of the cities and nations around them, for editors."""

import json
from typing import Annotated, Any

from pydantic import Discriminator, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

from futian_model.evidence import Evidence
from futian_model.project import Project
from futian_model.scenario.blocks.context import City, Nation
from futian_model.scenario.checks import share_names
from futian_model.scenario.checks_paths import goal_names
from futian_model.scenario.model import Content
from futian_model.scenario.names import ID
from futian_model.scenario.targets import LEVELS
from futian_model.scenario.varying import FIELD_WORDS, GRID, VALUES_WORDS, VARIED

FILE, AROUND = "scenario.schema.json", "context.schema.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Untitled(GenerateJsonSchema):
    """Without the titles that repeat the fields' names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema(evidence: Evidence) -> dict[str, Any]:
    """JSON Schema of one scenario file, which knows the names of goals, shares and sources.

    A file that extends another may leave out what it inherits, so less is required here than of
    the merged scenario.
    """
    built = Content.model_json_schema(schema_generator=Untitled)
    models = built["$defs"]
    built["required"] = ["id", "title", "description"]
    for name in ("Assumptions", *(name for name, model in models.items() if "block" in model["properties"])):
        models[name].pop("required", None)
    shares = share_names(evidence)
    models["GoalTarget"]["properties"]["goal"]["enum"] = goal_names(evidence, [*LEVELS, *shares])
    for name in ("gdp_source", "population_source"):
        named = models["Assumptions"]["properties"][name]
        named["anyOf"][0]["enum"] = sorted(map(str, evidence.sources.index))
    levers = models["Levers"]["properties"]["shares"]
    block = levers.pop("additionalProperties")
    models["Share"] = any_of(block)
    levers["properties"] = {share: {"$ref": "#/$defs/Share"} for share in shares}
    levers["additionalProperties"] = False
    for place in ("city", "nation"):  # by name, or written out
        around = models["Context"]["properties"][place]
        said = around.pop("description")
        models["Context"]["properties"][place] = {
            "anyOf": [{"pattern": ID, "type": "string"}, around],
            "description": said,
        }
    built["properties"][GRID] = {
        "type": "object",
        "description": "values that fields take in turn, each combination a scenario of its own:"
        f" {FIELD_WORDS}, and {VALUES_WORDS}",
        "propertyNames": {"pattern": rf"^({'|'.join(VARIED)})\."},
        "minProperties": 1,
        "additionalProperties": {
            "type": "array",
            "items": {"type": ["number", "string", "boolean", "null"]},
            "minItems": 1,
            "uniqueItems": True,
        },
    }
    relaxed: dict[str, Any] = any_of(built)
    return {"$schema": DIALECT} | relaxed


def context_schema(evidence: Evidence) -> dict[str, Any]:
    """JSON Schema of one file of `params/context/`, which knows the published paths."""
    place: TypeAdapter[Nation | City] = TypeAdapter(Annotated[Nation | City, Discriminator("place")])
    built = place.json_schema(schema_generator=Untitled)
    built["$defs"]["PublishedPath"]["properties"]["path"]["enum"] = sorted(set(evidence.paths["path"]))
    return {"$schema": DIALECT} | built


def any_of(node: Any) -> Any:
    """The schema with `anyOf` for `oneOf`: a file may leave the block to the scenario it extends."""
    if isinstance(node, list):
        return [any_of(inner) for inner in node]
    if not isinstance(node, dict):
        return node
    return {
        "anyOf" if key == "oneOf" else key: any_of(inner)
        for key, inner in node.items()
        if key != "discriminator" or "propertyName" not in inner
    }


def schemas(evidence: Evidence) -> dict[str, str]:
    """Content of the schema files by their name, the same bytes for the same data."""
    files = {FILE: schema(evidence), AROUND: context_schema(evidence)}
    return {name: json.dumps(content, ensure_ascii=False, indent=2) + "\n" for name, content in files.items()}


def write_schema(project: Project, evidence: Evidence) -> None:
    """Write the schemas beside the project's scenarios."""
    for name, content in schemas(evidence).items():
        (project.params / name).write_text(content, encoding="utf-8")
