"""The explorer in one screen: what is in view at once at four sizes, by key and touch, light and dark."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from futian_model import load_evidence, load_scenario
from futian_model.evidence import Evidence
from futian_model.explorer import Explorer
from futian_model.explorer.messages import Desk
from futian_model.explorer.page import asset, script
from futian_model.explorer.still import still
from futian_model.project import find_project

pytestmark = pytest.mark.thorough

SIZES = {"desk": (1440, 900), "small": (1024, 768), "zoomed": (720, 450), "phone": (390, 844)}
"""Of the page; zoomed is the first at twice its size."""
BEGIN = """
const bytes = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0)).buffer;
const root = document.body.appendChild(document.createElement("div"));
const send = content => window.asked(JSON.parse(JSON.stringify(content)))
  .then(messages => { for (const [head, buffers] of messages) page.receive(head, buffers.map(bytes)); });
const page = create(root, {send, lang: "LANG"});
await send({kind: "hello", view: page.app.view_id});
"""
BOX = "part => (({left, top, right, bottom}) => [left, top, right, bottom])(part.getBoundingClientRect())"
Opened = tuple[Page, Explorer]
Opens = Callable[..., Opened]


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return load_evidence(find_project(Path(__file__).parent))


@pytest.fixture
def opened(browser: Browser, evidence: Evidence) -> Any:
    """Opens the explorer's page on a scenario, without a notebook around it."""
    contexts = []

    def opens(size: str, scenario: str = "plan_targets", lang: str = "zh", **more: Any) -> Opened:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, **more)
        contexts.append(context)
        page = context.new_page()
        explorer = Explorer(load_scenario(scenario, evidence=evidence), evidence, draws=200)
        desk = Desk(explorer, lang)

        def asked(content: dict[str, Any]) -> list[Any]:
            return [
                (head, [b64encode(part).decode() for part in parts]) for head, parts in desk.answer(content)
            ]

        page.expose_function("asked", asked)
        page.set_content(
            '<!DOCTYPE html><meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<body style='margin:0'><style>{asset('explorer.css')}</style>"
            f'<script type="module">{script()}{BEGIN.replace("LANG", lang)}</script>'
        )
        page.wait_for_selector(".fx[data-drawn] .fx-chart svg", state="attached")
        return page, explorer

    yield opens
    for context in contexts:
        context.close()


def box(page: Page, part: str) -> list[float]:
    """Left, top, right and bottom of the first part of a kind that is shown."""
    edges: list[float] = page.locator(part).locator("visible=true").first.evaluate(BOX)
    return edges


def in_view(page: Page, part: str, size: str) -> bool:
    """Whether all of it is."""
    left, top, right, bottom = box(page, part)
    width, height = SIZES[size]
    return left >= 0 and top >= 0 and right <= width + 0.5 and bottom <= height + 0.5


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", ["desk", "small"])
@pytest.mark.parametrize("scenario", ["plan_targets", "evidence_trend"])
def test_sliders_charts_and_goals_are_in_view_at_once(
    opened: Opens, size: str, scenario: str, lang: str
) -> None:
    page, explorer = opened(size, scenario, lang)
    assert page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    ) == list(SIZES[size])
    for part in ("[data-section=growth] input[type=range]", ".fx-picture svg", ".fx-goals table"):
        assert in_view(page, part, size), part
    # every run has a column of the goals, and none is cut
    page.locator(".fx-keep input").fill("plan")
    page.locator(".fx-keep button").click()
    expect(page.locator(".fx-goals thead th")).to_have_count(6)
    assert in_view(page, ".fx-goals table", size)
    cells = page.locator(".fx-goals tbody td")
    assert cells.count() == 5 * len(explorer.answer.chances)
    assert all(
        page.locator(".fx-goals .fx-scroll").evaluate_all(
            "parts => parts.map(p => p.scrollWidth <= p.clientWidth)"
        )
    )


