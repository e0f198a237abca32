"""The page that says where everything stands names every room, in the order of the floors."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/house.md").read_text("utf-8")
ROW = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)
LAYERS = {
    tuple(contract["containers"]): [layer.split(" : ") for layer in contract["layers"]]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    if contract["type"] == "layers"
}


def listed(heading: str) -> list[str]:
    """Rooms in the table under a heading, from the top of the page down."""
    _, _, rest = PAGE.partition(f"## {heading}")
    return ROW.findall(rest.partition("\n## ")[0])


def rooms(folder: Path) -> set[str]:
    """Modules and packages of a folder."""
    names = {path.stem for path in folder.glob("*.py")} | {
        path.parent.name for path in folder.glob("*/__init__.py")
    }
    return names - {"__init__", "__pycache__"}


@pytest.mark.parametrize(
    ("heading", "folder"),
    [("Rooms of the library", "futian_model"), ("Rooms of a report", "futian_model/report")],
)
def test_every_room_is_listed_once(heading: str, folder: str) -> None:
    assert sorted(listed(heading)) == sorted(rooms(ROOT / folder))


def test_rooms_stand_in_the_order_of_the_floors() -> None:
    floors = LAYERS["futian_model",]
    floor = {room: -height for height, layer in enumerate(floors) for room in layer}
    order = [floor[room] for room in listed("Rooms of the library")]
    assert order == sorted(order)


def test_files_that_a_change_goes_to_exist() -> None:
    _, _, changes = PAGE.partition("## Where a change goes")
    paths = re.findall(r"`((?:[\w.]+/)[\w./]*)`", changes)
    bases = (ROOT, ROOT / "futian_model")
    assert len(paths) > 8
    for path in paths:
        assert any((base / path).exists() for base in bases), path
