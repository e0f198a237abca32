"""How often targets set at a chance were met: a share, with what is wrong with it beside it."""

from typing import NamedTuple

from futian_model.backtest.chances import OWN_SERIES, WHOLE
from futian_model.backtest.frames import PROMISES, set_by
from futian_model.backtest.promises import BAR, MODEL
from futian_model.report.sections.findings import Findings
from futian_model.report.words import Number, Sentence
from futian_model.report.words.names import PANELS

FEWEST_SPANS = 2
"""Independent spans below which a share says nothing of who set the targets."""


class Promised(NamedTuple):
    """Targets on growth of one quantity in some places."""

    quantity: str
    panel: str
    group: str = WHOLE


def met(page: Findings, data: Promised, years: int, method: str = MODEL) -> Number | Sentence | None:
    """Share of targets over some years that was met; of the model's says if it is outside the bar.

    None where none is held.
    """
    share = figure(page, data, years, "met", "share", method)
    if share is None or method != MODEL or not failed(page, data, years):
        return share
    return page.say("promises_bold" if share.value < BAR[0] else "promises_timid", share=share)


def failed(page: Findings, data: Promised, years: int) -> bool:
    """Whether the share of the model's targets that was met is outside the bar, over more than one span."""
    share, apart = (figure(page, data, years, name, "count") for name in ("met", "independent"))
    if share is None or apart is None or apart.value < FEWEST_SPANS:
        return False
    return not BAR[0] <= share.value <= BAR[1]


def figure(
    page: Findings, data: Promised, years: int, statistic: str, rule: str, method: str = MODEL
) -> Number | None:
    """One figure of some targets; None where none is held."""
    under = set_by(data.panel, data.group, method)
    return page.ledger.find(rule, PROMISES, data.quantity, None, statistic, under, years)


def places(page: Findings, data: Promised) -> str:
    """Which places."""
    if data.group != WHOLE:
        return page.words[f"promises_{data.group}"]
    if data.panel.startswith(f"{OWN_SERIES}_"):
        return page.name(data.panel.removeprefix(f"{OWN_SERIES}_"))
    return page.words[PANELS[data.panel]]
