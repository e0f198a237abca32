"""Build the wheel (`make wheel`) and try it as a user would: clean environments, outside the checkout.

With `[all]` on this Python and on the newest that is at hand: one report, and the explorer's page. Without
extras: what the library and its command line answer alone.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "build" / "wheel"
UV = Path(sys.executable).with_name("uv")
MINUTES = 5
"""Longest that one step may take."""
SIMULATED = """
from futian_model import simulate
assert simulate("evidence_trend", draws=500, reading="given_evidence").probability("gdp_double_2035") > 0
"""


def run(folder: Path, *command: object, **environment: str) -> str:
    """A command in a folder, alone; what it printed.

    Raises
    ------
    CalledProcessError
        It failed; its output was printed.
    """
    own = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(word) for word in command],
        cwd=folder,
        env=own | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60 * MINUTES,
    )
    if done.returncode:
        print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
    done.check_returncode()
    return done.stdout


def built() -> Path:
    """The wheel, from the source distribution, as an index would hold both."""
    shutil.rmtree(HOME, ignore_errors=True)
    options = ["build", "--quiet", "--no-build-isolation", "--out-dir", HOME]
    run(ROOT, UV, *options, ROOT, VIRTUAL_ENV=str(Path(sys.executable).parents[1]))
    (wheel,) = HOME.glob("*.whl")
    return wheel


def pythons() -> Iterator[str]:
    """Python as here, and the newest at hand where that is another: on the path, or beside this one."""
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    yield here
    for minor in range(20, sys.version_info.minor, -1):
        version = f"{sys.version_info.major}.{minor}"
        options = ["python", "find", "--no-project", "--system", "--no-python-downloads", version]
        beside = sorted(Path(sys.base_prefix).parent.glob(f"{version}*/bin/python{version}"))
        if beside or subprocess.run([UV, *options], capture_output=True).returncode == 0:
            yield str(beside[-1]) if beside else version
            return
    print(f"no Python newer than {here} is at hand: the wheel is tried on it alone")


def installed(folder: Path, version: str, wheel: Path, extra: str) -> Path:
    """Programs of a new environment with the wheel and what it asks for, in the versions of the locks."""
    run(folder, UV, "venv", "--quiet", "--no-project", "--python", version, folder / "env")
    constraints = [
        word for name in ("requirements", "requirements-iamc") for word in ("-c", ROOT / f"{name}.lock")
    ]
    asked = f"futian-model{extra} @ {wheel.as_uri()}"
    run(folder, UV, "pip", "install", "--quiet", *constraints, asked, VIRTUAL_ENV=str(folder / "env"))
    return folder / "env" / ("Scripts" if os.name == "nt" else "bin")


def tried(version: str, wheel: Path) -> None:
    """An empty folder, the wheel with everything: a project, a report, the explorer's page."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        programs = installed(folder, version, wheel, "[all]")
        run(folder, programs / "futian", "init", "mine")
        run(folder / "mine", programs / "futian", "run", "evidence_trend", "--lang", "en", "--draws", "500")
        report = folder / "mine" / "outputs" / "evidence_trend" / "evidence_trend.en.docx"
        run(folder / "mine", programs / "futian", "verify", report)
        run(folder / "mine", programs / "futian", "explore", "--page", "explorer.html")
        assert '<script type="module">' in (folder / "mine" / "explorer.html").read_text("utf-8")
    print(f"Python {Path(version).name.removeprefix('python')}, [all]: project, report, verify, explorer")


def alone(version: str, wheel: Path) -> None:
    """The library without extras."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        programs = installed(folder, version, wheel, "")
        run(folder, programs / "futian", "check", "evidence_trend")
        run(folder, programs / "futian", "goal", "evidence_trend")
        run(folder, programs / "python", "-c", SIMULATED)
    print(f"Python {version}, no extras: check, goal, simulate")


def main() -> int:
    wheel = built()
    print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.1f} MB")
    here, *newer = pythons()
    alone(here, wheel)
    for version in (here, *newer):
        tried(version, wheel)
    return 0


if __name__ == "__main__":
    sys.exit(main())
