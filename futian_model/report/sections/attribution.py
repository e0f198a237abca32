"""Why two scenarios differ, in words: for the page and for a terminal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from futian_model.attribution import Attribution, Blocks
from futian_model.evidence import Evidence
from futian_model.report.words import (
    GAP_OF,
    RULE_OF_UNIT,
    Ledger,
    Number,
    Sentence,
    Words,
    chance_rule,
    style,
    year,
)
from futian_model.report.words.names import BLOCKS
from futian_model.report.words.styles import BOTH, prints_zero
from futian_model.report.words.titles import distinct
from futian_model.results import case
from futian_model.scenario import Scenario

ATTRIBUTION = "attribution"
"""Reading of the rows."""
MOST, SMALL, NOTHING = 0.75, 0.01, 1e-12
"""Part of what pulls one way that is most of it; part of the largest that is not worth a word; rounding."""


def titles(a: Scenario, b: Scenario, lang: str) -> tuple[str, str]:
    """Titles of two scenarios, never alike."""
    ids = (a.id, b.id) if a.id != b.id else ("A", "B")
    named = distinct({name: scenario.title[lang] for name, scenario in zip(ids, (a, b), strict=True)})
    return named[ids[0]], named[ids[1]]


def block_name(blocks: Blocks, evidence: Evidence, texts: Words) -> str:
    """What changes sides together, as it stands in a sentence."""

    def named(block: str) -> str:
        if block in BLOCKS:
            return texts[BLOCKS[block]]
        return texts.say("compare_block_share", name=texts.inline(evidence.name(block, texts.lang))).text

    return texts["compare_joined"].join(map(named, blocks))


def closed(rows: pd.DataFrame) -> pd.DataFrame:
    """Steps of a waterfall, with what is too small to print in the longest of them."""
    start, *changes, end = map(float, rows["value"])
    longest = max(range(len(changes)), key=lambda at: abs(changes[at]))
    changes[longest] += end - start - sum(changes)
    return rows.assign(value=[start, *changes, end])


@dataclass(frozen=True)
class Why:
    """One attribution, told in a language.

    Attributes
    ----------
    titles : (str, str)
        What the two scenarios are called.
    ledger : Ledger or None
        The report's results, which then hold its `rows`; None in a terminal.
    """

    split: Attribution
    texts: Words = field(repr=False)
    evidence: Evidence = field(repr=False)
    titles: tuple[str, str]
    ledger: Ledger | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The indicator, or the goal with its year."""
        goal = self.split.asked.goal
        if goal is None:
            return self.evidence.name(self.split.asked.indicator, self.texts.lang)
        name = self.evidence.name(goal.name, self.texts.lang)
        return self.texts.say("goal_label", name=name, year=year(goal.year)).text

    @property
    def chance(self) -> bool:
        """Whether it is about the share of paths that meet a goal."""
        return self.split.asked.goal is not None

    @cached_property
    def rule(self) -> str:
        """How levels are written."""
        if self.chance:
            ends, draws = np.array([self.split.start, self.split.end]), self.split.draws or 1
            return chance_rule(float(np.sqrt(ends * (1 - ends) / draws).max()))
        return "share" if self.split.unit == "fraction" else RULE_OF_UNIT[self.split.unit]

    @property
    def gap_rule(self) -> str:
        """How a difference is written, with its sign."""
        return GAP_OF.get(self.rule, "points")

    @property
    def size_rule(self) -> str:
        """How the size of a difference is written."""
        return "size_points" if self.chance or self.rule == "share" else self.rule

    @cached_property
    def own_ledger(self) -> Ledger:
        """The report's results, or the attribution's own where there is no report."""
        return self.ledger or Ledger(self.split.frame(ATTRIBUTION))

    def number(self, what: str, rule: str, blocks: Blocks = ()) -> Number:
        """A figure of the attribution: ``start``, ``size`` and so on, or a block's ``contribution``."""
        asked = self.split.asked
        held = asked.indicator if asked.goal is None else asked.goal.name
        under = {"of": asked.statistic} | ({"block": "+".join(blocks)} if blocks else {})
        number = self.own_ledger.number(rule, ATTRIBUTION, held, asked.year, what, case(**under))
        return number if self.ledger else Number(number.value, rule)

    def contribution(self, blocks: Blocks, what: str = "") -> Number:
        """A block's part, or with ``_se`` its Monte Carlo error."""
        return self.number(f"contribution{what}", self.size_rule if what else self.gap_rule, blocks)

    def has_error(self, blocks: Blocks) -> bool:
        """Whether the Monte Carlo error of a block's part is known."""
        return bool(np.isfinite(self.split.errors[self.split.blocks.index(blocks)]))

    def shown(self, blocks: Blocks) -> str:
        """A block's part with its sign; of units that have no signed rule too."""
        value = self.contribution(blocks).value
        if self.chance or self.rule in GAP_OF:
            return self.contribution(blocks).text(self.texts.lang)
        return style(self.rule, self.texts.lang).with_sign(BOTH)(value)

    @cached_property
    def parts(self) -> list[tuple[Blocks, float]]:
        """Blocks that change something, the largest first."""
        values = zip(self.split.blocks, map(float, self.split.contributions), strict=True)
        scale = max(abs(self.split.start), abs(self.split.end))
        moved = [(blocks, value) for blocks, value in values if abs(value) > NOTHING * scale]
        return sorted(moved, key=lambda part: -abs(part[1]))

    @property
    def still(self) -> list[Blocks]:
        """Blocks that differ and change nothing here."""
        moved = [blocks for blocks, _ in self.parts]
        return [blocks for blocks in self.split.blocks if blocks not in moved]

    @property
    def seen(self) -> list[Blocks]:
        """Blocks whose part is more than zero as printed, in their order; all that move where none is."""
        moved = [blocks for blocks in self.split.blocks if blocks not in self.still]
        return [blocks for blocks in moved if not prints_zero(self.shown(blocks))] or moved

    @property
    def alike(self) -> bool:
        """Whether both sides have the same figure."""
        return abs(self.split.difference) <= NOTHING * max(abs(self.split.start), abs(self.split.end))

    def block(self, blocks: Blocks) -> str:
        return block_name(blocks, self.evidence, self.texts)

    def item(self, blocks: Blocks) -> Sentence:
        """A block with its part."""
        value = self.contribution(blocks) if self.ledger is not None else self.shown(blocks)
        return self.texts.say("compare_item", block=self.block(blocks), value=value)

    def listed(self, blocks: Sequence[Blocks]) -> Sentence:
        """Blocks with their parts, the last after an "and"."""
        *items, last = [self.item(block) for block in blocks]
        listed = [self.texts.join(items, "compare_list")] if items else []
        return self.texts.join([*listed, last], "compare_joined")

    def pulling(self) -> tuple[list[Blocks], list[Blocks], bool]:
        """Blocks that pull the way of the difference, those against it, and whether the first is most."""
        way = 1 if self.split.difference > 0 else -1
        signed = [(blocks, value * way) for blocks, value in self.parts]
        signed = [part for part in signed if abs(part[1]) > SMALL * abs(signed[0][1])]
        along = [part for part in signed if part[1] > 0]
        most = along[0][1] > MOST * sum(value for _, value in along)
        return [blocks for blocks, _ in along], [blocks for blocks, value in signed if value < 0], most

    def reason(self) -> Sentence:
        """What the difference comes from, as the end of a sentence."""
        if len(self.parts) == 1:
            return self.texts.say("compare_why_only", block=self.block(self.parts[0][0]))
        along, against, most = self.pulling()
        key = "compare_why_mostly" if most and len(along) > 1 else "compare_why"
        named = along[:1] if most else along
        reason = self.texts.say(key, items=self.listed(named))
        if not against:
            return reason
        return self.texts.say("compare_why_against", why=reason, items=self.listed(against))

    def sentence(self) -> Sentence:
        """How much more or less `b` has than `a`, and why."""
        fields: dict[str, Number | Sentence | str] = {
            "name": self.name,
            "year": year(self.split.asked.year),
            "a": self.titles[0],
            "b": self.titles[1],
            "start": self.number("start", self.rule),
        }
        if self.alike:
            return self.texts.say("compare_chance_alike" if self.chance else "compare_alike", **fields)
        fields |= {
            "end": self.number("end", self.rule),
            "size": self.number("size", self.size_rule),
            "why": self.reason(),
        }
        more = self.split.difference > 0
        if self.chance:
            return self.texts.say("compare_chance_more" if more else "compare_chance_less", **fields)
        if self.rule == "share" or not self.split.start:
            return self.texts.say("compare_more_points" if more else "compare_less_points", **fields)
        fields["relative"] = self.number("relative_size", "share")
        return self.texts.say("compare_more" if more else "compare_less", **fields)

    def headline(self) -> Sentence:
        """The finding as a chart's title."""
        only = len(self.parts) == 1
        key = "compare_title_only" if only else "compare_title"
        if self.chance:
            key = "compare_title_chance_only" if only else "compare_title_chance"
        return self.texts.say(
            key,
            name=self.name,
            year=year(self.split.asked.year),
            difference=self.number("difference", self.gap_rule),
            block=self.block(self.pulling()[0][0]),
        )
