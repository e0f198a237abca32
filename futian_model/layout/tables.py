"""Rows of the data package that a new project keeps, as they are printed."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from futian_model.evidence.tables import PACKAGE
from futian_model.evidence.texts import text_of
from futian_model.files import BOM
from futian_model.layout.places import District, Place
from futian_model.project import Project

ABOUT = "about"
"""Property of a resource that says whom all of its rows are about, where no column does."""
PLACES, SOURCES = "places", "sources"
Row = dict[str, str]


def held_places(project: Project) -> list[Place]:
    """Rows of the project's `places.csv`."""
    return rows_of(project, next(resource for resource in resources(project) if resource["name"] == PLACES))


def data_files(project: Project, district: District) -> dict[str, str]:
    """Text of every file of the new data package, by name.

    A row goes where the place it names goes; a table about the district alone keeps nothing but its
    columns when the district is another; a source goes with the last row that names it.
    """
    kept, gone = dict[str, list[Row]](), dict[str, list[Row]]()
    described = {resource["name"]: resource for resource in resources(project)}
    for name, resource in described.items():
        rows = rows_of(project, resource)
        if name == PLACES:
            stay = list(district.places)
        elif resource.get(ABOUT) == "district" and district.is_new:
            stay = []
        else:
            column = naming(resource, PLACES)
            stay = [row for row in rows if column is None or row[column] in {*district.kept, ""}]
        kept[name], staying = stay, set(map(id, stay))
        gone[name] = [row for row in rows if id(row) not in staying]
    cited = {name: set(citations(described[name], rows)) for name, rows in kept.items()}
    left = {source for name, rows in gone.items() for source in citations(described[name], rows)}
    left -= set().union(*cited.values())
    kept[SOURCES] = [row for row in kept[SOURCES] if row["source"] not in left]
    files = {described[name]["path"]: written(described[name], rows) for name, rows in kept.items()}
    return {PACKAGE: package(project, district), **files}


def package(project: Project, district: District) -> str:
    """The description of the tables, named for the district."""
    described = json.loads(text_of(project, project.data / PACKAGE)[0])
    described["name"] = district.geo
    described["title"] = f"{district.names(district.geo)['en']}: official figures and their sources"
    return json.dumps(described, ensure_ascii=False, indent=1) + "\n"


def resources(project: Project) -> list[dict[str, Any]]:
    """Tables of the data package, as described."""
    described: list[dict[str, Any]] = json.loads(text_of(project, project.data / PACKAGE)[0])["resources"]
    return described


def rows_of(project: Project, resource: Mapping[str, Any]) -> list[Row]:
    """A table as it is printed."""
    text, _ = text_of(project, project.data / resource["path"])
    return list(csv.DictReader(io.StringIO(text, newline="")))


def naming(resource: Mapping[str, Any], table: str) -> str | None:
    """The column that names a row of another table."""
    keys = resource["schema"].get("foreignKeys", [])
    return next((str(key["fields"]) for key in keys if key["reference"]["resource"] == table), None)


def citations(resource: Mapping[str, Any], rows: list[Row]) -> Iterator[str]:
    """Sources that rows name."""
    column = naming(resource, SOURCES)
    if column is not None:
        yield from (row[column] for row in rows)


def written(resource: Mapping[str, Any], rows: list[Row]) -> str:
    """A table as text, with the mark by which Excel knows its encoding where it matters."""
    text = io.StringIO(newline="")
    fields = resource["schema"]["fields"]
    columns = [field["name"] for field in fields if not field.get("optional")]
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue() if text.getvalue().isascii() else BOM + text.getvalue()
