"""The complete scenario: merged, checked, every value with the place it came from."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from ruamel.yaml import YAML

from futian_model import files
from futian_model.errors import FileFault, InputError, InputErrors, dotted
from futian_model.evidence import Evidence, load_evidence
from futian_model.scenario.changing import PYTHON, changed
from futian_model.scenario.checks import checked
from futian_model.scenario.entries import Entry, Parts, reached
from futian_model.scenario.judgments import Judgment
from futian_model.scenario.merging import leaves
from futian_model.scenario.model import Assumptions, Content, Levers, Run
from futian_model.scenario.names import Words

DEFAULT = "library default"
RATES = ("growth_rate", "growth_rates", "growth_gap", "to")
ALL = 9
"""Fields of a scenario that have no default."""
PARTS = ("levers", "assumptions", "judgments", "run")


@dataclass(frozen=True, repr=False)
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

    def __new__(cls, *values: Any, **named: Any) -> Self:
        """Refuse parts of a scenario; what is left out has its value from a file or from `with_`."""
        if named and len(values) + len(named) < ALL:
            allowed = "load_scenario(...), of an id, a file or a mapping, and what its with_(...) changes"
            raise InputError("Scenario", ", ".join(named), allowed)
        return super().__new__(cls)

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

    def with_(self, *, evidence: Evidence | None = None, **changes: Any) -> "Scenario":
        """The scenario with other assumptions, checked; this one stays as it is.

        Parameters
        ----------
        evidence : Evidence, optional
            The project's figures; loaded when left out.
        **changes
            Values by field: ``growth``, ``population``, ``deflator`` or a share such as
            ``headquarters_share``, of which a number is the growth (of a share the lead over the rest), a
            fraction a year, in all years to come, a list one for each of them, a mapping the first year
            of each phase to its rate, a text the name of a block, and a mapping with ``block`` the block
            itself; ``firms``, ``events``, ``judgments``; the assumptions, such as ``vintage`` and
            ``horizon``, and ``draws`` and ``seed``; any other by its whole name,
            ``**{"assumptions.uncertainty.scale": 2}``. Without an ``id`` and a ``title`` the scenario
            gets ones that name the changes.

        Raises
        ------
        InputErrors
            Every fault, as `futian check` says it.

        Examples
        --------
        >>> from futian_model import load_scenario
        >>> slower = load_scenario("evidence_trend").with_(growth=0.04)
        >>> slower.id, slower.levers.growth.phases[0].growth_rate
        ('evidence_trend-growth-0_04', 0.04)
        """
        evidence = evidence if evidence is not None else load_evidence()
        scenario = read_back(changed(self.to_dict(), changes, evidence), evidence, PYTHON)
        own, new = self.values(), scenario.values()
        kept = {field: place for field, place in self.provenance.items() if own.get(field) == new.get(field)}
        return replace(scenario, extends=self.id, provenance={**scenario.provenance, **kept})

    def save(self, file: str | Path, *, overwrite: bool = False) -> Path:
        """Write the scenario as a scenario file, which stands by itself.

        Raises
        ------
        InputError
            There is a file of that name, and `overwrite` is not set.
        """
        target = Path(file)
        content = self.as_yaml().encode()
        if overwrite:
            files.replace(target, content)
            return target
        try:
            files.write_through(target, content)
        except FileExistsError:
            raise InputError("file", str(file), "a file that is not there yet, or overwrite=True") from None
        return target

    def as_yaml(self) -> str:
        """The merged scenario as a scenario file."""
        return as_yaml(self.to_dict())

    def __repr__(self) -> str:
        return "\n".join([f"Scenario {self.id}: {self.title['en']}", *map("  {}".format, self.lines())])

    def lines(self) -> list[str]:
        """The assumptions in a few lines."""
        own = self.assumptions
        blocks = {"growth": self.levers.growth, "population": self.levers.population, "prices": own.deflator}
        blocks |= {name: block for name, block in self.levers.shares.items() if block is not None}
        return [
            f"{own.base_year} to {own.horizon}, figures up to {own.vintage}",
            *(f"{name}: {stated(block)}" for name, block in blocks.items()),
            *(
                f"{len(held)} {name}"
                for name, held in (("events", self.levers.events), ("judgments", self.standing))
                if held
            ),
            f"draws: {self.run.draws:,}, seed: {self.run.seed}",
        ]


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


def read_back(values: Mapping[str, Any], evidence: Evidence, source: str) -> Scenario:
    """A scenario from the plain values that `Scenario.to_dict` gave.

    Parameters
    ----------
    values : mapping
    evidence : Evidence
        The project's figures, which names of indicators and sources are held against.
    source : str
        What messages name in place of a file.

    Raises
    ------
    InputErrors
        The values are no scenario on this evidence: every fault.
    """
    content, faults = checked(dict(values), evidence, complete=True)
    for _, fault in faults:
        fault.file = source
    if faults:
        raise InputErrors([fault for _, fault in faults])
    if content is None:
        raise FileFault(source, "it holds no scenario")
    scenario = of_content(content, {}, source)
    return replace(scenario, provenance=dict.fromkeys(scenario.values(), source))


def stated(block: Any) -> str:
    """A block in a line: its name, and of a path its phases."""
    phases = getattr(block, "phases", ())
    rates = [
        f"{phase.start}-{phase.end} {', '.join(f'{100 * rate:g}%' for rate in rates_of(phase))}"
        for phase in phases
    ]
    return f"{block.block} {'; '.join(rates)}".strip()


def rates_of(phase: Any) -> list[float]:
    """Rates that a phase names, fractions a year."""
    return [rate for name in RATES for rate in np.atleast_1d(getattr(phase, name, [])).tolist()]


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
