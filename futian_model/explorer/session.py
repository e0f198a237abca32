"""A session of the explorer, without any widget: a scenario, where it was moved, and runs that were kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from futian_model import sensitivity
from futian_model.errors import InputError
from futian_model.evidence import Evidence, load_evidence
from futian_model.explorer import saving
from futian_model.explorer.answers import DRAWS, Answer, Answers
from futian_model.explorer.controls import Control, Section
from futian_model.explorer.state import Grounds, Space, State
from futian_model.explorer.texts import Label, say, words
from futian_model.languages import DATA_LANGS, LANGS
from futian_model.scenario import Scenario, load_baseline
from futian_model.simulation import whole

MOST_RUNS = 12
"""Runs that may be kept at a time."""
LONGEST_NAME = 40


@dataclass(frozen=True, eq=False)
class Run:
    """A named state, what it was moved from, and what it leads to."""

    name: str
    start: Scenario
    state: State
    scenario: Scenario
    answer: Answer
    evidence_answer: Answer
    changes: tuple[Label, ...]


class Explorer:
    """What an explorer does, state by state.

    Parameters
    ----------
    scenario : Scenario
        Where it starts.
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    draws : int
        Paths of each answer.

    Attributes
    ----------
    baseline : Scenario
        What is always drawn beside it: the scenario that the start extends, or the start itself.
    state, scenario, answer
        The latest state, the scenario it is, and what that leads to.
    space : Space
        What can be moved in that state, and from where.
    lapsed : list of mapping
        Names of the numbers that were let go as the latest state has other years.
    evidence_answer : Answer
        The same by the evidence alone, on which the scenario's own assumptions have no say.
    runs : list of Run

    Raises
    ------
    InputError
        The scenario cannot be simulated on this evidence.
    """

    def __init__(self, scenario: Scenario, evidence: Evidence | None = None, *, draws: int = DRAWS) -> None:
        self.evidence = load_evidence() if evidence is None else evidence
        self.project = self.evidence.project
        self.answers = Answers(self.evidence, whole("draws", draws, 100, 100_000))
        self.runs: list[Run] = []
        self.begin(scenario)

    def begin(self, scenario: Scenario, state: State | None = None) -> None:
        """Start from a scenario; the runs stay."""
        space = Space(scenario, self.evidence)
        extended = load_baseline(scenario, self.evidence, self.project) if scenario.extends else None
        baseline = scenario if extended is None else extended
        answer = self.answers.answer(baseline)
        self.settle(Grounds(space), State() if state is None else state)
        self.baseline, self.baseline_answer = baseline, answer

    def move(self, state: State, ground: Mapping[str, str] | None = None) -> Answer:
        """Go to a state; where it is refused, everything stays as it was.

        Parameters
        ----------
        state : State
        ground : mapping of str to str, optional
            Choices of data, years and sources under which the state's numbers were set, where it chooses
            others: `lapsed` then says which of them are not of these years any more.

        Raises
        ------
        InputError
            Every fault of the state, as `futian check` tells it.
        """
        return self.settle(self.grounds, state, ground)

    def settle(self, grounds: Grounds, state: State, ground: Mapping[str, str] | None = None) -> Answer:
        """Work a state out, then stand there."""
        space = grounds.space(state.choices)
        before = space if ground is None else grounds.space(ground)
        lapsed: list[Label] = []
        if before is not space:
            state, lapsed = space.carried(state, before)
        scenario = space.scenario(state)
        answer = self.answers.answer(scenario)
        apart = self.answers.by_evidence(scenario)
        self.grounds, self.space, self.lapsed = grounds, space, lapsed
        self.state, self.scenario, self.answer, self.evidence_answer = state, scenario, answer, apart
        return answer

    @property
    def ground(self) -> dict[str, str]:
        """Choices of data, years and sources of the current state that are not the start's own."""
        return self.grounds.home.ground(self.state.choices)

    def keep(self, name: str) -> Run:
        """Keep the current state under a name; an earlier run of the same name goes.

        Raises
        ------
        InputError
            The name is empty or too long, or there are too many runs.
        """
        name = " ".join(name.split())
        if not 1 <= len(name) <= LONGEST_NAME:
            raise InputError("name", name, f"1 to {LONGEST_NAME} characters")
        others = [run for run in self.runs if run.name != name]
        if len(others) >= MOST_RUNS:
            raise InputError("runs", len(others) + 1, f"at most {MOST_RUNS}")
        start, answers = self.space.start, (self.answer, self.evidence_answer)
        run = Run(name, start, self.state, self.scenario, *answers, tuple(self.changes()))
        self.runs = [*others, run]
        return run

    def run(self, name: str) -> Run:
        """A kept run by its name.

        Raises
        ------
        InputError
            There is none of that name.
        """
        for run in self.runs:
            if run.name == name:
                return run
        raise InputError("run", name, ", ".join(run.name for run in self.runs) or "none is kept")

    def drop(self, name: str) -> None:
        """Let a run go."""
        gone = self.run(name)
        self.runs = [run for run in self.runs if run is not gone]

    def take_up(self, name: str) -> None:
        """Go back to a run: its start and its state."""
        run = self.run(name)
        self.begin(run.start, run.state)

    def load(self, path_or_id: str) -> None:
        """Start from a file, or from a scenario of the project.

        Raises
        ------
        InputErrors
            Every fault of the file, in the words of `futian check`.
        """
        self.begin(saving.load(path_or_id, self.project, self.evidence))

    def save(self, name: str, title: Mapping[str, str], *, replace: bool = False) -> Path:
        """Write the current state to the project's `params/`.

        Parameters
        ----------
        name : str
            Id of the new scenario, and name of the file.
        title : mapping
            By language; where one is empty the other stands in, else the name.
        replace : bool
            Whether a file of that name may be replaced.

        Raises
        ------
        Taken
            There is one, and `replace` is not set.
        InputError
            The id is none, or the file would be faulty.
        """
        titles = {lang: " ".join(title.get(lang, "").split()) for lang in DATA_LANGS}
        spare = next((text for text in titles.values() if text), name)
        texts = {
            "id": name,
            "title": {lang: text or spare for lang, text in titles.items()},
            "description": {lang: self.description()[lang] for lang in DATA_LANGS},
        }
        return saving.save(
            self.scenario, self.space.start, texts, self.project, self.evidence, replace=replace
        )

    def description(self) -> dict[str, str]:
        """What was moved, in a sentence."""
        start, changes = self.space.start.title.by_language(), self.changes()
        if not changes:
            return say("description_same", scenario=start)
        joined = {lang: words(lang)["enumeration"].join(change[lang] for change in changes) for lang in LANGS}
        return say("description", scenario=start, changes=joined)

    def changes(self) -> list[Label]:
        """What the current state moved, a text each."""
        changes: list[Label] = []
        for section, option, numbers in self.space.moved(self.state):
            if option != section.own:
                changes.append(
                    say("change_option", section=section.label, option=section.options[option].label)
                )
            changes += [said(section, control, value) for control, value in numbers]
        return changes

    def index(self) -> list[dict[str, Any]]:
        """Effect of a point of each lever on each result, at the current state.

        Returns
        -------
        list of dict
            lever, indicator, year, relative (of a share the effect itself), effect (in the indicator's unit).
        """
        table = sensitivity.lever_index(self.scenario, self.evidence)
        return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def said(section: Section, control: Control, value: float) -> dict[str, str]:
    """A moved number in words."""
    digits = control.unit.digits
    text = f"{value * control.unit.scale:.{digits}f}"
    number = say(
        f"unit_{control.unit.name}", number=text.replace("-", "−") if float(text) else text.lstrip("-")
    )
    return say("change_number", section=section.label, control=control.label, number=number)


def numbers(answer: Answer) -> bytes:
    """Central path and quantiles of every indicator, single precision.

    Of shape (indicators, 1 + levels, years + 1), in the order of ``answer.central``.
    """
    stacked = [np.vstack([answer.central[name], answer.quantiles[name]]) for name in answer.central]
    return np.asarray(stacked, np.float32).tobytes()
