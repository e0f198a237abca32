"""What stands beside what can be moved: what it is, what was published, what the data call plausible."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy.special import ndtri

from futian_model.calibration import Trend, people, readings
from futian_model.calibration.readings import RUNGS
from futian_model.evidence import Evidence
from futian_model.explorer.controls import Control, Section
from futian_model.explorer.session import Explorer
from futian_model.explorer.state import phased
from futian_model.explorer.texts import Label, say, words
from futian_model.languages import LANGS
from futian_model.scenario.model import Assumptions
from futian_model.simulation import calibrated

MARKED = 10
"""Years before the base year of which published growth is marked."""
EIGHT_IN_TEN = float(ndtri(0.9))
"""Standard deviations on either side of the mean that hold eight in ten of a normal distribution."""
RATES, GAPS = ("growth_rate", "growth_rates"), ("growth_gap", "growth_gaps")
"""Fields that are growth a year, and those that are log growth over another's."""
KINDS = ("departure_", "event_", "judgment_")
"""Beginnings of the names of sections of which a scenario has several."""


def guidance(explorer: Explorer) -> dict[str, Any]:
    """For the page: a line for each section and number that has one, and marks on the numbers' sliders."""
    sections, numbers = {}, {}
    for section in explorer.space.sections:
        sections[section.name] = helped("section", kind_of(section))
    for _, _, control in explorer.space.places():
        if f"help_control_{control.field}" in words(LANGS[0]).texts:
            numbers[control.name] = helped("control", control.field)
    return {"help": {"sections": sections, "numbers": numbers}, "marks": dict(marks(explorer))}


def helped(what: str, key: str) -> Label:
    """What a section or a number is."""
    return say(f"help_{what}_{key}")


def kind_of(section: Section) -> str:
    """Which section it is, whatever it is of."""
    if "shares" in section.at:
        return "share"
    kind = next((kind for kind in KINDS if section.name.startswith(kind)), section.name)
    return "on" if section.name.endswith("_on") and kind == "event_" else kind.rstrip("_")


def marks(explorer: Explorer) -> Iterator[tuple[str, dict[str, Any]]]:
    """By number: published growth with its years, and between which ends growth lies in eight cases of ten.

    The plausible range is of the mean over the years that the number holds for, as the evidence has it by
    itself: normal, with the covariance of the calibration.
    """
    settings = explorer.scenario.assumptions
    trends = calibrated(explorer.scenario, explorer.evidence).trends()
    for section, option, control in explorer.space.places():
        driver, field = driver_of(section), field_of(control)
        years = phased(section, option, control)[1]
        if driver is None or field is None or years is None:
            continue
        rate = field in RATES
        figures = [
            [first, last, float(np.expm1(value)) if rate else value]
            for first, last, value in published(explorer.evidence, driver, settings)
        ]
        ends = None
        if driver in trends:
            ends = plausible(trends[driver], settings.base_year, years)
            ends = [float(np.expm1(end)) if rate else end for end in ends]
        yield control.name, {"published": figures, "plausible": ends}


def driver_of(section: Section) -> str | None:
    """Driver whose own growth a section states."""
    match section.at:
        case ("levers", "shares", name):
            return str(name)
        case ("levers" | "assumptions", "growth" | "population" | "deflator" as driver):
            return str(driver)
    return None


def is_gap(control: Control) -> bool:
    """Whether a number is log growth over another's."""
    return field_of(control) in GAPS


def field_of(control: Control) -> str | None:
    """Field of a phase that is growth; None for any other number."""
    return control.field if control.field in (*RATES, *GAPS) else None


def plausible(trend: Trend, base_year: int, years: tuple[int, int]) -> list[float]:
    """Mean log growth of some years below which one, and nine, in ten paths of the evidence lie."""
    within = slice(years[0] - base_year - 1, years[1] - base_year)
    centre = trend.centre[within]
    sd = float(np.sqrt(trend.covariance()[within, within].sum())) / len(centre)
    return [float(centre.mean()) + side * EIGHT_IN_TEN * sd for side in (-1, 1)]


def published(evidence: Evidence, driver: str, settings: Assumptions) -> list[tuple[int, int, float]]:
    """First and last year and mean log growth of what the vintage knows of a driver, the latest last."""
    return list(
        evidence.once(
            ("marked", driver, str(settings.base_year), settings.vintage),
            lambda: _published(evidence, driver, settings.base_year - MARKED, settings.vintage),
        )
    )


def _published(evidence: Evidence, driver: str, first: int, vintage: str) -> list[tuple[int, int, float]]:
    places = [evidence.place(role) for role in RUNGS]
    nation, district = places[0], places[-1]
    match driver:
        case "growth":
            read = readings.growth(evidence, 2, district, "real_gdp_growth", vintage, first)
        case "population":
            read = people.of_ladder(evidence, places, vintage, first)[-1]
        case "deflator":
            read = readings.growth(evidence, 0, nation, "gdp_deflator_growth", vintage, first)
        case _:
            read = readings.share(evidence, driver, vintage, first)
    known = [
        reading
        for reading in read.readings
        if not (reading.lower_bound or reading.nominal or reading.average)
    ]
    return sorted((reading.first, reading.last, reading.value) for reading in known)
