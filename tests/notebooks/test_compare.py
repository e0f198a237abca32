"""The comparison notebook through real papermill: the parts as attributed, in both languages."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest

from futian_model import CompareReport, attribute, load_evidence, load_scenario
from futian_model.errors import InputError
from futian_model.project import find_project
from futian_model.report import FutianHTMLExporter, results_of
from futian_model.report.page.binding import disagreements
from futian_model.report.sections.attribution import closed
from futian_model.report.words.sentences import words
from futian_model.report.words.styles import prints_zero
from tests.as_of_2021 import as_of_2021

ROOT = find_project(Path(__file__).parent).root
EVIDENCE = load_evidence(find_project(Path(__file__).parent))
SECTIONS = ("cover", "answer", "side_by_side", "why", "chances", "assumptions")


def scenario(name):
    return as_of_2021(name, EVIDENCE)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_prints_what_was_attributed(run_notebook, lang):
    notebook = run_notebook("compare.ipynb", lang=lang)
    html, _ = FutianHTMLExporter().from_notebook_node(notebook)
    assert "load_scenario" not in html
    rows = results_of(notebook)
    rows = rows[rows["reading"] == "attribution"]
    rows = rows.set_index(["indicator", "year", "case", "statistic"])["value"]
    a, b = (load_scenario(name, evidence=EVIDENCE) for name in ("official_targets", "evidence_trend"))
    for indicator in ("real_gdp", "real_gdp_per_capita", "headquarters_share"):
        told = attribute(a, b, EVIDENCE, indicator=indicator)
        assert rows[indicator, 2035, "of=central", "difference"] == told.difference
        for name, value in zip(told.names, told.contributions, strict=True):
            assert rows[indicator, 2035, f"of=central;block={name}", "contribution"] == value
    ((goal, year),) = {(goal, year) for goal, year, case, _ in rows.index if case == "of=probability"}
    told = attribute(a, b, EVIDENCE, statistic="probability", goal=goal)
    for name, value in zip(told.names, told.contributions, strict=True):
        assert rows[goal, year, f"of=probability;block={name}", "contribution"] == value
    share = max(told.contributions, key=abs)
    assert share != 0
    assert f"{100 * abs(share):.1f}" in html


def of(a, b, lang="en", **choice) -> CompareReport:
    return CompareReport(a, b, lang, evidence=EVIDENCE, draws=choice.pop("draws", 500), **choice)


def text_of(report: CompareReport) -> str:
    content = [getattr(report, name)().to_dict() for name in SECTIONS]
    assert disagreements(content, report.material.results) == []
    return str(content)


def changed(loaded, *, levers=None, assumptions=None, **more):
    return dataclasses.replace(
        loaded,
        levers=loaded.levers.model_copy(update=levers or {}),
        assumptions=loaded.assumptions.model_copy(update=assumptions or {}),
        **more,
    )


def test_joined_blocks_firms_and_what_one_side_lacks():
    told = text_of(of(scenario("plan_targets"), scenario("three_engines"), "zh"))
    assert "GDP增长与人口" in told
    assert "无法分开" in told
    told = text_of(of(scenario("headquarters_leave"), scenario("plan_targets"), "en"))
    assert "with the opposite pull of GDP growth" in told
    assert "not simulated" in told


def test_the_evidence_speaks_apart_only_where_data_or_base_differ():
    told = text_of(of(scenario("trend_2021"), scenario("external_shock")))
    assert "whichever of the two is assumed" in told
    later = changed(scenario("trend_2021"), assumptions={"vintage": "2022"}, id="later")
    told = text_of(of(scenario("trend_2021"), later))
    assert "Judged by the data each of them may see" in told
    assert "all because of the date of the data" in told
    assert "2021; 2022" in told


def test_what_prints_as_zero_is_no_step_of_a_waterfall(tmp_path):
    # the plan's path of the share, but as much in the end as the evidence expects
    share = "{block: target, targets: [{goal: headquarters_share_2025}, {year: 2035, value: 0.557}]}"
    file = tmp_path / "own.yaml"
    file.write_text(
        "id: own\ntitle: {zh: 自拟, en: Own}\ndescription: {zh: 试验。, en: A trial.}\n"
        f"extends: plan_targets\nlevers: {{shares: {{headquarters_share: {share}}}}}\n",
        "utf-8",
    )
    made = of(scenario("headquarters_leave"), scenario(file), "zh")
    part = made.material.why("real_gdp_per_capita").contribution(("headquarters_share",))
    assert part.value != 0
    assert part.text("zh") == "0.0万元"
    (drawn,) = [one for one in made.why().to_dict()["children"] if one["type"] == "charts"]
    (chart,) = [one for one in drawn["charts"] if "人均地区生产总值" in one["title"]]
    rows = [dict(zip(chart["table"]["columns"], row, strict=True)) for row in chart["table"]["rows"]]
    assert [row["name"] for row in rows[1:-1]] == ["GDP增长", "人口", "总部企业集团"]
    assert not any(prints_zero(row["label"]) for row in rows)
    assert "0.0万元" not in chart["alt"]
    assert sum(row["value"] for row in rows[:-1]) == pytest.approx(rows[-1]["value"], rel=1e-12)


def test_identical_scenarios_have_nothing_to_explain():
    one = scenario("trend_2021")
    told = text_of(of(one, one))
    assert told.count("make the same assumptions; there is nothing to explain") == 3
    assert "No goal that both can be held against is met by a different share of paths" in told
    assert "<svg" not in told


def test_what_is_too_fine_for_a_sentence_is_told_field_by_field():
    one = scenario("headquarters_leave")
    larger = one.levers.firms.model_copy(update={"entrant_size": 0.02})
    told = text_of(of(one, changed(one, levers={"firms": larger}, id="larger"), draws=100))
    assert "entrant_size: 0.01" in told
    assert "entrant_size: 0.02" in told
    assert "Real GDP in 2035: the same under" in told


def test_years_that_differ_are_refused_at_once():
    one = scenario("trend_2021")
    with pytest.raises(InputError, match="allowed: 2035, that of trend_2021"):
        of(one, changed(one, assumptions={"horizon": 2040}, id="long"))


def test_a_long_and_hostile_title():
    one = scenario("trend_2021")
    title = {"zh": "名称很长" * 40 + "🚀<script>", "en": "Long " + "W" * 200 + " {0} 100 %"}
    named = dataclasses.replace(one, title=title, id="named")
    text_of(of(named, scenario("external_shock"), "zh"))


def test_steps_without_the_smallest_still_lead_to_the_last_level():
    rows = pd.DataFrame({"name": list("abcd"), "value": [10.0, 3.0, -1.0, 12.04], "label": list("abcd")})
    assert list(closed(rows)["value"]) == pytest.approx([10.0, 3.04, -1.0, 12.04])


def test_a_goal_that_no_draw_can_judge_has_a_word_and_no_share():
    a = scenario("plan_targets")
    report = of(a, dataclasses.replace(a, id="other", title={"zh": "另一个", "en": "Other"}))
    told = text_of(report)
    assert "digital_economy_share_2025" in [goal.name for goal in report.material.common]
    assert "nan" not in told
    assert told.count(words("en")["no_evidence"]) == 2
    other = changed(a, levers={"growth": scenario("trend_2021").levers.growth})
    with pytest.raises(InputError, match="a goal that the draws can judge"):
        attribute(a, other, EVIDENCE, statistic="probability", goal="digital_economy_share_2025", draws=500)
