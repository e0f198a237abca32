"""The explorer in real browsers: `futian explore`, `futian lab`, Notebook 7, and the page by itself."""

import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any, NamedTuple
from xml.etree import ElementTree

import psutil
import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from served import JUPYTER, TOKEN, served

from futian_model import cli, load_evidence, load_scenario
from futian_model.cli.arguments import BAD_INPUT
from futian_model.explorer import Explorer
from futian_model.explorer.messages import Desk
from futian_model.explorer.page import asset, script
from futian_model.project import find_project

ROOT = find_project(Path(__file__).parent).root
COMMANDS = {
    "lab": ("futian_model.cli", "lab", "--", *JUPYTER),
    "notebook": ("notebook", *JUPYTER),
    "explore": ("futian_model.cli", "explore", "--", *JUPYTER),
}
ADDRESSES = {
    "lab": f"/lab/tree/notebooks/explorer.ipynb?token={TOKEN}&reset",
    "notebook": f"/notebooks/notebooks/explorer.ipynb?token={TOKEN}",
    "explore": f"/?token={TOKEN}",
}
KERNEL = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"
RUN = "window.jupyterapp.commands.execute('notebook:run-all-cells')"
CLOSE = "window.jupyterapp.shell.currentWidget.sessionContext.shutdown()"
PATIENCE = 120_000
"""Milliseconds; several may share the machine."""


class Open(NamedTuple):
    """The explorer on a page, the project that it writes to, and the process that serves it."""

    front: str
    page: Page
    root: Path
    server: int


def project_of(root: Path) -> Path:
    """A folder made a project of its own, with the explorer's notebook alone."""
    copytree(ROOT / "params", root / "params")
    (root / "data").symlink_to(ROOT / "data")
    (root / "notebooks").mkdir()
    (root / "notebooks" / "explorer.ipynb").write_bytes((ROOT / "notebooks" / "explorer.ipynb").read_bytes())
    return root


@pytest.fixture(
    scope="module",
    params=["explore", *(pytest.param(name, marks=pytest.mark.thorough) for name in ("lab", "notebook"))],
)
def explorer(
    request: pytest.FixtureRequest, browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Open]:
    """The notebook open and run in one of the programs that show notebooks."""
    front: str = request.param
    root = project_of(tmp_path_factory.mktemp(front))
    with served(root, *COMMANDS[front]) as found:
        page = browser.new_page(viewport={"width": 1280, "height": 1400}, accept_downloads=True)
        allowed = (found.address, "blob:", "data:")
        page.route(lambda url: not url.startswith(allowed), lambda route: route.abort())
        page.goto(found.address + ADDRESSES[front], timeout=PATIENCE)
        if front != "explore":
            page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=PATIENCE)
            page.wait_for_function(KERNEL, timeout=PATIENCE)
            page.evaluate(RUN)
        page.wait_for_selector(".fx[data-drawn] .fx-chart", timeout=PATIENCE)
        if front == "explore":  # nothing but the explorer, and the way to its notebook
            assert page.evaluate("document.body.innerText").startswith("福田区情景推演")
            assert page.locator(".fx-lab").get_attribute("href") == "/lab/tree/notebooks/explorer.ipynb"
        yield Open(front, page, root, found.process)
        page.close()


def settled(page: Page) -> None:
    """Everything asked is drawn."""
    page.wait_for_function("!document.querySelector('.fx').dataset.busy", timeout=PATIENCE)


def line(page: Page, key: str = "current") -> str:
    """A line of the first chart, as it is drawn."""
    return page.locator(f'[data-indicator=real_gdp] [data-line="{key}"]').get_attribute("d") or ""


def value(page: Page, key: str = "current") -> str:
    """What stands below the first chart."""
    return page.locator(f'[data-indicator=real_gdp] [data-value="{key}"] dd').inner_text()


def chance(page: Page) -> str:
    return page.locator("[data-goal=gdp_double_2035] [data-side=current] [data-chance]").inner_text()


def reset(page: Page) -> None:
    page.locator(".fx-all").click()
    settled(page)


VIEWS = """
const bytes = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0)).buffer;
const views = [], hear = messages => { for (const view of views) for (const [head, buffers] of messages)
  view.receive(head, buffers.map(bytes)); };
for (const name of ["one", "two"]) {
  const root = document.body.appendChild(Object.assign(document.createElement("div"), {id: name}));
  const send = content => window.asked(JSON.parse(JSON.stringify(content))).then(hear);
  views.push(create(root, {send, lang: "en"}));
  await send({kind: "hello", view: views.at(-1).app.view_id});
}
document.body.dataset.ready = "true";
"""


