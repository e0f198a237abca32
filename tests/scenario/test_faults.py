"""Every kind of bad scenario file: the folder's files are read together, the message is exact."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from futian_model.errors import InputErrors
from futian_model.evidence import Evidence
from futian_model.project import Project
from futian_model.scenario import load_scenario, load_scenarios

FAULTS = Path(__file__).parents[1] / "faults" / "scenario"


@pytest.mark.parametrize("folder", sorted(FAULTS.iterdir()), ids=lambda folder: folder.name)
def test_a_bad_file_is_told_with_place_value_and_what_is_allowed(
    folder: Path, project: Project, evidence: Evidence
) -> None:
    before = sorted(folder.rglob("*"))
    with pytest.raises(InputErrors) as raised:
        load_scenarios(sorted(folder.glob("*.yaml")), project, evidence=evidence)
    told = str(raised.value).replace(f"{project.shown(folder)}/", "")
    assert told + "\n" == (folder / "message.txt").read_text(encoding="utf-8")
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "evidence_trnd",
            (
                "scenario = 'evidence_trnd'; allowed: the path of a .yaml file, or census_population,"
                " double_both_2035, double_gdp_2035, double_gdp_per_capita_2035, evidence_trend,"
                " external_shock, headquarters_leave, official_targets, plan_targets, stagnation,"
                " three_engines, trend_2021; did you mean evidence_trend?"
            ),
        ),
        ("nowhere/plan.yaml", "{cwd}/nowhere/plan.yaml: no such file; allowed: the path of a .yaml file"),
        ("nowhere/", "{cwd}/nowhere: no such file; allowed: the path of a .yaml file"),
        (
            "",
            (
                "scenario = ''; allowed: the path of a .yaml file, or census_population,"
                " double_both_2035, double_gdp_2035, double_gdp_per_capita_2035, evidence_trend,"
                " external_shock, headquarters_leave, official_targets, plan_targets, stagnation,"
                " three_engines, trend_2021"
            ),
        ),
    ],
)
def test_a_scenario_that_is_not_there(
    name: str,
    told: str,
    project: Project,
    evidence: Evidence,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputErrors) as raised:
        load_scenario(name, project, evidence=evidence)
    assert str(raised.value) == told.format(cwd=tmp_path)


def test_a_folder_is_no_scenario(project: Project, evidence: Evidence, tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as raised:
        load_scenario(tmp_path, project, evidence=evidence)
    assert str(raised.value) == f"{tmp_path}: is not a file; allowed: the path of a .yaml file"


PIECES = st.sampled_from(
    [
        "id:",
        "title:",
        "{zh:",
        "en:",
        "}",
        "[",
        "]",
        "-",
        "levers:",
        "growth:",
        "block:",
        "path",
        "target",
        "phases:",
        "targets:",
        "goal:",
        "shares:",
        "null",
        ".nan",
        "assumptions:",
        "horizon:",
        "2035",
        "run:",
        "draws:",
        "-1",
        "true",
        "&a",
        "*a",
        "!!str",
        "?",
        "|",
        ">",
        "'",
        '"',
        "#",
        ",",
        "extends:",
        "trend_2021",
        "%",
        "\n",
        "\n  ",
        "\n    ",
        " ",
        "\t",
        "\x00",
        "é",
        "\ufeff",
        "---\n",
        "...\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join).map(str.encode) | st.binary(max_size=60))
def test_whatever_a_file_holds_the_fault_is_told(
    evidence: Evidence, tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.getbasetemp() / "any.yaml"
    file.write_bytes(content)
    with pytest.raises(InputErrors) as raised:
        load_scenario(file, evidence.project, evidence=evidence)
    assert all(str(fault).startswith(str(file)) for fault in raised.value.faults)
