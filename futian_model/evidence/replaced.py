"""Figures that a better source replaces: still listed, no longer in use."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from futian_model.errors import InputError
from futian_model.evidence.figures import KINDS
from futian_model.evidence.tables import LINE

FACT = ["geo", "indicator", "period"]
FIGURE = [*FACT, "source"]


def standing(figures: pd.DataFrame, replaced: pd.DataFrame) -> NDArray[np.bool_]:
    """Whether each figure is in use.

    Parameters
    ----------
    figures : DataFrame
        Columns geo, indicator, period, source.
    replaced : DataFrame
        The same columns: figures that another one replaces.

    Returns
    -------
    ndarray of bool, shape (figures,)
        False where a figure is replaced.
    """
    sources = figures["source"].isin(replaced["source"]).to_numpy()
    in_use = ~sources
    named = pd.MultiIndex.from_frame(figures.loc[sources, FIGURE])
    in_use[sources] = ~named.isin(pd.MultiIndex.from_frame(replaced[FIGURE]))
    return np.asarray(in_use, bool)


def replacements(
    file: str, rows: pd.DataFrame, figures: pd.DataFrame, kinds: pd.Series
) -> Iterator[InputError]:
    """Replaced figures that are not held, or whose replacement is not held, replaced itself or less trusted.

    Parameters
    ----------
    file : str
        The table of replaced figures, as messages print it.
    rows : DataFrame
        Columns geo, indicator, period, source, replaced_by, and the line of each. The replacement holds a
        figure of the same fact, or the same figure of another period: what was printed under a wrong year.
    figures : DataFrame
        Observations.
    kinds : Series
        Kind of each source, by its id.
    """
    rank = {kind: at for at, kind in enumerate(KINDS)}
    held = set(figures[FIGURE].itertuples(index=False, name=None))
    printed = ["geo", "indicator", "source", "value"]
    values = set(figures[printed].itertuples(index=False, name=None))
    value_of = dict(zip(figures[FIGURE].itertuples(index=False, name=None), figures["value"], strict=True))
    gone = set(rows[FIGURE].itertuples(index=False, name=None))
    for *fact, source, better, line in rows[[*FIGURE, "replaced_by", LINE]].itertuples(index=False):
        named = " ".join(fact)
        if (*fact, source) not in held:
            allowed = f"a source of observations.csv for {named}"
            yield InputError("source", source, allowed, file=file, line=int(line))
        elif (*fact, better) in gone or (
            (*fact, better) not in held and (*fact[:2], better, value_of[*fact, source]) not in values
        ):
            allowed = f"a source of observations.csv for {named} that nothing replaces"
            allowed += ", or of the same figure in another period"
            yield InputError("replaced_by", better, allowed, file=file, line=int(line))
        elif rank[kinds[better]] > rank[kinds[source]]:
            allowed = f"a source no less trusted than {source} ({kinds[source]}), not {kinds[better]}"
            yield InputError("replaced_by", better, allowed, file=file, line=int(line))
