"""The sensitivity notebook through real papermill: slopes, swings, variances and conditions as computed."""

from pathlib import Path

import numpy as np
import pytest

from futian_model import SensitivityReport, load_evidence, load_scenario, simulate
from futian_model.project import find_project
from futian_model.report import FutianHTMLExporter, results_of
from futian_model.report.page.binding import disagreements
from futian_model.report.pages.sensitivity.conditions import hangs
from futian_model.report.pages.sensitivity.rows import HANGS
from futian_model.sensitivity import BOX, Condition, Discovery, Drawn, discover, lever_index, tornado

ROOT = find_project(Path(__file__).parent).root
EVIDENCE = load_evidence(find_project(Path(__file__).parent))
SECTIONS = tuple(SensitivityReport.sections())


def loaded(scenario):
    return load_scenario(scenario, EVIDENCE.project, evidence=EVIDENCE)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_prints_what_was_computed(run_notebook, lang):
    notebook = run_notebook("sensitivity.ipynb", lang=lang, scenario="headquarters_leave")
    html, _ = FutianHTMLExporter().from_notebook_node(notebook)
    assert "load_scenario" not in html
    table = results_of(notebook)
    rows = table.set_index(["reading", "indicator", "year", "case", "statistic"])["value"].sort_index()
    scenario = loaded("headquarters_leave")
    for one in lever_index(scenario, EVIDENCE).itertuples(index=False):
        assert rows["lever_index", one.indicator, one.year, f"lever={one.lever}", "per_point"] == one.relative
    for one in tornado(scenario, EVIDENCE).itertuples(index=False):
        assert rows["tornado", one.indicator, 2035, f"input={one.input}", "at_high"] == one.at_high
    assert "+10.0%" in html
    assert "+10.00%" not in html
    result = simulate(scenario, EVIDENCE, reading="given_evidence")
    found = discover(result, EVIDENCE.goal("gdp_double_2035"), splits=[2035])
    (one,) = found.conditions
    at = "hangs_given_evidence", "gdp_double_2035", 2035
    assert rows[(*at, "input=growth;start=2026;end=2035", "below")] == one.high
    assert rows[(*at, "", "density")] == found.density
    told = f"低于{one.high:.2%}" if lang == "zh" else f"below {one.high:.2%} a year"
    assert html.count(told) == 2  # in the answer and in the table


def of(scenario, lang="en", draws=500) -> SensitivityReport:
    return SensitivityReport(loaded(scenario), lang, evidence=EVIDENCE, draws=draws)


def text_of(report: SensitivityReport) -> str:
    content = [getattr(report, name)().to_dict() for name in SECTIONS]
    assert disagreements(content, report.material.results) == []
    return str(content)


def written(tmp_path, levers: str, more: str = "") -> Path:
    file = tmp_path / "own.yaml"
    file.write_text(
        "id: own\ntitle: {zh: 自拟, en: Own}\ndescription: {zh: 试验。, en: A trial.}\n"
        f"extends: headquarters_leave\nlevers: {levers}\n{more}",
        "utf-8",
    )
    return file


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("scenario", ["three_engines", "plan_targets"])
def test_other_scenarios(scenario, lang):
    told = text_of(of(scenario, lang))
    engine = {"zh": "全要素生产率增长", "en": "Growth of total factor productivity"}[lang]
    assert (f"“{engine}”" in told) == (scenario == "three_engines")
    assert {"zh": "有集团迁出", "en": "Groups leave here"}[lang] not in told


