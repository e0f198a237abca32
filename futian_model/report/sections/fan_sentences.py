"""What every fan says alike: the names of its bands, and what it shows for those who do not see it."""

from collections.abc import Callable, Sequence

import pandas as pd

from futian_model.charts.fan import BANDS
from futian_model.report.words import Number, Sentence, Words, year

Read = Callable[[int, str], Number]
"""The number of a year and a statistic."""


def band_names(lang: str) -> dict[float, str]:
    """Each band by the share of paths it holds."""
    return {share: Number(share, "percent").text(lang) for share in BANDS}


def described(
    words: Words,
    title: Sentence,
    path: str,
    centre: str,
    span: tuple[int, int],
    read: Read,
    *,
    history: tuple[int, int] | None = None,
    goals: Sequence[tuple[int, Number]] = (),
) -> Sentence:
    """A fan in words, with its numbers.

    Parameters
    ----------
    title : Sentence
        Its headline.
    path, centre : str
        Name of the line in the middle, and its statistic.
    span, history : (int, int)
        First and last year ahead, and of what was published.
    read : callable
        Gives the number of a year and a statistic.
    goals : sequence of (int, Number)
        Year and level of each goal drawn.
    """
    first, last = span
    said = words.say(
        "chart_alt_fan",
        title=title,
        path=words.inline(path),
        start=year(first),
        base=read(first, centre),
        year=year(last),
        value=read(last, centre),
        low=read(last, "p10"),
        high=read(last, "p90"),
        least=read(last, "p05"),
        most=read(last, "p95"),
    )
    if history is not None:
        said = words.say("chart_alt_history", told=said, first=year(history[0]), last=year(history[1]))
    if not goals:
        return said
    items = [words.say("chart_alt_goal", year=year(at), value=value) for at, value in goals]
    return words.say("chart_alt_goals", told=said, items=words.join(items))


def marked(words: Words, targets: Sequence[tuple[int, Number]]) -> pd.DataFrame:
    """Year and level of goals as a fan marks them, labelled with their values."""
    rows = [(at, target.value, words.say("chart_goal", value=target).text) for at, target in targets]
    return pd.DataFrame(rows, columns=["year", "value", "label"])
