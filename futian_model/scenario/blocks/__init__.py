"""Blocks: how a driver moves. One module a block says what a file may state of it, what is wrong with
that, the path it gives, how it is said and which of its numbers may be moved.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_
from typing import Annotated, Any

from pydantic import Discriminator

from futian_model.errors import InputError
from futian_model.extensions import added
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
"""Blocks by what they move; a file chooses one by its name.

Other packages add theirs by an entry point of the group ``futian_model.blocks``, named after what it moves
and itself, such as ``growth.fading``.
"""


def is_block(model: Any) -> bool:
    """Whether an object is a block."""
    return isinstance(model, type) and issubclass(model, Block)


for entry, model in added("blocks", "a Block", is_block).items():
    moved = entry.partition(".")[0]
    if moved not in BLOCKS:
        raise InputError("futian_model.blocks", entry, " or ".join(f"{driver}.<name>" for driver in BLOCKS))
    BLOCKS[moved].append(model)


def choice(driver: str) -> Any:
    """The type of a field that holds one of the blocks of a driver."""
    return Annotated[alternatives(BLOCKS[driver]), Discriminator("block")]


def alternatives(models: Sequence[type[Block]]) -> Any:
    """One of several models."""
    return reduce(or_, models)
