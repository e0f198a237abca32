"""What moved between two rounds: exact parts, each block by itself, and the model apart from them."""

import gc
import json
import shutil
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from futian_model.errors import InputError, UnknownName
from futian_model.evidence import Evidence, load_evidence
from futian_model.project import Project
from futian_model.report.terminal.rounds import compared
from futian_model.report.terminal.rounds import scenario as lines_of
from futian_model.report.words.sentences import words
from futian_model.rounds import Comparison, Mixture, Round, Row, compare_rounds
from futian_model.rounds.moving import Side, headline, moved
from futian_model.scenario import Scenario, load_scenario

from .conftest import GROWTH, REVISED, Futian, added, edited

GDP_2025 = "futian,gdp,2025,6120,亿元,nominal,,2026-03,stats_2022,point,,,\n"
NEW_SOURCE = "stats_2022,Bulletin,统计局,Statistics bureau,2021-12,,official,2026-11-23,\n"


@pytest.fixture(scope="module")
def comparison(first: Round, second: Round) -> Comparison:
    return compare_rounds(first, second)


def test_parts_add_up_exactly_and_ends_are_what_is_bound(
    comparison: Comparison, first: Round, second: Round
) -> None:
    (one,) = comparison.scenarios
    assert one.blocks == (("outturn",), ("revision",), ("assumptions",))
    np.testing.assert_allclose(one.parts.sum(axis=0) + one.model, one.end - one.start, rtol=0, atol=1e-9)
    assert one.start.tolist() == [first.results("trend_2021")[row] for row in one.rows]
    assert one.end.tolist() == [second.results("trend_2021")[row] for row in one.rows]
    assert not one.model.any()
    assert np.abs(one.parts[0]).max() > 100  # 亿元
    assert np.abs(one.parts[1]).max() > 0.1


def test_what_differs_is_listed(comparison: Comparison) -> None:
    told = comparison.to_dict()
    assert [row["period"] for row in told["data"]["new_outturns"]] == ["2021"]
    assert [row["period"] for row in told["data"]["releases"]] == ["2018"]
    assert (told["only_in_a"], told["only_in_b"]) == (["plan_targets"], ["stagnation"])
    (one,) = told["scenarios"]
    assert one["assumptions"] == [{"field": "assumptions.vintage", "before": "2021", "after": "2022"}]
    gdp = one["results"][0]
    assert sum(gdp["parts"].values()) == pytest.approx(gdp["difference"], abs=1e-9)


def test_each_part_is_the_mean_over_all_orders(
    comparison: Comparison, first: Round, second: Round, tmp_path: Path
) -> None:
    """Against mixtures made by hand: each block after none, one or two of the others."""
    (one,) = comparison.scenarios
    rows = one.rows[:4]
    evidences, made = {"": first.evidence, "or": second.evidence}, {}
    for taken, row in (("o", GROWTH), ("r", REVISED)):
        project = Project(tmp_path / taken)
        shutil.copytree(first.project.data, project.data)
        added(project, row)
        evidences[taken] = load_evidence(project)
    for taken, evidence in evidences.items():
        for side, round_ in (("", first), ("a", second)):
            scenario = round_.scenario("trend_2021", evidence)
            made[taken + side] = headline(scenario, evidence, rows)
    for at, (block, others) in enumerate((("o", "ra"), ("r", "oa"), ("a", "or"))):
        x, y = others

        def gain(*before: str, block: str = block) -> np.ndarray:
            key = "".join(sorted({*before, block}, key="ora".index))
            return made[key] - made["".join(sorted(before, key="ora".index))]

        mean = gain() / 3 + (gain(x) + gain(y)) / 6 + gain(x, y) / 3
        np.testing.assert_allclose(one.parts[at, :4], mean, rtol=0, atol=1e-9)


def test_what_the_model_changed_stands_by_itself(first: Round, second: Round) -> None:
    """A library that gave 50 亿元 more than today's: the bound result of the earlier round is higher."""
    rows = [
        Row("given_scenario", "real_gdp", 2035, "central"),
        Row("given_evidence", "real_gdp", 2035, "p50"),
    ]
    stored = dict(first.results("trend_2021"))
    stored[rows[0]] += 50
    mixture = Mixture(first.project, first.project).with_evidence(first.evidence)
    a = Side(partial(first.scenario, "trend_2021"), stored)
    b = Side(partial(second.scenario, "trend_2021"))
    one = moved(mixture, a, b, rows)
    assert one.blocks == (("assumptions",),)
    assert one.model.tolist() == [pytest.approx(-50, abs=1e-9), 0.0]
    np.testing.assert_allclose(one.parts.sum(axis=0) + one.model, one.end - one.start, rtol=0, atol=1e-9)


def test_a_round_and_itself(first: Round) -> None:
    made = compare_rounds(first, first)
    assert made.data.blocks == ()
    assert [one.scenario for one in made.scenarios] == ["trend_2021", "plan_targets"]
    assert all(one.still and one.blocks == () for one in made.scenarios)
    told = "\n".join(compared(made, first.evidence, "en"))
    assert told.count("nothing moved") == 2
    assert "Data: the same" in told


