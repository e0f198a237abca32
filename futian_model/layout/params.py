"""Scenarios that make sense without a plan, and the surroundings that the old project's files describe."""

from importlib.resources import files
from pathlib import Path, PurePosixPath
from string import Template

from futian_model.contexts import misfit, surroundings
from futian_model.evidence import Evidence
from futian_model.layout import start
from futian_model.layout.places import District
from futian_model.project import Project
from futian_model.scenario import Scenario
from futian_model.scenario.blocks.context import City, Nation
from futian_model.scenario.merging import CONTEXT, PLACES, describes

TEMPLATES = files("futian_model.layout") / "templates"
SHOCK_AFTER = 5
"""Years after the base year in which the shock strikes."""
DIGITS = 4
"""Of the size of a shock: growth is published to a thousandth."""


def scenario_files(evidence: Evidence, district: District) -> dict[str, str]:
    """Text of each scenario that the figures allow, by path inside the project."""
    values = placeholders(evidence, district)
    names = ["params/evidence_trend.yaml", "params/context/city_as_nation.yaml"]
    names += ["params/context/city_lead_fades.yaml"]
    names += ["params/stagnation.yaml"] if "lowest" in values else []
    names += ["params/external_shock.yaml"] if "fall_size" in values else []
    return {name: filled(name, values) for name in names}


def placeholders(evidence: Evidence, district: District) -> dict[str, str]:
    """What the templates of scenarios ask for."""
    first = start.base_year(evidence)
    values = {
        "base_year": str(first),
        "first": str(start.jump_off(evidence) + 1),
        "horizon": str(start.horizon(first)),
        "shares": trends(start.shares(evidence)),
        **{f"city_{lang}": name for lang, name in district.names(district.city).items()},
    }
    lowest, fall = start.lowest(evidence), start.fall(evidence)
    if lowest is not None:
        values |= {"lowest": lowest.path, "lowest_zh": lowest.name_zh, "lowest_en": lowest.name_en}
    if fall is not None:
        values |= {
            "fall_year": str(fall.year),
            "fall_before": f"{100 * fall.before:.3g}",
            "fall_after": f"{100 * fall.after:.3g}",
            "fall_size": f"{fall.size:.{DIGITS}f}",
            "shock_year": str(min(first + SHOCK_AFTER, int(values["horizon"]))),
        }
    return values


def trends(shares: list[str]) -> str:
    """The lever of shares as a scenario file states it."""
    if not shares:
        return " {}  # none is published often enough to estimate a trend from"
    return "".join(f"\n    {share}: {{block: trend}}" for share in shares)


def filled(name: str, values: dict[str, str]) -> str:
    """A template with its values."""
    path = TEMPLATES.joinpath(*PurePosixPath(name).parts)
    return Template(path.read_text("utf-8")).substitute(values)


def shared_contexts(source: Project, *, same_city: bool) -> dict[str, str]:
    """Text of the old project's surroundings that are true of the new one, by path.

    The nation's all are, the city's where it is the same city.
    """
    files = sorted((source.params / CONTEXT).glob("[!.]*.yaml"))
    shared = PLACES if same_city else ("nation",)
    return {
        f"params/{CONTEXT}/{file.name}": file.read_text("utf-8")
        for file in files
        if any(describes(file, place) for place in shared)
    }


def misfits(project: Project, evidence: Evidence, scenario: Scenario) -> list[Path]:
    """Files of surroundings that leave out a year of a scenario, and so cannot surround it."""
    nations, cities = surroundings(project, evidence)
    places: list[Nation | City] = [*nations.values(), *cities.values()]
    wrong = [place.id for place in places if misfit(place, scenario, evidence)]
    return [project.params / CONTEXT / f"{name}.yaml" for name in wrong]
