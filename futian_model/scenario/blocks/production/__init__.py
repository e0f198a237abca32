"""Growth from capital, labour and productivity: a production block and its inputs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

import numpy as np
from pydantic import Field

from futian_model import production
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.production import Account, PublicCapital
from futian_model.production import Path as Produced
from futian_model.scenario.blocks.block import Beside, Block, Ground, Path
from futian_model.scenario.blocks.phased import levels, phase_knobs, phases_said, values
from futian_model.scenario.checks_paths import Faults, Span, fault, lacking, phase_faults
from futian_model.scenario.clauses import Clause, Fact, Knob, Quantity, Several
from futian_model.scenario.entries import Parts
from futian_model.scenario.phases import PART_WORDS, Above0, Fraction, Levels, Part, Rates, Real

LEVERS = ("investment_share", "tfp_growth", "human_capital_growth")
"""Inputs that a solver may move, a fraction of GDP or a fraction a year."""
PATHS = (*LEVERS, "participation", "working_age_share")
BASED = ("participation", "working_age_share")
"""Paths that need a level of the base year."""
Worn = Annotated[Real, Field(ge=0, le=1)]
WORN_WORDS = "part of capital lost in a year, a fraction from 0 to 1 (5% is 0.05)"
LEVELS_WORDS = "level of the base year and phases: base, phases"


class Public(Part):
    """Public capital apart from private capital."""

    capital_share: Fraction = Field(description=f"output elasticity of public capital, {PART_WORDS}")
    depreciation: Worn = Field(description=WORN_WORDS)
    capital_output_ratio: Above0 = Field(
        description="efficient public capital over GDP of the base year, years, above 0"
    )
    investment_share: Levels = Field(
        description=f"public investment over GDP, {LEVELS_WORDS}, each {PART_WORDS}"
    )
    efficiency: Levels | None = Field(
        default=None,
        description=f"part of public investment that becomes useful, {LEVELS_WORDS}; null: all of it",
    )


class Production(Block):
    """Growth that investment, labour and productivity give."""

    texts: ClassVar[Mapping[str, Mapping[str, str]]] = Beside(__file__)
    block: Literal["production"] = Field(
        description="production: growth from investment, labour and productivity"
    )
    timing: Literal["ltgm", "lagged", "same_year"] = Field(
        default="ltgm",
        description="ltgm, lagged or same_year: which year's investment enters a year's capital",
    )
    capital_share: Fraction = Field(
        description=f"output elasticity of capital (of private capital beside public), {PART_WORDS}"
    )
    depreciation: Worn = Field(description=WORN_WORDS)
    capital_output_ratio: Above0 = Field(description="capital over GDP of the base year, years, above 0")
    investment_share: Levels = Field(description=f"investment over GDP, {LEVELS_WORDS}, each {PART_WORDS}")
    tfp_growth: Rates = Field(description="growth of total factor productivity: phases")
    human_capital_growth: Rates | None = Field(
        default=None, description="growth of human capital a worker: phases; null: none"
    )
    participation: Levels | None = Field(
        default=None,
        description=f"workers over working-age population, {LEVELS_WORDS}, each {PART_WORDS}; null: constant",
    )
    working_age_share: Levels | None = Field(
        default=None,
        description=f"working-age over resident population, {LEVELS_WORDS}, each {PART_WORDS};"
        " null: constant",
    )
    public: Public | None = Field(
        default=None,
        description="public capital apart: capital_share, depreciation, capital_output_ratio,"
        " investment_share, efficiency; null: all capital is one",
    )

    def faults(self, at: Parts, span: Span, evidence: Evidence) -> Faults:
        """Every path, the base year's levels that it needs, and its two capitals."""
        lagged = self.timing == "lagged"
        parts: list[tuple[Parts, Any]] = [((name,), getattr(self, name)) for name in PATHS]
        needed: list[Parts] = [(name,) for name in BASED]
        needed += [("investment_share",)] if lagged else []
        if self.public is not None:
            own: list[Parts] = [("public", "investment_share"), ("public", "efficiency")]
            parts += [(name, getattr(self.public, str(name[-1]))) for name in own]
            needed += own if lagged else []
            if self.capital_share + self.public.capital_share >= 1:
                below = f"below {1 - self.capital_share:.3g}: with the private capital_share it stays below 1"
                yield fault((*at, "public", "capital_share"), self.public.capital_share, below)
        for name, path in parts:
            if path is None:
                continue
            yield from phase_faults(path.phases, (*at, *name, "phases"), span)
            if name in needed and path.base is None:
                allowed = "a fraction above 0 and below 1, the level of the base year"
                yield lacking((*at, *name, "base"), allowed)

    def clashes(self, population: Block, at: Parts, evidence: Evidence) -> Faults:
        """A population that follows from growth, which here follows from it."""
        if population.after_growth:
            allowed = "trend or path, where growth comes from production and so from the population"
            yield fault(("levers", "population", "block"), population.block, allowed)

    def log_growth(self, ground: Ground) -> Path:
        """Growth with the people that events and judgments add or take."""
        if ground.people is None or ground.added_people is None:
            allowed = "trend or path, where growth comes from production"
            raise InputError("levers.population.block", "implied", allowed)
        averages = ground.base.averages(ground.people + ground.added_people)
        driven = engine(self, ground.start, ground.span, averages)
        return Path(driven.log_growth, {"engine": driven})

    def said(self, share: str | None = None) -> Fact:
        """Its inputs."""
        parts: list[Fact] = [
            Clause("engine_capital", capital_said(self) | {"timing": Clause(f"timing_{self.timing}")}),
            Clause("engine_investment", {"path": phases_said(self.investment_share.phases)}),
            Clause("engine_tfp", {"path": phases_said(self.tfp_growth.phases)}),
        ]
        for name in ("human_capital_growth", *BASED):
            path = getattr(self, name)
            if path is not None:
                parts.append(Clause(f"engine_{name}", {"path": phases_said(path.phases)}))
        if self.public is not None:
            invested: dict[str, Fact] = {"path": phases_said(self.public.investment_share.phases)}
            parts.append(Clause("engine_public", capital_said(self.public) | invested))
            if self.public.efficiency is not None:
                path = phases_said(self.public.efficiency.phases)
                parts.append(Clause("engine_efficiency", {"path": path}))
        return Several("clauses", tuple(parts))

    def knobs(self, share: str | None = None) -> Iterator[Knob]:
        """Its constants, then every path that it states."""
        for name in ("capital_share", "depreciation", "capital_output_ratio"):
            unit = "plain" if name == "capital_output_ratio" else "part"
            yield Knob((name,), "Production", Clause(f"control_{name}"), unit, getattr(self, name))
        for name in PATHS:
            path = getattr(self, name)
            if path is not None:
                yield from phase_knobs(path.phases, (name, "phases"), Clause(f"control_{name}"))
        if self.public is not None:
            way, path = ("public", "investment_share", "phases"), self.public.investment_share
            yield from phase_knobs(path.phases, way, Clause("control_public"))


