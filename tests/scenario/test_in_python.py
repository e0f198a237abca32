"""Scenarios changed, read and asked in Python: what an economist types first works, or is told what would."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futian_model import ScenarioReport, attribute, compare, load_scenario, simulate, solve
from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.scenario import Scenario
from futian_model.simulation import Result

START = "evidence_trend"


@pytest.fixture(scope="module")
def trend(evidence: Evidence) -> Scenario:
    return load_scenario(START, evidence=evidence)


@pytest.fixture(scope="module")
def result(trend: Scenario, evidence: Evidence) -> Result:
    return simulate(trend, evidence, draws=200)


def path(*phases: tuple[int, int, float]) -> dict[str, Any]:
    return {
        "block": "path",
        "phases": [{"start": start, "end": end, "growth_rate": rate} for start, end, rate in phases],
    }


@pytest.mark.parametrize(
    ("short", "whole"),
    [
        (0.04, path((2026, 2035, 0.04))),
        (np.float64(0.04), path((2026, 2035, 0.04))),
        ({2026: 0.05, 2031: 0.04}, path((2026, 2030, 0.05), (2031, 2035, 0.04))),
        ("trend", {"block": "trend"}),
        (
            [0.05] * 10,
            {
                "block": "path",
                "phases": [{"start": 2026, "end": 2035, "shape": "list", "growth_rates": [0.05] * 10}],
            },
        ),
    ],
)
def test_a_short_value_is_the_block_that_a_file_would_hold(
    short: Any, whole: dict[str, Any], trend: Scenario, evidence: Evidence
) -> None:
    a, b = (trend.with_(evidence=evidence, growth=value) for value in (short, whole))
    assert a.levers == b.levers
    assert a.extends == START
    assert a.id != START
    own = trend.levers.growth == a.levers.growth
    assert a.provenance["levers.growth.block"] == (
        trend.provenance["levers.growth.block"] if own else "Python"
    )
    assert a.provenance["run.draws"] == trend.provenance["run.draws"]


@settings(max_examples=20)
@given(rate=st.floats(-0.2, 0.2), last=st.integers(2028, 2050))
def test_growth_is_what_was_asked_for(rate: float, last: int, trend: Scenario, evidence: Evidence) -> None:
    """Identity: the central path grows at the rate, to the horizon that was set with it."""
    changed = trend.with_(evidence=evidence, horizon=last, growth=rate)
    gdp = simulate(changed, evidence, draws=1).central["real_gdp"]
    assert changed.years[-1] == last
    assert np.allclose(gdp[6:] / gdp[5:-1] - 1, rate, rtol=0, atol=1e-12)


def test_a_changed_scenario_is_saved_and_read_again(
    trend: Scenario, evidence: Evidence, tmp_path: Path
) -> None:
    slower = trend.with_(evidence=evidence, growth=0.04, headquarters_share=0.01, vintage=2025, draws=500)
    file = slower.save(tmp_path / "slower.yaml")
    again = load_scenario(file, evidence=evidence)
    assert (again.id, again.to_dict()) == (slower.id, slower.to_dict())
    before = file.read_bytes()
    with pytest.raises(InputError, match="not there yet, or overwrite=True"):
        trend.save(file)
    assert file.read_bytes() == before
    trend.save(file, overwrite=True)
    assert load_scenario(file, evidence=evidence).to_dict() == trend.to_dict()


def test_a_number_inside_a_block_is_changed_where_it_stands(evidence: Evidence) -> None:
    # found: it was taken for a block of its own, and a place of a list for a key
    engines, phase = load_scenario("three_engines", evidence=evidence), "levers.growth.tfp_growth.phases[0]"
    raised = engines.with_(evidence=evidence, **{f"{phase}.growth_rate": 0.04, f"{phase}.to": 0.02})
    before, after = (scenario.to_dict()["levers"]["growth"] for scenario in (engines, raised))
    ends = [after["tfp_growth"]["phases"][0].pop(name) for name in ("growth_rate", "to")]
    assert ends == [0.04, 0.02]
    for name in ("growth_rate", "to"):
        before["tfp_growth"]["phases"][0].pop(name)
    assert before == after
    with pytest.raises(InputError, match=r"a place in the list, of which there are 1 \(the first is \[0\]\)"):
        engines.with_(evidence=evidence, **{"levers.growth.tfp_growth.phases[1].to": 0.02})


def test_a_mapping_is_what_a_file_would_hold(evidence: Evidence) -> None:
    words = {"zh": "慢", "en": "slow"}
    content = {"id": "slow", "title": words, "description": words, "extends": START}
    made = load_scenario(content | {"levers": {"growth": path((2026, 2035, 0.04))}}, evidence=evidence)
    assert made.levers == load_scenario(START, evidence=evidence).with_(evidence=evidence, growth=0.04).levers
    with pytest.raises(InputError, match="Python: missing title; allowed: title in both languages"):
        load_scenario({"id": "slow"}, evidence=evidence)


def test_a_scenario_by_its_id_is_the_scenario(trend: Scenario, evidence: Evidence) -> None:
    other = load_scenario("stagnation", evidence=evidence)
    assert simulate(START, evidence, draws=1).scenario == trend
    assert compare(START, "stagnation", evidence).equals(compare(trend, other, evidence))
    by_id = attribute(START, "stagnation", evidence)
    assert (by_id.contributions == attribute(trend, other, evidence).contributions).all()
    assert ScenarioReport(START, evidence=evidence).scenario == trend
    required = solve(START, "gdp_double_2035", evidence=evidence).requirements
    assert [requirement.goal.name for requirement in required] == ["gdp_double_2035"]


def test_a_goal_and_a_level_by_name(result: Result, evidence: Evidence) -> None:
    assert result.probability("gdp_double_2035") == result.probability(evidence.goal("gdp_double_2035"))
    assert result.quantiles("real_gdp", 0.9)[0.9].equals(result.quantiles("real_gdp")[0.9])


def test_what_is_shown_is_short(result: Result, evidence: Evidence, trend: Scenario) -> None:
    for shown in (result, evidence, trend, result.frame):
        assert len(repr(shown).splitlines()) <= 14
    assert "<table" in result._repr_html_()
    assert "<table" in evidence._repr_html_()
    median = result.quantiles("real_gdp", 0.5)[0.5]
    assert f"{median[2035]:,.0f} (" in result.table().loc[("Real GDP", "亿元"), 2035]
    newest = evidence.latest().loc["gdp"]
    assert newest["value"] == evidence.figure("futian", "gdp", int(newest["year"])).value


def test_a_fan_holds_the_result(result: Result) -> None:
    table = result.plot("real_gdp", "zh").table
    central = table[table["series"] == "central"].set_index("year")["value"]
    assert np.allclose(central, result.central["real_gdp"])


MISTAKES: dict[str, tuple[Callable[[Scenario, Result, Evidence], Any], str]] = {
    "an unknown field": (lambda s, r, e: s.with_(evidence=e, grwth=1), "unknown grwth; did you mean growth?"),
    "per cent for a fraction": (lambda s, r, e: s.with_(evidence=e, growth=5.5), "5.5% is 0.055"),
    "an unknown block": (lambda s, r, e: s.with_(evidence=e, growth="pth"), "did you mean path?"),
    "an object": (lambda s, r, e: s.with_(evidence=e, growth=object()), "a number, text"),
    "a horizon that is over": (lambda s, r, e: s.with_(evidence=e, horizon=2019), "a year from 2026"),
    "parts of a scenario": (lambda s, r, e: Scenario(id="x"), "load_scenario"),  # type: ignore[call-arg]
    "per cent for levels": (lambda s, r, e: r.quantiles("real_gdp", [10, 90]), "10% is 0.1"),
    "a name in capitals": (lambda s, r, e: r.quantiles("GDP"), "did you mean real_gdp?"),
    "a year outside": (lambda s, r, e: r.at("real_gdp", 2050), "a year from 2020 to 2035"),
    "a goal misspelt": (lambda s, r, e: r.probability("gdp_duble"), "did you mean gdp_double_2035?"),
    "a rate without a path": (
        lambda s, r, e: load_scenario(START, evidence=e, overrides="levers.growth.growth_rate=0.04"),
        "growth_rate belongs to block path",
    ),
    "a path without phases": (
        lambda s, r, e: load_scenario(
            START, evidence=e, overrides="levers.growth.block=path; levers.growth.growth_rate=0.04"
        ),
        "missing levers.growth.phases",
    ),
    "a block in braces": (
        lambda s, r, e: load_scenario(START, evidence=e, overrides="levers.growth={block: path}"),
        r"scenario.with_\(growth=",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_what_would_be_allowed(
    mistake: str, trend: Scenario, result: Result, evidence: Evidence
) -> None:
    make, words = MISTAKES[mistake]
    with pytest.raises(InputError, match=words):
        make(trend, result, evidence)


@pytest.mark.parametrize(
    "vintage", ["assumptions.vintage=2025", {"vintage": 2025}, {"assumptions.vintage": "2025"}]
)
def test_a_vintage_in_any_of_its_forms(vintage: Any, evidence: Evidence) -> None:
    assert load_scenario(START, evidence=evidence, overrides=vintage).assumptions.vintage == "2025"


def test_a_scenario_stays_as_it_is(trend: Scenario) -> None:
    with pytest.raises(FrozenInstanceError, match=r"scenario.with_\(growth=...\)"):
        trend.levers.growth = 0.04  # type: ignore[assignment,misc]
    assert pickle.loads(pickle.dumps(trend)) == trend == copy.deepcopy(trend)
