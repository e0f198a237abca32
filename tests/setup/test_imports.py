"""Every package that the library imports is declared, by itself and not through another."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
DECLARED = {
    canonicalize_name(Requirement(text).name)
    for texts in (PROJECT["dependencies"], *EXTRAS.values())
    for text in texts
}
OWN = {"futian_model", "futian_languages"}
AT_HAND = {"IPython"}
"""Used where a notebook has loaded it, never imported to work."""


def imported() -> dict[str, set[str]]:
    """Packages that the library's code imports, and where."""
    found = dict[str, set[str]]()
    for file in (ROOT / "futian_model").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = (
                [alias.name for alias in node.names]
                if isinstance(node, ast.Import)
                else [str(node.module)]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(str(file.relative_to(ROOT)))
    return found


def test_every_import_is_declared() -> None:
    owners = packages_distributions()
    foreign = imported().keys() - OWN - AT_HAND - set(sys.stdlib_module_names)
    assert len(foreign) > 20
    undeclared = {
        name: sorted(imported()[name])
        for name in foreign
        if not {canonicalize_name(owner) for owner in owners.get(name, [])} & DECLARED
    }
    assert undeclared == {}


def test_everything_declared_is_used() -> None:
    """By an import, or as what a command or another package calls."""
    called = {
        "futian-model",
        "jupyterlab",
        "voila",
        "noto-cjk-sans-otc",
        "sqlalchemy",
        "pyam-iamc",
        "ipykernel",
    }
    packages = packages_distributions()
    owners = {canonicalize_name(owner) for name in imported() for owner in packages.get(name, [])}
    through = {"charset-normalizer", "filelock", "jinja2", "markupsafe", "pyarrow"}
    text = "\n".join(file.read_text("utf-8") for file in (ROOT / "futian_model").rglob("*.py"))
    loose = {name for name in DECLARED - owners - called if not re.search(name.replace("-", "[-_.]"), text)}
    assert loose - through == set()