def capital_said(stated: Production | Public) -> dict[str, Fact]:
    """Share, wear and size of a capital."""
    return {
        "share": Quantity(stated.capital_share, "share"),
        "worn": Quantity(stated.depreciation, "share"),
        "ratio": Quantity(stated.capital_output_ratio, "ratio"),
    }


@dataclass(frozen=True, eq=False)
class Engine:
    """Inputs of a production block, one value a year.

    Attributes
    ----------
    investment_share : ndarray, shape (years,), or (years + 1,) with timing ``"lagged"``
    tfp_growth, human_capital_growth, labour_growth : ndarray, shape (years,)
    employed : ndarray, shape (years + 1,)
        Participation times working-age share, relative or as stated; labour is this times population.
    """

    block: Production
    investment_share: Floats
    tfp_growth: Floats
    human_capital_growth: Floats
    labour_growth: Floats
    employed: Floats
    public: PublicCapital | None

    @cached_property
    def path(self) -> Produced:
        """What the inputs give."""
        return production.project(
            capital_share=self.block.capital_share,
            depreciation=self.block.depreciation,
            capital_output_ratio=self.block.capital_output_ratio,
            investment_share=self.investment_share,
            tfp_growth=self.tfp_growth,
            labour_growth=self.labour_growth,
            human_capital_growth=self.human_capital_growth,
            timing=self.block.timing,
            public=self.public,
        )

    @property
    def log_growth(self) -> Floats:
        """Log growth of real GDP, shape (years,)."""
        return np.log1p(self.path.gdp_growth)

    def account(self) -> Account:
        """What each input adds to growth a year, in fractions that sum to it exactly."""
        path, public = self.path, self.public
        return production.account(
            gdp_growth=path.gdp_growth,
            capital_growth=path.capital_growth,
            labour_growth=self.labour_growth,
            human_capital_growth=self.human_capital_growth,
            capital_share=self.block.capital_share,
            form="exact",
            public_capital_growth=0.0 if public is None else path.public_capital_growth,
            public_share=0.0 if public is None else public.share,
        )

    def moved(self, added: Mapping[str, Floats], population: Floats) -> "Engine":
        """The same with something added to its inputs, on another path of average population.

        Parameters
        ----------
        added : mapping of str to ndarray, shape (years,)
            By name of an input.
        population : ndarray, shape (years + 1,)
            Average population, any unit.
        """
        paths = {name: getattr(self, name) for name in LEVERS}
        paths |= {name: raised(path, added[name]) for name, path in paths.items() if name in added}
        changed: dict[str, Any] = {"labour_growth": employment(self.employed, population)} | paths
        return replace(self, **changed)


def raised(path: Floats, added: Floats) -> Floats:
    """A path and what is added to it; a base year in front is left alone."""
    moved = np.array(path)
    moved[len(path) - len(added) :] += added
    return moved


def employment(employed: Floats, population: Floats) -> Floats:
    """Growth of those who work, shape (years,)."""
    labour = employed * population
    return np.asarray(labour[1:] / labour[:-1] - 1)


def engine(block: Production, base_year: int, span: int, population: Floats) -> Engine:
    """A production block's inputs on a path of average population, shape (span + 1,)."""
    first = 0 if block.timing == "lagged" else 1
    employed = levels(block.participation, base_year, span) * levels(block.working_age_share, base_year, span)
    human = block.human_capital_growth
    public = None
    if block.public is not None:
        stated = block.public
        public = PublicCapital(
            stated.capital_share,
            stated.depreciation,
            stated.capital_output_ratio,
            levels(stated.investment_share, base_year, span)[first:],
            levels(stated.efficiency, base_year, span)[first:],
        )
    return Engine(
        block,
        levels(block.investment_share, base_year, span)[first:],
        values(block.tfp_growth.phases, base_year, span),
        np.zeros(span) if human is None else values(human.phases, base_year, span),
        employment(employed, population),
        employed,
        public,
    )
