"""Scenarios that ran, side by side: tables, chances, small multiples."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from futian_model import charts
from futian_model.charts import Chart, PanelWords
from futian_model.evidence import Evidence
from futian_model.report.axes import axis_unit, on_axis
from futian_model.report.blocks import Block, Cell, Charts, Column, Links, Prose, Table
from futian_model.report.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, year
from futian_model.report.numbers import RULE_OF_UNIT, Ledger, Number, chance_rule
from futian_model.report.sentences import Sentence, Words, words

LONGEST_TITLE = 60
"""Characters of a title that a panel shows."""
COMPARED = ("real_gdp", "real_gdp_per_capita")


@dataclass(frozen=True, eq=False)
class Entry:
    """One scenario of a run.

    Attributes
    ----------
    title, description : mapping of str to str
        By language.
    results : DataFrame
        Its results table; empty where the run failed.
    reports : mapping of str to str
        Link to the report, by language.
    vintage : str
        Up to when its data run.
    fault : str or None
        Why it failed.
    """

    id: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    results: pd.DataFrame = field(repr=False)
    reports: Mapping[str, str]
    vintage: str
    fault: str | None = None


def links(entries: Sequence[Entry], lang: str) -> Links:
    """A link a report, to another language where it was not made in this one."""
    named = titles(entries, lang)
    return Links(
        lang,
        [
            (
                named[entry.id],
                entry.reports.get(lang) or next(iter(entry.reports.values())),
                entry.description[lang],
            )
            for entry in entries
            if entry.reports
        ],
    )


def titles(entries: Sequence[Entry], lang: str) -> dict[str, str]:
    """Title of each scenario by its id, no two alike."""
    return told_apart({entry.id: entry.title[lang] for entry in entries})


def told_apart(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles by id, with the id behind those that several scenarios share."""
    alike = [title for title, count in Counter(titles.values()).items() if count > 1]
    return {name: f"{title} ({name})" if title in alike else title for name, title in titles.items()}


