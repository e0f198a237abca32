"""Where a district's files are: one folder with `data/`, `params/`, `notebooks/`, `outputs/`, `rounds/`."""

from dataclasses import dataclass
from pathlib import Path

from futian_model.errors import FileFault

MARK = Path("data") / "datapackage.json"


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
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def outputs(self) -> Path:
        return self.root / "outputs"

    @property
    def rounds(self) -> Path:
        return self.root / "rounds"

    def shown(self, path: Path) -> str:
        """A path as messages print it: relative to the project where it lies inside."""
        path = Path(path)
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def find_project(start: str | Path | None = None) -> Project:
    """The project around a folder: the nearest parent that holds a data package.

    Falls back to the checkout this library is installed from, so that a notebook
    opened anywhere still finds the built-in scenarios.

    Raises
    ------
    FileFault
        No folder on the way up, nor the checkout, holds ``data/datapackage.json``.
    """
    begin = Path(start or Path.cwd()).resolve()
    for folder in (begin, *begin.parents, Path(__file__).resolve().parents[1]):
        if (folder / MARK).is_file():
            return Project(folder)
    raise FileFault(begin, f"no {MARK} here or in a folder above")
