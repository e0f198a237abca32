"""The wheel: a whole project in it, which an empty folder and Python alone are enough to use."""

import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from futian_model.project import find_project

pytestmark = pytest.mark.thorough

ROOT = Path(__file__).parents[2]
DEPENDENCIES = [
    Requirement(text)
    for text in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
]
MOST = 3_000_000
"""Bytes of the wheel."""
TOP = ("data", "params", "notebooks", "examples")
BUILT = (*TOP, "futian_model")
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")


def python(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=600,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from the sources that a source distribution holds."""
    home = tmp_path_factory.mktemp("build")
    ignored = shutil.ignore_patterns("__pycache__")
    for name in BUILT:
        shutil.copytree(ROOT / name, home / name, ignore=ignored)
    for name in FILES:
        shutil.copy2(ROOT / name, home / name)
    build = "from setuptools import build_meta as build; build.build_sdist('made'); build.build_wheel('made')"
    done = python(home, "-c", build)
    assert done.returncode == 0, done.stderr
    (source,) = (home / "made").glob("*.tar.gz")
    shutil.unpack_archive(source, home / "again", filter="data")
    (unpacked,) = (home / "again").iterdir()
    done = python(unpacked, "-c", "from setuptools import build_meta as build; build.build_wheel('made')")
    assert done.returncode == 0, done.stderr
    (first,), (second,) = (home / "made").glob("*.whl"), (unpacked / "made").glob("*.whl")
    contents = [
        {name: archive.read(name) for name in archive.namelist() if not name.endswith("RECORD")}
        for archive in map(zipfile.ZipFile, (first, second))
    ]
    assert contents[0] == contents[1]
    return first


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel unpacked, as an installer would."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def futian(installed: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return python(folder, "-m", "futian_model.cli", *arguments, PYTHONPATH=str(installed))


def test_the_wheel_holds_the_project_as_the_checkout_has_it(wheel: Path, installed: Path) -> None:
    assert wheel.stat().st_size < MOST
    shipped = installed / "futian_model" / "shipped"
    for name in TOP:
        tracked = {file.relative_to(ROOT): file for file in (ROOT / name).rglob("*") if file.is_file()}
        kept = {
            at: file for at, file in tracked.items() if not any(part.startswith(".") for part in at.parts)
        }
        assert kept
        assert {at: (shipped / at).read_bytes() for at in kept} == {
            at: file.read_bytes() for at, file in kept.items()
        }


def test_an_empty_folder_uses_the_shipped_project_and_says_so(installed: Path, tmp_path: Path) -> None:
    done = futian(installed, tmp_path, "goal", "evidence_trend")
    assert done.returncode == 0, done.stderr
    assert "no project here: this is the Futian project that comes with the library" in done.stderr
    assert not list(tmp_path.iterdir())
    figure = (
        "gdp",
        "2026",
        "6500",
        "--unit",
        "亿元",
        "--source",
        "nddaily_20251217",
        "--published",
        "2027-01",
    )
    refused = futian(installed, tmp_path, "track", *figure, "--dry-run")
    assert refused.returncode == 2
    assert "comes with the library; allowed: a project of your own, by futian init" in refused.stderr


def test_a_project_laid_out_from_it_is_whole_and_its_own(installed: Path, tmp_path: Path) -> None:
    done = futian(installed, tmp_path, "init", "own", "--lang", "zh")
    assert (done.returncode, done.stderr) == (0, "")
    assert "已建立在" in done.stdout
    own = tmp_path / "own"
    assert find_project(own).root == own
    done = futian(installed, own, "check", "evidence_trend")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    inside = futian(installed, own / "params", "check", "evidence_trend")
    assert f"project: {own}" in inside.stderr
    again = futian(installed, tmp_path, "init", "own")
    assert again.returncode == 2
    assert "holds data, notebooks, params already" in again.stderr


BARE = """
import sys
allowed = {modules} | {{"futian_model", "futian_languages"}} | sys.stdlib_module_names

class Bare:
    def find_spec(self, name, path=None, target=None):
        top = name.partition(".")[0]
        if top not in allowed and not top.startswith("_"):
            raise ModuleNotFoundError(f"No module named {{top!r}}", name=top)

sys.meta_path.insert(0, Bare())
from futian_model.cli import main
sys.exit(main(sys.argv[1:]))
"""
"""Runs a command where nothing is installed but what the package itself asks for."""


@pytest.fixture(scope="module")
def modules() -> set[str]:
    """What can be imported after `pip install futian-model`: of what it declares, and what that needs."""
    names, found = [requirement.name for requirement in DEPENDENCIES], set[str]()
    while names:
        name = canonicalize_name(names.pop())
        if name not in found:
            found.add(name)
            stated = map(Requirement, distribution(name).requires or [])
            names += [
                each.name for each in stated if each.marker is None or each.marker.evaluate({"extra": ""})
            ]
    owners = packages_distributions().items()
    return {name for name, owned in owners if found & set(map(canonicalize_name, owned))}


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("check", "evidence_trend"), 0, ""),
        (("goal", "evidence_trend"), 0, ""),
        (("target", "gdp", "2030", "--chance", "70"), 0, ""),
        (("show", "data", "gdp"), 0, ""),
        (("run", "evidence_trend"), 1, "is not installed; it comes with pip install 'futian-model[reports]'"),
        (("run", "evidence_trend", "--lang", "zh"), 1, "安装命令：pip install 'futian-model[reports]'"),
    ],
)
def test_without_extras_the_library_answers_and_says_what_reports_need(
    arguments: tuple[str, ...], status: int, words: str, modules: set[str], installed: Path, tmp_path: Path
) -> None:
    bare = BARE.format(modules=modules)
    done = python(tmp_path, "-c", bare, *arguments, PYTHONPATH=str(installed))
    assert done.returncode == status, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
