"""The results table as files for other programs: typed columns for any of them, and the IAMC layout."""

import io

import pandas as pd

from futian_model import __version__
from futian_model.simulation import COLUMNS

IAMC = ("Model", "Scenario", "Region", "Variable", "Unit")
"""Columns before the years in the IAMC layout."""
TEXTS = ("scenario", "reading", "indicator", "unit", "price_basis", "statistic")
NO_BASIS = "none"


def parquet(results: pd.DataFrame) -> bytes:
    """A results table as a Parquet file: the same bytes for the same table.

    Parameters
    ----------
    results : DataFrame
        Columns scenario, reading, indicator, unit, price_basis, year, statistic and value; values in
        the unit that their row names, fractions as fractions.

    Returns
    -------
    bytes
        Year as a 32-bit whole number, value in double precision and null where there is none, the rest
        as texts. The file's metadata hold the version of the library.
    """
    import pyarrow as pa
    from pyarrow import parquet as pq

    types = dict.fromkeys(TEXTS, pa.string()) | {"year": pa.int32(), "value": pa.float64()}
    schema = pa.schema(
        [pa.field(name, types[name], nullable=name == "value") for name in COLUMNS],
        metadata={"title": "futian_model results", "futian_model": __version__},
    )
    columns = [
        pa.array(results[name].tolist(), schema.field(name).type, from_pandas=True) for name in COLUMNS
    ]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(columns, schema=schema), out, compression="zstd")
    return out.getvalue()


def iamc(results: pd.DataFrame, model: str, scenario: str, region: str) -> pd.DataFrame:
    """A results table in the IAMC wide layout, as pyam and the scenario databases read it.

    Parameters
    ----------
    results : DataFrame
        As for `parquet`.
    model, scenario, region : str
        What the columns of these names are to say.

    Returns
    -------
    DataFrame
        Columns Model, Scenario, Region, Variable, Unit, then the years (whole numbers, rising), a row a
        variable in the order of the results. A variable is ``indicator|reading|statistic``, as in
        ``real_gdp|given_evidence|p50``; its unit names the price basis where there is one. Values are
        those of the results; what holds no value in any year is left out.
    """
    told = results[results["value"].notna()]
    variable = told["indicator"] + "|" + told["reading"] + "|" + told["statistic"]
    plain = told["price_basis"] == NO_BASIS
    unit = told["unit"].where(plain, told["unit"] + " (" + told["price_basis"] + ")")
    long = pd.DataFrame(
        {"Variable": variable, "Unit": unit, "year": told["year"].astype(int), "value": told["value"]}
    )
    keys = ["Variable", "Unit"]
    order = pd.MultiIndex.from_frame(long[keys].drop_duplicates())
    wide = long.set_index([*keys, "year"])["value"].unstack("year").reindex(order).reset_index()
    wide.columns.name = None
    for at, (name, value) in enumerate(zip(IAMC, (model, scenario, region), strict=False)):
        wide.insert(at, name, value)
    return wide