@pytest.mark.parametrize("size", ["zoomed", "phone"])
def test_a_slider_and_its_chart_are_in_view_at_once_where_there_is_little_room(
    opened: Opens, size: str
) -> None:
    page, _ = opened(size, has_touch=size == "phone", is_mobile=size == "phone")
    for at in (0, 2):
        slider = page.locator("[data-section=growth] input[type=range]").nth(at)
        slider.scroll_into_view_if_needed()
        assert in_view(page, ".fx-picture svg", size)
        edges = slider.evaluate(BOX)
        assert 0 <= edges[1] < edges[3] <= SIZES[size][1]
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    drawn = page.locator("[data-indicator=real_gdp] [data-line=current]").get_attribute("d")
    if size == "phone":
        slider.tap(position={"x": 40, "y": 8})
    else:
        slider.click(position={"x": 40, "y": 8})
    page.wait_for_function("!document.querySelector('.fx').dataset.busy")
    assert page.locator("[data-indicator=real_gdp] [data-line=current]").get_attribute("d") != drawn
    # another chart, by touch or by key
    if size == "phone":
        page.locator("[data-tab=real_gdp_per_capita]").tap()
    else:
        page.locator("[data-tab=real_gdp]").focus()
        page.keyboard.press("ArrowRight")
    assert in_view(page, "[data-indicator=real_gdp_per_capita] svg", size)
    # the chances of its goals stand below it
    assert page.locator("[data-indicator=real_gdp_per_capita] .fx-odds [data-chance]").first.is_visible()


LIGHT = """color => { const part = sign => { const size = sign / 255;
  return size <= 0.04045 ? size / 12.92 : ((size + 0.055) / 1.055) ** 2.4; };
  const [red, green, blue] = color.match(/[0-9.]+/g).map(Number).map(part);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue; }"""
CONTRAST = f"""([text, ground, kind]) => {{ const light = {LIGHT};
  const sizes = [getComputedStyle(text)[kind], getComputedStyle(ground).backgroundColor].map(light).sort();
  return (Math.max(...sizes) + 0.05) / (Math.min(...sizes) + 0.05); }}"""


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_can_be_read_in_both_themes(opened: Opens, theme: str) -> None:
    page, _ = opened("desk", color_scheme=theme)
    ground = page.locator(".fx").element_handle()
    dark = page.evaluate(f"ground => ({LIGHT})(getComputedStyle(ground).backgroundColor)", ground) < 0.5
    assert dark == (theme == "dark")
    for part, kind in (
        (".fx h2", "color"),
        (".fx-note", "color"),
        (".fx-goals td.fx-figure", "color"),
        (".fx-goals .fx-met", "color"),
        (".fx-goals .fx-missed", "color"),
        (".fx-picture .fx-up", "fill"),
        (".fx-end.fx-ink-now", "fill"),
        (".fx-end.fx-ink-base", "fill"),
        (".fx select", "color"),
    ):
        text = page.locator(part).first.element_handle()
        assert page.evaluate(CONTRAST, [text, ground, kind]) >= 4.5, part
    # what is taken away is ink on paper in either
    page.locator("[data-indicator=real_gdp] .fx-take summary").click()
    with page.expect_download() as taken:
        page.locator("[data-indicator=real_gdp] [data-take=svg]").click()
    svg = Path(taken.value.path()).read_text("utf-8")
    assert 'fill="#fff"' in svg
    assert "rgb(0, 114, 178)" in svg  # the line of what is shown


def test_help_is_where_the_hand_is(opened: Opens) -> None:
    page, explorer = opened("desk", "evidence_trend", "en")
    page.locator("[data-section=growth] select").focus()
    for _ in range(20):  # by key alone
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "range":
            break
    hand = page.locator("[data-section=growth] .fx-hand")
    expect(hand).to_contain_text("Eight in ten by the data: ")
    expect(hand).to_contain_text("2019 7.2% a year")  # szftj bulletin of 2019, data/observations.csv
    expect(hand).to_contain_text("GDP double its 2020 level by 2035 +")
    scale = page.locator("[data-section=growth] .fx-scale").first
    assert scale.locator("b").count() == len(scale.locator("b[title^=Published]").all()) > 3
    # what a goal takes is shown by the sliders, and written into them
    page.locator("[data-section=growth] select").select_option("target_real_gdp")
    page.wait_for_function("!document.querySelector('.fx').dataset.busy")
    typed = page.locator("[data-section=growth] .fx-typed")
    assert [field.input_value() for field in typed.all()] == ["4.32", "4.32"]
    page.locator("[data-section=growth] .fx-write").click()
    page.wait_for_function("!document.querySelector('.fx').dataset.busy")
    assert explorer.state.choices == {"growth": "path"}
    assert list(explorer.state.numbers.values()) == [0.043219, 0.043219]
    expect(page.locator("[data-goal=gdp_double_2035] [data-side=current] .fx-met")).to_have_count(1)
    # a scenario to start from, and back
    page.locator(".fx-presets summary").click()
    page.locator("[data-preset=stagnation]").click()
    expect(page.locator(".fx-sub")).to_contain_text(explorer.space.start.title.by_language()["en"])
    assert explorer.space.start.id == "stagnation"
    page.locator("[data-step=undo]").click()
    expect(typed.first).to_have_value("4.32")
    # another goal's chance, and which levers move it
    page.locator(".fx-index summary").first.click()
    page.locator('[data-ask="result goal gdp_double_2035"]').click()
    expect(page.locator(".fx-index tbody tr").first).to_contain_text("points")


