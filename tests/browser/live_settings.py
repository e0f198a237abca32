"""Settings of a page's levers by seed, and what the library and the page's script make of each.

``python tests/browser/live_settings.py --settings 500`` tries as many on every built-in scenario and says how
far the two lie apart; `test_live` tries a few.
"""

import argparse
import json
import math
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from live_scenarios import SCENARIOS
from playwright.sync_api import Page, sync_playwright

from futian_model import files
from futian_model.drivers import drivers
from futian_model.errors import InputError
from futian_model.evidence import Evidence, load_evidence
from futian_model.explorer.live.draws import chances, quantiles
from futian_model.explorer.live.model import Model
from futian_model.explorer.page import asset
from futian_model.explorer.session import Explorer
from futian_model.explorer.state import State, own_numbers
from futian_model.report.page.display import NUMBERS, template_file
from futian_model.scenario import Scenario, builtin_scenarios, scenario_of
from futian_model.simulation import LEVELS, READINGS

RUN = """state => {
  try {
    const {rows, chances} = window.live.run(state);
    const plain = Object.entries(rows).map(([name, paths]) => [name, paths.map(path => [...path])]);
    return {rows: Object.fromEntries(plain), chances};
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return {refused: fault.message};
  }
}"""


def model_of(name: str, evidence: Evidence) -> Model:
    """A built-in scenario, or one of `live_scenarios`, as its page carries it."""
    return carried(scenario_named(name, evidence), evidence)


def scenario_named(name: str, evidence: Evidence) -> Scenario:
    """A built-in scenario, or one of `live_scenarios`."""
    if name not in SCENARIOS:
        return scenario_of(name, evidence)
    with files.scratch() as folder:
        file = folder / f"{name}.yaml"
        file.write_text(SCENARIOS[name], "utf-8")
        return scenario_of(file, evidence)


def carried(scenario: Scenario, evidence: Evidence) -> Model:
    """What its page carries where nothing is moved yet."""
    explorer = Explorer(scenario, evidence, draws=200)
    return Model(explorer.space, explorer.state, evidence)


def settings(model: Model, number: int, seed: int = 28) -> Iterator[State]:
    """The start, every section at its last option, then states by seed: some sections set to another option,
    and some numbers anywhere between their sliders' ends.
    """
    yield State()
    moving = [section for section in model.space.sections if not model.stays(section)]
    yield State({section.name: list(section.options)[-1] for section in moving})
    source = random.Random(f"{model.scenario.id} {seed}")
    for _ in range(number - 2):
        often = source.choice([0.15, 0.4, 0.8])
        choices = {
            section.name: source.choice(list(section.options))
            for section in moving
            if source.random() < often
        }
        state, numbers = State(choices), {}
        for section, option in model.space.chosen(state):
            for control in own_numbers(section, option):
                if control.name not in model.frozen and source.random() < max(often, 0.5):
                    allowed = control.near if source.random() < 0.8 else (control.low, control.high)
                    ends = zip(allowed, control.near, strict=True)
                    low, high = (near if math.isinf(end) else end for end, near in ends)
                    value = source.uniform(low, high)
                    numbers[control.name] = round(value) if control.whole else round(value, 4)
        yield State(choices, {name: float(value) for name, value in numbers.items()})


def by_library(model: Model, state: State) -> dict[str, Any] | str:
    """Quantiles and chances by the library on the carried draws, or what it refuses."""
    try:
        choices = model.part(moves=False).choices | state.choices
        held = model.part(moves=False).numbers | state.numbers
        scenario = model.space.scenario(State(choices, held))
        driven = drivers(scenario, model.evidence, model.calibration, READINGS[0])
    except InputError as fault:
        return str(fault)
    first = int(scenario.years[0])
    rows = {name: np.asarray(row) for name, row in quantiles(driven, model.drawn).items()}
    return {"rows": rows, "chances": chances(driven, model.drawn, model.goals, first)}


def opened(page: Page, model: Model) -> None:
    """Have the page's script ready."""
    page.goto("about:blank")
    page.add_script_tag(content=template_file(NUMBERS))
    page.add_script_tag(content=asset("engine.js"))
    page.evaluate("text => { window.live = engine(JSON.parse(text)); }", json.dumps(model.to_dict()))


def apart(page: Page, model: Model, state: State) -> tuple[float, str]:
    """How far script and library lie apart, relative to the library's levels; and what both refuse."""
    library, script = by_library(model, state), page.evaluate(RUN, state.to_dict())
    if isinstance(library, str) or "refused" in script:
        assert isinstance(library, str), (script, state)
        assert "refused" in script, (library, state)
        return 0.0, library
    assert list(script["rows"]) == list(library["rows"])
    far = []
    for name, rows in library["rows"].items():
        size = np.abs(rows)
        size[1 + len(LEVELS) :] = 1.0  # growth may be nothing
        far.append((np.abs(np.asarray(script["rows"][name]) - rows) / size).max())
    assert {
        name: chance and (chance["share"], chance["error"])
        for name, chance in script["chances"].items()
        if chance
    } == {name: tuple(chance) for name, chance in library["chances"].items()}, state
    return float(max(far)), ""


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--settings", type=int, default=500)
    parser.add_argument("--scenario", action="append")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
    from programs import CHROMIUM

    evidence = load_evidence()
    names = options.scenario or [*(file.stem for file in builtin_scenarios(evidence.project)), *SCENARIOS]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM.path(), args=["--no-sandbox"])
        page, worst = chromium.new_page(), 0.0
        for name in names:
            model = model_of(name, evidence)
            opened(page, model)
            results = [apart(page, model, state) for state in settings(model, options.settings)]
            far = max(distance for distance, _ in results)
            refused = sum(bool(words) for _, words in results)
            print(f"{name}: {len(results)} settings, {refused} refused by both, at most {far:.1e} apart")
            worst = max(worst, far)
        chromium.close()
    return int(worst >= 1e-6)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
