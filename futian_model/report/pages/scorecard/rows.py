"""What the plan's scorecard is written from: every goal's standing, and the one table of numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from futian_model.attribution import Move, moves_frame
from futian_model.evidence import Evidence, Goal
from futian_model.languages import language, names
from futian_model.report.sections.findings import Findings
from futian_model.report.words import BARE, Number, Sentence, bare, words, year
from futian_model.report.words.amounts import in_brackets
from futian_model.scorecard import (
    FINAL,
    SCORECARD,
    STATED,
    TABLE,
    Card,
    Standing,
    Verdict,
    frame,
    groups,
    overall,
    priced,
)

RULES = {"亿元": "gdp", "万元/人": "per_capita", "fraction": "plain_percent"}
"""How values are written, by the goal's unit; the others as plain numbers beside their unit."""
SIZES = {"plain_percent": "size_points"}
"""How a distance or a step is written where it is not written as a value."""

ESTIMATES = {"plain_percent": "share"}
"""How an estimate is written where it is not written as a value: no finer than it is known."""


@dataclass(frozen=True, eq=False)
class CardMaterial(Findings):
    """The scorecard in one language."""

    lang: str
    evidence: Evidence
    card: Card
    moves: Sequence[Move] = ()

    @property
    def final(self) -> bool:
        return self.card.view == FINAL

    @property
    def groups(self) -> Mapping[str, Sequence[Standing]]:
        """The plan's table, and its goals outside it, those for later years first."""
        return groups(self.card)

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results: everything a page prints is a row of it."""
        place = self.evidence.place("district")
        tables = [frame(self.card, place), moves_frame(self.moves, place)]
        return pd.concat([table for table in tables if len(table)], ignore_index=True)

    def of(self, goal: Goal, at: int, statistic: str, rule: str | None = None) -> Number:
        """A figure of a goal."""
        return self.ledger.number(rule or rule_of(goal), SCORECARD, goal.name, at, statistic)

    def bare(self, goal: Goal, at: int, statistic: str) -> Number:
        """The same without its unit, for a table that names the unit beside the goal."""
        rule = rule_of(goal)
        return self.of(goal, at, statistic, bare(rule))

    def has(self, goal: Goal, at: int, statistic: str) -> bool:
        return (SCORECARD, goal.name, at, statistic) in self.ledger

    def judged(self, standing: Standing) -> Sequence[Verdict]:
        """Verdicts on a goal, one a reading of its prices; none where its year is not over."""
        return self.card.verdicts.get(standing.goal.name, ())

    def read(self, verdict: Verdict | Move, at: int, statistic: str, rule: str | None = None) -> Number:
        """A figure of a goal on one reading of its prices."""
        case = priced(verdict.reading)
        return self.ledger.number(
            rule or rule_of(verdict.goal), SCORECARD, verdict.goal.name, at, statistic, case
        )

    def knows(self, verdict: Verdict, at: int, statistic: str) -> bool:
        """Whether the results hold that figure."""
        return (SCORECARD, verdict.goal.name, at, statistic, priced(verdict.reading)) in self.ledger

    def with_verdict(self, *statuses: str) -> list[Standing]:
        """Indicators of the table with these verdicts."""
        judged = [(standing, self.judged(standing)) for standing in self.card.table]
        return [standing for standing, verdicts in judged if verdicts and overall(verdicts) in statuses]

    def on_prices(self, verdict: Verdict | Move) -> str:
        """A goal with the unit of its bare numbers and, where it is read both ways, the prices."""
        label = self.label(verdict.goal)
        if verdict.reading == STATED:
            return label
        return self.say("plan_card_on_prices", goal=label, prices=self.prices(verdict)).text

    def prices(self, verdict: Verdict | Move) -> Sentence:
        """The prices that a goal is read on."""
        return self.say(f"plan_card_prices_{verdict.reading}", year=year(verdict.goal.base_year))

    def count(self, statistic: str, group: str = TABLE) -> Number:
        """A number of goals."""
        return self.ledger.number("count", SCORECARD, group, self.card.as_of, statistic)

    def with_status(self, *statuses: str) -> list[Standing]:
        """Indicators of the table with these verdicts."""
        return [standing for standing in self.card.table if standing.status in statuses]

    def goal_name(self, goal: Goal) -> str:
        """A goal's name, as a sentence begins with it."""
        return self.name(goal.name)

    def names(self, standings: Sequence[Standing]) -> str:
        """Names in an enumeration."""
        listed = (self.words.inline(self.goal_name(standing.goal)) for standing in standings)
        return self.words["enumeration"].join(listed)

    def unit(self, goal: Goal) -> str:
        """The unit of a plain number, as the language writes it; empty where the number says it."""
        if rule_of(goal) != "plain":
            return ""
        return str(self.stated(goal)[language(self.lang).stated("unit")])

    def label(self, goal: Goal) -> str:
        """A goal with the unit of its bare numbers, as a table names it."""
        rule = rule_of(goal)
        unit = self.words[f"unit_{rule}_bare"] if rule in BARE else self.unit(goal)
        if not unit:
            return self.goal_name(goal)
        return in_brackets(self.goal_name(goal), unit, self.words)

    def amount(self, goal: Goal, number: Number) -> Sentence:
        """A value inside a sentence; in some languages the goal's name says what is counted."""
        unit = self.unit(goal) if language(self.lang).counters else ""
        return self.say("plan_card_amount", value=number, unit=unit)

    @property
    def vintages(self) -> Mapping[str, str]:
        return {SCORECARD: self.card.vintage or ""}

    def result_names(self, inputs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """Name in both languages, with its year, and unit of every goal of the results."""
        entries = {}
        for goal in (standing.goal for group in self.groups.values() for standing in group):
            row, at = self.stated(goal), year(goal.year)
            titles = {
                lang: words(lang).say("goal_label", year=at, name=name).text
                for lang, name in names(row).items()
            }
            units = {"unit": str(row["unit"]), "unit_en": str(row["unit_en"])}
            entries[goal.name] = titles | units | {"kind": "goal"}
        return entries

    @cached_property
    def plan(self) -> Mapping[Any, Mapping[Any, Any]]:
        """Rows of the plan's data by the goal that each states."""
        return self.evidence.commitments.to_dict("index") | self.evidence.goals.to_dict("index")

    def stated(self, goal: Goal) -> Mapping[Any, Any]:
        """The row of the plan's data that a goal was read from."""
        return self.plan[goal.name]


def rule_of(goal: Goal) -> str:
    """How values of a goal are written."""
    return RULES.get(goal.unit, "plain")


def size_rule(goal: Goal) -> str:
    """How distances between values of a goal are written."""
    return SIZES.get(rule_of(goal), rule_of(goal))


def estimate_rule(goal: Goal) -> str:
    """How estimated values of a goal are written where the unit is named elsewhere."""
    return ESTIMATES.get(rule_of(goal), bare(rule_of(goal)))
