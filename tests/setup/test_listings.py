"""What is listed in several places follows from where it is declared."""

import json
from collections.abc import Mapping

import listings
import pytest

from futian_model.evidence.operators import OPERATORS, Operator
from futian_model.report.pages import compare, reports
from futian_model.report.words import words


def test_every_list_is_as_declared() -> None:
    files = dict(listings.listings())
    assert len(files) > len(reports())
    for file, content in files.items():
        assert file.read_text("utf-8") == content, f"{file.name}: run make fix"


def test_a_page_that_moves_takes_its_question_along(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [question.notebook for question in listings.questions()]
    monkeypatch.setattr(compare, "PLACE", 0)
    after = [question.notebook for question in listings.questions()]
    assert after == [compare.NOTEBOOK, *(name for name in before if name != compare.NOTEBOOK)]
    files = {file.name: content for file, content in listings.listings()}
    cells = json.loads(files["start.ipynb"])["cells"]
    first = cells[0]["source"][4]
    assert first == f"1. [{words('zh')['start_compare']}](compare.ipynb)\n"
    assert "".join(cells[-1]["source"]).count("](compare.ipynb)") == 2
    last = "".join(json.loads(files["evidence.ipynb"])["cells"][-2]["source"])
    assert last.count("](plan.ipynb)") == 2
    assert files["README.md"].index("`compare.ipynb` |") < files["README.md"].index("`evidence.ipynb` |")


@pytest.mark.parametrize(
    ("added", "tables"),
    [
        (Operator("<", False, True), ("plan_goals", "plan_commitments", "annual_plan")),
        (Operator("≈", True, True), ("plan_goals", "annual_plan")),
    ],
)
def test_an_operator_is_declared_once(
    added: Operator, tables: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(OPERATORS, added.symbol, added)  # type: ignore[arg-type]
    package = json.loads({file.name: content for file, content in listings.listings()}["datapackage.json"])
    allowed: Mapping[str, list[str]] = {
        resource["name"]: field["constraints"]["enum"]
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
        if field["name"] == "operator"
    }
    assert [table for table, symbols in allowed.items() if added.symbol in symbols] == list(tables)
