"""``make constants``: estimate the panels' constants again and store them with the data."""

from concurrent.futures import ProcessPoolExecutor

from futian_model.calibration.constants import fit, median_leads
from futian_model.evidence import load_evidence
from futian_model.evidence.package import Evidence

DIGITS = "%.6g"


def write(evidence: Evidence) -> None:
    """Write ``constants.csv`` and ``region_leads.csv`` of a project's data, and say which ranges bind."""
    panels = evidence.growth_panels
    with ProcessPoolExecutor() as pool:
        constants = fit(panels, pool=pool)
    for panel, rows in constants[constants["at_bound"] != ""].groupby(["quantity", "panel"]):
        for name, years in rows.groupby("at_bound")["last_year"]:
            print(*panel, "up to", *years, "at an end of its range:", name)
    for name, table in (("constants", constants), ("region_leads", median_leads(panels))):
        table.to_csv(
            evidence.project.data / f"{name}.csv", index=False, float_format=DIGITS, lineterminator="\n"
        )


if __name__ == "__main__":
    write(load_evidence())
