"""Why two scenarios differ: their difference split exactly over what they assume differently."""

from futian_model.attribution.difference import PROBABILITY, Attribution
from futian_model.attribution.mixtures import (
    NOT_SHARES,
    Blocks,
    Mixtures,
    blocks_of,
    differing,
    mixable,
    same_years,
    taken,
)
from futian_model.attribution.shapley import MOST_PLAYERS, shapley
from futian_model.attribution.sides import compare, deviations
from futian_model.attribution.splitting import BATCHES, attribute
from futian_model.attribution.vintages import STEPS, Move, moves, moves_frame