def test_two_views_agree_and_steps_are_undone_by_key(page: Page) -> None:
    evidence = load_evidence(find_project(Path(__file__).parent))
    own = Explorer(load_scenario("trend_2021", evidence=evidence), evidence, draws=200)
    desk = Desk(own, "en")

    def asked(content: dict[str, Any]) -> list[Any]:
        messages = desk.answer(content)
        return [(head, [b64encode(part).decode() for part in parts]) for head, parts in messages]

    page.expose_function("asked", asked)
    page.set_viewport_size({"width": 1440, "height": 900})
    page.set_content(
        f'<style>{asset("explorer.css")}</style><script type="module">{script()}{VIEWS}</script>'
    )
    page.wait_for_selector("body[data-ready] #two .fx-chart")
    one, two = (page.locator(f"#{name}") for name in ("one", "two"))

    def fields(view: Locator) -> list[str]:
        return [typed.input_value() for typed in view.locator("[data-section=growth] .fx-typed").all()]

    def type_in(view: Locator, at: int, text: str) -> None:
        typed = view.locator("[data-section=growth] .fx-typed").nth(at)
        typed.fill(text)
        typed.press("Tab")

    # other data in one view: the second has its sliders, and its next move keeps them
    one.locator("[data-section=vintage] summary").click()
    one.locator("[data-section=vintage] select").select_option("2026")
    expect(two.locator("[data-section=growth] .fx-typed")).to_have_count(2)
    assert fields(one) == fields(two)
    begun = fields(two)
    type_in(two, 0, "4.2")
    expect(one.locator("[data-section=growth] .fx-typed").nth(0)).to_have_value("4.2")
    assert own.state.choices == {"growth": "path", "vintage": "2026"}
    # what is only typed goes first, then the step; field and result stay together
    typed = one.locator("[data-section=growth] .fx-typed").nth(0)
    typed.fill("9")
    typed.press("Control+z")
    assert (typed.input_value(), list(own.state.numbers.values())) == ("4.2", [0.042])
    typed.press("Control+z")
    expect(typed).to_have_value(begun[0])
    assert own.state.numbers == {}
    expect(two.locator("[data-step=redo]")).to_be_enabled()
    typed.press("Control+Shift+z")
    expect(two.locator("[data-section=growth] .fx-typed").nth(0)).to_have_value("4.2")
    # a year that is pointed at is let go
    picture = one.locator("[data-indicator=real_gdp] .fx-picture")
    values = one.locator("[data-indicator=real_gdp] .fx-values")
    last = values.get_attribute("data-year")
    picture.hover(position={"x": 150, "y": 60})
    assert values.get_attribute("data-year") != last
    one.locator("h2").hover()
    assert values.get_attribute("data-year") == last
    # runs: named anew, noted, never replaced
    for view in (one, two):
        view.locator(".fx-keep input").fill("plan")
        view.locator(".fx-keep button").click()
        expect(two.locator(".fx-runs li")).to_have_count(1)
    expect(two.locator(".fx-told")).to_contain_text("kept already")
    one.locator(".fx-run-name").fill("for the meeting")
    one.locator(".fx-run-name").press("Tab")
    expect(two.locator(".fx-run-name")).to_have_value("for the meeting")
    assert [run.name for run in own.runs] == ["for the meeting"]
    # pictures and data are taken away, and what is taken stands by itself
    begin = {"svg": b"<svg", "png": b"\x89PNG", "csv": b"\xef\xbb\xbf", "xlsx": b"PK"}
    # a browser holds back what follows on ten files
    for place, forms in (
        ("[data-indicator=real_gdp]", begin),
        (".fx-goals", ("svg", "xlsx")),
        (".fx-runs", ("svg", "png", "csv")),
    ):
        for form in forms:
            take = one.locator(f"{place} .fx-take")
            if take.get_attribute("open") is None:
                take.locator("summary").click()
            with page.expect_download() as taken:
                one.locator(place).locator(f"[data-take={form}]").click()
            content = Path(taken.value.path()).read_bytes()
            assert content.startswith(begin[form])
            assert taken.value.suggested_filename.startswith("trend_2021.")
            assert taken.value.suggested_filename.endswith(f".{form}")
            if form == "svg":
                picture_of = ElementTree.fromstring(content)
                assert b"class=" not in content
                words = " ".join(" ".join(picture_of.itertext()).split())
                assert "2026–2030: 4.20% a year" in words  # the state that it shows
                assert "Evidence trend as seen in 2021" in words
    # the state as a text, which opens it again
    one.locator(".fx-files summary").click()
    one.locator("[data-show=text]").click()
    expect(one.locator(".fx-shown")).to_have_value(re.compile("futian:"))
    text = one.locator(".fx-shown").input_value()
    one.locator(".fx-all").click()
    expect(one.locator("[data-section=growth] .fx-typed")).to_have_count(3)
    one.locator("[name=file]").fill(text)
    one.locator(".fx-load button").click()
    expect(two.locator("[data-section=growth] .fx-typed").nth(0)).to_have_value("4.2")
    # on a phone no column is cut, the last one least of all
    page.set_viewport_size({"width": 390, "height": 844})
    edges = "tables => tables.map(table => table.getBoundingClientRect().right)"
    assert all(edge <= 390 for edge in page.locator(".fx-goals table").evaluate_all(edges))
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_a_slider_moves_figure_and_numbers_by_mouse_and_by_key(explorer: Open) -> None:
    page = explorer.page
    reset(page)
    slider = page.locator("[data-section=growth] input[type=range]").nth(1)
    before = line(page), value(page), chance(page)
    base = value(page, "baseline")
    box = slider.bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.75, middle)
    page.mouse.down()
    for step in range(40):
        page.mouse.move(box["x"] + box["width"] * (0.75 - step / 120), middle)
        page.wait_for_timeout(8)
    page.mouse.up()
    settled(page)
    dragged = line(page), value(page), chance(page)
    assert all(one != other for one, other in zip(before, dragged, strict=True))
    assert page.locator("[data-section=growth] select").input_value() == "path"
    # fewer questions than moves, and the last one is what is drawn
    shown = float(page.locator("[data-section=growth] .fx-typed").nth(1).input_value())
    assert shown == pytest.approx(10 * (2 * (0.75 - 39 / 120) - 1), abs=0.8)
    assert shown == round(shown, 1)  # round values can be hit
    ends = slider.get_attribute("min"), slider.get_attribute("max")
    assert ends == ("-10", "10")
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    settled(page)
    typed = float(page.locator("[data-section=growth] .fx-typed").nth(1).input_value())
    assert typed == pytest.approx(shown + 0.3, abs=1e-6)
    assert line(page) != dragged[0]
    assert value(page, "baseline") == base
    reset(page)
    assert (line(page), value(page), chance(page)) == before


