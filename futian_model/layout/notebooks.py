"""Notebooks of the new project: the old one's, opening on scenarios that it has."""

import json
import re
from collections.abc import Collection
from typing import Any

from futian_model.project import Project

DEFAULT = re.compile(r'^(\w+: str = (?:\(\s*)?)"([a-z][a-z0-9_]*)"', re.MULTILINE)
"""A parameter with a text for its default."""


def notebook_files(source: Project, known: Collection[str], kept: list[str]) -> dict[str, str]:
    """Text of every notebook by path.

    Parameters
    ----------
    known : collection of str
        Ids of the old project's scenarios.
    kept : list of str
        Those of the new one's, the first for any notebook to open on.
    """
    return {
        f"notebooks/{file.name}": adapted(json.loads(file.read_text("utf-8")), known, kept)
        for file in sorted(source.notebooks.glob("*.ipynb"))
    }


def adapted(notebook: dict[str, Any], known: Collection[str], kept: list[str]) -> str:
    """A notebook whose parameters name scenarios that are there."""
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            source = "".join(cell["source"])
            cell["source"] = replaced(source, known, kept).splitlines(keepends=True)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def replaced(source: str, known: Collection[str], kept: list[str]) -> str:
    """A parameters cell; two parameters that named two scenarios still do, as far as there are two."""
    named = [name for _, name in DEFAULT.findall(source)]
    free = [name for name in kept if name not in named] or kept

    def stand_in(match: re.Match[str]) -> str:
        name = match[2]
        if name in known and name not in kept:
            name = kept[0] if kept[0] not in named else free[0]
        return f'{match[1]}"{name}"'

    return DEFAULT.sub(stand_in, source)
