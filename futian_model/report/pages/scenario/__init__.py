"""Where the assumptions of one scenario lead."""

REPORT = "ScenarioReport"
NOTEBOOK = "scenario_report.ipynb"
PLACE = 40
