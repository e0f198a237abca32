"""``make constants``: estimate the panels' constants again and store them with the data."""

from concurrent.futures import ProcessPoolExecutor

from futian_model.calibration import published_forecasts
from futian_model.calibration.constants import fit, log_growth, median_leads
from futian_model.calibration.published_forecasts import QUANTITY
from futian_model.evidence import load_evidence
from futian_model.evidence.package import Evidence
from futian_model.evidence.panels import ECONOMIES

DIGITS = "%.6g"


def write(evidence: Evidence) -> None:
    """Write ``constants.csv``, ``forecast_accuracy.csv`` and ``region_leads.csv`` of a project's data.

    Says which ranges bind.
    """
    panels = evidence.growth_panels
    with ProcessPoolExecutor() as pool:
        constants = fit(panels, pool=pool)
        economies = panels[(panels["quantity"] == QUANTITY) & (panels["panel"] == ECONOMIES)]
        accuracy = published_forecasts.fit(log_growth(economies), constants, evidence.forecasts(), pool)
    for panel, rows in constants[constants["at_bound"] != ""].groupby(["quantity", "panel"]):
        for name, years in rows.groupby("at_bound")["last_year"]:
            print(*panel, "up to", *years, "at an end of its range:", name)
    tables = {
        "constants": constants,
        "forecast_accuracy": accuracy,
        "region_leads": median_leads(panels),
    }
    for name, table in tables.items():
        table.to_csv(
            evidence.project.data / f"{name}.csv", index=False, float_format=DIGITS, lineterminator="\n"
        )


if __name__ == "__main__":
    write(load_evidence())
