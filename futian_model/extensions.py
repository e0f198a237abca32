"""What other packages add: objects that their entry points name, by group."""

from collections.abc import Callable, Mapping
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from futian_model.errors import InputError

GROUP = "futian_model."
"""Beginning of the names of groups."""
GROUPS = ("blocks", "formats", "layouts", "themes")


def added(group: str, allowed: str, fits: Callable[[Any], bool]) -> Mapping[str, Any]:
    """Objects of a group, by the names of their entry points.

    Parameters
    ----------
    group : str
        Without its beginning.
    allowed : str
        What an object of it is, in words.
    fits : callable
        Whether an object is one.

    Raises
    ------
    InputError
        One cannot be loaded, or is something else; names its package.
    """
    objects = {}
    for entry in entry_points(group=GROUP + group):
        package = entry.dist.name if entry.dist is not None else "?"
        field = f"{GROUP}{group}.{entry.name} of {package}"
        try:
            objects[entry.name] = entry.load()
        except InputError:  # of another entry point, which it names
            raise
        except Exception as error:  # whatever the package does when it is loaded
            raise InputError(field, entry.value, f"{allowed}; loading it: {error}") from error
        if not fits(objects[entry.name]):
            raise InputError(field, entry.value, allowed)
    return objects


def modules() -> Mapping[str, Path]:
    """Files of the modules that hold what other packages add, by group and name of the entry point."""
    specs = {
        f"{group}.{entry.name}": find_spec(entry.module)
        for group in GROUPS
        for entry in entry_points(group=GROUP + group)
    }
    return {name: Path(spec.origin) for name, spec in specs.items() if spec is not None and spec.origin}
