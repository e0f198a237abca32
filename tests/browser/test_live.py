"""The page that computes without a kernel: as the library does, from a file, offline, on a phone."""

import csv
import datetime
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from live_settings import apart, by_library, carried, model_of, opened, scenario_named, settings
from playwright.sync_api import Browser, Page, expect

from futian_model import cli, load_evidence, simulate
from futian_model.evidence import Evidence
from futian_model.explorer import Explorer, live, tables
from futian_model.explorer.effects import effect
from futian_model.explorer.facts import written
from futian_model.explorer.implied import implied
from futian_model.explorer.state import State
from futian_model.report.words.numbers import RULES
from futian_model.scenario import load_scenario
from futian_model.scenario.complete import PARTS
from futian_model.simulation import LEVELS
from futian_model.simulation.frames import QUANTILES, growth_frame

pytestmark = pytest.mark.thorough

DAY = datetime.date(2026, 12, 1)
LARGEST = 1_500_000
"""Bytes of a page, at most."""
FEW = 12
"""Settings that are tried of each scenario; `live_settings` tries hundreds."""
SLIDER = "[data-section=growth] .fx-number input[type=range] >> visible=true"
GROWTH = "path:levers.growth.phases[0].growth_rate"
MOVED = State({"growth": "path", "event_trial": "on"}, {GROWTH: 0.035, "on:levers.events.trial.size": -0.03})
LINK = "#" + "&".join(f"{name}={value}" for name, value in [*MOVED.choices.items(), *MOVED.numbers.items()])


@pytest.fixture(scope="module")
def evidence() -> Evidence:
    return load_evidence()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a scenario, as the command makes it."""
    made = tmp_path_factory.mktemp("live") / "page.html"
    assert cli.main(["explore", "--page", str(made), "--lang", "zh", "evidence_trend"]) == 0
    return made


@pytest.fixture
def offline(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of a file without a network, of a size; nothing may go wrong on it or be asked for."""
    contexts, wrong = [], []

    def visit(file: Path, hash: str = "", width: int = 1280, **options: Any) -> Page:
        phone = {"has_touch": True, "is_mobile": True} if width < 500 else {}
        context = browser.new_context(
            viewport={"width": width, "height": 844}, offline=True, **phone, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda fault: wrong.append(str(fault)))
        page.on(
            "console", lambda line: wrong.append(line.text) if line.type in ("error", "warning") else None
        )
        page.on(
            "request",
            lambda asked: (
                wrong.append(asked.url) if not asked.url.startswith(("file:", "data:", "blob:")) else None
            ),
        )
        page.goto(file.as_uri() + hash)
        page.wait_for_selector("#page[data-drawn]")
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.mark.parametrize(
    "name",
    [
        "evidence_trend",
        "early",
        "headquarters_leave",
        "official_targets",
        "three_engines",
        "made_lagged",
        "made_same_year",
        "typed",
        "loss",
    ],
)
def test_the_script_computes_what_the_library_does(name: str, page: Page, evidence: Evidence) -> None:
    model = model_of(name, evidence)
    opened(page, model)
    for state in settings(model, FEW):
        distance, _ = apart(page, model, state)
        assert distance < 1e-6, state


