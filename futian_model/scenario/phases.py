"""Phases of a path: years that follow one rule, in the shapes a scenario may give them."""

from dataclasses import FrozenInstanceError
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Strict, Tag

RATE_WORDS = "a fraction a year between -1 and 1 (5.5% is 0.055)"
PART_WORDS = "a fraction above 0 and below 1 (30% is 0.3)"

Whole = Annotated[int, Strict()]
Real = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Above0 = Annotated[Real, Field(gt=0)]
Rate = Annotated[Real, Field(gt=-1, lt=1)]
Fraction = Annotated[Real, Field(gt=0, lt=1)]
Year = Annotated[Whole, Field(ge=1900, le=2200)]


class Part(BaseModel):
    """A mapping of a scenario file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(f"a scenario stays as it is; another one: scenario.with_({name}=...)")


class Phase(Part):
    """Years that follow one rule."""

    start: Year = Field(description="first year of the phase, between 1900 and 2200")
    end: Year = Field(description="last year of the phase, between 1900 and 2200")


class Constant(Phase):
    """The same growth every year."""

    shape: Literal["constant"] = Field(default="constant", description="constant: the same growth every year")
    growth_rate: Rate = Field(description=f"growth, {RATE_WORDS}")


class Ramp(Phase):
    """Growth that moves in equal steps to another rate."""

    shape: Literal["ramp"] = Field(description="ramp: growth moves in equal steps to another rate")
    growth_rate: Rate = Field(description=f"growth in the first year, {RATE_WORDS}")
    to: Rate = Field(description=f"growth that is reached, {RATE_WORDS}")
    at: Year = Field(description="first year at the growth that is reached, inside the phase")


class Step(Phase):
    """Growth that jumps to another rate."""

    shape: Literal["step"] = Field(description="step: growth jumps to another rate")
    growth_rate: Rate = Field(description=f"growth before the jump, {RATE_WORDS}")
    to: Rate = Field(description=f"growth from the jump on, {RATE_WORDS}")
    at: Year = Field(description="first year after the jump, inside the phase")


class Listed(Phase):
    """Growth typed year by year."""

    shape: Literal["list"] = Field(description="list: growth typed year by year")
    growth_rates: tuple[Rate, ...] = Field(
        min_length=1, description=f"one growth a year of the phase, each {RATE_WORDS}"
    )


class LevelConstant(Phase):
    """The same level every year."""

    shape: Literal["constant"] = Field(default="constant", description="constant: the same level every year")
    value: Fraction = Field(description=f"level, {PART_WORDS}")


class LevelRamp(Phase):
    """A level that moves in equal steps to another."""

    shape: Literal["ramp"] = Field(description="ramp: the level moves in equal steps to another")
    value: Fraction = Field(description=f"level in the first year, {PART_WORDS}")
    to: Fraction = Field(description=f"level that is reached, {PART_WORDS}")
    at: Year = Field(description="first year at the level that is reached, inside the phase")


class LevelStep(Phase):
    """A level that jumps to another."""

    shape: Literal["step"] = Field(description="step: the level jumps to another")
    value: Fraction = Field(description=f"level before the jump, {PART_WORDS}")
    to: Fraction = Field(description=f"level from the jump on, {PART_WORDS}")
    at: Year = Field(description="first year after the jump, inside the phase")


class LevelListed(Phase):
    """A level typed year by year."""

    shape: Literal["list"] = Field(description="list: the level typed year by year")
    values: tuple[Fraction, ...] = Field(
        min_length=1, description=f"one level a year of the phase, each {PART_WORDS}"
    )


class Gap(Phase):
    """Years in which a part outgrows the rest by the same gap."""

    growth_gap: Rate = Field(
        description="log growth of the part less that of the rest, a fraction a year between -1 and 1"
        " (2% is 0.02)"
    )


RAMPS, STEPS, LISTED = (Ramp, LevelRamp), (Step, LevelStep), (Listed, LevelListed)


def shape(phase: Any) -> Any:
    """Shape of a phase; constant where it is left out."""
    return phase.get("shape", "constant") if isinstance(phase, dict) else getattr(phase, "shape", None)


GrowthPhase = Annotated[
    Annotated[Constant, Tag("constant")]
    | Annotated[Ramp, Tag("ramp")]
    | Annotated[Step, Tag("step")]
    | Annotated[Listed, Tag("list")],
    Discriminator(shape),
]
LevelPhase = Annotated[
    Annotated[LevelConstant, Tag("constant")]
    | Annotated[LevelRamp, Tag("ramp")]
    | Annotated[LevelStep, Tag("step")]
    | Annotated[LevelListed, Tag("list")],
    Discriminator(shape),
]
PHASES_WORDS = (
    "phases one after the other to the horizon, from the first year that published figures do not tell about"
)


class Rates(Part):
    """Growth stated phase by phase."""

    phases: tuple[GrowthPhase, ...] = Field(min_length=1, description=PHASES_WORDS)


class Levels(Part):
    """A part of something, stated for the base year and phase by phase."""

    base: Fraction | None = Field(default=None, description=f"level of the base year, {PART_WORDS}")
    phases: tuple[LevelPhase, ...] = Field(min_length=1, description=PHASES_WORDS)
