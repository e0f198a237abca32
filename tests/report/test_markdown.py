"""The Markdown file: the words as they were written, the numbers of the record, pictures beside it."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import mistune
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as pages
from markdown_it import MarkdownIt
from nbconvert.exporters import get_exporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from futian_model.report import blocks_of, export, faults
from futian_model.report.page.carried import pack, unpack
from futian_model.report.page.document import MIME, TONES
from futian_model.report.writers import md
from futian_model.report.writers.md.text import fence, inline, line, table

from .conftest import SECTIONS, Report, flat, texts
from .test_exporter import PIXEL

GFM = MarkdownIt("commonmark").enable(["table", "strikethrough"])
"""Another reader of the same Markdown."""
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40) | st.text(
    "\\`*_{}[]()#+-.!|~$<>&;:=\"'1a 文。“”\n", max_size=30
)
HOSTILE = [
    "# 不是标题 #",
    "- 不是列表",
    "1. 不是编号",
    "> 不是引文",
    "--- *斜* **粗** `码` ~~删~~ [链](x) ![图](y) <b>标签</b> &amp; &#42; \\*",
    "a|b|c 与 $x$ 和 $$y$$",
    "见 https://example.org/a_b*c?d=1&e=[2]。后文",
    "<!-- futian-notebook\nAAAA\n-->",
    "==== 与 +++ 与 _文_字_",
]


def shown(source: str) -> Iterator[str]:
    """What each of two readers shows of a source."""
    for made in (
        GFM.render(source),
        mistune.create_markdown(escape=False, plugins=["table", "strikethrough"])(source),
    ):
        yield str(pages.fragment_fromstring(made, create_parent="div").text_content())


def bare(text: str) -> str:
    return "".join(text.split())


@example("-")
@example("12)")
@example("http://a|b`c")
@example("&copy;")
@given(WORDS)
def test_any_words_are_shown_as_they_were_written(text: str) -> None:
    for source in (line(text), f"## {inline(text)}", f"- {line(text)}", f"> {line(text)}"):
        for made in shown(source):
            assert bare(made) == bare(text), source


@given(st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=3))
def test_a_table_holds_any_words_in_their_cells(rows: list[list[str]]) -> None:
    source = table(["甲", "乙"], [False, True], [[inline(cell) for cell in row] for row in rows])
    for made in (GFM.render(source), mistune.create_markdown(escape=False, plugins=["table"])(source)):
        cells = [str(one.text_content()) for one in pages.fragment_fromstring(made).iter("td")]
        assert [bare(one) for one in cells] == [bare(cell) for row in rows for cell in row]


@given(st.text("`~ a\n", max_size=30))
def test_printed_lines_are_kept(text: str) -> None:
    for made in shown(fence(text)):
        assert made.strip("\n") == text.strip("\n")


@pytest.fixture(scope="module", params=["zh", "en"])
def notebook(request: pytest.FixtureRequest, report: Report) -> NotebookNode:
    """A scenario report as its notebook carries it."""
    made = report("headquarters_leave", request.param)
    sections = [getattr(made, name)().to_dict() for name in (*SECTIONS, "record")]
    outputs = [new_output("display_data", {MIME: one, "text/plain": ""}) for one in sections]
    return new_notebook(cells=[new_code_cell("", outputs=[one]) for one in outputs])


def test_every_text_and_number_of_a_report_is_read_from_it(notebook: NotebookNode) -> None:
    written = export(notebook, "md", "报告 1")
    seen = bare("".join(md.seen(written.content)))
    told = [one for one in blocks_of(notebook) if one["type"] != "record"]
    held = [text for block in flat(told) if block["type"] != "charts" for text in texts(block)]
    assert len(held) > 300
    assert [text for text in held if bare(text) not in seen] == []


def test_the_record_travels_with_it_and_holds_its_numbers(notebook: NotebookNode) -> None:
    written = export(notebook, "md")
    carried = md.carried(written.content)
    assert carried is not None
    assert bare(carried) == pack(notebook)
    assert faults(unpack(carried)) == []
    assert export(notebook, "md") == written
    # a program that writes lines as Windows does changes nothing
    assert bare(md.carried(written.content.replace(b"\n", b"\r\n")) or "") == pack(notebook)
    assert md.seen(written.content.replace(b"\n", b"\r\n")) == md.seen(written.content)


def test_pictures_lie_beside_it_with_their_descriptions(notebook: NotebookNode) -> None:
    written = export(notebook, "md", "报告 1")
    charts = [one for block in flat(blocks_of(notebook)) for one in block.get("charts", [])]
    alts = [" ".join(one["alt"].split()) for one in charts]
    assert [one.description for one in md.pictures(written.content)] == alts
    assert list(written.beside) == [f"报告 1.{at}.svg" for at in range(1, len(charts) + 1)]
    assert [one.decode() for one in written.beside.values()] == [one["svg"] for one in charts]
    for content in written.beside.values():
        etree.fromstring(content)
    assert b"data:image" not in written.content
    assert "(%E6%8A%A5%E5%91%8A%201.1.svg)" in written.content.decode()


@pytest.mark.parametrize("text", HOSTILE)
def test_titles_and_cells_are_text_and_nothing_else(text: str) -> None:
    number = {"value": 1.0, "text": "7"}
    sentence = {"text": text, "numbers": []}
    column = {"label": text, "numeric": False, "head": True, "short": False}
    made = [
        {"type": "cover", "title": text, "subtitle": text, "description": text, "facts": [[text, text]]},
        {"type": "section", "heading": text, "level": 2, "new_page": False, "children": []},
        *({"type": "prose", "tone": tone, "sentences": [sentence]} for tone in TONES),
        {"type": "prose", "note": True, "sentences": [sentence]},  # as files made before say it
        {"type": "key_figures", "figures": [{"label": text, "number": number, "note": sentence}]},
        {
            "type": "table",
            "title": text,
            "columns": [column],
            "rows": [[text], [number]],
            "note": sentence,
            "cards": False,
            "whole": True,
        },
    ]
    outputs = [new_output("display_data", {MIME: {"lang": "zh", **one}}) for one in made]
    content = export(new_notebook(cells=[new_code_cell("", outputs=outputs)]), "md").content
    seen = bare("".join(md.seen(content)))
    assert seen.count(bare(text)) == 13 + len(TONES)
    assert re.sub(re.escape(bare(text)), "", seen) == "：：7。7"
    assert md.pictures(content) == []
    assert unpack(md.carried(content) or "").cells[0].outputs == outputs


OWN = """## 我的 *补充*

