"""Adjustments to a path that a person answers for by name."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from futian_model.scenario.names import Text, Words, visible
from futian_model.scenario.phases import Part, Real, Year

LARGEST = 10
"""Standard deviations a year; what is larger is no adjustment of a path but another path."""


def moving(size: float) -> float:
    """A size that moves something."""
    if size == 0:
        raise ValueError("zero")
    return size


def calendar(day: str) -> str:
    """A day that the calendar has."""
    date.fromisoformat(day)
    return day


Size = Annotated[
    Real,
    Field(ge=-LARGEST, le=LARGEST, json_schema_extra={"not": {"const": 0}}),
    AfterValidator(moving),
]
Day = Annotated[
    str,
    Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", json_schema_extra={"format": "date"}),
    AfterValidator(calendar),
]
Person = Annotated[str, Field(max_length=80, pattern=r"^[^\r\n]*\S[^\r\n]*$"), AfterValidator(visible)]
Argument = Annotated[Text, Field(max_length=600)]


class Reason(Words):
    """Why, in both languages."""

    zh: Argument = Field(description="reason in Chinese, 1 to 600 characters")
    en: Argument = Field(description="reason in English, 1 to 600 characters")


class Judgment(Part):
    """Growth that somebody adds to a driver for a reason the figures do not know."""

    on: str = Field(description="growth, population, deflator or a share of the scenario")
    start: Year = Field(description="first year that moves, after the base year, up to the horizon")
    end: Year | None = Field(
        default=None, description="last year that moves, up to the horizon; null: the first year alone"
    )
    size: Size = Field(
        description="standard deviations of a year's shock that are added to log growth in each of the"
        f" years, between -{LARGEST} and {LARGEST}, not 0"
    )
    author: Person = Field(description="who judges so: a name of 1 to 80 characters on one line")
    date: Day = Field(description="day of the judgment as YYYY-MM-DD")
    reason: Reason = Field(description="reason in both languages: zh, en")

    @property
    def last(self) -> int:
        """The last year that moves."""
        return self.start if self.end is None else self.end

    @property
    def years(self) -> int:
        """How many years move."""
        return self.last - self.start + 1
