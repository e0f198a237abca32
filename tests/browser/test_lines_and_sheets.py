"""Lines and sheets of paper: numbers stay whole, no sheet is empty, an analyst's additions fit."""

import re
from pathlib import Path

import nbformat
import pandas as pd
import pypdfium2
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Page
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from futian_model.report import export

from .conftest import NAMES, address

pytestmark = pytest.mark.thorough

NAMED = [*NAMES, "long/long.zh.html", "long/long.en.html"]

SPLIT_NUMBERS = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  let seen = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (const match of node.textContent.matchAll(/[+−<>]?\d(?:[\d,.]*\d)?%?/g)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const lines = [...range.getClientRects()].filter(box => box.width > 0).map(box => Math.round(box.top));
      seen += lines.length > 0;
      if (new Set(lines).size > 1) found.push(match[0] + " in " + node.textContent.trim().slice(0, 60));
    }
  }
  return [seen, found];
}"""


@pytest.mark.parametrize(("width", "media"), [(390, "screen"), (1280, "screen"), (680, "print")])
@pytest.mark.parametrize("name", NAMED)
def test_no_number_in_any_text_breaks_across_lines(
    page: Page, pages: Path, name: str, width: int, media: str
) -> None:
    page.emulate_media(media="print" if media == "print" else "screen")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(pages, name))
    seen, split = page.evaluate(SPLIT_NUMBERS)
    assert seen > 30
    assert split == []


@pytest.mark.parametrize("name", NAMED)
def test_every_sheet_holds_text_or_a_picture(page: Page, pages: Path, name: str) -> None:
    page.goto(address(pages, name))
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    try:
        sheets = [document[number] for number in range(len(document))]
        texts = [sheet.get_textpage().get_text_bounded().strip() for sheet in sheets]
        pictures = [len(list(sheet.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))) for sheet in sheets]
    finally:
        document.close()
    assert sheets
    assert all(len(text) > 20 or count for text, count in zip(texts, pictures, strict=True))
    whole = re.sub(r"\s", "", "".join(texts))
    page.emulate_media(media="print")
    missing = [
        head
        for head in page.locator("h1:visible,h2:visible,h3:visible").all_inner_texts()
        if squeezed(head) not in whole
    ]
    assert missing == []
    heads = [squeezed(head) for head in page.locator("thead:visible").all_inner_texts()]
    alone = [head for head in heads for text in texts if squeezed(text).endswith(head)]
    assert alone == []  # the head of a table has a row below it


def squeezed(text: str) -> str:
    return re.sub(r"\s|🚀", "", text)


@pytest.mark.parametrize("width", [390, 1280])
def test_what_an_analyst_adds_does_not_widen_the_page(
    page: Page, pages: Path, tmp_path: Path, width: int
) -> None:
    executed = nbformat.read(pages / "plan_targets" / "plan_targets.zh.ipynb", 4)
    wide = pd.DataFrame({f"column {number}": [1000.5] for number in range(30)})
    added = new_notebook(
        cells=[
            *executed.cells,
            new_markdown_cell("## 补充\n\n" + "W" * 300 + "\n\n```\n" + "x = 1; " * 60 + "\n```"),
            new_code_cell(
                "",
                outputs=[
                    new_output("display_data", {"text/html": wide.to_html()}),
                    new_output("stream", name="stdout", text="y" * 400),
                    new_output("display_data", {"text/plain": "z" * 400}),
                ],
            ),
        ]
    )
    file = tmp_path / "added.html"
    file.write_text(export(added, "html", "题目").content.decode(), "utf-8")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    scrolled = page.locator(".table:has(th:text-is('column 29'))")
    assert scrolled.evaluate("one => getComputedStyle(one).overflowX") == "auto"
    assert scrolled.evaluate("one => one.scrollWidth > one.clientWidth")
    last = scrolled.locator("th", has_text="column 29")
    last.scroll_into_view_if_needed()
    box = last.bounding_box()
    assert box is not None
    assert 0 <= box["x"] < box["x"] + box["width"] <= width
