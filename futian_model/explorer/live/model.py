"""What the page's engine computes with: draws, levels, and what each block of a scenario rests on."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from futian_model.calibration import Calibration
from futian_model.drivers import Drivers, drivers
from futian_model.drivers.judgments import sizes, trend_of
from futian_model.evidence import Evidence, Goal
from futian_model.evidence.operators import ROUNDING
from futian_model.explorer.controls import Section
from futian_model.explorer.guidance import driver_of, is_gap
from futian_model.explorer.implied import PATH, steady
from futian_model.explorer.live.draws import Drawn, indicators, judged
from futian_model.explorer.sections import own_path
from futian_model.explorer.state import GROUND, Space, State, own_numbers, phased
from futian_model.growth import Floats
from futian_model.scenario import Scenario
from futian_model.scenario.blocks import Block, Ground
from futian_model.scenario.blocks.context import PublishedPath
from futian_model.simulation import LEVELS, READINGS, Core, calibrated

BLOCKS = ("trend", "path", "target", "implied", "production", "context", "published", "lead", "none")
"""Blocks that the engine knows. The path of any other is carried, and its numbers stay."""
OTHERS = {"growth": "population", "population": "growth"}
"""Whose path a block may ask for, by its own driver."""
ASKED = ("people", "added_people", "grown")
"""Under which names of its ground."""
STILL = (*GROUND, "uncertainty", "persistence", "firms")
"""Sections that draws hang on, which therefore stay as they are; so do departures of groups."""
MOVES = ".spillover"
"""End of the numbers among them that no draw hangs on."""
LARGEST = sys.float_info.max


@dataclass(frozen=True, eq=False)
class Model:
    """A state of an explorer as a page carries it.

    Parameters
    ----------
    space : Space
    current : State
        Where the page starts.
    evidence : Evidence
    """

    space: Space
    current: State
    evidence: Evidence

    @cached_property
    def scenario(self) -> Scenario:
        """What the state is."""
        return self.space.scenario(self.current)

    @cached_property
    def calibration(self) -> Calibration:
        """What the evidence says over its years."""
        return calibrated(self.scenario, self.evidence)

    @cached_property
    def driven(self) -> Drivers:
        """Its central paths."""
        return drivers(self.scenario, self.evidence, self.calibration, READINGS[0])

    @cached_property
    def drawn(self) -> Drawn:
        """Its draws."""
        return Drawn.of(self.scenario, self.driven, self.evidence)

    @cached_property
    def strange(self) -> set[str]:
        """Drivers that move by a block which the engine does not know, as the scenario has it."""
        return {
            driver
            for section in self.space.sections
            if (driver := driver_of(section)) is not None
            and section.options[section.own].template["block"] not in BLOCKS
        }

    @cached_property
    def tied(self) -> set[str]:
        """Drivers that stay, as a block that the engine does not know asks for their paths."""
        levers = self.space.scenario(State()).levers
        stated: dict[str, Block] = {"growth": levers.growth, "population": levers.population}
        return {
            OTHERS[driver]
            for driver, block in stated.items()
            if driver in self.strange and asks(block, self.ground(driver))
        }

    def ground(self, driver: str) -> Ground:
        """What the path of a block rests on, where other drivers stand still."""
        base, jump = self.driven.base, self.driven.jump
        span, start = len(self.scenario.years) - 1 - jump, int(self.scenario.years[0]) + jump
        still = np.zeros(span)
        return Ground(
            *(driver, start, span, base, base, self.evidence, self.calibration, still),
            people=still,
            grown=still,
            added_people=still,
        )

    def stays(self, section: Section) -> bool:
        """Whether the page cannot move a section."""
        if section.name in STILL or section.name.startswith("departure_"):
            return True
        part = section.at[1] if section.at[0] == "levers" else section.at[0]
        return bool(self.tied) and part in {"events", "judgments", *self.tied}

    @cached_property
    def frozen(self) -> set[str]:
        """Numbers that stay."""
        return {
            control.name
            for section, option, control in self.space.places()
            if (self.stays(section) and not control.name.endswith(MOVES))
            or (option == section.own and driver_of(section) in self.strange)
        }

    def part(self, *, moves: bool) -> State:
        """Of the current state what a page can move, or what it cannot."""
        still = {section.name for section in self.space.sections if self.stays(section)}
        return State(
            {name: value for name, value in self.current.choices.items() if (name in still) != moves},
            {name: value for name, value in self.current.numbers.items() if (name in self.frozen) != moves},
        )

    @cached_property
    def raw(self) -> dict[str, Any]:
        """Plain values that every state of the page starts from."""
        return self.space.values(self.part(moves=False))

    def option(self, section: Section) -> str:
        """What a section is set to where the page starts, before its own levers move."""
        return self.current.choices.get(section.name, section.own) if self.stays(section) else section.own

    def sections(self) -> list[dict[str, Any]]:
        """Every section for the page; of what stays the option that is chosen, and its values."""
        return [self.shown(section) for section in self.space.sections]

    def shown(self, section: Section) -> dict[str, Any]:
        plain = section.to_dict()
        for option in plain["options"].values():
            option["controls"] = [self.valued(control) for control in option["controls"]]
        if not self.stays(section):
            return plain
        own = self.option(section)
        chosen = plain["options"][own]
        whole = all(control.get("fixed") for control in chosen["controls"])
        return plain | {"own": own, "options": {own: chosen}, "fixed": whole}

    def valued(self, control: dict[str, Any]) -> dict[str, Any]:
        """A number that stays, with the value it has."""
        if control["name"] not in self.frozen:
            return control
        value = self.current.numbers.get(control["name"], control["start"])
        return control | {"start": value, "fixed": True}

    def ways(self) -> list[dict[str, Any]]:
        """Where each section's options and numbers stand in a scenario's plain values."""
        return [self.way(section) for section in self.space.sections]

    def way(self, section: Section) -> dict[str, Any]:
        own = self.option(section)
        options = {own: section.options[own]} if self.stays(section) else section.options
        return {
            "name": section.name,
            "own": own,
            "when": None if section.when is None else list(section.when),
            "at": list(section.at),
            "growth": growth_of(section),
            "options": {
                name: {
                    "template": option.template,
                    "controls": {
                        control.name: list(control.at)
                        for control in option.controls
                        if control.name not in self.frozen
                    },
                }
                for name, option in options.items()
            },
        }

    @cached_property
    def goals(self) -> list[Goal]:
        """The plan's goals on what the explorer shows of the years ahead."""
        first, last = int(self.scenario.years[0]) + self.driven.jump, int(self.scenario.years[-1])
        names = [name for name in indicators(self.driven) if not name.startswith("nominal_")]
        goals = self.evidence.quantified_goals()
        return [goal for goal in goals if goal.indicator in names and first < goal.year <= last]

    def to_dict(self) -> dict[str, Any]:
        """All that the engine takes."""
        driven, base, jump, names = self.driven, self.driven.base, self.driven.jump, indicators(self.driven)
        years, trends = len(self.scenario.years) - 1, self.calibration.trends()
        core = Core(driven, 1)
        levels = core.levels()
        start = {
            "year": int(self.scenario.years[0]),
            "gdp": base.gdp,
            "year_end_population": base.year_end_population,
            "average_population": base.average_population,
            "population_held": base.population_held,
            "shares": dict(base.shares),
        }
        return {
            "raw": self.raw,
            "sections": self.ways(),
            "base": start,
            "years": years,
            "jump": jump,
            "draws": self.drawn.draws,
            "ranks": [level * (self.drawn.draws - 1) for level in LEVELS],
            "names": names,
            "levels": {name: levels[name] for name in names},
            "nowcast": {
                name: so_far(trends[name].centre if name in trends else None, jump) for name in driven.centre
            },
            "trends": {name: trends[name].centre[jump:].tolist() for name in driven.centre if name in trends},
            "published": [list(row) for row in driven.published],
            "between": core.between.T.tolist() if driven.published else [[]] * years,
            "rungs": [path[len(path) - (years - jump) :].tolist() for path in self.calibration.ladder.mean],
            "published_paths": self.published_paths(),
            "origin": {name: levels[name] for name in names if name.startswith("real_")},
            "targets": self.targets(),
            "judgments": self.judgments(),
            "paths": self.strange_paths(),
            "goals": [self.goal(goal) for goal in self.goals],
            "drawn": {name: packed.to_dict() for name, packed in self.drawn.away.items()},
            "firms": None if driven.firms is None else driven.firms[0],
            "kept": self.kept(),
        }

    def kept(self) -> dict[str, Any] | None:
        """What is left to the groups behind a share: every path, and the central one."""
        if self.drawn.kept is None or self.driven.firms is None:
            return None
        return self.drawn.kept.to_dict() | {"central": self.driven.firms[1].central()[1:].tolist()}

    def goal(self, goal: Goal) -> dict[str, Any]:
        """What meets a goal, its rounding included."""
        low, high = goal.interval(self.driven.base.target(goal))
        return {
            "name": goal.name,
            "indicator": goal.indicator,
            "position": goal.year - int(self.scenario.years[0]),
            "low": max(low - ROUNDING * abs(low), -LARGEST),
            "high": min(high + ROUNDING * abs(high), LARGEST),
            "judged": judged(self.driven, self.drawn, goal),
        }

    def blocks(self) -> Iterator[Mapping[str, Any]]:
        """Every block that a state may hold, of those that the engine knows."""
        templates = [
            option.template
            for section in self.space.sections
            if not self.stays(section)
            for option in section.options.values()
        ]
        for content in (self.raw, *templates):
            yield from (block for block in blocks(content) if block["block"] in BLOCKS)

    def targets(self) -> dict[str, dict[str, Any]]:
        """Goals of the plan that blocks aim at, in the prices of the base year."""
        names = {
            target["goal"]
            for block in self.blocks()
            for target in block.get("targets", ())
            if "goal" in target
        }
        goals = [self.evidence.goal(name) for name in sorted(names)]
        return {
            goal.name: {
                "indicator": goal.indicator,
                "year": goal.year,
                "level": self.driven.base.target(goal),
            }
            for goal in goals
        }

    def published_paths(self) -> dict[str, list[float]]:
        """Log growth of the paths that others published, by name and point."""
        ground = self.ground("growth")
        published = [
            PublishedPath.model_validate(block) for block in self.blocks() if block["block"] == "published"
        ]
        return {f"{path.path}|{path.point}": path.log_growth(ground).values.tolist() for path in published}

    def strange_paths(self) -> dict[str, list[float]]:
        """Log growth after the jump-off of the paths that the engine does not know how to make, by driver."""
        scenario, jump = self.space.scenario(self.part(moves=False)), self.driven.jump
        driven = drivers(scenario, self.evidence, self.calibration, READINGS[0])
        return {
            name: own_path(driven, scenario, self.calibration, name)[jump:].tolist() for name in self.strange
        }

    def judgments(self) -> dict[str, dict[str, Any]]:
        """Driver of each judgment that stands, and the log growth it adds, as in `judged_growth`."""
        base = self.space.scenario(self.part(moves=False))
        return {
            name: {
                "driver": judgment.on,
                "path": (sizes(judgment, base) * trend_of(name, base, self.calibration).shock_sd).tolist(),
            }
            for name, judgment in base.standing.items()
        }


