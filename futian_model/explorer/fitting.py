"""Paths of a scenario cut to other years: what figures tell about by now goes, what is open is filled."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from pydantic import TypeAdapter

from futian_model.drivers import calibration_of
from futian_model.evidence import Evidence
from futian_model.growth import Floats
from futian_model.scenario.blocks.phased import values
from futian_model.scenario.model import Assumptions
from futian_model.scenario.phases import GrowthPhase, LevelPhase

LISTS: Mapping[str, TypeAdapter[Any]] = {
    "growth_rate": TypeAdapter(GrowthPhase),
    "value": TypeAdapter(LevelPhase),
}
"""Phases that may be typed year by year, by the field of a single value."""


def fitted(raw: dict[str, Any], evidence: Evidence) -> dict[str, Any]:
    """A scenario's plain values with its phases cut to its years.

    Phases that are over go. A last phase goes on to the horizon. Years before the first phase follow the
    evidence where a driver's own path lacks them; other paths stay as they are, and are then refused.
    """
    settings = Assumptions.model_validate(raw["assumptions"])
    span = settings.span(evidence)
    if span.jump_off >= span.horizon:
        return raw
    first, last = span.jump_off + 1, span.horizon
    levers = raw["levers"]
    drivers = {name: levers[name] for name in ("growth", "population")}
    drivers |= {"deflator": raw["assumptions"]["deflator"], **(levers.get("shares") or {})}
    for name, block in drivers.items():
        for path in paths_of(block):
            phases = cut(path["phases"], first, last)
            if path is block and phases and phases[0]["start"] > first:
                trend = calibration_of(settings, evidence).trends().get(name)
                if trend is not None:
                    centre = trend.centre[
                        first - span.base_year - 1 : phases[0]["start"] - span.base_year - 1
                    ]
                    phases.insert(0, opened(phases[0], first, centre))
            path["phases"] = phases or path["phases"]
    return raw


def paths_of(block: Any) -> list[dict[str, Any]]:
    """Whatever has phases, at any depth."""
    if not isinstance(block, dict):
        return []
    inner = [path for part in block.values() for path in paths_of(part)]
    return [block, *inner] if "phases" in block else inner


def opened(after: Mapping[str, Any], first: int, centre: Floats) -> dict[str, Any]:
    """A phase before another, at the mean of the evidence's log growth."""
    mean = float(np.mean(centre))
    rate = {"growth_gap": mean} if "growth_gap" in after else {"growth_rate": float(np.expm1(mean))}
    return {"start": first, "end": after["start"] - 1} | {
        name: round(value, 4) for name, value in rate.items()
    }


def cut(phases: Sequence[Mapping[str, Any]], first: int, last: int) -> list[dict[str, Any]]:
    """Phases within the years, the last one up to their end."""
    held = [dict(phase) for phase in phases if phase["end"] >= first and phase["start"] <= last]
    if not held:
        return []
    held = [within(phase, max(phase["start"], first), min(phase["end"], last)) for phase in held]
    if held[-1]["end"] < last:
        held[-1] = within(held[-1], held[-1]["start"], last)
    return held


def within(phase: dict[str, Any], start: int, end: int) -> dict[str, Any]:
    """A phase of other years; one that is not the same every year then states each of them."""
    if (start, end) == (phase["start"], phase["end"]):
        return phase
    name = next((field for field in LISTS if field in phase or f"{field}s" in phase), None)
    if name is None or phase.get("shape", "constant") == "constant":
        return phase | {"start": start, "end": end}
    if phase["shape"] != "list" and end > phase["end"] and start == phase["start"]:
        return phase | {"end": end}
    model = LISTS[name].validate_python(phase)
    years = values([model], phase["start"] - 1, phase["end"] - phase["start"] + 1, name).tolist()
    years += years[-1:] * max(0, end - phase["end"])
    stated = years[start - phase["start"] : end - phase["start"] + 1]
    return {"start": start, "end": end, "shape": "list", f"{name}s": stated}
