"""What a batch works out beforehand: once for all scenarios on which the evidence says the same."""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from futian_model import simulation
from futian_model.batch.jobs import Job
from futian_model.batch.local import Ahead
from futian_model.batch.rehearsal import MOST_SETS, REHEARSED, reports, typical, work_out
from futian_model.batch.settings import Settings
from futian_model.errors import InputErrors
from futian_model.evidence import keep, load_evidence, loading
from futian_model.evidence.package import LATELY
from futian_model.kernels.nursery import Nursery
from futian_model.project import find_project
from futian_model.report import ScenarioReport
from futian_model.report.pages.scenario import rows
from futian_model.report.pages.scenario.rows import ScenarioMaterial
from futian_model.report.sections.material import gather
from futian_model.scenario import Run, Scenario, load_scenario, load_scenarios
from futian_model.simulation import READINGS, evidence_key, simulate

PROJECT = find_project(Path(__file__).parent)
EVIDENCE = load_evidence(PROJECT)
SETTINGS = Settings(PROJECT.outputs, ("zh", "en"), draws=400)


def scaled(count: int, **more: str) -> list[Scenario]:
    """Scenarios alike but for an assumption."""
    return [
        load_scenario("evidence_trend", evidence=EVIDENCE, overrides=f"assumptions.uncertainty.scale={at}")
        for at in range(1, count + 1)
    ]


def test_scenarios_with_one_key_have_the_same_draws_given_the_evidence() -> None:
    every = load_scenarios(sorted(PROJECT.params.glob("*.yaml")), PROJECT, evidence=EVIDENCE)
    found: dict[str, list[Scenario]] = {}
    for one in every:
        found.setdefault(evidence_key(one, 50, 1), []).append(one)
    assert max(map(len, found.values())) > REHEARSED  # the built-in ones share most assumptions
    for alike in found.values():
        frames = [
            simulate(one, EVIDENCE, draws=50, seed=1, reading=READINGS[1]).frame().drop(columns="scenario")
            for one in alike
        ]
        assert all(frame.equals(frames[0]) for frame in frames)


@pytest.mark.parametrize(
    "change",
    ["assumptions.uncertainty.scale=2", "assumptions.vintage='2025'", "assumptions.horizon=2030"],
)
def test_another_assumption_is_another_key(change: str) -> None:
    own = load_scenario("evidence_trend", evidence=EVIDENCE)
    other = load_scenario("evidence_trend", evidence=EVIDENCE, overrides=change)
    assert evidence_key(own, 50, 1) != evidence_key(other, 50, 1)
    assert len({evidence_key(own, draws, seed) for draws in (50, 51) for seed in (1, 2)}) == 4


def test_the_first_of_each_set_that_is_shared_enough_is_typical() -> None:
    one, two, *others = scaled(4)
    assert typical([one, one], SETTINGS) == [one]
    assert typical([one, two, *others], SETTINGS) == [one]
    shared = [one, *[two] * (REHEARSED + 1), *[others[0]] * (REHEARSED + 2)]
    assert typical(shared, SETTINGS) == [others[0], two]
    assert len(typical([each for each in scaled(9) for _ in range(REHEARSED + 1)], SETTINGS)) == MOST_SETS
    # draws that are new at every run are nobody else's
    new = [replace(one, run=Run(seed=None))] * 9
    assert typical([*new, *[two] * (REHEARSED + 1)], SETTINGS) == [two]


def test_the_first_is_rehearsed_in_every_language() -> None:
    asked = reports(scaled(2), PROJECT, SETTINGS)
    assert [(one["lang"], one["overrides"][-1]) for one in asked] == [("zh", "1"), ("en", "1"), ("zh", "2")]
    assert {one["draws"] for one in asked} == {400}


