"""Tables of a Word document: whole, within their page, figures unbroken."""

import pytest

from futian_model.report import export
from futian_model.report.writers.docx.ruler import ARIAL, ROOMY
from futian_model.report.writers.paper.fit import Column, fits
from futian_model.report.writers.paper.ruler import ems, widest
from futian_model.report.writers.paper.sheet import PADDING, ROOM, ROOM_TURNED, SIZES

from .word import frame, notebook, opened


@pytest.mark.parametrize("columns", [3, 12, 30, 100])
def test_a_wide_table_stays_on_its_page_and_whole(columns: int) -> None:
    content = export(notebook("## 前", frame(columns), "## 后\n\n文字"), "docx").content
    word = opened(content)
    cells = [cell.text for table in word.tables for cell in table.rows[0].cells]
    assert [cell for cell in cells if cell] == [str(at) for at in range(columns)]
    assert all(len(table.columns) <= 63 for table in word.tables)  # the most that Word opens
    turned = columns > 3
    assert [section.page_width > section.page_height for section in word.sections] == (
        [True, False] if turned else [False]
    )
    for table in word.tables:
        wide = sum(column.width.pt for column in table.columns)
        assert wide <= (ROOM_TURNED if turned else ROOM) + 0.1
        assert table.rows[1].cells[0].text == "0"


def test_figures_keep_to_one_line_and_labels_leave_no_stub() -> None:
    labels = ["指标", "实现把握", "假设成立时的达标比例", "10年期", "15年期"]
    cells = [
        "2035年人均地区生产总值比2020年翻一番（预期性）",
        "8,119–11,380亿元",
        "8,009–14,852亿元",
        "55.1%",
        "94% (70%–100%)",
    ]
    columns = [
        Column([label], [cell] * 4, numeric=at > 0)
        for at, (label, cell) in enumerate(zip(labels, cells, strict=True))
    ]
    (fit,) = fits(columns, [ROOMY, ARIAL])
    assert not fit.turned
    assert fit.size in SIZES
    assert sum(fit.widths) == pytest.approx(ROOM)
    # nine letters and a dash at this size, with the space beside them
    assert fit.widths[1] > 7.5 * fit.size
    assert fit.widths[0] == max(fit.widths)


def test_a_cell_that_does_not_fit_breaks_between_its_parts_and_not_in_its_numbers() -> None:
    cell, broken = "8,058亿元，5,452（2023年）", "8,058亿元，\u200b5,452\u200b（2023年）"
    heads = "".join(f"<th>指标{at}</th>" for at in range(9))
    cells = "".join(f"<td>{cell}</td>" for _ in range(9))
    given = f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    wide = opened(export(notebook(given), "docx").content).tables[0]
    assert {one.text for one in wide.rows[1].cells} == {broken}
    narrow = opened(export(notebook(given.replace(cells, f"<td>{cell}</td>")), "docx").content).tables[0]
    assert narrow.rows[1].cells[0].text == cell


def test_a_long_cell_of_figures_takes_few_lines() -> None:
    long = "518.0 (2022); over 600.0 at current prices (2025)"
    columns = [Column(["Latest figure"], [long, "47.6% (2022)"], numeric=True)]
    columns += [Column(["Indicator"], ["Cumulative fall in energy use per unit of GDP"] * 2)] * 6
    (fit,) = fits(columns, [ROOMY, ARIAL])
    assert ems(ARIAL, long) * fit.size < 5 * (fit.widths[0] - 2 * PADDING)


def test_a_long_table_begins_with_more_than_a_row_or_two() -> None:
    rows = "".join(f"<tr><td>{at}</td></tr>" for at in range(30))
    given = f"<table><thead><tr><th>年</th></tr></thead><tbody>{rows}</tbody></table>"
    (made,) = opened(export(notebook(given), "docx").content).tables
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in made.rows]
    assert kept[:6] == [
        True,
        True,
        True,
        True,
        None,
        None,
    ]  # the head, and four rows of which the last may end a page


def test_where_there_is_room_no_word_breaks_in_a_wider_font_either() -> None:
    goals = ["Headquarters share of GDP by 2025", "GDP per capita double its 2020 level by 2035"]
    parts = ["Headquarters value added", "Real GDP"]
    columns = [Column(["Goal"], goals), Column(["Growth of"], parts)]
    columns += [
        Column([head], [cell] * 2, numeric=True)
        for head, cell in (("Required", "4.73%"), ("Scenario", "4.73%"), ("Missing", "0.00\u00a0points"))
    ]
    (fit,) = fits(columns, [ROOMY, ARIAL])
    assert fit.size in SIZES[:2]
    for column, width in zip(columns[2:], fit.widths[2:], strict=True):
        longest = max(ems(ARIAL, column.labels[0], label=True), widest(ARIAL, column.cells))
        # letters of DejaVu Sans, which stands in where there is no Arial, are about a sixth wider
        assert width - 2 * PADDING >= 7 / 6 * longest * fit.size
