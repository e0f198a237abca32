"""The command line as a user types it: what it prints, what it writes, how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from futian_model import __version__, cli
from futian_model.batch.folder import LOCK
from futian_model.project import find_project

ROOT = find_project(Path(__file__).parent).root
HEAD = "title: {zh: 试验, en: Trial}\ndescription: {zh: 一项试验。, en: A trial.}\nextends: trend_2021\n"

INTERRUPTIBLE = (
    "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "from futian_model.cli import main; sys.exit(main())"
)
"""`futian` as a terminal starts it: what tests start in the background would else be deaf to SIGINT."""


@pytest.fixture(autouse=True)
def inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    file = tmp_path / "bad.yaml"
    file.write_text("id: bad\n" + HEAD + "levers:\n  growht: {block: trend}\n  population: 3\n", "utf-8")
    return file


def test_checking_imports_nothing_that_it_has_no_use_for() -> None:
    code = (
        "import sys; from futian_model.cli import main; main(['check', 'evidence_trend']);"
        " sys.exit(bool({'scipy.stats', 'scipy.optimize', 'statsmodels', 'matplotlib'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True)
    assert done.returncode == 0


@pytest.mark.parametrize("command", ["check", "run"])
def test_bad_input_is_told_without_traceback_and_nothing_is_written(
    command: str, bad: Path, tmp_path: Path
) -> None:
    output = ["--output", str(tmp_path / "out")] if command == "run" else []
    ended = subprocess.run(
        [sys.executable, "-m", "futian_model.cli", command, *output, str(bad)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr == (
        f"{bad}, line 6: unknown levers.growht; did you mean levers.growth?\n"
        f"{bad}, line 7: levers.population = 3; allowed: a block: growth of the year-end resident"
        " population, a fraction a year\n"
    )
    assert sorted(tmp_path.iterdir()) == [bad]


FAULTS = ROOT / "tests" / "faults" / "scenario"


@pytest.mark.parametrize("folder", sorted(FAULTS.iterdir()), ids=lambda folder: folder.name)
def test_every_kind_of_bad_file_ends_the_check_with_its_message(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", *map(str, sorted(folder.glob("*.yaml")))]) == 2
    told = capsys.readouterr().err.replace(f"{folder.relative_to(ROOT)}/", "")
    assert told == (folder / "message.txt").read_text("utf-8")


def test_check_prints_what_each_scenario_assumes(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 0
    told = capsys.readouterr().out
    assert told.count("\n\n") == 7  # eight scenarios
    assert (
        "double_gdp_2035  If GDP doubles by 2035\n  (params/double_gdp_2035.yaml)\n"
        "  GDP growth: steady growth that reaches: GDP double its 2020 level by 2035\n" in told
    )
    assert cli.main(["check", "--lang", "zh", "trend_2021"]) == 0
    assert "  常住人口: 按数据趋势推算\n" in capsys.readouterr().out


def test_check_says_in_json_what_is_sound_and_what_is_not(
    bad: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check", "--json", "trend_2021", str(bad)]) == 2
    told = json.loads(capsys.readouterr().out)
    assert list(told["scenarios"]) == ["trend_2021"]
    assert told["scenarios"]["trend_2021"]["Data up to"] == "2021"
    assert len(told["faults"]) == 2


def test_a_trend_without_figures_is_refused_where_it_is_set(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "digital.yaml"
    file.write_text(
        "id: digital\n" + HEAD + "levers:\n  shares:\n    digital_economy_share:\n      block: trend\n",
        "utf-8",
    )
    assert cli.main(["check", str(file)]) == 2
    assert capsys.readouterr().err == (
        f"{file}, line 8: levers.shares.digital_economy_share.block = 'trend'; allowed: path or target:"
        " fewer than three published figures to estimate from\n"
    )


def test_show_scenario_says_where_each_value_is_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "scenario", "plan_targets"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "plan_targets  If the plan's targets are met / 若规划目标如期实现"
    fields = dict(line.split(maxsplit=1) for line in lines[1:])
    assert fields["levers.growth.targets[1].goal"].split(maxsplit=1) == [
        '"gdp_double_2035"',
        "params/plan_2021/plan_targets.yaml, line 17",
    ]
    assert fields["assumptions.horizon"].split(maxsplit=1) == [
        "2035",
        "params/evidence_trend.yaml, line 19",
    ]
    assert fields["run.draws"].split(maxsplit=1) == ["10000", "library default"]


def test_show_scenario_in_json_is_the_merged_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "scenario", "double_gdp_2035", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["scenario"]["levers"]["growth"]["targets"] == [{"goal": "gdp_double_2035"}]
    assert told["provenance"]["assumptions.vintage"] == "params/evidence_trend.yaml, line 20"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "--draws", "0"], "argument --draws: '0'; allowed: a whole number from 1"),
        (["run", "--draws", "1e3"], "argument --draws: '1e3'; allowed: a whole number from 1"),
        (["run", "--lang", "fr"], "argument --lang: invalid choice: 'fr'"),
        (["run", "--executor", "dask"], "--executor dask and --scheduler ADDRESS go together"),
        (["run", "--format", "odt"], "argument --format: invalid choice: 'odt'"),
        (["rnu"], "invalid choice: 'rnu'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_a_mistyped_command_line(arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"{__version__}\n"


def test_an_output_that_is_a_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "taken"
    file.write_text("mine")
    assert cli.main(["run", "--output", str(file), "trend_2021"]) == 1
    assert capsys.readouterr().err == f"{file}: File exists\n"
    assert file.read_text() == "mine"


def test_sound_scenarios_are_reported_beside_a_bad_one(
    bad: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["run", "--output", str(out), "--lang", "en", "--format", "html", "--draws", "50"]
    arguments += ["--seed", "7"]
    assert cli.main([*arguments, str(bad), "trend_2021"]) == 2
    told = capsys.readouterr()
    assert told.out == f"{out / 'index.html'}\n"
    assert f"bad: failed: {bad}, line 6: unknown levers.growht; did you mean levers.growth?" in told.err
    assert "1 of 2 scenarios reported" in told.err
    manifest = json.loads((out / "trend_2021" / "manifest.json").read_text("utf-8"))
    assert (manifest["draws"], manifest["seed"], manifest["langs"]) == (50, 7, ["en"])
    assert not (out / "bad").exists()
    assert "unknown levers.growht" in (out / "index.html").read_text("utf-8")


def test_a_dry_run_lists_what_would_run_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = tmp_path / "wide.yaml", tmp_path / "out"
    file.write_text("id: wide\n" + HEAD + "grid: {assumptions.uncertainty.scale: [1, 2]}\n", "utf-8")
    arguments = ["run", "--dry-run", "--output", str(out), "--set", "run.seed=7", str(file), "stagnation"]
    assert cli.main(arguments) == 0
    assert capsys.readouterr().out.splitlines() == [
        "wide-scale-1-seed-7\tTrial (scale = 1, seed = 7)\tassumptions.uncertainty.scale=1; run.seed=7",
        "wide-scale-2-seed-7\tTrial (scale = 2, seed = 7)\tassumptions.uncertainty.scale=2; run.seed=7",
        "stagnation-seed-7\tIf growth stagnates (seed = 7)\trun.seed=7",
    ]
    assert not out.exists()
    assert cli.main(["run", "--dry-run", "--set", "run.sed=7", "stagnation"]) == 2
    assert capsys.readouterr().err == "override: unknown run.sed; did you mean run.seed?\n"


@pytest.mark.thorough
def test_a_batch_in_which_nothing_changed_is_known_without_reading_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    arguments = ["run", "--output", str(out), "--lang", "en", "--draws", "50", "--format", "html"]
    arguments += ["--set", "assumptions.uncertainty.scale=2", "stagnation"]
    assert cli.main(arguments) == 0
    held = sorted(path.name for path in (out / "stagnation-scale-2").iterdir())
    assert held == [
        "dictionary.csv",
        "manifest.json",
        "results.csv",
        "results.parquet",
        *(f"stagnation-scale-2.en.{ending}" for ending in ("html", "ipynb")),
    ]
    assert "(scale = 2)" in (out / "stagnation-scale-2" / "stagnation-scale-2.en.html").read_text("utf-8")
    capsys.readouterr()
    log = (out / "run_log.jsonl").read_bytes()
    assert cli.main(arguments) == 0
    assert "(unchanged)" in capsys.readouterr().err
    assert (out / "run_log.jsonl").read_bytes() == log  # not so much as begun
    (out / "stagnation-scale-2" / "results.csv").write_text("mine", "utf-8")
    assert cli.main(arguments) == 0
    assert "changed by hand, is kept as stagnation-scale-2.kept-1" in capsys.readouterr().err


@pytest.mark.thorough
def test_an_interrupted_run_leaves_whole_reports(tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [
        sys.executable,
        "-c",
        INTERRUPTIBLE,
        "run",
        "--draws",
        "20",
        "--lang",
        "en",
        "--format",
        "html",
        "--jobs",
        "1",
    ]
    running = subprocess.Popen([*command, "--output", str(out)], stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 60
        while not (out / "evidence_trend").exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        os.kill(running.pid, signal.SIGINT)
        _, told = running.communicate(timeout=60)
    finally:
        running.kill()
    assert running.returncode == 130
    assert told.endswith("stopped; what is finished is whole\n")
    assert sorted(file.name for file in out.iterdir()) == [LOCK, "evidence_trend", "run_log.jsonl"]
    manifest = json.loads((out / "evidence_trend" / "manifest.json").read_text("utf-8"))
    assert all((out / "evidence_trend" / name).is_file() for name in manifest["files"])


def test_check_says_what_starts_from_an_earlier_year(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "later.yaml"
    head = HEAD.replace("trend_2021", "evidence_trend")
    file.write_text(f"id: later\n{head}assumptions: {{base_year: 2025}}\n", "utf-8")
    assert cli.main(["check", str(file)]) == 0
    told = capsys.readouterr().out
    carried = "GDP (2024); census population (2020); headquarters share of GDP (2022)"
    assert "Without a figure of 2025, these start from their last one, carried on as judged by" in told
    assert carried in told
    assert "Base-year levels: 2025, from: GDP of 2024, carried on" in told
    # what check passes runs, and what cannot run is told by check
    file.write_text(f"id: later\n{head}assumptions: {{base_year: 2024, gdp_source: futian_14fyp}}\n", "utf-8")
    assert cli.main(["check", str(file)]) == 2
    assert "futian.gdp = 2024; allowed: a year with a published figure: 1990, 2020" in capsys.readouterr().err
