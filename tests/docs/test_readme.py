"""The READMEs: their chart is the code's, their scenario runs, their figures stand in the data."""

import re
import shlex
import sys
from pathlib import Path

import numpy as np
import pytest

from futian_model import cli
from futian_model.evidence import load_evidence
from futian_model.project import find_project
from futian_model.scenario import load_scenario
from futian_model.simulation import simulate

ROOT = find_project(Path(__file__).parent).root
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
sys.path.insert(0, str(ROOT / "tools"))
import readme_chart  # noqa: E402


def blocks(lang: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", READMES[lang].read_text("utf-8"), re.DOTALL | re.MULTILINE)


def commands(lang: str) -> list[list[str]]:
    return [shlex.split(line, comments=True) for block in blocks(lang, "sh") for line in block.splitlines()]


@pytest.mark.parametrize("lang", READMES)
def test_the_chart_is_what_the_code_draws(lang: str) -> None:
    committed = (ROOT / "docs" / f"gdp.{lang}.svg").read_text("utf-8")
    assert f"docs/gdp.{lang}.svg" in READMES[lang].read_text("utf-8")
    number = re.compile(r"-?\d*\.?\d+")
    drawn = readme_chart.drawn(lang) + "\n"
    assert number.sub("#", drawn) == number.sub("#", committed)
    # another processor may round the last digit of a coordinate otherwise
    found, kept = (np.array(number.findall(text), float) for text in (drawn, committed))
    np.testing.assert_allclose(found, kept, atol=0.05)


@pytest.mark.parametrize("lang", READMES)
def test_the_scenario_is_five_lines_and_runs(
    lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (text,) = blocks(lang, "yaml")
    assert len(text.splitlines()) == 5
    file = tmp_path / "slower_growth.yaml"
    file.write_text(text, "utf-8")
    result = simulate(load_scenario(file), load_evidence(), draws=10)
    assert result.central["real_gdp"][-1] == pytest.approx(4800 * 1.04**15)
    for command in commands(lang):
        if command[0].endswith("futian") and command[1] not in ("run", "verify", "lab"):
            given = [str(file) if word == "slower_growth" else word for word in command[1:]]
            assert cli.main(given) == 0
    assert "4.00%" in capsys.readouterr().out


@pytest.mark.parametrize("lang", READMES)
def test_every_command_exists(lang: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    made = [command for command in commands(lang) if command[0] == "make"]
    assert [command[1] for command in made] == ["report", "test"]
    assert {command[1] for command in made} <= targets
    runs = [command for command in commands(lang) if command[0].endswith("futian")]
    assert all(cli.parser().parse_args(command[1:]) for command in runs)
    assert [command[2] for command in commands(lang) if "jupyter" in command[0]] == [
        "notebooks/scenario_report.ipynb"
    ]


def test_the_python_of_both_is_the_same_and_runs() -> None:
    (english,), (chinese,) = blocks("en", "python"), blocks("zh", "python")
    code, other = (re.sub(r" +#.*", "", text) for text in (english, chinese))
    assert code == other
    names: dict[str, object] = {}
    *lines, quantiles, probability = code.strip().splitlines()
    exec("\n".join(lines), names)
    assert eval(quantiles, names)[0.5] > 4800
    assert 0 < eval(probability, names) < 1


@pytest.mark.parametrize("lang", READMES)
def test_the_outturn_stands_in_the_data(lang: str) -> None:
    (row,) = blocks(lang, "csv")
    assert row.strip() in (ROOT / "data" / "observations.csv").read_text("utf-8").splitlines()


def test_both_speak_of_the_same_things() -> None:
    english, chinese = (path.read_text("utf-8") for path in READMES.values())
    for pattern in (r"^#+", r"`[^`\n]+`", r"!\[[^]]*\]"):
        assert len(re.findall(pattern, english, re.MULTILINE)) == len(
            re.findall(pattern, chinese, re.MULTILINE)
        ), pattern


@pytest.mark.parametrize("lang", READMES)
def test_the_record_it_quotes_is_the_stored_one(lang):
    evidence = load_evidence()
    rows = evidence.record.query("quantity == 'real_gdp_growth' and panel == 'economies' and horizon == 15")
    held = rows[rows["origin"] == "all"].set_index("method")
    text = READMES[lang].read_text("utf-8")
    for method in ("ladder", "mean_growth"):
        share = f"{100 * held.loc[method, 'coverage_80']:.0f}"
        assert f"{share}%" in text
    assert held.loc["ladder", "independent"] == 2
    economies = evidence.constants.query("quantity == 'real_gdp_growth' and panel == 'economies'")
    assert str(economies["units"].max()) in text
