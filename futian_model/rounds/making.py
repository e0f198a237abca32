"""What makes results, apart from data and scenarios: the library, Python, packages, the machine."""

import platform
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from futian_model import __version__
from futian_model.files import digest

PACKAGES = ("numpy", "pandas", "scipy")
"""They compute; others only read, draw or write."""
SHOWING = ("batch", "charts", "cli", "report")
"""Rooms of the library that no result goes through."""


def made_by() -> dict[str, str]:
    """Version of everything that results go through, by name."""
    return {
        "library": __version__,
        "library code": code(),
        "python": platform.python_version(),
        **{name: metadata.version(name) for name in PACKAGES},
        "system": f"{platform.system()} {platform.machine()}",
    }


@cache
def code() -> str:
    """SHA-256 of the library's code as far as results go through it: a version may be edited."""
    root = Path(__file__).parents[1]
    digests = [
        f"{file.relative_to(root).as_posix()} {digest(file.read_bytes())}" for file in sorted(sources(root))
    ]
    return digest("\n".join(digests).encode())


def sources(root: Path) -> Iterator[Path]:
    """Files of the rooms that compute."""
    for file in root.rglob("*.py"):
        if file.relative_to(root).parts[0] not in SHOWING:
            yield file


def changed(then: Mapping[str, str], now: Mapping[str, str] | None = None) -> dict[str, tuple[str, str]]:
    """What differs between then and now, or a later time; an empty text where one side does not say."""
    now = made_by() if now is None else now
    names = dict.fromkeys([*now, *then])
    versions = {name: (str(then.get(name, "")), str(now.get(name, ""))) for name in names}
    return {name: pair for name, pair in versions.items() if pair[0] != pair[1]}
