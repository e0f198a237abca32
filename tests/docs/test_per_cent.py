"""A per cent sign stands close to its number wherever a reader meets it, in both languages."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APART = re.compile(r"[\d}](\s+%|\s*％)")
"""A sign apart from its number, or of double width."""
TEXTS = (
    *(
        "README*.md",
        "CHANGELOG.md",
        "changelog.d/*.md",
        "params/*.yaml",
        "params/*.json",
        "params/context/*.yaml",
    ),
    "futian_model/**/texts.*.yaml",
    *("futian_model/layout/templates/**/*.yaml", "futian_model/layout/templates/**/*.md"),
    *("examples/**/*.md", "examples/**/*.yaml", "notebooks/*.ipynb", "data/*.md", "data/datapackage.json"),
)
MESSAGES = "futian_model/**/*.py"
"""Of the library only its words for users: messages, help, names; docstrings are left out."""


def texts() -> Iterator[tuple[str, str]]:
    """Where a text stands, and what it says."""
    for found in TEXTS:
        paths = sorted(ROOT.glob(found))
        assert paths, found
        for path in paths:
            for at, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                yield f"{path.relative_to(ROOT)}, line {at}", line
    for path in sorted((ROOT / "data").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as rows:
            for at, row in enumerate(csv.reader(rows), 1):
                for cell in row:
                    yield f"{path.relative_to(ROOT)}, row {at}", cell
    for path in sorted(ROOT.glob(MESSAGES)):
        for at, told in messages(ast.parse(path.read_text("utf-8"))):
            yield f"{path.relative_to(ROOT)}, line {at}", told


def messages(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every string that is not a statement of its own."""
    alone = {id(one.value) for one in ast.walk(module) if isinstance(one, ast.Expr)}
    for one in ast.walk(module):
        if isinstance(one, ast.JoinedStr):
            yield one.lineno, ast.unparse(one)
        elif isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in alone:
            yield one.lineno, one.value


@pytest.mark.thorough
def test_no_per_cent_sign_stands_apart() -> None:
    assert [f"{place}: {text}" for place, text in texts() if APART.search(text)] == []
