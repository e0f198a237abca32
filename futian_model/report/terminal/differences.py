"""How far scenarios lie apart, and why two differ, for a terminal."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from futian_model.attribution import Attribution
from futian_model.evidence import Evidence
from futian_model.report.sections.attribution import Why, titles
from futian_model.report.words import Number, Words, capital, words, year
from futian_model.report.words.amounts import POINTS, Amounts, amounts
from futian_model.report.words.titles import distinct
from futian_model.scenario import Scenario


def lines(a: Scenario, b: Scenario, splits: list[Attribution], evidence: Evidence, lang: str) -> list[str]:
    """Differences and what they come from, for a terminal."""
    texts, named = words(lang), titles(a, b, lang)
    printed = [f"A: {a.id}  {named[0]}", f"B: {b.id}  {named[1]}"]
    for attribution in splits:
        why = Why(attribution, texts, evidence, named)
        printed += ["", why.sentence().text]
        printed += [f"  {capital(why.block(blocks))}: {why.shown(blocks)}" for blocks, _ in why.parts]
        if why.still and not why.alike:
            idle = texts["enumeration"].join(why.block(blocks) for blocks in why.still)
            printed.append("  " + texts.say("compare_still", blocks=idle).text)
    return printed


def apart(scenarios: Sequence[Scenario], table: pd.DataFrame, evidence: Evidence, lang: str) -> list[str]:
    """Where each of many scenarios is in a year, and how far from the first.

    Parameters
    ----------
    table : DataFrame
        Rows of one year, as `attribution.deviations` gives them.
    """
    texts = words(lang)
    keys = [f"{at:02d}" for at in range(len(scenarios))]
    named = distinct({key: scenario.title[lang] for key, scenario in zip(keys, scenarios, strict=True)})
    printed = [f"{scenario.id}  {named[key]}" for key, scenario in zip(keys, scenarios, strict=True)]
    for indicator, rows in table.groupby("indicator", sort=False):
        written = amounts(evidence, texts, str(indicator))
        name, at = evidence.name(str(indicator), lang), year(rows["year"].iloc[0])
        printed += ["", texts.say("figure_label", name=name, year=at).text]
        for row in rows.to_dict("records"):
            level = written.level(row["value"]).text
            gap = "" if not row["scenario"] else gap_of(row, written, texts)
            printed.append(f"  {scenarios[row['scenario']].id}: {level}{gap}")
    return printed


def gap_of(row: Mapping[Any, Any], written: Amounts, texts: Words) -> str:
    """How far a scenario lies from the first: points of a share, per cent of a level."""
    share = written.rule in POINTS
    value, rule = (row["difference"], "points") if share else (row["relative"], "change_coarse")
    return "" if value is None else texts.say("indicator_cell", name="", unit=Number(value, rule)).text