def test_a_target_dragged_on_the_chart_shows_its_chance(explorer: Open) -> None:
    page = explorer.page
    reset(page)
    chart = page.locator("[data-indicator=real_gdp]")
    told, level = chart.locator(".fx-aim output"), chart.locator(".fx-aim-level")
    box = chart.locator(".fx-picture").bounding_box()
    assert box is not None

    def drag(start: float, end: float) -> float:
        """The chance, once a target is dragged from one height of the chart to another."""
        across = box["x"] + box["width"] * 0.7
        page.mouse.move(across, box["y"] + box["height"] * start)
        page.mouse.down()
        for step in range(1, 11):
            page.mouse.move(across, box["y"] + box["height"] * (start + step / 10 * (end - start)))
        page.mouse.up()
        expect(told).to_contain_text("%", timeout=PATIENCE)
        page.wait_for_timeout(300)
        return float(re.findall(r"[0-9.]+", told.inner_text())[-1])

    low, high = drag(0.3, 0.6), drag(0.5, 0.3)
    assert low > high
    assert chart.locator(".fx-target").get_attribute("visibility") == "visible"
    assert page.locator(".fx-aim-level").nth(1).input_value() == ""
    # a slider leaves what is judged by data alone
    said = told.inner_text()
    typed = page.locator("[data-section=growth] .fx-typed").nth(0)
    typed.fill("7")
    typed.press("Tab")
    settled(page)
    expect(told).to_have_text(said, timeout=PATIENCE)
    # the plan's goal of 2035, typed, has the chance that the table of goals gives it
    goal = page.locator("[data-goal=gdp_double_2035]")
    chart.locator(".fx-aim-year").fill("2035")
    level.fill(re.sub(r"[^0-9.]", "", goal.locator("[data-side=target]").inner_text()))
    level.press("Tab")
    expect(told).to_contain_text(goal.locator("[data-side=evidence]").inner_text(), timeout=PATIENCE)
    chart.locator(".fx-aim button").click()
    assert level.input_value() == ""
    chart.locator(".fx-picture").press("End")  # the values below are those of the last year again
    reset(page)


