"""``make record``: score the calibration on every panel again and store the record with the data."""

import pandas as pd

from futian_model.backtest.record import ALL, forecasts, scored, summary
from futian_model.evidence import load_evidence
from futian_model.evidence.package import Evidence

DIGITS = "%.5g"
PRINTED = ("ladder", "mean_growth")
"""Methods whose single origins are stored; of the others only the total."""

FEWEST_UNITS = 5
"""A share of bands over fewer units says nothing about the method."""


def write(evidence: Evidence) -> None:
    """Write ``record.csv`` of a project's data."""
    panels, tables = evidence.growth_panels, []
    for quantity in sorted(panels["quantity"].unique()):
        found = summary(scored(forecasts(panels, evidence.constants, quantity)))
        found.insert(0, "quantity", quantity)
        found = found[found["units"] >= FEWEST_UNITS]
        tables.append(found[(found["origin"] == ALL) | found["method"].isin(PRINTED)])
    table = pd.concat(tables, ignore_index=True)
    table.to_csv(evidence.project.data / "record.csv", index=False, float_format=DIGITS, lineterminator="\n")


if __name__ == "__main__":
    write(load_evidence())