@pytest.mark.parametrize("name", ["evidence_trend", "headquarters_leave"])
def test_the_draws_are_the_first_of_the_simulation(name: str, evidence: Evidence) -> None:
    scenario = scenario_named(name, evidence)
    model = carried(scenario, evidence)
    assert model.drawn.draws == 4000
    rows = by_library(model, State())["rows"]
    result = simulate(scenario, evidence, draws=4000)
    for name, (central, *bands) in rows.items():
        bands, growth = np.split(np.array(bands), 2)
        assert np.allclose(central, result.central[name], rtol=1e-12)
        assert np.allclose(bands, result.quantiles(name, LEVELS).to_numpy().T, rtol=5e-5)
        if name in ("real_gdp", "nominal_gdp"):  # as the report's chart has it
            frame = growth_frame(result)
            frame = frame[(frame["indicator"] == f"{name}_growth") & frame["statistic"].isin(QUANTILES)]
            table = frame.pivot(index="statistic", columns="year", values="value").loc[list(QUANTILES)]
            assert np.allclose(growth[:, 1:], table, atol=5e-5)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_of_every_scenario_is_small_and_says_what_it_is(lang: str, evidence: Evidence) -> None:
    for name in ("headquarters_leave", "loss", "typed"):
        scenario = scenario_named(name, evidence)
        html = live.page(Explorer(scenario, evidence, draws=200), lang, DAY)
        assert len(html.encode()) < LARGEST
        assert f'<html lang="{lang}">' in html
        (about,) = re.findall(r"<p id='about'[^>]*>(.*?)</p>", html)
        assert scenario.title[lang] in about
        assert {"zh": "2026年12月1日", "en": "1 December 2026"}[lang] in about
        assert "4,000" in about
        assert "2025" in about
        assert {"zh": "不是预测", "en": "no forecast"}[lang] in about


