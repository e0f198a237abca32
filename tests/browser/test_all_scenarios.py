"""The page of all scenarios under its controls: differences as in the results, order and filter hold."""

from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Locator, Page

from futian_model.batch.settings import SHARED, TABLES
from futian_model.report import results_from
from futian_model.report.words.numbers import RULES

from .conftest import address

pytestmark = pytest.mark.thorough

LANGS = ("zh", "en")
ADDRESS = {"zh": "index.html", "en": "index.html#en"}
TITLE = {"zh": "若规划目标如期实现", "en": "If the plan's targets are met"}


def results(pages: Path, name: str) -> pd.DataFrame:
    return results_from((pages / name / "results.csv").read_text("utf-8"))


def central(pages: Path, name: str, indicator: str) -> "pd.Series[float]":
    rows = results(pages, name)
    kept = (rows["reading"] == "given_scenario") & (rows["statistic"] == "central")
    return rows[kept & (rows["indicator"] == indicator)].set_index("year")["value"]


def lines(page: Page, lang: str) -> Locator:
    return page.locator(f"#{lang} .all tbody tr:visible")


def names(page: Page, lang: str) -> list[str]:
    return [line.get_attribute("data-id") or "" for line in lines(page, lang).all()]


def choose(page: Page, lang: str, title: str) -> None:
    page.locator(f"#{lang} .baseline").select_option(label=title)


def cells(page: Page, lang: str, name: str) -> dict[str, str]:
    line = page.locator(f"#{lang} .all tr[data-id='{name}'] td")
    return {cell.get_attribute("data-label") or "": cell.inner_text() for cell in line.all()}


@pytest.mark.parametrize("lang", LANGS)
def test_differences_from_a_baseline_are_those_of_the_results(page: Page, pages: Path, lang: str) -> None:
    page.goto(address(pages, ADDRESS[lang]))
    before = cells(page, lang, "long")
    choose(page, lang, TITLE[lang])
    after = cells(page, lang, "long")
    assert set(cells(page, lang, "plan_targets").values()) >= {"0" if lang == "en" else "0.0"}
    rules = {"real_gdp": "gdp_gap", "real_gdp_per_capita": "per_capita_gap", "headquarters_share": "points"}
    gaps = []
    for indicator, rule in rules.items():
        own, base = (central(pages, name, indicator) for name in ("long", "plan_targets"))
        gaps += [RULES[rule][lang](own[year] - base[year]) for year in (2025, 2035)]
    shown = [text for label, text in after.items() if "2025" in label or "2035" in label]
    growth = shown.pop(2)  # growth a year stands behind the levels
    bare = [
        gap.removesuffix("亿元").removesuffix("万元").replace("RMB\xa0", "").replace("\xa0bn", "")
        for gap in gaps
    ]
    assert shown == bare
    rows = {name: results(pages, name) for name in ("long", "plan_targets")}
    rates = {
        name: table[(table["reading"] == "given_scenario") & (table["indicator"] == "real_gdp")].set_index(
            ["statistic", "year"]
        )["value"]["cagr", 2035]
        for name, table in rows.items()
    }
    assert growth == RULES["growth_points"][lang](rates["long"] - rates["plan_targets"])
    page.locator(f"#{lang} [type=radio][value='']").check()
    assert cells(page, lang, "long") == before
    page.locator(f"#{lang} [type=radio][value=difference]").check()
    assert cells(page, lang, "long") == after


