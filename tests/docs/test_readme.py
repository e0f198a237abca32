"""READMEs and how-tos: their chart is the code's, their commands run, their figures stand in the data."""

import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import readme_chart
from programs import CHROMIUM, LIBREOFFICE

from futian_model import __version__, cli
from futian_model.evidence import load_evidence
from futian_model.project import find_project
from futian_model.scenario import load_scenario
from futian_model.simulation import simulate

ROOT = find_project(Path(__file__).parent).root
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh.md"}
PLUGINS = "plugins.md"
"""In English alone; its commands are none, its code is run by `tests/setup/test_extensions.py`."""
FOLDERS = {"en": ROOT / "docs", "zh": ROOT / "docs" / "zh"}
PAGES = {
    lang: [
        READMES[lang],
        *sorted(file for file in folder.glob("howto/*.md") if file.name != PLUGINS),
        *(folder / name for name in ("record.md", "start.md")),
    ]
    for lang, folder in FOLDERS.items()
}
PROGRAMS = {"make", ".", "futian", "jupyter", "papermill", "python", "cd", "dask"}
OPENED = ("explore", "lab")
"""Commands that open a browser."""
LONG = {"dask", "--front", "--settles", "--effort", "--regret"}
"""Words of commands that take long; others test them, here they are parsed."""


def texts(lang: str) -> str:
    return "\n".join(page.read_text("utf-8") for page in PAGES[lang])


