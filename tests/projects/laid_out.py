"""What tests of laid-out projects read in them."""

import csv
import re
from pathlib import Path

from futian_model.project import find_project

ROOT = find_project(Path(__file__).parent).root


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """A table of a project as it is printed."""
    with (folder / "data" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def strangers(folder: Path) -> list[str]:
    """Lines of a project's text files that name the district of the data it was laid out from."""
    return [
        f"{file.relative_to(folder)}: {line[:200]}"
        for file in sorted(folder.rglob("*"))
        if file.suffix in (".csv", ".json", ".yaml", ".md", ".ipynb", ".html")
        for line in file.read_text("utf-8").splitlines()
        if re.search("福田|Futian", line)
    ]