def growth_of(section: Section) -> dict[str, Any] | None:
    """Driver of a section that may be set phase by phase, and its numbers: first and last year, and whether
    each is a lead; None where what else it is set to cannot be said phase by phase.
    """
    driver = driver_of(section)
    if driver is None or PATH not in section.options:
        return None
    numbers: dict[str, list[int]] = {}
    for control in own_numbers(section, PATH):
        years = phased(section, PATH, control)[1]
        if years is None or not steady(section, control):
            return None
        numbers[control.name] = [*years, int(is_gap(control))]
    return {"driver": driver, "numbers": numbers}


def so_far(centre: Floats | None, jump: int) -> list[float]:
    """Log growth up to the jump-off as the evidence has it; none where it cannot say."""
    return list(np.zeros(jump) if centre is None else centre[:jump])


def asks(block: Block, ground: Ground) -> bool:
    """Whether a block asks for what other blocks said."""
    heard = set[str]()

    class Heard(Ground):
        def __getattribute__(self, name: str) -> Any:
            heard.add(name)
            return super().__getattribute__(name)

    block.log_growth(Heard(**vars(ground)))
    return not heard.isdisjoint(ASKED)


def blocks(content: Any) -> Iterator[Mapping[str, Any]]:
    """Every block of plain values, at any depth."""
    if isinstance(content, Mapping):
        if "block" in content:
            yield content
        for part in content.values():
            yield from blocks(part)
    elif isinstance(content, Sequence) and not isinstance(content, str):
        for part in content:
            yield from blocks(part)
