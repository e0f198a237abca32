"""What a scenario assumes, in words, and where each assumption was made."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from futian_model.evidence import Evidence
from futian_model.report.blocks import Block, Column, Prose, Section, Table
from futian_model.report.material import Material, year
from futian_model.report.numbers import RULE_OF_UNIT, Number
from futian_model.report.sentences import Words, words
from futian_model.scenario import Scenario


def assumptions(given: Material) -> Section:
    """A row an assumption: what it is, what it says, where it is set."""
    texts = given.words
    columns = [
        Column(texts["column_assumption"], head=True),
        Column(texts["column_says"]),
        Column(texts["column_set_in"]),
    ]
    rows = [list(row) for row in stated(given.scenario, given.evidence, given.lang)]
    children: list[Block] = [Table(given.lang, "", columns, rows, cards=True)]
    if given.has("population_census", given.first, "outturn", "published"):
        children.append(
            Prose(
                given.lang,
                [
                    texts.say(
                        "population_vintage",
                        base_year=year(given.first),
                        base=given.number("average_population", given.first),
                        census=given.number("population_census", given.first, "outturn", reading="published"),
                    )
                ],
                note=True,
            )
        )
    return Section(given.lang, texts["assumptions_heading"], children)


def describe(scenario: Scenario, evidence: Evidence, lang: str) -> list[tuple[str, str]]:
    """What a scenario assumes: label and text of each assumption."""
    return [(label, text) for label, text, _ in stated(scenario, evidence, lang)]


def stated(scenario: Scenario, evidence: Evidence, lang: str) -> list[tuple[str, str, str]]:
    """Label, text and place of each assumption."""
    texts, levers, settings = words(lang), scenario.levers, scenario.assumptions
    told = _Told(evidence, texts)
    rows = [
        (texts["lever_growth"], told.block(levers.growth), "levers.growth"),
        (texts["lever_population"], told.block(levers.population), "levers.population"),
    ]
    for share, block in levers.shares.items():
        if block is not None:
            rows.append((evidence.name(share, lang), told.block(block, share), f"levers.shares.{share}"))
    rows += [
        (texts["assumption_deflator"], told.block(settings.deflator), "assumptions.deflator"),
        (texts["assumption_base"], told.base(settings), "assumptions.gdp_source"),
        (texts["assumption_vintage"], texts.month(settings.vintage), "assumptions.vintage"),
        (texts["assumption_uncertainty"], told.uncertainty(settings.uncertainty), "assumptions.uncertainty"),
    ]
    return [(label, text, origin(scenario, field, texts)) for label, text, field in rows]


def origin(scenario: Scenario, field: str, texts: Words) -> str:
    """File and line that set an assumption, or that it is the library's default."""
    places = [
        place for name, place in scenario.provenance.items() if name == field or name.startswith(f"{field}.")
    ]
    for place in places:
        file, line, number = place.partition(", line ")
        if line:  # of a file outside the project the name: a report says nothing of the machine
            named = Path(file).name if Path(file).is_absolute() else file
            return texts.say("file_line", file=named, line=number).text
    return texts["library_default"]


class _Told:
    """Blocks of a scenario as sentences of one language."""

    def __init__(self, evidence: Evidence, texts: Words) -> None:
        self.evidence, self.texts = evidence, texts

    def block(self, block: Any, share: str | None = None) -> str:
        if block.block == "path":
            phases = [self.phase(phase) for phase in block.phases]
            return self.texts["enumeration"].join(phases)
        if block.block == "trend":
            return self.texts["block_trend_share" if share else "block_trend"]
        goals = self.texts["enumeration"].join(self.target(target, share) for target in block.targets)
        return self.texts.say(f"block_{block.block}", targets=goals).text

    def phase(self, phase: Any) -> str:
        span = self.texts.say("span", start=year(phase.start), end=year(phase.end)).text
        if hasattr(phase, "growth_gap"):
            lead = Number(phase.growth_gap, "growth_points")
            return self.texts.say("phase_gap", span=span, rate=lead).text
        if phase.shape == "list":
            rates = self.texts["enumeration"].join(self.rate(rate) for rate in phase.growth_rates)
            return self.texts.say("phase_list", span=span, rates=rates).text
        rate = self.rate(phase.growth_rate)
        if phase.shape == "constant":
            return self.texts.say("phase_constant", span=span, rate=rate).text
        return self.texts.say(
            f"phase_{phase.shape}", span=span, rate=rate, to=self.rate(phase.to), at=year(phase.at)
        ).text

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

    def base(self, settings: Any) -> str:
        """Where the base year's levels come from."""
        sources: Sequence[str] = [settings.gdp_source, settings.population_source]
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
        return self.texts.say(
            "uncertainty",
            freedom=Number(settings.degrees_of_freedom, "count"),
            scale=Number(settings.scale, "factor"),
            slow=Number(settings.slow, "factor"),
        ).text
