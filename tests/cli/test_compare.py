"""`futian compare`: the difference and its parts, in words and as JSON."""

import json

import pytest

from futian_model import attribute, cli, load_evidence, load_scenario
from futian_model.attribution import compare, differing
from futian_model.report.terminal.differences import lines

EVIDENCE = load_evidence()
PAIR = ("plan_targets", "trend_2021")


def told(capsys, *arguments: str) -> str:
    assert cli.main(["compare", *arguments]) == 0
    return capsys.readouterr().out


def test_gdp_gdp_per_head_and_the_share_by_default(capsys):
    shown = told(capsys, *PAIR).splitlines()
    assert shown[:2] == [
        "A: plan_targets  If the plan's targets are met",
        "B: trend_2021  Evidence trend as seen in 2021",
    ]
    heads = [line.partition(" in 2035")[0] for line in shown if " in 2035: " in line]
    assert heads == ["Real GDP", "Real GDP per capita", "Headquarters share of GDP"]
    assert "all because of GDP growth." in shown[3]
    assert "because of population (−RMB" in shown[7]
    assert any(line.startswith("  Changes nothing here: population; ") for line in shown)


def test_json_is_the_attribution(capsys):
    found = json.loads(told(capsys, *PAIR, "--indicator", "real_gdp_per_capita", "--year", "2030", "--json"))
    a, b = (load_scenario(name, evidence=EVIDENCE) for name in PAIR)
    made = attribute(a, b, EVIDENCE, indicator="real_gdp_per_capita", year=2030)
    assert (found["a"], found["b"]) == PAIR
    assert found["attributions"] == [json.loads(json.dumps(made.to_dict()))]
    assert [one["blocks"] for one in made.to_dict()["contributions"]] == [[name] for name in differing(a, b)]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_unit_in_both_languages(lang):
    a, b = (load_scenario(name, evidence=EVIDENCE) for name in PAIR)
    names = ("nominal_gdp", "average_population", "deflator", "headquarters_value_added")
    made = [attribute(a, b, EVIDENCE, indicator=name) for name in names]
    told = "\n".join(lines(a, b, made, EVIDENCE, lang))
    assert all(EVIDENCE.name(name, lang) in told for name in names)
    assert {"zh": "人口: +36.9万人", "en": "Population: +0.369\xa0million"}[lang] in told
    assert {
        "zh": "相同，为1.427",
        "en": "If the plan's targets are met” and “Evidence trend as seen in 2021”, 1.427",
    }[lang] in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_many_stand_against_the_first(capsys, lang):
    names = ("evidence_trend", "stagnation", "headquarters_leave")
    shown = told(capsys, *names, "--lang", lang).splitlines()
    assert [line.split("  ")[0] for line in shown[:3]] == list(names)
    found = json.loads(told(capsys, *names, "--year", "2030", "--json"))
    assert (found["baseline"], found["year"]) == ("evidence_trend", 2030)
    rows = {(row["scenario"], row["indicator"]): row for row in found["rows"]}
    table = compare(*(load_scenario(name, evidence=EVIDENCE) for name in names[:2]), EVIDENCE, years=[2030])
    for row in table[table["indicator"].isin(["real_gdp", "headquarters_share"])].itertuples():
        own = rows["stagnation", row.indicator]
        assert (own["value"], own["difference"]) == (row.b, row.difference)
        assert own["relative"] == row.ratio - 1
    fall = f"{rows['headquarters_leave', 'real_gdp']['relative']:.1%}".replace("-", "−")
    assert fall in "".join(told(capsys, *names, "--year", "2030", "--lang", lang))


ENGINES = """id: engines
title: {zh: 引擎, en: Engines}
description: {zh: 生产函数。, en: Production.}
extends: trend_2021
levers:
  growth:
    block: production
    capital_share: 0.4
    depreciation: 0.05
    capital_output_ratio: 4.8
    investment_share: {phases: [{start: 2021, end: 2035, value: 0.42}]}
    tfp_growth: {phases: [{start: 2021, end: 2035, growth_rate: 0.04}]}
"""


def test_joined_blocks_and_identical_scenarios(capsys, tmp_path):
    file = tmp_path / "engines.yaml"
    file.write_text(ENGINES, "utf-8")
    out = told(capsys, "plan_targets", str(file), "--indicator", "real_gdp")
    assert "\n  GDP growth and population: +RMB" in out
    same = told(capsys, "trend_2021", "trend_2021").splitlines()
    assert same[:2] == [
        "A: trend_2021  Evidence trend as seen in 2021 (A)",
        "B: trend_2021  Evidence trend as seen in 2021 (B)",
    ]
    assert [line for line in same if line.startswith("  ")] == []


def test_bad_names_are_told_as_elsewhere(capsys, tmp_path):
    def fault(*arguments: str) -> str:
        assert cli.main(["compare", *arguments]) == 2
        return capsys.readouterr().err

    assert "did you mean evidence_trend?" in fault("plan_targets", "evidence_tren")
    assert "unknown real_gpd; did you mean real_gdp?" in fault(*PAIR, "--indicator", "real_gpd")
    assert "one that both simulate; trend_2021 does not" in fault(
        *PAIR, "--indicator", "digital_economy_share"
    )
    assert "year = 2050; allowed: a year from 2020 to 2035" in fault(*PAIR, "--year", "2050")
    file = tmp_path / "long.yaml"
    file.write_text(
        "id: long\ntitle: {zh: 长, en: Long}\ndescription: {zh: 到2040年。, en: To 2040.}\n"
        "extends: trend_2021\nassumptions: {horizon: 2040}\n",
        "utf-8",
    )
    assert "long: assumptions.horizon = 2040; allowed: 2035, that of trend_2021" in fault(
        "trend_2021", str(file)
    )
    assert "scenarios = 1; allowed: 2 to 20 scenarios to compare" in fault("trend_2021")
    assert "scenarios = 21; allowed: 2 to 20 scenarios to compare" in fault(*["trend_2021"] * 21)
    assert "did you mean evidence_trend?" in fault(*PAIR, "evidence_tren")
    assert "long: assumptions.horizon = 2040; allowed: 2035, that of plan_targets" in fault(*PAIR, str(file))
    assert "unknown real_gpd; did you mean real_gdp?" in fault(*PAIR, "stagnation", "--indicator", "real_gpd")
    assert "year = 2050; allowed: a year from 2020 to 2035" in fault(*PAIR, "stagnation", "--year", "2050")
    with pytest.raises(SystemExit):
        cli.main(["compare"])