def test_a_message_out_of_view_stands_in_the_head(opened: Opens) -> None:
    page, _ = opened("small", "evidence_trend")
    page.locator("[data-section=growth] select").select_option("target_real_gdp_per_capita")
    people = page.locator("[data-section=population]")
    people.locator("summary").click()
    people.locator("select").select_option("implied_real_gdp_per_capita")
    told, head = page.locator(".fx-told"), page.locator(".fx-status")
    expect(told).to_be_in_viewport()
    expect(head).to_be_hidden()
    for name in ("deflator", "uncertainty"):
        page.locator(f"[data-section={name}] summary").click()
    page.locator(".fx-controls").evaluate("side => { side.scrollTop = side.scrollHeight; }")
    expect(head).to_have_text(told.locator("span").inner_text())
    expect(head).to_be_in_viewport()
    page.locator(".fx-controls").evaluate("side => { side.scrollTop = 0; }")
    told.locator("button").click()
    expect(head).to_be_hidden()
    # what is typed and not sent is there in the other language too
    page.locator(".fx-files summary").first.click()
    page.locator(".fx-load [name=file]").fill("params/mine.yaml")
    page.locator(".fx-langs button[lang=en]").click()
    expect(page.locator(".fx-load [name=file]")).to_have_value("params/mine.yaml")
    expect(page.locator(".fx-load button")).to_have_text("Load")


def test_without_a_kernel_its_picture_is_shown(page: Page, evidence: Evidence, tmp_path: Path) -> None:
    drawn = still(Explorer(load_scenario("plan_targets", evidence=evidence), evidence, draws=200), "en")
    traits = {"picture": drawn.svg, "lang": "en", "silent": "No answer.", "beside": False}
    begin = f"""const traits = {json.dumps(traits)};
      const model = {{get: name => traits[name], on() {{}}, off() {{}}, send() {{}}}};
      widget.render({{model, el: document.body}});"""
    file, widget = tmp_path / "page.html", script().replace("export default", "const widget =")
    file.write_text(
        f"<!DOCTYPE html><meta charset='utf-8'><script type='module'>{widget}{begin}</script>", "utf-8"
    )
    page.goto(file.as_uri())
    page.wait_for_function("document.querySelector('.fx img')?.naturalWidth > 0")


def test_all_phases_are_moved_by_as_much_in_one_step(opened: Opens) -> None:
    page, explorer = opened("desk", "plan_targets", "en")
    lead = page.locator("[data-section=headquarters_share]")
    lead.locator("summary").click()
    before = [float(field.input_value()) for field in lead.locator(".fx-typed").all()]
    share = explorer.answer.central["headquarters_share"][-1]
    lead.locator(".fx-shift input").fill("1")
    lead.locator(".fx-shift input").press("Enter")
    page.wait_for_function("!document.querySelector('.fx').dataset.busy")
    after = [float(field.input_value()) for field in lead.locator(".fx-typed").all()]
    assert after == pytest.approx([value + 1 for value in before], abs=0.011)
    assert explorer.state.choices == {"headquarters_share": "path"}
    assert explorer.answer.central["headquarters_share"][-1] > share
    page.locator("[data-step=undo]").click()
    page.wait_for_function("document.querySelector('[data-step=undo]').disabled")
    assert explorer.state.choices == {}