def test_a_finger_moves_it_on_a_phone(offline: Callable[..., Page], file: Path, evidence: Evidence) -> None:
    page = offline(file, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    slider = page.locator(SLIDER).first
    before = page.locator("[data-indicator=real_gdp] dd").first.text_content()
    slider.tap(position={"x": 20, "y": 5})
    expect(page.locator("[data-section=growth] select")).to_have_value("path")
    assert page.locator("[data-indicator=real_gdp] dd").first.text_content() != before
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_link_opens_its_state_and_shows_the_library_s_figures(
    lang: str, offline: Callable[..., Page], file: Path, evidence: Evidence
) -> None:
    page = offline(file, f"{LINK}&lang={lang}", locale="fr-FR")
    assert page.evaluate("document.documentElement.lang") == lang
    model = model_of("evidence_trend", evidence)
    library = by_library(model, MOVED)
    for name, rule in (("real_gdp", "gdp"), ("real_gdp_per_capita", "per_capita"), ("nominal_gdp", "gdp")):
        shown = page.locator(f"[data-indicator={name}] [data-value=current] dd").text_content()
        central, low, high = (library["rows"][name][row][-1] for row in (0, 2, 6))
        band = RULES[f"{rule}_bare"][lang](low), RULES[f"{rule}_bare"][lang](high)
        assert shown.startswith(RULES[rule][lang](central))
        assert {"zh": "{}至{}", "en": "({} to {} in"}[lang].format(*band) in shown
    for goal, chance in library["chances"].items():
        assert written(*chance) in page.locator(f"[data-goal={goal}]").all_text_contents()[0]
    again = offline(file, page.evaluate("location.hash"))
    assert again.locator("[data-goal]").all_text_contents() == page.locator("[data-goal]").all_text_contents()
    assert again.locator("#take [role=status]").text_content() == ""
    checked = {
        "zh": "打开时已核对：本页算得与模型一致。",
        "en": "Checked on opening: this page computes what the model does.",
    }
    assert again.locator("#check").text_content() == checked[lang]


def test_what_a_link_may_not_set_is_said(offline: Callable[..., Page], file: Path) -> None:
    page = offline(file, f"#lang=en&nosuch=1&{GROWTH}=7&population=path&vintage=2021")
    told = page.locator("#take [role=status]").text_content()
    assert told == (
        f"The link sets what this page does not have or allow, which is left out: nosuch, {GROWTH}, vintage."
    )
    assert "population=path" in page.evaluate("location.hash")
    assert "growth_rate" not in page.evaluate("location.hash")


def test_keys_move_undo_and_keep(offline: Callable[..., Page], file: Path) -> None:
    page = offline(file, "#lang=en")
    page.locator(SLIDER).first.focus()
    goals = page.locator("[data-goal=gdp_double_2035] [data-side=current]")
    first = goals.text_content()
    for _ in range(3):
        page.keyboard.press("PageDown")
    moved = goals.text_content()
    assert moved != first
    page.locator(".fx-keep button").click()
    expect(page.locator("[data-run='Run 1']")).to_be_visible()
    page.locator(SLIDER).first.focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+z")
    expect(goals).to_have_text(moved)
    page.locator(".fx-all").click()
    expect(goals).to_have_text(first)
    page.locator("[data-run='Run 1'] button").first.click()  # take up
    expect(goals).to_have_text(moved)


def test_what_it_cannot_move_is_shown_with_its_value(
    offline: Callable[..., Page], tmp_path: Path, evidence: Evidence
) -> None:
    file = tmp_path / "loss.html"
    file.write_text(
        live.page(Explorer(scenario_named("loss", evidence), evidence, draws=200), "en", DAY), "utf-8"
    )
    page = offline(file)
    names = (
        "vintage",
        "horizon",
        "gdp_source",
        "population_source",
        "uncertainty",
        "persistence",
        "departure_first",
    )
    for name in names:
        section = page.locator(f"[data-section={name}]")
        expect(section.locator(".fx-fixed")).to_have_text("fixed")
        expect(section.locator("select")).to_have_count(0)
    firms = page.locator("[data-section=firms]")
    firms.locator("summary").click()
    entry, spillover = (
        firms.locator(f"[data-control='on:levers.firms.{name}']") for name in ("entry", "spillover")
    )
    assert entry.locator(".fx-typed").input_value() == "5"
    expect(entry.locator(".fx-typed")).to_be_disabled()
    expect(entry.locator("input[type=range]")).to_be_hidden()
    expect(entry.locator(".fx-fixed")).to_have_text("fixed")
    expect(spillover.locator(".fx-fixed")).to_have_count(0)
    before = page.locator("[data-indicator=real_gdp] dd").first.text_content()
    spillover.locator(".fx-typed").fill("0")
    spillover.locator(".fx-typed").press("Enter")
    assert page.locator("[data-indicator=real_gdp] dd").first.text_content() != before


def test_growth_of_another_package_is_carried_and_its_numbers_stay(
    offline: Callable[..., Page], tmp_path: Path
) -> None:
    program = Path(__file__).with_name("live_plugin.py")
    done = subprocess.run([sys.executable, program, tmp_path], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    for name, tied in (("fading", False), ("peopled", True)):
        page = offline(tmp_path / f"{name}.html")
        # the path is the library's, whatever else is moved
        expect(page.locator("#check")).to_have_text(
            "Checked on opening: this page computes what the model does."
        )
        growth = page.locator("[data-section=growth]")
        first = growth.locator(f"[data-control='{name}:levers.growth.first']")
        expect(first.locator(".fx-fixed")).to_have_text("fixed")
        assert first.locator(".fx-typed").input_value() == "8"
        before = page.locator("[data-indicator=real_gdp] dd").first.text_content()
        page.locator("#take [data-form=yaml]").click()
        assert f'block: "{name}"' in page.locator("#take textarea").input_value()
        # population stays where the block asks for it, and so do shocks that may move it
        for lever in ("population", "event_trial"):
            expect(page.locator(f"[data-section={lever}] .fx-fixed")).to_have_count(int(tied))
        # and growth can be set in another way
        growth.locator("select").select_option("path")
        assert page.locator("[data-indicator=real_gdp] dd").first.text_content() != before
        growth.locator("select").select_option(name)
        assert page.locator("[data-indicator=real_gdp] dd").first.text_content() == before


def test_two_states_that_cannot_be_are_refused_where_they_were_set(
    offline: Callable[..., Page], file: Path
) -> None:
    page = offline(file, "#lang=en&growth=target_real_gdp_per_capita")
    before = page.evaluate("location.hash")
    page.locator("[data-section=population] summary").click()
    page.locator("[data-section=population] select").select_option("implied_real_gdp_per_capita")
    expect(page.locator(".fx-told")).to_contain_text("growth cannot follow from per-capita goals")
    assert page.evaluate("location.hash") == before
    expect(page.locator("[data-section=population] select")).to_have_value("trend")


@pytest.mark.parametrize("name", ["evidence_trend", "typed", "three_engines"])
def test_its_yaml_is_the_same_scenario(
    name: str, offline: Callable[..., Page], tmp_path: Path, evidence: Evidence
) -> None:
    scenario = scenario_named(name, evidence)
    model = carried(scenario, evidence)
    html = live.page(Explorer(scenario, evidence, draws=200), "zh", DAY)
    file = tmp_path / "page.html"
    file.write_text(html, "utf-8")
    page = offline(file)
    for number, state in enumerate(settings(model, 6, seed=5)):
        if isinstance(by_library(model, state), str):
            continue
        items = {"of": "another", **state.choices} | {
            at: f"{value:.12f}" for at, value in state.numbers.items()
        }
        link = "&".join(f"{at}={value}" for at, value in items.items())
        page.evaluate("link => { location.hash = link; }", link)
        expect(page).to_have_url(re.compile("#of=(?!another)"))
        page.locator("#take [data-form=yaml]").click()
        text = page.locator("#take textarea").input_value()
        made = tmp_path / f"state_{number}.yaml"
        made.write_text(text, "utf-8")
        loaded, wanted = (
            load_scenario(made, evidence=evidence).to_dict(),
            model.space.scenario(state).to_dict(),
        )
        assert {part: loaded[part] for part in PARTS} == {part: wanted[part] for part in PARTS}
        assert text.startswith(f'id: "{scenario.id}_explored"')
        assert ("extends" in text) == (name != "typed")


@pytest.mark.parametrize("view", tables.VIEWS)
def test_its_data_are_those_of_the_explorer(
    view: str, offline: Callable[..., Page], file: Path, evidence: Evidence
) -> None:
    page = offline(file, f"{LINK}&lang=en")
    page.locator(f"[data-view={view}]").click()
    explorer = Explorer(scenario_named("evidence_trend", evidence), evidence, draws=4000)
    explorer.move(MOVED)
    page.locator("[data-indicator=real_gdp] .fx-take summary").click()
    with page.expect_download() as download:
        page.locator("[data-indicator=real_gdp] [data-take=csv]").click()
    assert download.value.suggested_filename == f"evidence_trend.real_gdp.{view}.csv"
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_bytes().decode("utf-8-sig"))))
    wanted = tables.table(explorer, "real_gdp", view, "en")
    assert rows[0] == list(wanted.columns)
    values = np.array([[float(cell or "nan") for cell in row] for row in rows[1:]])
    rounding = 3e-3 if view == "growth" else 1e-6  # of the two years' draws, in points
    assert np.allclose(values, wanted.to_numpy(float), rtol=2e-5, atol=rounding, equal_nan=True)
    for form in ("png", "svg"):
        with page.expect_download() as download:
            page.locator(f"[data-indicator=real_gdp] [data-take={form}]").click()
        assert Path(download.value.path()).stat().st_size > 1000


