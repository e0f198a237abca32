"""The evidence notebook through real papermill: both languages, another vintage, a new outturn."""

import re
import shutil
from pathlib import Path

import pytest
from nbformat import NotebookNode

from futian_model.project import find_project
from futian_model.report import FutianHTMLExporter, blocks_of, faults, results_of

ROOT = find_project(Path(__file__).parent).root


def table(notebook: NotebookNode, title: str) -> list[list[str]]:
    """Cells of the one table whose title contains a text, as printed."""

    def tables(block):
        if block["type"] == "table":
            yield block
        for child in block.get("children", []):
            yield from tables(child)

    (found,) = [one for block in blocks_of(notebook) for one in tables(block) if title in one["title"]]
    return [[cell if isinstance(cell, str) else cell["text"] for cell in row] for row in found["rows"]]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_prints_the_chances_and_the_record_behind_them(run_notebook, lang):
    notebook = run_notebook("evidence.ipynb", lang=lang, draws=2000)
    html, _ = FutianHTMLExporter().from_notebook_node(notebook)
    chances = table(notebook, {"zh": "各项目标", "en": "each goal"}[lang])
    assert len(chances) == 2  # two doublings by 2035; the goals of 2025 have a verdict
    assert all(re.fullmatch(r"[<>]?\d+%", row[-1]) for row in chances)
    record = table(notebook, {"zh": "历史检验", "en": "The record"}[lang])
    horizons = {"zh": ["1年", "5年", "10年", "15年"], "en": ["1 year", "5 years", "10 years", "15 years"]}
    assert [row[0] for row in record] == horizons[lang]
    for row in chances:
        assert row[0] in html
    work = {
        "zh": {"本地数据", "两者兼有", "跨国数据"},
        "en": {"local data", "both", "other countries' data"},
    }[lang]
    assert {row[4] for row in table(notebook, {"zh": "各项估计", "en": "Estimates"}[lang])} == work
    assert "load_evidence" not in html
    units = re.compile("亿元|万元|万人")
    printed = [row[1] for row in table(notebook, {"zh": "收录的全部公布值", "en": "every release"}[lang])]
    assert all(bool(units.search(value)) == (lang == "zh") for value in printed)
    disagreeing = [row[1] for row in table(notebook, {"zh": "不一致", "en": "disagree"}[lang])]
    assert not any(re.search(r"\d (亿元|万|%)", value) for value in printed + disagreeing)


def test_another_vintage_sees_other_figures(run_notebook):
    then, now = (
        run_notebook("evidence.ipynb", lang="en", vintage=vintage, draws=2000) for vintage in ("2021", "2026")
    )

    def width(notebook):
        rows = results_of(notebook)
        rows = rows[(rows["reading"] == "given_evidence") & (rows["indicator"] == "real_gdp")]
        rows = rows[rows["year"] == 2025].set_index("statistic")["value"]
        return rows["p90"] - rows["p10"]

    # by 2026 the growth of city and nation to 2025 is published
    assert width(now) < 0.6 * width(then)


def test_an_outturn_is_a_row_and_appears_in_the_report(tmp_path, papermilled):
    for name in ("data", "notebooks", "params"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("pyproject.toml",):
        shutil.copy(ROOT / name, tmp_path / name)
    asked = {"lang": "en", "vintage": "2026", "indicator": "real_gdp_growth", "draws": 2000}
    before = papermilled("evidence.ipynb", tmp_path, **asked)
    figures = tmp_path / "data" / "observations.csv"
    with figures.open("a", encoding="utf-8") as file:
        file.write("futian,real_gdp_growth,2023,9.1,%,constant,,2024-03,szft_13fyp,point,,,\n")
    after = papermilled("evidence.ipynb", tmp_path, **asked)
    assert faults(after) == []
    new = [row for row in table(after, "every release") if row not in table(before, "every release")]
    assert [row[:3] for row in new] == [["2023", "9.1%", "2024-03"]]
    # and the estimates move with it
    assert table(after, "Estimates behind") != table(before, "Estimates behind")
