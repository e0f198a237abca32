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
            " nothing replaces, or of the same figure in another period",
        ),
        (
            f"futian,gdp,2018,szdaily_201902,wiki_futian_zh,{REASON}",
            "replaced_by = 'wiki_futian_zh'; allowed: a source of observations.csv for futian gdp 2018 that"
            " nothing replaces, or of the same figure in another period",
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


def test_a_figure_may_be_replaced_by_the_same_figure_of_another_year(project):
    # 166.29 was printed under 2022 (hongheiku_futian), and belongs to 2019 (wuhan_202006)
    held = load_evidence(project)
    figures = held.all_figures("futian", "population_resident_yearend", replaced=True)
    printed = figures[figures["value"] == 166.29]
    assert sorted(printed["period"]) == ["2019", "2022"]
    assert held.all_figures("futian", "population_resident_yearend")["period"].tolist().count("2022") == 0
