"""Every state that the explorer offers is a scenario that the schema accepts; no other can be reached."""

import math
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from futian_model import load_scenario
from futian_model.errors import InputError, InputErrors, UnknownName
from futian_model.explorer import Explorer, Space, State
from futian_model.explorer.controls import UNITS, Ranges
from futian_model.languages import LANGS
from futian_model.project import find_project
from futian_model.scenario import builtin_scenarios, schema
from futian_model.scenario.entries import reached

IDS = [file.stem for file in builtin_scenarios(find_project(Path(__file__).parent))]


def space_of(name, evidence):
    return Space(load_scenario(name, evidence=evidence), evidence)


def reach(space, section, option):
    """The state that shows an option, within all that it stands in."""
    state, sections = {section.name: option}, {known.name: known for known in space.sections}
    while section.when is not None:
        state |= {section.when[0]: section.when[1]}
        section = sections[section.when[0]]
    return state


@pytest.mark.parametrize("name", IDS)
def test_an_unmoved_state_is_the_scenario(evidence, name):
    space = space_of(name, evidence)
    assert space.scenario(State()).to_dict() == space.start.to_dict()
    assert space.changes(State()) == []


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
                    state = State(reach(space, section, option), {control.name: value})
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
            state = State(reach(space, section, option))
            try:
                space.under(space.ground(state.choices)).scenario(state)
            except InputErrors as faults:
                refused += map(str, faults.faults)
    # only what excludes each other: population cannot follow growth that itself follows population
    assert all("population" in fault for fault in refused), refused


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


@pytest.mark.parametrize("name", ["trend_2021", "external_shock", "stagnation"])
def test_every_slider_starts_on_the_data_and_the_years_that_are_chosen(evidence, name):
    own = Explorer(load_scenario(name, evidence=evidence), evidence, draws=200)
    options = {section.name: section.options for section in own.space.sections}
    vintages, horizons = list(options["vintage"]), list(options["horizon"])
    assert set(vintages) >= {"2021", "2024", "2026"}
    assert {"2030", "2035", "2040"} <= set(horizons)
    for ground in (
        *({"vintage": year} for year in ("2021", "2024", "2026")),
        *({"horizon": year, "vintage": "2023"} for year in ("2030", "2040")),
    ):
        before = own.move(State(ground)).central["real_gdp"][-1]
        growth = next(section for section in own.space.sections if section.name == "growth")
        first, *_ = controls = growth.options["path"].controls
        years = [int(year) for control in controls for year in control.label["en"].split("–")]
        assert years[0] == own.scenario.assumptions.span(evidence).jump_off + 1
        assert years[-1] == own.scenario.assumptions.horizon
        # a slider that is only touched changes nothing; one moved up moves the result up, and by as much
        path = ground | {"growth": "path"}
        assert own.move(State(path)).central["real_gdp"][-1] == pytest.approx(before, rel=1e-3)
        span = years[1] - years[0] + 1 if "–" in first.label["en"] else 1
        moved = own.move(State(path, {first.name: first.start + 0.01})).central["real_gdp"][-1]
        assert moved / before == pytest.approx(((1.01 + first.start) / (1 + first.start)) ** span, rel=1e-3)


def test_what_was_set_stays_set_for_its_years_or_is_told(evidence):
    own = Explorer(load_scenario("trend_2021", evidence=evidence), evidence, draws=200)
    rates = "path:levers.growth.phases[{}].growth_rate"
    moved = {rates.format(0): 0.03, rates.format(1): 0.07, "on:levers.events.trial.start": 2023}
    own.move(State({"growth": "path", "event_trial": "on"}, moved))
    own.move(State({"growth": "path", "event_trial": "on", "vintage": "2026"}, moved), own.ground)
    # 2021 to 2025 are over, and so is the event
    assert own.state.numbers == {rates.format(0): 0.07}
    phases = own.scenario.levers.growth.phases
    assert (phases[0].start, phases[0].end, phases[0].growth_rate) == (2026, 2030, 0.07)
    assert [label["en"] for label in own.lapsed] == ["Trial shock, First year", "GDP growth, 2021–2025"][::-1]
    assert own.ground == {"vintage": "2026"}
    # a state by itself says what it is of
    kept = own.state
    own.begin(own.space.start)
    own.move(kept)
    assert (own.state, own.scenario.levers.growth.phases) == (kept, phases)
    # a horizon further away leaves the years before it alone
    own.move(State(kept.choices | {"horizon": "2040"}, kept.numbers), own.ground)
    assert own.scenario.levers.growth.phases[0] == phases[0]
    assert own.scenario.levers.growth.phases[-1].end == 2040


def test_paths_of_a_file_are_cut_to_the_years_year_by_year(evidence):
    rates = [0.01 * year for year in range(1, 11)]
    growth = {
        "block": "path",
        "phases": [{"start": 2026, "end": 2035, "shape": "list", "growth_rates": rates}],
    }
    ramp = {"start": 2026, "end": 2035, "shape": "ramp", "growth_rate": 0.0, "to": 0.05, "at": 2031}
    people = {"block": "path", "phases": [ramp]}
    start = load_scenario("evidence_trend", evidence=evidence).with_(
        evidence=evidence, growth=growth, population=people
    )
    own = Explorer(start, evidence, draws=200)
    whole = own.answer.central
    for ground, years in (({"horizon": "2030"}, 11), ({"vintage": "2023"}, 16), ({"horizon": "2040"}, 16)):
        answer = own.move(State(ground))
        for name, central in answer.central.items():
            if "vintage" in ground:  # growth as stated, from another level
                growth = (central[6:] / central[5:-1], whole[name][6:] / whole[name][5:-1])
                if name == "real_gdp":
                    np.testing.assert_allclose(*growth, rtol=1e-9)
            else:
                np.testing.assert_allclose(central[:years], whole[name][:years], rtol=1e-6)
    last = own.scenario.levers
    assert (last.growth.phases[-1].growth_rates[9:], last.population.phases[-1].end) == ((0.1,) * 6, 2040)


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
