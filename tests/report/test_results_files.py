"""The results table as Parquet and in the IAMC layout."""

import io

import numpy as np
import pandas as pd
import pytest
from pyarrow import parquet as pq

from futian_model import __version__
from futian_model.files import BOM, csv_file
from futian_model.report.page.results_files import RECORDED, parquet, results_from
from futian_model.report.page.results_files import iamc as written
from futian_model.results import COLUMNS

from .conftest import Report

KEYS = ["scenario", "place", "reading", "indicator", "case", "year", "statistic"]


@pytest.fixture(scope="module")
def results(report: Report) -> pd.DataFrame:
    return results_from(report("trend_2021").record().to_dict()["results"])


@pytest.fixture(scope="module")
def iamc(results: pd.DataFrame) -> pd.DataFrame:
    return written(results)


def test_parquet_gives_the_table_back_to_the_last_digit(results: pd.DataFrame) -> None:
    read = pd.read_parquet(io.BytesIO(parquet(results)))
    assert list(read.columns) == [*RECORDED, *COLUMNS] == list(results.columns)
    assert np.array_equal(read["value"], results["value"], equal_nan=True)
    rest = [name for name in results if name != "value"]
    for name in rest:
        assert read[name].isna().equals(results[name].isna())
        held = results[name].notna()
        assert read.loc[held, name].tolist() == results.loc[held, name].tolist()


def test_parquet_has_types_and_says_what_wrote_it(results: pd.DataFrame) -> None:
    schema = pq.read_schema(io.BytesIO(parquet(results)))
    assert str(schema.field("year").type) == "int32"
    assert str(schema.field("value").type) == "double"
    assert {str(schema.field(name).type) for name in schema.names} == {"string", "int32", "double"}
    assert schema.metadata[b"futian_model"] == __version__.encode()


def test_the_same_table_has_the_same_bytes(results: pd.DataFrame) -> None:
    assert parquet(results) == parquet(results.copy())
    assert parquet(results) != parquet(results.iloc[:-1])


def test_iamc_has_its_columns_and_years_that_rise(iamc: pd.DataFrame, results: pd.DataFrame) -> None:
    assert list(iamc.columns[:5]) == ["Model", "Scenario", "Region", "Variable", "Unit"]
    years = list(iamc.columns[5:])
    assert years == sorted(set(results.loc[results["value"].notna() & results["year"].notna(), "year"]))
    assert all(isinstance(year, int) for year in years)
    assert set(iamc["Model"]) == {"futian_model"}
    timed = results.dropna(subset=["value", "year"])
    assert set(iamc["Scenario"]) == set(timed["scenario"])
    assert set(iamc["Region"]) == set(timed["place"]) >= {"futian", "shenzhen", "china"}
    assert not iamc.duplicated(["Scenario", "Region", "Variable", "Unit"]).any()
    assert iamc["Variable"].iloc[0] == "real_gdp|given_scenario|central"
    assert iamc["Unit"].iloc[0] == "亿元 (constant)"
    deflator = iamc[iamc["Variable"] == "deflator|given_scenario|central"]
    assert deflator["Unit"].tolist() == ["index"]


def test_iamc_holds_every_value_and_no_other(iamc: pd.DataFrame, results: pd.DataFrame) -> None:
    long = iamc.melt(list(iamc.columns[:5]), var_name="year").dropna(subset="value")
    long[["indicator", "reading", "statistic", "case"]] = (
        long["Variable"].str.split("|", expand=True).fillna("")
    )
    long = long.rename(columns={"Scenario": "scenario", "Region": "place"})
    told = results.dropna(subset=["value", "year"]).astype({"year": int}).drop_duplicates(KEYS)
    assert len(long) == len(told)
    back = told.merge(long.astype({"year": int}), on=KEYS, validate="one_to_one", suffixes=("", "_iamc"))
    assert (back["value"] == back["value_iamc"]).all()
    assert all(unit.startswith(own) for unit, own in zip(back["Unit"], back["unit"], strict=True))


def test_iamc_has_a_row_that_comes_again_once(results: pd.DataFrame, iamc: pd.DataFrame) -> None:
    again = pd.concat([results, results.tail(50)], ignore_index=True)
    pd.testing.assert_frame_equal(written(again), iamc)


def test_iamc_leaves_out_what_has_no_value(results: pd.DataFrame) -> None:
    nothing = results.iloc[:3].assign(value=[1.0, float("nan"), 2.0], statistic=["a", "b", "a"])
    made = written(nothing)
    assert [name.rsplit("|", 1)[1] for name in made["Variable"]] == ["a"]
    assert made.shape == (1, 7)


def test_a_csv_says_that_it_is_utf8_and_is_read_with_and_without_saying_so(results: pd.DataFrame) -> None:
    text = results.to_csv(index=False)
    content = csv_file(text)
    assert content.startswith(b"\xef\xbb\xbfrun,")
    assert list(pd.read_csv(io.BytesIO(content), encoding="utf-8-sig")) == list(results.columns)
    for told in (text, BOM + text):
        pd.testing.assert_frame_equal(results_from(told), results, check_exact=True)
