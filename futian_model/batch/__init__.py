"""Many scenarios to many reports, through papermill."""

from futian_model.batch.editions import bind_round
from futian_model.batch.outcome import Outcome
from futian_model.batch.runs import run
from futian_model.batch.settings import Settings
from futian_model.batch.standing import stamp_of, standing

__all__ = ["Outcome", "Settings", "bind_round", "run", "stamp_of", "standing"]