INF = float("inf")
SAID = [
    ("growth", 2025, -INF, 0.05, "GDP增长年均低于5.00%", "GDP growth in 2021–2025 is below 5.00% a year"),
    ("population", 2025, 0.01, INF, "人口增长年均高于1.00%", "population growth in 2021–2025 is above 1.00%"),
    ("deflator", 2025, 0.01, 0.02, "年均在1.00%与2.00%之间", "lies between 1.00% and 2.00% a year"),
    (
        "headquarters_share",
        2025,
        -INF,
        0.08,
        "领先其余部分不到8.0个",
        "is less than 8.0\xa0points a year",
    ),
    (
        "headquarters_share",
        2030,
        0.08,
        INF,
        "领先其余部分超过8.0个",
        "is more than 8.0\xa0points a year",
    ),
    (
        "headquarters_share",
        2035,
        0.02,
        0.03,
        "2.0个百分点至3.0个",
        "is 2.0\xa0points to 3.0\xa0points a",
    ),
    (
        "left",
        2025,
        -INF,
        4.0,
        "至多迁出4家",
        "at most 4 of the 10 largest groups have left by 2025",
    ),
    (
        "left",
        2030,
        3.0,
        INF,
        "至少迁出3家",
        "at least 3 of the 10 largest groups have left by 2030",
    ),
    ("left", 2035, 3.0, 5.0, "最大的10家集团迁出3至5家", "3 to 5 of the 10 largest groups have left by 2035"),
    ("tail", 2025, -INF, 0.9, "较均匀（齐普夫指数低于0.90）", "more equal (Zipf exponent below 0.90)"),
    ("tail", 2030, 1.05, INF, "较集中（齐普夫指数高于1.05）", "more unequal (Zipf exponent above 1.05)"),
    ("tail", 2035, 0.9, 1.0, "齐普夫指数在0.90与1.00之间", "Zipf exponent lies between 0.90 and 1.00"),
    ("groups", 2025, -INF, 120.0, "集团至多120家", "there are at most 120 groups"),
    ("groups", 2030, 60.0, INF, "集团至少60家", "there are at least 60 groups"),
    ("groups", 2035, 60.0, 120.0, "集团有60至120家", "there are 60 to 120 groups"),
]
FRAMED = {
    (True, "zh"): ("翻一番”在2021", "时达不到", "未达到：2021"),
    (False, "zh"): ("翻一番”多数达不到；2021", "时能达到", "达到：2021"),
    (True, "en"): ("is missed when GDP growth", "of the paths that miss it", "Missed when GDP growth"),
    (False, "en"): ("it is met when GDP growth", "of the paths that meet it", "Met when GDP growth"),
}


@pytest.mark.parametrize(("misses", "lang"), FRAMED)
def test_every_kind_of_condition_in_words(misses, lang):
    report = of("headquarters_leave", lang)
    box = [Condition(Drawn(name, 2021, end, np.zeros(1)), *ends, 0.0) for name, end, *ends, _, _ in SAID]
    given = report.material
    asked = {(reading, goal) for reading in HANGS for goal in given.asked(reading)}
    vars(given)["_discoveries"] = dict.fromkeys(asked, Discovery(BOX, misses, 0.4, tuple(box), 0.9, 0.85))
    told, table = hangs(given, "given_scenario", "gdp_double_2035").text, report.discovery().to_dict()
    begins, ends, in_table = FRAMED[misses, lang]
    assert begins in told
    assert ends in told
    assert in_table in str(table)
    for *_, chinese, english in SAID:
        assert (chinese if lang == "zh" else english) in told
    assert disagreements([table, report.answer().to_dict()], given.results) == []


def test_few_draws_tell_no_condition():
    told = text_of(of("trend_2021", draws=300))
    assert "there are too few paths to tell what “GDP double its 2020 level by 2035” depends on" in told
    assert "too few paths to tell" in told


def test_a_horizon_before_every_goal(tmp_path):
    file = written(tmp_path, "{firms: null}", "assumptions: {horizon: 2030}\n")
    assert "None of the plan's goals falls due within the years" in text_of(of(file))


def test_nothing_uncertain_all_along(tmp_path):
    file = written(tmp_path, "{firms: null}", "assumptions: {uncertainty: {slow: 0}}\n")
    told = text_of(of(file))
    assert "Of what is uncertain" not in told
    assert "Nothing about this scenario is uncertain all along" in told
