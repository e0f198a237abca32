"""`futian list` names everything that a command can be given."""

import json

import pytest

from futian_model import cli
from futian_model.cli import tracking
from futian_model.evidence import figures, load_evidence
from futian_model.project import find_project

PROJECT = find_project()
EVIDENCE = load_evidence(PROJECT)
HELD = {
    "scenarios": {
        file.stem for folder in (PROJECT.params, *PROJECT.editions) for file in folder.glob("*.yaml")
    },
    "indicators": set(EVIDENCE.indicators.index),
    "goals": {goal.name for goal in EVIDENCE.quantified_goals()},
    "notebooks": {f"notebooks/{file.name}" for file in PROJECT.notebooks.glob("*.ipynb")}
    - {"notebooks/start.ipynb"},
}


@pytest.mark.parametrize("kind", HELD)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_list_names_all_there_is(kind: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["list", kind, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {next(iter(row.values())) for row in rows} == HELD[kind]
    assert cli.main(["list", kind, "--lang", lang]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[0].strip() for line in lines] == [next(iter(row.values())) for row in rows]
    assert all(line.split("  ")[-1].strip() for line in lines)


def test_a_list_of_what_there_is_not_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(["list", "goal"])
    assert "goals" in capsys.readouterr().err


def test_the_words_that_an_outturn_may_have_are_those_of_the_data():
    """The command line repeats them, to start without the figures."""
    assert sorted(tracking.KINDS) == sorted(figures.KINDS)
    assert sorted(tracking.PRECISIONS) == sorted(figures.PRECISIONS)
