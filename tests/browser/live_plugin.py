"""Pages whose growth is a block of another package: ``python tests/browser/live_plugin.py FOLDER``."""

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path as File
from typing import ClassVar, Literal

import numpy as np
from live_scenarios import HEAD
from pydantic import Field

from futian_model import load_evidence, load_scenario
from futian_model.explorer import Explorer, live
from futian_model.scenario import add_block
from futian_model.scenario.blocks import Block, Ground, Path
from futian_model.scenario.clauses import Clause, Knob, Quantity
from futian_model.scenario.phases import Rate


class Fading(Block):
    """Growth that halves every four years."""

    block: Literal["fading"] = Field(description="fading: growth that halves every four years")
    first: Rate = Field(description="growth in the first year, a fraction")
    texts: ClassVar = {
        "zh": {"block_fading": "首年{first}，四年减半", "control_first": "首年增速"}
        | dict.fromkeys(("option_fading", "option_peopled"), "渐近"),
        "en": {"block_fading": "{first}, then less", "control_first": "at first"}
        | dict.fromkeys(("option_fading", "option_peopled"), "fading"),
    }

    def log_growth(self, ground: Ground) -> Path:
        return Path(np.log1p(self.first * 0.5 ** (np.arange(ground.span) / 4)))

    def said(self, share: str | None = None) -> Clause:
        return Clause("block_fading", {"first": Quantity(self.first, "growth")})

    def knobs(self, share: str | None = None) -> Iterator[Knob]:
        yield Knob(("first",), type(self).__name__, Clause("control_first"), "rate", self.first)


class Peopled(Fading):
    """The same a head: it asks for the population's path."""

    block: Literal["peopled"] = Field(description="peopled: growth a head that halves every four years")

    def log_growth(self, ground: Ground) -> Path:
        assert ground.people is not None
        return Path(super().log_growth(ground).values + ground.people)


def main(folder: File) -> None:
    evidence = load_evidence()
    for block in (Fading, Peopled):
        add_block("growth", block)
        name = block.__name__.lower()
        file = folder / f"{name}.yaml"
        levers = f"levers: {{growth: {{block: {name}, first: 0.08}}}}\n"
        file.write_text(HEAD.format(name=name) + levers, "utf-8")
        explorer = Explorer(load_scenario(file, evidence=evidence), evidence, draws=200)
        html = live.page(explorer, "en", datetime.date(2026, 12, 1))
        file.with_suffix(".html").write_text(html, "utf-8")


if __name__ == "__main__":
    main(File(sys.argv[1]))
