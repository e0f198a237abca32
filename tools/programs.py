"""Programs beside Python that tests and benchmarks use: where this machine has them, how to get them."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec


@dataclass(frozen=True)
class Program:
    """A program that a machine may not have.

    Attributes
    ----------
    name : str
        As its users know it.
    commands : tuple of str
        What it is called on the path, first choice first.
    source : str
        Commands that install it.
    """

    name: str
    commands: tuple[str, ...]
    source: str

    def places(self) -> Iterator[str]:
        """Where it may be, first choice first."""
        yield from filter(None, map(shutil.which, self.commands))

    @cache  # noqa: B019
    def path(self) -> str | None:
        """The first that starts; None where there is none."""
        return next(filter(starts, self.places()), None)

    @property
    def missing(self) -> str:
        """What to say where it is not to be had."""
        return f"without {self.name} ({self.source})"


class Browser(Program):
    """Chromium, which Playwright may have brought as well."""

    def places(self) -> Iterator[str]:
        from playwright.sync_api import sync_playwright

        yield from super().places()
        with sync_playwright() as playwright:
            own = playwright.chromium.executable_path
        yield own


class Package(Program):
    """A package of Python that the tests do not need to run."""

    def places(self) -> Iterator[str]:
        yield from (name for name in self.commands if find_spec(name) is not None)

    @cache  # noqa: B019
    def path(self) -> str | None:
        """Its name; it is not imported to find out."""
        return next(self.places(), None)


def starts(program: str) -> bool:
    """Whether a program tells its version; some commands only stand in for one that is not installed."""
    try:
        return subprocess.run([program, "--version"], capture_output=True, timeout=60).returncode == 0
    except FileNotFoundError:
        return False


CHROMIUM = Browser(
    "Chromium",
    ("chromium", "chromium-browser", "google-chrome"),
    "apt-get install chromium, or .venv/bin/playwright install --with-deps chromium",
)
LIBREOFFICE = Program(
    "LibreOffice",
    ("soffice", "libreoffice"),
    "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui",
)
PYAM = Package("pyam", ("pyam",), "make iamc")