def test_nothing_beyond_the_range_can_be_reached(explorer: Open) -> None:
    page = explorer.page
    reset(page)
    typed = page.locator("[data-section=growth] .fx-typed").nth(0)
    typed.fill("250")
    typed.press("Tab")
    settled(page)
    assert typed.input_value() == "99.99"
    word = page.locator("[data-section=growth] .fx-word").nth(0)
    assert "99.99" in word.inner_text()
    assert page.locator(".fx-told").is_hidden()
    for text, value in (
        ("4,5", "4.5"),
        ("1,125", "4.5"),
        ("4.5.6", "4.5"),
        ("４．２５％", "4.25"),
        ("−1", "-1"),
    ):
        typed.fill(text)
        typed.press("Tab")
        settled(page)
        assert typed.input_value() == value
        assert word.inner_text().count(text) == ("," in text or text.count(".") > 1)
    reset(page)


def test_blocks_that_exclude_each_other_are_told_and_taken_back(explorer: Open) -> None:
    page = explorer.page
    reset(page)
    growth, people = (page.locator(f"[data-section={name}]") for name in ("growth", "population"))
    growth.locator("select").select_option("target_real_gdp_per_capita")
    settled(page)
    if people.get_attribute("open") is None:
        people.locator("summary").click()
    people.locator("select").select_option("implied_real_gdp_per_capita")
    settled(page)
    expect(people.locator(".fx-told")).to_contain_text("因人口由推算得出")
    expect(page.locator(".fx-told")).to_be_in_viewport()
    assert people.locator("select").input_value() == "trend"
    page.locator(".fx-told button").click()
    reset(page)


