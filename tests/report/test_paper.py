"""Paper: tables fit any page whatever they hold, and alike in a PDF and a Word document."""

import re

import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_notebook

from futian_model.report.page.document import Document
from futian_model.report.page.elements import Run
from futian_model.report.words.sentences import words
from futian_model.report.writers.docx.form import Form
from futian_model.report.writers.docx.ruler import ARIAL, ROOMY
from futian_model.report.writers.docx.tables import table
from futian_model.report.writers.docx.xml import run
from futian_model.report.writers.paper.fit import LONGEST, MOST_COLUMNS, Column, fits
from futian_model.report.writers.paper.flow import flow, headings, spreads
from futian_model.report.writers.paper.nodes import Node, nodes_of
from futian_model.report.writers.paper.ruler import (
    Ruler,
    ems,
    figure_parts,
    label_lines,
    label_width,
    shortened,
)
from futian_model.report.writers.paper.sheet import PADDING, ROOM, ROOM_TURNED, SIZES_TURNED, TALLEST
from futian_model.report.writers.pdf import fonts
from futian_model.report.writers.pdf.data import data
from futian_model.report.writers.pdf.ruler import ruler

TYPEFACES = ruler(fonts.typefaces(tuple(fonts.packaged())), "zh")
RULERS = pytest.mark.parametrize("measure", [ARIAL, ROOMY, TYPEFACES], ids=["Arial", "roomy", "typefaces"])
WORDS = st.text("年亿元地区生产总值abcWM019,.%–（）()，、 -\N{NO-BREAK SPACE}", max_size=40)
COLUMNS = st.integers(0, 6).flatmap(
    lambda rows: st.lists(
        st.builds(
            Column,
            st.lists(WORDS, min_size=1, max_size=1),
            st.lists(WORDS, min_size=rows, max_size=rows),
            st.booleans(),
            st.booleans(),
        ),
        min_size=1,
        max_size=24,
    )
)


@RULERS
@settings(max_examples=60)
@given(columns=COLUMNS)
def test_a_table_fills_its_page_and_breaks_no_word(measure: Ruler, columns: list[Column]) -> None:
    parts = fits(columns, [measure])
    assert {part.columns[0] for part in parts} == {0}
    assert sorted(at for part in parts for at in part.columns[1:]) == list(range(1, len(columns)))
    for part in parts:
        assert sum(part.widths) == pytest.approx(ROOM_TURNED if part.turned else ROOM)
        for at, width in zip(part.columns, part.widths, strict=True):
            room = (width - 2 * PADDING) / part.size + 1e-6
            for cell in columns[at].cells:
                unbroken = (
                    figure_parts(cell) if columns[at].numeric else re.findall(r"[a-zA-Z0-9,.%–]+", cell)
                )
                assert all(min(LONGEST, ems(measure, word)) <= room for word in unbroken)


@RULERS
@given(label=WORDS, most=st.integers(1, 3))
def test_a_label_takes_no_more_lines_than_it_may(measure: Ruler, label: str, most: int) -> None:
    width = label_width(measure, label, most)
    assert len(label_lines(measure, label, width)) <= most
    assert width <= sum(label_lines(measure, label, 1e9)) + 0.02


@RULERS
@given(text=WORDS, most=st.floats(1, 30))
def test_what_is_shortened_begins_alike_and_fits(measure: Ruler, text: str, most: float) -> None:
    line = shortened(measure, text, most)
    assert " ".join(text.split()).startswith(line.removesuffix("…"))
    assert ems(measure, line.removesuffix("…")) <= most


@given(parts=st.lists(WORDS, max_size=6))
def test_the_parts_of_a_figure_are_all_of_it(parts: list[str]) -> None:
    text = "".join(parts)
    assert "".join(figure_parts(text)) == text


def test_a_table_of_more_columns_than_word_opens_is_parted() -> None:
    columns = [Column(["i"], ["1"])] * 100
    assert sum(ems(ARIAL, "1") * SIZES_TURNED[-1] for _ in columns) < ROOM_TURNED
    assert max(len(part.columns) for part in fits(columns, [ARIAL])) <= MOST_COLUMNS


