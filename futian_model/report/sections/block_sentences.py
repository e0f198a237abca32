"""Blocks of a scenario as sentences."""

import math
from typing import Any

from futian_model.drivers import Base
from futian_model.evidence import Evidence
from futian_model.languages import language
from futian_model.report.words.numbers import RULE_OF_UNIT, Number, year
from futian_model.report.words.sentences import Words
from futian_model.scenario.checks_blocks import DRIVERS
from futian_model.scenario.context import City, Context, LeadOver, Nation, NoLead, PublishedPath
from futian_model.scenario.engine import Production
from futian_model.scenario.events import Event, Firms
from futian_model.scenario.phases import LeadPath


class Told:
    """Blocks of a scenario as sentences of one language."""

    def __init__(self, evidence: Evidence, texts: Words) -> None:
        self.evidence, self.texts = evidence, texts

    def block(self, block: Any, share: str | None = None) -> str:
        if block.block == "path":
            phases = [self.phase(phase) for phase in block.phases]
            return self.texts["enumeration"].join(phases)
        if block.block == "trend":
            return self.texts["block_trend_share" if share else "block_trend"]
        if block.block == "production":
            return self.production(block)
        if block.block == "context":
            return self.context(block)
        goals = self.texts["enumeration"].join(self.target(target, share) for target in block.targets)
        return self.texts.say(f"block_{block.block}", targets=goals).text

    def phase(self, phase: Any) -> str:
        """One phase of growth, of a level or of a lead."""
        span = self.texts.say("span", start=year(phase.start), end=year(phase.end)).text
        if hasattr(phase, "growth_gap"):
            lead = Number(phase.growth_gap, "growth_points")
            return self.texts.say("phase_gap", span=span, rate=lead).text
        name, kind, told = (
            ("value", "level", self.part) if hasattr(phase, "value") or hasattr(phase, "values")
            else ("growth_rate", "phase", self.rate)
        )  # fmt: skip
        if phase.shape == "list":
            rates = self.texts["enumeration"].join(told(one) for one in getattr(phase, f"{name}s"))
            return self.texts.say("phase_list", span=span, rates=rates).text
        rate = told(getattr(phase, name))
        if phase.shape == "constant":
            return self.texts.say(f"{kind}_constant", span=span, rate=rate).text
        to, at = told(phase.to), year(phase.at)
        return self.texts.say(f"phase_{phase.shape}", span=span, rate=rate, to=to, at=at).text

    def phases(self, path: Any) -> str:
        """All phases of a path."""
        return self.texts["enumeration"].join(self.phase(phase) for phase in path.phases)

    def production(self, block: Production) -> str:
        """Inputs of growth from production."""
        lines = [
            self.texts.say(
                "engine_capital",
                share=self.part(block.capital_share),
                worn=self.part(block.depreciation),
                ratio=Number(block.capital_output_ratio, "ratio"),
                timing=self.texts[f"timing_{block.timing}"],
            ).text,
            self.texts.say("engine_investment", path=self.phases(block.investment_share)).text,
            self.texts.say("engine_tfp", path=self.phases(block.tfp_growth)).text,
        ]
        for name in ("human_capital_growth", "participation", "working_age_share"):
            path = getattr(block, name)
            if path is not None:
                lines.append(self.texts.say(f"engine_{name}", path=self.phases(path)).text)
        if block.public is not None:
            public = block.public
            said = self.texts.say(
                "engine_public",
                share=self.part(public.capital_share),
                worn=self.part(public.depreciation),
                ratio=Number(public.capital_output_ratio, "ratio"),
                path=self.phases(public.investment_share),
            )
            lines.append(said.text)
            if public.efficiency is not None:
                lines.append(self.texts.say("engine_efficiency", path=self.phases(public.efficiency)).text)
        return self.texts["clauses"].join(lines)

    def context(self, block: Context) -> str:
        """City, nation and the district's lead."""
        lang = self.texts.lang
        lines = [] if block.nation is None else [self.around(block.nation, lang)]
        lines.append(self.around(block.city, lang))
        if isinstance(block.differential, NoLead):
            lines.append(self.texts["around_as_city"])
        else:
            lines.append(self.texts.say("around_differential", lead=self.lead(block.differential)).text)
        return self.texts["clauses"].join(lines)

    def around(self, place: City | Nation, lang: str) -> str:
        """One place by its title, and its growth."""
        growth = place.growth
        if isinstance(growth, LeadOver) and isinstance(growth.lead, NoLead):
            told = self.texts["around_as_nation"]
        elif isinstance(growth, LeadOver):
            told = self.texts.say("around_lead", lead=self.lead(growth.lead)).text
        elif isinstance(growth, PublishedPath):
            rows = self.evidence.paths[self.evidence.paths["path"] == growth.path]
            name = str(rows.iloc[0][language(lang).column("name")])
            point = self.texts[f"point_{growth.point}"]
            told = self.texts.say("around_published", name=name, point=point).text
        else:
            told = self.block(growth)
        return self.texts.say("around_place", title=place.title[lang], growth=told).text

    def lead(self, lead: Any) -> str:
        """A lead in growth of one place over the one around it."""
        return self.phases(lead) if isinstance(lead, LeadPath) else self.texts["block_trend"]

    def firms(self, firms: Firms) -> str:
        """Groups behind a share, and which of them leave."""
        texts = self.texts
        lines = [
            texts.say(
                "firms_sizes",
                share=self.evidence.name(firms.share, texts.lang),
                groups=Number(firms.groups.value, "count"),
                fewest=Number(firms.groups.low, "count"),
                most=Number(firms.groups.high, "count"),
                tail=Number(firms.tail.value, "ratio"),
                flattest=Number(firms.tail.low, "ratio"),
                steepest=Number(firms.tail.high, "ratio"),
            ).text
        ]
        if firms.relocation or firms.entry:
            relocation, entry = self.part(firms.relocation), self.part(firms.entry)
            lines.append(texts.say("firms_flows", relocation=relocation, entry=entry).text)
        if firms.spillover:
            lines.append(texts.say("firms_spillover", spillover=self.part(firms.spillover)).text)
        for leaving in firms.departures.values():
            if leaving is not None:
                count, at = Number(leaving.largest, "count"), year(leaving.year)
                lines.append(
                    texts.say("firms_departure", title=leaving.title[texts.lang], count=count, year=at).text
                )
        return texts["clauses"].join(lines)

    def event(self, event: Event) -> str:
        """What an event does, over which years, and how much of it is made up."""
        texts, last = self.texts, event.start + event.duration - 1
        told = texts.say(
            "event" if event.on in DRIVERS else "event_share",
            on=self.driver(event.on),
            size=Number(event.size, "change_size"),
            span=self.span(event.start, last),
        ).text
        if not event.made_up:
            return told
        back = texts.say(
            "event_made_up",
            made_up=Number(event.made_up, "plain_percent"),
            span=self.span(last + 1, last + event.recovery),
        ).text
        return texts["continued"].join([told, back])

    def span(self, first: int, last: int) -> str:
        """Years from one to another, or the one year."""
        if first == last:
            return self.texts.say("vintage_year", year=year(first)).text
        return self.texts.say("span", start=year(first), end=year(last)).text

    def part(self, value: float) -> str:
        """A fraction as a percentage."""
        return Number(value, "share").text(self.texts.lang)

    def rate(self, rate: float) -> str:
        return Number(rate, "growth").text(self.texts.lang)

    def target(self, target: Any, share: str | None) -> str:
        lang = self.texts.lang
        if target.goal is not None:
            goal = self.evidence.goal(target.goal)
            label = self.texts.say(
                "goal_label", year=year(goal.year), name=self.evidence.name(goal.name, lang)
            ).text
            if math.isnan(goal.value):  # a multiple: its name says it
                return label
            return self.texts.say("target", goal=label, value=self.level(goal.indicator, goal.value)).text
        indicator = share or target.indicator
        label = self.texts.say(
            "goal_label", year=year(target.year), name=self.evidence.name(indicator, lang)
        ).text
        if target.value is None:
            return self.texts.say("target", goal=label, value=Number(target.multiple, "factor")).text
        return self.texts.say("target", goal=label, value=self.level(indicator, target.value)).text

    def level(self, indicator: str, value: float) -> Number:
        unit = str(self.evidence.indicators.loc[indicator, "unit"])
        return Number(value, RULE_OF_UNIT.get(unit, "share"))

    def base(self, settings: Any, held: Base) -> str:
        """Where the base year's levels come from."""
        sources = [figure.source for figure in held.figures.values()]
        titles = dict.fromkeys(str(self.evidence.sources.loc[one, "title"]) for one in sources)
        typed = [
            Number(value, rule).text(self.texts.lang)
            for value, rule in ((settings.base.gdp, "gdp"), (settings.base.average_population, "people"))
            if value is not None
        ]
        return self.texts.say(
            "base_levels",
            year=year(settings.base_year),
            sources=self.texts["enumeration"].join([*titles, *typed]),
        ).text

    def uncertainty(self, settings: Any) -> str:
        """Tails and widths of the shocks, and what a scenario states beyond that."""
        texts = self.texts
        told = [
            texts.say(
                "uncertainty",
                freedom=Number(settings.degrees_of_freedom, "count"),
                scale=Number(settings.scale, "plain"),
                slow=Number(settings.slow, "plain"),
            ).text
        ]
        if settings.persistence is not None:
            left = self.part(settings.persistence)
            told.append(texts.say("uncertainty_persistence", left=left).text)
        for one, others in settings.correlation.items():
            for other, rho in others.items():
                names = [self.driver(name) for name in (one, other)]
                said = texts.say(
                    "uncertainty_correlation", one=names[0], other=names[1], rho=Number(rho, "ratio")
                )
                told.append(said.text)
        if settings.skew:
            told.append(texts.say("uncertainty_skew", skew=Number(settings.skew, "ratio")).text)
        return texts["clauses"].join(told)

    def driver(self, name: str) -> str:
        """What a driver moves, inside a sentence."""
        named = self.texts[f"moved_{name}"] if name in DRIVERS else self.evidence.name(name, self.texts.lang)
        return self.texts.inline(named)
