"""One file, many scenarios: grids and values set for one run."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futian_model.errors import InputError
from futian_model.evidence import Evidence
from futian_model.project import Project
from futian_model.scenario import attempt_all, load_baseline, load_scenario
from futian_model.scenario.entries import Entry, scalar
from futian_model.scenario.names import ID
from futian_model.scenario.varying import overrides_of, parts_of, points, varied_id, written

HEAD = """\
id: trial
title: {zh: "试验{assumptions.uncertainty.scale}", en: "Trial {assumptions.uncertainty.scale%}"}
description: {zh: 一项试验。, en: A trial.}
extends: plan_targets
"""
TWO = HEAD + "grid:\n  assumptions.uncertainty.scale: [0.5, 2]\n  assumptions.vintage: ['2021', '2021-10']\n"


def written_file(folder: Path, text: str) -> Path:
    file = folder / "trial.yaml"
    file.write_text(text, "utf-8")
    return file


def test_every_combination_is_a_scenario_with_its_values_in_id_and_title(
    tmp_path: Path, project: Project, evidence: Evidence
) -> None:
    file = written_file(tmp_path, TWO)
    made = [one.scenario for one in attempt_all([file], project, evidence)]
    assert [one.id for one in made if one] == [
        "trial-scale-0_5-vintage-2021",
        "trial-scale-0_5-vintage-2021-10",
        "trial-scale-2-vintage-2021",
        "trial-scale-2-vintage-2021-10",
    ]
    first = made[0]
    assert first is not None
    assert (first.assumptions.uncertainty.scale, first.assumptions.vintage) == (0.5, "2021")
    assert (first.title.zh, first.title.en) == ("试验0.5（vintage = 2021）", "Trial 50% (vintage = 2021)")
    assert first.provenance["assumptions.uncertainty.scale"] == f"{file}, line 6"


def test_a_notebook_makes_the_same_scenario_from_its_two_texts(
    tmp_path: Path, project: Project, evidence: Evidence
) -> None:
    file = written_file(tmp_path, TWO)
    for one in attempt_all([file], project, evidence):
        assert one.scenario is not None
        again = load_scenario(file, project, evidence=evidence, overrides=one.scenario.overrides)
        assert again == one.scenario


def test_set_replaces_a_value_of_every_file_and_of_its_grid(
    tmp_path: Path, project: Project, evidence: Evidence
) -> None:
    file = written_file(tmp_path, TWO)
    overrides = "assumptions.uncertainty.scale=3; levers.growth.targets[1].goal=gdp_2025"
    made = [
        one.scenario
        for one in attempt_all([file, "plan_targets"], project, evidence, overrides)
        if one.scenario
    ]
    assert not made  # one goal twice is refused
    overrides = "assumptions.uncertainty.scale=3; levers.population.targets[0].goal=gdp_per_capita_2025"
    found = attempt_all([file, "plan_targets"], project, evidence, overrides)
    made = [one.scenario for one in found if one.scenario is not None]
    assert [one.assumptions.uncertainty.scale for one in made] == [3, 3, 3]
    assert made[-1].id == "plan_targets-scale-3-goal-gdp_per_capita_2025"
    assert made[-1].provenance["assumptions.uncertainty.scale"] == "override"


def test_a_varied_scenario_is_compared_with_its_file(project: Project, evidence: Evidence) -> None:
    varied = load_scenario(
        "stagnation", project, evidence=evidence, overrides="assumptions.uncertainty.scale=2"
    )
    against = load_baseline(varied, evidence, project)
    assert against is not None
    assert against == load_scenario("stagnation", project, evidence=evidence)


def test_a_title_that_waits_for_a_value_is_no_baseline(
    tmp_path: Path, project: Project, evidence: Evidence
) -> None:
    file = written_file(tmp_path, TWO)
    varied = load_scenario(file, project, evidence=evidence, overrides="assumptions.uncertainty.scale=2")
    against = load_baseline(varied, evidence, project)
    assert against is not None
    assert against.id == "plan_targets"


def test_a_block_changes_with_the_fields_set_beside_it(project: Project, evidence: Evidence) -> None:
    made = load_scenario(
        "plan_targets", project, evidence=evidence, overrides="levers.population.block=trend"
    )
    assert made.levers.population.block == "trend"


@pytest.mark.parametrize(
    ("grid", "told"),
    [
        (
            "grid: 3\n",
            "line 5: grid = 3; allowed: one or more fields, each with the list of its values",
        ),
        (
            "grid: {scale: [1]}\n",
            "line 5: grid = 'scale'; allowed: a field of levers, assumptions or run",
        ),
        (
            "grid: {judgments.x.size: [1]}\n",
            "line 5: grid = 'judgments.x.size'; allowed: a field of levers, assumptions or run",
        ),
        (
            "grid:\n  assumptions.uncertainty.scale: 2\n",
            "line 6: grid.assumptions.uncertainty.scale = 2; allowed: a list of one or more different",
        ),
        (
            "grid:\n  assumptions.uncertainty.scale: [2, 2]\n",
            "line 6: grid.assumptions.uncertainty.scale = [2, 2]; allowed: a list of one or more different",
        ),
        (
            "grid:\n  assumptions.uncertainty.scale:\n  - 1\n  - 11\n",
            "line 8: assumptions.uncertainty.scale = 11; allowed: factor on the yearly shocks, 0 to 10",
        ),
        (
            "grid:\n  assumptions.uncertanty.scale: [1]\n",
            "line 6: unknown assumptions.uncertanty; did you mean assumptions.uncertainty?",
        ),
        (
            "grid:\n  levers.growth.targets[9].goal: [gdp_2025]\n",
            "line 6: levers.growth.targets[9].goal = 'gdp_2025'; allowed: a place in the list, of which"
            " there are 2 (the first is [0])",
        ),
    ],
)
def test_a_faulty_grid_is_told_with_its_line(
    tmp_path: Path, project: Project, evidence: Evidence, grid: str, told: str
) -> None:
    file = written_file(tmp_path, HEAD + grid)
    faults = [str(fault) for one in attempt_all([file], project, evidence) for fault in one.faults]
    assert [fault for fault in faults if fault.startswith(f"{file}, {told}")], faults


def test_too_many_combinations_are_refused() -> None:
    axis = Entry([Entry(value, "x.yaml", 1) for value in range(101)], "x.yaml", 1)
    fields = ("run.draws", "run.seed")
    root = Entry({"grid": Entry(dict.fromkeys(fields, axis), "x.yaml", 1)}, "x.yaml", 1)
    found, (fault,) = points(root)
    assert not found
    assert str(fault) == "x.yaml, line 1: grid = '10,201 combinations'; allowed: at most 10,000 combinations"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("scale", "set = 'scale'; allowed: field=value"),
        ("assumptions.uncertainty.scale=", "set = 'assumptions.uncertainty.scale='; allowed: field=value"),
        ("id=x", "set = 'id'; allowed: a field of levers, assumptions or run"),
        ("levers..growth=1", "set = 'levers..growth'; allowed: a field of levers, assumptions or run"),
    ],
)
def test_a_value_to_set_that_cannot_be_read_is_told(text: str, told: str) -> None:
    with pytest.raises(InputError) as raised:
        overrides_of(text)
    assert str(raised.value).startswith(told)


VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6),
    st.floats(allow_nan=False, allow_infinity=False).map(float),
    st.from_regex(r"[a-z0-9][a-z0-9 ._-]{0,10}[a-z0-9]", fullmatch=True),
)
FIELDS = st.sampled_from(["assumptions.uncertainty.scale", "run.seed", "levers.growth.phases[0].end"])


@given(st.dictionaries(FIELDS, VALUES, min_size=1))
def test_values_written_are_read_back(values: dict[str, object]) -> None:
    entries = {field: Entry(value, "x", 1) for field, value in values.items()}
    read = {field: entry.value for field, entry in overrides_of(written(entries)).items()}
    assert read == values
    assert {field: type(value) for field, value in read.items()} == {
        field: type(value) for field, value in values.items()
    }


@given(st.dictionaries(FIELDS, VALUES, min_size=1), st.from_regex(ID, fullmatch=True))
def test_an_id_with_values_is_an_id(values: dict[str, object], own: str) -> None:
    made = varied_id(own.strip(), {field: Entry(value, "x", 1) for field, value in values.items()})
    assert re.fullmatch(ID, made)


def test_a_field_is_named_in_one_way() -> None:
    assert parts_of("levers.growth.phases[0].end") == ("levers", "growth", "phases", 0, "end")
    assert parts_of("levers") is None
    assert parts_of("levers.[0]") is None
    assert parts_of("levers.growth.") is None
    assert scalar("0.5") == 0.5
