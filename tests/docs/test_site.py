"""The site: every page has its place in the contents, and every link of a page leads somewhere."""

import re
from pathlib import Path

import documentation
import pytest
from documentation import CHINESE, CONTENTS, COPIED, ROOT

DOCS = ROOT / "docs"
MADE = ("notebooks/", "generated/")
"""Folders of pages that the build makes."""
PAGES = sorted(file.relative_to(DOCS) for file in DOCS.rglob("*.md"))
LISTED = [page for pages in CONTENTS.values() for page in pages] + [f"zh/{page}" for page in CHINESE]


def test_every_page_has_a_place_in_the_contents() -> None:
    own = {page.with_suffix("").as_posix() for page in PAGES if page.parts[0] != "api"}
    made = {page.removesuffix(".md") for page in COPIED.values()} | {"notebooks/index", "zh/notebooks/index"}
    assert sorted({*LISTED, "index"}) == sorted(own | made | {"api/index"})
    assert len(LISTED) == len(set(LISTED))
    inside = re.findall(r"^\w+$", (DOCS / "api" / "index.md").read_text("utf-8"), re.MULTILINE)
    assert {*inside, "index"} == {page.stem for page in PAGES if page.parts[0] == "api"}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_leads_to_a_page(page: Path) -> None:
    text = (DOCS / page).read_text("utf-8")
    for match in documentation.LINK.finditer(text):
        to = (DOCS / page).parent.joinpath(match[1].partition("#")[0]).resolve().relative_to(DOCS).as_posix()
        made = to.removeprefix("zh/").startswith(MADE) or to in COPIED.values()
        assert made or (DOCS / to).is_file(), match[1]


@pytest.mark.parametrize("file", COPIED)
def test_a_page_of_the_repository_keeps_its_links_on_the_site(file: str) -> None:
    text = documentation.moved((ROOT / file).read_text("utf-8"), file, COPIED[file])
    for match in documentation.LINK.finditer(text):
        to = (DOCS / COPIED[file]).parent.joinpath(match[1].partition("#")[0]).resolve()
        assert to.is_file() or to.relative_to(DOCS).as_posix() in COPIED.values(), match[1]


def test_each_of_twenty_questions_has_a_page() -> None:
    rows = re.findall(r"^\| (.*\?.*) \| (\[.*) \|$", (DOCS / "questions.md").read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 20
    assert len({question for question, _ in rows}) == 20
