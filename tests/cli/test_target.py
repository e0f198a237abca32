"""`futian target`: what the room of targets says, in words and as JSON, and what is refused."""

import json
import re

import numpy as np
import pytest

from futian_model import at_chance, cli, load_evidence, load_scenario, simulate
from futian_model.targets import Variable

GDP, PER_HEAD = "gdp_double_2035", "gdp_per_capita_double_2035"
DRAWS = "2000"


def told(capsys, *arguments: str) -> str:
    assert cli.main(["target", *arguments, "--draws", DRAWS]) == 0
    return capsys.readouterr().out


def rows(capsys, *arguments: str) -> list[dict]:
    return json.loads(told(capsys, *arguments, "--json"))["rows"]


def test_targets_are_those_of_the_draws(capsys):
    found = rows(capsys, "gdp", "2030", "--chance", "50,90")
    evidence = load_evidence()
    scenario = load_scenario("evidence_trend", evidence=evidence)
    result = simulate(scenario, evidence, draws=int(DRAWS), reading="given_evidence")
    targets = at_chance(result, Variable("real_gdp", 2030), (0.5, 0.9))
    levels = [one["value"] for one in found if one["statistic"] == "level"]
    assert levels == [one.ends[0].level.value for one in targets]
    assert {one["case"] for one in found} == {"chance=50;side=at_least", "chance=90;side=at_least"}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("question", "shown"),
    [
        (["gdp", "2030"], 8),
        (["headquarters_share", "2030", "--as", "range", "--chance", "50"], 5),
        (["gdp", "2030", "--chance", "40", "--beside", GDP], 6),
        (["--warn", GDP], 6),
        (["--warn", PER_HEAD, "--figure", "population_resident_yearend", "--period", "2027"], 6),
        (["--front", GDP, PER_HEAD, "--chance", "50"], 12),
        (["--settles", PER_HEAD], 7),
        (["--effort", GDP, "--chance", "60"], 5),
        (["--effort", GDP, "--chance", "80"], 5),
        (["--effort", GDP, "--chance", "80", "--bounds=-1,0.1"], 5),
        (["--regret", GDP, "--choices", "0,1", "--within", "99"], 6),
    ],
)
def test_every_question_is_answered_in_both_languages(capsys, lang, question, shown):
    lines = told(capsys, *question, "--lang", lang).splitlines()
    assert len(lines) == shown
    body = "\n".join(lines)
    assert bool(re.search("[\u4e00-\u9fff]", body)) == (lang == "zh")
    assert "nan" not in body
    assert not re.search(r"[{}]", body)


def test_a_figure_that_helps_warns_below_and_one_that_hurts_above(capsys):
    growth = told(capsys, "--warn", GDP)
    assert "under " in growth
    people = told(capsys, "--warn", PER_HEAD, "--figure", "population_resident_yearend")
    assert re.search(r"over .* falls below 50%", people)
    marks = [one for one in rows(capsys, "--warn", GDP) if one["statistic"] == "figure"]
    assert marks[0]["value"] < marks[1]["value"]


def test_more_chance_takes_more_and_the_front_falls(capsys):
    pairs = [one["value"] for one in rows(capsys, "--front", GDP, PER_HEAD) if one["statistic"] == "second"]
    assert pairs == sorted(pairs, reverse=True)
    (change,) = [
        one for one in rows(capsys, "--effort", GDP, "--chance", "80") if one["statistic"] == "change"
    ]
    assert np.isfinite(change["value"])
    assert change["value"] > 0


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ([], "allowed: an indicator and a year, such as gdp 2030, or one of --warn, --front"),
        (["gdp"], "target = 'gdp'; allowed: an indicator and a year"),
        (["gdp", "2030", "--warn", GDP], "target = 'gdp 2030'; allowed: an indicator and a year"),
        (["gpd", "2030"], "did you mean"),
        (["gdp", "2019"], "year = 2019; allowed: a year from 2020 to 2035"),
        (["gdp", "2024"], "year = 2024; allowed: a year after 2025"),
        (["gdp", "2030", "--chance", "99.9"], "draws = 2000; allowed: 20,000 or more, for a chance of 0.999"),
        (["--warn", "gdp_double"], "did you mean gdp_double_2035"),
        (["--warn", GDP, "--chance", "50"], "chance = '50'; allowed: two marks of %"),
        (["--warn", GDP, "--chance", "80,50"], "below = 0.8; allowed: at most 0.5"),
        (["--warn", GDP, "--period", "2040"], "period = '2040'; allowed: a year from 2021 to 2035"),
        (["--front", GDP, PER_HEAD, "--chance", "50,70"], "chance = '50,70'; allowed: one number of %"),
        (["--front", GDP, GDP], "allowed: goals on different indicators or years"),
        (["--effort", GDP, "--chance", "90", "--lever", "population"], "allowed: a lever that moves"),
        (["--regret", GDP, "--lever", "population"], "allowed: a lever that moves gdp_double_2035"),
        (["--regret", GDP, "--lever", "sunshine"], "lever = 'sunshine'; allowed: a lever of every state"),
        (["gdp", "2030", "--chance", "90", "--beside", GDP], "gdp_double_2035 alone have"),
    ],
)
def test_what_has_no_answer_is_refused(capsys, asked, told):
    assert cli.main(["target", *asked, "--draws", DRAWS]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.out == ""


@pytest.mark.parametrize("chance", ["0", "100", "120", "-5", "high", "50,,70", "nan"])
def test_a_chance_that_is_none_is_refused(capsys, chance):
    with pytest.raises(SystemExit):
        cli.main(["target", "gdp", "2030", f"--chance={chance}"])
    assert "allowed: numbers of % above 0 and below 100" in capsys.readouterr().err
