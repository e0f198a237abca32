"""How results of any indicator are written: levels, changes, and the unit that a column names."""

from dataclasses import dataclass

from futian_model.evidence import Evidence
from futian_model.report.words.numbers import BARE, GAP_OF, RULE_OF_UNIT, Number, bare, style
from futian_model.report.words.sentences import Sentence, Words
from futian_model.report.words.styles import BOTH

CHANCE = "probability"
NOTHING = 1e-12
"""Part of a level that is the rounding of its last digits."""
POINTS = ("share", "growth")
"""Rules of fractions, whose changes are told in points."""


def as_printed(value: str, unit: str, words: Words) -> str:
    """A figure as its source prints it, with its unit; a per cent sign stands close to its number."""
    if unit == "%":
        return value + unit
    return words.say("amount_with_unit", value=value, unit=unit).text


def in_brackets(name: str, unit: str, words: Words) -> str:
    """A name with its unit in brackets, inside those that it ends with."""
    closing = words["indicator_cell"][-1]
    key = "indicator_cell_within" if name.endswith(closing) else "indicator_cell"
    return words.say(key, name=name.removesuffix(closing), unit=unit).text


@dataclass(frozen=True)
class Amounts:
    """How an indicator's values are written.

    Attributes
    ----------
    rule : str
        Of a level.
    unit : str
        What the level's own text does not say, such as ``家``; mostly nothing.
    """

    words: Words
    rule: str
    unit: str = ""

    def level(self, value: float) -> Sentence:
        """A level with its unit."""
        return self.with_unit(Number(value, self.rule))

    def with_unit(self, number: Number) -> Sentence:
        """A number with what its own text lacks."""
        if not self.unit:
            return Sentence(number.text(self.words.lang), (number,))
        return self.words.say("amount_with_unit", value=number, unit=self.unit)

    @property
    def gap_rule(self) -> str:
        """How a distance is written, with its sign."""
        return GAP_OF.get(self.rule, "plain_signed")

    def bare(self, value: float) -> str:
        """A level where its unit is named elsewhere."""
        return Number(value, bare(self.rule)).text(self.words.lang).removesuffix("%")

    def bare_change(self, value: float, level: float = 0.0) -> str:
        """A change where its unit is named elsewhere; nothing but rounding of its level is a dash."""
        if abs(value) <= NOTHING * abs(level):
            return self.words["not_told"]
        return style(GAP_OF.get(self.rule, self.rule), self.words.lang).with_sign(BOTH).bare(value)

    @property
    def column(self) -> str:
        """The unit as a column names it."""
        if self.rule in BARE:
            return self.words[f"unit_{self.rule}_bare"]
        return "%" if self.rule in POINTS else self.unit


def amounts(evidence: Evidence, words: Words, indicator: str, statistic: str = "") -> Amounts:
    """How values of an indicator, or a goal's chance, are written."""
    if statistic == CHANCE or indicator not in evidence.indicators.index:
        return Amounts(words, "share")
    known = evidence.indicators.loc[indicator]
    unit = str(known["unit"])
    if unit == "fraction":
        return Amounts(words, "growth" if known["kind"] == "growth" else "share")
    if unit in RULE_OF_UNIT:
        return Amounts(words, RULE_OF_UNIT[unit])
    return Amounts(words, "plain", unit)
