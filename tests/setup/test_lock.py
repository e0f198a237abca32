"""One place declares dependencies; what is generated from it has not drifted."""

import re
import tomllib
from pathlib import Path

import environment
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = (ROOT / "pyproject.toml").read_text("utf-8")
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
IAMC = (ROOT / "requirements-iamc.lock").read_text("utf-8")
DEPENDENCIES = environment.declared_by(PROJECT)
DECLARED = [
    *DEPENDENCIES,
    *map(Requirement, tomllib.loads(PROJECT)["dependency-groups"]["dev"]),
    *map(Requirement, tomllib.loads(PROJECT)["build-system"]["requires"]),
]


@pytest.mark.parametrize("requirement", DECLARED, ids=lambda requirement: requirement.name)
def test_the_lock_satisfies_what_is_declared(requirement):
    version = environment.pins(LOCK).get(canonicalize_name(requirement.name))
    assert version is not None, f"{requirement.name} is not locked: run make lock"
    assert requirement.specifier.contains(version, prereleases=True)


def test_the_lock_of_pyam_satisfies_its_extra_and_changes_no_version():
    extra, pins = (
        tomllib.loads(PROJECT)["project"]["optional-dependencies"]["interop"],
        environment.pins(IAMC),
    )
    for requirement in map(Requirement, extra):
        version = pins.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement.name} is not locked: run make lock"
        assert requirement.specifier.contains(version, prereleases=True)
    own = environment.pins(LOCK)
    shared = own.keys() & pins.keys()
    assert len(shared) > 20
    assert {name: pins[name] for name in shared} == {name: own[name] for name in shared}


@pytest.mark.parametrize("lock", [LOCK, IAMC])
def test_every_pin_has_a_hash(lock):
    pinned = re.split(r"^(?=[A-Za-z0-9])", lock, flags=re.MULTILINE)[1:]
    assert len(pinned) > 50
    for entry in pinned:
        assert "--hash=sha256:" in entry, entry.splitlines()[0]


def test_no_address_in_what_is_generated():
    made = LOCK + IAMC + (ROOT / "environment.yml").read_text("utf-8")
    assert not re.search(r"https?:|://|index-url|find-links|@ ", made)


def test_environment_yml_is_the_one_the_tool_writes():
    written = (ROOT / "environment.yml").read_text("utf-8")
    assert written == environment.environment(PROJECT, LOCK), "run make lock"


def test_environment_yml_names_packages_as_conda_forge_does():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    (from_pip,) = (one["pip"] for one in listed if isinstance(one, dict))
    names = {one.partition("=")[0] for one in listed if isinstance(one, str)}
    assert {"ruamel.yaml", "typst-py", "pyyaml", "python-docx"} <= names
    assert not names & {"ruamel-yaml", "ruamel_yaml", "typst", "docx"}
    assert [one.partition("=")[0] for one in from_pip] == ["noto-cjk-sans-otc"]
    declared = {canonicalize_name(requirement.name) for requirement in DEPENDENCIES}
    assert len(names) == len(declared) + len({"python", "pip"}) - len(from_pip)


def test_nothing_else_declares_dependencies():
    assert "require" not in (ROOT / "setup.py").read_text("utf-8")
    for name in ("setup.cfg", "requirements.txt", "uv.lock", "pylock.toml", "Pipfile"):
        assert not (ROOT / name).exists(), name
