"""City and nation around the district: files of `params/context/`, or written out in a scenario."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field

from futian_model.scenario.names import ID_WORDS, Name, Words
from futian_model.scenario.phases import GrowthPath, LeadPath, Part, Trend


class PublishedPath(Part):
    """Growth that somebody published."""

    block: Literal["published"] = Field(description="published: a path of data/growth_paths.csv")
    path: str = Field(description="name of a path of data/growth_paths.csv")
    point: Literal["low", "central", "high"] = Field(
        default="central", description="low, central or high: which of the published figures"
    )


class NoLead(Part):
    """No lead at all."""

    block: Literal["none"] = Field(description="none: growth as around it")


Lead = Annotated[Trend | LeadPath | NoLead, Discriminator("block")]
LEAD_WORDS = "a block: trend, path or none"


class LeadOver(Part):
    """The nation's growth and a lead over it."""

    block: Literal["lead"] = Field(description="lead: the nation's growth and a lead over it")
    lead: Lead = Field(description=f"lead of the city over the nation, {LEAD_WORDS}")


class Nation(Part):
    """Growth of the nation."""

    id: Name = Field(description=ID_WORDS)
    place: Literal["nation"] = Field(description="nation")
    title: Words = Field(description="title in both languages: zh, en")
    growth: Annotated[Trend | GrowthPath | PublishedPath, Discriminator("block")] = Field(
        description="a block: trend, path or published"
    )


class City(Part):
    """Growth of the city, by itself or over the nation's."""

    id: Name = Field(description=ID_WORDS)
    place: Literal["city"] = Field(description="city")
    title: Words = Field(description="title in both languages: zh, en")
    growth: Annotated[Trend | GrowthPath | PublishedPath | LeadOver, Discriminator("block")] = Field(
        description="a block: trend, path, published or lead"
    )


class Context(Part):
    """The city's growth and the district's lead over it."""

    block: Literal["context"] = Field(description="context: the city's growth and a lead over it")
    city: City = Field(description="id of a file of params/context, or its content: id, place, title, growth")
    nation: Nation | None = Field(
        default=None,
        description="id of a file of params/context, or its content; null: the city's growth needs none",
    )
    differential: Lead = Field(description=f"lead of the district over the city, {LEAD_WORDS}")
