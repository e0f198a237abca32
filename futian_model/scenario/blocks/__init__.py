"""Blocks: how a driver moves. One module a block says what a file may state of it, what is wrong with
that, the path it gives, how it is said and which of its numbers may be moved.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import Discriminator

from futian_model.scenario.blocks.block import Base, Beside, Block, Ground, Path
from futian_model.scenario.blocks.context import Context
from futian_model.scenario.blocks.phased import GrowthPath, LeadPath
from futian_model.scenario.blocks.production import Production
from futian_model.scenario.blocks.target import GrowthToTargets, ImpliedPopulation, ShareToTargets
from futian_model.scenario.blocks.trend import Trend

BLOCKS: dict[str, list[type[Block]]] = {
    "growth": [Trend, GrowthPath, GrowthToTargets, Production, Context],
    "population": [Trend, GrowthPath, ImpliedPopulation],
    "shares": [Trend, LeadPath, ShareToTargets],
    "deflator": [Trend, GrowthPath],
}
"""Blocks by what they move; a file chooses one by its name."""


def choice(driver: str) -> Any:
    """The type of a field that holds one of the blocks of a driver."""
    return Annotated[alternatives(BLOCKS[driver]), Discriminator("block")]


def alternatives(models: Sequence[type[Block]]) -> Any:
    """One of several models."""
    return reduce(or_, models)
