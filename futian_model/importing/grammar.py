"""What cells of official tables say: periods, figures and units, by a stated grammar.

- period: a year (``2024年``), a half, a quarter, months (``2025年1-9月``, ``第三季度``, ``2025M09``); a head
  that says 累计 begins with January; a part that is none of the data's (``1-8月``) is a period without a code
- figure: a number with thousands commas, 增长 or 下降 before it, a unit behind it; 突破, 超过, 以上 a
  lower bound, 约, 左右 rounded, 预计 an estimate; two numbers with -, ~, 至 between them a range; —, …, n.a.
  none
- unit: in brackets at the end of a label, behind 单位, in a column of its own, or behind the figure
"""

import math
import re
from datetime import date
from typing import NamedTuple

from futian_model.importing.grids import Cell
from futian_model.importing.names import names
from futian_model.units import UNITS

YEAR = r"(?P<year>(?:19|20)\d\d)"
DIGIT = {sign: number for number, sign in enumerate("一二三四", 1)}
DASH = r"\s*[-–—~～至到]+\s*"
SPANS = {(1, 12): "", (1, 6): "H1", (7, 12): "H2", (1, 9): "Q1-Q3", (4, 9): "Q2-Q3", (4, 12): "Q2-Q4"} | {
    (3 * quarter - 2, 3 * quarter): f"Q{quarter}" for quarter in range(1, 5)
}
"""First and last months of the parts of a year that the data hold."""
NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?"
FIGURE = re.compile(
    rf"(?P<words>(?:预计|预期|初步|大约|约|突破|超过|超|逾|不低于|≥|>|增长|上升|下降|减少|降低)*)\s*(?P<number>{NUMBER})"
    r"\s*(?P<unit>%|亿元|万元|元/人|万元/人|元|万人|人|户|家|个)?\s*(?P<after>以上|左右|上下|\(预计\)|\*)?"
)
RANGE = re.compile(rf"({NUMBER})\s*%?(?:{DASH})({NUMBER})\s*(?P<unit>%|亿元|万元|元|万人|人)?")
NONE = re.compile(r"(?:[-–—─…./\s]*|n/?a\.?|nan|无|x)", re.IGNORECASE)
BELOW = ("突破", "超过", "超", "逾", "不低于", "≥", ">", "以上")
ROUGH = ("大约", "约", "左右", "上下")
FALL = ("下降", "减少", "降低")
EXPECTED = ("预计", "预期", "初步")
INDEX = re.compile(r"\(?(?:上年|上年同期|上年同月|previous year)\s*=\s*100\)?")
CALLED = re.compile(r"单位\s*[:：]?\s*([^\s;；)]+)")
BRACKET = re.compile(r"\s*\(([^()]*)\)\s*$")


class Period(NamedTuple):
    """Months of a year; the year is 0 where only a title can say it."""

    year: int
    first: int
    last: int

    @property
    def code(self) -> str:
        """As the data write it; empty for a part that they do not hold."""
        span = SPANS.get((self.first, self.last))
        return "" if span is None or not self.year else f"{self.year}{span}"

    def cumulated(self) -> "Period":
        """The same from January on."""
        return self._replace(first=1)


class Value(NamedTuple):
    """A figure as printed: its digits, precision, and the unit behind it; of a range also the upper end."""

    text: str
    precision: str = "point"
    unit: str = ""
    high: str = ""


