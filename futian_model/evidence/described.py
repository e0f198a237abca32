"""What `datapackage.json` says of the tables, checked before any of them is read."""

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, Strict, ValidationError

from futian_model.errors import FileFault, InputError, InputErrors, MissingField, dotted, nearest

LARGEST = 4_000_000
"""Bytes of a package."""
NEEDED = {
    "observations": "geo indicator period value:number unit price_basis basis vintage source precision"
    " note_zh note_en",
    "sources": "source title publisher_zh publisher_en date url kind accessed:date note",
    "places": "geo role parent name_zh name_en code",
    "indicators": "indicator name_zh name_en unit price_basis kind whole overlaps published_as see_also",
    "plan_goals": "goal plan geo table_row:integer category_zh category_en name_zh name_en indicator unit"
    " unit_en base_year:integer base_operator base_value:number base_text base_text_en target_year:integer"
    " operator target_value:number multiple:number target_text target_text_en measure price_basis"
    " basis_stated attribute source section note",
    "plan_commitments": "commitment category_zh category_en name_zh name_en indicator unit unit_en"
    " base_year:integer base_value:number base_section target_year:integer year_stated:boolean operator"
    " target_value:number target_text target_text_en measure source section_zh section_en note",
    "annual_plan": "geo year:integer indicator operator value:number low:number high:number unit price_basis"
    " precision attribute unit_responsible vintage source note_zh note_en",
    "contradictions": "geo indicator period explanation_zh explanation_en",
    "replaced": "geo indicator period source replaced_by reason_zh reason_en",
    "growth_paths": "path name_zh name_en body body_zh body_en geo indicator first:integer last:integer"
    " low:number central:number high:number unit vintage source note",
    "production": "parameter geo first:integer last:integer low:number central:number high:number unit"
    " vintage source note",
    "constants": "quantity panel last_year:integer units:integer observations:integer mean:number"
    " mean_sd:number slow_sd:number slow_persistence:number own_sd:number shock_persistence:number"
    " scale_sd:number scale_df:number scale_factor:number",
    "forecast_accuracy": "lead last_year:integer spans:integer known:number own:number bias_first:number"
    " bias_later:number",
    "region_leads": "quantity panel year:integer lead:number",
    "record": "quantity panel method horizon:integer origin forecasts:integer units:integer crps:number"
    " bias:number",
    "record_chances": "panel group method event horizon:integer chance spans:integer units:integer"
    " independent:integer said:number came:number low:number high:number",
    "record_targets": "quantity panel group method horizon:integer chance:number spans:integer units:integer"
    " independent:integer asked:number met:number low:number high:number",
    "record_annual": "panel quarters:integer forecasts:integer years:integer coverage_80:number low:number"
    " high:number crps:number crps_carried:number targets:integer said:number came:number brier:number"
    " brier_carried:number",
}
"""Tables and their columns that the library reads, each text where it is of no other type."""
FORECASTS = "weo_forecasts"
PANELS = {
    "panel_countries": "code economy year:integer real_gdp_growth_percent:number source",
    "panel_regions": "country region nation:boolean year:integer real_gdp_growth_percent:number source",
    "panel_region_levels": "country region year:integer gross_product:number source",
    "panel_population": "code economy year:integer population:number source",
    "panel_deflator": "code economy year:integer deflator_growth_percent:number source",
    "panel_region_population": "country region year:integer population:number source",
    "panel_nominal_levels": "country parent region year:integer gross_product:number source",
    FORECASTS: "code edition " + " ".join(f"h{ahead}:number" for ahead in range(6)),
}
"""The same of large ones, needed only where constants are estimated or forecasts scored: read on demand."""


def compiled(pattern: str) -> str:
    """A pattern that there is."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"a regular expression: {error}") from None
    return pattern


Named = Annotated[str, Field(min_length=1)]
Bound = Annotated[float, Strict(), Field(allow_inf_nan=False)]


class Rules(BaseModel):
    """What a column's cells keep to."""

    required: Annotated[bool, Strict()] = False
    minimum: Bound = 0.0
    maximum: Bound = 0.0
    enum: list[str] = []
    pattern: Annotated[str, AfterValidator(compiled)] = ""


class Column(BaseModel):
    """A column; an optional one may be left out of the file, and is empty then."""

    name: Named
    type: Literal["string", "number", "integer", "boolean", "date"]
    constraints: Rules = Rules()
    optional: Annotated[bool, Strict()] = False


class Reference(BaseModel):
    """Where the names of a column are listed."""

    resource: str
    fields: Named


class Key(BaseModel):
    """A column of names."""

    fields: Named
    reference: Reference


class Columns(BaseModel):
    """Columns and keys of a table."""

    fields: list[Column] = Field(min_length=1)
    primaryKey: list[str] = []
    foreignKeys: list[Key] = []


class Table(BaseModel):
    """A table and its file."""

    name: Named
    path: Annotated[str, Field(pattern=r"^\w[\w .-]{0,99}\.csv$")]
    columns: Columns = Field(alias="schema")


