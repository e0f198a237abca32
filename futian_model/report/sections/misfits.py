"""Published figures that the others contradict: named wherever they are used."""

import numpy as np
import pandas as pd

from futian_model.calibration.coherence import coherence
from futian_model.evidence import Evidence
from futian_model.report.words.numbers import Number, year
from futian_model.report.words.sentences import Sentence, Words, words
from futian_model.scenario import Scenario

KINDS = {"real_gdp_growth": "real", "gdp_deflator_growth": "prices", "gdp": "nominal"}


def misfits(scenario: Scenario, evidence: Evidence, lang: str) -> list[Sentence]:
    """Every figure in use that lies outside the 95 percent band of what all other figures say of it."""
    settings, texts = scenario.assumptions, words(lang)
    table = coherence(
        evidence, base_year=settings.base_year, horizon=settings.horizon, vintage=settings.vintage
    )
    return [misfit(row, evidence, texts) for _, row in table[table["outside"]].iterrows()]


def misfit(row: pd.Series, evidence: Evidence, texts: Words) -> Sentence:
    """One figure, and between what the others place it."""
    lang, first, last = texts.lang, int(row["first"]), int(row["last"])
    at = texts.say("vintage_year", year=year(last))
    if first != last:
        at = texts.say("span", start=year(first), end=year(last))
    published, low, high = (
        Number(float(np.expm1(value)), "growth") for value in (row["growth"], row["low"], row["high"])
    )
    name = "bound" if row["lower_bound"] else KINDS[row["indicator"]]
    place = evidence.name(row["geo"], lang)
    return texts.say(f"misfit_{name}", place=place, years=at, published=published, low=low, high=high)
