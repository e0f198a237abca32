"""A growth block and a format from another package: ten lines each, and an entry point."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FADING = """
from typing import Literal
import numpy as np
from pydantic import Field
from futian_model.scenario.blocks import Block, Path
from futian_model.scenario.clauses import Clause, Quantity

class Fading(Block):
    block: Literal["fading"] = Field(description="fading: growth that halves every year")
    first: float = Field(description="growth in the first year, a fraction")
    texts = {
        "zh": {"block_fading": "首年{first}，逐年减半"},
        "en": {"block_fading": "{first} at first, halved every year"},
    }

    def log_growth(self, ground):
        return Path(np.log1p(self.first * 0.5 ** np.arange(ground.span)))

    def said(self, share=None):
        return Clause("block_fading", {"first": Quantity(self.first, "growth")})
"""
PLAIN = """
from futian_model.report.page.carried import Written
from futian_model.report.writers import md
from futian_model.report.writers.formats import Format

FORMAT = Format("txt", "Report, text", "text/plain", False, package="futian_extra.plain", label="Text")
MARK = b"\\n-- notebook: "

def write(document):
    lines = md.seen(md.write(document).content)
    return Written("\\n".join(lines).encode() + MARK + document.carried.encode())

def carried(content):
    return content.partition(MARK)[2].decode() or None

def seen(content):
    return content.partition(MARK)[0].decode().splitlines()

def pictures(content):
    return []
"""
POINTS = """[futian_model.blocks]
{block}

[futian_model.formats]
txt = futian_extra.plain:FORMAT
"""
SCENARIO = """\
id: halves
extends: evidence_trend
title: {zh: 减半, en: Halved}
description: {zh: 增速逐年减半, en: Growth is halved every year}
levers: {growth: {block: fading, first: 0.08}}
"""


@pytest.fixture
def beside(tmp_path: Path) -> Path:
    """Another package as an installer leaves it, on Python's path."""
    home = tmp_path / "site"
    for name, text in (
        ("futian_extra/__init__.py", ""),
        ("futian_extra/fading.py", FADING),
        ("futian_extra/plain.py", PLAIN),
        ("futian_extra-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: futian-extra\nVersion: 1\n"),
        (
            "futian_extra-1.dist-info/entry_points.txt",
            POINTS.format(block="growth.fading = futian_extra.fading:Fading"),
        ),
    ):
        file = home / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
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


def test_a_block_and_a_format_of_another_package_make_a_report(beside: Path, tmp_path: Path) -> None:
    scenario = tmp_path / "halves.yaml"
    scenario.write_text(SCENARIO, "utf-8")
    out = tmp_path / "out"
    done = futian(
        beside,
        "run",
        str(scenario),
        "--format",
        "txt",
        "--lang",
        "en",
        "--draws",
        "200",
        "--output",
        str(out),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    report = out / "halves" / "halves.en.txt"
    assert re.search(r"8(\.0+)?% at first, halved every year", report.read_text("utf-8"))
    assert ">Text<" in (out / "index.html").read_text("utf-8")
    verified = futian(beside, "verify", str(report))
    assert verified.returncode == 0, verified.stdout + verified.stderr


@pytest.mark.parametrize(
    ("point", "words"),
    [
        ("growth.fading = futian_extra.fading:np", "allowed: a Block"),
        ("growth.fading = futian_extra.nowhere:Fading", "allowed: a Block; loading it: No module named"),
        ("speed.fading = futian_extra.fading:Fading", "allowed: growth.<name> or population.<name>"),
    ],
)
def test_what_is_no_block_is_refused_with_its_package(beside: Path, point: str, words: str) -> None:
    (beside / "futian_extra-1.dist-info" / "entry_points.txt").write_text(POINTS.format(block=point), "utf-8")
    done = futian(beside, "check", "evidence_trend")
    assert done.returncode == 2
    assert words in done.stderr
    assert point.partition(" ")[0] in done.stderr
    assert "Traceback" not in done.stderr
