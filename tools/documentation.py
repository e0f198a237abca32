"""Build the documentation, `build/docs/index.html` (`make docs`): offline, a warning is an error.

Pages are those of `docs/`. What a command or the data can tell is made here, never copied by hand:
executed notebooks, the explorer as a page, the dictionary of results, the record. The front pages are the
READMEs.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from pathlib import Path, PurePosixPath

import nbformat
import pandas as pd

import futian_model
from futian_model import cli
from futian_model.cli.listing import questions
from futian_model.evidence import load_evidence
from futian_model.languages import LANGS
from futian_model.report.page.dictionary import COLUMNS, Dictionary, dictionary
from futian_model.report.page.record import record_of, results_of
from futian_model.report.words.sentences import words
from futian_model.results import parameters

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
SOURCE, SITE, EXTRA = BUILD / "docs-source", BUILD / "docs", BUILD / "docs-extra"
PLACES = {"en": Path(), "zh": Path("zh")}
"""Where the pages of a language stand."""
FRONTS = {"en": "README.md", "zh": "README.zh.md"}
COPIED = {
    **{"README.md": "index.md", "README.zh.md": "zh/index.md", "CONTRIBUTING.md": "contributing.md"},
    **{"CHANGELOG.md": "changes.md", "data/README.md": "data.md"},
    **{"examples/nanshan/README.md": "nanshan.md", "examples/nanshan/README.zh.md": "zh/nanshan.md"},
}
"""Pages that stand elsewhere in the repository, and what they are called on the site."""
LINK = re.compile(r"(?<=\]\()(?!\w+:|#)([^)\s]+)(?=\))")
CONTENTS = {
    "First steps": ("start", "howto/install", "questions"),
    "How to": (
        *(
            "howto/scenario",
            "howto/reports",
            "howto/word",
            "howto/explorer",
            "howto/jupyter",
            "howto/figures",
        ),
        *("howto/grid", "howto/cluster", "howto/rounds", "howto/district", "nanshan", "howto/plugins"),
    ),
    "Reference": ("model", "record", "components", "results", "data", "notebooks/index", "api/index"),
    "Project": ("house", "contributing", "changes"),
    "中文": ("zh/index",),
}
"""Pages of the site in order: the first language's, then the door to the other's."""
CHINESE = (
    *("start", "howto/install", "howto/scenario", "howto/reports", "howto/word", "howto/explorer"),
    *("howto/jupyter", "howto/figures", "howto/grid", "howto/cluster", "howto/rounds", "howto/district"),
    *("nanshan", "record", "notebooks/index"),
)
WIDGET = "application/vnd.jupyter.widget-view+json"
EXPLORER = '<p><a href="{up}explorer.{lang}.html">{text}</a></p>'
OPENED = {"en": "Open the explorer as a page of its own", "zh": "打开情景推演的独立网页"}
LOADED = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)=["'](?:https?:)?//[^"']+""")
"""What a page would fetch from elsewhere."""
HORIZONS = (1, 2, 3, 5, 10, 15)
RECORD = {"coverage_50": "50%", "coverage_80": "80%", "coverage_90": "90%"}


def executed(name: str, lang: str) -> pd.DataFrame:
    """A notebook of the project, run as it is in a language and left among the pages; the codes it uses."""
    import papermill

    file = SOURCE / PLACES[lang] / "notebooks" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    papermill.execute_notebook(
        ROOT / "notebooks" / name, file, {"lang": lang}, cwd=ROOT / "notebooks", progress_bar=False
    )
    notebook = nbformat.read(file, as_version=4)
    used = pd.DataFrame(columns=COLUMNS)
    with suppress(LookupError):  # the explorer and the start page keep no results
        used = dictionary(results_of(notebook), record_of(notebook)["names"])
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if WIDGET in output.get("data", {}):
                link = EXPLORER.format(up="../" * len(file.parent.relative_to(SOURCE).parts), **labels(lang))
                output.data = nbformat.from_dict({"text/html": link})
            elif "text/html" in output.get("data", {}):
                output.data = nbformat.from_dict({"text/html": output.data["text/html"]})
    notebook.metadata.pop("widgets", None)
    nbformat.write(notebook, file)
    return used


def labels(lang: str) -> dict[str, str]:
    return {"lang": lang, "text": OPENED[lang]}


