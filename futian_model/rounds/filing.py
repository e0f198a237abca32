"""The register of predictions: every chance that a kept round states, held against what came.

The chances stand in the rounds' own results, so that the register is computed and never kept: of each goal of
a year to come, alone and with those of its year, and that growth of a year lies in its band.

References
----------
Brier, G. W. (1950). Verification of forecasts expressed in terms of probability. Monthly Weather Review 78,
1-3.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from futian_model.evidence import Evidence, Goal, last_over, month
from futian_model.results import Row as ResultRow
from futian_model.results import case, tidy
from futian_model.rounds.edition import Round
from futian_model.rounds.published import came, released
from futian_model.rounds.results import Row, Values
from futian_model.scorecard import Outturn
from futian_model.simulation import READINGS

GIVEN_SCENARIO, GIVEN_EVIDENCE = READINGS
REGISTER = "register"
"""Reading of the rows."""
GOAL, CURRENT, JOINT, BAND = KINDS = "goal_chance", "current_price_chance", "joint_chance", "growth_band"
"""Of a goal, of one read at current prices, of all goals of a year together, of growth within its band."""
ALL = "every_chance"
"""Of all kinds together."""
EVERY, CHANCE = "all_goals", "probability"
ENDS, HELD = ("p10", "p90"), 0.8
"""Ends of the band that is filed, and its chance."""


class Prediction(NamedTuple):
    """A chance that a round states, and what came of it.

    Attributes
    ----------
    scenarios : tuple of str
        Who state it: given the evidence, several scenarios mostly do.
    vintage : str
        Up to when the figures counted that it rests on.
    goal : str
        Or the growth whose band it is of.
    kind : str
        One of `KINDS`.
    chance : float
        Given the evidence, a fraction.
    figure : float
        That came, in the library's unit; NaN until it does, and of several goals together.
    outcome : float
        1 where it came true, 0 where it did not, NaN while that is open.
    """

    round: str
    scenarios: tuple[str, ...]
    vintage: str
    goal: str
    year: int
    kind: str
    chance: float
    figure: float
    outcome: float

    @property
    def name(self) -> str:
        """What no other prediction is called."""
        return "/".join((self.round, self.scenarios[0], self.goal, str(self.year), self.kind))

    @property
    def brier(self) -> float:
        """Squared distance of the chance from the outcome."""
        return (self.chance - self.outcome) ** 2

    def to_dict(self) -> dict[str, Any]:
        """As plain values; what is open is None."""
        values = {"prediction": self.name, **self._asdict(), "brier": self.brier}
        values["scenarios"] = list(self.scenarios)
        return {name: None if value != value else value for name, value in values.items()}


def predictions(rounds: Iterable[Round], evidence: Evidence | None = None) -> list[Prediction]:
    """Every chance that rounds state of years that were not over, and of figures not out by their vintage.

    Parameters
    ----------
    rounds : iterable of Round
        Earliest first.
    evidence : Evidence, optional
        Holds the figures that came; that of the latest round when left out, so that rounds alone are enough.

    Raises
    ------
    FileFault
        Results of a round cannot be read.
    InputErrors
        Nor can the latest round's data, where they are asked for.
    """
    editions = list(rounds)
    if not editions:
        return []
    known = editions[-1].evidence if evidence is None else evidence
    return [prediction for edition in editions for prediction in filed(edition, known)]


def register(rounds: Iterable[Round], evidence: Evidence | None = None) -> pd.DataFrame:
    """The same as a table.

    Returns
    -------
    DataFrame
        A row a prediction: columns prediction (its name), round, scenarios (separated by semicolons),
        vintage, goal, year, kind, chance, figure, outcome, brier.
    """
    names = [name for name in Prediction._fields if name != "scenarios"]
    columns = ["prediction", names[0], "scenarios", *names[1:], "brier"]
    rows = [
        prediction.to_dict() | {"scenarios": ";".join(prediction.scenarios)}
        for prediction in predictions(rounds, evidence)
    ]
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(dict.fromkeys(("chance", "figure", "outcome", "brier"), float))


def filed(edition: Round, evidence: Evidence) -> list[Prediction]:
    """Predictions of one round; those that scenarios share stand once."""
    shared: dict[tuple[object, ...], Prediction] = {}
    for name in edition.scenarios:
        for prediction in stated(edition, name, evidence):
            key = (
                prediction.vintage,
                prediction.goal,
                prediction.year,
                prediction.kind,
                prediction.chance,
                prediction.outcome == 1,
                prediction.outcome == 0,
            )
            alike = shared.get(key)
            shared[key] = prediction if alike is None else alike._replace(scenarios=(*alike.scenarios, name))
    return list(shared.values())


def stated(edition: Round, scenario: str, evidence: Evidence) -> Iterator[Prediction]:
    """What one scenario's results state, given the evidence."""
    facts, held = edition.facts(scenario), edition.results(scenario)
    nominal = edition.results(scenario, case(prices="nominal"))
    first, over = int(facts["base_year"]), last_over(facts["vintage"])
    goals = {goal.name: goal for goal in evidence.quantified_goals()}
    figures: dict[str, dict[int, Outturn]] = {}

    def figure(indicator: str, year: int) -> tuple[float, bool]:
        """What came, NaN until it does, and whether it was out by the vintage: then nothing is predicted."""
        if indicator not in figures:
            base = held.get(Row(GIVEN_SCENARIO, indicator, first, "central"))
            figures[indicator] = came(evidence, indicator, first, base)
        value = figures[indicator][year].value if year in figures[indicator] else math.nan
        out = released(evidence, indicator, year) if math.isfinite(value) else None
        return value, out is not None and out <= month(facts["vintage"])

    def filing(goal: str, year: int, kind: str, chance: float, value: float, outcome: float) -> Prediction:
        vintage = str(facts["vintage"])
        return Prediction(edition.name, (scenario,), vintage, goal, year, kind, chance, value, outcome)

    alone: list[Prediction] = []
    for kind, values in ((GOAL, held), (CURRENT, nominal)):
        for name, year, chance in chances(values, over):
            goal = goals.get(name)
            read = goal.at_current_prices() if goal is not None and kind == CURRENT else goal
            value, out = figure(read.indicator, year) if read is not None else (math.nan, False)
            if out:
                continue
            target = held.get(Row(GIVEN_EVIDENCE, name, year, "target"), math.nan)
            alone.append(filing(name, year, kind, chance, value, met(read, value, target)))
    yield from alone
    for _, year, chance in chances(held, over, joint=True):
        outcomes = [
            prediction.outcome for prediction in alone if (prediction.kind, prediction.year) == (GOAL, year)
        ]
        yield filing(EVERY, year, JOINT, chance, math.nan, all_met(outcomes))
    for name, year, low, high in bands(held, over, evidence):
        value, out = figure(name, year)
        if out:
            continue
        inside = float(low <= value <= high) if math.isfinite(value) else math.nan
        yield filing(name, year, BAND, HELD, value, inside)


