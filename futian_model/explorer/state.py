"""States of the explorer, and the scenario that each of them is."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from futian_model.errors import FileFault, InputError, InputErrors, UnknownName
from futian_model.evidence import Evidence
from futian_model.explorer.controls import Control, Section
from futian_model.explorer.fitting import fitted
from futian_model.explorer.sections import Sections
from futian_model.explorer.texts import Label, say
from futian_model.scenario import Parts, Scenario, reached
from futian_model.scenario.checks import checked
from futian_model.scenario.complete import of_content

GROUND = ("vintage", "horizon", "gdp_source", "population_source")
"""Sections that move what every other one starts from."""
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

    Parameters
    ----------
    scenario : Scenario
    evidence : Evidence
    start : Scenario, optional
        What the states are told apart from, where `scenario` is it on other data, years or sources.

    Raises
    ------
    InputError
        The scenario cannot be simulated on this evidence.
    """

    def __init__(self, scenario: Scenario, evidence: Evidence, start: Scenario | None = None) -> None:
        self.start, self.evidence = scenario if start is None else start, evidence
        self.sections: tuple[Section, ...] = tuple(Sections(scenario, evidence, start).all())
        self.raw = scenario.to_dict()

    def ground(self, choices: Mapping[str, str]) -> dict[str, str]:
        """Choices of data, years and sources that are not the start's own."""
        return {
            section.name: choices[section.name]
            for section in self.sections
            if section.name in GROUND and choices.get(section.name, section.own) != section.own
        }

    def under(self, ground: Mapping[str, str]) -> "Space":
        """The states on other data, years or sources: every number starts from what follows from those.

        Raises
        ------
        InputErrors
            The scenario's own paths do not fit.
        """
        if not ground:
            return self
        self.known(State(ground))
        raw = copy.deepcopy(self.raw)
        for section in self.sections:
            if section.name in ground:
                put(raw, section.at, section.options[ground[section.name]].template)
        return Space(self.sound(fitted(raw, self.evidence)), self.evidence, self.start)

    def carried(self, state: State, before: "Space") -> tuple[State, list[Label]]:
        """A state of another ground on this one, and what is not of it any more.

        A number of a phase goes to every phase here that begins within it.
        """
        numbers: dict[str, float] = {}
        homes: dict[Any, list[tuple[Section, str, Control]]] = {}
        for place in self.places():
            homes.setdefault(phased(*place)[0], []).append(place)
        lapsed: list[Label] = []
        for section, option, control in before.places():
            if control.name not in state.numbers:
                continue
            key, years = phased(section, option, control)
            value, held = state.numbers[control.name], False
            for home in homes.get(key, []):
                own = phased(*home)[1]
                inside = years is None or own is None or years[0] <= own[0] <= years[1]
                if inside and home[2].low <= value <= home[2].high:
                    numbers[home[2].name], held = value, True
            if not held:
                lapsed.append(say("lapsed", section=section.label, control=control.label))
        return State(state.choices, numbers), lapsed

    def places(self) -> Iterator[tuple[Section, str, Control]]:
        """Every number once, with the section and the option it is of."""
        for section in self.sections:
            for option in section.options:
                for control in own_numbers(section, option):
                    yield section, option, control

    def scenario(self, state: State) -> Scenario:
        """The scenario that a state is, checked as a file would be.

        Raises
        ------
        InputErrors
            Every fault, as `futian check` tells it.
        UnknownName
            The state names a section, an option or a number that is not there.
        """
        return self.sound(self.values(state))

    def sound(self, raw: dict[str, Any]) -> Scenario:
        """The scenario of plain values, checked as a file would be."""
        content, faults = checked(raw, self.evidence, complete=True)
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

    def changes(self, state: State) -> list[Label]:
        """What a state moved, a text each."""
        changes: list[Label] = []
        for section, option in self.chosen(state):
            if option != section.own:
                label = section.options[option].label
                changes.append(say("change_option", section=section.label, option=label))
            for control in own_numbers(section, option):
                value = float(state.numbers.get(control.name, control.start))
                if value != control.start:
                    changes.append(said(section, control, value))
        return changes

    def known(self, state: State) -> None:
        """Refuse names that no section has."""
        options = {section.name: section.options for section in self.sections}
        for section, option in state.choices.items():
            if section not in options:
                raise UnknownName(section, options)
            if option not in options[section]:
                raise InputError(section, option, ", ".join(options[section]))
        names = {control.name for _, _, control in self.places()}
        for name in state.numbers:
            if name not in names:
                raise UnknownName(name, names)


def said(section: Section, control: Control, value: float) -> dict[str, str]:
    """A moved number in words."""
    digits = control.unit.digits
    text = f"{value * control.unit.scale:.{digits}f}"
    number = say(
        f"unit_{control.unit.name}", number=text.replace("-", "−") if float(text) else text.lstrip("-")
    )
    return say("change_number", section=section.label, control=control.label, number=number)


class Grounds:
    """The spaces of one scenario, by the data, years and sources that are chosen.

    Parameters
    ----------
    home : Space
        On those that the scenario has itself.
    """

    def __init__(self, home: Space) -> None:
        self.home = home
        self.spaces: dict[tuple[tuple[str, str], ...], Space] = {(): home}

    def space(self, choices: Mapping[str, str]) -> Space:
        """What can be moved under a state's choices, and from where."""
        ground = self.home.ground(choices)
        key = tuple(sorted(ground.items()))
        if key not in self.spaces:
            self.spaces[key] = self.home.under(ground)
        return self.spaces[key]


def own_numbers(section: Section, option: str) -> list[Control]:
    """Numbers of an option, without those that would choose another one."""
    return [control for control in section.options[option].controls if control.name.startswith(f"{option}:")]


def phased(section: Section, option: str, control: Control) -> tuple[Any, tuple[int, int] | None]:
    """What a number is whatever phases there are, and the years of its phase, if it is of one."""
    way = control.at[len(section.at) :]
    if "phases" not in way:
        return (control.name,), None
    at = way.index("phases") + 1
    phase = reached(section.options[option].template, way[: at + 1])
    key = (section.name, option, *way[:at], *way[at + 1 : at + 2], phase.get("shape"))
    start = phase["start"] + (int(way[at + 2]) if len(way) > at + 2 else 0)
    return key, (start, start if len(way) > at + 2 else phase["end"])


def put(raw: dict[str, Any], at: Parts, value: Any) -> None:
    """Set what stands at a way's end."""
    *way, last = at
    reached(raw, tuple(way))[last] = value
