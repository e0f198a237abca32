"""One district inside several cities and nations: the same levers, whatever grows around them."""

from futian_model.contexts.files import misfit, surroundings
from futian_model.contexts.inside import differential, within
from futian_model.contexts.judging import FLAGS, IMPLAUSIBLE, PLAUSIBLE, UNUSUAL, Check, as_rate, flag
from futian_model.contexts.matrix import ON_GDP, OWN, Cell, frame, matrix
from futian_model.contexts.shares import base_share, recorded

__all__ = [
    "FLAGS",
    "IMPLAUSIBLE",
    "ON_GDP",
    "OWN",
    "PLAUSIBLE",
    "UNUSUAL",
    "Cell",
    "Check",
    "as_rate",
    "base_share",
    "differential",
    "flag",
    "frame",
    "matrix",
    "misfit",
    "recorded",
    "surroundings",
    "within",
]
