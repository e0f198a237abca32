"""Reports as a reader opens them: written by a batch, shown by Chromium."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from futian_model import batch
from futian_model.batch import Settings
from futian_model.evidence import load_evidence
from futian_model.project import find_project
from futian_model.scenario import attempt_all

NAMES = (
    "plan_targets/plan_targets.zh.html",
    "plan_targets/plan_targets.en.html",
    "index.html",
    "index.html#en",
)


def file_of(pages: Path, name: str) -> Path:
    """The file behind an address within the folder."""
    return pages / name.partition("#")[0]


def address(pages: Path, name: str) -> str:
    """Where a browser finds a page, and the part of it that is asked for."""
    return file_of(pages, name).as_uri() + name.removeprefix(name.partition("#")[0])


LONG = f"""\
id: long
title:
  zh: "{"名称很长" * 75}🚀<script>document.title = '坏'</script>"
  en: "Long {"W" * 200} {{{{ 7 * 7 }}}} & =cmd()"
description: {{zh: 一项试验。, en: A trial.}}
extends: trend_2021
assumptions: {{horizon: 2050}}
"""


@pytest.fixture(scope="session")
def pages(made_once: Callable[..., Path]) -> Path:
    """A folder of reports, with a long title, another horizon and a failure among them."""
    return made_once("pages", write) / "outputs"


def write(folder: Path) -> None:
    """The reports, in a folder of their own."""
    (folder / "long.yaml").write_text(LONG, "utf-8")
    (folder / "broken.yaml").write_text("id: broken\n", "utf-8")
    project = find_project(Path(__file__).parent)
    evidence = load_evidence(project)
    files = ["plan_targets", folder / "long.yaml", folder / "broken.yaml"]
    attempts = attempt_all(files, project, evidence)
    outcomes = batch.run(attempts, project, evidence, Settings(folder / "outputs", ("zh", "en"), draws=500))
    assert [bool(outcome.fault) for outcome in outcomes] == [False, False, True], outcomes


@pytest.fixture(scope="session")
def browser(chromium: str, fonts: dict[str, str]) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, env=fonts, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()
