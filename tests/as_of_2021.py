"""Scenarios of today as the end of 2021 saw them: no year is published, and paths start in 2021."""

from futian_model.evidence import Evidence
from futian_model.scenario import Scenario, load_scenario

FIELDS = (
    "assumptions.vintage='2021'",
    "assumptions.gdp_source=futian_14fyp",
    "assumptions.population_source=futian_14fyp",
)
STARTS = {
    "stagnation": ["levers.population.phases[0].start=2021", "levers.growth.nation=nation_eiu_2020"],
    "three_engines": [
        f"levers.growth.{path}.phases[0].start=2021"
        for path in ("investment_share", "human_capital_growth", "tfp_growth")
    ],
}


def as_of_2021(name: str, evidence: Evidence) -> Scenario:
    """A scenario of the project, its vintage and its first year those of 2021."""
    plain = load_scenario(name, evidence=evidence)
    if plain.assumptions.vintage == "2021":
        return plain
    return load_scenario(name, evidence=evidence, overrides="; ".join([*FIELDS, *STARTS.get(name, [])]))
