"""The year: how far its plan is fulfilled, at what pace, and how likely its targets are met."""

from futian_model.annual.foresight import Foreseen, reversion, reversion_of, season
from futian_model.annual.frames import ANNUAL, RECORD, frame, growth_frame, pace_frame, record_frame
from futian_model.annual.pairs import QUARTERS, cumulative, growth_pairs, share_pairs
from futian_model.annual.year import (
    MET,
    MISSED,
    OPEN,
    PERIODS,
    Course,
    Standing,
    Year,
    growth_left,
    latest_year,
    the_year,
)
