"""Rooms of the library: no import leads upward or round in a circle, those inside functions included."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "futian_model"
ROOM = re.compile(r"\w+")


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {dotted(path): path for path in (ROOT / PACKAGE).rglob("*.py")}
LOADED_BY_NAME = {name for name, path in MODULES.items() if path.stem != "__init__"}
"""A text that names a package says where files lie."""
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
LAYERS = {
    container: contract["layers"]
    for contract in CONTRACTS
    if contract["type"] == "layers"
    for container in contract["containers"]
}
"""Floors, the highest first, by the package that holds their rooms."""


def imported(tree: ast.AST) -> Iterator[str]:
    """Modules of the library that code names: in imports anywhere, and in a text, to load by name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for name in node.names:
                whole = f"{node.module}.{name.name}"
                yield whole if whole in MODULES else str(node.module)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.Constant) and node.value in LOADED_BY_NAME:
            yield node.value


def imports(sources: dict[str, ast.AST]) -> dict[str, set[str]]:
    """Modules that each module imports; the package itself apart, from which only the version is taken."""
    return {
        module: {name for name in imported(tree) if name in MODULES} - {module, PACKAGE}
        for module, tree in sources.items()
    }


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a round; empty where none do."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as fault:
        return list(fault.args[1])
    return []


def upward(graph: dict[str, set[str]]) -> list[str]:
    """Imports of a room on a higher floor, or of a neighbour that the contracts set apart."""
    found = []
    for container, floors in LAYERS.items():
        at = {
            f"{container}.{room}": place for place, floor in enumerate(floors) for room in ROOM.findall(floor)
        }
        apart = [place for place, floor in enumerate(floors) if "|" in floor]
        depth = container.count(".") + 2
        for module, names in graph.items():
            for name in names:
                own, other = (".".join(one.split(".")[:depth]) for one in (module, name))
                if own == other or own not in at or other not in at:
                    continue
                if at[other] < at[own] or (at[other] == at[own] and at[own] in apart):
                    found.append(f"{module} imports {name}")
    return found


@pytest.fixture(scope="module")
def sources() -> dict[str, ast.AST]:
    """The code of every module."""
    return {module: ast.parse(path.read_text("utf-8")) for module, path in MODULES.items()}


def test_no_import_leads_round_in_a_circle(sources: dict[str, ast.AST]) -> None:
    assert circle(imports(sources)) == []


def test_no_import_leads_upward(sources: dict[str, ast.AST]) -> None:
    assert upward(imports(sources)) == []


@pytest.mark.parametrize(
    "line", ["from {0} import name", "import {0}", "def lazily():\n    from {0} import name", "load('{0}')"]
)
def test_an_import_upward_is_seen_wherever_it_stands(sources: dict[str, ast.AST], line: str) -> None:
    low, high = f"{PACKAGE}.report.words.numbers", f"{PACKAGE}.report.pages.scenario.answer"
    changed = imports(sources | {low: ast.parse(line.format(high))})
    assert upward(changed) == [f"{low} imports {high}"]
    assert circle(changed)


def test_every_room_of_the_report_has_its_floor() -> None:
    home = ROOT / PACKAGE / "report"
    rooms = {path.stem for path in home.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert rooms - {"__init__"} == set(ROOM.findall(" ".join(LAYERS[f"{PACKAGE}.report"])))


def test_a_page_holds_its_texts() -> None:
    for folder in (ROOT / PACKAGE / "report" / "pages").iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            assert {path.name for path in folder.glob("texts.*.yaml")} == {"texts.en.yaml", "texts.zh.yaml"}


DOORS = sorted((ROOT / PACKAGE).rglob("__init__.py"))


@cache
def words_in(path: Path) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", path.read_text("utf-8")))


@pytest.mark.parametrize("door", DOORS, ids=dotted)
def test_a_door_offers_only_what_somebody_takes(door: Path) -> None:
    """What a room's door imports and does not use itself, another room, a test or a notebook takes."""
    tree = ast.parse(door.read_text("utf-8"))
    offered = [
        name.asname or name.name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith(PACKAGE)
        for name in node.names
    ]
    own = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    others = [path for path in MODULES.values() if door.parent not in path.parents]
    others += [*ROOT.glob("tests/**/*.py"), *ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("docs/*.md")]
    taken = own.union(*map(words_in, others))
    assert [name for name in offered if name not in taken] == []
