"""What comes on top of a path: shocks, projects, departures; and the firms behind a share."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from futian_model.scenario.names import Words
from futian_model.scenario.phases import Part, Real, Whole, Year

Unit = Annotated[Real, Field(ge=0, le=1)]
Years = Annotated[Whole, Field(ge=1, le=80)]


class Event(Part):
    """A level that moves, and what is made up afterwards."""

    title: Words = Field(description="title in both languages: zh, en")
    on: str = Field(default="growth", description="growth, population, deflator or a share of the scenario")
    start: Year = Field(
        description="first year of the event, after what published figures tell about, up to the horizon"
    )
    size: Annotated[Real, Field(gt=-1, lt=10)] = Field(
        description="change of the level once the event is over, a fraction above -1 (-4% is -0.04);"
        " for a share, of the part against the rest"
    )
    duration: Years = Field(default=1, description="years over which it builds up, 1 to 80")
    made_up: Unit = Field(default=0.0, description="part of it that is made up afterwards, 0 to 1")
    recovery: Years = Field(default=1, description="years over which that is made up, 1 to 80")


class Ranged(Part):
    """A number and the range in which it may lie."""

    value: Annotated[Real, Field(ge=0)] = Field(description="most likely value, 0 or more")
    low: Annotated[Real, Field(ge=0)] = Field(description="lowest value, up to the most likely")
    high: Annotated[Real, Field(ge=0)] = Field(description="highest value, from the most likely up")


class Departure(Part):
    """The largest groups leave."""

    title: Words = Field(description="title in both languages: zh, en")
    largest: Annotated[Whole, Field(ge=1, le=50)] = Field(
        description="how many of the largest groups leave, 1 to 50"
    )
    year: Year = Field(
        description="first year without them, after what published figures tell about, up to the horizon"
    )


class Firms(Part):
    """Groups behind a share: sizes by a Zipf tail, entry and relocation."""

    share: str = Field(description="the share of the scenario that the groups make up")
    groups: Ranged = Field(
        default=Ranged(value=100, low=50, high=300), description="how many groups there are: value, low, high"
    )
    tail: Ranged = Field(
        default=Ranged(value=1.0, low=0.8, high=1.2),
        description="Zipf exponent of their sizes, 0 all equal, 1 Zipf's law: value, low, high",
    )
    relocation: Unit = Field(default=0.0, description="part of the groups that leaves in a year, 0 to 1")
    entry: Annotated[Real, Field(ge=0, le=10)] = Field(
        default=0.0, description="value added of newcomers a year over that of today's groups, 0 to 10"
    )
    entrant_size: Annotated[Real, Field(gt=0, le=1)] = Field(
        default=0.01, description="value added of one newcomer over that of today's groups, above 0, up to 1"
    )
    spillover: Annotated[Real, Field(ge=0, le=5)] = Field(
        default=0.0,
        description="loss of the rest of the economy per unit of value added that leaves, 0 to 5",
    )
    departures: Mapping[str, Departure | None] = Field(
        default={}, description="events by name in which the largest groups leave, or null to drop one"
    )
