"""`futian goal`: the solver's answer in words and as JSON."""

import dataclasses
import json

import numpy as np
import pytest

from futian_model import cli, load_evidence, load_scenario
from futian_model.report.terminal.verdicts import verdict_lines
from futian_model.solver import solve


def told(capsys, *arguments: str) -> str:
    assert cli.main(["goal", *arguments]) == 0
    return capsys.readouterr().out


def test_every_goal_on_gdp_by_default(capsys):
    lines = told(capsys).splitlines()
    assert lines[0] == "evidence_trend  Evidence trend"
    assert lines[2].startswith("Met already")
    asked = [line.strip().partition(":")[0] for line in lines[3:]]  # of years to come alone
    assert asked == ["GDP double its 2020 level by 2035", "GDP per capita double its 2020 level by 2035"]
    kept = told(capsys, "trend_2021").splitlines()
    assert kept[2].endswith("binding: GDP per capita double its 2020 level by 2035.")
    assert len(kept) == 3 + 4


def test_json_is_the_solvers_verdict(capsys):
    found = json.loads(told(capsys, "plan_targets", "--goal", "gdp_double_2035", "--shape", "ramp", "--json"))
    evidence = load_evidence()
    verdict = solve(load_scenario("plan_targets"), ["gdp_double_2035"], shape="ramp", evidence=evidence)
    assert found == json.loads(json.dumps(verdict.to_dict()))
    assert found["status"] in ("met", "met_at_baseline")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_out_of_bounds_and_contradiction_in_both_languages(capsys, lang):
    short = told(capsys, "plan_targets", "--goal", "gdp_2025", "--bounds=-0.1,-0.05", "--lang", lang)
    assert {"zh": "限度之内不能达到", "en": "Not within the bounds"}[lang] in short
    already = told(capsys, "--goal", "gdp_double_2035", "--lang", lang)
    assert {"zh": "已达目标", "en": "Met already"}[lang] in already


def test_a_lever_that_moves_nothing_and_a_range_that_is_none(capsys):
    assert cli.main(["goal", "--goal", "gdp_double_2035", "--lever", "population"]) == 2
    told = "lever = 'population'; allowed: a lever that moves gdp_double_2035 by 2035"
    assert told in capsys.readouterr().err
    assert cli.main(["goal", "--goal", "gdp_2025"]) == 2  # its year is over
    assert "goal gdp_2025 = 2025; allowed: a year from 2026 to 2035" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        cli.main(["goal", "--bounds", "five"])
    assert "allowed: two numbers such as -5,5" in capsys.readouterr().err


def test_a_share_has_its_own_lever(capsys):
    given = ("trend_2021", "--goal", "headquarters_share_2025", "--lever", "headquarters_share", "--json")
    found = json.loads(told(capsys, *given))
    assert found["binding"] == ["headquarters_share_2025"]
    assert np.isfinite(found["amplitude"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_contradiction_is_told_with_both_goals(lang):
    evidence = load_evidence()
    capped = dataclasses.replace(evidence.goal("gdp_double_2035"), operator="≤")
    verdict = solve(load_scenario("trend_2021"), [capped, "gdp_per_capita_double_2035"], evidence=evidence)
    lines = verdict_lines(verdict, evidence, lang)
    assert lines[1].startswith(
        {"zh": "只用这一抓手，目标互相矛盾", "en": "This lever cannot meet them all"}[lang]
    )
    assert all(evidence.name(name, lang) in lines[1] for name in verdict.binding)
    assert {"zh": "至多", "en": "at most"}[lang] in lines[2]
