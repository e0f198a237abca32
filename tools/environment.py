"""Write `environment.yml` for conda users from `pyproject.toml` and `requirements.lock`."""

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PIP_ONLY = {"noto-cjk-sans-otc"}
"""Names that conda-forge does not hold."""
CONDA_FORGE = {"ruamel-yaml": "ruamel.yaml", "typst": "typst-py"}
"""Names there that differ from PyPI's; its `typst` is the compiler, without the Python module."""


def pins(lock: str) -> dict[str, str]:
    """Version by name; the first where a name has one a Python version."""
    found: dict[str, str] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE):
        found.setdefault(canonicalize_name(name), version)
    return found


def declared_by(project: str) -> list[Requirement]:
    """What the library needs with everything but pyam, which has a lock of its own."""
    stated = tomllib.loads(project)["project"]
    extras = (stated["optional-dependencies"][name] for name in ("reports", "lab", "dask"))
    every = map(Requirement, [*stated["dependencies"], *(text for extra in extras for text in extra)])
    return [requirement for requirement in every if requirement.name != stated["name"]]


def environment(project: str, lock: str) -> str:
    """The text of `environment.yml`: run-time dependencies at their locked versions."""
    declared = [requirement.name for requirement in declared_by(project)]
    versions = pins(lock)
    names = sorted(canonicalize_name(name) for name in declared)
    lines = [
        "# Written by tools/environment.py (make lock) from pyproject.toml and requirements.lock.",
        "# conda env create -f environment.yml && conda activate futian && pip install --no-deps -e .",
        "name: futian",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        "  - python=3.11",
        "  - pip",
        *(f"  - {CONDA_FORGE.get(name, name)}={versions[name]}" for name in names if name not in PIP_ONLY),
        "  - pip:",
        *(f"      - {name}=={versions[name]}" for name in names if name in PIP_ONLY),
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    made = environment(
        (ROOT / "pyproject.toml").read_text("utf-8"), (ROOT / "requirements.lock").read_text("utf-8")
    )
    (ROOT / "environment.yml").write_text(made, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
