"""Targets: a goal of the plan, or a level or multiple to reach by a year."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Discriminator, Field, Tag

from futian_model.scenario.phases import Above0, Part, Real, Year

LEVELS = ("real_gdp", "real_gdp_per_capita")
PER_HEAD = ("real_gdp_per_capita",)
"""What targets of growth, and of population, may be about."""
MOST_LEVEL, MOST_TIMES = 1e9, 1e6
"""Largest level and multiple that may be aimed at: beyond them lies a slip of the keyboard."""
SHARE_WORDS = "a fraction between 0 and 1 (55% is 0.55)"


class GoalTarget(Part):
    """A goal of the plan, which brings its indicator, year and value."""

    goal: str = Field(description="name of a goal of the plan")


class Typed(Part):
    """A target that is no goal of the plan."""

    goal: ClassVar[None] = None
    year: Year = Field(description="year by which it is reached, after the base year, up to the horizon")


class Level(Typed):
    """A level to reach."""

    multiple: ClassVar[None] = None
    value: Annotated[Above0, Field(le=MOST_LEVEL)] = Field(
        description=f"level to reach at constant prices, above 0, up to {MOST_LEVEL:,.0f}: 亿元 for"
        " real_gdp, 万元/人 for real_gdp_per_capita"
    )


class Multiple(Typed):
    """A multiple of the base year's level to reach."""

    value: ClassVar[None] = None
    multiple: Annotated[Above0, Field(le=MOST_TIMES)] = Field(
        description="multiple of the base year's level to reach, above 0,"
        f" up to {MOST_TIMES:,.0f} (2 doubles it)"
    )


class GdpLevel(Level):
    """A level of GDP or of GDP per head."""

    indicator: Literal["real_gdp", "real_gdp_per_capita"] = Field(
        description="real_gdp or real_gdp_per_capita"
    )


class GdpMultiple(Multiple):
    """A multiple of GDP or of GDP per head."""

    indicator: Literal["real_gdp", "real_gdp_per_capita"] = Field(
        description="real_gdp or real_gdp_per_capita"
    )


class PerHeadLevel(Level):
    """A level of GDP per head."""

    indicator: Literal["real_gdp_per_capita"] = Field(description="real_gdp_per_capita")


class PerHeadMultiple(Multiple):
    """A multiple of GDP per head."""

    indicator: Literal["real_gdp_per_capita"] = Field(description="real_gdp_per_capita")


class ShareLevel(Typed):
    """A share to reach."""

    value: Annotated[Real, Field(gt=0, lt=1)] = Field(description=SHARE_WORDS)


def kind(target: Any) -> str | None:
    """What a target is stated by: a goal, a multiple or a value."""
    if isinstance(target, dict):
        return next((name for name in ("goal", "multiple") if name in target), "value")
    kinds = {GoalTarget: "goal", Multiple: "multiple", Typed: "value"}
    return next((name for model, name in kinds.items() if isinstance(target, model)), None)


Goal = Annotated[GoalTarget, Tag("goal")]
GrowthTarget = Annotated[
    Goal | Annotated[GdpMultiple, Tag("multiple")] | Annotated[GdpLevel, Tag("value")], Discriminator(kind)
]
PopulationTarget = Annotated[
    Goal | Annotated[PerHeadMultiple, Tag("multiple")] | Annotated[PerHeadLevel, Tag("value")],
    Discriminator(kind),
]


def share_kind(target: Any) -> str | None:
    """What a target of a share is stated by: a goal or a value."""
    return "value" if (stated := kind(target)) == "multiple" else stated


ShareTarget = Annotated[Goal | Annotated[ShareLevel, Tag("value")], Discriminator(share_kind)]
