"""Results and what they were made from, as a page is written from them."""

import os
import platform
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache, cached_property
from importlib import metadata
from typing import Any

import pandas as pd

from futian_model import __version__
from futian_model.evidence import Evidence, Goal
from futian_model.languages import language
from futian_model.report.page import Page, Record
from futian_model.report.words import RULE_OF_UNIT, Ledger, Number, Sentence, Words, chance_rule, year
from futian_model.report.words.names import place_names
from futian_model.report.words.own import own_texts, worded
from futian_model.scorecard import Verdict, verdicts
from futian_model.simulation import READINGS

GIVEN_SCENARIO, GIVEN_EVIDENCE = READINGS


@cache
def software(*packages: str) -> Mapping[str, Any]:
    """Python and the releases that numbers and pictures come from."""
    return {
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in packages},
    }


def made_on(page: Page) -> Sentence:
    """The day on which a report is made; that of SOURCE_DATE_EPOCH where the environment sets it."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    day = date.today() if not epoch else datetime.fromtimestamp(int(epoch), UTC).date()
    month = page.words.month(f"{day:%Y-%m}")
    return page.say("made_on", month=month, day=str(day.day))


class Findings(Page):
    """One table of results in a language: everything that the page prints is a row of it."""

    evidence: Evidence

    @property
    @abstractmethod
    def results(self) -> pd.DataFrame:
        """The one table of results."""

    @cached_property
    def own_texts(self) -> Mapping[str, Mapping[str, str]]:
        """Wording of the office's own, by language and key."""
        return own_texts(self.evidence.project)

    @cached_property
    def words(self) -> Words:
        """The texts of the page's language, the office's own in place of the library's."""
        return worded(self.lang, self.own_texts.get(self.lang, {}))

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.results)

    def name(self, key: str) -> str:
        """An indicator, goal or place in the page's language."""
        return self.evidence.name(key, self.lang)

    def inline(self, key: str) -> str:
        """The same inside a sentence."""
        return self.words.inline(self.name(key))

    def dated(self, key: str, at: int) -> Sentence:
        """An indicator with a year, as it heads a figure."""
        return self.say("figure_label", name=self.name(key), year=year(at))

    def goal_label(self, goal: Goal) -> str:
        """A goal with its year, as a table names it."""
        label = self.say("goal_label", year=year(goal.year), name=self.name(goal.name))
        return label.text

    def span(self, start: int, end: int) -> Sentence:
        """First and last of some years."""
        return self.say("span", start=year(start), end=year(end))

    def source_title(self, source: str) -> str:
        """Titles of the sources behind a figure; ``a / b`` is a quotient of two."""
        parts = [part.strip() for part in source.split("/")]
        return " / ".join(
            dict.fromkeys(
                str(self.evidence.sources.loc[part, "title"]) if part in self.evidence.sources.index else part
                for part in parts
            )
        )

    @property
    def issuer(self) -> list[tuple[str, str]]:
        """The line of a cover that names who issues the report; none where the project names nobody."""
        named = self.evidence.project.issuing_unit.get(language(self.lang).data)
        return [("fact_issuer", named)] if named else []

    @property
    def district(self) -> str:
        """The place that the page is about."""
        return self.evidence.place("district")

    @property
    def vintages(self) -> Mapping[str, str]:
        """Up to when figures count, by scenario of the results."""
        return {}

    @property
    def made_with(self) -> Mapping[str, Any]:
        """Software whose releases are recorded behind the inputs."""
        return {}

    def result_names(self, inputs: Mapping[str, Any]) -> dict[str, dict[str, str]]:
        """Name in both languages, unit and kind of what the results and their inputs hold, places apart."""
        return {}

    def record(self, inputs: Mapping[str, Any], places: Mapping[str, str] | None = None) -> Record:
        """The results with what they were made from, carried in the notebook and not shown.

        Parameters
        ----------
        inputs : mapping
            Beside the data and the library.
        places : mapping of str to str, optional
            Where the values of a scenario among them were set.
        """
        known = {"data": dict(self.evidence.fingerprints), "library": __version__}
        names = place_names([self.district, *self.results["place"]], self.evidence)
        names |= self.result_names(inputs)
        wording = {"wording": self.own_texts} if self.own_texts else {}
        made_from = {**inputs, **known, **self.made_with, **wording}
        return Record(self.lang, self.results, made_from, names, places or {}, self.district, self.vintages)


class Simulated(Findings):
    """Findings whose results are a scenario's."""

    @property
    @abstractmethod
    def as_of(self) -> str:
        """Up to when the scenario sees figures, a date."""

    @property
    @abstractmethod
    def over(self) -> Sequence[Goal]:
        """The plan's goals on what is simulated whose year is over: they have a verdict, and no chance."""

    @property
    @abstractmethod
    def judged(self) -> Sequence[Goal]:
        """Goals of years to come whose chance the evidence can tell."""

    @property
    @abstractmethod
    def jump_off(self) -> int:
        """The year up to which published figures tell; the scenario's own paths begin after it."""

    @property
    @abstractmethod
    def headline(self) -> Sequence[str]:
        """The indicators a report leads with: GDP, GDP per capita and the first share, as simulated."""

    @cached_property
    def verdicts(self) -> Mapping[str, Sequence[Verdict]]:
        """Verdicts on those goals, by name: one for each reading of their prices."""
        evidence, vintage = self.evidence, self.as_of

        def judged(goal: Goal) -> Sequence[Verdict]:
            return evidence.once(
                ("verdicts", goal.name, vintage), lambda: verdicts(evidence, goal, vintage=vintage)
            )

        return {goal.name: judged(goal) for goal in self.over}

    def number(
        self,
        indicator: str,
        year: int | None,
        statistic: str = "central",
        *,
        rule: str | None = None,
        reading: str = GIVEN_SCENARIO,
        case: str = "",
        horizon: int | None = None,
    ) -> Number:
        """A row of the results; the rule follows from the indicator unless named."""
        rule = rule or self.rule(indicator)
        return self.ledger.number(rule, reading, indicator, year, statistic, case, horizon)

    def rule(self, indicator: str) -> str:
        """How values of an indicator are written."""
        units = self.evidence.once(("units",), lambda: self.evidence.indicators["unit"].to_dict())
        return "share" if units[indicator] == "fraction" else RULE_OF_UNIT[units[indicator]]

    def has(self, indicator: str, year: int | None, statistic: str, reading: str, *where: Any) -> bool:
        """Whether the results have a row; `where` is its case, then its horizon."""
        return (reading, indicator, year, statistic, *where) in self.ledger

    def chance(
        self, name: str, year: int, statistic: str = "probability", *, reading: str, case: str = ""
    ) -> Number:
        """A share of draws, to as many digits as its Monte Carlo error allows."""
        error = self.ledger.number("probability", reading, name, year, f"{statistic}_se", case).value
        return self.number(name, year, statistic, rule=chance_rule(error), reading=reading, case=case)

    def of_goal(
        self, goal: Goal, statistic: str, rule: str | None = None, reading: str = GIVEN_SCENARIO
    ) -> Number:
        """A figure of a goal in its year; the rule follows from what it is on unless named."""
        rule = rule or self.rule(goal.indicator)
        return self.number(goal.name, goal.year, statistic, rule=rule, reading=reading)