def test_panels_show_the_difference_and_the_year_under_the_slider(page: Page, pages: Path) -> None:
    page.goto(address(pages, "index.html"))
    ground = page.locator("#zh .ground[data-indicator=real_gdp]")
    at = page.locator("#zh .all tr[data-id=long]").get_attribute("data-scenario")
    panel = ground.locator(f"figure[data-scenario='{at}']")
    own, base = (central(pages, name, "real_gdp") for name in ("long", "plan_targets"))
    assert panel.locator(".value").inner_text() == f"2050年{RULES['gdp']['zh'](own[2050])}"
    slider = ground.locator("[type=range]")
    slider.fill("2030")
    assert panel.locator(".value").inner_text() == f"2030年{RULES['gdp']['zh'](own[2030])}"
    drawn = page.locator(f"#p-real_gdp-{at} .m-path")
    absolute = drawn.get_attribute("d")
    choose(page, "zh", TITLE["zh"])
    assert panel.locator(".value").inner_text() == f"2030年{RULES['gdp_gap']['zh'](own[2030] - base[2030])}"
    # the line's course: zero at the start, and as far from it in 2030 as the results say
    points = [tuple(map(float, one.split())) for one in (drawn.get_attribute("d") or "")[1:].split("L")]
    gaps = (own - base).dropna()
    assert len(points) == len(gaps) == 16  # up to the baseline's last year
    heights = pd.Series([points[0][1] - y for _, y in points], index=gaps.index)
    assert heights.to_numpy() == pytest.approx((gaps * heights[2035] / gaps[2035]).to_numpy(), abs=0.2)
    assert "减去“若规划目标如期实现”" in ground.locator(".subtitle:visible").inner_text()
    choose(page, "zh", "不选")
    assert drawn.get_attribute("d") == absolute
    assert panel.locator(".value").inner_text() == f"2030年{RULES['gdp']['zh'](own[2030])}"


def test_filter_and_order_hold_for_table_and_panels_alike(page: Page, pages: Path) -> None:
    page.goto(address(pages, "index.html"))
    assert names(page, "zh") == ["plan_targets", "long"]
    page.locator("#zh th[data-sort='1'] [role=button]").click()  # GDP of the last year that all reach
    values = {name: central(pages, name, "real_gdp")[2035] for name in ("plan_targets", "long")}
    down = sorted(values, key=lambda name: -values[name])
    assert names(page, "zh") == down
    assert page.locator("#zh th[data-sort='1']").get_attribute("aria-sort") == "descending"
    page.locator("#zh th[data-sort='1'] [role=button]").press("Enter")
    assert names(page, "zh") == down[::-1]
    order = page.locator("#zh .ground").first.locator("figure")
    ids = {
        line.get_attribute("data-scenario"): line.get_attribute("data-id") for line in lines(page, "zh").all()
    }
    assert [ids[figure.get_attribute("data-scenario")] for figure in order.all()] == down[::-1]
    page.locator("#zh .filter").fill("PLAN_t")
    assert names(page, "zh") == ["plan_targets"]
    assert page.locator("#zh .ground").first.locator("figure:visible").count() == 1
    assert page.locator("#zh .count").inner_text() == "显示1/2"
    page.locator("#zh .filter").fill("")
    page.locator("#zh .sort").select_option("")
    assert names(page, "zh") == ["plan_targets", "long"]


def test_the_other_language_is_a_link_away_and_keeps_what_was_chosen(page: Page, pages: Path) -> None:
    page.goto(address(pages, "index.html"))
    assert page.locator("#zh").is_visible()
    assert not page.locator("#en").is_visible()
    choose(page, "zh", TITLE["zh"])
    page.get_by_role("link", name="English").click()
    assert page.locator("#en").is_visible()
    assert not page.locator("#zh").is_visible()
    assert page.locator("#en .baseline option:checked").inner_text() == TITLE["en"]


def test_a_failure_stands_out_with_its_reason(page: Page, pages: Path) -> None:
    page.goto(address(pages, "index.html"))
    failed = page.locator("#zh .failed")
    assert "broken.yaml" in failed.inner_text()
    assert failed.bounding_box()["y"] < page.locator("#zh .all").bounding_box()["y"]  # type: ignore[index]
    assert failed.evaluate("one => getComputedStyle(one).borderLeftWidth") == "4px"


def test_every_file_of_a_report_is_linked(page: Page, pages: Path) -> None:
    page.goto(address(pages, "index.html"))
    linked = set(page.evaluate("[...document.links].map(one => one.getAttribute('href'))"))
    made = {
        f"{file.parent.name}/{file.name}"
        for file in pages.glob("*/*")
        if file.suffix not in (".json", ".parquet")
        and not (file.parent.name in SHARED and file.suffix == ".csv")  # a page all share links no tables
    }
    assert linked - {"#zh", "#en"} == made | set(TABLES)
    assert {Path(link).suffix for link in made} >= {".html", ".csv", ".ipynb"}
