"""The comparison notebook through real papermill: the parts as attributed, in both languages."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from charts_drawn import is_legible

from futian_model import CompareReport, ScenarioReport, attribute, load_evidence, load_scenario, simulate
from futian_model.errors import InputError
from futian_model.project import find_project
from futian_model.report import FutianHTMLExporter, results_of
from futian_model.report.page.binding import disagreements
from futian_model.report.sections.attribution import closed
from futian_model.report.words.sentences import words
from futian_model.report.words.styles import prints_zero
from futian_model.scenario import Words, read_back
from tests.as_of_2021 import as_of_2021

ROOT = find_project(Path(__file__).parent).root
EVIDENCE = load_evidence(find_project(Path(__file__).parent))
SECTIONS = ("cover", "answer", "paths", "goals", "why", "chances", "assumptions")


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
    a, b = (load_scenario(name, evidence=EVIDENCE) for name in ("evidence_trend", "official_targets"))
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


MANY = ("evidence_trend", "stagnation", "three_engines", "headquarters_leave")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_many_stand_side_by_side_as_in_their_own_reports(run_notebook, lang):
    notebook = run_notebook(
        "compare.ipynb", lang=lang, scenarios=list(MANY), draws=400, left_out=["甲"], more=3
    )
    rows = results_of(notebook).set_index(["reading", "indicator", "year", "case", "statistic"])["value"]
    paths = {}
    for name in MANY:
        scenario = load_scenario(name, evidence=EVIDENCE)
        report = ScenarioReport(scenario, lang, evidence=EVIDENCE, draws=400)
        own = report.material.results
        own = own.set_index(["reading", "indicator", "year", "case", "statistic"])["value"]
        paths[name] = own["given_scenario", "real_gdp", :, "", "central"]
        under = f"scenario={name}"
        for at, value in paths[name].items():
            assert rows["given_scenario", "real_gdp", at, under, "central"] == value
        for goal in report.material.goals:
            for reading in ("given_scenario", "given_evidence"):
                place = reading, goal.name, goal.year
                assert rows[(*place, under, "probability")] == own[(*place, "", "probability")]
    trend, other = paths["evidence_trend"], paths["stagnation"]
    for at in range(2020, 2036):
        under = "scenario=stagnation"
        assert rows["difference", "real_gdp", at, under, "difference"] == other[at] - trend[at]
        assert rows["difference", "real_gdp", at, under, "relative"] == other[at] / trend[at] - 1
    assert rows["given_scenario", "real_gdp", 2030, under, "growth"] == other[2030] / other[2029] - 1
    assert "attribution" not in rows.index.get_level_values("reading")
    html, _ = FutianHTMLExporter().from_notebook_node(notebook)
    told = {"zh": ("年份不同）：“甲”", "另有3个见索引"), "en": ("other years: “甲”", "3 more stand")}[lang]
    assert all(one in html for one in told)


def blocks(content, kind):
    """Blocks of a kind anywhere in a section."""
    own = [content] if content.get("type") == kind else []
    return own + [one for child in content.get("children", ()) for one in blocks(child, kind)]


def test_scenarios_of_one_path_are_named_as_one_line():
    scenarios = [scenario(name) for name in ("trend_2021", "census_population", "plan_targets")]
    report = CompareReport(scenarios, "en", evidence=EVIDENCE, draws=200)
    pair = "; ".join(f"“{one.title['en']}”" for one in scenarios[:2])
    assert f"{pair}: the same path of Real GDP, but not of every indicator" in str(report.answer().to_dict())
    ((drawn,),) = [one["charts"] for one in blocks(report.paths().to_dict(), "charts")]
    series = {row[0] for row in drawn["table"]["rows"]} - {"history", "later", "goal"}
    titles = [one.title["en"] for one in scenarios]
    assert series == {" = ".join(titles[:2]), titles[2]}
    twins = [scenarios[2], dataclasses.replace(scenarios[2], id="twin"), scenarios[0]]
    told = str(CompareReport(twins, "en", evidence=EVIDENCE, draws=200).answer().to_dict())
    title = scenarios[2].title["en"]
    assert f"“{title} (plan_targets)”; “{title} (twin)”: the same path of every" in told


def test_every_indicator_has_a_wide_table_of_all_years_with_published_figures():
    scenarios = [scenario(name) for name in ("trend_2021", "plan_targets", "double_both_2035")]
    tables = blocks(CompareReport(scenarios, "en", evidence=EVIDENCE, draws=50).paths().to_dict(), "table")
    heads = [str(year) for year in range(2020, 2036)]
    assert all([one["label"] for one in table["columns"]][1:] == heads for table in tables)
    assert all(not table["cards"] for table in tables)
    first, second = tables[:2]
    assert [row[0] for row in first["rows"]] == ["Published", *(one.title["en"] for one in scenarios)]
    assert [row[0] for row in second["rows"]] == [one.title["en"] for one in scenarios[1:]]
    published = dict(zip(heads, first["rows"][0][1:], strict=True))
    assert published["2020"]["value"] == 4754
    assert {at for at, cell in published.items() if cell != "–"} >= {"2020", "2022", "2024"}


def test_a_page_holds_two_to_twenty_scenarios_and_draws_for_each():
    one = scenario("trend_2021")
    for few in ([one], [one] * 21):
        with pytest.raises(InputError, match="2 to 20 scenarios to compare"):
            CompareReport(few, "en", evidence=EVIDENCE)
    with pytest.raises(InputError, match="one number, or 2: one for each"):
        CompareReport([one, one], "en", evidence=EVIDENCE, draws=[10, 20, 30])
    apart = CompareReport([one, scenario("external_shock")], "en", evidence=EVIDENCE, draws=[50, 60])
    told = text_of(apart)
    assert "is not split; make this page with one seed" in told
    assert "Each scenario runs on random draws of its own" in told


def test_twenty_scenarios_fit_one_chart():
    one = scenario("trend_2021")
    scale = {"zh": "情景甲乙丙丁", "en": "A scenario of some length"}
    many = []
    for at in range(20):
        growth = {"block": "path", "phases": [{"start": 2021, "end": 2035, "growth_rate": 0.02 + at / 500}]}
        levers = read_back(
            one.to_dict() | {"levers": one.to_dict()["levers"] | {"growth": growth}}, EVIDENCE, ""
        )
        title = type(one.title)(**{lang: f"{text}{at}" for lang, text in scale.items()})
        many.append(dataclasses.replace(levers, id=f"s{at}", title=title))
    report = CompareReport(many, "en", evidence=EVIDENCE, draws=20)
    text_of(report)
    is_legible(report.paths().children[0].charts[0].chart)


def of(a, b, lang="en", **choice) -> CompareReport:
    return CompareReport([a, b], lang, evidence=EVIDENCE, draws=choice.pop("draws", 500), **choice)


def text_of(report: CompareReport) -> str:
    sections = [getattr(report, name)() for name in SECTIONS]
    content = [one.to_dict() for one in sections if one is not None]
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
    assert "whichever scenario is assumed" in told
    assert "Chances, judged by data" not in told
    later = changed(scenario("trend_2021"), assumptions={"vintage": "2022"}, id="later")
    told = text_of(of(scenario("trend_2021"), later))
    assert "whichever scenario is assumed" not in told
    assert "Chances, judged by data" in told
    assert "all because of the date of the data" in told
    assert "2021; 2022" in told


def test_what_prints_as_zero_is_no_step_of_a_waterfall(tmp_path):
    # the plan's path of the share, but as much in the end as the evidence expects
    expected = simulate(scenario("trend_2021"), EVIDENCE, draws=1).central["headquarters_share"][-1]
    goal = "{goal: headquarters_share_2025}"
    share = f"{{block: target, targets: [{goal}, {{year: 2035, value: {expected:.3f}}}]}}"
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
    assert [row["name"] for row in rows[1:-1]] == ["GDP增长", "人口", "总部企业"]
    assert not any(prints_zero(row["label"]) for row in rows)
    assert "0.0万元" not in chart["alt"]
    assert sum(row["value"] for row in rows[:-1]) == pytest.approx(rows[-1]["value"], rel=1e-12)


def test_identical_scenarios_have_nothing_to_explain():
    one = scenario("trend_2021")
    told = text_of(of(one, one))
    assert told.count("make the same assumptions; there is nothing to explain") == 3
    assert "No goal that both can be held against is met by a different share of paths" in told
    assert told.count("<svg") == 1  # of both paths, as one line
    assert "Evidence trend as seen in 2021 (A) = Evidence trend as seen in 2021 (B)" in told


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
    title = Words(zh="名称很长" * 40 + "🚀<script>", en="Long " + "W" * 200 + " {0} 100 %")
    named = dataclasses.replace(one, title=title, id="named")
    text_of(of(named, scenario("external_shock"), "zh"))


def test_steps_without_the_smallest_still_lead_to_the_last_level():
    rows = pd.DataFrame({"name": list("abcd"), "value": [10.0, 3.0, -1.0, 12.04], "label": list("abcd")})
    assert list(closed(rows)["value"]) == pytest.approx([10.0, 3.04, -1.0, 12.04])


def test_a_goal_that_no_draw_can_judge_has_a_word_and_no_share():
    a = scenario("plan_targets")
    report = of(a, dataclasses.replace(a, id="other", title=Words(zh="另一个", en="Other")))
    told = text_of(report)
    assert "digital_economy_share_2025" in [goal.name for goal in report.material.common]
    assert "nan" not in told
    assert told.count(words("en")["no_evidence"]) == 2
    other = changed(a, levers={"growth": scenario("trend_2021").levers.growth})
    with pytest.raises(InputError, match="a goal that the draws can judge"):
        attribute(a, other, EVIDENCE, statistic="probability", goal="digital_economy_share_2025", draws=500)
