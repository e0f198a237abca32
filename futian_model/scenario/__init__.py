"""Scenario files: read, merged with what they extend, checked against types, years and data."""

from futian_model.errors import dotted
from futian_model.scenario.blocks import Block
from futian_model.scenario.checks import DRIVERS
from futian_model.scenario.complete import Scenario, read_back
from futian_model.scenario.entries import Parts, reached
from futian_model.scenario.json_schema import schema
from futian_model.scenario.loading import (
    Attempt,
    Source,
    attempt_all,
    builtin_scenarios,
    load_baseline,
    load_scenario,
    load_scenarios,
    scenario_of,
)
from futian_model.scenario.model import MOST_DRAWS, Assumptions, Levers, Run, add_block
from futian_model.scenario.names import Words
from futian_model.scenario.varying import OVERRIDE