def explorers() -> None:
    """The explorer of the built-in trend, a page that works without a kernel, in each language."""
    for lang in LANGS:
        file = EXTRA / f"explorer.{lang}.html"
        assert cli.main(["explore", "--page", str(file), "--lang", lang]) == 0


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown."""
    lines = [list(heads), ["---"] * len(list(heads)), *rows]
    return "".join(f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |\n" for line in lines)


def codes(used: Iterable[pd.DataFrame]) -> str:
    """Every code that a table of results uses, over the reports of all notebooks, by kind."""
    held = pd.concat(used).drop_duplicates(COLUMNS[:3])
    # of cases, the first under each set of parameters: there are many, and they differ in values alone
    of_case = held["kind"] == "case"
    kinds = held["code"].where(~of_case, held["code"].map(lambda code: str([*dict(parameters(code))])))
    held = held[~of_case | ~pd.DataFrame({"kind": held["kind"], "of": kinds}).duplicated()]
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
            f"{int(row.forecasts):,}",
            str(int(row.independent)),
        ]
        for row in rows.sort_values(["horizon", "crps"]).itertuples()
        if row.horizon in HORIZONS
    ]
    heads = {
        "en": ("method", "years ahead", *RECORD.values(), "CRPS, points", "forecasts", "independent spans"),
        "zh": ("方法", "预测年数", *RECORD.values(), "CRPS（百分点）", "预测次数", "独立时段"),
    }
    return table(heads[lang], shown)


def tree(pages: Iterable[str], caption: str = "") -> str:
    """A part of the contents."""
    head = f":caption: {caption}\n" if caption else ""
    return "\n```{toctree}\n:hidden:\n" + head + "\n" + "\n".join(pages) + "\n```\n"


def moved(text: str, file: str, page: str) -> str:
    """A text with its links as they are from its place on the site; what has no page there is named alone."""
    home, place = PurePosixPath(file).parent, PurePosixPath(page).parent

    def link(match: re.Match[str]) -> str:
        path, _, part = match[1].partition("#")
        to = os.path.normpath(home / path)
        there = COPIED.get(to) or (
            str(PurePosixPath(to).relative_to("docs")) if to.startswith("docs/") else None
        )
        assert there is not None or (ROOT / to).exists(), f"{file}: {match[1]}"
        target = os.path.relpath(there, place) if there is not None else f"project:{to}"
        return target + (f"#{part}" if part else "")

    linked = LINK.sub(link, text)
    return re.sub(r"\[([^]]*)\]\(project:([^)]*)\)", r"\1 (`\2`)", linked)


def copied() -> None:
    """The pages that stand elsewhere, the front pages with the contents."""
    for file, page in COPIED.items():
        text = moved((ROOT / file).read_text("utf-8"), file, page)
        if file == FRONTS["en"]:
            text += "".join(tree(pages, caption) for caption, pages in CONTENTS.items())
        elif file == FRONTS["zh"]:
            text += tree(CHINESE)
        (SOURCE / page).write_text(text, "utf-8")


def asked() -> None:
    """Lists of the notebooks by the question that each answers."""
    for lang, heading in (("en", "Notebooks"), ("zh", "笔记本")):
        known = questions()
        lines = "".join(f"- [{getattr(question, lang)}]({question.notebook})\n" for question in known)
        names = ["start", *(question.notebook.removesuffix(".ipynb") for question in known)]
        text = f"# {heading}\n\n{lines}{tree(names)}"
        (SOURCE / PLACES[lang] / "notebooks" / "index.md").write_text(text, "utf-8")


def laid_out(again: bool) -> None:
    """The sources of the site: the pages, and what is made here beside them.

    Parameters
    ----------
    again : bool
        Whether notebooks and what is made of them stay as they are.
    """
    if not again:
        for folder in (SOURCE, SITE, EXTRA):
            shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "docs", SOURCE, dirs_exist_ok=True)
    copied()
    if again:
        return
    EXTRA.mkdir(parents=True)
    (SOURCE / "generated").mkdir()
    classes = "".join(f".. autoclass:: {name}\n" for name in dir(futian_model) if name.endswith("Report"))
    described = f"```{{eval-rst}}\n.. currentmodule:: futian_model\n{classes}```\n"
    (SOURCE / "generated" / "reports.md").write_text(described, "utf-8")
    for lang in LANGS:
        (SOURCE / "generated" / f"record.{lang}.md").write_text(record(lang), "utf-8")
    explorers()
    names = sorted(file.name for file in (ROOT / "notebooks").glob("*.ipynb"))
    with ProcessPoolExecutor(2) as pool:
        used = {lang: list(pool.map(executed, names, [lang] * len(names))) for lang in LANGS}
    asked()
    (SOURCE / "generated" / "codes.md").write_text(codes(used["en"]), "utf-8")


def fetched(site: Path) -> Iterator[str]:
    """What pages would load from elsewhere."""
    for page in sorted(site.rglob("*.html")):
        for address in LOADED.findall(page.read_text("utf-8")):
            yield f"{page.relative_to(site)}: {address}"


def main() -> int:
    from sphinx.cmd.build import build_main

    laid_out(again="--again" in sys.argv)
    status = build_main(["--fail-on-warning", "--keep-going", "--quiet", str(SOURCE), str(SITE)])
    elsewhere = list(fetched(SITE))
    for line in elsewhere:
        print(line, file=sys.stderr)
    return status or int(bool(elsewhere))


if __name__ == "__main__":
    sys.exit(main())