def test_sources_come_along_and_a_figure_after_a_bound_is_an_outturn(first: Round, plain: Project) -> None:
    with (plain.data / "sources.csv").open("a", encoding="utf-8") as stream:
        stream.write(NEW_SOURCE)
    added(plain, GROWTH.replace("futian_14fyp", "stats_2022"), GDP_2025)
    made = Mixture(first.project, plain)
    assert made.difference.blocks == ("outturn",)
    assert [row["period"] for row in made.difference.outturns] == ["2021", "2025"]
    # a publisher spelled otherwise is a revision, whoever names the source
    edited(plain.data / "sources.csv", "Statistics bureau", "Bureau of statistics")
    edited(plain.data / "sources.csv", "The plan document.", "The plan.")
    made = Mixture(first.project, plain)
    assert made.difference.blocks == ("outturn", "revision")
    assert made.difference.tables == ("sources.csv",)


@pytest.mark.thorough
def test_what_cannot_be_told_apart_is_joined(first: Round, plain: Project) -> None:
    """The base year's GDP of a source that only the revised data hold."""
    with (plain.data / "sources.csv").open("a", encoding="utf-8") as stream:
        stream.write(NEW_SOURCE)
    added(plain, "futian,gdp,2020,4770,亿元,nominal,,2021-12,stats_2022,point,,,\n", GROWTH)
    edited(
        plain.params / "plan_2021" / "trend_2021.yaml", "gdp_source: futian_14fyp", "gdp_source: stats_2022"
    )

    def later(evidence: Evidence) -> Scenario:
        return load_scenario("trend_2021", plain, evidence=evidence)

    mixture = Mixture(first.project, plain).with_evidence(first.evidence)
    row = Row("given_scenario", "real_gdp", 2035, "central")
    one = moved(mixture, Side(partial(first.scenario, "trend_2021")), Side(later), [row])
    assert set(one.blocks) == {("outturn",), ("revision", "assumptions")}
    np.testing.assert_allclose(one.parts.sum(axis=0), one.end - one.start, rtol=0, atol=1e-9)
    told = "\n".join(lines_of(one, first.evidence, words("en"), ("a", "b")))
    assert "New outturns" in told
    assert "Revised data + Assumptions" in told


def test_other_base_years_are_not_compared(first: Round) -> None:
    def shifted(evidence: Evidence) -> Scenario:
        made = first.scenario("trend_2021", evidence)
        return replace(made, assumptions=made.assumptions.model_copy(update={"base_year": 2018}))

    mixture = Mixture(first.project, first.project).with_evidence(first.evidence)
    with pytest.raises(InputError, match="base_year = 2018; allowed: 2020, that of the earlier one"):
        moved(mixture, Side(partial(first.scenario, "trend_2021")), Side(shifted), [])


def test_it_is_told_in_both_languages(comparison: Comparison, second: Round) -> None:
    told = "\n".join(compared(comparison, second.evidence, "en"))
    assert "New outturns  Revised data  Assumptions  Model version" in told
    assert "futian real_gdp_growth 2021: 8.9% (2021-12, futian_14fyp)" in told
    assert "Real GDP, 2035: median (RMB bn)" in told
    assert "Only in 2027: stagnation" in told
    told = "\n".join(compared(comparison, second.evidence, "zh"))
    assert "新实际数（此前没有数据的时期）：1个" in told
    assert "模型版本" in told


@pytest.mark.thorough
def test_rounds_win_where_both_names_are_rounds(copied: Project, futian: Futian) -> None:
    text = (copied.params / "stagnation.yaml").read_text("utf-8").replace("id: stagnation", "id: '2026'")
    (copied.params / "2026.yaml").write_text(text, "utf-8")
    chosen = ("--indicator", "real_gdp", "--year", "2035")
    status, told, _ = futian(copied, "compare", "2026", "2026", *chosen, "--json")
    assert status == 0
    results = json.loads(told)["scenarios"][0]["results"]
    assert [row["statistic"] for row in results] == ["central", "p50", "probability"]
    status, told, _ = futian(copied, "compare", "2026", "stagnation", *chosen)
    assert status == 0
    assert told.startswith("A: 2026  ")


def test_a_round_is_compared_with_a_round_only(two: Project, futian: Futian) -> None:
    status, _, fault = futian(two, "compare", "2026", "plan_targets")
    assert status == 2
    assert (
        "two rounds or two scenarios; 2026 is a round, plan_targets is not; rounds held: 2026, 2027" in fault
    )


def test_what_neither_has_is_refused(first: Round, second: Round) -> None:
    with pytest.raises(UnknownName, match="unknown real_gpd; did you mean real_gdp"):
        compare_rounds(first, second, indicator="real_gpd")
    with pytest.raises(InputError, match=r"year = 2050; allowed: a year from 2020 to 2035"):
        compare_rounds(first, second, year=2050)
    with pytest.raises(UnknownName, match="unknown stagnation; allowed: trend_2021"):
        compare_rounds(first, second, scenarios=["stagnation"])


def test_a_folder_without_data_is_no_mixture(first: Round, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a data package"):
        Mixture(first.project, Project(tmp_path))


def test_what_a_mixture_reads_late_is_there_as_long_as_it_is(first: Round, second: Round) -> None:
    mixture = Mixture(first.project, second.project)
    made = mixture.evidence(frozenset({"outturn"}))
    folder = made.project.root
    assert not made.forecasts(made.economy).empty
    assert set(made.panels) == set(first.evidence.panels)
    del made, mixture
    gc.collect()
    assert not folder.exists()


def test_the_scenario_of_a_round_is_the_one_it_holds(two: Project, first: Round) -> None:
    now = load_scenario("trend_2021", two, evidence=first.evidence)
    assert now.assumptions.vintage == "2022"
    assert first.scenario("trend_2021").assumptions.vintage == "2021"
