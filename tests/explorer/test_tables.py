"""Charts and tables as files: the figures that are drawn, in the units that are read."""

import io

import numpy as np
import pandas as pd
import pytest

from futian_model import load_scenario
from futian_model.errors import InputError
from futian_model.explorer import Explorer, State, effects, tables
from futian_model.explorer.facts import written
from futian_model.explorer.messages import Desk

RATE = "path:levers.growth.phases[1].growth_rate"
SCALE = {"zh": (1, 1, 100), "en": (0.1, 10_000, 100)}
"""RMB billion of 亿元, yuan of 万元, and per cent."""


@pytest.fixture(scope="module")
def desk(evidence):
    explorer = Explorer(load_scenario("trend_2021", evidence=evidence), evidence, draws=200)
    explorer.move(State({"growth": "path"}, {RATE: 0.07}))
    explorer.keep("甲, <b>")
    explorer.move(State({"growth": "path"}, {RATE: 0.03}))
    return Desk(explorer, "zh")


def taken(desk, form, what, view, lang):
    ((head, (content,)),) = desk.answer(
        {"kind": "data", "form": form, "what": what, "drawn": view, "lang": lang, "view": "a"}
    )
    assert head["type"] == tables.FORMS[form]
    return head["name"], content


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("view", tables.VIEWS)
def test_a_chart_is_its_lines_in_both_formats(desk, view, lang):
    own, baseline = desk.explorer, desk.explorer.baseline_answer
    for name, scale in zip(own.answer.central, SCALE[lang], strict=True):
        file, content = taken(desk, "csv", name, view, lang)
        assert file == f"trend_2021.{name}.{view}.csv"
        assert content.startswith(b"\xef\xbb\xbf")
        frame = pd.read_csv(io.BytesIO(content), index_col=0)
        book = pd.read_excel(
            io.BytesIO(taken(desk, "xlsx", name, view, lang)[1]), index_col=0, engine="openpyxl"
        )
        np.testing.assert_allclose(book.to_numpy(float), frame.to_numpy(float), rtol=1e-12)
        path, base, share = own.answer.central[name], baseline.central[name], name.endswith("share")
        meant = {
            "level": path * scale,
            "growth": 100 * (np.diff(path) if share else path[1:] / path[:-1] - 1),
            "difference": (path - base) * scale,
            "percent": 100 * (path / base - 1),
        }[view]
        drawn = frame.iloc[:, 0].dropna()
        assert drawn.index[-1] == 2035
        np.testing.assert_allclose(drawn, meant, rtol=1e-9, atol=1e-12)
        assert len([column for column in frame if column.startswith("甲, <b>")]) == 1
        if view in ("level", "growth"):
            level = view == "level"
            quantiles = frame.loc[2021 - level :].iloc[:, 3:10].to_numpy().T
            drawn = own.answer.quantiles[name] * scale if level else own.answer.growth[name] * 100
            np.testing.assert_allclose(quantiles, drawn, rtol=1e-9, atol=1e-12)
            published = frame.iloc[:, 10].notna().sum()
            assert published >= 3 if level or name == "real_gdp" else published == 0
        percent = {"level": share, "growth": not share, "difference": False, "percent": True}[view]
        assert ("%" in frame.columns[0]) == percent


def test_tables_say_what_the_page_says(desk):
    own = desk.explorer
    name, content = taken(desk, "csv", "goals", "level", "en")
    goals = pd.read_csv(io.BytesIO(content))
    assert (name, len(goals)) == ("trend_2021.goals.csv", len(own.answer.chances))
    assert set(goals.iloc[:, -1]) >= {desk.answered({})[0]["goals"][0]["evidence"]}
    _, content = taken(desk, "csv", "runs", "level", "en")
    runs = pd.read_csv(io.BytesIO(content), index_col=0)
    assert list(runs.index) == ["Now", "Baseline", "甲, <b>"]
    for answer, (_, row) in zip(
        (own.answer, own.baseline_answer, own.runs[0].answer), runs.iterrows(), strict=True
    ):
        aim = answer.targets["gdp_double_2035"]
        beyond = (answer.central["real_gdp"][aim.position] - aim.target) / 10  # 亿元 to RMB billion
        label = "GDP double its 2020 level by 2035: "
        unit = "RMB billion, constant 2020 prices"
        assert row[f"{label}Beyond (+) or missing (−) ({unit})"] == pytest.approx(beyond)
        assert row[f"{label}Paths that meet it if the assumptions hold"] == written(
            *answer.chances["gdp_double_2035"]
        )
    _, content = taken(desk, "csv", "changes", "level", "en")
    changes = pd.read_csv(io.BytesIO(content))
    assert "GDP growth, 2026–2030: 3.00% a year" in set(changes.iloc[:, 1])
    assert set(changes.iloc[:, 0]) == {"Now", "甲, <b>"}
    _, content = taken(desk, "csv", "index", "level", "zh")
    assert len(pd.read_csv(io.BytesIO(content))) == len(effects.index(own))


def test_a_workbook_holds_everything(desk):
    ((head, (content,)),) = desk.answer({"kind": "data", "form": "xlsx", "lang": "zh"})
    sheets = pd.read_excel(io.BytesIO(content), sheet_name=None, engine="openpyxl")
    assert (head["name"], list(sheets)) == ("trend_2021.xlsx", tables.names(desk.explorer))
    assert all(len(sheet) for sheet in sheets.values())


@pytest.mark.parametrize(
    "asked", [("sunshine", "csv", "level"), ("goals", "pdf", "level"), ("real_gdp", "csv", "up")]
)
def test_what_there_is_not_is_refused(desk, asked):
    what, form, view = asked
    with pytest.raises(InputError, match="allowed: "):
        tables.file(desk.explorer, [what], form, view, "zh")
