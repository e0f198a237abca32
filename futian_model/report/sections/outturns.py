"""Sentences on outturns: where the district stands against a goal, and how forecasts fared."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from futian_model.evidence import Evidence
from futian_model.languages import language
from futian_model.report.words import Amounts, Number, Sentence, Words, amounts, year
from futian_model.rounds import Score
from futian_model.scorecard import Standing
from futian_model.scorecard.course import GROWTH
from futian_model.scorecard.judging import pace_of

Read = Callable[[str, str], Number]
"""The number of a statistic, written by a rule."""
INSIDE = {0.5: "tracker_inside_half", 0.8: "tracker_inside_eighty", 0.9: "tracker_inside_ninety"}
MOST, LEAST = 1.0, 0.0


def unkeyed(figures: Standing | Score) -> Read:
    """Numbers of a terminal, which has no table of results."""
    return lambda statistic, rule: Number(float(getattr(figures, statistic)), rule)


@dataclass(frozen=True)
class StandingWords:
    """A goal and its latest outturn in words.

    Attributes
    ----------
    read : callable
        Gives ``target``, ``level``, ``gap``, ``so_far``, ``required`` and ``current``.
    """

    standing: Standing
    words: Words
    evidence: Evidence
    read: Read

    @property
    def goal(self) -> Sentence:
        """Its name and year."""
        name = self.evidence.name(self.standing.goal.name, self.words.lang)
        return self.words.say("goal_label", name=name, year=year(self.standing.goal.year))

    @property
    def written(self) -> Amounts:
        """How its level is written; of a unit of its own as the plan names it in this language."""
        known = amounts(self.evidence, self.words, self.standing.goal.indicator)
        if not known.unit:
            return known
        column = language(self.words.lang).stated("unit")
        return Amounts(self.words, known.rule, str(self.evidence.goals.loc[self.standing.goal.name, column]))

    def amount(self, statistic: str) -> Sentence:
        """A level with its unit."""
        return self.written.with_unit(self.read(statistic, self.written.rule))

    @property
    def gap(self) -> Sentence:
        """How far the outturn lies from the target, with its sign."""
        return self.written.with_unit(self.read("gap", self.written.gap_rule))

    def a_year(self, statistic: str) -> Number | Sentence | None:
        """Growth a year of money, points of a share, steps of anything else; None where it is not known."""
        goal = self.standing.goal
        if not np.isfinite(getattr(self.standing, statistic)):
            return None
        if pace_of(goal) == GROWTH:
            return self.read(statistic, "growth")
        return self.read(statistic, "growth_points") if goal.unit == "fraction" else self.amount(statistic)

    def sentence(self) -> Sentence:
        """Where the goal stands."""
        standing = self.standing
        if standing.year is None:
            return self.with_current(self.words.say("tracker_no_outturn", goal=self.goal))
        fields: dict[str, Any] = {
            "goal": self.goal,
            "year": year(standing.year),
            "level": self.amount("level"),
            "target": self.amount("target"),
        }
        if standing.met:
            key = "tracker_met" if standing.over else "tracker_met_early"
            return self.with_current(self.words.say(key, **fields))
        fields["gap"] = self.gap
        if standing.over:
            return self.with_current(self.words.say("tracker_missed", **fields))
        so_far, required = self.a_year("so_far"), self.a_year("required")
        if so_far is None or required is None:
            return self.with_current(self.words.say("tracker_short", **fields))
        return self.with_current(
            self.words.say("tracker_required", **fields, required=required, so_far=so_far)
        )

    def with_current(self, sentence: Sentence) -> Sentence:
        """A later level at current prices on top, which is no outturn of a goal at constant prices."""
        if self.standing.current_year is None:
            return sentence
        at = year(self.standing.current_year)
        return self.words.say("tracker_current", told=sentence, year=at, level=self.amount("current"))


def where(score: Score, words: Words, read: Read) -> Sentence:
    """Where in its forecast an outturn lies."""
    if score.percentile in (LEAST, MOST):
        return words.say("tracker_below_all" if score.percentile == LEAST else "tracker_above_all")
    inside = words[INSIDE[score.band]] if score.band in INSIDE else words["tracker_outside"]
    return words.say("tracker_percentile", place=read("percentile", "percentile"), inside=inside)
