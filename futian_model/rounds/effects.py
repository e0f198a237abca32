"""What a new figure does to scenarios: nothing where it is not seen; where it is, what moved and why."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from futian_model import simulation
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.project import Project
from futian_model.rounds.comparing import headline_of, years_of
from futian_model.rounds.mixing import Mixture
from futian_model.rounds.moving import CHANCE, MEDIAN, PATH, Moved, Side, moved
from futian_model.rounds.results import Row
from futian_model.scenario import Scenario, builtin_scenarios, load_scenario
from futian_model.simulation import READINGS

FEW = 32
"""Paths that show whether anything moves: what is drawn follows from the same estimates in any number."""


@dataclass(frozen=True)
class Effects:
    """What a figure does.

    Attributes
    ----------
    moved : list of Moved
        Scenarios whose results it moves.
    unmoved : mapping of str to str
        Date of the data of the others, by scenario.
    titles : mapping of str to mapping
        Of the scenarios, by language.
    faults : mapping of str to str
        Why others cannot be run.
    dated : Moved or None
        The baseline, if its data ended when the figure was published; None where it cannot be run.
    """

    moved: list[Moved]
    unmoved: dict[str, str]
    titles: dict[str, Mapping[str, str]]
    faults: dict[str, str] = field(default_factory=dict)
    dated: Moved | None = None

    def to_dict(self) -> dict[str, Any]:
        """As plain values."""
        return {
            "moved": [scenario.to_dict() for scenario in self.moved],
            "unmoved": self.unmoved,
            "faults": self.faults,
            "at_publication": None if self.dated is None else self.dated.to_dict(),
        }


def effects(project: Project, mixture: Mixture, baseline: Scenario, vintage: str) -> Effects:
    """Run again what depends on a difference in the data, and say what moved and why.

    Parameters
    ----------
    project : Project
        Whose scenarios are looked at.
    mixture : Mixture
        Data before and after.
    baseline : Scenario
        Shown as well with its data ending at `vintage`.
    vintage : str
        When the figure was published.
    """
    moves, unmoved, faults = list[Moved](), dict[str, str](), dict[str, str]()
    titles = dict[str, Mapping[str, str]]()
    before, after = (mixture.evidence(frozenset(taken)) for taken in ((), mixture.difference.blocks))
    for file in builtin_scenarios(project):
        read = partial(load, project, str(file))
        try:
            scenario = read(after)
            titles[scenario.id] = scenario.title.model_dump()
            if alike(read(before), before, scenario, after):
                unmoved[scenario.id] = scenario.assumptions.vintage
            else:
                moves.append(split(mixture, read, scenario, after))
        except InputError as error:
            faults[file.stem] = "; ".join(str(error).splitlines())
    try:
        at_publication = split(
            mixture, partial(dated, baseline, vintage), dated(baseline, vintage, after), after
        )
    except InputError:  # so early, or so different, a day gives no estimates
        at_publication = None
    return Effects(moves, unmoved, titles, faults, at_publication)


def load(project: Project, file: str, evidence: Evidence) -> Scenario:
    """A scenario of the project, checked against some evidence."""
    return load_scenario(file, project, evidence=evidence)


def dated(scenario: Scenario, vintage: str, evidence: Evidence) -> Scenario:
    """A scenario whose data end at another date, whatever the evidence."""
    settings = scenario.assumptions.model_copy(update={"vintage": vintage})
    return replace(scenario, assumptions=settings)


def alike(earlier: Scenario, before: Evidence, later: Scenario, after: Evidence) -> bool:
    """Whether a scenario gives the same paths on both."""
    for reading in READINGS:
        own, changed = (
            simulation.simulate(scenario, evidence, draws=FEW, seed=0, reading=reading)
            for scenario, evidence in ((earlier, before), (later, after))
        )
        if set(own.indicators) != set(changed.indicators):
            return False
        if any(not np.array_equal(own.paths[name], changed.paths[name]) for name in own.indicators):
            return False
    return True


def split(
    mixture: Mixture, read: Callable[[Evidence], Scenario], scenario: Scenario, after: Evidence
) -> Moved:
    """What moved a scenario."""
    return moved(mixture, Side(read), Side(read), headline(scenario, after))


def headline(scenario: Scenario, evidence: Evidence) -> Sequence[Row]:
    """Path and median of the leading indicators in the goals' years and the last, and the goals' chances."""
    results = {
        reading: simulation.simulate(scenario, evidence, draws=1, seed=0, reading=reading)
        for reading in READINGS
    }
    indicators = {reading: result.indicators for reading, result in results.items()}
    rows = [
        Row(reading, name, year, statistic)
        for name in headline_of(scenario)
        for year in years_of(scenario, evidence)
        for reading, statistic in zip(READINGS, (PATH, MEDIAN), strict=True)
        if name in indicators[reading]
    ]
    ahead = [goal for goal in evidence.quantified_goals() if results[READINGS[1]].ahead(goal.year)]
    judged = [goal for goal in ahead if goal.indicator in indicators[READINGS[1]]]
    return rows + [Row(READINGS[1], goal.name, goal.year, CHANCE) for goal in judged]
