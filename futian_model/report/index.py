"""The page that compares all scenarios of a run: one table, small multiples, links."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from futian_model import charts
from futian_model.charts import Chart, PanelWords
from futian_model.evidence import Evidence
from futian_model.report import html
from futian_model.report.axes import axis_unit, on_axis
from futian_model.report.blocks import Block, Cell, Charts, Column, Cover, Links, Prose, Section, Table
from futian_model.report.material import GIVEN_EVIDENCE, GIVEN_SCENARIO, year
from futian_model.report.numbers import RULE_OF_UNIT, Ledger, Number
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


def index_page(
    entries: Sequence[Entry], langs: Sequence[str], evidence: Evidence, *, earlier: Sequence[Entry] = ()
) -> str:
    """All scenarios side by side, in each language one after the other.

    Parameters
    ----------
    entries : sequence of Entry
        Compared where they ran, listed with their fault where they did not.
    earlier : sequence of Entry
        Reports from other data or another version of the model: linked, not compared.
    """
    parts = [html.language_links({lang: words(lang)["language"] for lang in langs})] if len(langs) > 1 else []
    for lang in langs:
        made = blocks(entries, earlier, lang, evidence)
        parts.append(html.in_language(lang, [html.fragment(block.to_dict()) for block in made]))
    place = evidence.name(evidence.place("district"), langs[0])
    title = words(langs[0]).say("index_title", place=place).text
    return html.page(parts, title=title, lang=langs[0])


def blocks(entries: Sequence[Entry], earlier: Sequence[Entry], lang: str, evidence: Evidence) -> list[Block]:
    """The page in one language."""
    comparison = _Comparison([entry for entry in entries if not entry.fault], lang, evidence)
    texts = comparison.words
    place = evidence.name(evidence.place("district"), lang)
    made: list[Block] = [Cover(lang, texts.say("index_title", place=place).text, "", texts["index_lead"], [])]
    if comparison.entries:
        made += comparison.blocks()
    failed = [entry for entry in entries if entry.fault]
    if failed:
        columns = [Column(texts["index_scenario"], head=True), Column(texts["index_failed"])]
        rows: list[list[Cell]] = [[entry.title[lang], str(entry.fault)] for entry in failed]
        made.append(Section(lang, texts["index_failed_heading"], [Table(lang, "", columns, rows)]))
    if earlier:
        told = Prose(lang, [texts.say("index_earlier")])
        made.append(Section(lang, texts["index_earlier_heading"], [told, links(earlier, lang)]))
    return made


def links(entries: Sequence[Entry], lang: str) -> Links:
    """A link a report, to another language where it was not made in this one."""
    return Links(
        lang,
        [
            (
                entry.title[lang],
                entry.reports.get(lang) or next(iter(entry.reports.values())),
                entry.description[lang],
            )
            for entry in entries
            if entry.reports
        ],
    )


def panel_names(titles: Mapping[str, str]) -> dict[str, str]:
    """Titles as a chart can show them: drawable, not too long, and no two alike."""
    shown = {name: cut(charts.drawable(title)) or name for name, title in titles.items()}
    alike = [title for title, count in Counter(shown.values()).items() if count > 1]
    return {name: f"{title} ({name})" if title in alike else title for name, title in shown.items()}


def cut(title: str) -> str:
    """A title of bearable length."""
    return title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"


class _Comparison:
    """Scenarios that ran, side by side."""

    def __init__(self, entries: Sequence[Entry], lang: str, evidence: Evidence) -> None:
        self.entries, self.lang, self.evidence = entries, lang, evidence
        self.words: Words = words(lang)
        self.ledgers = {entry.id: Ledger(entry.results) for entry in entries}
        self.panel_names = panel_names({entry.id: entry.title[lang] for entry in entries})

    def blocks(self) -> list[Block]:
        shares = [name for name in self.shared("share")][:1]
        pictures = [self.panels(name) for name in (*COMPARED, *shares)]
        told = [*self.chances(), self.words.say("index_note", base_year=year(self.span(self.entries[0])[0]))]
        return [
            self.table(shares),
            Prose(self.lang, told, note=True),
            links(self.entries, self.lang),
            Charts(self.lang, pictures),
        ]

    def span(self, entry: Entry) -> tuple[int, int]:
        """First and last year of a scenario."""
        rows = entry.results
        years = rows.loc[(rows["indicator"] == "real_gdp") & (rows["statistic"] == "central"), "year"]
        return int(years.min()), int(years.max())

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
        last = year(max(self.span(entry)[1] for entry in self.entries))
        say = self.words.say
        columns = [
            Column(self.words["index_scenario"], head=True),
            Column(say("index_gdp", year=last).text, numeric=True),
            Column(self.words["index_growth"], numeric=True),
            Column(say("index_per_capita", year=last).text, numeric=True),
            *(
                Column(
                    say("index_share", year=last, name=self.evidence.name(name, self.lang)).text, numeric=True
                )
                for name in shares
            ),
            Column(self.words["index_met"], numeric=True),
        ]
        rows = [self.row(entry, shares) for entry in self.entries]
        return Table(self.lang, self.words["index_table"], columns, rows, cards=True)

    def row(self, entry: Entry, shares: Sequence[str]) -> list[Cell]:
        last = self.span(entry)[1]
        return [
            entry.title[self.lang],
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

    def chances(self) -> list[Sentence]:
        """What the evidence says, once where all scenarios share it."""
        told: dict[str, Sentence] = {}
        for entry in self.entries:
            rows = entry.results
            rows = rows[(rows["reading"] == GIVEN_EVIDENCE) & (rows["statistic"] == "probability")]
            goals = rows[rows["indicator"] != "all_goals"]
            if goals.empty:
                continue
            items = [
                self.words.say(
                    "chance_item",
                    goal=self.words.say(
                        "goal_label", year=year(at), name=self.evidence.name(goal, self.lang)
                    ).text,
                    chance=self.number(entry, "probability", goal, at, "probability", GIVEN_EVIDENCE),
                )
                for goal, at in zip(goals["indicator"], goals["year"], strict=True)
            ]
            sentence = self.words.say(
                "index_chances",
                vintage=entry.vintage,
                items=self.words.join(items),
                joint=self.number(
                    entry,
                    "probability",
                    "all_goals",
                    int(goals["year"].max()),
                    "joint_probability",
                    GIVEN_EVIDENCE,
                ),
            )
            told.setdefault(sentence.text, sentence)
        return list(told.values())

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
                    "index_panels_item", scenario=entry.title[self.lang], year=year(last), value=value
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
