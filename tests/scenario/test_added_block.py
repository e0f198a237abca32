"""A growth block from outside the library: one class, and every room that reads a block knows it."""

import json
import subprocess
import sys

import numpy as np
import pytest

from futian_model.errors import InputError
from futian_model.scenario import add_block
from futian_model.scenario.blocks import Trend

SCENARIO = """\
id: half_life
extends: trend_2021
title: {zh: 渐近, en: Fading}
description: {zh: 增速逐年趋近长期值, en: Growth nears its long-run rate}
levers: {growth: {block: fading, first: 0.08, long_run: 0.03, half_life: 4}}
"""
PROGRAM = '''
import json, sys
from collections.abc import Iterator
from pathlib import Path as File
from typing import Literal

import numpy as np
from pydantic import Field

from futian_model import load_evidence, load_scenario, simulate
from futian_model.errors import InputErrors
from futian_model.explorer.state import Space, State
from futian_model.report.pages.scenario.assumptions import describe
from futian_model.scenario import add_block, schema
from futian_model.scenario.blocks import Block, Ground, Path
from futian_model.scenario.clauses import Clause, Knob, Quantity
from futian_model.scenario.phases import Above0, Rate


class Fading(Block):
    """Growth that halves its distance from a long-run rate every so many years."""

    block: Literal["fading"] = Field(description="fading: growth that nears a long-run rate")
    first: Rate = Field(description="growth in the first year, a fraction")
    long_run: Rate = Field(description="growth in the long run, a fraction")
    half_life: Above0 = Field(description="years in which the distance halves, above 0")
    texts = {
        "zh": {"block_fading": "首年{first}，每{years}年向{long_run}收敛一半", "option_fading": "渐近",
               "control_first": "首年增速"},
        "en": {"block_fading": "{first} at first, half of the way to {long_run} every {years} years",
               "option_fading": "fading", "control_first": "growth at first"},
    }

    def log_growth(self, ground: Ground) -> Path:
        left = 0.5 ** (np.arange(ground.span) / self.half_life)
        return Path(np.log1p(self.long_run + (self.first - self.long_run) * left))

    def said(self, share=None) -> Clause:
        rates = {name: Quantity(getattr(self, name), "growth") for name in ("first", "long_run")}
        return Clause("block_fading", rates | {"years": Quantity(self.half_life, "plain")})

    def knobs(self, share=None) -> Iterator[Knob]:
        yield Knob(("first",), "Fading", Clause("control_first"), "rate", self.first)


add_block("growth", Fading)
file, evidence = File(sys.argv[1]), load_evidence()
scenario = load_scenario(file, evidence=evidence)
result = simulate(scenario, evidence, draws=2)
space = Space(scenario, evidence)
section = next(one for one in space.sections if one.name == "growth")
control, = section.options["fading"].controls
moved = space.scenario(State({}, {control.name: 0.06}))
bad = file.with_name("bad.yaml")
bad.write_text(file.read_text("utf-8").replace("half_life: 4", "half_life: 0"), "utf-8")
try:
    load_scenario(bad, evidence=evidence)
    fault = ""
except InputErrors as error:
    fault = str(error)
print(json.dumps({
    "path": list(result.driven.centre["growth"]),
    "said": {lang: dict(describe(scenario, evidence, lang)) for lang in ("zh", "en")},
    "own": [section.own, section.options["fading"].label["en"], control.label["zh"]],
    "range": [control.start, control.low, control.high],
    "moved": moved.levers.growth.first,
    "provenance": scenario.provenance["levers.growth.half_life"],
    "fault": fault,
    "schema": "Fading" in schema(evidence)["$defs"],
}))
'''


def test_every_room_knows_a_block_from_outside(tmp_path):
    file = tmp_path / "half_life.yaml"
    file.write_text(SCENARIO, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(file)], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    years = np.arange(15)
    np.testing.assert_allclose(told["path"], np.log1p(0.03 + 0.05 * 0.5 ** (years / 4)), rtol=1e-12)
    assert "8.00% at first, half of the way to 3.00% every 4 years" in told["said"]["en"].values()
    assert any("收敛一半" in text for text in told["said"]["zh"].values())
    assert told["own"] == ["fading", "fading", "首年增速"]
    assert told["range"] == pytest.approx([0.08, -0.9999, 0.9999])
    assert told["moved"] == 0.06
    assert told["provenance"].endswith("half_life.yaml, line 5")
    assert "levers.growth.half_life = 0" in told["fault"]
    assert "years in which the distance halves, above 0" in told["fault"]
    assert told["schema"]


def test_a_name_that_is_taken_and_a_driver_that_takes_no_block_are_refused():
    with pytest.raises(
        InputError, match=r"block of growth = 'trend'; allowed: another name than trend, path"
    ):
        add_block("growth", Trend)
    with pytest.raises(InputError, match=r"driver = 'tax'; allowed: growth, population, deflator"):
        add_block("tax", Trend)
