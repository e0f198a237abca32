"""Checks of the size of figures: against people there can be, and against the place around them."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from futian_model.errors import InputError
from futian_model.evidence.checks_periods import TARGET
from futian_model.evidence.conventions import CONTEMPORARY, between
from futian_model.evidence.figures import UNSTATED, in_unit
from futian_model.evidence.tables import LINE
from futian_model.units import UNITS, convert, with_unit

PEOPLE = "万人"
FEWEST, MOST = 0.1, 200_000.0
"""People of a place, in 万人: of a small town, and more than any nation has; 人 for 万人 is
10,000 times off."""
ADDED_UP = ("money", "people")
"""What a place has no more of than the place around it."""


def populations(file: str, rows: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[InputError]:
    """Numbers of people that no place has: 人 stands for 万人, or the reverse."""
    rows = rows[rows["indicator"].map(indicators["unit"]) == PEOPLE]
    people = in_unit(rows["value"], rows["unit"], PEOPLE)
    for row in rows[~people.between(FEWEST, MOST)].to_dict("records"):
        yield InputError("value", row["value"], inhabited(row), file=file, line=int(row[LINE]))


def inhabited(row: Mapping[Any, Any]) -> str:
    """What may stand for a number of people, and the unit in which this one would be possible."""
    value, unit = float(row["value"]), str(row["unit"])
    low, high = (convert(people, PEOPLE, unit) for people in (FEWEST, MOST))
    allowed = f"from {low:.12g} to {high:.12g} {unit}"
    for meant in ("人", PEOPLE):
        if meant != unit and FEWEST <= convert(value, meant, PEOPLE) <= MOST:
            inside = with_unit(f"{convert(value, meant, unit):.10g}", unit)
            return f"{allowed}; {value:.12g} {meant} is {inside}"
    return allowed


def bases(file: str, rows: pd.DataFrame, indicators: pd.DataFrame) -> Iterator[InputError]:
    """Levels that do not say what census they rest on, where one across a census does.

    A level that came out within two years of its own rests on the census then in force; of a later one
    nobody can know, and growth from it or to it may be a revision.

    Parameters
    ----------
    rows : DataFrame
        Observations, their basis as written.
    indicators : DataFrame
        The glossary, by indicator.
    """
    rows = rows[rows["indicator"].map(indicators["kind"]) == "level"]
    years = {period: int(period[:4]) for period in rows["period"].unique()}
    rows = rows.assign(year=rows["period"].map(years))
    released = rows["vintage"].str[:4].astype(int)
    silent = rows[(rows["basis"] == "") & (released > rows["year"] + CONTEMPORARY)]
    stated = rows[~rows["basis"].isin(["", UNSTATED])].groupby(["geo", "indicator"])
    for row in silent.to_dict("records"):
        key = (row["geo"], row["indicator"])
        beside = stated.get_group(key).to_dict("records") if key in stated.groups else []
        for other in sorted(beside, key=lambda figure: abs(figure["year"] - row["year"])):
            census = between(row["indicator"], *sorted((row["year"], other["year"])))
            if census is not None:
                yield InputError("basis", "", needed(row, other, census), file=file, line=int(row[LINE]))
                break


def needed(row: Mapping[Any, Any], other: Mapping[Any, Any], census: str) -> str:
    """What may stand as the basis of a level, and why it has to."""
    level = with_unit(f"{row['value']:.12g}", row["unit"])
    figure = f"{row['indicator']} of {row['geo']} in {row['period']} ({level}, published {row['vintage']})"
    return (
        f"the census that {figure} rests on, such as {other['basis']}, or {UNSTATED}:"
        f" the {census} lies between it and {other['period']}, line {other[LINE]}"
    )


def beyond_parents(
    file: str, rows: pd.DataFrame, indicators: pd.DataFrame, parents: pd.Series
) -> Iterator[InputError]:
    """Levels above every one published of the place around, for the same period and on the same basis.

    Parameters
    ----------
    rows : DataFrame
        Observations.
    indicators : DataFrame
        The glossary, by indicator.
    parents : Series
        The place around each place, by its id; empty for none.
    """
    quantity = {name: unit.quantity for name, unit in UNITS.items()}
    levels = (indicators["kind"] == "level") & indicators["unit"].map(quantity).isin(ADDED_UP)
    rows = rows[rows["indicator"].map(levels).astype(bool) & ~rows["indicator"].str.contains(TARGET)]
    rows = rows.assign(
        level=in_unit(rows["value"], rows["unit"], rows["indicator"].map(indicators["unit"])),
        around=rows["geo"].map(parents),
    )
    both = rows.merge(
        rows[["geo", "indicator", "period", "basis", "level", "value", "unit"]],
        left_on=["around", "indicator", "period"],
        right_on=["geo", "indicator", "period"],
        suffixes=("", "_around"),
    )
    one_basis = (both["basis"] == both["basis_around"]) | (both["basis"] == "") | (both["basis_around"] == "")
    # the largest of the place around first
    both = both[one_basis].sort_values("level_around", ascending=False, kind="stable").drop_duplicates(LINE)
    for row in both[both["level"] > both["level_around"]].sort_values(LINE).to_dict("records"):
        whole = with_unit(f"{row['value_around']:.12g}", row["unit_around"])
        allowed = f"no more than {whole}, which {row['around']} around {row['geo']} has in {row['period']}"
        yield InputError("value", row["value"], allowed, file=file, line=int(row[LINE]))
