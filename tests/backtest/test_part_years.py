"""The record of years foreseen from their first quarters."""

import numpy as np
import pandas as pd
import pytest

from futian_model import load_evidence
from futian_model.annual.frames import record_frame
from futian_model.backtest import part_years

EVIDENCE = load_evidence()
RECORD = part_years.part_year_record(part_years.part_year_scores(EVIDENCE)).set_index(["panel", "quarters"])


def test_the_stored_record_is_what_the_code_gives() -> None:
    stored = EVIDENCE.annual_record.set_index(["panel", "quarters"])
    pd.testing.assert_frame_equal(stored, RECORD, rtol=1e-4, check_dtype=False)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_bands_of_accounts_of_a_known_law_hold_what_they_say(quarters: int) -> None:
    row = RECORD.loc[part_years.SIMULATED, quarters]
    assert row["coverage_80"] == pytest.approx(0.8, abs=0.05)


def test_it_does_better_than_the_rate_carried_forward() -> None:
    for panel in (part_years.NATION, part_years.PLACES, part_years.UNITED_STATES, part_years.SIMULATED):
        for quarters in range(4):
            row = RECORD.loc[panel, quarters]
            assert row["crps"] < row["crps_carried"], (panel, quarters)
    assert RECORD.loc["levels", 0]["crps"] < RECORD.loc["levels", 0]["crps_carried"]


def test_every_part_year_figure_with_its_year_is_scored() -> None:
    counts = RECORD["forecasts"].xs(0, level="quarters")
    assert counts[part_years.NATION] + counts[part_years.PLACES] == 65
    assert counts[part_years.UNITED_STATES] == 3 * 36
    # an interval no narrower than the years allow: the pairs of one year share its fate
    row = RECORD.loc[part_years.PLACES, 0]
    assert row["high"] - row["low"] > 0.3


def test_accounts_are_cumulated_as_china_cumulates() -> None:
    """Real GDP of the United States: 2007 grew by 1.9% by the table's own quarters, 2008 by 0.1."""
    table = part_years.united_states().set_index(["year", "quarters"])
    from statsmodels.datasets import macrodata

    quarters = macrodata.load_pandas().data.set_index(["year", "quarter"])["realgdp"]
    for year in (1970, 2008):
        now, before = (quarters.loc[at].to_numpy() for at in (year, year - 1))
        assert table.loc[(year, 2), "so_far"] == pytest.approx(now[:2].sum() / before[:2].sum() - 1)
        assert table.loc[(year, 2), "whole"] == pytest.approx(now.sum() / before.sum() - 1)
    assert table.index.get_level_values("year").max() == 2008  # 2009 lacks its last quarter


def test_the_record_is_rows_of_the_results_table() -> None:
    rows = record_frame(EVIDENCE)
    assert (rows["case"].str.startswith("panel=")).all()
    assert set(rows["unit"]) == {"count", "fraction"}
    assert np.isfinite(rows["value"]).all()