class Package(BaseModel):
    """The whole file."""

    resources: list[Table]
    issuing_unit: dict[str, str | None] | None = None
    document_form: Literal["usual", "official"] | None = None


def resources_of(text: str, file: str) -> dict[str, Any]:
    """Path and schema of each table of a package by its name.

    Parameters
    ----------
    text : str
        The package.
    file : str
        Its name as messages print it.

    Raises
    ------
    InputErrors
        It is no package, or lacks a table or column that is read.
    """
    if len(text) > LARGEST:
        raise InputErrors([FileFault(file, f"larger than {LARGEST:,} bytes; allowed: up to so many")])
    try:
        raw = json.loads(text)
        package = Package.model_validate(raw)
    except ValidationError as error:
        raise InputErrors([placed(fault, file) for fault in misfits(error)]) from None
    except json.JSONDecodeError as error:
        fault = f"not JSON: {error.msg}; allowed: a data package as it was"
        raise InputErrors([FileFault(file, fault, line=error.lineno)]) from None
    except (ValueError, RecursionError):
        fault = "nested too deep, or with numbers too long; allowed: a data package as it was"
        raise InputErrors([FileFault(file, fault)]) from None
    faults = [placed(fault, file) for fault in lacking(package.resources)]
    if faults:
        raise InputErrors(faults)
    return {
        resource["name"]: {"path": resource["path"], "schema": resource["schema"]}
        for resource in raw["resources"]
    }


def placed(fault: InputError, file: str) -> InputError:
    """The fault with its file."""
    fault.file = file
    return fault


def misfits(error: ValidationError) -> Iterator[InputError]:
    """Parts of a package that are of another kind."""
    for details in error.errors(include_url=False, include_context=False):
        field = dotted(details["loc"]) or "package"
        allowed = re.sub(r"^(\w+ should (be )?|Value error, )", "", details["msg"])
        if details["type"] == "missing":
            yield MissingField(field, None, "what the package had there")
        elif field.endswith(".path"):
            yield InputError(field, details["input"], "the name of a .csv file of data/, without a folder")
        else:
            yield InputError(field, details["input"], allowed)


def lacking(tables: Sequence[Table]) -> Iterator[InputError]:
    """Tables and columns that are read and not there, twice there or of another type, and keys of none."""
    held = {table.name: {column.name for column in table.columns.fields} for table in tables}
    for name in [name for name in (*NEEDED, *PANELS) if name not in held]:
        yield MissingField(f"resource {name}", None, "every table that the library reads, by its name")
    for at, table in enumerate(tables):
        here = f"resources[{at}]"
        if table.name in [other.name for other in tables[:at]]:
            yield InputError(f"{here}.name", table.name, "a name that no other table has")
        yield from lacking_columns(f"{here}.schema", table)
        yield from keys_of_none(f"{here}.schema", table, held)


def lacking_columns(here: str, table: Table) -> Iterator[InputError]:
    """Columns that are read and not there, or of another type; and those that stand twice."""
    kinds = {column.name: column.type for column in table.columns.fields}
    for needed in ({**NEEDED, **PANELS}.get(table.name) or "").split():
        name, _, kind = needed.partition(":")
        if kinds.get(name) != (kind or "string"):
            value = f"{name}: {kinds[name]}" if name in kinds else ", ".join(kinds)
            yield InputError(f"{here}.fields", value, f"a field {name} of type {kind or 'string'}")
    if len(kinds) < len(table.columns.fields):
        names = [column.name for column in table.columns.fields]
        twice = next(name for name in names if names.count(name) > 1)
        yield InputError(f"{here}.fields", twice, "names that differ")


def keys_of_none(here: str, table: Table, held: Mapping[str, Collection[str]]) -> Iterator[InputError]:
    """Keys of columns that there are not."""
    own = held[table.name]
    for name in [name for name in table.columns.primaryKey if name not in own]:
        yield InputError(f"{here}.primaryKey", name, ", ".join(own), nearest=nearest(name, own))
    # a table that is read by itself has nothing beside it
    beside = {name: ["sources"] if name != FORECASTS else [] for name in PANELS}
    for at, key in enumerate(table.columns.foreignKeys):
        there = f"{here}.foreignKeys[{at}]"
        other, reachable = key.reference.resource, beside.get(table.name, list(NEEDED))
        if key.fields not in own:
            yield InputError(f"{there}.fields", key.fields, ", ".join(own), nearest=nearest(key.fields, own))
        if other and other not in reachable:
            allowed = ", ".join(reachable) or "none"
            yield InputError(f"{there}.reference.resource", other, allowed, nearest=nearest(other, reachable))
        elif key.reference.fields not in held.get(other or table.name, ()):
            names = held.get(other or table.name, ())
            yield InputError(f"{there}.reference.fields", key.reference.fields, ", ".join(names) or "none")