def test_its_goals_are_those_of_the_explorer(
    offline: Callable[..., Page], file: Path, evidence: Evidence
) -> None:
    page = offline(file, f"{LINK}&lang=zh")
    page.locator(".fx-keep button").click()
    explorer = Explorer(scenario_named("evidence_trend", evidence), evidence, draws=4000)
    explorer.move(MOVED)
    explorer.keep("方案1")
    for what in ("goals", "runs"):
        page.locator(f".fx-{what} .fx-take summary").click()
        with page.expect_download() as download:
            page.locator(f".fx-{what} [data-take=csv]").click()
        assert download.value.suggested_filename == f"evidence_trend.{what}.csv"
        rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_bytes().decode("utf-8-sig"))))
        wanted = tables.table(explorer, what, "level", "zh")
        assert rows[0] == list(wanted.columns)
        for row, (_, goal) in zip(rows[1:], wanted.iterrows(), strict=True):
            for cell, value in zip(row[:-1], goal[:-1], strict=True):
                if isinstance(value, float):
                    assert float(cell or "nan") == pytest.approx(value, rel=1e-6, nan_ok=True)
                else:
                    assert cell == (value or "")


@pytest.mark.parametrize("name", ["double_gdp_2035", "three_engines"])
def test_sliders_and_steps_say_what_the_explorer_says(
    name: str, offline: Callable[..., Page], evidence: Evidence, tmp_path: Path
) -> None:
    """What a goal takes phase by phase, and what a step of each number does to the goals."""
    explorer = Explorer(scenario_named(name, evidence), evidence, draws=4000)
    file = tmp_path / "page.html"
    file.write_text(live.page(explorer, "en", DAY), "utf-8")
    page = offline(file)
    page.locator("[data-section=growth] .fx-write").click()
    takes = implied(explorer)
    explorer.move(State({"growth": "path"}, takes))
    assert set(takes) == {control.name for control in explorer.space.sections[0].options["path"].controls}
    for control, value in takes.items():
        number = page.locator(f"[data-control='{control}'] .fx-typed")
        assert float(number.input_value()) == pytest.approx(100 * value, abs=0.005)
        number.focus()
        for goal in effect(explorer, control)["goals"]:
            line = page.locator("[data-section=growth] .fx-hand")
            expect(line).to_contain_text(RULES["points"]["en"](goal["share"]))


