"""A session of the explorer, without any widget: a scenario, where it was moved, and runs that were kept."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from futian_model import sensitivity
from futian_model.errors import InputError
from futian_model.evidence import Evidence, load_evidence
from futian_model.explorer import forms, saving
from futian_model.explorer.answers import DRAWS, Answer, Answers, stacked
from futian_model.explorer.state import Grounds, Space, State
from futian_model.explorer.texts import Label, say, words
from futian_model.languages import DATA_LANGS, LANGS
from futian_model.scenario import Scenario, load_baseline
from futian_model.simulation import whole

MOST_RUNS = 12
"""Runs that may be kept at a time."""
LONGEST_NAME = 40
LONGEST_NOTE = 400
"""Characters of a note on a run."""
HELD = 4
"""Scenarios of which what can be moved is kept ready."""
STEPS = 200
"""Steps that can be undone."""


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
    note: str = ""


@dataclass(frozen=True, eq=False)
class Moment:
    """Where a session stood: its start, its state and its runs."""

    start: Scenario
    state: State
    runs: tuple[Run, ...]

    def same(self, other: "Moment") -> bool:
        """Whether another moment stands at the same place."""
        return (self.start, self.state, self.runs) == (other.start, other.state, other.runs)


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
    past, ahead : list of Moment
        What can be undone and done again, the nearest last.

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
        self.held: list[Grounds] = []
        self.past: list[Moment] = []
        self.ahead: list[Moment] = []
        self.gesture: str | None = None
        self.stand(scenario, State())

    def begin(self, scenario: Scenario, state: State | None = None) -> None:
        """Start from a scenario; the runs stay."""
        before = self.moment
        self.stand(scenario, State() if state is None else state)
        self.remember(before)

    def stand(self, scenario: Scenario, state: State) -> None:
        """Stand at a state of a scenario, or stay where it cannot be simulated."""
        grounds = self.grounds_of(scenario)
        extended = load_baseline(scenario, self.evidence, self.project) if scenario.extends else None
        baseline = scenario if extended is None else extended
        answer = self.answers.answer(baseline)
        self.settle(grounds, state)
        self.baseline, self.baseline_answer = baseline, answer

    def grounds_of(self, scenario: Scenario) -> Grounds:
        """What can be moved of a scenario; kept of the latest ones."""
        grounds = next((held for held in self.held if held.home.start is scenario), None)
        if grounds is None:
            grounds = Grounds(Space(scenario, self.evidence))
        self.held = [*(held for held in self.held if held is not grounds), grounds][-HELD:]
        return grounds

    @property
    def moment(self) -> Moment:
        """Where the session stands."""
        return Moment(self.space.start, self.state, tuple(self.runs))

    def remember(self, before: Moment, gesture: str | None = None) -> None:
        """Have a step undone as one, with all that the same gesture moves."""
        if self.moment.same(before):
            return
        if gesture is None or gesture != self.gesture:
            self.past = [*self.past[1 - STEPS :], before]
        self.ahead, self.gesture = [], gesture

    def undo(self) -> bool:
        """Go back a step; whether there was one."""
        return self.step(self.past, self.ahead)

    def redo(self) -> bool:
        """Do again what was undone; whether there was something."""
        return self.step(self.ahead, self.past)

    def step(self, source: list[Moment], other: list[Moment]) -> bool:
        """Go to the nearest moment of one side, and leave where the session stands on the other."""
        if not source:
            return False
        here, there = self.moment, source[-1]
        if there.start is self.space.start:
            self.settle(self.grounds, there.state)
        else:
            self.stand(there.start, there.state)
        self.runs, self.gesture = list(there.runs), None
        source.pop()
        other.append(here)
        return True

    def move(
        self, state: State, ground: Mapping[str, str] | None = None, gesture: str | None = None
    ) -> Answer:
        """Go to a state; where it is refused, everything stays as it was.

        Parameters
        ----------
        state : State
        ground : mapping of str to str, optional
            Choices of data, years and sources under which the state's numbers were set, where it chooses
            others: `lapsed` then says which of them are not of these years any more.
        gesture : str, optional
            Name of a movement of the hand, all of which is undone as one.

        Raises
        ------
        InputError
            Every fault of the state, as `futian check` tells it.
        """
        before = self.moment
        answer = self.settle(self.grounds, state, ground)
        self.remember(before, gesture)
        return answer

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
        """Keep the current state under a name.

        Raises
        ------
        InputError
            The name is empty, too long or another run's, or there are too many runs.
        """
        name = self.free(name)
        if len(self.runs) >= MOST_RUNS:
            raise InputError("runs", len(self.runs) + 1, f"at most {MOST_RUNS}")
        before, start, answers = self.moment, self.space.start, (self.answer, self.evidence_answer)
        run = Run(name, start, self.state, self.scenario, *answers, tuple(self.changes()))
        self.runs = [*self.runs, run]
        self.remember(before)
        return run

    def free(self, name: str) -> str:
        """A name that a run may have.

        Raises
        ------
        InputError
            It is empty, too long, or another run's.
        """
        name = " ".join(name.split())
        if not 1 <= len(name) <= LONGEST_NAME:
            raise InputError("name", name, f"a name of 1 to {LONGEST_NAME} characters")
        if name in (run.name for run in self.runs):
            raise InputError("name", name, "a name that no kept run has")
        return name

    def rename(self, name: str, new: str) -> Run:
        """Give a run another name.

        Raises
        ------
        InputError
            There is none of that name, or the new one cannot be its name.
        """
        run = self.run(name)
        return run if new.strip() == name else self.swap(run, replace(run, name=self.free(new)))

    def annotate(self, name: str, note: str) -> Run:
        """Write a note on a run.

        Raises
        ------
        InputError
            There is none of that name, or the note is too long.
        """
        note = " ".join(note.split())
        if len(note) > LONGEST_NOTE:
            raise InputError("note", f"{len(note)} characters", f"up to {LONGEST_NOTE} characters")
        run = self.run(name)
        return self.swap(run, replace(run, note=note))

    def swap(self, run: Run, other: Run) -> Run:
        """Put a run in the place of another."""
        before = self.moment
        self.runs = [other if held is run else held for held in self.runs]
        self.remember(before)
        return other

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
        gone, before = self.run(name), self.moment
        self.runs = [run for run in self.runs if run is not gone]
        self.remember(before)

    def take_up(self, name: str) -> None:
        """Go back to a run: its start and its state."""
        run = self.run(name)
        self.begin(run.start, run.state)

    def load(self, path_or_id: str) -> None:
        """Start from a file, from a scenario of the project, or from the text of a state.

        Raises
        ------
        InputErrors
            Every fault of the file, in the words of `futian check`.
        """
        if path_or_id.startswith(forms.MARK):
            self.begin(*forms.of_text(path_or_id, self.project, self.evidence))
        else:
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
        return saving.save(
            self.scenario,
            self.space.start,
            self.texts(name, title),
            self.project,
            self.evidence,
            replace=replace,
        )

    def texts(self, name: str, title: Mapping[str, str]) -> dict[str, Any]:
        """Id, title and description of the current state as a file; one title stands in for the other."""
        titles = {lang: " ".join(title.get(lang, "").split()) for lang in DATA_LANGS}
        spare = next((text for text in titles.values() if text), name)
        return {
            "id": name,
            "title": {lang: text or spare for lang, text in titles.items()},
            "description": {lang: self.description()[lang] for lang in DATA_LANGS},
        }

    @property
    def source(self) -> str | None:
        """The id or the path under which the start is found again, if it is."""
        return forms.from_project(self.space.start, self.project, self.evidence)

    def as_yaml(self, name: str, title: Mapping[str, str]) -> str:
        """The current state as the text of a scenario file.

        Raises
        ------
        InputError
            The file would be faulty.
        """
        texts = self.texts(name, title)
        return saving.written(self.scenario, self.space.start, texts, self.project, self.evidence)

    def as_python(self) -> str:
        """The current state as Python that makes the scenario again."""
        return forms.as_python(self.space.start, self.scenario, self.project, self.evidence)

    def as_text(self) -> str:
        """The current state as a short text, which `load` opens."""
        return forms.as_text(self.space.start, self.state, self.project, self.evidence)

    def description(self) -> dict[str, str]:
        """What was moved, in a sentence."""
        start, changes = self.space.start.title.by_language(), self.changes()
        if not changes:
            return say("description_same", scenario=start)
        joined = {lang: words(lang)["enumeration"].join(change[lang] for change in changes) for lang in LANGS}
        return say("description", scenario=start, changes=joined)

    def changes(self) -> list[Label]:
        """What the current state moved, a text each."""
        return self.space.changes(self.state)

    def index(self) -> list[dict[str, Any]]:
        """Effect of a point of each lever on each result, at the current state.

        Returns
        -------
        list of dict
            lever, indicator, year, relative (of a share the effect itself), effect (in the indicator's unit),
            goal (None: the effect is on a result, not on a chance).
        """
        table = sensitivity.lever_index(self.scenario, self.evidence).assign(goal=None)
        return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def numbers(answer: Answer) -> bytes:
    """Central path, quantiles, and those of growth of every indicator, single precision.

    Of shape (indicators, 1 + 2 levels, years + 1), in the order of ``answer.central``.
    """
    rows = [
        stacked(path, answer.quantiles[name], answer.growth[name]) for name, path in answer.central.items()
    ]
    return np.asarray(rows, np.float32).tobytes()
