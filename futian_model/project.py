"""Where a district's files are: one folder with `data/`, `params/`, `notebooks/`, `outputs/`, `rounds/`."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from futian_model.errors import FileFault

MARK = Path("data") / "datapackage.json"
SHIPPED = Path(__file__).resolve().parent / "shipped"
"""Futian's own project as an installed library carries it; a checkout has it beside the library instead."""
USUAL, OFFICIAL = FORMS = ("usual", "official")
"""Forms of a Word document: the usual one, and that of GB/T 9704 for those in Chinese."""
CONTEXT = "context"
"""Folder of `params/` with what surrounds a district; any other there is a kept edition."""


@dataclass(frozen=True)
class Project:
    """The folders of one district's project."""

    root: Path

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def params(self) -> Path:
        return self.root / "params"

    @property
    def editions(self) -> tuple[Path, ...]:
        """Folders of scenarios kept as an earlier time saw them, by name."""
        folders = self.params.iterdir() if self.params.is_dir() else ()
        kept = (folder for folder in folders if folder.is_dir() and not folder.name.startswith("."))
        return tuple(sorted(folder for folder in kept if folder.name != CONTEXT))

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def shipped(self) -> bool:
        """Whether it is the one that comes with the library, in which nothing is written."""
        return self.root == SHIPPED

    def refuse_shipped(self) -> None:
        """Refuse to write figures or scenarios where they belong to the library.

        Raises
        ------
        FileFault
            It is the shipped project.
        """
        if self.shipped:
            raise FileFault(
                self.root, "comes with the library; allowed: a project of your own, by futian init"
            )

    @property
    def outputs(self) -> Path:
        """Where reports go; of the shipped project beside the one who asks."""
        return (Path.cwd() if self.shipped else self.root) / "outputs"

    @property
    def rounds(self) -> Path:
        return (Path.cwd() if self.shipped else self.root) / "rounds"

    @property
    def reviews(self) -> Path:
        """Where the wording of an office's own is, as reviews of its reports kept it."""
        return self.root / "review"

    @property
    def issuing_unit(self) -> dict[str, str]:
        """Who issues the reports, by language: ``issuing_unit`` of the data package; may be empty."""
        stated = self._package().get("issuing_unit") or {}
        return {str(lang): str(name) for lang, name in stated.items() if name}

    @property
    def document_form(self) -> str:
        """Form of Word documents where nobody asks for one: ``document_form`` of the data package, one of
        `FORMS`; the usual one where it says nothing.
        """
        return str(self._package().get("document_form") or USUAL)

    def _package(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads((self.root / MARK).read_text("utf-8-sig"))
        return content

    def scenario_file(self, path_or_id: str | Path) -> Path:
        """The file that a path or an id of a scenario means, be it there or not.

        A string is a path when it holds a path separator or ends in ``.yaml``.
        """
        if isinstance(path_or_id, Path) or re.search(r"[/\\]|\.ya?ml$", path_or_id):
            return Path(os.path.abspath(path_or_id))
        places = [folder / f"{path_or_id}.yaml" for folder in (self.params, *self.editions)]
        return next((file for file in places if file.is_file()), places[0])

    def shown(self, path: Path) -> str:
        """A path as messages print it: relative to the project where it lies inside."""
        path = Path(path)
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def find_project(start: str | Path | None = None) -> Project:
    """The project around a folder: the nearest parent that holds a data package.

    Falls back to the checkout this library is installed from, or to the project that an installed library
    carries, so that a notebook opened anywhere still finds the built-in scenarios.

    Raises
    ------
    FileFault
        No folder on the way up, nor the library, holds ``data/datapackage.json``.
    """
    begin = Path(start or Path.cwd()).resolve()
    for folder in (begin, *begin.parents, Path(__file__).resolve().parents[1], SHIPPED):
        if (folder / MARK).is_file():
            return Project(folder)
    raise FileFault(begin, f"no {MARK} here or in a folder above")
