"""`futian run --round`: a batch that is bound once its reports are out."""

import nbformat
import pytest

from futian_model.project import Project
from futian_model.rounds import opened

from .conftest import Futian

SHORT = (
    "from futian_model import ScenarioReport, load_evidence, load_scenario\n"
    "evidence = load_evidence()\n"
    "report = ScenarioReport(\n"
    "    load_scenario(scenario, evidence=evidence), lang, evidence=evidence, draws=draws, seed=seed\n"
    ")\n"
    "report.cover()"
)
BROKEN = (
    "id: broken\ntitle: {zh: 坏, en: Broken}\ndescription: {zh: 坏。, en: Broken.}\nextends: trend_2021\n"
    "assumptions: {horizon: 2019}\n"
)


@pytest.mark.thorough
def test_a_run_is_bound_with_its_failures(plain: Project, futian: Futian) -> None:
    parameters = nbformat.v4.new_code_cell(
        'scenario: str = ""\nlang: str = "zh"\ndraws: int = 20\nseed: int = None',
        metadata={"tags": ["parameters"]},
    )
    cells = [parameters, *(nbformat.v4.new_code_cell(source) for source in (SHORT, "report.record()"))]
    made = nbformat.v4.new_notebook(
        cells=cells,
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(made, plain.notebooks / "scenario_report.ipynb")
    (plain.root / "broken.yaml").write_text(BROKEN, "utf-8")
    asked = (
        "trend_2021",
        "broken.yaml",
        "--lang",
        "en",
        "--draws",
        "30",
        "--seed",
        "5",
        "--round",
        "2026年",
    )
    status, told, _ = futian(plain, "run", *asked)
    assert status == 2  # one of the two is broken
    assert told.endswith("rounds/2026年\n")
    found = opened(plain, "2026年")
    assert found.scenarios == ["trend_2021"]
    assert (found.facts("trend_2021")["draws"], found.facts("trend_2021")["seed"]) == (
        30,
        5,
    )
    assert "broken.yaml, line 5" in found.failures["broken"]
    status, _, fault = futian(plain, "run", *asked)
    assert (status, fault.startswith("round = '2026年'; allowed: a name that no round has yet")) == (2, True)
