"""From a bureau's quarterly table to how far the annual plan is fulfilled: the README's commands, run."""

import csv
import os
import re
import shlex
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from shutil import copy

import pytest

from futian_model import cli
from futian_model.project import find_project

pytestmark = pytest.mark.thorough

ROOT = find_project(Path(__file__).parent).root
TABLE = Path("examples/tables/futian_2016q3.csv")


def commands() -> list[list[str]]:
    """The four of the README, in order."""
    text = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    (block,) = [block for block in blocks if "papermill" in block]
    return [shlex.split(line) for line in block.splitlines()]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def without(file: Path, beginning: str) -> None:
    """A table without the rows that begin so."""
    lines = file.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(beginning)]
    assert len(kept) < len(lines)
    file.write_text("".join(kept), "utf-8", newline="")


def run(command: list[str], folder: Path) -> str:
    """A command of the README in a folder, as a shell runs it."""
    programs = {"futian": [sys.executable, "-m", "futian_model.cli"]}
    words = programs.get(command[0], [str(Path(sysconfig.get_path("scripts")) / command[0])])
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")]))
    done = subprocess.run(
        [*words, *command[1:]],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_four_commands_lead_from_a_table_to_the_finished_page(tmp_path: Path) -> None:
    """In a project laid out afresh, of whose table neither figures nor targets are held yet."""
    project = tmp_path / "office"
    assert cli.main(["init", str(project)]) == 0
    observations, plan = (project / "data" / name for name in ("observations.csv", "annual_plan.csv"))
    for beginning in ("futian,gdp,2016Q1-Q3,", "futian,real_gdp_growth,2016Q1-Q3,"):
        without(observations, beginning)
    without(plan, "futian,2016,gdp,")
    (project / TABLE.parent).mkdir(parents=True)
    copy(ROOT / TABLE, project / TABLE)
    look, write, make, save = commands()
    before = observations.read_bytes(), plan.read_bytes()
    told = run(look, project)
    assert "new: Futian, GDP (target of the annual plan) 2016: 3560–3570 亿元" in told
    assert (observations.read_bytes(), plan.read_bytes()) == before
    run(write, project)
    (row,) = [
        row for row in rows(plan) if (row["geo"], row["year"], row["indicator"]) == ("futian", "2016", "gdp")
    ]
    assert (row["low"], row["high"], row["operator"], row["source"]) == (
        "3560",
        "3570",
        "≥",
        "ftstat_2016_22",
    )
    assert [row["value"] for row in rows(observations) if row["period"] == "2016Q1-Q3"].count("2590.33") == 1
    run(make, project)
    run(save, project)
    with zipfile.ZipFile(project / "plan_2016.docx") as file:
        text = re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())
    for printed in (
        "福田区2016年年度计划完成情况",
        "3,560–3,570",
        "72.6%–72.8%",
        "往年进度",
        "余下季度须增长",
    ):
        assert printed in text, printed
