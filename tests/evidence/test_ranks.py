"""Sources by rank: which of several is cited for a figure, and which figures are replaced."""

import pandas as pd
import pytest

from futian_model import cli, load_evidence
from futian_model.evidence.figures import KINDS, counted
from futian_model.evidence.replaced import FIGURE, standing

EVIDENCE = load_evidence()


def releases(*rows):
    """Releases of one year: value, last digit, months, kind, precision."""
    table = pd.DataFrame(rows, columns=["value", "step", "released", "kind", "precision"])
    return table.assign(
        year=2020,
        vintage="2020-01",
        trust=table["kind"].map(KINDS.index),
        detail=table["precision"].map(["point", "estimate", "rounded", "lower_bound"].index),
    )


@pytest.mark.parametrize(
    ("rows", "kind", "value"),
    [
        # a later copy gives the bureau's figure: the bureau is cited
        ([(5.0, 0.1, 10, "official", "point"), (5.0, 0.1, 20, "encyclopedia", "point")], "official", 5.0),
        ([(5.0, 0.1, 10, "media", "point"), (5.0, 0.1, 20, "encyclopedia", "point")], "media", 5.0),
        # the finer of two that agree
        ([(5.04, 0.01, 10, "official", "point"), (5.0, 0.1, 20, "media", "point")], "official", 5.04),
        # a rounded figure of a better source takes no digit away
        ([(5.0, 0.1, 10, "official", "rounded"), (5.04, 0.01, 20, "media", "point")], "media", 5.04),
        # another figure is a revision, whoever prints it
        ([(5.1, 0.1, 10, "official", "point"), (5.0, 0.1, 20, "media", "point")], "media", 5.0),
        # a bound is no figure
        ([(5.0, 1.0, 10, "official", "lower_bound"), (5.0, 1.0, 20, "media", "point")], "media", 5.0),
    ],
)
def test_of_sources_that_give_one_figure_the_best_ranked_is_cited(rows, kind, value):
    chosen = counted(releases(*rows), ["year"], "2020")
    assert chosen[["kind", "value"]].to_numpy().tolist() == [[kind, value]]


def test_what_the_vintage_cannot_know_is_not_cited():
    rows = releases((5.0, 0.1, 10, "media", "point"), (5.0, 0.1, 12 * 2025, "official", "point"))
    chosen = counted(rows, ["year"], "2020")
    assert chosen["kind"].tolist() == ["media"]


def test_shipped_figures_cite_their_best_source():
    assert EVIDENCE.figure("futian", "gdp", 2015).source == "szft_13fyp"  # a forum printed it later
    assert EVIDENCE.figure("shenzhen", "population_census", 2020).source == "sz_census7_2021"
    assert EVIDENCE.figure("futian", "gdp", 2022).value == 5514.49  # an encyclopedia rounds it


def test_a_replaced_figure_is_listed_and_not_in_use():
    assert EVIDENCE.figure("futian", "gdp", 2018).value == 4150
    in_use = EVIDENCE.all_figures("futian", "gdp")
    every = EVIDENCE.all_figures("futian", "gdp", replaced=True)
    assert set(every["source"]) - set(in_use["source"]) == {"wiki_futian_zh"}
    assert (EVIDENCE.observations["source"] == "wiki_futian_zh").any()


def test_every_replaced_figure_is_marked_once_with_its_reason():
    marked = EVIDENCE.replaced
    assert not standing(EVIDENCE.observations, marked)[
        pd.MultiIndex.from_frame(EVIDENCE.observations[FIGURE]).isin(pd.MultiIndex.from_frame(marked[FIGURE]))
    ].any()
    assert (~standing(EVIDENCE.observations, marked)).sum() == len(marked) > 10
    assert not marked["reason_en"].str.contains("[\u4e00-\u9fff]").any()
    assert marked["reason_zh"].str.contains("[\u4e00-\u9fff]").all()


def test_a_replaced_figure_contradicts_nothing():
    told = EVIDENCE.contradictions()
    # 6.1% of 2019 was revised later: in use as seen from 2021, and explained
    assert set(told.loc[told["source"] == "nbs_quarters_2020", "period"]) == {"2019"}
    assert EVIDENCE.figure("china", "real_gdp_growth", 2019, as_of="2021").value == pytest.approx(0.061)


def test_show_data_says_what_stands_in_its_place(capsys, monkeypatch):
    monkeypatch.chdir(EVIDENCE.project.root)
    assert cli.main(["show", "data", "gdp", "--place", "futian"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "4018.26 亿元 nominal 2021 point wiki_futian_zh" in told
    assert "not in use: kcqsx_201901 stands in its place (An undated encyclopedia entry" in told
