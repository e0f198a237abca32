"""Sobol indices at closed forms, through the helper that the scenarios use."""

from pathlib import Path

import numpy as np
import pytest

from futian_model.errors import InputError
from futian_model.evidence import load_evidence
from futian_model.project import find_project
from futian_model.scenario import load_scenario
from futian_model.sensitivity import Uncertain, indices, sobol

EVIDENCE = load_evidence(find_project(Path(__file__).parent))


def test_ishigami():
    # Ishigami and Homma (1990), a = 7, b = 0.1; variances as in Saltelli et al., Global Sensitivity Analysis
    inputs = [Uncertain(name, "unif", (-np.pi, np.pi)) for name in "abc"]

    def model(at):
        return {"y": np.sin(at["a"]) + 7 * np.sin(at["b"]) ** 2 + 0.1 * at["c"] ** 4 * np.sin(at["a"])}

    found = indices(inputs, model, 4096, 1)
    assert found["first"].tolist() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert found["total"].tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)
    assert (found[["first_conf", "total_conf"]].to_numpy() < 0.06).all()


def test_a_sum_shares_its_variance_out_without_interaction():
    inputs = [
        Uncertain("normal", "norm", (5.0, 2.0)),
        Uncertain("uniform", "unif", (-3.0, 3.0)),
        Uncertain("range", "range", (0.0, 1.0, 2.0)),
    ]

    def model(at):
        return {"y": at["normal"] + 2 * at["uniform"] - 3 * at["range"], "still": 0 * at["normal"] + 4.0}

    found = indices(inputs, model, 4096, 1)
    assert set(found["indicator"]) == {"y"}  # what nothing moves has no variance to share out
    variances = np.array([4.0, 4 * 3.0, 9 / 3])
    assert found["first"].tolist() == pytest.approx(list(variances / variances.sum()), abs=0.01)
    assert found["total"].tolist() == pytest.approx(found["first"].tolist(), abs=0.01)
    assert found["first"].sum() == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("scenario", ["headquarters_leave", "three_engines"])
def test_inputs_one_by_one_explain_no_more_than_everything(scenario):
    loaded = load_scenario(scenario, EVIDENCE.project, evidence=EVIDENCE)
    found = sobol(loaded, EVIDENCE)
    assert set(found["indicator"]) == {"real_gdp", "real_gdp_per_capita", "headquarters_share"}
    for _, own in found.groupby("indicator"):
        noise = np.sqrt((own["first_conf"] ** 2).sum())
        assert 0.9 < own["first"].sum() <= 1 + noise
        assert (own["total"] >= own["first"] - own["first_conf"] - own["total_conf"]).all()
    assert found.equals(sobol(loaded, EVIDENCE))  # the seed is stated
    prices = found[found["input"] == "deflator"]
    assert (prices[["first", "total"]].to_numpy() == 0).all()


def test_growth_alone_is_lognormal():
    # GDP = centre exp(15 x): all of its variance is growth's
    loaded = load_scenario("trend_2021", EVIDENCE.project, evidence=EVIDENCE)
    found = sobol(loaded, EVIDENCE, results=["real_gdp"]).set_index("input")
    assert found.loc["growth", "first"] == pytest.approx(1, abs=0.02)
    assert found.drop("growth")["total"].to_numpy() == pytest.approx(0)


@pytest.mark.parametrize("samples", [0, 1, 1000])
def test_samples_are_a_power_of_two(samples):
    loaded = load_scenario("trend_2021", EVIDENCE.project, evidence=EVIDENCE)
    with pytest.raises(InputError, match=f"samples = {samples}; allowed: a power of two, 2 or more"):
        sobol(loaded, EVIDENCE, samples)
