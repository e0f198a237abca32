"""What the tracker page is written from: outturns, the rounds that are held, and one table of results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.languages import LANGUAGES, names
from futian_model.report.sections.findings import Findings
from futian_model.report.sections.outturns import Read, StandingWords
from futian_model.report.words import Amounts, Number, Sentence, amounts
from futian_model.rounds import Comparison, Round, Score, Standing, compare_rounds, scores, standings
from futian_model.rounds.frames import (
    OUTTURNS,
    held_frame,
    moved_frame,
    of_round,
    score_frame,
    standing_frame,
)
from futian_model.scenario import Scenario
from futian_model.simulation import READINGS

GIVEN_EVIDENCE = READINGS[1]


@dataclass(frozen=True, eq=False)
class TrackerMaterial(Findings):
    """Outturns and rounds, in one language.

    Attributes
    ----------
    scenario : Scenario
        The baseline: gives base year and base-year levels, and is followed from round to round.
    indicator : str
        Whose forecasts are shown.
    rounds : tuple of Round
        Earliest first; may be none.
    """

    scenario: Scenario
    evidence: Evidence
    lang: str
    indicator: str
    rounds: tuple[Round, ...] = field(repr=False)

    @cached_property
    def standings(self) -> list[Standing]:
        """Every goal of the plan on a level, against its latest outturn."""
        return standings(self.evidence, self.scenario)

    @cached_property
    def scores(self) -> list[Score]:
        """Forecasts of the indicator, round by round."""
        return scores(self.rounds, self.evidence, self.indicator)

    @property
    def latest(self) -> Round | None:
        return self.rounds[-1] if self.rounds else None

    @cached_property
    def followed(self) -> str | None:
        """The scenario that is followed: the baseline, or the first that the last rounds share."""
        if self.latest is None:
            return None
        shared = [
            name
            for name in self.latest.scenarios
            if all(name in edition.scenarios for edition in self.rounds[-2:])
        ]
        return (
            self.scenario.id if self.scenario.id in shared else next(iter(shared), self.latest.scenarios[0])
        )

    @cached_property
    def comparison(self) -> Comparison | None:
        """What moved between the last two rounds; None where there are no two that share a scenario."""
        if len(self.rounds) < 2 or self.followed is None:
            return None
        before, after = self.rounds[-2:]
        if self.followed not in before.scenarios:
            return None
        return compare_rounds(before, after, scenarios=[self.followed])

    @property
    def first(self) -> int:
        """The base year."""
        return int(self.scenario.years[0])

    @cached_property
    def last(self) -> int:
        """The last year that the latest round forecasts, or the scenario's."""
        if self.latest is None or self.followed is None:
            return int(self.scenario.years[-1])
        return int(self.latest.facts(self.followed)["horizon"])

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results."""
        place = self.evidence.place("district")
        tables = [
            standing_frame(self.standings, self.scenario.id, place),
            score_frame(self.scores, self.evidence),
        ]
        if self.followed is not None:
            tables += [
                held_frame(edition, self.followed, self.indicator, self.evidence)
                for edition in self.rounds[-2:]
                if self.followed in edition.scenarios
            ]
        if self.comparison is not None:
            tables.append(moved_frame(self.comparison, self.evidence))
        return pd.concat([table for table in tables if len(table)] or tables[:1], ignore_index=True)

    def amounts(self, indicator: str) -> Amounts:
        return amounts(self.evidence, self.words, indicator)

    def number(
        self, reading: str, indicator: str, year: int, statistic: str, rule: str, case: str = ""
    ) -> Number:
        """A row of the results."""
        return self.ledger.number(rule, reading, indicator, year, statistic, case)

    def has(self, *key: Any) -> bool:
        return key in self.ledger

    def reader(self, reading: str, indicator: str, year: int, case: str = "") -> Read:
        """Numbers of one indicator and year."""
        return lambda statistic, rule: self.number(reading, indicator, year, statistic, rule, case)

    def standing(self, standing: Standing) -> StandingWords:
        """A goal in words."""
        read = self.reader(OUTTURNS, standing.goal.name, standing.goal.year)
        return StandingWords(standing, self.words, self.evidence, read)

    def amount(self, score: Score, statistic: str) -> Sentence:
        """A figure of a forecast with its unit; of an ``error`` with its sign."""
        how = self.amounts(score.indicator)
        rule = how.gap_rule if statistic == "error" else how.rule
        return how.with_unit(self.score_reader(score)(statistic, rule))

    def score_reader(self, score: Score) -> Read:
        """Numbers of a forecast."""
        return self.reader(score.reading, score.indicator, score.year, of_round(score.round))

    @property
    def vintages(self) -> Mapping[str, str]:
        return {self.scenario.id: self.scenario.assumptions.vintage}

    def result_names(self, inputs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """Name in both languages, unit and kind of what the results are of, and titles of scenarios."""
        entries = {
            name: {lang: str(edition.facts(name)["title"][known.data]) for lang, known in LANGUAGES.items()}
            | {"kind": "scenario"}
            for edition in self.rounds
            for name in edition.scenarios
        }
        for key in self.results["indicator"].unique():
            goal = key in self.evidence.goals.index
            row = (self.evidence.goals if goal else self.evidence.indicators).loc[key]
            titles = names(row)
            units = {"unit": str(row["unit"])} | ({"unit_en": str(row["unit_en"])} if goal else {})
            entries[key] = titles | units | {"kind": "goal" if goal else str(row["kind"])}
        return entries


def chosen(held: Sequence[Round], asked: str | Sequence[str]) -> tuple[Round, ...]:
    """Rounds by their names; all for an empty text.

    Raises
    ------
    InputError
        There is no such round.
    """
    if not isinstance(asked, str):
        names = list(asked)
    else:
        names = [name.strip() for name in asked.split(",") if name.strip()] or [
            edition.name for edition in held
        ]
    known = {edition.name: edition for edition in held}
    for name in names:
        if name not in known:
            raise InputError("rounds", name, ", ".join(known) or "none, no round is held yet")
    return tuple(known[name] for name in names)
