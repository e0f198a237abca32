"""What all tests share: no time limit for properties, the data, the process that kernels are forked from,
and the programs that some of them need and a machine may not have."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from filelock import FileLock
from hypothesis import settings
from programs import CHROMIUM, LIBREOFFICE, PYAM

from futian_model.batch import local
from futian_model.evidence import keep, load_evidence
from futian_model.kernels.nursery import Nursery
from futian_model.project import find_project
from futian_model.scenario import load_scenario
from futian_model.simulation import rehearse

# as the command line does: a grammar that takes a second to compile, and that nothing here asks for
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
# a busy machine is no fault of the code
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

PROGRAMS = {"chromium": CHROMIUM, "office": LIBREOFFICE, "pyam": PYAM}
"""By the fixture that leads to it: a test that uses the fixture needs the program."""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  {folders}
  <cachedir>{cache}</cachedir>
  <alias><family>sans-serif</family>
    <prefer><family>DejaVu Sans</family><family>Noto Sans CJK SC</family></prefer></alias>
  <alias><family>monospace</family>
    <prefer><family>DejaVu Sans Mono</family><family>Noto Sans Mono CJK SC</family></prefer></alias>
</fontconfig>
"""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Continuous integration has every program, and accepts no skipped test whatever its cause."""
    parser.addoption("--nothing-skipped", action="store_true", help="fail where a test was skipped")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what needs a program that is missing, before any of its set-up."""
    for fixture, program in PROGRAMS.items():
        needing = [item for item in items if fixture in getattr(item, "fixturenames", ())]
        if needing and program.path() is None:
            for item in needing:
                item.add_marker(pytest.mark.skip(reason=program.missing))


def skipped(config: pytest.Config) -> Counter[str]:
    """How many tests were skipped for which reason; where they ran, not where they were handed out."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reports = reporter.stats.get("skipped", []) if reporter else []
    return Counter(report.longrepr[2].removeprefix("Skipped: ") for report in reports)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A skipped test is a failure where none may be."""
    if session.config.getoption("nothing_skipped") and skipped(session.config) and not session.exitstatus:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """One line: how many were skipped, for want of what, and how to get it."""
    reasons = skipped(config)
    if reasons:
        told = "; ".join(f"{count} {reason}" for reason, count in sorted(reasons.items()))
        refused = ", and --nothing-skipped allows none" if config.getoption("nothing_skipped") else ""
        terminalreporter.write_line(f"tests skipped: {told}{refused}")


def pytest_configure(config: pytest.Config) -> None:
    """Load and calibrate the project's data once a process: most files of tests begin with that."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        evidence = load_evidence(find_project(Path(__file__).parent))
        for name in ("trend_2021", "evidence_trend"):
            rehearse(load_scenario(name, evidence=evidence), evidence)
        evidence.contradictions()
        evidence.questions()
        assert len(evidence.growth_panels)
        keep(evidence)


class Shared:
    """In place of a nursery for each batch: the one of this process, started when first asked for."""

    started: Nursery | None = None
    stack = ExitStack()

    def __init__(self, *rehearsed: Any) -> None:
        pass

    def __enter__(self) -> Nursery:
        if Shared.started is None:
            with pytest.MonkeyPatch.context() as patch:
                patch.delenv("MPLBACKEND", raising=False)  # kernels draw as they do for a user
                Shared.started = Shared.stack.enter_context(Nursery())
            reports = [{"scenario": "trend_2021", "lang": lang} for lang in ("zh", "en")]
            Shared.started.rehearse(find_project(Path(__file__).parent), reports)
        return Shared.started

    def __exit__(self, *raised: object) -> None:
        pass


@pytest.fixture(scope="session", autouse=True)
def _one_nursery() -> Iterator[None]:
    with Shared.stack, pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "Nursery", Shared)
        yield


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """A folder that one process fills for all of this run: `made_once("pages", write)`."""
    own = tmp_path_factory.getbasetemp()
    root = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def folder(name: str, fill: Callable[[Path], None]) -> Path:
        made, done = root / name, root / f"{name}.done"
        with FileLock(root / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(made, ignore_errors=True)
                made.mkdir()
                fill(made)
                done.touch()
        return made

    return folder


@pytest.fixture(scope="session")
def nursery() -> Nursery:
    """What a test forks its kernels from."""
    with Shared() as started:
        return started


@pytest.fixture(scope="session")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Environment in which a program finds the typefaces of the reports and no others, on any machine."""
    folder = tmp_path_factory.mktemp("fonts")
    packaged = (files("noto_cjk_sans_otc"), Path(matplotlib.get_data_path(), "fonts", "ttf"))
    listed = "".join(f"<dir>{place}</dir>" for place in packaged)
    (folder / "fonts.conf").write_text(FONTS.format(folders=listed, cache=folder / "cache"), "utf-8")
    return os.environ | {"FONTCONFIG_FILE": str(folder / "fonts.conf")}


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser's program."""
    path = CHROMIUM.path()
    assert path is not None
    return path


@pytest.fixture(scope="session")
def pyam() -> str:
    """Name of the package that reads the IAMC layout."""
    name = PYAM.path()
    assert name is not None
    return name


@pytest.fixture(scope="session")
def office(fonts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Files as LibreOffice saves them: `office("pdf", file, ...)` is the folder that then holds them."""
    path, profile = LIBREOFFICE.path(), tmp_path_factory.mktemp("profile")
    assert path is not None

    def saved(to: str, *files: Path) -> Path:
        out = files[0].parent / "saved"
        command = [path, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", to]
        command += ["--outdir", str(out), *map(str, files)]
        subprocess.run(command, env=fonts, check=True, capture_output=True, timeout=300)
        return out

    return saved
