"""Faults in what is marked as replaced: each told with file, line, field, value and what is allowed."""

import pytest
from rows import add

from futian_model import load_evidence
from futian_model.errors import InputErrors

REASON = "以区统计局为准,The district bureau stands"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            f"luohu,gdp,2023,luohu_gwr_2025,luohu_2023,{REASON}",
            "source = 'luohu_gwr_2025'; allowed: a source of observations.csv for luohu gdp 2023",
        ),
        (
            f"futian,gdp,2022,wiki_futian,luohu_2023,{REASON}",
            "replaced_by = 'luohu_2023'; allowed: a source of observations.csv for futian gdp 2022 that"
            " nothing replaces",
        ),
        (
            f"futian,gdp,2018,szdaily_201902,wiki_futian_zh,{REASON}",
            "replaced_by = 'wiki_futian_zh'; allowed: a source of observations.csv for futian gdp 2018 that"
            " nothing replaces",
        ),
        (
            f"futian,gdp,2022,wanbiaoku_2023,wiki_futian,{REASON}",
            "replaced_by = 'wiki_futian'; allowed: a source no less trusted than wanbiaoku_2023 (media),"
            " not encyclopedia",
        ),
    ],
)
def test_a_replacement_that_cannot_be(project, row, message):
    line = add(project, row, "replaced.csv")
    with pytest.raises(InputErrors) as fault:
        load_evidence(project)
    assert str(fault.value) == f"data/replaced.csv, line {line}: {message}"
