"""Growth of regions hidden and their levels kept: levels say what they are said to say."""

import pytest

from futian_model import load_evidence
from futian_model.backtest.hidden import hidden, score

EVIDENCE = load_evidence()


@pytest.mark.parametrize(
    ("country", "origins"), [("China", range(2014, 2019)), ("United States", range(2011, 2019))]
)
def test_levels_say_of_hidden_growth_what_they_claim(country, origins):
    table = score(hidden(EVIDENCE, country, origins))
    alone, kept = (table.xs(levels, level="levels") for levels in (False, True))
    # the error is lower at every span, and the bands hold eight in ten within sampling error
    assert (kept["crps"] < 0.95 * alone["crps"]).all()
    assert (kept["bias"].abs() < alone["bias"].abs()).all()
    assert (kept["low"] <= 0.8).all()
    assert (kept["high"] >= 0.8).all()
    assert kept["coverage_80"].between(0.7, 0.95).all()
