"""Texts of any kind in a Word document: hostile, forbidden, broken, in English."""

import base64
import re

import pytest
from lxml import etree
from nbformat.v4 import new_output

from futian_model.report import export
from futian_model.report.page.blocks import (
    Block,
    Column,
    Cover,
    KeyFigure,
    KeyFigures,
    Prose,
    Section,
    Table,
)
from futian_model.report.page.document import NOTE
from futian_model.report.words.numbers import Number
from futian_model.report.words.sentences import Sentence
from futian_model.report.writers.docx import seen

from .word import DRAWN, fields, notebook, opened, parts, picture, spaceless

HOSTILE = {
    "script": "</w:t><script>alert('坏')</script><img src=x onerror=alert(1)>",
    "template": "{{ 7 * 7 }} {number} {% raw %} ${evil} %(name)s <!-- &lt;b&gt; & -->",
    "formula": "=cmd|' /C calc'!A0",
    "field": 'HYPERLINK "file:///etc/passwd" \\* MERGEFORMAT',
    "quotes": "\"Two\" 'one' “中” `tick` \\ back",
    "long": "很长的名称" * 59 + "到此为止。",
    "unbroken": "x" * 300,
    "beyond": "𠮷 😀 e\u0301 \u202e倒 \u200b\ufeff",
}


def spoken(text: str, lang: str) -> list[Block]:
    """Blocks that say one thing wherever they can."""
    told = Sentence(text)
    figure = KeyFigure(text, Number(2035.0, "year"), told)
    table = Table(lang, text, [Column(text, head=True), Column(text, numeric=True)], [(text, told)] * 3, told)
    children = [Prose(lang, [told]), Prose(lang, [told], NOTE), KeyFigures(lang, [figure] * 2), table]
    return [Cover(lang, text, text, text, [(text, text)]), Section(lang, text, children)]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_texts_stay_texts(text: str) -> None:
    links = {"text/html": '<p><a href="#below">here</a> <a href="https://example.com/x">there</a></p>'}
    made = export(notebook(*spoken(text, "en"), new_output("display_data", links)), "docx")
    assert made.warnings == ()
    told = [line for line in seen(made.content) if spaceless(text) in spaceless(line)]
    head = opened(made.content).sections[0].header.paragraphs[0].text
    assert head == text or len(text) > 200
    # the kind of report and the title stand above pages, and are one line if they are the same
    assert len(told) == 21
    held = parts(made.content)
    assert {
        code.split()[0]
        for part in ("document", "footer1")
        for code in fields(etree.fromstring(held[f"word/{part}.xml"]))
    } == {
        "SEQ",
        "PAGE",
        "NUMPAGES",
    }
    outside = re.findall(rb'Target="([^"]+)" TargetMode="External"', held["word/_rels/document.xml.rels"])
    assert outside == [b"https://example.com/x"]
    assert not [name for name in held if "script" in name or name.endswith(".bin")]
    assert "here there" in " ".join(seen(made.content))


def test_what_xml_forbids_is_left_out_and_told() -> None:
    made = export(
        notebook(
            *spoken("前\x00\x08\x0b\x1b\ufffe后", "zh"), new_output("stream", name="stdout", text="a\x07")
        ),
        "docx",
    )
    assert made.warnings == (
        "left out, as no Word document can hold them: U+0000, U+0007, U+0008, U+000B, U+001B, U+FFFE",
    )
    assert "前后" in seen(made.content)
    assert opened(made.content).core_properties.title == "前后"


def test_a_picture_that_cannot_be_read_gives_way_to_its_description() -> None:
    broken = [
        picture("<svg", "image/svg+xml", "坏的矢量图"),
        picture(
            DRAWN.replace("<path", '<image href="/etc/hostname"/><path'), "image/svg+xml", "引用别处的图"
        ),
        picture(base64.b64encode(b"no picture").decode(), "image/png", "坏的图"),
        picture(DRAWN, "image/svg+xml", "好的图"),
    ]
    made = export(notebook(*broken), "docx")
    assert made.warnings[-1] == "3 pictures cannot be read; their descriptions stand instead"
    assert [shape._inline.docPr.get("descr") for shape in opened(made.content).inline_shapes] == ["好的图"]
    assert {"坏的矢量图", "引用别处的图", "坏的图", "图 1 好的图"} <= set(seen(made.content))


def test_a_report_in_english_counts_in_english() -> None:
    blocks = spoken("word", "en")
    word = opened(export(notebook(*blocks), "docx").content)
    assert [one.text for one in word.paragraphs if one.style.name == "Caption"] == ["Table 1. word"]
    assert word.sections[0].footer.paragraphs[0].text == "Page 1 of 1"
    assert word.core_properties.language == "en-GB"
