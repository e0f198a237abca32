"""Notebooks of the new project: the old one's, opening on scenarios that it has."""

import json
import re
from collections.abc import Collection
from typing import Any

from futian_model.project import Project

NAMED = re.compile(r'"([a-z][a-z0-9_]*)"')
"""A text that may be the id of a scenario."""


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
        for file in sorted(source.notebooks.glob("[!.]*.ipynb"))
    }


def adapted(notebook: dict[str, Any], known: Collection[str], kept: list[str]) -> str:
    """A notebook whose parameters name scenarios that are there."""
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", ()):
            source = "".join(cell["source"])
            cell["source"] = replaced(source, known, kept).splitlines(keepends=True)
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def replaced(source: str, known: Collection[str], kept: list[str]) -> str:
    """A parameters cell; where it named several scenarios it still does, as far as there are as many."""
    free = [name for name in kept if f'"{name}"' not in source]

    def stand_in(match: re.Match[str]) -> str:
        if match[1] not in known or match[1] in kept:
            return match[0]
        return f'"{free.pop(0) if free else kept[0]}"'

    return NAMED.sub(stand_in, source)