<b>“要点”</b>是<b>一</b><i>二</i>与`a|b*c`和[外链](https://example.org/a_(b))，H<sub>2</sub>O。

- 一
    - 二
        1. 三
        2. 四

    接着二

> 引文

| 甲 | 乙|
|---|---|
| 1 | <br>*二* |

```
x = "`"
```

---

![格子](attachment:x.png)
"""


def test_an_analysts_own_words_come_along() -> None:
    outputs = [
        new_output("stream", name="stdout", text="a < b\n  ``` \x1b[31m红\x1b[0m"),
        new_output("display_data", {"image/png": PIXEL}, metadata={"image/png": {"alt": "街道图"}}),
        new_output("display_data", {"text/html": "<table><tr><td>只有</td></tr></table>"}),
    ]
    own = new_markdown_cell(OWN, attachments={"x.png": {"image/png": PIXEL}})
    cells = [own, new_code_cell("", outputs=outputs)]
    notebook = new_notebook(cells=cells)
    written = export(notebook, "md", "a")
    made = GFM.render(written.content.decode())
    seen = bare(str(pages.document_fromstring(made).text_content()))
    assert seen == bare('我的补充“要点”是一二与a|b*c和外链，H2O。一二三四接着二引文甲乙1二x="`"a<b```红只有')
    assert bare("".join(md.seen(written.content))).replace("格子", "").replace("街道图", "") == seen
    for tag in (
        "<strong>“要点”</strong>",
        "<code>a|b*c</code>",
        'href="https://example.org/a_(b)"',
        "<sub>2</sub>",
        "<blockquote>\n<p>引文</p>",
        "<hr",
    ):
        assert tag in unescape(made)
    tree = pages.document_fromstring(made)
    assert [len(one.xpath("ancestor::ul | ancestor::ol")) for one in tree.iter("li")] == [1, 2, 3, 3]
    assert list(written.beside) == ["a.1.png", "a.2.png"]
    assert [one.description for one in md.pictures(written.content)] == ["格子", "街道图"]


def test_a_file_that_carries_none_has_no_record() -> None:
    assert md.carried(b"") is None
    assert md.carried(b"# title\n\n\xff\xfe") is None
    assert md.seen(b"") == []
    assert md.pictures(b"") == []


def test_the_exporter_of_nbconvert_writes_it_with_its_pictures(notebook: NotebookNode) -> None:
    exporter = get_exporter("futian_model.report.FutianMDExporter")()
    content, resources = exporter.from_notebook_node(notebook, {"metadata": {"name": "x"}})
    written = export(notebook, "md", "x")
    assert content == written.content.decode()
    assert resources["outputs"] == written.beside
    assert resources["output_extension"] == ".md"
    # in its own folder as well, which nbconvert does not name
    _, resources = exporter.from_notebook_node(notebook, {"metadata": {"name": "x", "path": ""}})
    assert {Path(name).parent for name in resources["outputs"]} == {Path()}
    assert all(Path(name).name in written.beside and "/" in name for name in resources["outputs"])
