"""Growth, population or a share that reaches targets."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from futian_model import growth, population, shares
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.scenario.blocks.block import Block, Ground, Path
from futian_model.scenario.checks_paths import Faults, Span, fault, stated, target_faults
from futian_model.scenario.clauses import Clause, Fact, Knob, Level, Named, PlanGoal, Quantity, listed
from futian_model.scenario.entries import Parts
from futian_model.scenario.targets import (
    LEVELS,
    PER_HEAD,
    GoalTarget,
    GrowthTarget,
    PopulationTarget,
    ShareTarget,
)


class Aimed(Block):
    """A path to targets."""

    indicators: ClassVar[Sequence[str]] = ()
    targets: tuple[Any, ...]

    def faults(self, at: Parts, span: Span, evidence: Evidence) -> Faults:
        # of a share its own name
        indicators = self.indicators or (str(at[-1]),)
        yield from target_faults(self.targets, (*at, "targets"), indicators, span, evidence)

    def said(self, share: str | None = None) -> Fact:
        return Clause(
            f"block_{self.block}", {"targets": listed(target_said(target, share) for target in self.targets)}
        )

    def knobs(self, share: str | None = None) -> Iterator[Knob]:
        """Levels and multiples that are typed in a file; goals of the plan bring their own."""
        for position, target in enumerate(self.targets):
            for key, unit in (("value", "level"), ("multiple", "factor")):
                if target.goal is not None or getattr(target, key, None) is None:
                    continue
                name = Named(share or target.indicator)
                label = Clause("target_of", {"name": name, "year": Quantity(target.year, "year")})
                way, unit = ("targets", position, key), "part" if share else unit
                yield Knob(way, type(target).__name__, label, unit, getattr(target, key))


class GrowthToTargets(Aimed):
    """Constant growth from target to target."""

    indicators: ClassVar[Sequence[str]] = LEVELS
    block: Literal["target"] = Field(description="target: the growth that reaches the targets")
    targets: tuple[GrowthTarget, ...] = Field(
        min_length=1,
        description="one or more of {goal}, {indicator, year, value} or {indicator, year, multiple}",
    )

    def clashes(self, population: Block, at: Parts, evidence: Evidence) -> Faults:
        """Per-capita targets, where the population follows from growth."""
        for position, target in enumerate(self.targets if population.after_growth else ()):
            here: Parts = (*at, "targets", position)
            if indicator_of(target, evidence) == PER_HEAD[0]:
                yield fault(here, stated(target), "targets of real_gdp, where population is itself implied")

    def log_growth(self, ground: Ground) -> Path:
        levels: dict[int, float] = {}
        for indicator, year, level in ground.aims(self.targets):
            if indicator == PER_HEAD[0]:
                if ground.people is None:
                    allowed = "real_gdp, where population is itself implied"
                    raise InputError(f"{ground.field}.targets", indicator, allowed)
                level *= float(ground.base.averages(ground.people)[year])
            # two goals in one year: the one that asks for more growth binds
            levels[year] = max(level, levels.get(year, 0.0))
        return Path(growth.toward(ground.base.gdp, levels, ground.span))


class ImpliedPopulation(Aimed):
    """The population at which GDP per head meets its targets on the GDP path."""

    after_growth: ClassVar[bool] = True
    indicators: ClassVar[Sequence[str]] = PER_HEAD
    block: Literal["implied"] = Field(description="implied: the population that per-capita targets imply")
    targets: tuple[PopulationTarget, ...] = Field(
        min_length=1,
        description="one or more of {goal}, {indicator, year, value} or {indicator, year, multiple}"
        " of real_gdp_per_capita",
    )

    def log_growth(self, ground: Ground) -> Path:
        """Year-end growth, constant between targets, that makes per-capita GDP meet each of them."""
        assert ground.grown is not None, "a population that follows growth is asked after it"
        gdp = ground.base.gdp * np.exp(np.cumsum(ground.grown))
        path, at, year_end = np.empty(ground.span), 0, ground.base.year_end_population
        for indicator, year, level in ground.aims(self.targets):
            if indicator != PER_HEAD[0]:
                raise InputError(f"{ground.field}.targets", indicator, PER_HEAD[0])
            rate = population.growth_to_average(year_end, float(gdp[year - 1]) / level, year - at)
            path[at:] = np.log1p(rate)
            year_end *= (1 + rate) ** (year - at)
            at = year
        return Path(path)


class ShareToTargets(Aimed):
    """The share moves from target to target, and stays after the last."""

    block: Literal["target"] = Field(description="target: the share reaches the targets")
    targets: tuple[ShareTarget, ...] = Field(
        min_length=1, description="one or more of {goal} or {year, value}, the value a fraction"
    )

    def log_growth(self, ground: Ground) -> Path:
        path, at = np.zeros(ground.span), 0
        odds = float(shares.log_odds(ground.base.shares[ground.driver]))
        for indicator, year, level in ground.aims(self.targets):
            if indicator != ground.driver:
                raise InputError(f"{ground.field}.targets", indicator, f"goals for {ground.driver}")
            aim = float(shares.log_odds(level))
            path[at:year] = (aim - odds) / (year - at)
            at, odds = year, aim
        return Path(path)  # after the last target part and rest grow alike


def target_said(target: Any, share: str | None) -> Fact:
    """A goal of the plan, or what is typed."""
    if target.goal is not None:
        return PlanGoal(target.goal)
    indicator = share or target.indicator
    label = Clause("goal_label", {"year": Quantity(target.year, "year"), "name": Named(indicator)})
    typed = Quantity(target.multiple, "factor") if target.value is None else Level(indicator, target.value)
    return Clause("target", {"goal": label, "value": typed})


def indicator_of(target: Any, evidence: Evidence) -> str | None:
    """What a growth target is about; None for a goal nobody knows."""
    if not isinstance(target, GoalTarget):
        return str(target.indicator)
    known = target.goal in evidence.goals.index
    return str(evidence.goals.loc[target.goal, "indicator"]) if known else None
