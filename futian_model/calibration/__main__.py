"""``make constants``: estimate the panels' constants again and store them with the data."""

from futian_model.calibration.constants import fit, median_leads
from futian_model.evidence import load_evidence
from futian_model.evidence.package import Evidence

DIGITS = "%.6g"


def write(evidence: Evidence) -> None:
    """Write ``constants.csv`` and ``region_leads.csv`` of a project's data."""
    panels = evidence.growth_panels
    for name, table in (("constants", fit(panels)), ("region_leads", median_leads(panels))):
        table.to_csv(
            evidence.project.data / f"{name}.csv", index=False, float_format=DIGITS, lineterminator="\n"
        )


if __name__ == "__main__":
    write(load_evidence())