def cut(title: str) -> str:
    """A title of bearable length."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


class Comparison:
    """Scenarios that ran, side by side."""

    def __init__(self, entries: Sequence[Entry], lang: str, evidence: Evidence) -> None:
        self.entries, self.lang, self.evidence = entries, lang, evidence
        self.words: Words = words(lang)
        self.ledgers = {entry.id: Ledger(entry.results) for entry in entries}
        self.titles = titles(entries, lang)
        drawn = {name: cut(charts.drawable(title)) or name for name, title in self.titles.items()}
        self.panel_names = told_apart(drawn)

    def blocks(self) -> list[Block]:
        shares = [name for name in self.shared("share")][:1]
        pictures = [self.panels(name) for name in (*COMPARED, *shares)]
        note = self.words.say("index_note", base_year=year(self.span(self.entries[0])[0]))
        return [
            self.table(shares),
            *self.chances(),
            Prose(self.lang, [note]),
            links(self.entries, self.lang),
            Charts(self.lang, pictures),
        ]

    def span(self, entry: Entry) -> tuple[int, int]:
        """First and last year of a scenario."""
        rows = entry.results
        years = rows.loc[(rows["indicator"] == "real_gdp") & (rows["statistic"] == "central"), "year"]
        return int(years.min()), int(years.max())

    @property
    def last(self) -> int | None:
        """The last year, where all scenarios have the same."""
        years = {self.span(entry)[1] for entry in self.entries}
        return years.pop() if len(years) == 1 else None

    def name(self, indicator: str) -> str:
        return self.evidence.name(indicator, self.lang)

    def shared(self, kind: str) -> list[str]:
        """Indicators of a kind that every scenario simulates, in the glossary's order."""
        names = self.evidence.indicators.index[self.evidence.indicators["kind"] == kind]
        return [
            name
            for name in names
            if all((entry.results["indicator"] == name).any() for entry in self.entries)
        ]

    def number(
        self, entry: Entry, rule: str, indicator: str, at: int, statistic: str, reading: str = GIVEN_SCENARIO
    ) -> Number:
        return self.ledgers[entry.id].number(rule, reading, indicator, at, statistic)

    def rule(self, indicator: str) -> str:
        return RULE_OF_UNIT.get(str(self.evidence.indicators.loc[indicator, "unit"]), "share")

    def table(self, shares: Sequence[str]) -> Table:
        """A row a scenario."""
        names = [*(self.words[f"index_{name}"] for name in COMPARED), *map(self.name, shares)]
        if self.last is not None:
            names = [self.words.say("figure_label", name=name, year=year(self.last)).text for name in names]
        gdp, *others = names
        columns = [
            Column(self.words["index_scenario"], head=True),
            *([Column(self.words["index_last"], numeric=True)] if self.last is None else []),
            *(
                Column(name, numeric=True)
                for name in (gdp, self.words["index_growth"], *others, self.words["index_met"])
            ),
        ]
        rows = [self.row(entry, shares) for entry in self.entries]
        return Table(self.lang, self.words["index_table"], columns, rows, cards=True)

    def row(self, entry: Entry, shares: Sequence[str]) -> list[Cell]:
        last = self.span(entry)[1]
        return [
            self.titles[entry.id],
            *([year(last)] if self.last is None else []),
            self.number(entry, "gdp", "real_gdp", last, "central"),
            self.number(entry, "growth", "real_gdp", last, "cagr"),
            self.number(entry, "per_capita", "real_gdp_per_capita", last, "central"),
            *(self.number(entry, "share", name, last, "central") for name in shares),
            self.met(entry),
        ]

    def met(self, entry: Entry) -> Cell:
        """Goals that the central path meets."""
        rows = entry.results
        at = rows.loc[(rows["indicator"] == "all_goals") & (rows["statistic"] == "count"), "year"]
        if at.empty:
            return "-"
        last = int(at.max())
        return self.words.say(
            "index_met_cell",
            count=self.number(entry, "count", "all_goals", last, "count"),
            met=self.number(entry, "count", "all_goals", last, "met"),
        )

    def chances(self) -> list[Block]:
        """What the evidence says: a sentence where it is the same beside every scenario, else a table."""
        goals = {entry.id: self.judged(entry) for entry in self.entries}
        told = [entry for entry in self.entries if goals[entry.id]]
        if not told:
            return []
        sentences = [self.chance_sentence(entry, goals[entry.id]) for entry in told]
        if all(one.text == sentences[0].text for one in sentences):
            return [Prose(self.lang, [sentences[0]], note=True)]
        every = list(dict.fromkeys(goal for one in told for goal in goals[one.id]))
        columns = [
            Column(self.words["index_scenario"], head=True),
            Column(self.words["fact_vintage"], numeric=True),
            *(Column(self.goal_label(*goal), numeric=True) for goal in every),
            Column(self.words["index_joint"], numeric=True),
        ]
        rows: list[list[Cell]] = [
            [
                self.titles[entry.id],
                self.words.month(entry.vintage),
                *(self.chance(entry, *goal) if goal in goals[entry.id] else "-" for goal in every),
                self.joint(entry, goals[entry.id]),
            ]
            for entry in told
        ]
        return [Table(self.lang, self.words["index_chances_table"], columns, rows, cards=True)]

    def judged(self, entry: Entry) -> list[tuple[str, int]]:
        """Goals that the evidence judges beside a scenario, with their years."""
        rows = entry.results
        rows = rows[(rows["reading"] == GIVEN_EVIDENCE) & (rows["statistic"] == "probability")]
        rows = rows[rows["indicator"] != "all_goals"]
        return [(str(goal), int(at)) for goal, at in zip(rows["indicator"], rows["year"], strict=True)]

    def goal_label(self, goal: str, at: int) -> str:
        return self.words.say("goal_label", year=year(at), name=self.name(goal)).text

    def chance(self, entry: Entry, goal: str, at: int) -> Number:
        return self.odds(entry, goal, at, "probability")

    def joint(self, entry: Entry, goals: Sequence[tuple[str, int]]) -> Number:
        last = max(at for _, at in goals)
        return self.odds(entry, "all_goals", last, "joint_probability")

    def odds(self, entry: Entry, name: str, at: int, statistic: str) -> Number:
        """A chance, to as many digits as its error allows."""
        error = self.number(entry, "probability", name, at, f"{statistic}_se", GIVEN_EVIDENCE).value
        return self.number(entry, chance_rule(error), name, at, statistic, GIVEN_EVIDENCE)

    def chance_sentence(self, entry: Entry, goals: Sequence[tuple[str, int]]) -> Sentence:
        items = [
            self.words.say("chance_item", goal=self.goal_label(*goal), chance=self.chance(entry, *goal))
            for goal in goals
        ]
        return self.words.say(
            "index_chances",
            vintage=self.words.month(entry.vintage),
            items=self.words.join(items),
            joint=self.joint(entry, goals),
        )

    def panels(self, indicator: str) -> Chart:
        """Small multiples: a panel a scenario."""
        rule, base_year = self.rule(indicator), self.span(self.entries[0])[0]
        tables, items, goals = [], [], []
        for entry in self.entries:
            rows = entry.results
            rows = rows[(rows["indicator"] == indicator) & (rows["reading"] == GIVEN_SCENARIO)]
            wide = rows.pivot(index="year", columns="statistic", values="value").reset_index()
            tables.append(wide[["year", "central", "p10", "p90"]].assign(panel=self.panel_names[entry.id]))
            last = self.span(entry)[1]
            value = self.number(entry, rule, indicator, last, "central")
            items.append(
                self.words.say(
                    "index_panels_item", scenario=self.titles[entry.id], year=year(last), value=value
                )
            )
            goals.append(self.targets(entry, indicator, rule))
        paths = on_axis(pd.concat(tables, ignore_index=True), rule, self.lang, ["central", "p10", "p90"])
        name = self.evidence.name(indicator, self.lang)
        return charts.small_multiples(
            paths,
            goals=on_axis(pd.concat(goals, ignore_index=True), rule, self.lang, ["value"]),
            words=PanelWords(
                title=self.words.say("index_panels_title", name=name).text,
                subtitle=self.words.say(
                    "index_panels_subtitle", unit=axis_unit(self.words, rule, base_year)
                ).text,
                source=self.words["index_panels_source"],
                alt=self.words.say("index_panels_alt", name=name, items=self.words.join(items)).text,
            ),
            percent=rule == "share",
        )

    def targets(self, entry: Entry, indicator: str, rule: str) -> pd.DataFrame:
        """The plan's goals on the indicator, in the scenario's panel."""
        rows = entry.results
        rows = rows[(rows["reading"] == GIVEN_SCENARIO) & (rows["statistic"] == "target")]
        found = [
            {"panel": self.panel_names[entry.id], "year": int(at), "value": float(value), "label": ""}
            for goal, at, value in zip(rows["indicator"], rows["year"], rows["value"], strict=True)
            if self.evidence.goal(goal).indicator == indicator
        ]
        return pd.DataFrame(found, columns=["panel", "year", "value", "label"])
