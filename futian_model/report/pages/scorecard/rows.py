"""What the plan's scorecard is written from: every goal's standing, and the one table of numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from futian_model.evidence import Evidence, Goal
from futian_model.languages import language, names
from futian_model.report.sections.findings import Findings
from futian_model.report.words import BARE, Number, Sentence, bare, words, year
from futian_model.report.words.amounts import in_brackets
from futian_model.scorecard import FINAL, SCORECARD, TABLE, Card, Standing, frame, groups

RULES = {"亿元": "gdp", "万元/人": "per_capita", "fraction": "plain_percent"}
"""How values are written, by the goal's unit; the others as plain numbers beside their unit."""
SIZES = {"plain_percent": "size_points"}
"""How a distance or a step is written where it is not written as a value."""


@dataclass(frozen=True, eq=False)
class CardMaterial(Findings):
    """The scorecard in one language."""

    lang: str
    evidence: Evidence
    card: Card

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
        return frame(self.card, self.evidence.place("district"))

    def of(self, goal: Goal, at: int, statistic: str, rule: str | None = None) -> Number:
        """A figure of a goal."""
        return self.ledger.number(rule or rule_of(goal), SCORECARD, goal.name, at, statistic)

    def bare(self, goal: Goal, at: int, statistic: str) -> Number:
        """The same without its unit, for a table that names the unit beside the goal."""
        rule = rule_of(goal)
        return self.of(goal, at, statistic, bare(rule))

    def has(self, goal: Goal, at: int, statistic: str) -> bool:
        return (SCORECARD, goal.name, at, statistic) in self.ledger

    def count(self, statistic: str, group: str = TABLE) -> Number:
        """A number of goals."""
        return self.ledger.number("count", SCORECARD, group, self.card.as_of, statistic)

    def with_status(self, *statuses: str) -> list[Standing]:
        """Indicators of the table with these verdicts."""
        return [one for one in self.card.table if one.status in statuses]

    def goal_name(self, goal: Goal) -> str:
        """A goal's name, as a sentence begins with it."""
        return self.name(goal.name)

    def names(self, standings: Sequence[Standing]) -> str:
        """Names in an enumeration."""
        listed = (self.words.inline(self.goal_name(one.goal)) for one in standings)
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
        found = {}
        for one in (standing.goal for group in self.groups.values() for standing in group):
            row, at = self.stated(one), year(one.year)
            told = {
                lang: words(lang).say("goal_label", year=at, name=name).text
                for lang, name in names(row).items()
            }
            units = {"unit": str(row["unit"]), "unit_en": str(row["unit_en"])}
            found[one.name] = told | units | {"kind": "goal"}
        return found

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
