"""What the plan's page is written from: goals, rounds, the plan's arithmetic, and one table of numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from futian_model.annual import Year, record_frame
from futian_model.annual import frame as year_frame
from futian_model.arithmetic import PEOPLE, PLAN, Arithmetic, Pair, Path, of_path
from futian_model.attribution import Move, moves, moves_frame
from futian_model.claims import Claim, claims
from futian_model.claims import frame as claim_frame
from futian_model.errors import InputError
from futian_model.evidence import Evidence, Goal
from futian_model.evidence.vintages import LATEST, last_over, resolved
from futian_model.languages import LANGUAGES, language, names
from futian_model.report.sections.findings import Findings
from futian_model.report.sections.outturns import Read, StandingWords
from futian_model.report.words import BARE, Amounts, Number, Sentence, amounts, bare, words, year
from futian_model.report.words.amounts import in_brackets
from futian_model.rounds import Comparison, Round, Score, compare_rounds, scores, standings
from futian_model.rounds.frames import (
    OUTTURNS,
    held_frame,
    moved_frame,
    of_round,
    score_frame,
    standing_frame,
)
from futian_model.rounds.standing import path_of
from futian_model.scenario import Scenario
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
class PlanMaterial(Findings):
    """The plan in one language.

    Attributes
    ----------
    scenario : Scenario
        The baseline: gives base year, base-year levels and population, and is followed from round to round.
    card : Card
        Where every goal stands.
    indicator : str
        Whose forecasts are shown.
    rounds : tuple of Round
        Earliest first; may be none.
    year : Year
        How the plan of a single year stands.
    """

    scenario: Scenario
    evidence: Evidence
    lang: str
    card: Card
    indicator: str
    rounds: tuple[Round, ...] = field(repr=False)
    year: Year = field(repr=False)

    @property
    def final(self) -> bool:
        return self.card.view == FINAL

    @property
    def current(self) -> bool:
        """Whether nothing published is of a year after the one looked at."""
        return self.card.as_of >= last_over(resolved(self.evidence, self.card.vintage or LATEST))

    @property
    def title(self) -> str:
        """What the scenario is called."""
        return self.scenario.title[self.lang]

    @property
    def groups(self) -> Mapping[str, Sequence[Standing]]:
        """The plan's table, and its goals outside it, those for later years first."""
        return groups(self.card)

    @cached_property
    def moves(self) -> Sequence[Move]:
        """What moved the chances since the plan was adopted."""
        return moves(self.evidence, vintage=self.card.vintage)

    @cached_property
    def courses(self) -> list[Standing]:
        """Every goal of the plan on a level, against its latest exact outturn."""
        return standings(self.evidence, self.scenario, vintage=self.card.vintage)

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
        lasting = self.rounds[-2:]
        shared = [name for name in self.latest.scenarios if all(name in each.scenarios for each in lasting)]
        own = self.scenario.id
        return own if own in shared else next(iter(shared), self.latest.scenarios[0])

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
    def implied(self) -> Arithmetic:
        """What the plan's figures imply, beside the scenario's population, 万人 by year."""
        path = path_of(self.scenario, self.evidence)
        own = zip(path.years, path.central.get(PEOPLE, ()), strict=False)
        return Arithmetic(self.evidence, {int(at): float(people) for at, people in own})

    @cached_property
    def claims(self) -> list[Claim]:
        sources = dict.fromkeys(source for source, _ in self.implied.stated)
        return [claim for source in sources for claim in claims(self.evidence, source)]

    @cached_property
    def results(self) -> pd.DataFrame:
        """The one table of results: everything the page prints is a row of it."""
        place, named = self.district, self.scenario.id
        tables = [
            frame(self.card, place),
            moves_frame(self.moves, place),
            standing_frame(self.courses, named, place),
            score_frame(self.scores, self.evidence),
            self.implied.frame(named),
            claim_frame(self.claims, named, PLAN),
            year_frame(self.year),
            record_frame(self.evidence),
        ]
        if self.followed is not None:
            tables += [
                held_frame(edition, self.followed, self.indicator, self.evidence)
                for edition in self.rounds[-2:]
                if self.followed in edition.scenarios
            ]
        if self.comparison is not None:
            tables.append(moved_frame(self.comparison, self.evidence))
        return pd.concat([table for table in tables if len(table)], ignore_index=True)

    def number(
        self, reading: str, indicator: str, at: int, statistic: str, rule: str, case: str = ""
    ) -> Number:
        """A row of the results."""
        return self.ledger.number(rule, reading, indicator, at, statistic, case)

    def has(self, *key: Any) -> bool:
        """Whether the results have a row: reading, indicator, year, statistic, case."""
        return key in self.ledger

    def reader(self, reading: str, indicator: str, at: int, case: str = "") -> Read:
        """Numbers of one indicator and year."""
        return lambda statistic, rule: self.number(reading, indicator, at, statistic, rule, case)

    # goals of the plan

    def of(self, goal: Goal, at: int, statistic: str, rule: str | None = None) -> Number:
        """A figure of a goal."""
        return self.number(SCORECARD, goal.name, at, statistic, rule or rule_of(goal))

    def bare(self, goal: Goal, at: int, statistic: str) -> Number:
        """The same without its unit, for a table that names the unit beside the goal."""
        return self.of(goal, at, statistic, bare(rule_of(goal)))

    def holds(self, goal: Goal, at: int, statistic: str) -> bool:
        """Whether the results hold that figure."""
        return self.has(SCORECARD, goal.name, at, statistic)

    def judged(self, standing: Standing) -> Sequence[Verdict]:
        """Verdicts on a goal, one a reading of its prices; none where its year is not over."""
        return self.card.verdicts.get(standing.goal.name, ())

    def read(self, verdict: Verdict | Move, at: int, statistic: str, rule: str | None = None) -> Number:
        """A figure of a goal on one reading of its prices."""
        goal, case = verdict.goal, priced(verdict.reading)
        return self.number(SCORECARD, goal.name, at, statistic, rule or rule_of(goal), case)

    def knows(self, verdict: Verdict, at: int, statistic: str) -> bool:
        """Whether the results hold that figure."""
        return self.has(SCORECARD, verdict.goal.name, at, statistic, priced(verdict.reading))

    def with_verdict(self, *statuses: str) -> list[Standing]:
        """Indicators of the table with these verdicts."""
        judged = [(standing, self.judged(standing)) for standing in self.card.table]
        return [standing for standing, verdicts in judged if verdicts and overall(verdicts) in statuses]

    def with_status(self, *statuses: str) -> list[Standing]:
        """Indicators of the table with these verdicts."""
        return [standing for standing in self.card.table if standing.status in statuses]

    def count(self, statistic: str, group: str = TABLE) -> Number:
        """A number of goals."""
        return self.number(SCORECARD, group, self.card.as_of, statistic, "count")

    def on_prices(self, verdict: Verdict | Move) -> str:
        """A goal with the unit of its bare numbers and, where it is read both ways, the prices."""
        label = self.label(verdict.goal)
        if verdict.reading == STATED:
            return label
        return self.say("plan_card_on_prices", goal=label, prices=self.prices(verdict)).text

    def prices(self, verdict: Verdict | Move) -> Sentence:
        """The prices that a goal is read on."""
        return self.say(f"plan_card_prices_{verdict.reading}", year=year(verdict.goal.base_year))

    def names(self, standings: Sequence[Standing]) -> str:
        """Names in an enumeration."""
        return self.listed(self.inline(standing.goal.name) for standing in standings)

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
            return self.name(goal.name)
        return in_brackets(self.name(goal.name), unit, self.words)

    def amount(self, goal: Goal, number: Number) -> Sentence:
        """A value inside a sentence; in some languages the goal's name says what is counted."""
        unit = self.unit(goal) if language(self.lang).counters else ""
        return self.say("plan_card_amount", value=number, unit=unit)

    @cached_property
    def plan(self) -> Mapping[Any, Mapping[Any, Any]]:
        """Rows of the plan's data by the goal that each states."""
        return self.evidence.commitments.to_dict("index") | self.evidence.goals.to_dict("index")

    def stated(self, goal: Goal) -> Mapping[Any, Any]:
        """The row of the plan's data that a goal was read from."""
        return self.plan[goal.name]

    # course and record

    def amounts(self, indicator: str) -> Amounts:
        return amounts(self.evidence, self.words, indicator)

    def course(self, standing: Standing) -> StandingWords:
        """A goal's course in words."""
        read = self.reader(OUTTURNS, standing.goal.name, standing.goal.year)
        return StandingWords(standing, self.words, self.evidence, read)

    def scored(self, score: Score, statistic: str) -> Sentence:
        """A figure of a forecast with its unit; of an ``error`` with its sign."""
        how = self.amounts(score.indicator)
        rule = how.gap_rule if statistic == "error" else how.rule
        return how.with_unit(self.score_reader(score)(statistic, rule))

    def score_reader(self, score: Score) -> Read:
        """Numbers of a forecast."""
        return self.reader(score.reading, score.indicator, score.year, of_round(score.round))

    # the plan's arithmetic

    def of_plan(
        self, indicator: str, at: int, statistic: str, rule: str = "growth", under: str = ""
    ) -> Number:
        """A figure that the plan implies."""
        return self.number(PLAN, indicator, at, statistic, rule, under)

    def held(self, indicator: str, at: int, statistic: str) -> bool:
        """Whether the plan implies it."""
        return self.has(PLAN, indicator, at, statistic)

    def people(self, at: int) -> Number:
        """The population that the goals of a year imply."""
        return self.of_plan(PEOPLE, at, "implied", "people")

    def plan_goal(self, goal: Goal, statistic: str, rule: str = "growth", under: str = "") -> Number:
        """A figure that a goal implies."""
        return self.of_plan(goal.name, goal.year, statistic, rule, under)

    def of_path(self, pair: Pair, path: Path, what: str, rule: str = "growth") -> Number:
        """A figure of a population path: its ``base``, ``end``, ``growth``, or what it has ``needed``."""
        return self.plan_goal(pair.per_head.goal, what, rule, of_path(path))

    # what the file carries

    @property
    def vintages(self) -> Mapping[str, str]:
        return {SCORECARD: self.card.vintage or "", self.scenario.id: self.scenario.assumptions.vintage}

    def result_names(self, inputs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """Name in both languages, with its year, unit and kind of goals, indicators and scenarios."""
        entries = {
            name: {lang: str(edition.facts(name)["title"][known.data]) for lang, known in LANGUAGES.items()}
            | {"kind": "scenario"}
            for edition in self.rounds
            for name in edition.scenarios
        }
        indicators, shown = self.evidence.indicators, self.results["indicator"].unique()
        for key, row in indicators[indicators.index.isin(shown)].iterrows():
            entries[str(key)] = names(row) | {"unit": str(row["unit"]), "kind": str(row["kind"])}
        for goal in (standing.goal for group in self.groups.values() for standing in group):
            stated = self.stated(goal)
            titles = {
                lang: words(lang).say("goal_label", year=year(goal.year), name=name).text
                for lang, name in names(stated).items()
            }
            units = {"unit": str(stated["unit"]), "unit_en": str(stated["unit_en"])}
            entries[goal.name] = titles | units | {"kind": "goal"}
        return entries


def chosen(held: Sequence[Round], asked: str | Sequence[str]) -> tuple[Round, ...]:
    """Rounds by their names; all for an empty text.

    Raises
    ------
    InputError
        There is no such round.
    """
    known = {edition.name: edition for edition in held}
    if isinstance(asked, str):
        asked = [name.strip() for name in asked.split(",") if name.strip()] or list(known)
    for name in asked:
        if name not in known:
            raise InputError("rounds", name, ", ".join(known) or "none, no round is held yet")
    return tuple(known[name] for name in asked)


def rule_of(goal: Goal) -> str:
    """How values of a goal are written."""
    return RULES.get(goal.unit, "plain")


def size_rule(goal: Goal) -> str:
    """How distances between values of a goal are written."""
    return SIZES.get(rule_of(goal), rule_of(goal))


def estimate_rule(goal: Goal) -> str:
    """How estimated values of a goal are written where the unit is named elsewhere."""
    return ESTIMATES.get(rule_of(goal), bare(rule_of(goal)))
