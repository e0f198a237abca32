"""Pages on a phone, on a desk and on paper: nothing cut off, nothing fetched, everything readable."""

import re
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page

from .conftest import NAMES, address, file_of

WIDTHS = (390, 1280)
NAMED = [*NAMES, "long/long.zh.html", "long/long.en.html"]

OVERFLOWING = """() => [...document.querySelectorAll("body *")].filter(
  one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1
    && getComputedStyle(one).display != "inline"
    && !(one.matches(innerWidth < 640 ? "details .table, .table.wide" : "details .table")
      && getComputedStyle(one).overflowX == "auto")
).map(one => one.outerHTML.slice(0, 80))"""

BROKEN_NUMBERS = """() => [...document.querySelectorAll("data")].filter(
  one => one.getClientRects().length > 1).map(one => one.textContent)"""

BROKEN_LABELS = """() => [...document.querySelectorAll(".as-cards td[data-label]")].flatMap(cell => {
  const style = getComputedStyle(cell, "::before");
  const copy = document.body.appendChild(document.createElement("div"));
  for (const name of ["width", "fontFamily", "fontSize", "wordBreak", "overflowWrap"])
    copy.style[name] = style[name];
  copy.textContent = cell.dataset.label;
  const broken = [...cell.dataset.label.matchAll(/[A-Z]+/g)].filter(({index, 0: word}) => {
    const range = document.createRange();
    range.setStart(copy.firstChild, index);
    range.setEnd(copy.firstChild, index + word.length);
    return range.getClientRects().length > 1;
  });
  copy.remove();
  return broken.map(() => cell.dataset.label);
})"""

TEXTS = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode, element = node.parentElement;
    if (!node.textContent.trim() || element.closest("script,style")) continue;
    let behind = element;
    while (behind && getComputedStyle(behind).backgroundColor == "rgba(0, 0, 0, 0)")
      behind = behind.parentElement;
    const style = getComputedStyle(element);
    const ground = behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)";
    found.set([style.color, ground, style.fontSize].join("|"), node.textContent.trim().slice(0, 30));
  }
  return [...found].map(([key, text]) => [...key.split("|"), text]);
}"""


PICTURES = """() => [
  ...[...document.images].map(one => [one.alt, one.naturalWidth]),
  ...[...document.querySelectorAll("svg[role=img]")].filter(one => one.getClientRects().length)
    .map(one => [one.getAttribute("aria-label"), one.querySelector("use").getBBox().width]),
]"""


def show(page: Page, pages: Path, name: str, width: int = 1280) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(address(pages, name))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMED)
def test_nothing_is_cut_off_or_runs_out_of_the_page(page: Page, pages: Path, name: str, width: int) -> None:
    show(page, pages, name, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(BROKEN_NUMBERS) == []


@pytest.mark.parametrize("name", NAMES)
def test_labels_of_cards_keep_their_abbreviations_whole(page: Page, pages: Path, name: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address(pages, name))
    assert page.evaluate("() => document.querySelectorAll('.as-cards td[data-label]').length") > 0
    assert page.evaluate(BROKEN_LABELS) == []


@pytest.mark.parametrize("name", NAMED)
def test_a_page_is_one_file_that_needs_nothing_else(browser: Browser, pages: Path, name: str) -> None:
    file = file_of(pages, name)
    assert file.stat().st_size < 1_000_000
    asked: list[str] = []
    said: list[str] = []
    texts = []
    for scripts in (True, False):
        context = browser.new_context(java_script_enabled=scripts)
        opened = context.new_page()
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("console", lambda message: said.append(message.text))
        opened.goto(address(pages, name))
        texts.append(opened.inner_text("body").splitlines())
        context.close()
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()] * 2
    assert said == []
    # a script may add controls, never take words away
    rest = iter(texts[0])
    assert all(line in rest for line in texts[1])
    if not name.startswith("index"):
        assert texts[0] == texts[1]


@pytest.mark.parametrize("name", NAMED)
def test_pictures_have_a_description_and_are_shown(page: Page, pages: Path, name: str) -> None:
    show(page, pages, name)
    pictures = page.evaluate(PICTURES)
    assert len(pictures) >= 4
    assert all(len(alt) > 20 and width > 0 for alt, width in pictures)
    lang = page.evaluate("document.documentElement.lang")
    assert lang == ("en-GB" if ".en." in name else "zh-CN")


@pytest.mark.parametrize("name", NAMED)
def test_headings_follow_each_other_in_order(page: Page, pages: Path, name: str) -> None:
    show(page, pages, name)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4')].map(one => +one.tagName[1])")
    assert levels[0] == 1
    assert levels.count(1) == (2 if name.startswith("index") else 1)
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("name", NAMED)
def test_links_lead_somewhere(page: Page, pages: Path, name: str) -> None:
    show(page, pages, name)
    for link in page.evaluate("[...document.links].map(one => one.getAttribute('href'))"):
        if link.startswith("#"):
            assert page.query_selector(link) is not None
        else:
            assert (file_of(pages, name).parent / link).is_file()


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2."""
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", NAMES)
def test_text_is_large_and_dark_enough(page: Page, pages: Path, name: str, width: int) -> None:
    show(page, pages, name, width)
    seen = page.evaluate(TEXTS)
    assert len(seen) > 5
    for colour, ground, size, text in seen:
        low, high = sorted((luminance(colour), luminance(ground)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, text
        assert float(size.removesuffix("px")) >= 12, text


@pytest.mark.parametrize("name", [name for name in NAMED if not name.startswith("index")])
def test_on_paper_the_answer_has_the_first_page_for_itself(page: Page, pages: Path, name: str) -> None:
    show(page, pages, name)
    heads = [head.replace("\xa0", " ") for head in page.locator("h2").all_inner_texts()]
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    try:
        sheets = [document[number].get_textpage().get_text_bounded() for number in range(len(document))]
        width, height = document[0].get_size()
    finally:
        document.close()
    assert (round(width), round(height)) == (595, 842)  # A4 in points
    assert 4 < len(sheets) < 20
    assert heads[0] in sheets[0]
    # the words of a head come in sentences too: as a head they have a line for themselves
    assert heads[1] not in sheets[0].splitlines()
    assert heads[1] in sheets[2 if name.startswith("long") else 1].splitlines()
    answer = page.locator("section", has=page.get_by_role("heading", name=heads[0], exact=True)).last
    said = answer.locator(".prose, .lead, .note, .table :is(caption, th, td, .table-note)").all_inner_texts()
    assert len(said) > 40
    # a title of a third of the page leaves the rest to the second, and that to nothing else
    flat = re.sub(r"\s", "", "".join(sheets[: 2 if name.startswith("long") else 1]))
    assert [text for text in said if re.sub(r"\s", "", text) not in flat] == []


@pytest.mark.parametrize("name", NAMED)
def test_on_paper_nothing_runs_out_of_the_page(page: Page, pages: Path, name: str) -> None:
    page.emulate_media(media="print")
    # A4 less its margins, 180 mm at 96 dots an inch
    show(page, pages, name, 680)
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(BROKEN_NUMBERS) == []


def test_a_title_from_a_file_stays_text(page: Page, pages: Path) -> None:
    show(page, pages, "index.html")
    text = page.inner_text("body")
    assert "<script>document.title = '坏'</script>" in text
    assert "{{ 7 * 7 }} & =cmd()" in page.inner_text("#en .all")
    assert page.title() == "福田区增长情景比较"
    assert "broken.yaml" in text
    show(page, pages, "long/long.zh.html")
    assert page.title().endswith("<script>document.title = '坏'</script>")