def test_a_state_is_saved_and_loaded_again(
    explorer: Open, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page, root = explorer.page, explorer.root
    reset(page)
    typed = page.locator("[data-section=growth] .fx-typed").nth(1)
    typed.fill("7.5")
    typed.press("Tab")
    settled(page)
    meant = line(page), value(page), chance(page)
    files = page.locator(".fx-files")
    if files.get_attribute("open") is None:
        files.locator("summary").click()
    files.locator("[name=name]").fill("mine")
    files.locator("[name=zh]").fill("我的情景")
    files.locator(".fx-save button[type=submit]").click()
    expect(files.locator(".fx-told")).to_contain_text("params/mine.yaml", timeout=PATIENCE)
    expect(page.locator(".fx-told")).to_be_in_viewport()
    written = (root / "params" / "mine.yaml").read_text("utf-8")
    assert "growth_rate: 0.075" in written
    files.locator(".fx-save button[type=submit]").click()
    expect(page.locator(".fx-told")).to_have_class("fx-told fx-bad", timeout=PATIENCE)
    assert (root / "params" / "mine.yaml").read_text("utf-8") == written
    monkeypatch.chdir(root)
    assert cli.main(["check", "mine"]) == 0
    capsys.readouterr()
    # by hand: the fault is told as `futian check` tells it
    (root / "params" / "broken.yaml").write_text(written.replace("0.075", "7.5"), "utf-8")
    files.locator("[name=file]").fill("broken")
    files.locator(".fx-load button").click()
    expect(page.locator(".fx-told span")).to_contain_text("params/broken.yaml，第", timeout=PATIENCE)
    assert cli.main(["check", "broken", "--lang", "zh"]) == BAD_INPUT
    assert page.locator(".fx-told span").inner_text() == capsys.readouterr().err.strip()
    reset(page)
    assert line(page) != meant[0]
    files = page.locator(".fx-files")
    files.locator("[name=file]").fill("mine")
    files.locator(".fx-load button").click()
    expect(page.locator(".fx-sub")).to_contain_text("我的情景", timeout=PATIENCE)
    settled(page)
    assert (line(page), value(page), chance(page)) == meant


def test_runs_are_drawn_beside_each_other_in_every_view(explorer: Open) -> None:
    page = explorer.page
    reset(page)
    page.locator(".fx-keep input").fill("方案 <甲>")
    page.locator(".fx-keep button").click()
    expect(page.locator(".fx-runs li")).to_have_count(1, timeout=PATIENCE)
    typed = page.locator("[data-section=growth] .fx-typed").nth(0)
    typed.fill("3")
    typed.press("Tab")
    settled(page)
    drawn = set()
    for view in ("growth", "difference", "percent", "level"):
        page.locator(f"[data-view={view}]").click()
        lines = page.locator("[data-indicator=real_gdp] [data-line]")
        assert lines.count() == 3
        drawn.add(line(page))
    assert len(drawn) == 4
    page.locator(".fx-langs button[lang=en]").click()
    expect(page.locator(".fx h2")).to_have_text("Explorer: Futian")
    page.locator(".fx-langs button[lang=zh]").click()
    reset(page)


def test_the_lever_index_can_be_asked_from_both_ends(explorer: Open) -> None:
    page = explorer.page
    reset(page)
    index = page.locator(".fx-index")
    if index.get_attribute("open") is None:
        index.locator("summary").click()
    table = index.locator("tbody tr")
    expect(table.first).to_contain_text("+10.0%", timeout=PATIENCE)  # of growth on GDP of the last year
    index.locator('[data-ask="lever headquarters_share"]').click()
    assert table.filter(has_text="总部企业增加值占GDP比重").first.inner_text().count("百分点") == 1


def test_the_exported_page_works_offline(explorer: Open, browser: Browser, tmp_path: Path) -> None:
    page = explorer.page
    reset(page)
    page.locator(".fx-keep input").fill("原样")
    page.locator(".fx-keep button").click()
    typed = page.locator("[data-section=growth] .fx-typed").nth(1)
    typed.fill("9")
    typed.press("Tab")
    settled(page)
    shown = value(page)
    files = page.locator(".fx-files")
    if files.get_attribute("open") is None:
        files.locator("summary").click()
    with page.expect_download(timeout=PATIENCE) as downloaded:
        files.locator(".fx-page").click()
    file = tmp_path / "page.html"
    downloaded.value.save_as(file)
    alone = browser.new_context(offline=True, viewport={"width": 900, "height": 1000}).new_page()
    problems: list[str] = []
    alone.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    alone.on("pageerror", lambda error: problems.append(str(error)))
    alone.goto(file.as_uri())
    last = value(alone)
    assert last.partition("（")[0] == shown.partition("（")[0]  # bands are of the paths that it carries
    box = alone.locator("[data-indicator=real_gdp] svg").bounding_box()
    assert box is not None
    alone.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + box["height"] * 0.5)
    assert value(alone) != last
    before = line(alone)
    alone.locator("[data-run=原样] button").first.click()  # back to it, without a kernel
    assert line(alone) != before
    assert alone.evaluate("document.documentElement.scrollWidth") <= 900
    assert problems == []
    alone.context.close()


def test_a_kernel_that_is_gone_is_told(explorer: Open) -> None:
    page = explorer.page
    reset(page)
    if explorer.front == "explore":  # its page holds no command to end the kernel
        for child in psutil.Process(explorer.server).children(recursive=True):
            child.kill()
    else:
        page.evaluate(CLOSE)
    typed = page.locator("[data-section=growth] .fx-typed").nth(0)
    typed.fill("4")
    typed.press("Tab")
    expect(page.locator(".fx-status")).to_contain_text("内核没有应答", timeout=PATIENCE)
    assert page.locator(".fx-status").is_visible()
    # the page itself still answers
    page.locator("[data-view=growth]").click()
    assert page.locator("[data-view=growth]").get_attribute("aria-checked") == "true"


@pytest.mark.thorough
def test_every_visitor_of_plain_voila_has_an_explorer_of_their_own(browser: Browser, tmp_path: Path) -> None:
    """Voila alone serves many: what one visitor does is neither shown to another nor kept in the project."""
    project_of(tmp_path)
    levels = []
    command = ("voila", "notebooks/explorer.ipynb", "--no-browser", "--Voila.ip=127.0.0.1")
    with served(tmp_path, *command) as answering:
        for moved in (True, False):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.goto(answering.address, timeout=PATIENCE)
            page.wait_for_selector(".fx[data-drawn] .fx-chart", timeout=PATIENCE)
            assert page.locator(".fx-lab").count() == 0  # no JupyterLab beside it
            levels.append(value(page))
            if moved:
                slider = page.locator("[data-section=growth] input[type=range]").nth(1)
                slider.focus()
                page.keyboard.press("ArrowRight")
                settled(page)
                assert value(page) != levels[0]
            page.close()
    assert levels[0] == levels[1]
    assert not [*tmp_path.rglob("*explorer*.json")]
