"""Goals against results: built-in scenarios do what they are built to do, to the plan's figures."""

import csv
from pathlib import Path

import numpy as np
import pytest

from futian_model import goals, load_evidence, load_scenario, simulate, uncertainty
from futian_model.scenario import builtin_scenarios
from tests.as_of_2021 import as_of_2021

EVIDENCE = load_evidence()
STORED = Path(__file__).parent / "headline.csv"


def headline() -> list[dict[str, str]]:
    """Leading figures of every built-in scenario; a moved number shows in the diff of `headline.csv`."""
    rows = []
    kept = [
        path
        for folder in EVIDENCE.project.editions
        for path in builtin_scenarios(EVIDENCE.project, folder.name)
    ]
    for path in [*builtin_scenarios(EVIDENCE.project), *kept]:
        scenario = load_scenario(str(path), evidence=EVIDENCE)
        for reading in ("given_scenario", "given_evidence"):
            result = simulate(scenario, EVIDENCE, draws=4096, seed=1, reading=reading)
            for goal in goals.within_reach(result, EVIDENCE):
                one = goals.assess(result, goal)
                rows.append(
                    {
                        "scenario": scenario.id,
                        "reading": reading,
                        "goal": goal.name,
                        "target": f"{one.target:.4f}",
                        "central": f"{one.central:.4f}",
                        "probability": f"{one.probability:.3f}",
                        "required_growth": f"{one.required_growth:.5f}",
                    }
                )
    return rows


def test_headline_figures_of_the_built_in_scenarios():
    stored = list(csv.DictReader(STORED.read_text("utf-8").splitlines()))
    assert headline() == stored, "numbers moved: run `python -m tests.reference.test_goals` and say why"


def run(name, **more):
    return simulate(as_of_2021(name, EVIDENCE), EVIDENCE, draws=200, **more)


def test_plan_targets_pass_through_the_plan():
    central = run("plan_targets").central
    assert central["real_gdp"][[5, 15]] == pytest.approx([6600, 9600])
    assert central["real_gdp_per_capita"][[0, 5, 15]] == pytest.approx([28.6, 35.7, 57.2])
    assert central["headquarters_share"][[0, 5]] == pytest.approx([0.45, 0.55])
    assert central["digital_economy_share"][[0, 5]] == pytest.approx([0.04, 0.10])
    assert central["average_population"][[0, 5, 15]] == pytest.approx([167.83, 184.87, 167.83], abs=0.01)


@pytest.mark.parametrize(
    ("scenario", "met"),
    [
        ("plan_targets", {"gdp_2025", "gdp_per_capita_2025", "headquarters_share_2025"}),
        ("double_gdp_2035", {"gdp_double_2035"}),
        ("double_gdp_per_capita_2035", {"gdp_per_capita_double_2035"}),
        ("double_both_2035", {"gdp_double_2035", "gdp_per_capita_double_2035"}),
    ],
)
def test_scenarios_meet_the_goals_they_are_named_for(scenario, met):
    result = run(scenario)
    judged = {goal.name: goals.assess(result, goal) for goal in goals.within_reach(result, EVIDENCE)}
    assert met <= {name for name, one in judged.items() if one.met}


def test_doubling_both_takes_the_growth_of_the_tighter_goal():
    both, per_head, gdp = (
        run(name).central["real_gdp"][-1]
        for name in ("double_both_2035", "double_gdp_per_capita_2035", "double_gdp_2035")
    )
    assert gdp == pytest.approx(9600)
    assert both == pytest.approx(max(per_head, gdp))


def test_doubling_takes_4_73_percent_a_year():
    result = run("trend_2021")
    one = goals.assess(result, EVIDENCE.goal("gdp_double_2035"))
    assert one.required_growth == pytest.approx(2 ** (1 / 15) - 1)
    assert one.gap == pytest.approx(one.central - 9600)


def test_the_goals_imply_each_other():
    table = goals.arithmetic(run("trend_2021"), EVIDENCE).set_index(["indicator", "year", "statistic"])
    value = table["value"]
    assert value["average_population", 2025, "implied_by_goals"] == pytest.approx(184.87, abs=0.01)
    assert value["average_population", 2025, "growth_implied_by_goals"] == pytest.approx(0.0195, abs=5e-5)
    assert value["average_population", 2035, "growth_implied_by_goals"] == pytest.approx(0, abs=1e-12)


def test_joint_probability_is_at_most_the_least_one():
    result = run("trend_2021", reading="given_evidence")
    reachable = goals.within_reach(result, EVIDENCE)
    each = [goals.assess(result, goal).probability for goal in reachable]
    joint, error = result.together(reachable)
    assert joint <= min(each)
    assert error > 0


def test_probability_error_is_not_zero_where_no_draw_hits():
    chance, error = uncertainty.share_error(0, 100)
    assert chance == 0
    assert error == pytest.approx(np.sqrt(0.5 / 101 * (1 - 0.5 / 101) / 100))


def test_growth_still_required_from_the_latest_outturn():
    table = goals.outturns(run("trend_2021"), EVIDENCE).set_index(["indicator", "statistic"])
    # wanbiaoku_2023 and nddaily_20251217; of 2025 only that it exceeded 6,000 (itiger_202602)
    nominal = table[table.index.get_level_values("indicator") == "nominal_gdp"].reset_index()
    assert nominal[["year", "statistic", "value"]].to_numpy().tolist() == [
        [2022, "outturn", 5514.49],
        [2024, "outturn", 5948.82],
        [2025, "lower_bound", 6000],
    ]
    real = table[table.index == ("real_gdp", "outturn")].iloc[0]
    # prices of 2021 to 2023 are published, those of 2024 follow from the nation's levels and real growth
    prices = EVIDENCE.series("china", "gdp_deflator_growth").table["value"]
    implied = 1348066.2 / 1294271.7 / (1 + EVIDENCE.figure("china", "real_gdp_growth", 2024).value)
    assert real["year"] == 2024
    assert real["value"] == pytest.approx(5948.82 / float((1 + prices[[2021, 2022, 2023]]).prod()) / implied)
    still = table[table.index == ("gdp_2025", "still_required_growth")]["value"].iloc[0]
    assert real["value"] * (1 + still) == pytest.approx(6600)


if __name__ == "__main__":
    with STORED.open("w", encoding="utf-8", newline="") as file:
        table = headline()
        writer = csv.DictWriter(file, table[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)
