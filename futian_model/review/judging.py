"""The judgment that would bring about a figure that somebody wrote into a report."""

import math
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.report.words.numbers import writer
from futian_model.report.words.styles import MINUS, Style
from futian_model.review.rewording import Disputed
from futian_model.scenario import Scenario, read_back
from futian_model.scenario.judgments import LARGEST
from futian_model.simulation import READINGS, simulate

DRIVER = "growth"
LEVELS = ("real_gdp", "nominal_gdp", "real_gdp_per_capita", "nominal_gdp_per_capita")
"""Levels that move with growth alone, where nothing else is judged."""
DRAWS, DIGITS = 10, 4
"""Paths to learn a central one from, which hangs on none; decimals of a judgment's size."""
NAME, UNSIGNED = "review", {"author": "?", "date": "2000-01-01", "reason": {"zh": "?", "en": "?"}}
"""A judgment on trial, before anybody signs it."""


@dataclass(frozen=True)
class Judged:
    """A judgment on growth that makes the report print a figure; it stands once somebody signs it.

    Attributes
    ----------
    start, end : int
        Years that move.
    size : float
        Standard deviations of a year's shock, in each of them.
    """

    start: int
    end: int
    size: float

    def to_dict(self) -> dict[str, Any]:
        """As a scenario has it, without who signs it, when and why."""
        return {"on": DRIVER, "start": self.start, "end": self.end, "size": self.size}


def judgment_for(change: Disputed, scenario: Scenario, evidence: Evidence, lang: str) -> Judged | None:
    """The judgment that brings a figure about: the same size in every year up to the figure's.

    A level that grows with the economy alone is its former self times the exponential of what judgments add
    to log growth (`drivers.judgments.judged_growth`); the scenario is run with it to see that it comes out.

    Returns
    -------
    Judged or None
        None for any other figure, or where it does not come out as written.
    """
    number, key = change.number, None if change.number is None else change.number.key
    if number is None or key is None or key[0] != READINGS[0] or key.statistic != "central":
        return None
    asked = value_of(change.now, number.rule, lang)
    if key.indicator not in LEVELS or asked is None or asked <= 0 or number.value <= 0:
        return None
    with suppress(InputError):  # nothing was estimated of growth, or the scenario takes no such judgment
        result = simulate(scenario, evidence, draws=DRAWS)
        years = list(map(int, result.years))
        start = years[min(result.driven.jump + 1, len(years) - 1)]
        spread = result.calibration.trends()[DRIVER].shock_sd * (key.year - start + 1)
        if key.year < start or spread <= 0:
            return None
        judged = Judged(start, key.year, round(math.log(asked / number.value) / spread, DIGITS))
        if not 0 < abs(judged.size) <= LARGEST:
            return None
        values = scenario.to_dict()
        judgments = {**(values.get("judgments") or {}), NAME: {**judged.to_dict(), **UNSIGNED}}
        trial = read_back({**values, "judgments": judgments}, evidence, NAME)
        path = simulate(trial, evidence, draws=DRAWS).central[key.indicator]
        if writer(number.rule, lang)(float(path[years.index(key.year)])) == change.now.strip():
            return judged
    return None


def value_of(text: str, rule: str, lang: str) -> float | None:
    """What a printed number says, in the library's unit; None where it is not written as its rule has it."""
    written = writer(rule, lang)
    if not isinstance(written, Style):
        return None
    figure = text.strip().removeprefix(written.prefix).removesuffix(written.suffix)
    try:
        value = float(figure.replace(",", "").replace(MINUS, "-")) * written.over / written.times
    except ValueError:
        return None
    return value if written(value) == text.strip() else None
