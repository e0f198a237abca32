"""What a figure, a name and a sentence look like in a language."""

from futian_model.report.words.amounts import Amounts, amounts, as_printed, in_brackets
from futian_model.report.words.axes import axis_unit, on_axis
from futian_model.report.words.numbers import (
    BARE,
    GAP_OF,
    RULE_OF_UNIT,
    Key,
    Ledger,
    Number,
    bare,
    chance_rule,
    style,
    year,
)
from futian_model.report.words.sentences import Sentence, Words, capital, words, year_span
from futian_model.report.words.styles import BOTH, prints_zero
from futian_model.report.words.titles import distinct, shortened