def test_what_is_worked_out_is_handed_on_and_not_simulated_again(tmp_path: Path) -> None:
    evidence = load_evidence(PROJECT)
    first, other = (load_scenario(name, evidence=evidence) for name in ("evidence_trend", "external_shock"))
    work_out([first], evidence, SETTINGS)
    before = list(loading._KEPT)
    try:
        keep(pickle.loads(pickle.dumps(evidence)))
        again = load_evidence(PROJECT)
    finally:
        loading._KEPT[:] = before
    assert again.observations.equals(evidence.observations)
    assert dict(again.fingerprints) == dict(evidence.fingerprints)
    known = gather(ScenarioMaterial, other, "en", evidence=again, draws=400)
    fresh = gather(ScenarioMaterial, other, "en", evidence=load_evidence(PROJECT), draws=400)
    assert known.results.equals(fresh.results)
    assert "given_evidence" in vars(fresh)
    assert "given_evidence" not in vars(known)


def test_a_scenario_that_cannot_be_simulated_is_left_to_its_report() -> None:
    faulty = load_scenario("evidence_trend", evidence=EVIDENCE)
    settings = faulty.assumptions.model_copy(update={"gdp_source": "nobody"})
    work_out([replace(faulty, assumptions=settings)], EVIDENCE, SETTINGS)
    with pytest.raises((InputErrors, ValueError)):
        simulate(replace(faulty, assumptions=settings), EVIDENCE, draws=1)


def test_a_scenario_is_simulated_once_for_both_its_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    evidence = load_evidence(PROJECT)
    scenario = load_scenario("external_shock", evidence=evidence)
    chinese = ScenarioReport(scenario, "zh", evidence=evidence, draws=300)
    record = chinese.record().to_dict()
    before = chinese.material.results.copy()
    chinese.material.results.loc[:, "value"] = 0.0  # a table handed out is its owner's

    def again(*asked: object, **more: object) -> None:
        raise AssertionError("simulated again")

    for module in (simulation, rows):
        monkeypatch.setattr(module, "simulate", again)
    english = ScenarioReport(scenario, "en", evidence=evidence, draws=300)
    assert english.record().to_dict() | {"lang": "zh"} == record | {"lang": "zh"}
    pd.testing.assert_frame_equal(english.material.results, before)
    with pytest.raises(AssertionError, match="simulated again"):
        ScenarioReport(scenario, "en", evidence=evidence, draws=301).record()


def test_only_the_last_few_scenarios_are_kept_and_none_is_handed_on() -> None:
    evidence, asked = load_evidence(PROJECT), list[str]()

    def known(of: str) -> None:
        evidence.lately(of, ("anything",), lambda: asked.append(of))

    for of in (*"abcab", *map(str, range(LATELY)), *"ab"):
        known(of)
    assert asked == [*"abc", *map(str, range(LATELY)), *"ab"]
    assert evidence.copy(PROJECT).lately("b", ("anything",), lambda: "anew") is None
    assert pickle.loads(pickle.dumps(evidence)).lately("b", ("anything",), lambda: "anew") == "anew"


class Heard(Nursery):
    """A nursery that notes what it is asked to work out."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = list[object]()

    def rehearse(
        self, project: object, reports: Sequence[Mapping[str, object]], *more: object, **_: object
    ) -> None:
        self.asked += [report["lang"] for report in reports]


def test_what_languages_share_is_asked_for_once_a_little_before_they_begin() -> None:
    nursery = Heard()
    jobs = [
        Job("n", {"lang": f"{lang} of {of}"}, f"{of}.{lang}", SETTINGS, of)
        for of in "abc"
        for lang in ("zh", "en")
    ]
    ahead = Ahead([*jobs, Job("n", {"lang": "alone"}, "alone", SETTINGS)], PROJECT, nursery)
    seen = []
    for at in range(7):
        ahead.before(at)
        seen.append(len(nursery.asked))
    assert nursery.asked == ["zh of a", "zh of b", "zh of c"]
    assert seen == [2, 2, 3, 3, 3, 3, 3]