def blocks(lang: str, kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", texts(lang), re.DOTALL | re.MULTILINE)


def commands(lang: str) -> list[list[str]]:
    lines = "".join(blocks(lang, "sh")).replace("\\\n", " ").splitlines()
    return [shlex.split(line, comments=True) for line in lines]


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
def test_the_scenario_is_five_lines_and_runs(lang: str, tmp_path: Path) -> None:
    (text,) = blocks(lang, "yaml")
    assert len(text.splitlines()) == 5
    file = tmp_path / "slower_growth.yaml"
    file.write_text(text, "utf-8")
    result = simulate(load_scenario(file), load_evidence(), draws=10)
    grown = result.central["real_gdp"]
    assert grown[-1] == pytest.approx(grown[result.driven.jump] * 1.04**10)  # from 2026 on


def test_every_command_of_the_library_does_what_it_is_there_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = tmp_path / "futian"
    for folder in ("data", "params", "notebooks", "examples/tables"):
        shutil.copytree(ROOT / folder, project / folder)
    for text in (*blocks("en", "yaml"), *blocks("en", "text")):
        name = text.splitlines()[0].removeprefix("id: ")
        assert all(f"`params/{name}.yaml`" in texts(lang) for lang in PAGES)
        (project / "params" / f"{name}.yaml").write_text(text, "utf-8")
    monkeypatch.chdir(project)
    for program, name, *rest in commands("en"):
        if program == "futian" and name == "verify":
            scenario, file = Path(rest[0]).relative_to("outputs").parts
            assert file == f"{scenario}.en.docx"
            assert (project / "params" / f"{scenario}.yaml").is_file()
        elif program == "futian" and name == "review":  # of a report that somebody has edited
            assert rest[0] in ("edited.docx", "--undo")
        elif program == "futian" and name not in OPENED and not LONG & {*rest}:
            words = [word for one in rest for word in (sorted(map(str, Path().glob(one))) or [one])]
            listed = ["--dry-run"] if name == "run" else []
            assert cli.main([name, *words, *listed]) == 0, (name, rest)
    printed = capsys.readouterr().out
    assert "4.00%" in printed
    assert printed.count("\nwide-") >= 18
    assert (tmp_path / "nanshan" / "data" / "observations.csv").is_file()
    assert (project / "mine" / "notebooks" / "start.ipynb").is_file()
    assert (project / "data" / "sources.csv").read_bytes() == (ROOT / "data" / "sources.csv").read_bytes()


def test_both_give_the_same_commands_and_files() -> None:
    english, chinese = commands("en"), commands("zh")
    title = [
        ("Statistical bulletin 2025", "2025年统计公报"),
        ("evidence_trend.en.docx", "evidence_trend.zh.docx"),
    ]
    for one, other in zip(english, chinese, strict=True):
        for word, counterpart in zip(one, other, strict=True):
            assert word == counterpart or (Path(word).name, Path(counterpart).name) in title
    assert blocks("en", "text") == blocks("zh", "text")
    assert blocks("en", "yaml") == blocks("zh", "yaml")


@pytest.mark.parametrize("lang", READMES)
def test_one_line_gets_every_program_that_tests_need(lang: str) -> None:
    text = texts(lang)
    for program in (CHROMIUM, LIBREOFFICE):
        assert program.name in text
        for source in program.source.split(", or "):
            assert f"`{source}`" in text


@pytest.mark.parametrize("file", sorted([*ROOT.glob("README*.md"), *ROOT.glob("examples/*/*.md")]))
def test_one_line_enters_the_environment(file: Path) -> None:
    assert file.read_text("utf-8").count(". .venv/bin/activate") == 1


@pytest.mark.parametrize("file", sorted([*PAGES["en"], *PAGES["zh"], *ROOT.glob("examples/*/*.md")]))
def test_commands_are_pasted_as_they_stand_into_the_environment(file: Path) -> None:
    """Without prompts, paths to its programs, or names to fill in."""
    text = file.read_text("utf-8")
    blocks = re.findall(r"^```(\w+)\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    assert not [block for kind, block in blocks if kind != "sh" and re.search(r"^(\$ |futian )", block, re.M)]
    spans = re.findall(r"`(futian [^`]+)`", text)
    for _, *words in map(shlex.split, spans):
        if len(words) == 1 or words[-1] == "--help":
            with pytest.raises(SystemExit, match=r"^0$"):
                cli.parser().parse_args([words[0], "--help"])
        else:
            assert cli.parser().parse_args(words)
        assert not [word for word in words if re.fullmatch("[A-Z]+", word)], words
    assert not re.search(r"[\w/.]+bin/(futian|jupyter|papermill)|futian[^`\n]*\.venv", text)


@pytest.mark.parametrize("lang", PAGES)
def test_the_wheel_it_installs_is_of_this_version(lang: str) -> None:
    wheels = re.findall(r"futian_model-([\d.]+)-py3-none-any\.whl", texts(lang))
    assert wheels == [__version__]
    assert f"\nversion: {__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\n## {__version__} (" in (ROOT / "CHANGELOG.md").read_text("utf-8")


@pytest.mark.parametrize("lang", READMES)
def test_every_command_exists(lang: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    made = [command for command in commands(lang) if command[0] == "make"]
    assert [command[1] for command in made][:2] == ["report", "test"]
    assert {command[1] for command in made} <= targets
    runs = [command for command in commands(lang) if command[0] == "futian"]
    assert len(runs) > 10
    assert all(cli.parser().parse_args(command[1:]) for command in runs)
    assert {command[0] for command in commands(lang)} == PROGRAMS
    assert [command[-1] for command in commands(lang) if "jupyter" in command[0]] == [
        "plan_2016.ipynb",
        "notebooks/scenario_report.ipynb",
    ]


def test_the_python_of_both_is_the_same_and_runs(tmp_path: Path) -> None:
    english, chinese = ([re.sub(r" +#.*", "", text) for text in blocks(lang, "python")] for lang in PAGES)
    assert english == chinese
    code, short = english
    exec(short, {})
    names: dict[str, Any] = {}
    *lines, probability, quantiles = code.strip().splitlines()
    exec("\n".join(lines).replace("slower.yaml", str(tmp_path / "slower.yaml")), names)
    assert load_scenario(tmp_path / "slower.yaml").levers == names["slower"].levers
    assert 0 < eval(probability, names) < 1
    assert eval(quantiles, names).loc[2035, 0.5] > 4800


@pytest.mark.parametrize("lang", READMES)
def test_the_outturn_stands_in_the_data(lang: str) -> None:
    (row,) = blocks(lang, "csv")
    assert row.strip() in (ROOT / "data" / "observations.csv").read_text("utf-8").splitlines()


def test_every_page_is_there_in_both() -> None:
    english, chinese = ([file.name for file in files[1:]] for files in PAGES.values())
    assert english == chinese


@pytest.mark.parametrize("pair", list(zip(*PAGES.values(), strict=True)), ids=lambda pair: pair[0].stem)
def test_both_speak_of_the_same_things(pair: tuple[Path, Path]) -> None:
    english, chinese = (path.read_text("utf-8") for path in pair)
    for pattern in (r"^#+", r"`[^`\n]+`", r"!\[[^]]*\]", r"\]\("):
        assert len(re.findall(pattern, english, re.MULTILINE)) == len(
            re.findall(pattern, chinese, re.MULTILINE)
        ), pattern


@pytest.mark.parametrize("lang", READMES)
def test_the_record_it_quotes_is_the_stored_one(lang):
    evidence = load_evidence()
    rows = evidence.record.query("quantity == 'real_gdp_growth' and panel == 'economies' and horizon == 15")
    held = rows[rows["origin"] == "all"].set_index("method")
    text = READMES[lang].read_text("utf-8")
    assert text.count("%") >= 3
    for method in ("ladder", "mean_growth"):
        share = f"{100 * held.loc[method, 'coverage_80']:.0f}"
        assert f"{share}%" in text
    assert held.loc["ladder", "independent"] == 3
    economies = evidence.constants.query("quantity == 'real_gdp_growth' and panel == 'economies'")
    assert str(economies["units"].max()) in text
