"""As the published figures suggest."""

from typing import Literal

from pydantic import Field

from futian_model.errors import InputError
from futian_model.scenario.blocks.block import Block, Ground, Path
from futian_model.scenario.clauses import Clause, Fact


class Trend(Block):
    """What the published figures up to the vintage suggest."""

    block: Literal["trend"] = Field(default="trend", description="trend: as the published figures suggest")

    def log_growth(self, ground: Ground) -> Path:
        if ground.trend is None:
            allowed = "path or target: fewer than three published figures to estimate from"
            raise InputError(f"{ground.field}.block", "trend", allowed)
        return Path(ground.trend)

    def said(self, share: str | None = None) -> Fact:
        return Clause("block_trend_share" if share else "block_trend")
