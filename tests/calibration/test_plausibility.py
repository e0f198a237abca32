"""Published growth paths as a band: what counts, over which years, and as seen from when."""

import dataclasses

import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.calibration import band
from futian_model.calibration.plausibility import over

EVIDENCE = load_evidence()


def path(*rows):
    return pd.DataFrame(rows, columns=["first", "last", "low", "central", "high"]).astype(float)


def test_a_band_of_three_published_paths():
    # China 2030 (2012): 5.9; CASS (2017): 5.6; EIU (2014): 3.9 for the decade
    kept = EVIDENCE.paths[EVIDENCE.paths["path"].isin(["world_bank_2013", "cass_iqte_2017", "eiu_2014"])]
    found = band(dataclasses.replace(EVIDENCE, paths=kept), "china", 2021, 2025, "2021")
    assert (found.low, found.middle, found.high) == pytest.approx((0.039, 0.056, 0.059))
    assert found.paths == 3
    assert [found.place(growth) for growth in (0.03, 0.05, 0.06)] == ["below", "within", "above"]


def test_a_later_path_is_not_seen():
    early, late = (band(EVIDENCE, "china", 2026, 2030, vintage) for vintage in ("2015", "2026"))
    assert early.paths < late.paths
    assert band(EVIDENCE, "china", 2031, 2035, "2013") is None
    assert band(EVIDENCE, "futian", 2021, 2025, "2026") is None


def test_a_path_counts_over_whole_spans_only_and_by_the_years_of_each_phase():
    two = path((2021, 2025, None, 0.06, None), (2026, 2030, 0.03, 0.04, 0.05))
    assert over(two, 2024, 2027) == pytest.approx((0.045, 0.05, 0.055))
    assert over(two, 2029, 2031) is None
    assert over(path((2021, 2030, 0.04, None, 0.06)), 2021, 2025) == pytest.approx((0.04, 0.05, 0.06))
    # phases that share a year: the earlier one has it
    shared = path((2013, 2023, None, 0.05, None), (2023, 2033, None, 0.03, None))
    assert over(shared, 2023, 2023) == pytest.approx((0.05, 0.05, 0.05))