def chances(values: Values, over: int, *, joint: bool = False) -> Iterator[tuple[str, int, float]]:
    """Goal, year and chance of what a results table states of years to come."""
    for row, value in values.items():
        stated_ahead = row.reading == GIVEN_EVIDENCE and row.statistic == CHANCE and row.year > over
        if stated_ahead and (row.indicator == EVERY) == joint and math.isfinite(value):
            yield row.indicator, row.year, value


def bands(values: Values, over: int, evidence: Evidence) -> Iterator[tuple[str, int, float, float]]:
    """Growth, year and ends of the band of every published growth of years to come."""
    kinds = evidence.indicators["kind"]
    for row, low in values.items():
        ahead = row.reading == GIVEN_EVIDENCE and row.statistic == ENDS[0] and row.year > over
        if ahead and kinds.get(row.indicator) == "growth":
            yield row.indicator, row.year, low, values[row._replace(statistic=ENDS[1])]


def met(goal: Goal | None, figure: float, target: float) -> float:
    """Whether a figure meets a goal's target as the round states it; NaN while that is open."""
    if goal is None or not (math.isfinite(figure) and math.isfinite(target)):
        return math.nan
    return float(goal.meets(figure, target))


def all_met(outcomes: Sequence[float]) -> float:
    """Whether all of some goals are met: missed with the first that is, open while one is."""
    return math.nan if not outcomes or (0.0 not in outcomes and np.isnan(outcomes).any()) else min(outcomes)


class Reliability(NamedTuple):
    """How predictions of a kind fared.

    Attributes
    ----------
    filed, due : int
        Predictions, and those whose outcome is known.
    said, came, brier : float
        Mean chance of those due, share that came true, mean Brier score; NaN while none is due.
    """

    kind: str
    filed: int
    due: int
    said: float
    came: float
    brier: float


def reliability(filings: Iterable[Prediction]) -> list[Reliability]:
    """How predictions fared, together and kind by kind; kinds without a prediction are left out."""
    every, kinds = list(filings), []
    for kind in (ALL, *KINDS):
        own = [prediction for prediction in every if kind in (ALL, prediction.kind)]
        due = np.array(
            [
                (prediction.chance, prediction.outcome, prediction.brier)
                for prediction in own
                if math.isfinite(prediction.outcome)
            ]
        )
        means = due.mean(axis=0) if len(due) else np.full(3, np.nan)
        if own:
            kinds.append(Reliability(kind, len(own), len(due), *(float(mean) for mean in means)))
    return kinds


def register_frame(filings: Sequence[Prediction], scenario: str, place: str = "") -> pd.DataFrame:
    """How predictions fared, as rows of the results table of no year; the indicator is their kind.

    Beside them ``rounds``, how many state them.
    """
    rows = [ResultRow(ALL, None, "rounds", len({prediction.round for prediction in filings}), "count")]
    rows += [
        ResultRow(fared.kind, None, name, value, "count" if name in ("filed", "due") else "fraction")
        for fared in reliability(filings)
        for name, value in fared._asdict().items()
        if name != "kind" and math.isfinite(value)
    ]
    return tidy(scenario, REGISTER, rows, place)


def come_due(rounds: Sequence[Round], before: Evidence, after: Evidence) -> list[Prediction]:
    """Predictions whose outcome a new figure tells."""
    known = {
        key
        for prediction in predictions(rounds, before)
        if math.isfinite(prediction.outcome)
        for key in keys(prediction)
    }
    due = [prediction for prediction in predictions(rounds, after) if math.isfinite(prediction.outcome)]
    return [prediction for prediction in due if not known.issuperset(keys(prediction))]


def keys(prediction: Prediction) -> Iterator[tuple[object, ...]]:
    """A prediction as each of its scenarios states it."""
    return (
        (prediction.round, scenario, prediction.goal, prediction.year, prediction.kind)
        for scenario in prediction.scenarios
    )
