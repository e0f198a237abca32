"""Values of charts under mouse, finger and keys: as in the results, nothing fetched, no other script."""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page

from futian_model.report import blocks_of, results_of
from futian_model.report.page.chart_data import chart_data
from futian_model.report.words.numbers import RULES

from .conftest import address

pytestmark = pytest.mark.thorough

NAME = "plan_targets/plan_targets.{}.html"


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def charts(block: dict) -> Iterator[dict]:  # type: ignore[type-arg]
    if block["type"] == "charts":
        yield from block["charts"]
    for child in block.get("children", []):
        yield from charts(child)


def notebook(pages: Path, lang: str) -> nbformat.NotebookNode:
    return nbformat.read(pages / "plan_targets" / f"plan_targets.{lang}.ipynb", 4)


def shown(figure: Locator) -> dict[str, str]:
    """What the box of values says, by name."""
    values = figure.locator(".values")
    names, texts = (values.locator(tag).all_text_contents() for tag in ("dt", "dd"))
    return {"": values.locator("p").text_content() or "", **dict(zip(names, texts, strict=True))}


def point(page: Page, figure: Locator, across: float, down: float) -> None:
    """Move to a place in per cent of the picture."""
    plot = figure.locator(".plot")
    plot.scroll_into_view_if_needed()
    box = plot.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + across / 100 * box["width"], box["y"] + down / 100 * box["height"])


def test_the_pointer_shows_what_the_results_say_of_a_year(page: Page, pages: Path, lang: str) -> None:
    results = results_of(notebook(pages, lang))
    rows = results[(results["reading"] == "given_scenario") & (results["indicator"] == "real_gdp")]
    value = rows.set_index(["year", "statistic"])["value"]
    page.goto(address(pages, NAME.format(lang)))
    name = {"zh": "2035年地区生产总值：本情景", "en": "GDP in 2035: "}[lang]
    figure = page.locator("figure", has=page.locator(f"img[alt^='{name}']"))
    box = figure.evaluate("one => JSON.parse(one.dataset.grounds)[0].box")
    years = figure.locator("tbody th").all_text_contents()
    places = figure.evaluate("one => JSON.parse(one.dataset.grounds)[0].at")
    write = RULES["gdp_bare"][lang]
    for year in (2024, 2025, 2030):
        at = places[years.index(str(year))]
        point(page, figure, at + 0.4, (box[1] + box[3]) / 2)
        told = shown(figure)
        assert told[""].startswith(str(year))
        assert told[{"zh": "本情景", "en": "This scenario"}[lang]] == write(value[year, "central"])
        baseline = {"zh": "2021年所见的数据趋势", "en": "Evidence trend as seen in 2021"}[lang]
        assert told[baseline] == write(value[year, "baseline"])
        assert ({"zh": "目标", "en": "Goal"}[lang] in told) == (year == 2025)
        later = {"zh": "数据截止后公布", "en": "Published after the data date"}[lang]
        assert (later in told) == (year == 2024)
        line = figure.locator(".guide").bounding_box()
        assert line is not None
        plot = figure.locator(".plot").bounding_box()
        assert plot is not None
        assert line["x"] == pytest.approx(plot["x"] + at / 100 * plot["width"], abs=1.5)
    page.mouse.move(1, 1)
    assert not figure.locator(".values").is_visible()


def test_arrow_keys_move_along_the_years(page: Page, pages: Path) -> None:
    page.goto(address(pages, NAME.format("zh")))
    figure = page.locator("figure[data-grounds]").first
    figure.locator(".plot").focus()
    page.keyboard.press("End")
    last = shown(figure)
    assert last[""].startswith("2035")
    page.keyboard.press("ArrowLeft")
    assert shown(figure)[""].startswith("2034")
    page.keyboard.press("ArrowRight")
    assert shown(figure) == last
    page.keyboard.press("ArrowRight")
    assert shown(figure) == last  # and no further
    page.keyboard.press("Home")
    assert shown(figure)[""] < "2021"
    page.keyboard.press("Escape")
    assert not figure.locator(".values").is_visible()
    plot = figure.locator(".plot")
    assert plot.get_attribute("aria-label") == "图：按左右方向键逐点查看数值"
    assert figure.locator(".values").get_attribute("role") == "status"


def test_a_finger_shows_values_and_a_tap_elsewhere_takes_them_away(browser: Browser, pages: Path) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address(pages, NAME.format("en")))
    figure = page.locator("figure[data-grounds]").nth(1)
    plot = figure.locator(".plot")
    for across in (0.2, 0.5, 0.8):
        plot.tap(position={"x": 358 * across, "y": 120})
        box = figure.locator(".values").bounding_box()
        assert box is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= 390
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.locator("figcaption, summary").first.tap()
    assert not figure.locator(".values").is_visible()
    context.close()


def test_the_table_behind_a_chart_is_the_chart_s(page: Page, pages: Path, lang: str) -> None:
    page.goto(address(pages, NAME.format(lang)))
    made = [chart for block in blocks_of(notebook(pages, lang)) for chart in charts(block)]
    figures = page.locator("figure[data-grounds]")
    assert figures.count() == len(made) > 3
    for at, chart in enumerate(made):
        figure, data = figures.nth(at), chart_data(chart, lang)
        assert not figure.locator("table").is_visible()
        figure.locator("summary").click()
        assert figure.locator("table").is_visible()
        assert figure.locator("thead th").all_text_contents() == data.heads
        lines = figure.evaluate(
            "one => [...one.querySelectorAll('tbody tr')].map(tr => [...tr.cells].map(td => td.textContent))"
        )
        assert lines == data.rows
        assert figure.locator("caption").text_content() == chart["subtitle"]
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.emulate_media(media="print")
    assert not any(figures.nth(at).locator("details").is_visible() for at in range(len(made)))


def test_no_other_script_runs_and_nothing_is_asked_for(page: Page, pages: Path, tmp_path: Path) -> None:
    text = (pages / NAME.format("zh")).read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert "unsafe-inline" not in policy[1].partition("script-src")[2]
    attack = "<script>document.title = 'taken'</script><img src=data:, onerror=\"document.title='taken'\">"
    (tmp_path / "injected.html").write_text(text.replace("</main>", attack + "</main>"), "utf-8")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto((tmp_path / "injected.html").as_uri())
    figure = page.locator("figure[data-grounds]").first
    point(page, figure, 50, 50)
    assert figure.locator(".values").is_visible()  # the page's own script still runs
    assert page.title() != "taken"
    assert [url for url in asked if not url.startswith("data:")] == [(tmp_path / "injected.html").as_uri()]
    assert any("Content Security Policy" in line for line in said)
