"""City and nation around the district: files of `params/context/`, or written out in a scenario."""

from dataclasses import replace
from typing import Annotated, Literal, NamedTuple

import numpy as np
from pydantic import Discriminator, Field

from futian_model.calibration.plausibility import yearly
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.scenario.blocks.block import Block, Ground, Path
from futian_model.scenario.blocks.phased import GrowthPath, LeadPath
from futian_model.scenario.blocks.trend import Trend
from futian_model.scenario.checks_paths import Faults, Span, fault, lacking, unknown
from futian_model.scenario.clauses import Clause, Fact, Published, Several
from futian_model.scenario.entries import Parts
from futian_model.scenario.names import ID_WORDS, Name, Words
from futian_model.scenario.phases import Part

NATION, CITY, DISTRICT = 0, 1, 2
POINTS = {"low": 0, "central": 1, "high": 2}


class Around(NamedTuple):
    """Log growth a year since the base year, each of shape (years,); without a nation its path is None."""

    nation: Floats | None
    city: Floats
    district: Floats


class PublishedPath(Block):
    """Growth that somebody published."""

    block: Literal["published"] = Field(description="published: a path of data/growth_paths.csv")
    path: str = Field(description="name of a path of data/growth_paths.csv")
    point: Literal["low", "central", "high"] = Field(
        default="central", description="low, central or high: which of the published figures"
    )

    def faults(self, at: Parts, span: Span, evidence: Evidence) -> Faults:
        yield from published_faults(self.path, str(at[-2]), (*at, "path"), span, evidence)

    def log_growth(self, ground: Ground) -> Path:
        rows = ground.evidence.paths[ground.evidence.paths["path"] == self.path]
        first, last = ground.start + 1, ground.start + ground.span
        return Path(np.log1p(np.asarray(yearly(rows, first, last)[POINTS[self.point]])))

    def said(self, share: str | None = None) -> Fact:
        return Clause(
            "around_published", {"name": Published(self.path), "point": Clause(f"point_{self.point}")}
        )


class NoLead(Block):
    """No lead at all."""

    block: Literal["none"] = Field(description="none: growth as around it")

    def log_growth(self, ground: Ground) -> Path:
        return Path(np.zeros(ground.span))


Lead = Annotated[Trend | LeadPath | NoLead, Discriminator("block")]
LEAD_WORDS = "a block: trend, path or none"


class LeadOver(Block):
    """The nation's growth and a lead over it."""

    block: Literal["lead"] = Field(description="lead: the nation's growth and a lead over it")
    lead: Lead = Field(description=f"lead of the city over the nation, {LEAD_WORDS}")

    def faults(self, at: Parts, span: Span, evidence: Evidence) -> Faults:
        yield from self.lead.faults((*at, "lead"), span, evidence)

    def log_growth(self, ground: Ground) -> Path:
        assert ground.around is not None, "a lead over no nation: the scenario's checks refuse it"
        lead = self.lead.log_growth(replace(ground, trend=lead_of(ground, CITY)))
        return Path(ground.around + lead.values)

    def said(self, share: str | None = None) -> Fact:
        return lead_said(self.lead, "around_as_nation", "around_lead")


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


class Context(Block):
    """The city's growth and the district's lead over it."""

    block: Literal["context"] = Field(description="context: the city's growth and a lead over it")
    city: City = Field(description="id of a file of params/context, or its content: id, place, title, growth")
    nation: Nation | None = Field(
        default=None,
        description="id of a file of params/context, or its content; null: the city's growth needs none",
    )
    differential: Lead = Field(description=f"lead of the district over the city, {LEAD_WORDS}")

    def faults(self, at: Parts, span: Span, evidence: Evidence) -> Faults:
        """The city's and the nation's paths, and the leads between them."""
        if isinstance(self.city.growth, LeadOver) and self.nation is None:
            allowed = f"the id of a nation's path, over which {self.city.id} states a lead"
            yield lacking((*at, "nation"), allowed)
        yield from self.differential.faults((*at, "differential"), span, evidence)
        for name, place in (("city", self.city), ("nation", self.nation)):
            if place is not None:
                yield from place.growth.faults((*at, name, "growth"), span, evidence)

    def log_growth(self, ground: Ground) -> Path:
        """The city's growth, over the nation's or by itself, and the district's lead."""
        nation = None
        if self.nation is not None:
            nation = self.nation.growth.log_growth(replace(ground, trend=rung(ground, NATION))).values
        city = self.city.growth.log_growth(replace(ground, trend=rung(ground, CITY), around=nation)).values
        lead = self.differential.log_growth(replace(ground, trend=lead_of(ground, DISTRICT)))
        district = city + lead.values
        before = [so_far(ground, at) for at in (NATION, CITY, DISTRICT)]
        around = Around(
            None if nation is None else np.concatenate([before[NATION], nation]),
            *(np.concatenate([before[at], path]) for at, path in ((CITY, city), (DISTRICT, district))),
        )
        return Path(district, {"around": around})

    def said(self, share: str | None = None) -> Fact:
        """City, nation and the district's lead."""
        parts: list[Fact] = [
            Clause("around_place", {"title": place.title, "growth": place.growth.said()})
            for place in (self.nation, self.city)
            if place is not None
        ]
        parts.append(lead_said(self.differential, "around_as_city", "around_differential"))
        return Several("clauses", tuple(parts))


def lead_said(lead: Lead, alike: str, ahead: str) -> Fact:
    """A lead by one of two texts."""
    return Clause(alike) if isinstance(lead, NoLead) else Clause(ahead, {"lead": lead.said()})


def rung(ground: Ground, at: int) -> Floats:
    """The evidence's own centre of a rung, of the years after the start."""
    mean = ground.calibration.ladder.mean[at]
    return np.asarray(mean[len(mean) - ground.span :])


def so_far(ground: Ground, at: int) -> Floats:
    """The evidence's own centre of a rung, of the years after the base year up to the start."""
    mean = ground.calibration.ladder.mean[at]
    end = len(mean) - ground.span
    return np.asarray(mean[end - (ground.start - ground.calibration.base_year) : end])


def lead_of(ground: Ground, at: int) -> Floats:
    """The evidence's own lead of a rung over the one around it."""
    return rung(ground, at) - rung(ground, at - 1)


def published_faults(name: str, place: str, at: Parts, span: Span, evidence: Evidence) -> Faults:
    """A published path must be known, about the place, and say something of every year."""
    paths = evidence.paths[evidence.paths["geo"] == evidence.place(place)]
    known = sorted(paths["path"].unique())
    if name not in known:
        yield unknown(at, name, known, ", ".join(known) or f"none, nobody's path of the {place} is held")
        return
    first = span.jump_off + 1
    middle = yearly(paths[paths["path"] == name], first, span.horizon)[1]
    missing = [str(first + position) for position in np.flatnonzero(np.isnan(middle))]
    if missing:
        allowed = f"a path that says something of every year; it says nothing of {', '.join(missing)}"
        yield fault(at, name, allowed)
