"""What any report warns of."""

import math

from futian_model.goals import ACCOUNTING
from futian_model.report.sections.material import Material
from futian_model.report.words import Number, Sentence, year

BEARABLE = 0.02
"""Sampling error of a chance that needs no caution; `chance` prints whole per cents."""


def productivity(page: Material) -> list[Sentence]:
    """A caution where a scenario asks for more productivity than anybody measured in the nation."""
    if not page.has("tfp", page.last, "high", ACCOUNTING):
        return []
    fields = {
        name: page.number("tfp", page.last, name, rule="growth", reading=ACCOUNTING)
        for name in ("central", "low", "high")
    }
    if fields["central"].value <= fields["high"].value:
        return []
    nation = page.name(page.evidence.place("nation"))
    span = page.span(page.jump_off + 1, page.last)
    return [page.say("productivity_implausible", span=span, nation=nation, **fields)]


def rewritten(page: Material) -> list[Sentence]:
    """That a scenario rewrites years about which figures are published, where it does."""
    if not page.scenario.assumptions.counterfactual:
        return []
    return [page.say("counterfactual", start=year(page.first + 1))]


def few_draws(page: Material) -> list[Sentence]:
    """A caution where chance alone may move a probability by more than `BEARABLE`."""
    draws = page.given_scenario.draws
    error = 1 / math.sqrt(draws)  # two standard errors of a chance of one half
    if error <= BEARABLE:
        return []
    shown = Number(min(error, 1.0), "error_points")
    return [page.say("few_draws", draws=Number(draws, "count"), error=shown)]
