"""Growth phase by phase where it is not set by phase: what a goal takes, or what the data say."""

from collections.abc import Mapping

import numpy as np

from futian_model.explorer.controls import Control, Section
from futian_model.explorer.guidance import driver_of, field_of, is_gap
from futian_model.explorer.sections import own_path
from futian_model.explorer.session import Explorer
from futian_model.explorer.state import own_numbers, phased
from futian_model.simulation import calibrated

PATH, TREND = "path", "trend"
"""The option under which a section's growth is set phase by phase, and that under which data set it."""
GRAIN = 1e-6
"""To which a number is written into a slider: fine enough for a goal, short enough for a file."""
STEADY = (None, "constant", "list")
"""Shapes of phases of which every number is the growth of its years."""


def implied(explorer: Explorer) -> dict[str, float]:
    """Numbers by control of every section that is set to something else than phases.

    What is asked to reach a goal still reaches it: growth and leads are rounded up, and people, who share
    what there is, down.
    """
    numbers: dict[str, float] = {}
    for section, option in explorer.space.chosen(explorer.state):
        driver = driver_of(section)
        if driver is None or option == PATH or PATH not in section.options:
            continue
        controls = own_numbers(section, PATH)
        if all(steady(section, control) for control in controls):
            numbers |= numbers_of(explorer, section, option, driver, controls)
    return numbers


def written_in(explorer: Explorer, section: Section) -> Mapping[str, float]:
    """Those of one section."""
    if PATH not in section.options:
        return {}
    known = {control.name for control in section.options[PATH].controls}
    return {name: value for name, value in implied(explorer).items() if name in known}


def steady(section: Section, control: Control) -> bool:
    """Whether a number of a phase is the growth of all its years."""
    key, years = phased(section, PATH, control)
    return years is not None and field_of(control) is not None and key[-1] in STEADY


def numbers_of(
    explorer: Explorer, section: Section, option: str, driver: str, controls: list[Control]
) -> dict[str, float]:
    """Mean growth of the driver's own path, without events and judgments, over the years of each number."""
    scenario, driven = explorer.scenario, explorer.answer.driven
    centre = own_path(driven, scenario, calibrated(scenario, explorer.evidence), driver)
    base, numbers = int(scenario.years[0]), {}
    for control in controls:
        years = phased(section, PATH, control)[1]
        assert years is not None, "a steady phase has years"
        mean = float(centre[years[0] - base - 1 : years[1] - base].mean())
        value = mean if is_gap(control) else float(np.expm1(mean))
        if option == TREND and round(value, 4) == round(control.start, 4):
            continue  # the slider stands there
        whole = np.floor if driver == "population" else np.ceil
        numbers[control.name] = round(float(whole(value / GRAIN - 1e-9) * GRAIN), 6)
    return numbers
