"""Scenarios that ran, side by side: what stands in their table, and what the evidence says."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pandas as pd

from futian_model.evidence import Evidence, Goal, jump_off
from futian_model.report.page import Column, Fill, Page, Table, numeric
from futian_model.report.sections.findings import Simulated
from futian_model.report.sections.material import GIVEN_EVIDENCE, GIVEN_SCENARIO
from futian_model.report.words import (
    BARE,
    GAP_OF,
    RULE_OF_UNIT,
    Key,
    Ledger,
    Number,
    Sentence,
    bare,
    chance_rule,
    year,
)
from futian_model.report.words.titles import distinct, shortened
from futian_model.scorecard import SCORECARD

PATH = ("central", "p10", "p90")
CHANCES = ("probability", "joint_probability")
TOLD = (*PATH, "cagr", "target", "count", "met", *CHANCES, *(f"{chance}_se" for chance in CHANCES))
"""Statistics that stand on the page; a ledger of all would take most of its time."""
COMPARED = ("real_gdp", "real_gdp_per_capita")


class Path(NamedTuple):
    """A central path, and the band of the middle eight tenths."""

    years: list[int]
    central: list[float]
    p10: list[float]
    p90: list[float]


@dataclass(frozen=True, eq=False)
class Entry:
    """One scenario of a run.

    Attributes
    ----------
    title, description : mapping of str to str
        By language.
    results : DataFrame
        Its results table; empty where the run failed.
    reports : mapping of str to mapping of str to str
        Link to each file of the report: by language, then by format.
    vintage : str
        Up to when its data run.
    fault : str or None
        Why it failed.
    counterfactual : bool
        Whether it rewrites years already published.
    tables : mapping of str to str
        Links to its tables as CSV: ``results``, and the ``dictionary`` that names their codes.
    """

    id: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    results: pd.DataFrame = field(repr=False)
    reports: Mapping[str, Mapping[str, str]]
    vintage: str
    fault: str | None = None
    counterfactual: bool = False
    tables: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def ledger(self) -> Ledger:
        """The figures that stand on the page, by their place in the results."""
        return Ledger(self.results[self.results["statistic"].isin(TOLD)])

    @cached_property
    def span(self) -> tuple[int, int]:
        """First and last year."""
        years = self.path("real_gdp").years
        return years[0], years[-1]

    @cached_property
    def targets(self) -> list[Key]:
        """The goals that it is held against."""
        return self.ledger.keys(GIVEN_SCENARIO, "target")

    @cached_property
    def judged(self) -> list[tuple[str, int]]:
        """Goals that the evidence judges beside it, with their years."""
        keys = self.ledger.keys(GIVEN_EVIDENCE, "probability")
        return [(key.indicator, key.year) for key in keys if key.indicator != "all_goals" and not key.case]

    def path(self, indicator: str) -> Path:
        """Its path of an indicator."""
        keys_of = {name: [key for key in self._along[name] if key.indicator == indicator] for name in PATH}
        years = [key.year for key in keys_of["central"]]
        return Path(years, *([self.ledger[key] for key in keys] for keys in keys_of.values()))

    @cached_property
    def _along(self) -> dict[str, list[Key]]:
        return {name: self.ledger.keys(GIVEN_SCENARIO, name) for name in PATH}


class Elsewhere(NamedTuple):
    """Another index: of a kept edition by its title, or, without one, of today's scenarios."""

    title: Mapping[str, str]
    link: str


def titles(entries: Sequence[Entry], lang: str) -> dict[str, str]:
    """Title of each scenario by its id, no two alike."""
    return distinct({entry.id: entry.title[lang] for entry in entries})


@dataclass(frozen=True)
class Figure:
    """A column of figures: an indicator's statistic in a year.

    Attributes
    ----------
    rule, gap : str
        How its values, and differences between them, are written.
    """

    indicator: str
    year: int
    statistic: str
    rule: str
    gap: str

    @property
    def grows(self) -> bool:
        """Whether it is growth a year since the first one."""
        return self.statistic == "cagr"


@dataclass(frozen=True, eq=False)
class Today(Simulated):
    """Where the district stands by the results of a scenario."""

    entry: Entry
    evidence: Evidence
    lang: str

    @property
    def results(self) -> pd.DataFrame:
        return self.entry.results

    @property
    def as_of(self) -> str:
        return self.entry.vintage

    @property
    def headline(self) -> Sequence[str]:
        return COMPARED

    @property
    def jump_off(self) -> int:
        base, counterfactual = int(self.entry.span[0]), self.entry.counterfactual
        return base if counterfactual else jump_off(self.evidence, base, self.as_of)

    @property
    def judged(self) -> Sequence[Goal]:
        return [self.evidence.goal(name) for name, _ in self.entry.judged]

    @cached_property
    def over(self) -> Sequence[Goal]:
        """Goals of which the results hold a verdict."""
        own = self.results[(self.results["reading"] == SCORECARD) & (self.results["statistic"] == "target")]
        return [self.evidence.goal(str(name)) for name in own["indicator"].unique()]