def test_the_explorer_makes_the_page_of_its_state(
    offline: Callable[..., Page], tmp_path: Path, evidence: Evidence
) -> None:
    explorer = Explorer(scenario_named("evidence_trend", evidence), evidence, draws=200)
    explorer.move(State({"vintage": "2024", "growth": "path"}))
    explorer.keep("Earlier data")
    moved = explorer.space.sections[0].options["path"].controls[0].name
    explorer.move(State({"growth": "path"}, {moved: 0.03}), explorer.ground)
    explorer.move(State({"growth": "path"}, {GROWTH: 0.03}))
    explorer.keep("Slow")
    file = tmp_path / "page.html"
    file.write_text(live.page(explorer, "en", DAY), "utf-8")
    page = offline(file)
    expect(page.locator(".fx-changes")).to_contain_text("3.00% a year")
    for name in ("Earlier data", "Slow"):
        expect(page.locator(f"[data-run='{name}']")).to_be_visible()
    page.locator("[data-run='Earlier data'] button").first.click()
    expect(page.locator(".fx-told")).to_contain_text("from another scenario, other data or other years")


def test_other_data_stay_what_they_were_set_to(
    offline: Callable[..., Page], tmp_path: Path, evidence: Evidence
) -> None:
    explorer = Explorer(scenario_named("evidence_trend", evidence), evidence, draws=200)
    explorer.move(State({"vintage": "2022", "horizon": "2050"}, {"own:assumptions.uncertainty.scale": 1.5}))
    file = tmp_path / "page.html"
    file.write_text(live.page(explorer, "en", DAY), "utf-8")
    assert file.stat().st_size < LARGEST
    page = offline(file)
    expect(page.locator("[data-section=vintage] .fx-now")).to_have_text("Up to 2022")
    expect(page.locator("[data-section=horizon] .fx-now")).to_have_text("Until 2050")
    page.locator("[data-section=uncertainty] summary").click()
    assert page.locator("[data-section=uncertainty] .fx-typed").first.input_value() == "1.5"
    expect(page.locator(".fx-changes li")).to_have_count(3)
    expect(page.locator("#check")).to_contain_text("computes what the model does")
    page.locator("#take [data-form=yaml]").click()
    made = tmp_path / "state.yaml"
    made.write_text(page.locator("#take textarea").input_value(), "utf-8")
    loaded, wanted = load_scenario(made, evidence=evidence).to_dict(), explorer.scenario.to_dict()
    assert {part: loaded[part] for part in PARTS} == {part: wanted[part] for part in PARTS}


def test_a_script_that_computes_otherwise_is_seen_on_opening(
    offline: Callable[..., Page], file: Path, tmp_path: Path
) -> None:
    html = file.read_text("utf-8")
    text = re.search(r'id="carried">(.*?)</script>', html)[1]
    content = json.loads(text)
    content["model"]["base"]["gdp"] *= 1.00001
    other = tmp_path / "other.html"
    other.write_text(
        html.replace(text, json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")), "utf-8"
    )
    page = offline(other, "#lang=en")
    expect(page.locator("#check")).to_have_text(
        "This browser does not compute what the model does. Do not use the figures of this page."
    )
