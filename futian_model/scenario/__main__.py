"""Writes the JSON Schema beside the project's scenarios."""

from futian_model.evidence import load_evidence
from futian_model.project import find_project
from futian_model.scenario.json_schema import write_schema

if __name__ == "__main__":
    project = find_project()
    write_schema(project, load_evidence(project))
