"""What the evidence says by itself: the same for all scenarios on the same assumptions, so made once."""

from collections.abc import Sequence
from typing import NamedTuple

import pandas as pd

from futian_model import goals
from futian_model.evidence import Evidence, Goal
from futian_model.simulation import Result
from futian_model.simulation.frames import prior_frame


class Alone(NamedTuple):
    """Rows of the results table that no lever of a scenario moves.

    Attributes
    ----------
    indicators : tuple of str
        What the evidence can tell of.
    rows : DataFrame
        Central path, quantiles and goals, as *given the evidence*.
    priors : DataFrame
        Chances of the goals with other priors.
    """

    indicators: tuple[str, ...]
    rows: pd.DataFrame
    priors: pd.DataFrame


def alone(result: Result, evidence: Evidence, reachable: Sequence[Goal]) -> Alone:
    """Everything at once, from a result *given the evidence*; rows carry the name of its scenario."""
    judged = [goal for goal in reachable if goal.indicator in result.indicators]
    rows = pd.concat([result.frame(), goals.frame(result, judged)], ignore_index=True)
    priors = prior_frame(result.scenario, evidence, result, judged)
    return Alone(tuple(result.indicators), rows, priors)
