"""Rounds: editions of the forecast that stand as they were made, and outturns held against them."""

from futian_model.rounds.binding import bind
from futian_model.rounds.comparing import Comparison, compare_rounds
from futian_model.rounds.edition import Round, digests, editions, free, is_round, names, opened
from futian_model.rounds.effects import Effects, effects
from futian_model.rounds.expecting import Expected, expected
from futian_model.rounds.filing import (
    Prediction,
    Reliability,
    come_due,
    predictions,
    register,
    reliability,
)
from futian_model.rounds.mixing import OUTTURN, REVISION, Difference, Mixture
from futian_model.rounds.moving import ASSUMPTIONS, BLOCKS, MODEL, Moved
from futian_model.rounds.published import forecast_as
from futian_model.rounds.recording import (
    Entry,
    Figure,
    Rehearsal,
    Source,
    changed,
    entered,
    known,
    record,
    rehearsed,
)
from futian_model.rounds.reproducing import Reproduction, reproduce
from futian_model.rounds.results import Row
from futian_model.rounds.scoring import Score, scores
from futian_model.rounds.standing import base_levels, standings
