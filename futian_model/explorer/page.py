"""The explorer's page by itself: one file that opens offline, with a choice among scenarios."""

import base64
import json
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from futian_model.explorer import facts
from futian_model.explorer.session import numbers
from futian_model.explorer.texts import Label, page_texts, say
from futian_model.languages import LANGS
from futian_model.report.page.display import CHARTS, NUMBERS, template_file
from futian_model.report.writers.html import GENERATOR, allowed
from futian_model.scenario import Scenario

if TYPE_CHECKING:
    from futian_model.explorer.session import Explorer

START = (
    "\nfixed(document.getElementById('page'), JSON.parse(document.getElementById('carried').textContent));\n"
)


def script() -> str:
    """The page's script, after those it shares with the reports."""
    return "".join(map(template_file, (NUMBERS, CHARTS))) + asset("room.js") + asset("explorer.js")


def asset(name: str) -> str:
    """A file of the page as it is."""
    return (files("futian_model.explorer") / "static" / name).read_text("utf-8")


def standalone(explorer: "Explorer", lang: str) -> str:
    """The page as it stands: the current state, the kept runs and the baseline to choose from.

    Charts, values under the pointer, views and both languages work without a kernel or a network.
    """
    run = script() + START
    head = page_texts()[lang]["title"].replace("{place}", facts.layout(explorer)["place"][lang])
    data = json.dumps(carried(explorer, lang), ensure_ascii=False, separators=(",", ":"))
    data = data.replace("<", "\\u003c")
    policy = (
        f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src {allowed([run])};"
        " base-uri 'none'; form-action 'none'"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n{GENERATOR}\n'
        f"<title>{escape(head)}</title>\n<style>body{{margin:0}}{asset('explorer.css')}</style>\n</head>\n"
        '<body>\n<main id="page"></main>\n'
        f'<script type="application/json" id="carried">{data}</script>\n'
        f'<script type="module">{Markup(run)}</script>\n</body>\n</html>\n'
    )


def carried(explorer: "Explorer", lang: str) -> dict[str, Any]:
    """What the page shows: the current state first, then the runs, and the baseline."""
    shown = [outcome(explorer, explorer, title(explorer), explorer.changes(), explorer.space.start)]
    for run in explorer.runs:
        shown.append(outcome(explorer, run, dict.fromkeys(LANGS, run.name), run.changes, run.start))
    return {
        "lang": lang,
        "layout": facts.layout(explorer),
        "baseline": text(numbers(explorer.baseline_answer)),
        "answers": shown,
    }


def title(explorer: "Explorer") -> Label:
    """Of the current state: the scenario it started from, and whether it was moved."""
    start = explorer.space.start.title.by_language()
    return say("moved_title", scenario=start) if explorer.changes() else start


def outcome(
    explorer: "Explorer", shown: facts.Outcome, named: Label, changes: Sequence[Label], start: Scenario
) -> dict[str, Any]:
    """One choice of the page."""
    head = facts.outcome(shown, explorer.evidence, changes)
    return head | {"title": named, "start": facts.named(start), "numbers": text(numbers(shown.answer))}


def text(content: bytes) -> str:
    """Numbers as a page carries them."""
    return base64.b64encode(content).decode("ascii")
