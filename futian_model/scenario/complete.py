"""The complete scenario: merged, checked, every value with the place it came from."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML

from futian_model.scenario.entries import Entry, Parts, dotted, reached
from futian_model.scenario.judgments import Judgment
from futian_model.scenario.merging import leaves
from futian_model.scenario.model import Assumptions, Content, Levers, Run
from futian_model.scenario.names import Words

DEFAULT = "library default"
PARTS = ("levers", "assumptions", "judgments", "run")


@dataclass(frozen=True)
class Scenario:
    """One set of assumptions, complete and checked.

    Attributes
    ----------
    id : str
    title, description : Words
        Texts, ``title["zh"]`` and ``title["en"]``.
    extends : str or None
        Id of the scenario it builds on, already merged in.
    levers, assumptions, run
        What policy can move, what is taken as given, how it is simulated.
    provenance : mapping of str to str
        Where each value stands: field, ``levers.growth.block``, to ``params/x.yaml, line 9`` or
        ``library default``.
    file : str
        The file as messages name it.
    judgments : mapping of str to Judgment or None
        Adjustments of the paths that a person answers for, by name; None for one that was dropped.
    overrides : str
        Values that stand in place of the file's, ``field=value; field=value``.
    """

    id: str
    title: Words
    description: Words
    extends: str | None
    levers: Levers
    assumptions: Assumptions
    run: Run
    provenance: Mapping[str, str]
    file: str
    judgments: Mapping[str, Judgment | None] = field(default_factory=dict)
    overrides: str = ""

    @property
    def years(self) -> NDArray[np.int_]:
        """Base year to horizon."""
        return np.arange(self.assumptions.base_year, self.assumptions.horizon + 1)

    @property
    def standing(self) -> dict[str, Judgment]:
        """The judgments that were not dropped, by name."""
        return {name: judgment for name, judgment in self.judgments.items() if judgment is not None}

    def to_dict(self) -> dict[str, Any]:
        """The merged scenario in plain values; it extends nothing any more."""
        parts = {part: getattr(self, part) for part in ("title", "description", *PARTS)}
        return {"id": self.id} | {name: plain(part) for name, part in parts.items()}

    def values(self) -> dict[str, Any]:
        """Every value by its field, named as in `provenance`."""
        content = self.to_dict()
        return {dotted(at): reached(content, at) for part in PARTS for at in leaves(content[part], (part,))}

    def as_yaml(self) -> str:
        """The merged scenario as a scenario file."""
        return as_yaml(self.to_dict())


def as_yaml(content: Mapping[str, Any]) -> str:
    """Plain values as YAML, in their own order."""
    yaml, text = YAML(typ="safe", pure=True), io.StringIO()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = 2**16
    yaml.dump(dict(content), text)
    return text.getvalue()


def of_content(content: Content, provenance: Mapping[str, str], file: str, overrides: str = "") -> Scenario:
    """A checked file as a scenario."""
    parts = {name: getattr(content, name) for name in Content.model_fields}
    return Scenario(**parts, provenance=provenance, file=file, overrides=overrides)


def plain(part: Any) -> dict[str, Any]:
    """A part of a scenario in plain values."""
    if isinstance(part, Mapping):
        return {
            name: None if entry is None else entry.model_dump(mode="json") for name, entry in part.items()
        }
    content: dict[str, Any] = part.model_dump(mode="json")
    return content


def built(content: Content, tree: Entry, file: str, overrides: str = "") -> Scenario:
    """The scenario of a faultless file."""
    values = content.model_dump(mode="json")
    raw = tree.plain()
    provenance = {}
    for at in (at for part in PARTS for at in leaves(values[part], (part,))):
        entry = tree.at(at)
        place = entry.file if entry.line is None else f"{entry.file}, line {entry.line}"
        provenance[dotted(at)] = place if is_stated(raw, at) else DEFAULT
    return of_content(content, provenance, file, overrides)


def is_stated(raw: Any, at: Parts) -> bool:
    """Whether a file states the value at the end of a way."""
    around = reached(raw, at[:-1])
    last = at[-1]
    return (isinstance(around, dict) and last in around) or isinstance(around, list)
