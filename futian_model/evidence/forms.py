"""What a column of a data package takes, in words and examples, and what a cell was meant to say."""

import re
from collections.abc import Callable, Sequence

PERIOD = r"^[12]\d{3}(Q[1-4]|Q1-Q[2-4]|Q2-Q[34]|Q3-Q4|H[12]|-[12]\d{3})?$"
"""Periods: a year, a part of it, or years; `checks_periods.periods` looks at their order."""
PERIODS = (
    "a year such as 2025, a half 2025H1, a quarter 2025Q3, quarters such as 2025Q1-Q3, or years such as"
    " 2021-2025"
)
MONTH = "a year, or a year and month such as 2021-10"
NAME = "small letters, digits and _ after a first letter, such as gdp_2025"
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEARS = re.compile(r"([12]\d{3})\s*年?(?:度|全年)?\s*(?:[-–—~～至到]+\s*([12]\d{3})\s*年?)?")
PART = re.compile(r"([12]\d{3})\s*年?\s*[-/.]?\s*(\S+)")
PARTS = {
    "H1": "上半年 h1 1h 1-6",
    "H2": "下半年 h2 2h 7-12",
    "Q1": "一季度 1季度 q1 1q 1-3",
    "Q2": "二季度 2季度 q2 2q 4-6",
    "Q3": "三季度 3季度 q3 3q 7-9",
    "Q4": "四季度 4季度 q4 4q 10-12",
    "Q1-Q3": "前三季度 一至三季度 1-3季度 q1-q3 1-9",
}
"""Ways of writing a part of a year, each without 第, spaces and 月份."""
DATED = re.compile(r"([12]\d{3})\s*[-/.年]\s*(\d{1,2})\s*月?(?:\s*[-/.]?\s*\d{1,2}\s*日?)?")
SHORT = re.compile(r"([A-Za-z]{3})[a-z]*[-\s](\d{2}|[12]\d{3})|(\d{2}|[12]\d{3})[-\s]([A-Za-z]{3})[a-z]*")


def meant_period(text: str) -> str | None:
    """A period as it is to be written, where what was written can mean only one.

    Examples
    --------
    >>> [meant_period(text) for text in ("2025年", "2024年1-9月", "2021年至2025年", "2025-Q3", "2025-09")]
    ['2025', '2024Q1-Q3', '2021-2025', '2025Q3', None]
    """
    years = YEARS.fullmatch(text.strip())
    if years:
        first, last = years.groups()
        return first if last in (None, first) else "-".join(sorted((first, last)))
    part = PART.fullmatch(text.strip())
    if part:
        written = re.sub(
            r"第|\s|月份?|[–—~～至到]+", lambda sign: "-" if sign[0] in "–—~～至到" else "", part[2]
        )
        for name, ways in PARTS.items():
            if written.lower() in re.sub("[至到]", "-", ways).split():
                return f"{part[1]}{name}"
    return None


def meant_month(text: str) -> str | None:
    """A publication date as it is to be written, such as one that a spreadsheet rewrote.

    Examples
    --------
    >>> [meant_month(text) for text in ("2026/3", "2026年3月", "2026-3-05", "Feb-16", "16-Feb", "spring")]
    ['2026-03', '2026-03', '2026-03', '2016-02', '2016-02', None]
    """
    dated = DATED.fullmatch(text.strip())
    if dated:
        year, month = dated.group(1), int(dated.group(2))
        return f"{year}-{month:02}" if 1 <= month <= 12 else None
    short = SHORT.fullmatch(text.strip())
    if short:
        name, year = (short.group(1) or short.group(4)).lower(), short.group(2) or short.group(3)
        if name in MONTHS:
            return f"{year if len(year) == 4 else f'20{year}'}-{MONTHS.index(name) + 1:02}"
    years = YEARS.fullmatch(text.strip())
    return years[1] if years and years[2] is None else None


FORMS: dict[str, tuple[str, Callable[[str], str | None]]] = {
    r"^\d{4}((Q[1-4])?(-Q[1-4])?|H[12]|-\d{4})$": (PERIODS, meant_period),
    PERIOD: (PERIODS, meant_period),
    r"^\d{4}(-(0[1-9]|1[0-2]))?$": (MONTH, meant_month),
    r"^\d{4}(-(0[1-9]|1[0-2]))?$|^$": (f"{MONTH}, or nothing", meant_month),
    r"^\d{4}-(04|10)$": ("a year and April or October, such as 2025-10", meant_month),
    r"^[a-z][a-z0-9_]*$": (NAME, lambda text: None),
    r"^([a-z][a-z0-9_]*)?$": (f"{NAME}, or nothing", lambda text: None),
}
"""What a pattern of the package asks for, in words, and what a misfit was meant to be."""


def form_of(pattern: str, fitting: Sequence[str]) -> tuple[str, Callable[[str], str | None]]:
    """What a pattern asks for; one that nobody described is shown by cells that fit."""
    if pattern in FORMS:
        return FORMS[pattern]
    such = f", such as {' or '.join(fitting[:2])}" if fitting else ""
    return f"text of the same form as in the other rows{such}", lambda text: None
