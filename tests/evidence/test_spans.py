"""Figures of several years together: one a span, by the release rule of the annual ones."""

import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.errors import InputError
from futian_model.evidence.figures import releases, spans

EVIDENCE = load_evidence()


def test_a_mean_of_five_years():
    held = EVIDENCE.spans("shenzhen", "real_gdp_growth_avg").set_index(["first", "last"])
    assert list(held.columns) == [
        "price_basis",
        "value",
        "vintage",
        "source",
        "precision",
        "published_later",
        "note_zh",
        "note_en",
    ]
    assert held.loc[(2005, 2009), "value"] == pytest.approx(0.138)
    assert not held["published_later"].any()


def test_a_vintage_sees_no_span_that_ends_later_and_marks_later_releases():
    held = EVIDENCE.spans("futian", "real_gdp_growth_avg", as_of="2015")
    assert held[["first", "last", "source", "published_later"]].to_numpy().tolist() == [
        [2011, 2015, "szft_13fyp", True]
    ]


def test_the_latest_release_by_the_vintage_counts():
    rows = releases(
        pd.DataFrame(
            {
                "period": ["2011-2015"] * 3 + ["2011"],
                "value": [1.0, 2.0, 3.0, 9.0],
                "price_basis": "constant",
                "vintage": ["2016-02", "2018", "2021", "2016"],
                "source": list("abcd"),
                "kind": "official",
                "step": 0.1,
                "precision": "point",
                "note_zh": "",
                "note_en": "",
            }
        )
    )
    assert spans(rows, "2019")["value"].tolist() == [2.0]
    assert spans(rows, "2015")["value"].tolist() == [1.0]
    assert spans(rows, "2015")["published_later"].tolist() == [True]
    assert spans(rows, None)["value"].tolist() == [3.0]


def test_no_span_is_held():
    assert EVIDENCE.spans("futian", "gdp").empty
    with pytest.raises(InputError, match=r"^unknown gpd; did you mean gdp[?]$"):
        EVIDENCE.spans("futian", "gpd")
