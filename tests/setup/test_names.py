"""Names in the library are nouns of its subject: a search for what a value holds finds it."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EMPTY = {"one", "told", "given", "found", "made"}
"""Words that fit a string, a frame and a verdict alike, and so tell a reader nothing."""


def bound(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that code gives to a value, an argument, a function or a class, and its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name, node.lineno
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name, node.lineno
            case ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name, node.lineno
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name, node.lineno


def empty(source: str) -> list[tuple[str, int]]:
    """Names of a source that say nothing of what they hold."""
    return [(name, line) for name, line in bound(ast.parse(source)) if name.strip("_") in EMPTY]


@pytest.mark.parametrize(
    "source",
    [
        "one = 1",
        "[one for one in rows]",
        "def told(): ...",
        "lambda found: found",
        "import rounds as made",
        "self._made = {}",
        "class Given:\n    given: int",
    ],
)
def test_an_empty_name_is_seen(source: str) -> None:
    assert empty(source)


def test_every_name_of_the_library_says_what_it_holds() -> None:
    library = {path: path.read_text("utf-8") for path in sorted((ROOT / "futian_model").rglob("*.py"))}
    faults = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path, source in library.items()
        for name, line in empty(source)
    ]
    assert not faults
