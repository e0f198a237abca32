"""What another package adds, as the page on plug-ins shows it: a block, a format, a theme and a layout."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "howto" / "plugins.md").read_text("utf-8")
CODE = dict(re.findall(r"`(futian_extra/\w+\.py)`:\n\n```python\n(.*?)```", PAGE, re.DOTALL))
(PROJECT,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
(TABLE,) = re.findall(r"```csv\n(.*?)```", PAGE, re.DOTALL)
POINTS: Mapping[str, Mapping[str, str]] = tomllib.loads(PROJECT)["project"]["entry-points"]
THEMES, BLOCKS = "futian_model.themes", "futian_model.blocks"
SCENARIO = """\
id: halves
extends: evidence_trend
title: {zh: 减半, en: Halved}
description: {zh: 增速逐年减半, en: Growth is halved every year}
levers: {growth: {block: fading, first: 0.08}}
"""


def add(home: Path, points: Mapping[str, Mapping[str, str]]) -> None:
    """Entry points as an installer writes them."""
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in entries.items())
        for group, entries in points.items()
    ]
    (home / "futian_extra-1.dist-info" / "entry_points.txt").write_text("\n".join(lines), "utf-8")


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """The package of the page as an installer leaves it, on Python's path."""
    home = tmp_path / "site"
    metadata = "Metadata-Version: 2.1\nName: futian-extra\nVersion: 1\n"
    for name, text in {**CODE, "futian_extra-1.dist-info/METADATA": metadata}.items():
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    add(home, POINTS)
    return home


def futian(beside: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "futian_model.cli", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(beside), str(ROOT)])},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
    )


def test_a_block_a_format_and_a_theme_of_another_package_make_a_report(beside: Path, tmp_path: Path) -> None:
    scenario, out = tmp_path / "halves.yaml", tmp_path / "out"
    scenario.write_text(SCENARIO, "utf-8")
    options = ["--format", "txt", "--lang", "en", "--draws", "200", "--output", str(out)]
    done = futian(beside, "run", str(scenario), *options)
    assert done.returncode == 0, done.stdout + done.stderr
    report = out / "halves" / "halves.en.txt"
    assert re.search(r"8(\.0+)?% at first, halved every year", report.read_text("utf-8"))
    assert ">Text<" in (out / "index.html").read_text("utf-8")
    notebook = (out / "halves" / "halves.en.ipynb").read_text("utf-8")
    pictures = re.findall(r"data:image/svg\+xml,[^\"\\]+", notebook)
    assert any("%237a1f2b" in picture for picture in pictures)
    assert not any("%230072b2" in picture for picture in pictures)
    verified = futian(beside, "verify", str(report))
    assert verified.returncode == 0, verified.stdout + verified.stderr
    again = futian(beside, "run", str(scenario), *options)
    assert "1 of them unchanged" in again.stderr
    office = beside / "futian_extra" / "office.py"
    office.write_text(office.read_text("utf-8").replace("#7A1F2B", "#1F2B7A"), "utf-8")
    changed = futian(beside, "run", str(scenario), *options)
    assert "unchanged" not in changed.stderr
    assert "%231f2b7a" in (out / "halves" / "halves.en.ipynb").read_text("utf-8")


def test_a_layout_of_another_package_reads_its_table(beside: Path, tmp_path: Path) -> None:
    file = tmp_path / "bulletin.csv"
    file.write_text(TABLE, "utf-8")
    options = ["--place", "futian", "--source", "nddaily_20251217"]
    options += ["--basis", "unstated", "--price-basis", "nominal"]
    done = futian(beside, "import", str(file), *options)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "bulletin" in done.stdout
    assert "5948.82" in done.stdout


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("growth.fading", "futian_extra.fading:np", "allowed: a Block"),
        ("growth.fading", "futian_extra.nowhere:Fading", "allowed: a Block; loading it: No module named"),
        ("speed.fading", "futian_extra.fading:Fading", "allowed: growth.<name> or population.<name>"),
    ],
)
def test_what_is_no_block_is_refused_with_its_package(
    beside: Path, name: str, value: str, words: str
) -> None:
    refused(beside, {**POINTS, BLOCKS: {name: value}}, words, name)


@pytest.mark.parametrize(
    ("theme", "words"),
    [
        ('{"scenario": "#FFEE00"}', "allowed: a colour dark enough to read"),
        ('{"scenario": "red"}', "allowed: a colour as #RRGGBB"),
        ('{"scenarios": "#7A1F2B"}', "did you mean futian_model.themes.office.scenario"),
        ('["#7A1F2B"]', "allowed: a mapping of names to colours"),
    ],
)
def test_what_is_no_theme_is_refused(beside: Path, theme: str, words: str) -> None:
    (beside / "futian_extra" / "office.py").write_text(f"OFFICE = {theme}\n", "utf-8")
    refused(beside, POINTS, words, "futian_model.themes.office")


def test_two_themes_are_refused(beside: Path) -> None:
    both = {**POINTS[THEMES], "other": "futian_extra.office:OFFICE"}
    refused(beside, {**POINTS, THEMES: both}, "'office, other'; allowed: one of them", "themes")


def refused(beside: Path, points: Mapping[str, Mapping[str, str]], *words: str) -> None:
    """A command that reads blocks and draws says what is wrong in a line."""
    add(beside, points)
    done = futian(beside, "run", "evidence_trend", "--output", str(beside / "out"))
    assert done.returncode != 0
    assert all(word in done.stderr for word in words), done.stderr
    assert "Traceback" not in done.stderr
