"""The scorecard notebook through real papermill: every view, both languages, exported and run again."""

from pathlib import Path
from typing import Any

import papermill
import pytest

from futian_model import load_evidence
from futian_model.project import find_project
from futian_model.report import FutianHTMLExporter, blocks_of, inputs_of
from futian_model.report.verify import verify
from futian_model.scorecard import card

from .conftest import RunNotebook

ROOT = find_project(Path(__file__).parent).root
NOTEBOOK = ROOT / "notebooks" / "scorecard.ipynb"
EVIDENCE = load_evidence(find_project(Path(__file__).parent))
CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("annual", "zh", {}),
    ("midterm", "en", {"as_of": 2022, "vintage": "2023-06"}),
    ("final", "zh", {}),
    ("", "en", {}),
]
TITLES = {
    "annual": "福田区规划指标完成情况：年度监测",
    "midterm": "Futian: plan scorecard, mid-term evaluation",
    "final": "福田区规划指标完成情况：总结评估",
    "": "Futian: plan scorecard, final evaluation",
}


@pytest.mark.parametrize(("view", "lang", "more"), CASES)
def test_it_is_run_exported_and_comes_out_again(
    run_notebook: RunNotebook, view: str, lang: str, more: dict[str, Any]
) -> None:
    chosen = {"view": view} if view else {}  # left out, the plan's years being over, it is the final one
    notebook = run_notebook("scorecard.ipynb", lang=lang, **chosen, **more)
    expected = card(EVIDENCE, view or "final", **more)
    kinds = [block["type"] for block in blocks_of(notebook)]
    assert kinds == ["cover", *["section"] * 6, "record"]
    assert blocks_of(notebook)[0]["title"] == TITLES[view]
    asked = inputs_of(notebook)
    assert (asked["view"], asked["as_of"], asked["vintage"]) == (
        expected.view,
        expected.as_of,
        expected.vintage,
    )
    html, _ = FutianHTMLExporter().from_notebook_node(notebook)
    assert TITLES[view] in html
    assert "load_evidence" not in html
    for one in expected.table:
        assert EVIDENCE.name(one.goal.name, lang) in html.replace("&amp;", "&")
    checked = verify(html.encode(), "scorecard.html", EVIDENCE)
    assert checked.sound, checked
    assert checked.rerun > 150


def test_papermill_reads_the_parameters_with_their_help() -> None:
    found = papermill.inspect_notebook(str(NOTEBOOK))
    assert {name: one["inferred_type_name"] for name, one in found.items()} == {
        "lang": "str",
        "view": "str",
        "as_of": "int",
        "vintage": "str",
    }
    assert all(one["help"] for one in found.values())
