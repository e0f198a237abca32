"""The explorer: from a moved slider to the drawn picture, in a real JupyterLab in headless Chromium.

The kernel's part is held against `simulate` with its quantiles and chances, as a notebook's own cell would
ask for them. In the browser a slider is stepped, one picture at a time, and then dragged at some sixty moves
a second; a picture's time runs from the move whose value it shows to the frame after it was drawn. So too on
the page that computes by itself, whose moves are held against those that ask the kernel. All of it is
measured on the machine as it is, then beside `BURNERS` processes that do nothing but work, so that both ends
of a pair stand under the same load. `futian explore` is timed from its start to the first picture, in seconds
of the processor. Medians are printed, no absolute time is a verdict. Run it on a machine that is otherwise
idle. Where there is no Chromium, one line says so in place of the browser's times.
"""

import argparse
import datetime
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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
from programs import CHROMIUM  # noqa: E402

TOKEN = "measured"
BURNERS, LONGEST = 3, 1800
"""Busy processes that make the load, and seconds after which each ends by itself, whatever happens."""
STARTS = 3
"""Times that `futian explore` is started."""
BURN = f"import time; end = time.monotonic() + {LONGEST}\nwhile time.monotonic() < end: pass"
SCENARIOS = ("evidence_trend", "plan_targets", "three_engines", "headquarters_leave")
READY = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"
WATCH = """() => {
  const root = document.querySelector('.fx[data-drawn]'), asked = new Map();
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
FRAME = "new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve)))"
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


@contextmanager
def burning(count: int) -> Iterator[None]:
    """Busy processes beside what is measured."""
    burners = [subprocess.Popen([sys.executable, "-c", BURN]) for _ in range(count)]
    try:
        yield
    finally:
        for burner in burners:
            burner.kill()
            burner.wait()


@contextmanager
def serving(command: str) -> Iterator[tuple[str, psutil.Process]]:
    """`futian lab` or `futian explore` on a folder of its own: where it answers, and its process."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in ("data", "params"):
            (root / name).symlink_to(ROOT / name)
        (root / "notebooks").mkdir()
        shutil.copy(ROOT / "notebooks" / "explorer.ipynb", root / "notebooks")
        port = free_port()
        options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}"]
        options += [
            *("--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"),
            "--expose-app-in-browser",
        ]
        server = subprocess.Popen(
            [sys.executable, "-m", "futian_model.cli", command, "--", *options],
            cwd=root,
            env=os.environ | {"HOME": folder, "JUPYTER_CONFIG_DIR": str(root / ".jupyter")},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait(f"http://127.0.0.1:{port}/api/status?token={TOKEN}")
            yield f"http://127.0.0.1:{port}", psutil.Process(server.pid)
        finally:
            server.terminate()
            server.wait(20)


def spent(processes: Sequence[psutil.Process]) -> float:
    """Seconds of the processor that processes have had, and those that they waited for."""
    times = [process.cpu_times() for process in processes if process.is_running()]
    return sum(time.user + time.system + time.children_user + time.children_system for time in times)


def first_picture() -> list[str]:
    """Seconds of the processor from `futian explore` to the first picture, medians of some starts."""
    spans: list[tuple[float, float, float]] = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        with serving("explore") as (address, server), sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=CHROMIUM.path(), args=["--no-sandbox"])
            page = chromium.new_page(viewport={"width": 1280, "height": 1000})
            page.goto(f"{address}/?token={TOKEN}")
            page.wait_for_selector(".fx[data-drawn] .fx-chart", timeout=120_000)
            seconds = time.perf_counter() - begun
            behind = [server, *server.children(recursive=True)]
            shown = [
                process
                for process in psutil.Process().children(recursive=True)
                if process not in behind and "chrom" in process.name()
            ]
            spans.append((spent(behind), spent(shown), seconds))
            chromium.close()
    behind_s, shown_s, seconds = map(statistics.median, zip(*spans, strict=True))
    return [
        "| `futian explore` to the first picture | s |",
        "|---|---|",
        f"| processor, server and kernel | {behind_s:.1f} |",
        f"| processor, Chromium from its own start | {shown_s:.1f} |",
        f"| by the clock | {seconds:.1f} |",
    ]


def live_page(steps: int) -> list[str]:
    """A move on the page that computes by itself, from a file without a network."""
    from futian_model import load_evidence, load_scenario
    from futian_model.explorer import Explorer, live

    evidence = load_evidence()
    rows = [
        "| page that computes by itself | kB | median of a move, ms | 95 %, ms |",
        "|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM.path(), args=["--no-sandbox"])
        context = chromium.new_context(viewport={"width": 1280, "height": 1000}, offline=True)
        for name in SCENARIOS:
            explorer = Explorer(load_scenario(name, evidence=evidence), evidence)
            file = Path(folder) / f"{name}.html"
            file.write_text(live.page(explorer, "en", datetime.date.today()), "utf-8")
            page = context.new_page()
            page.goto(f"{file.as_uri()}#growth=path")
            page.wait_for_selector(".fx[data-drawn] .fx-chart")
            times = stepped(
                page, page.locator("[data-section=growth] input[type=range] >> visible=true").nth(1), steps
            )
            late = statistics.quantiles(times, n=20)[-1]
            size = file.stat().st_size / 1000
            rows.append(f"| {name} | {size:.0f} | {median(times):.0f} | {1000 * late:.0f} |")
            page.close()
        chromium.close()
    return rows


def stepped(page: Page, slider: Locator, steps: int) -> list[float]:
    """Seconds of the pictures of a slider that is stepped, one at a time, the first few left out."""
    slider.focus()
    page.evaluate(WATCH)
    for step in range(steps + 5):
        page.keyboard.press("ArrowLeft" if step % 2 else "ArrowRight")
        page.wait_for_function(SETTLED, timeout=60_000)
        page.evaluate(FRAME)
    return pictures(page)[5:]


def browser(steps: int) -> list[str]:
    """Times in JupyterLab."""
    with serving("lab") as (address, _), sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM.path(), args=["--no-sandbox"])
        page = chromium.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(f"{address}/lab/tree/notebooks/explorer.ipynb?token={TOKEN}&reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
        page.wait_for_function(READY, timeout=60_000)
        page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
        page.wait_for_selector(".fx[data-drawn] .fx-chart", timeout=60_000)
        slider = page.locator("[data-section=growth] input[type=range]").nth(1)
        one_by_one = stepped(page, slider, steps)
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
    options.add_argument(
        "--burners", type=int, nargs="+", default=[0, BURNERS], help="busy processes beside it"
    )
    asked = options.parse_args()
    rounds = asked.rounds
    os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    print(f"{os.cpu_count()} processors, 10,000 draws, medians of {rounds}", end="\n\n")
    if CHROMIUM.path():
        print("\n".join(first_picture()), end="\n\n")
    for burners in asked.burners:
        load = f"beside {burners} busy processes" if burners else "with nothing beside it"
        print(f"## {load}, load average {os.getloadavg()[0]:.1f} before", end="\n\n")
        with burning(burners):
            parts = [kernel, *([live_page, browser] if CHROMIUM.path() else [])]
            for part in parts:
                print("\n".join(part(rounds)), end="\n\n", flush=True)
    if not CHROMIUM.path():
        print(f"in a browser: not measured {CHROMIUM.missing}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
