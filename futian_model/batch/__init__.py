"""Many scenarios to many reports, through papermill."""

from futian_model.batch.editions import bind_round
from futian_model.batch.outcome import Outcome
from futian_model.batch.runs import Settings, run

__all__ = ["Outcome", "Settings", "bind_round", "run"]
