"""Draw the chart of the READMEs: the plan's GDP goals against what the evidence alone suggests."""

import sys
from pathlib import Path

from futian_model.evidence import load_evidence
from futian_model.languages import LANGS
from futian_model.report import ScenarioReport
from futian_model.report.pages.scenario.outlook import chart
from futian_model.scenario import load_scenario

DOCS = Path(__file__).resolve().parents[1] / "docs"


def drawn(lang: str) -> str:
    """The chart as SVG."""
    evidence = load_evidence()
    report = ScenarioReport(load_scenario("evidence_trend", evidence=evidence), lang, evidence=evidence)
    return chart(report.material, "real_gdp").chart.svg


def main() -> int:
    DOCS.mkdir(exist_ok=True)
    for lang in LANGS:
        (DOCS / f"gdp.{lang}.svg").write_text(drawn(lang) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