def period_of(cell: Cell) -> Period | None:
    """What period a cell or a head names.

    Examples
    --------
    >>> [period_of(text) for text in ("2024年", "2025年1-9月累计")]
    [Period(year=2024, first=1, last=12), Period(year=2025, first=1, last=9)]
    >>> [period_of(text).code for text in ("2025年第三季度", "2025年9月", "2025-Q2", "2025年前三季度")]
    ['2025Q3', '', '2025Q2', '2025Q1-Q3']
    """
    if isinstance(cell, float):
        return Period(int(cell), 1, 12) if cell % 1 == 0 and 1900 <= cell <= 2100 else None
    if isinstance(cell, date):
        return Period(cell.year, cell.month, cell.month)
    text = cell.strip()
    if re.fullmatch(rf"{YEAR}\s*(?:年度?|全年|\[YR(?:19|20)\d\d\])?", text):
        return Period(int(text[:4]), 1, 12)
    ahead = re.match(rf"{YEAR}\s*年?\s*[-/.]?\s*", text)
    year, rest = (int(ahead["year"]), text[ahead.end() :]) if ahead else (0, text)
    several = "累计" in rest or rest.startswith("前")
    rest = re.sub(r"累计(?:值|数)?|绝对量|第|份|前|\s", "", rest)
    rest = "".join(str(DIGIT.get(sign, sign)) for sign in rest)
    months = re.match(rf"(\d{{1,2}}){DASH}(\d{{1,2}})月", rest)
    month = re.match(r"(?:M|m)?(\d{1,2})(?:月|$|-\d\d$)", rest)
    quarters = re.match(rf"[Qq]?([1-4])(?:季度)?{DASH}[Qq]?([1-4])(?:季度|$)", rest)
    quarter = re.match(r"(?:[Qq]([1-4])|([1-4])季度)", rest)
    if months:
        span = int(months[1]), int(months[2])
    elif quarters:
        span = 3 * int(quarters[1]) - 2, 3 * int(quarters[2])
    elif quarter:
        number = int(quarter[1] or quarter[2])
        span = (1 if several else 3 * number - 2), 3 * number
    elif rest.startswith(("上半年", "H1")):
        span = 1, 6
    elif rest.startswith(("下半年", "H2")):
        span = 7, 12
    elif rest.startswith("全年") or (rest.startswith("年") and year):
        span = 1, 12
    elif month:
        span = (1 if several else int(month[1])), int(month[1])
    else:
        return None
    return Period(year, *span) if 1 <= span[0] <= span[1] <= 12 else None


def year_in(text: str) -> int:
    """The one year that a title names; 0 where it names none or several."""
    years = set(re.findall(r"(?<!\d)((?:19|20)\d\d)\s*年", text))
    return int(years.pop()) if len(years) == 1 else 0


def value_of(cell: Cell) -> Value | str | None:
    """The figure of a cell; None where it says that there is none, a reason where it cannot be read.

    Examples
    --------
    >>> value_of("突破4,000亿元"), value_of("约35%").precision, value_of("—")
    (Value(text='4000', precision='lower_bound', unit='亿元', high=''), 'rounded', None)
    >>> value_of("3560-3570"), value_of("下降3.2").text
    (Value(text='3560', precision='point', unit='', high='3570'), '-3.2')
    """
    if isinstance(cell, float):
        return Value(f"{cell:.15g}") if math.isfinite(cell) else None
    if isinstance(cell, date):
        return "a figure; a date stands there, into which a spreadsheet has turned it"
    if NONE.fullmatch(cell):
        return None
    span = RANGE.fullmatch(cell)
    if span:
        low, high = (plain(span[at]) for at in (1, 2))
        return Value(low, "point", unit_of(span["unit"] or ("%" if "%" in cell else "")), high)
    figure = FIGURE.fullmatch(cell)
    if figure is None:
        return "a figure such as 4,213.74, 约4200, 突破4000, 3560-3570 or —"
    said = figure["words"] + (figure["after"] or "")
    number = plain(figure["number"])
    if any(word in said for word in FALL):
        number = number[1:] if number.startswith("-") else f"-{number}"
    kinds = (("lower_bound", BELOW), ("rounded", ROUGH), ("estimate", EXPECTED))
    precision = next((kind for kind, words in kinds if any(word in said for word in words)), "point")
    return Value(number, precision, unit_of(figure["unit"] or ""))


def plain(number: str) -> str:
    """Digits without thousands commas and plus sign."""
    return number.replace(",", "").removeprefix("+")


def unit_of(text: str) -> str:
    """A unit as the library names it; one it does not know stays as it is, folded."""
    text = text.strip().strip("()")
    return text if text in UNITS else names()["same_units"].get(text.lower(), text)


class Label(NamedTuple):
    """A label without its unit, and what stands in its brackets."""

    name: str
    unit: str = ""
    indexed: bool = False


def label_of(text: str) -> Label:
    """The name, and the unit at its end; of an index that the previous year is 100.

    Examples
    --------
    >>> label_of("#第三产业增加值(亿元)"), label_of("国内生产总值指数(上年=100)").indexed
    (Label(name='第三产业增加值', unit='亿元', indexed=False), True)
    """
    text = re.sub(
        r"^(?:[#＃\s]*其中[:：]?|[#＃\s]+|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、]\s*)+",
        "",
        text,
    )
    if INDEX.search(text):
        return Label(INDEX.sub("", text).strip(" ()"), "%", True)
    bracket = BRACKET.search(text)
    if bracket:
        return Label(text[: bracket.start()].strip(), unit_of(bracket[1].split(",")[0]))
    return Label(text.strip())