def table_block(columns: int) -> dict[str, object]:
    return {
        "type": "table",
        "title": "Title",
        "note": {"text": "Note."},
        "whole": False,
        "columns": [{"label": f"Column {at}", "numeric": at > 0, "short": False} for at in range(columns)],
        "rows": [["Words of some length", *["1,234.5 (2022)"] * (columns - 1)]] * 9,
    }


def written(node: Node) -> list[float]:
    """Widths of a table's columns in Word, in points."""
    made = table(node, lambda runs, size: [run(one.text) for one in runs], Form())
    return [int(one.get(qn("w:w"))) / 20 for one in made.iter(qn("w:gridCol"))]


@pytest.mark.parametrize("columns", [3, 9, 14, 60])
def test_the_same_table_fits_the_same_in_word_and_pdf(columns: int) -> None:
    document = Document("", "en", (table_block(columns),), new_notebook())
    laid = spreads(flow(document, ARIAL), [ARIAL])
    parts = [node for spread in laid for node in spread["nodes"]]
    assert [part["note"] for part in parts] == [""] * (len(parts) - 1) + ["Note."]
    assert (len(parts) > 1) == (columns == 60)
    for spread in laid:
        for node in spread["nodes"]:
            printed = data(node, ARIAL)
            assert printed["turned"] == spread["turned"]
            assert written(node) == pytest.approx(list(printed["widths"]), abs=0.05)


def section(heading: str, children: list[dict[str, object]], level: int = 2) -> dict[str, object]:
    return {"type": "section", "level": level, "heading": heading, "new_page": False, "children": children}


def test_headings_beside_a_chart_are_listed_in_their_order_and_no_level_is_left_out() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300"/>'
    chart = {"type": "charts", "charts": [{"svg": svg, "alt": "a"}]}
    prose = {"type": "prose", "lang": "en", "note": False, "sentences": [{"text": "Words."}]}
    pieces = [section("A", [chart, section("B", [prose], 5)]), section("C", [prose])]
    laid = spreads(flow(Document("", "en", tuple(pieces), new_notebook()), ARIAL), [ARIAL])
    (beside,) = [node for node in laid[0]["nodes"] if node["is"] == "charts"]
    assert [node["is"] for node in beside["words"]] == ["heading", "prose"]
    listed = [(node["level"], node["runs"]) for node in headings(laid)]
    assert listed == [(1, (Run("A"),)), (2, (Run("B"),)), (1, (Run("C"),))]


@pytest.mark.parametrize(("wide", "tall"), [(300, 200), (900, 200), (300, 1400), (900, 1400)])
def test_a_chart_is_no_larger_than_a_page_holds(wide: int, tall: int) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}"/>'
    block = {"type": "charts", "lang": "zh", "charts": [{"svg": svg, "alt": "a", "title": "b"}]}
    (node,) = nodes_of(block, words("zh"))
    ((chart,),) = node["rows"]
    assert chart["width"] <= ROOM + 1e-9
    assert chart["height"] <= TALLEST + 1e-9
    assert chart["width"] / chart["height"] == pytest.approx(wide / tall)
    if wide <= ROOM and tall <= TALLEST:
        assert (chart["width"], chart["height"]) == (wide, tall)


def test_words_that_lead_to_a_turned_table_go_along_and_the_rest_stays() -> None:
    prose = {"type": "prose", "lang": "en", "note": False, "sentences": [{"text": "Words."}]}
    pieces = [section("A", [prose]), section("B", [prose, table_block(14)]), section("C", [prose])]
    laid = spreads(flow(Document("", "en", tuple(pieces), new_notebook()), ARIAL), [ARIAL])
    assert [spread["turned"] for spread in laid] == [False, True, False]
    assert [[node["is"] for node in spread["nodes"]] for spread in laid] == [
        ["heading", "prose"],
        ["heading", "prose", "table"],
        ["heading", "prose"],
    ]
