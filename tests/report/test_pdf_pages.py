"""What stands where on the pages of a printed report: charts, headings, tables and their columns."""

import pandas as pd
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from futian_model.charts.page import WIDTH
from futian_model.charts.theme import SMALL
from futian_model.report import PlanReport, blocks_of
from futian_model.report.page.document import Document
from futian_model.report.page.outputs import document
from futian_model.report.writers.docx.ruler import ARIAL
from futian_model.report.writers.paper.flow import flow, spreads
from futian_model.report.writers.paper.ruler import ems, said
from futian_model.report.writers.paper.sheet import HALF, PADDING
from futian_model.report.writers.pdf import fonts as pdf_fonts
from futian_model.report.writers.pdf.ruler import ruler
from futian_model.scorecard import VIEWS

from .conftest import flat, texts
from .paper import bare, printed, shown, table


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", VIEWS)
def test_the_first_page_of_a_scorecard_names_what_is_not_known(view: str, lang: str) -> None:
    made = PlanReport("evidence_trend", lang, view=view)
    notebook = shown(*(getattr(made, name)() for name in ("cover", "answer", "table", "others", "method")))
    notes = [block for block in flat([blocks_of(notebook)[1]]) if block.get("tone") == "note"]
    told = [bare(text) for block in notes for text in texts(block)]
    first = printed(notebook).body[0]
    assert told
    assert [text for text in told if text not in first] == []


def test_a_lone_chart_makes_room_on_the_first_page_alone() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300"/>'
    chart = {"type": "charts", "charts": [{"svg": svg, "alt": "a"}]}
    prose = {"type": "prose", "note": False, "sentences": [{"text": "Words."}]}
    head = {"type": "section", "level": 2, "new_page": False}
    pieces = [head | {"heading": name, "children": [chart, prose]} for name in "AB"]
    given = Document("", "en", tuple(pieces), new_notebook())
    laid = [node for node in flow(given, ARIAL) if node["is"] == "charts"]
    assert [node["rows"][0][0]["width"] == HALF for node in laid] == [True, False]
    assert [bool(node["words"]) for node in laid] == [True, False]


def test_charts_in_pairs_or_beside_words_are_still_legible() -> None:
    assert HALF / WIDTH * SMALL >= 7.5


def test_a_heading_and_its_words_stay_with_the_charts_they_lead_to() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 300"/>'
    charts = {"type": "charts", "charts": [{"svg": svg, "alt": "a"}] * 2}
    prose = {"type": "prose", "note": False, "sentences": [{"text": "A word and another. " * 18}]}
    section = {"type": "section", "level": 2, "heading": "Charts", "new_page": False}
    lines = [new_markdown_cell("line") for _ in range(23)]
    made = {"application/vnd.futian.block+json": section | {"children": [prose, charts], "lang": "en"}}
    notebook = new_notebook(cells=[*lines, *shown(made).cells])
    read = printed(notebook)
    first, second = read.body
    assert first.startswith("line")
    assert "Charts" not in first
    assert second.startswith("Charts")
    # it is for the charts that they moved
    assert "Charts" in printed(new_notebook(cells=[*lines, new_markdown_cell("## Charts")])).body[0]


def test_a_long_table_begins_with_its_heading_and_more_than_a_row_or_two() -> None:
    frame = pd.DataFrame({"年份": [f"第{at}行" for at in range(40)]})
    parted = 0
    for lines in range(30, 42):
        notebook = table(frame)
        notebook.cells[:0] = [
            *(new_markdown_cell("一句。") for _ in range(lines)),
            new_markdown_cell("## 长表"),
        ]
        first, second, *_ = printed(notebook).body
        page = first if "第0行" in first else second
        assert "长表" in page
        assert "第3行" in page
        parted += page is first
    assert 0 < parted < 12


def test_contents_before_a_table_on_its_side_are_not_alone_on_their_page() -> None:
    wide = pd.DataFrame({f"column_{at}": [at + 0.123456] * 5 for at in range(16)})
    notebook = table(wide)
    notebook.cells[:0] = [new_markdown_cell(f"## 第{at}节\n\n一段。") for at in "一二"]
    notebook.cells.insert(1, new_markdown_cell("\n\n".join("一段。" for _ in range(33))))
    notebook.cells += [new_markdown_cell(f"## 第{at}节") for at in "三四"]
    read = printed(notebook)
    assert [page.get_width() > page.get_height() for page in read.pages] == [False, True, False]
    assert "目录" in read.body[1]
    assert "第二节一段。column_0" in read.body[1]


def test_the_wide_tables_of_an_analyst_fit_whatever_they_hold() -> None:
    wide = pd.DataFrame({f"指标{at}": [at + 0.123456] * 12 for at in range(30)})
    wider = pd.DataFrame({f"column_{at}": [-1234.5] * 3 for at in range(90)})
    words = pd.DataFrame(
        {"街道": ["莲花", "x" * 200], "说明": ["很长的说明" * 60, "短"], "占比": [0.25, None]}
    )
    for frame in (wide, wider, words):
        read = printed(table(frame))
        body = "".join(read.body)
        assert all(bare(name) in body for name in frame.columns)
        assert all(bare(str(value)) in body for value in frame.to_numpy().ravel() if value == value)
        for character, (left, bottom, right, top), (wide_page, tall) in read.characters():
            assert 40 <= left <= right <= wide_page - 40 + 1, character
            assert 20 <= bottom <= top <= tall - 20, character


def test_a_heading_goes_with_its_table_onto_a_page_on_its_side() -> None:
    wide = pd.DataFrame({f"column_{at}": [at + 0.123456] * 5 for at in range(16)})
    notebook = table(wide)
    notebook.cells[:0] = [new_markdown_cell("## 正文\n\n一段。"), new_markdown_cell("## 宽表")]
    notebook.cells.append(new_markdown_cell("## 其后\n\n## 末"))
    read = printed(notebook)
    sides = [page.get_width() > page.get_height() for page in read.pages]
    assert sides == [False, True, False]
    assert read.body[1].startswith("宽表column_0")
    assert "其后" in read.body[2]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_latest_figure_of_a_scorecard_takes_few_lines(lang: str) -> None:
    made = PlanReport("evidence_trend", lang).table()
    measure = ruler(pdf_fonts.typefaces(tuple(pdf_fonts.packaged())), lang)
    laid = spreads(flow(document(shown(made)), measure), [measure])
    (node,) = [one for spread in laid for one in spread["nodes"] if one["is"] == "table"]
    at = node["heads"][0].index({"zh": "最近公布值", "en": "Latest figure"}[lang])
    fit = node["fit"]
    longest = max(ems(measure, said(row[at])) for row in node["rows"])
    assert fit.size >= 7.5
    assert longest * fit.size < 4 * (fit.widths[at] - 2 * PADDING)
