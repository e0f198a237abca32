"""States of the explorer, and the scenario that each of them is."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from futian_model.errors import FileFault, InputError, InputErrors, UnknownName
from futian_model.evidence import Evidence
from futian_model.explorer.controls import Control, Section
from futian_model.explorer.sections import Sections
from futian_model.scenario import Parts, Scenario, reached
from futian_model.scenario.checks import checked
from futian_model.scenario.complete import of_content

DIGITS = 12
"""Behind the point, beyond which a number from a page is rounding."""


@dataclass(frozen=True)
class State:
    """How a scenario was moved; what is left out is as the scenario has it.

    Attributes
    ----------
    choices : mapping of str to str
        Option by section.
    numbers : mapping of str to float
        Value by control, in the library's unit.
    """

    choices: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        return {"choices": dict(self.choices), "numbers": dict(self.numbers)}


class Space:
    """Every state that a scenario can be moved to.

    Raises
    ------
    InputError
        The scenario cannot be simulated on this evidence.
    """

    def __init__(self, scenario: Scenario, evidence: Evidence) -> None:
        self.start, self.evidence = scenario, evidence
        self.sections: tuple[Section, ...] = tuple(Sections(scenario, evidence).all())
        self.raw = scenario.to_dict()

    def scenario(self, state: State) -> Scenario:
        """The scenario that a state is, checked as a file would be.

        Raises
        ------
        InputErrors
            Every fault, as `futian check` tells it.
        UnknownName
            The state names a section, an option or a number that is not there.
        """
        content, faults = checked(self.values(state), self.evidence, complete=True)
        if faults:
            raise InputErrors([fault for _, fault in faults])
        if content is None:
            raise FileFault(self.start.file, "it holds no scenario")
        return of_content(content, {}, self.start.file)

    def values(self, state: State) -> dict[str, Any]:
        """A state in the plain values of a scenario file."""
        self.known(state)
        raw = copy.deepcopy(self.raw)
        for section, option in self.chosen(state):
            if option != section.own or section.when is not None:
                put(raw, section.at, copy.deepcopy(section.options[option].template))
            for control in own_numbers(section, option):
                if control.name in state.numbers:
                    value = round(float(state.numbers[control.name]), DIGITS)
                    put(raw, control.at, int(value) if control.whole and value.is_integer() else value)
        return raw

    def chosen(self, state: State) -> Iterator[tuple[Section, str]]:
        """Sections that are there, each with the option it is set to."""
        taken: dict[str, str] = {}
        for section in self.sections:
            if section.when is not None and taken.get(section.when[0]) != section.when[1]:
                continue
            taken[section.name] = state.choices.get(section.name, section.own)
            yield section, taken[section.name]

    def moved(self, state: State) -> Iterator[tuple[Section, str, list[tuple[Control, float]]]]:
        """Sections that are not as the scenario has them: option, and the numbers that were moved."""
        for section, option in self.chosen(state):
            numbers = [
                (control, float(state.numbers[control.name]))
                for control in own_numbers(section, option)
                if state.numbers.get(control.name, control.start) != control.start
            ]
            if option != section.own or numbers:
                yield section, option, numbers

    def known(self, state: State) -> None:
        """Refuse names that no section has."""
        options = {section.name: section.options for section in self.sections}
        for section, option in state.choices.items():
            if section not in options:
                raise UnknownName(section, options)
            if option not in options[section]:
                raise InputError(section, option, ", ".join(options[section]))
        names = {
            control.name
            for options_of in options.values()
            for option in options_of.values()
            for control in option.controls
        }
        for name in state.numbers:
            if name not in names:
                raise UnknownName(name, names)

    def to_dict(self) -> list[dict[str, Any]]:
        """Every section, for the page."""
        return [section.to_dict() for section in self.sections]


def own_numbers(section: Section, option: str) -> list[Control]:
    """Numbers of an option, without those that would choose another one."""
    return [control for control in section.options[option].controls if control.name.startswith(f"{option}:")]


def put(raw: dict[str, Any], at: Parts, value: Any) -> None:
    """Set what stands at a way's end."""
    *way, last = at
    reached(raw, tuple(way))[last] = value
