"""What a scenario may say: its fields, their types, ranges and units.

A field's description is both the help an editor shows and the words in which a fault says what
is allowed.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field

from futian_model.errors import InputError
from futian_model.evidence import LATEST, Evidence, jump_off
from futian_model.scenario.blocks import BLOCKS, Block, Trend, alternatives, choice
from futian_model.scenario.checks_paths import Span
from futian_model.scenario.events import Event, Firms
from futian_model.scenario.judgments import Judgment
from futian_model.scenario.names import ID, ID_WORDS, Name, Words
from futian_model.scenario.phases import Part, Real, Whole
from futian_model.scenario.targets import MOST_LEVEL

EXTENDS_WORDS = f"id of a scenario beside this one or built in: {ID_WORDS}"
MOST_DRAWS = 1_000_000_000
"""Paths that may be drawn; beyond some ten thousand only counts of them are kept."""
LEAST = 1e-3
"""Least level of a base year: 10 persons, or 100,000 yuan."""
LEVEL_WORDS = f"from {LEAST:g} to {MOST_LEVEL:,.0f}"
LONGEST = 80
"""Years a horizon may lie after the base year."""


if TYPE_CHECKING:
    GrowthBlock = Block
    PopulationBlock = Block
    ShareBlock = Block
    DeflatorBlock = Block
else:
    GrowthBlock, PopulationBlock, ShareBlock, DeflatorBlock = map(choice, BLOCKS)

# the file


class Levers(Part):
    """What policy can move."""

    growth: GrowthBlock = Field(default=Trend(), description="a block: growth of real GDP, a fraction a year")
    population: PopulationBlock = Field(
        default=Trend(), description="a block: growth of the year-end resident population, a fraction a year"
    )
    shares: Mapping[str, ShareBlock | None] = Field(
        default={},
        description="shares of GDP, fractions: a block by the share's name, or null to leave it out",
    )
    firms: Firms | None = Field(
        default=None, description="groups behind a share: share, groups, tail, relocation, entry, departures"
    )
    events: Mapping[str, Event | None] = Field(
        default={}, description="events on top of the paths, by name, or null to drop one"
    )

    def goals(self) -> set[str]:
        """Goals of the plan that any block aims at."""
        blocks = [self.growth, self.population, *self.shares.values()]
        targets = [target for block in blocks for target in getattr(block, "targets", ())]
        return {target.goal for target in targets if target.goal is not None}


class TypedBase(Part):
    """Base-year levels stated here instead of taken from a source."""

    gdp: Annotated[Real, Field(ge=LEAST, le=MOST_LEVEL)] | None = Field(
        default=None, description=f"GDP of the base year, 亿元, {LEVEL_WORDS}; null: by source"
    )
    average_population: Annotated[Real, Field(ge=LEAST, le=MOST_LEVEL)] | None = Field(
        default=None,
        description=f"average population of the base year, 万人, {LEVEL_WORDS}; null: by source",
    )


class Uncertainty(Part):
    """How wide the bands are."""

    degrees_of_freedom: Annotated[Real, Field(gt=2)] = Field(
        default=5.0, description="degrees of freedom of the shocks, above 2; fewer give heavier tails"
    )
    scale: Annotated[Real, Field(ge=0, le=10)] = Field(
        default=1.0, description="factor on the yearly shocks, 0 to 10; 1 is as estimated"
    )
    slow: Annotated[Real, Field(ge=0, le=10)] = Field(
        default=1.0, description="factor on the uncertainty of the trend's level, 0 to 10; 1 is as estimated"
    )

    persistence: Annotated[Real, Field(gt=-1, lt=1)] | None = Field(
        default=None,
        description="part of a yearly shock that is left a year later, between -1 and 1; null: as estimated",
    )
    correlation: Mapping[str, Mapping[str, Annotated[Real, Field(gt=-1, lt=1)]]] = Field(
        default={},
        description="correlation of yearly shocks by pair of drivers, each between -1 and 1:"
        " {growth: {population: 0.3}}",
    )
    skew: Annotated[Real, Field(gt=-2, lt=2)] = Field(
        default=0.0,
        description="mean less mode of a year's shock to growth, in units of its size, between -2 and 2;"
        " below 0 the risks lie on the downside",
    )


class Assumptions(Part):
    """What is taken as given."""

    base_year: Annotated[Whole, Field(ge=1900, le=2100)] = Field(
        default=2020, description="year the paths start from, between 1900 and 2100"
    )
    horizon: Whole = Field(
        default=2035, description=f"last year, after the base year and at most {LONGEST} years after it"
    )
    vintage: Annotated[str, Field(pattern=r"^((19|2[01])[0-9]{2}(-(0[1-9]|1[0-2]))?|latest)$")] = Field(
        default=LATEST,
        description="what the estimates may see: latest, a year, or a year and month, 2021 or 2021-10",
        json_schema_extra=lambda schema: schema.update(type=["string", "integer"]),
    )
    counterfactual: bool = Field(
        default=False,
        description="whether levers also rewrite years about which figures are published: true, false",
    )
    gdp_source: str | None = Field(
        default=None,
        description="id of the source whose base-year GDP is the base, 亿元; null: the release that counts",
    )
    population_source: str | None = Field(
        default=None,
        description="id of the source whose base-year population is the base, 万人;"
        " else its GDP over its per-capita GDP; null: the release that counts, and nothing per head"
        " where none is held",
    )
    base: TypedBase = Field(
        default=TypedBase(), description="base-year levels stated here: gdp, average_population"
    )
    forecasts: Literal["published", "none"] = Field(
        default="published",
        description="whether forecasts that others published of the nation's growth count as evidence:"
        " published, none",
    )
    deflator: DeflatorBlock = Field(
        default=Trend(), description="a block: growth of prices, a fraction a year"
    )
    uncertainty: Uncertainty = Field(
        default=Uncertainty(),
        description="width of the bands: degrees_of_freedom, scale, slow, persistence, correlation, skew",
    )

    def span(self, evidence: Evidence) -> Span:
        """The years: first, last, and the one up to which figures tell; the vintage is a date."""
        start = self.base_year
        if not self.counterfactual:
            start = jump_off(evidence, start, self.vintage)
        return Span(self.base_year, self.horizon, start)


class Run(Part):
    """How it is simulated."""

    draws: Annotated[Whole, Field(ge=1, le=MOST_DRAWS)] = Field(
        default=10_000, description=f"random paths, a whole number from 1 to {MOST_DRAWS}"
    )
    seed: Annotated[Whole, Field(ge=0, le=2**63 - 1)] | None = Field(
        default=2020,
        description="key of the random numbers, a whole number from 0 to 9223372036854775807;"
        " null: drawn anew and printed",
    )


class Content(Part):
    """A scenario file, merged with what it extends."""

    id: Name = Field(description=ID_WORDS)
    title: Words = Field(description="title in both languages: zh, en")
    description: Words = Field(description="what is assumed, in a sentence or two: zh, en")
    extends: Name | None = Field(default=None, description=EXTENDS_WORDS)
    levers: Levers = Field(
        default=Levers(), description="what policy can move: growth, population, shares, firms, events"
    )
    assumptions: Assumptions = Field(
        default=Assumptions(),
        description="what is taken as given: base_year, horizon, vintage, counterfactual, gdp_source,"
        " population_source, base, deflator, uncertainty",
    )
    judgments: Mapping[str, Judgment | None] = Field(
        default={},
        description="adjustments of the paths that a person answers for, by name, or null to drop one:"
        " on, start, end, size, author, date, reason",
        json_schema_extra={"propertyNames": {"pattern": ID}},
    )
    run: Run = Field(default=Run(), description="how it is simulated: draws, seed")


FIELDS: dict[str, type[Part]] = {"growth": Levers, "population": Levers, "deflator": Assumptions}
"""Models whose field of that name holds a block."""


def add_block(driver: str, block: type[Block]) -> None:
    """Let scenario files choose another block, by the name that its field ``block`` states.

    Parameters
    ----------
    driver : {"growth", "population", "deflator"}
        What it moves.
    block : type of Block
        Its fields, faults, path, words and numbers; with its own `Block.texts`.

    Raises
    ------
    InputError
        The driver takes no block, or has one of that name.
    """
    if driver not in FIELDS:
        raise InputError("driver", driver, ", ".join(FIELDS))
    names = [named(known) for known in BLOCKS[driver]]
    if named(block) in names:
        raise InputError(f"block of {driver}", named(block), f"another name than {', '.join(names)}")
    BLOCKS[driver].append(block)
    FIELDS[driver].model_fields[driver].annotation = alternatives(BLOCKS[driver])
    for model in (FIELDS[driver], Content):
        model.model_rebuild(force=True)


def named(block: type[Block]) -> str:
    """The name by which a file chooses a block."""
    return str(get_args(block.model_fields["block"].annotation)[0])
