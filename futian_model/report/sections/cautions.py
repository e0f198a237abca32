"""What any report warns of."""

import math

from futian_model.report.sections.material import Material
from futian_model.report.words import Number, Sentence

BEARABLE = 0.02
"""Sampling error of a chance that needs no caution; `chance` prints whole per cents."""


def few_draws(page: Material) -> list[Sentence]:
    """A caution where chance alone may move a probability by more than `BEARABLE`."""
    draws = page.given_scenario.draws
    error = 1 / math.sqrt(draws)  # two standard errors of a chance of one half
    if error <= BEARABLE:
        return []
    shown = Number(min(error, 1.0), "error_points")
    return [page.say("few_draws", draws=Number(draws, "count"), error=shown)]
