"""The explorer: from a moved slider to the drawn picture, in a real JupyterLab in headless Chromium.

The kernel's part is held against `simulate` with its quantiles and chances, as a notebook's own cell would
ask for them. In the browser a slider is stepped, one picture at a time, and then dragged at some sixty moves
a second; a picture's time runs from the move whose value it shows to the frame after it was drawn. Medians
are printed, no absolute time is a verdict. Run it on a machine that is otherwise idle. Where there is no
Chromium, one line says so in place of the browser's times.
"""

import argparse
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from programs import CHROMIUM  # noqa: E402

TOKEN = "measured"
SCENARIOS = ("evidence_trend", "plan_targets", "three_engines", "headquarters_leave")
READY = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"
WATCH = """() => {
  const root = document.querySelector('.fx'), asked = new Map();
  const seen = window.seen = {moves: [], pictures: []};
  root.addEventListener('input', () => seen.moves.push(performance.now()), true);
  root.addEventListener('keydown', () => seen.moves.push(performance.now()), true);
  new MutationObserver(changes => {
    for (const {attributeName} of changes) {
      if (attributeName === 'data-asked') asked.set(root.dataset.asked, seen.moves.at(-1));
      const begun = asked.get(root.dataset.drawn);
      if (attributeName === 'data-drawn' && begun !== undefined) {
        asked.delete(root.dataset.drawn);
        requestAnimationFrame(() => seen.pictures.push(performance.now() - begun));
      }
    }
  }).observe(root, {attributes: true});
}"""
SETTLED = "!document.querySelector('.fx').dataset.busy"


def median(times: list[float]) -> float:
    return 1000 * statistics.median(times)


def kernel(rounds: int) -> list[str]:
    """Time of an answer beside `simulate`, scenario by scenario, in this process."""
    from futian_model import load_evidence, load_scenario, simulate
    from futian_model.explorer import Explorer
    from futian_model.explorer.messages import Desk

    evidence = load_evidence()
    lines = [
        "| scenario | `simulate`, quantiles, chances, ms | the explorer's answer, ms | ratio |",
        "|---|---|---|---|",
    ]
    for name in SCENARIOS:
        scenario = load_scenario(name, evidence=evidence)
        desk, plain, quick = Desk(Explorer(scenario, evidence), "en"), list[float](), list[float]()
        for turn in range(rounds):
            begun = time.perf_counter()
            result = simulate(scenario, evidence, draws=10_000)
            for indicator in desk.explorer.answer.quantiles:
                result.quantiles(indicator)
            for aim in desk.explorer.answer.targets.values():
                result.odds(aim.goal)
            plain.append(time.perf_counter() - begun)
            numbers = {"path:levers.growth.phases[1].growth_rate": 0.04 + turn / 1e4}
            choices = {"growth": "path"} if name != "plan_targets" else {}
            begun = time.perf_counter()
            desk.answer({"kind": "state", "state": {"choices": choices, "numbers": numbers}})
            quick.append(time.perf_counter() - begun)
        slow, fast = median(plain), median(quick)
        lines.append(f"| {name} | {slow:.1f} | {fast:.1f} | {slow / fast:.1f} |")
    return lines


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def wait(address: str) -> None:
    for _ in range(240):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.25)
    raise TimeoutError(address)


def pictures(page: Page) -> list[float]:
    """Seconds of every picture since the last call."""
    page.wait_for_function(SETTLED, timeout=60_000)
    page.wait_for_timeout(100)
    told = json.loads(page.evaluate("JSON.stringify(window.seen.pictures.splice(0))"))
    return [one / 1000 for one in told]


def browser(steps: int) -> list[str]:
    """Times in JupyterLab."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data", "params"):
            (root / name).symlink_to(ROOT / name)
        (root / "notebooks").mkdir()
        shutil.copy(ROOT / "notebooks" / "explorer.ipynb", root / "notebooks")
        port = free_port()
        options = [
            *(
                "--no-browser",
                "--allow-root",
                "--ip=127.0.0.1",
                f"--port={port}",
                "--ServerApp.port_retries=0",
            ),
            *(f"--IdentityProvider.token={TOKEN}", "--expose-app-in-browser"),
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        command = [sys.executable, "-m", "futian_model.cli", "lab", "--", *options]
        home = {"HOME": folder, "JUPYTER_CONFIG_DIR": str(root / ".jupyter")}
        server = subprocess.Popen(command, cwd=root, env=os.environ | home, **quiet)
        try:
            wait(f"http://127.0.0.1:{port}/api/status?token={TOKEN}")
            return measured(f"http://127.0.0.1:{port}", steps)
        finally:
            server.terminate()
            server.wait(20)


def measured(address: str, steps: int) -> list[str]:
    """Rows of the table."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM.path(), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(f"{address}/lab/tree/notebooks/explorer.ipynb?token={TOKEN}&reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        page.wait_for_function(READY, timeout=60_000)
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(".fx[data-drawn] .fx-chart", timeout=60_000)
        slider = page.locator("[data-section=growth] input[type=range]").nth(1)
        slider.focus()
        page.evaluate(WATCH)
        for step in range(steps + 5):
            page.keyboard.press("ArrowLeft" if step % 2 else "ArrowRight")
            page.wait_for_function(SETTLED, timeout=60_000)
        one_by_one = pictures(page)[5:]
        box = slider.bounding_box()
        assert box is not None
        middle, moves = box["y"] + box["height"] / 2, 0
        page.mouse.move(box["x"] + box["width"] * 0.2, middle)
        page.mouse.down()
        page.evaluate("window.seen.moves.length = 0")
        begun = time.perf_counter()
        while moves < 4 * steps:
            moves += 1
            part = abs((moves / 60) % 2 - 1)
            page.mouse.move(box["x"] + box["width"] * (0.2 + 0.6 * part), middle)
            time.sleep(max(0.0, begun + moves / 60 - time.perf_counter()))
        page.mouse.up()
        seconds = time.perf_counter() - begun
        dragged = pictures(page)
        heard = page.evaluate("window.seen.moves.length")
        chromium.close()
    rows = ["| in JupyterLab | pictures | median, ms | 95 %, ms |", "|---|---|---|---|"]
    for name, times in (
        ("key presses, one at a time", one_by_one),
        (f"a drag of {heard} moves in {seconds:.1f} s", dragged),
    ):
        late = statistics.quantiles(times, n=20)[-1]
        rows.append(f"| {name} | {len(times)} | {median(times):.0f} | {1000 * late:.0f} |")
    return rows


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=60)
    rounds = options.parse_args().rounds
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    print(f"{os.cpu_count()} processors, 10,000 draws, medians of {rounds}", end="\n\n")
    print("\n".join(kernel(rounds)), end="\n\n")
    print(
        "\n".join(browser(rounds)) if CHROMIUM.path() else f"in JupyterLab: not measured {CHROMIUM.missing}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
