"""What a figure, a name and a sentence look like in a language."""

from futian_model.report.words.axes import axis_unit as axis_unit
from futian_model.report.words.axes import on_axis as on_axis
from futian_model.report.words.numbers import BARE as BARE
from futian_model.report.words.numbers import GAP_OF as GAP_OF
from futian_model.report.words.numbers import RULE_OF_UNIT as RULE_OF_UNIT
from futian_model.report.words.numbers import Key as Key
from futian_model.report.words.numbers import Ledger as Ledger
from futian_model.report.words.numbers import Number as Number
from futian_model.report.words.numbers import bare as bare
from futian_model.report.words.numbers import chance_rule as chance_rule
from futian_model.report.words.numbers import style as style
from futian_model.report.words.numbers import year as year
from futian_model.report.words.sentences import Sentence as Sentence
from futian_model.report.words.sentences import Words as Words
from futian_model.report.words.sentences import capital as capital
from futian_model.report.words.sentences import words as words
from futian_model.report.words.sentences import year_span as year_span
