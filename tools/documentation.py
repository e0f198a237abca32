"""Build the documentation, `build/docs/index.html` (`make docs`): offline, a warning is an error.

Pages are those of `docs/`. What a command or the data can tell is made here, never copied by hand:
executed notebooks, the explorer as a page, the dictionary of results, the record, the questions.
"""

import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path

import nbformat
import pandas as pd

from futian_model.evidence import load_evidence
from futian_model.languages import LANGS
from futian_model.report.page.dictionary import COLUMNS, Dictionary, dictionary
from futian_model.report.page.record import record_of, results_of
from futian_model.report.words.sentences import words

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
SOURCE, SITE, EXTRA = BUILD / "docs-source", BUILD / "docs", BUILD / "docs-extra"
PLACES = {"en": Path(), "zh": Path("zh")}
"""Where the pages of a language stand."""
WIDGET = "application/vnd.jupyter.widget-view+json"
EXPLORER = '<p><a href="{up}explorer.{lang}.html">{text}</a></p>'
OPENED = {"en": "Open the explorer as a page of its own", "zh": "打开情景推演的独立网页"}
LOADED = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)=["'](?:https?:)?//[^"']+""")
"""What a page would fetch from elsewhere."""
HORIZONS = (1, 2, 3, 5, 10, 15)
RECORD = {"coverage_50": "50%", "coverage_80": "80%", "coverage_90": "90%"}


def executed(name: str, lang: str) -> str:
    """A notebook of the project, run as it is in a language; the name of the file it is left in."""
    import papermill

    file = SOURCE / PLACES[lang] / "notebooks" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(
        ROOT / "notebooks" / name, file, {"lang": lang}, cwd=ROOT / "notebooks", progress_bar=False
    )
    notebook = nbformat.read(file, as_version=4)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if WIDGET in output.get("data", {}):
                link = EXPLORER.format(up="../" * len(file.parent.relative_to(SOURCE).parts), **labels(lang))
                output.data = nbformat.from_dict({"text/html": link})
    notebook.metadata.pop("widgets", None)
    nbformat.write(notebook, file)
    return str(file)


def labels(lang: str) -> dict[str, str]:
    return {"lang": lang, "text": OPENED[lang]}


def explorers() -> None:
    """The explorer of the built-in trend, a page that works without a kernel, in each language."""
    from futian_model.explorer import Explorer
    from futian_model.explorer.page import standalone
    from futian_model.scenario import load_scenario

    evidence = load_evidence()
    for lang in LANGS:
        explorer = Explorer(load_scenario("evidence_trend", evidence=evidence), evidence, draws=4000)
        (EXTRA / f"explorer.{lang}.html").write_text(standalone(explorer, lang), "utf-8")


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown."""
    lines = [list(heads), ["---"] * len(list(heads)), *rows]
    return "".join(f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |\n" for line in lines)


def codes(files: Iterable[str]) -> str:
    """Every code that a table of results uses, over the reports of all notebooks, by kind."""
    parts = []
    for file in files:
        notebook = nbformat.read(file, as_version=4)
        with suppress(LookupError):  # the explorer and the start page keep no results
            parts.append(dictionary(results_of(notebook), record_of(notebook)["names"]))
    held = pd.concat(parts).drop_duplicates(COLUMNS[:3])
    text = []
    for kind, rows in held.groupby("kind", sort=False):
        reading = ["reading"] if rows["reading"].any() else []
        shown = rows.sort_values([*reading, "code"])[[*reading, "code", "name_en", "name_zh"]]
        text.append(f"## {str(kind).replace('_', ' ').capitalize()}\n\n")
        marked = shown.assign(**{name: "`" + shown[name] + "`" for name in [*reading, "code"]})
        text.append(table([*reading, "code", "English", "中文"], marked.to_numpy().tolist()) + "\n")
    return "".join(text)


def record(lang: str) -> str:
    """How often the bands of each method held the mean growth of all economies, by horizon."""
    evidence = load_evidence()
    rows = evidence.record.query("quantity == 'real_gdp_growth' and panel == 'economies' and origin == 'all'")
    called = Dictionary(words(lang), {})
    shown = [
        [
            called.value("method", str(row.method)),
            str(row.horizon),
            *(f"{100 * getattr(row, column):.0f}%" for column in RECORD),
            f"{100 * row.crps:.2f}",
            f"{row.forecasts:,}",
            str(row.independent),
        ]
        for row in rows.sort_values(["horizon", "crps"]).itertuples()
        if row.horizon in HORIZONS
    ]
    heads = {
        "en": ("method", "years ahead", *RECORD.values(), "CRPS, points", "forecasts", "independent spans"),
        "zh": ("方法", "预测年数", *RECORD.values(), "CRPS（百分点）", "预测次数", "独立时段"),
    }
    return table(heads[lang], shown)


def laid_out() -> None:
    """The sources of the site: the pages, and what is made here beside them."""
    for folder in (SOURCE, SITE, EXTRA):
        shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", SOURCE)
    EXTRA.mkdir(parents=True)
    (SOURCE / "generated").mkdir()
    shutil.copy(ROOT / "CHANGELOG.md", SOURCE / "generated" / "changes.md")
    for lang in LANGS:
        (SOURCE / "generated" / f"record.{lang}.md").write_text(record(lang), "utf-8")
    explorers()
    names = sorted(file.name for file in (ROOT / "notebooks").glob("*.ipynb"))
    with ProcessPoolExecutor(2) as pool:
        files = {lang: list(pool.map(executed, names, [lang] * len(names))) for lang in LANGS}
    (SOURCE / "generated" / "codes.md").write_text(codes(files["en"]), "utf-8")


def fetched(site: Path) -> Iterator[str]:
    """What pages would load from elsewhere."""
    for page in sorted(site.rglob("*.html")):
        for address in LOADED.findall(page.read_text("utf-8")):
            yield f"{page.relative_to(site)}: {address}"


def main() -> int:
    from sphinx.cmd.build import build_main

    if "--again" not in sys.argv:
        laid_out()
    else:
        shutil.copytree(ROOT / "docs", SOURCE, dirs_exist_ok=True)
    status = build_main(["--fail-on-warning", "--keep-going", "--quiet", str(SOURCE), str(SITE)])
    elsewhere = list(fetched(SITE))
    for line in elsewhere:
        print(line, file=sys.stderr)
    return status or bool(elsewhere)


if __name__ == "__main__":
    sys.exit(main())
