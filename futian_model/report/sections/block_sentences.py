"""Blocks of a scenario as sentences."""

import math
from typing import Any

from futian_model.calibration.trends import PUBLISHED
from futian_model.drivers import Base
from futian_model.evidence import Evidence
from futian_model.firms import Range
from futian_model.languages import language
from futian_model.report.page import Fields
from futian_model.report.words import RULE_OF_UNIT, Number, Words, year, year_span
from futian_model.scenario import DRIVERS, Block
from futian_model.scenario.clauses import Clause, Fact, Level, Named, PlanGoal, Published, Quantity, Several
from futian_model.scenario.events import Event, Firms, Ranged


def sizes(groups: Range | Ranged, tail: Range | Ranged) -> Fields:
    """How many groups there are and how unequal they are, each with its range."""
    return {
        "groups": Number(groups.value, "count"),
        "fewest": Number(groups.low, "count"),
        "most": Number(groups.high, "count"),
        "tail": Number(tail.value, "ratio"),
        "flattest": Number(tail.low, "ratio"),
        "steepest": Number(tail.high, "ratio"),
    }


class BlockSentences:
    """Blocks of a scenario as sentences of one language."""

    def __init__(self, evidence: Evidence, texts: Words) -> None:
        self.evidence, self.texts = evidence, texts

    def block(self, block: Block, share: str | None = None) -> str:
        """What a block assumes; texts of its own stand beside the report's."""
        own = block.texts.get(self.texts.lang, {})
        texts = Words(self.texts.lang, {**self.texts.texts, **own}) if own else self.texts
        return BlockSentences(self.evidence, texts).fact(block.said(share))

    def fact(self, fact: Fact) -> str:
        """A part of what a block says, in words."""
        texts, lang = self.texts, self.texts.lang
        match fact:
            case Quantity(value, rule):
                return Number(value, rule).text(lang)
            case Level(indicator, value):
                return self.level(indicator, value).text(lang)
            case Named(indicator):
                return self.evidence.name(indicator, lang)
            case PlanGoal(goal):
                return self.goal(goal)
            case Published(path):
                rows = self.evidence.paths[self.evidence.paths["path"] == path]
                return str(rows.iloc[0][language(lang).column("name")])
            case Several(joint, parts):
                return texts[joint].join(map(self.fact, parts))
            case Clause(key, fields):
                filled = {
                    name: Number(*part) if isinstance(part, Quantity) else self.fact(part)
                    for name, part in fields.items()
                }
                return texts.say(key, **filled).text
        return fact[lang]

    def goal(self, name: str) -> str:
        """A goal of the plan, and its value where its name does not say it."""
        goal = self.evidence.goal(name)
        named = self.evidence.name(goal.name, self.texts.lang)
        label = self.texts.say("goal_label", year=year(goal.year), name=named).text
        if math.isnan(goal.value):  # a multiple: its name says it
            return label
        return self.texts.say("target", goal=label, value=self.level(goal.indicator, goal.value)).text

    def firms(self, firms: Firms) -> str:
        """Groups behind a share, and which of them leave."""
        texts = self.texts
        share = self.evidence.name(firms.share, texts.lang)
        lines = [texts.say("firms_sizes", share=share, **sizes(firms.groups, firms.tail)).text]
        if firms.relocation or firms.entry:
            relocation, entry = self.part(firms.relocation), self.part(firms.entry)
            lines.append(texts.say("firms_flows", relocation=relocation, entry=entry).text)
        if firms.spillover:
            lines.append(texts.say("firms_spillover", spillover=self.part(firms.spillover)).text)
        for leaving in firms.departures.values():
            if leaving is not None:
                fields = {"count": Number(leaving.largest, "count"), "year": year(leaving.year)}
                lines.append(texts.say("firms_departure", title=leaving.title[texts.lang], **fields).text)
        return texts["clauses"].join(lines)

    def event(self, event: Event) -> str:
        """What an event does, over which years, and how much of it is made up."""
        texts, last = self.texts, event.start + event.duration - 1
        sentence = texts.say(
            "event" if event.on in DRIVERS else "event_share",
            on=self.driver(event.on),
            size=Number(event.size, "change_size"),
            span=year_span(event.start, last, texts),
        ).text
        if not event.made_up:
            return sentence
        back = texts.say(
            "event_made_up",
            made_up=Number(event.made_up, "plain_percent"),
            span=year_span(last + 1, last + event.recovery, texts),
        ).text
        return texts["continued"].join([sentence, back])

    def part(self, value: float) -> str:
        """A fraction as a percentage."""
        return Number(value, "share").text(self.texts.lang)

    def level(self, indicator: str, value: float) -> Number:
        unit = str(self.evidence.indicators.loc[indicator, "unit"])
        return Number(value, RULE_OF_UNIT.get(unit, "share"))

    def base(self, settings: Any, held: Base) -> str:
        """Where the base year's levels come from."""
        sources = [figure.source for figure in held.figures.values()]
        titles = dict.fromkeys(str(self.evidence.sources.loc[source, "title"]) for source in sources)
        typed = [
            Number(value, rule).text(self.texts.lang)
            for value, rule in ((settings.base.gdp, "gdp"), (settings.base.average_population, "people"))
            if value is not None
        ]
        carried = [
            self.texts.say("base_carried", name=self.evidence.name(name, self.texts.lang), year=year(at)).text
            for name, at in held.carried.items()
        ]
        listed = self.texts["enumeration"].join([*titles, *typed, *carried])
        return self.texts.say("base_levels", year=year(settings.base_year), sources=listed).text

    def seen(self, settings: Any) -> str:
        """Up to when figures count, and whether forecasts that others published do."""
        month = self.texts.month(settings.vintage)
        if settings.forecasts == PUBLISHED:
            return month
        return self.texts.say("vintage_without_forecasts", month=month).text

    def uncertainty(self, settings: Any) -> str:
        """Tails and widths of the shocks, and what a scenario states beyond that."""
        texts = self.texts
        clauses = [
            texts.say(
                "uncertainty",
                freedom=Number(settings.degrees_of_freedom, "count"),
                scale=Number(settings.scale, "plain"),
                slow=Number(settings.slow, "plain"),
            ).text
        ]
        if settings.persistence is not None:
            clauses.append(texts.say("uncertainty_persistence", left=self.part(settings.persistence)).text)
        for driver, others in settings.correlation.items():
            for other, rho in others.items():
                names = {"one": self.driver(driver), "other": self.driver(other)}
                clauses.append(texts.say("uncertainty_correlation", rho=Number(rho, "ratio"), **names).text)
        if settings.skew:
            clauses.append(texts.say("uncertainty_skew", skew=Number(settings.skew, "ratio")).text)
        return texts["clauses"].join(clauses)

    def driver(self, name: str) -> str:
        """What a driver moves, inside a sentence."""
        named = self.texts[f"moved_{name}"] if name in DRIVERS else self.evidence.name(name, self.texts.lang)
        return self.texts.inline(named)
