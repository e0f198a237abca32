"""Files of `params/context/`: cities and nations that can surround a scenario."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from futian_model.errors import FileFault, InputError, InputErrors, MissingField
from futian_model.evidence import Evidence, load_evidence
from futian_model.project import Project
from futian_model.scenario import Scenario
from futian_model.scenario.blocks import Trend
from futian_model.scenario.blocks.context import (
    City,
    Context,
    LeadOver,
    Nation,
    NoLead,
    PublishedPath,
    published_faults,
)
from futian_model.scenario.checks_paths import Span
from futian_model.scenario.entries import Entry, Parts, Refused, reached
from futian_model.scenario.loading import placed
from futian_model.scenario.merging import CONTEXT, PLACES
from futian_model.scenario.model import Content
from futian_model.scenario.reading import read
from futian_model.scenario.wording import type_faults


def surroundings(
    project: Project, evidence: Evidence | None = None
) -> tuple[dict[str, Nation], dict[str, City]]:
    """Every nation and city of `params/context/`, by id.

    Which years a path covers is held against a scenario's years (`misfit`), of which a file by itself
    knows nothing.

    Parameters
    ----------
    project : Project
    evidence : Evidence, optional
        Knows the published paths; loaded when left out.

    Raises
    ------
    InputErrors
        Every fault of every file, with file, line, field, value and what is allowed.
    """
    evidence = evidence if evidence is not None else load_evidence(project)
    files = sorted((project.params / CONTEXT).glob("[!.]*.yaml"))
    held = tuple((file, content(file)) for file in files)
    nations, cities = evidence.once(
        (surroundings.__qualname__, *held), lambda: described_in(files, project, evidence)
    )
    return dict(nations), dict(cities)


def content(file: Path) -> bytes | None:
    """What a file holds; None where it cannot be read, which reading it again tells of."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def described_in(
    files: Sequence[Path], project: Project, evidence: Evidence
) -> tuple[dict[str, Nation], dict[str, City]]:
    """The places of files, or every fault of every file."""
    nations, cities = dict[str, Nation](), dict[str, City]()
    faults: list[InputError] = []
    for file in files:
        document = read(file, project.shown(file))
        place, misfits = described(document.root, file.stem, evidence)
        faults += document.faults
        if not any(isinstance(fault, FileFault) for fault in document.faults):
            faults += misfits
        if isinstance(place, Nation):
            nations[place.id] = place
        elif place is not None:
            cities[place.id] = place
    if faults:
        raise InputErrors(faults)
    return nations, cities


def described(root: Entry, name: str, evidence: Evidence) -> tuple[Nation | City | None, list[InputError]]:
    """The place that a file describes, or its faults."""
    raw = root.plain()
    place = raw.get("place")
    if isinstance(place, Refused):
        return None, []
    if place not in PLACES:
        missing = place is None
        fault = (MissingField if missing else InputError)("place", place, " or ".join(PLACES))
        return None, [placed(root, ("place",), fault)]
    around = {"block": "context", place: raw, "differential": {"block": "none"}}
    faults: list[tuple[Parts, InputError]] = []
    try:  # inside a scenario that says nothing else, so that a fault is told in the same words
        Content.model_validate({"levers": {"growth": around}})
    except ValidationError as error:
        inside = ("levers", "growth", place)
        faults = [(at[3:], outside(fault, place)) for at, fault in type_faults(error) if at[:3] == inside]
    faults = [(at, fault) for at, fault in faults if not isinstance(reached(raw, at), Refused)]
    if faults:
        return None, [placed(root, at, fault) for at, fault in faults]
    context = (Nation if place == "nation" else City).model_validate(raw)
    if isinstance(context.growth, PublishedPath):  # over no years: the name alone
        faults = list(
            published_faults(context.growth.path, place, ("growth", "path"), Span(0, 0, 0), evidence)
        )
    if context.id != name:
        faults.append((("id",), InputError("id", context.id, f"{name}, the name of the file")))
    return context, [placed(root, at, fault) for at, fault in faults]


def outside(fault: InputError, place: str) -> InputError:
    """A fault inside a scenario's context, named as the context file itself names the field."""
    for name in ("field", "allowed", "nearest"):
        text = getattr(fault, name)
        setattr(fault, name, text and text.replace(f"levers.growth.{place}.", ""))
    return fault


def misfit(place: Nation | City, scenario: Scenario, evidence: Evidence) -> list[InputError]:
    """Why a place's path cannot surround a scenario: years it leaves out. Empty where it can."""
    kept: dict[str, Any] = {"block": "context", "differential": {"block": "none"}}
    if isinstance(place, Nation):
        follows = LeadOver(block="lead", lead=NoLead(block="none"))
        city = City(id="city", place="city", title=place.title, growth=follows)
        block = Context(**kept, nation=place, city=city)
    else:
        nation = Nation(id="nation", place="nation", title=place.title, growth=Trend())
        block = Context(**kept, nation=nation, city=place)
    span = scenario.assumptions.span(evidence)
    return [fault for _, fault in block.faults(("levers", "growth"), span, evidence)]
