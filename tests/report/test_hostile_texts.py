"""Titles and descriptions are a user's words: on every page they are text and nothing else."""

import json
import re
from collections import defaultdict
from html.parser import HTMLParser
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output
from ruamel.yaml import YAML

from futian_model.evidence import Evidence
from futian_model.report import Entry, ScenarioReport, blocks_of, export, faults, index_page
from futian_model.report.page.blocks import Block
from futian_model.report.page.display import template_file
from futian_model.report.pages.index.page import SCRIPTS
from futian_model.report.writers import html

from .conftest import SECTIONS, Report, flat, texts

TEXTS = {
    "script": "</title></h1><script>alert('坏')</script><img src=x onerror=alert(1)>",
    "template": "{{ 7 * 7 }} {% raw %} ${evil} %(name)s <!-- &lt;b&gt; & -->",
    "quotes": "\"Two\" 'one' “中” `tick` \\ back",
    "long": "很长的名称" * 59 + "到此为止。",
}
VOID = {"meta", "img", "br", "input"}


class Content(HTMLParser):
    """Text by element, and every attribute."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = defaultdict(list)
        self.attributes: set[str] = set()
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attrs}
        self.texts[tag].append("")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open:
            self.texts[self.open[-1]][-1] += data


@pytest.fixture(scope="module", params=TEXTS)
def hostile(
    request: pytest.FixtureRequest, report: Report, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, ScenarioReport]:
    """A scenario of those words, read from a file."""
    text = TEXTS[request.param]
    file = tmp_path_factory.mktemp("hostile") / "hostile.yaml"
    words = {name: {"zh": text, "en": text} for name in ("title", "description")}
    content = {"id": "hostile", **words, "extends": "trend_2021"}
    with file.open("w", encoding="utf-8") as stream:
        YAML(typ="safe", pure=True).dump(content, stream)
    return text, report(file)


def notebook(made: ScenarioReport) -> NotebookNode:
    """The report as a notebook carries it."""
    sections: list[Block] = [getattr(made, name)() for name in (*SECTIONS, "record")]
    shown = [new_output("execute_result", one._repr_mimebundle_(), execution_count=1) for one in sections]
    return new_notebook(cells=[new_code_cell("", outputs=[output]) for output in shown])


def test_a_report_shows_the_words_as_they_were_written(hostile: tuple[str, ScenarioReport]) -> None:
    text, made = hostile
    carried = notebook(made)
    assert faults(carried) == []
    read = Content(export(carried, "html", text).content.decode())
    assert read.open == []
    assert read.texts["title"] == [text]
    assert read.texts["h1"] == [text]
    assert text in read.texts["p"]
    # the carried notebook, which no browser runs, and the page's own
    assert read.texts["script"][1:] == [template_file(name) for name in html.SCRIPTS]
    assert len(read.texts["img"]) == 4
    assert not [name for name in read.attributes if name.startswith("on")]


def texts_of(block: dict[str, Any]) -> list[str]:
    """Every sentence of a block and of those inside it."""
    return [text for one in flat([block]) if one["type"] == "prose" for text in texts(one)]


def test_the_block_in_a_notebook_shows_them_too(hostile: tuple[str, ScenarioReport]) -> None:
    text, made = hostile
    read = Content(made.cover()._repr_mimebundle_()["text/html"])
    assert read.texts["h1"] == [text]
    assert "script" not in read.texts
    read = Content(made.answer()._repr_mimebundle_()["text/html"])
    assert text in read.texts["p"]
    assert "script" not in read.texts
    cover, answer, *_ = blocks_of(notebook(made))
    assert cover["title"] == text
    assert text in texts_of(answer)


def test_the_index_shows_them_as_title_link_and_fault(
    hostile: tuple[str, ScenarioReport], evidence: Evidence
) -> None:
    text, made = hostile
    both = {"zh": text, "en": text}
    ran = Entry("hostile", both, both, made.material.results, {"zh": {"html": "a/a.zh.html"}}, "2021")
    failed = Entry("failed", both, {}, made.material.results.head(0), {}, "", text)
    read = Content(index_page([ran, failed], ("zh", "en"), evidence))
    assert read.open == []
    assert read.texts["a"].count(text) == 2
    assert read.texts["th"].count(text) == 2
    assert read.texts["td"].count(text) == 2
    data, *own = read.texts["script"]
    assert set(json.loads(data)) == {"frame", "grounds", "styles"}
    assert own == [template_file(name) for name in SCRIPTS]
    assert not [name for name in read.attributes if name.startswith("on")]


def test_an_index_of_one_language_has_no_links_to_languages(report: Report, evidence: Evidence) -> None:
    both = {"zh": "一", "en": "One"}
    entry = Entry(
        "one",
        both,
        both,
        report("trend_2021").material.results,
        {"zh": {"html": "a/a.html"}},
        "2021",
    )
    english = index_page([entry], ("en",), evidence)
    assert "<nav" not in english
    assert '<html lang="en-GB">' in english
    assert '<a href="a/a.html">One</a>' in english
    shown = re.sub(r"<style>.*?</style>", "", english, flags=re.DOTALL)
    # but that the report itself is in Chinese
    assert re.findall(r"[\u4e00-\u9fff]+", shown) == ["中文"]
