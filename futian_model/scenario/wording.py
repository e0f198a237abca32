"""Faults of types and ranges, told in the words of the fields' descriptions."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from futian_model.errors import InputError, MissingField, UnknownName, dotted, nearest
from futian_model.scenario.blocks import BLOCKS
from futian_model.scenario.entries import Parts
from futian_model.scenario.model import Content

Models = list[type[BaseModel]]


@dataclass(frozen=True)
class Spot:
    """Where a fault is: the way to the field, and what the models say of it.

    Attributes
    ----------
    at : tuple
        The way to the field.
    around, here : list of models
        Which may stand around the field, and in it.
    fields : list of FieldInfo
        The field in each of the models around it, or the list or mapping it is an item of.
    """

    at: Parts
    around: Models
    here: Models
    fields: list[FieldInfo]

    def allowed(self) -> str:
        """The field's description."""
        return " or ".join(dict.fromkeys(str(field.description) for field in self.fields))


def type_faults(error: ValidationError) -> Iterator[tuple[Parts, InputError]]:
    """Each fault that validating a file as `Content` found, with the way to the field it is about."""
    for details in error.errors(include_url=False):
        # pydantic counts only the sound items of a list
        if details["type"] != "too_short" or not details["input"]:
            yield fault(details, spot(details["loc"]))


def fault(details: ErrorDetails, spot: Spot) -> tuple[Parts, InputError]:
    """One of pydantic's errors as one of ours."""
    value, at = details["input"], spot.at
    match details["type"]:
        case "missing":
            return at, MissingField(dotted(at), None, spot.allowed())
        case "extra_forbidden":
            return at, unknown_key(at, [name for model in spot.around for name in model.model_fields])
        case "union_tag_not_found" if isinstance(value, dict):
            at = (*at, "block")
            return at, MissingField(dotted(at), None, ", ".join(map(variant, spot.here)))
        case "union_tag_invalid":
            name, valid = (
                "shape" if isinstance(at[-1], int) else "block",
                [variant(model) for model in spot.here],
            )
            at, value = (*at, name), value[name]
            close = nearest(value, valid) if isinstance(value, str) else None
            return at, InputError(dotted(at), value, ", ".join(valid), nearest=close)
    return at, InputError(dotted(at), value, spot.allowed())


def unknown_key(at: Parts, names: list[str]) -> UnknownName:
    """A key that is none of the names."""
    unknown = UnknownName(dotted(at), [dotted((*at[:-1], name)) for name in names])
    # what the names share would make all of them look alike
    close = nearest(str(at[-1]), names)
    unknown.nearest = dotted((*at[:-1], close)) if close else None
    if close is None and "block" in names and (blocks := homes(str(at[-1]))):
        unknown.allowed += f"; {at[-1]} belongs to block {' or '.join(blocks)}"
    return unknown


def homes(name: str) -> list[str]:
    """Blocks that have a field of this name, in themselves or in their phases."""
    blocks = {variant(model): model for models in BLOCKS.values() for model in models}
    return [block for block, model in blocks.items() if holds(model, name, set())]


def holds(model: type[BaseModel], name: str, seen: set[type[BaseModel]]) -> bool:
    """Whether a model, or one inside it, has a field of this name."""
    seen.add(model)
    inside = [inner for field in model.model_fields.values() for inner in models_in(field.annotation)]
    return name in model.model_fields or any(
        holds(inner, name, seen) for inner in inside if inner not in seen
    )


def spot(loc: Parts) -> Spot:
    """What the models know of the end of pydantic's way, which names the variants it tried."""
    at: Parts = ()
    around: Models = []
    here: Models = [Content]
    fields: list[FieldInfo] = []
    tag = False
    for part in loc:
        if tag:
            here, tag = [model for model in here if variant(model) == part], False
            continue
        at, around = (*at, part), here
        names = [field for model in here for name, field in model.model_fields.items() if name == part]
        if names:
            fields = names
            here = [model for field in names for model in models_in(field.annotation)]
        # of several models the next part names the one that was tried; of a list or a mapping that of an item
        tag = len(here) > 1 and not (names and any(holds_items(field.annotation) for field in fields))
    return Spot(at, around, here, fields)


def holds_items(annotation: Any) -> bool:
    """Whether a type is a list or a mapping, or one that may be left out."""
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return any(map(holds_items, get_args(annotation)))
    return isinstance(origin, type) and issubclass(origin, Collection)


def variant(model: type[BaseModel]) -> str:
    """What tells a model from its alternatives: its block, its shape, or the field only it has."""
    for name in ("block", "shape"):
        if name in model.model_fields:
            return str(get_args(model.model_fields[name].annotation)[0])
    return next((name for name in ("goal", "multiple") if name in model.model_fields), "value")


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model a type mentions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)