class Comparison(Page):
    """Scenarios that ran, side by side."""

    def __init__(self, entries: Sequence[Entry], lang: str, evidence: Evidence) -> None:
        self.entries, self.lang, self.evidence = entries, lang, evidence
        self.titles = titles(entries, lang)
        self.panel_names = distinct({name: shortened(title) for name, title in self.titles.items()})

    @cached_property
    def indicators(self) -> list[str]:
        """The levels compared and the first share, of those that every scenario simulates."""
        levels = self.shared("level")
        return [*(name for name in COMPARED if name in levels), *self.shared("share")[:1]]

    def shared(self, kind: str) -> list[str]:
        """Indicators of a kind that every scenario simulates, in the glossary's order."""
        names = self.evidence.indicators.index[self.evidence.indicators["kind"] == kind]
        simulated = set.intersection(*(set(entry.results["indicator"].unique()) for entry in self.entries))
        return [name for name in names if name in simulated]

    @cached_property
    def last(self) -> int:
        """The last year that all scenarios reach."""
        return min(entry.span[1] for entry in self.entries)

    @cached_property
    def years(self) -> list[int]:
        """The goals' years, and the last one that all scenarios reach."""
        due = {key.year for entry in self.entries for key in entry.targets}
        return sorted(due | {self.last})

    @cached_property
    def indicator_of(self) -> dict[str, str]:
        """The indicator that each goal is on."""
        goals = dict.fromkeys(key.indicator for entry in self.entries for key in entry.targets)
        return {goal: self.evidence.goal(goal).indicator for goal in goals}

    def name(self, indicator: str) -> str:
        """What a narrow column calls an indicator."""
        key = f"index_{indicator}"
        return self.words[key] if indicator in COMPARED else self.evidence.name(indicator, self.lang)

    def rule(self, indicator: str) -> str:
        return RULE_OF_UNIT.get(str(self.evidence.indicators.loc[indicator, "unit"]), "share")

    def figures(self) -> dict[str, list[Figure]]:
        """The columns of the table, by indicator."""
        figures = {}
        for indicator in self.indicators:
            rule = self.rule(indicator)
            figures[indicator] = [Figure(indicator, at, "central", rule, GAP_OF[rule]) for at in self.years]
            if indicator == COMPARED[0]:
                figures[indicator].append(Figure(indicator, self.last, "cagr", "growth", "growth_points"))
        return figures

    def number(
        self, entry: Entry, rule: str, indicator: str, at: int, statistic: str, reading: str = GIVEN_SCENARIO
    ) -> Number:
        return entry.ledger.number(rule, reading, indicator, at, statistic)

    def value(self, entry: Entry, figure: Figure) -> Number | None:
        """A figure of a scenario; None in a year that it does not reach."""
        key = (GIVEN_SCENARIO, figure.indicator, figure.year, figure.statistic)
        return entry.ledger.find(bare(figure.rule), *key)

    def with_unit(self, name: str, rule: str) -> str:
        """A name and the unit of its figures, where they do not say it themselves."""
        if rule not in BARE:
            return name
        return self.say("index_in_unit", name=name, unit=self.words[f"unit_{rule}_bare"]).text

    def met(self, entry: Entry) -> tuple[Number, Number] | None:
        """How many goals the central path meets, and of how many; None where it is held against none."""
        keys = entry.ledger.keys(GIVEN_SCENARIO, "count")
        if not keys:
            return None
        last = max(key.year for key in keys)
        met, count = (self.number(entry, "count", "all_goals", last, name) for name in ("met", "count"))
        return met, count

    def chances(self) -> tuple[Sentence | None, Table | None]:
        """What the evidence says beside most scenarios, and a table of those it judges otherwise."""
        sentences = {entry.id: self.chance_sentence(entry) for entry in self.entries if entry.judged}
        if not sentences:
            return None, None
        usual = Counter(sentence.text for sentence in sentences.values()).most_common(1)[0][0]
        other = [
            entry for entry in self.entries if entry.id in sentences and sentences[entry.id].text != usual
        ]
        sentence = next(sentence for sentence in sentences.values() if sentence.text == usual)
        return sentence, self.otherwise(other) if other else None

    def otherwise(self, entries: Sequence[Entry]) -> Table:
        """A row a scenario that other data or another base stand beside."""

        def odds(goal: tuple[str, int]) -> Fill:
            return lambda entry: self.odds(entry, *goal, "probability") if goal in entry.judged else None

        return self.table(
            "index_chances_table",
            entries,
            [
                Column("index_scenario", lambda entry: self.titles[entry.id]),
                numeric("fact_vintage", lambda entry: self.words.month(entry.vintage)),
                *(
                    numeric(Sentence(self.goal_label(*goal)), odds(goal))
                    for goal in dict.fromkeys(goal for entry in entries for goal in entry.judged)
                ),
            ],
        )

    def goal_label(self, goal: str, at: int) -> str:
        named = self.evidence.name(goal, self.lang)
        return self.say("goal_label", year=year(at), name=named).text

    def joint(self, entry: Entry) -> Number | None:
        """Chance of all goals together; None where the evidence judges none."""
        goals = entry.judged
        return (
            self.odds(entry, "all_goals", max(at for _, at in goals), "joint_probability") if goals else None
        )

    def odds(self, entry: Entry, name: str, at: int, statistic: str) -> Number:
        """A chance, to as many digits as its error allows."""
        error = self.number(entry, "probability", name, at, f"{statistic}_se", GIVEN_EVIDENCE).value
        return self.number(entry, chance_rule(error), name, at, statistic, GIVEN_EVIDENCE)

    def chance_sentence(self, entry: Entry) -> Sentence:
        """What the evidence says beside a scenario of each goal and of all."""
        items = [
            self.say(
                "chance_item", goal=self.goal_label(*goal), chance=self.odds(entry, *goal, "probability")
            )
            for goal in entry.judged
        ]
        joint, vintage = self.joint(entry), self.words.month(entry.vintage)
        assert joint is not None
        return self.say("index_chances", vintage=vintage, items=self.words.join(items), joint=joint)
