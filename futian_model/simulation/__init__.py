"""One core for the deterministic path and for any number of draws, and what it returns."""

from futian_model.simulation.core import Core, central
from futian_model.simulation.odds import Aim
from futian_model.simulation.result import LEVELS, QUANTILES, Result
from futian_model.simulation.run import (
    READINGS,
    calibrated,
    chosen_seed,
    evidence_key,
    rehearse,
    simulate,
    whole,
)
from futian_model.simulation.sample import KEPT
