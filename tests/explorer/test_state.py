"""Every state that the explorer offers is a scenario that the schema accepts; no other can be reached."""

import math
from pathlib import Path

import jsonschema
import pytest

from futian_model import load_scenario
from futian_model.errors import InputError, InputErrors, UnknownName
from futian_model.explorer import Space, State
from futian_model.explorer.controls import UNITS, Ranges
from futian_model.languages import LANGS
from futian_model.project import find_project
from futian_model.scenario import builtin_scenarios, schema
from futian_model.scenario.entries import reached

IDS = [file.stem for file in builtin_scenarios(find_project(Path(__file__).parent))]


def space_of(name, evidence):
    return Space(load_scenario(name, evidence=evidence), evidence)


def reach(section, option):
    """The state that shows an option."""
    return {section.name: option} | ({section.when[0]: section.when[1]} if section.when else {})


@pytest.mark.parametrize("name", IDS)
def test_an_unmoved_state_is_the_scenario(evidence, name):
    space = space_of(name, evidence)
    assert space.scenario(State()).to_dict() == space.start.to_dict()
    assert list(space.moved(State())) == []


@pytest.mark.parametrize("name", IDS)
def test_every_number_is_allowed_from_end_to_end(evidence, name):
    space, known = space_of(name, evidence), schema(evidence)
    validator, count = jsonschema.Draft202012Validator(known), 0
    for section in space.sections:
        for option, held in section.options.items():
            for control in held.controls:
                if not control.name.startswith(f"{option}:"):
                    continue
                assert control.low <= control.near[0] <= control.start <= control.near[1] <= control.high
                for value in (control.low, control.high, *control.near):
                    if math.isinf(value):
                        continue
                    state = State(reach(section, option), {control.name: value})
                    raw = space.values(state)
                    assert reached(raw, control.at) == pytest.approx(value)
                    assert [error.message for error in validator.iter_errors(raw)] == []
                    space.scenario(state)
                    count += 1
    assert count > 20


@pytest.mark.parametrize("name", IDS)
def test_an_option_is_accepted_or_told_as_what_it_collides_with(evidence, name):
    space, refused = space_of(name, evidence), []
    for section in space.sections:
        for option in section.options:
            try:
                space.scenario(State(reach(section, option)))
            except InputErrors as faults:
                refused += map(str, faults.faults)
    # only what excludes each other: population cannot follow growth that itself follows population, and
    # an earlier vintage knows less of the years that paths begin after
    known = ("population", "after the base year", "published figures tell about", "says nothing of")
    assert all(any(told in fault for told in known) for fault in refused), refused


def test_what_lies_beyond_the_range_is_refused(evidence):
    space = space_of("trend_2021", evidence)
    name = "path:levers.growth.phases[0].growth_rate"
    for value in (1.0, -1.0, 5.5, math.nan, math.inf):
        with pytest.raises(InputErrors, match=r"levers\.growth\.phases\[0\]\.growth_rate"):
            space.scenario(State({"growth": "path"}, {name: value}))


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State({"grwth": "path"}), "unknown grwth; did you mean growth"),
        (State({}, {"path:levers.growth.phases[7].growth_rate": 0.1}), "unknown path:levers"),
    ],
)
def test_names_that_are_not_there_are_refused(evidence, state, told):
    with pytest.raises(UnknownName) as fault:
        space_of("trend_2021", evidence).scenario(state)
    assert told in str(fault.value)


def test_an_option_that_is_not_there_is_refused(evidence):
    with pytest.raises(InputError, match="growth = 'pth'; allowed: trend, path"):
        space_of("trend_2021", evidence).scenario(State({"growth": "pth"}))


def test_ranges_are_those_of_the_schema(evidence):
    ranges = Ranges(evidence)
    rate = UNITS["rate"]
    assert ranges.of("Constant", "growth_rate", rate) == (-0.9999, 0.9999)  # open ends
    assert ranges.of("Event", "made_up", rate) == (0, 1)
    assert ranges.of("Uncertainty", "persistence", rate) == (-0.9999, 0.9999)  # may be null
    assert ranges.of("Listed", "growth_rates", rate) == (-0.9999, 0.9999)  # one of a list


@pytest.mark.parametrize("name", IDS)
def test_levers_stand_apart_from_assumptions_and_speak_both_languages(evidence, name):
    space = space_of(name, evidence)
    groups = [section.group for section in space.sections]
    assert groups == sorted(groups, reverse=True)
    for section in space.sections:
        if section.at[0] == "levers":
            assert section.group == "levers"
        for one in (section, *(c for option in section.options.values() for c in option.controls)):
            assert all(one.label[lang].strip() for lang in LANGS)
        labels = [
            [option.label.get(lang, section.name) for option in section.options.values()] for lang in LANGS
        ]
        assert all(len(set(own)) == len(own) for own in labels), section.name


def test_moving_from_a_trend_begins_near_it(evidence):
    space = space_of("trend_2021", evidence)
    growth = next(section for section in space.sections if section.name == "growth")
    starts = [control.start for control in growth.options["path"].controls]
    told = [control.label["en"] for control in growth.options["path"].controls]
    assert told == ["2021–2025", "2026–2030", "2031–2035"]
    assert growth.options["trend"].controls == growth.options["path"].controls
    from futian_model import simulate

    path = simulate(space.start, evidence, draws=1).central["real_gdp"]
    for place, start in enumerate(starts):
        mean = (path[5 * place + 5] / path[5 * place]) ** 0.2 - 1
        assert start == pytest.approx(mean, abs=6e-5)
