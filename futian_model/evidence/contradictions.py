"""Figures of one fact that disagree: all side by side, with the reason where one is known."""

import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from futian_model.evidence.figures import in_unit
from futian_model.units import with_unit

KEY = ["geo", "indicator", "period"]
EXPLAINED = ["explanation_zh", "explanation_en"]
FIGURE = ["value", "unit", "vintage", "source", "precision", "basis", "published"]
Release = Mapping[Any, Any]
"""Value and step in the library's unit, and precision."""


def contradictions(figures: pd.DataFrame, units: pd.Series, reasons: pd.DataFrame) -> pd.DataFrame:
    """Every figure of each fact whose releases differ, or that has an explanation.

    Parameters
    ----------
    figures : DataFrame
        Observations in use, with the value as printed in column ``printed``.
    units : Series
        The library's unit of each indicator.
    reasons : DataFrame
        Columns geo, indicator, period, explanation_zh, explanation_en.

    Returns
    -------
    DataFrame
        One row a release: geo, indicator, period, value (in `unit`, the library's), vintage, source,
        precision, basis, published (value and unit as printed), differs (whether releases of the
        fact differ beyond the rounding of what is printed), explanation_zh, explanation_en (empty
        where none is held).
    """
    counted = figures.groupby(KEY)["value"].transform("nunique")
    explained = pd.MultiIndex.from_frame(figures[KEY]).isin(pd.MultiIndex.from_frame(reasons[KEY]))
    rows = figures[(counted > 1) | explained].copy()
    target = rows["indicator"].map(units)
    rows["published"] = list(map(with_unit, rows["printed"], rows["unit"]))
    for name, values in (("step", last_digits(rows)), ("value", rows["value"])):
        rows[name] = in_unit(values, rows["unit"], target)
    rows["unit"] = target
    facts = list(rows[KEY].itertuples(index=False, name=None))
    releases: dict[tuple[str, ...], list[Release]] = {}
    for fact, release in zip(facts, rows[["value", "step", "precision"]].to_dict("records"), strict=True):
        releases.setdefault(fact, []).append(release)
    differing = {fact: differ(figures) for fact, figures in releases.items()}
    rows["differs"] = [differing[fact] for fact in facts]
    rows = rows.merge(reasons, on=KEY, how="left").fillna({name: "" for name in EXPLAINED})
    return rows.loc[
        rows["differs"] | (rows["explanation_en"] != ""), [*KEY, *FIGURE, "differs", *EXPLAINED]
    ].reset_index(drop=True)


def last_digits(figures: pd.DataFrame) -> pd.Series:
    """The last digit that each figure states (`step`), in the unit it is published in."""
    pairs = zip(figures["printed"], figures["precision"], strict=True)
    return pd.Series([step(text, kind) for text, kind in pairs], figures.index, dtype=float)


def step(printed: str, precision: str) -> float:
    """The last digit that a printed number states, in its unit: 0.01 for 155.32.

    Zeros at the end of a rounded whole number state nothing beyond its third digit.
    """
    digits, _, decimals = printed.lstrip("+-").partition(".")
    if decimals:
        return float(10.0 ** -len(decimals))
    zeros = len(digits) - len(digits.rstrip("0"))
    return float(10.0 ** max(0, min(zeros, len(digits) - 3))) if precision == "rounded" else 1.0


def differ(releases: Sequence[Release]) -> bool:
    """Whether two releases of one fact cannot both be right."""
    return any(clash(release, other) for release, other in itertools.combinations(releases, 2))


def clash(release: Release, other: Release) -> bool:
    """Whether two figures differ by more than half a step each; a bound clashes with less than it."""
    slack = (release["step"] + other["step"]) / 2 * (1 + 1e-9)
    gap = release["value"] - other["value"]
    bounds = [figure["precision"] == "lower_bound" for figure in (release, other)]
    if all(bounds):
        return False
    if any(bounds):
        return bool((gap if bounds[0] else -gap) > slack)
    return bool(np.abs(gap) > slack)
