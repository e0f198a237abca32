"""Charts and tables of a session as data: CSV, and workbooks."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import pandas as pd

from futian_model import files
from futian_model.errors import InputError
from futian_model.evidence.history import observations
from futian_model.explorer import effects, facts
from futian_model.explorer.answers import Answer
from futian_model.explorer.texts import say, words
from futian_model.report.words.numbers import page_styles, writer
from futian_model.scenario.targets import LEVELS as LEVELS_OF
from futian_model.simulation import LEVELS

if TYPE_CHECKING:
    from futian_model.explorer.session import Explorer

VIEWS = ("level", "growth", "difference", "percent")
"""What is drawn: levels, growth on the year before, and the difference from the baseline."""
GOALS, INDEX, CHANGES = "goals", "index", "changes"
"""Tables beside those of the charts, which go by their indicators."""
FORMS = {
    "csv": "text/csv;charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHEET_NAME = 31
"""Characters that the name of a sheet may have."""
PERCENT = 100


def table(explorer: "Explorer", what: str, view: str, lang: str) -> pd.DataFrame:
    """A chart's or a table's data, a row a year, a goal, a lever and result, or a change.

    Parameters
    ----------
    explorer : Explorer
    what : str
        An indicator, ``goals``, ``index`` or ``changes``.
    view : {"level", "growth", "difference", "percent"}
        Of a chart.
    lang : str

    Returns
    -------
    DataFrame
        Columns in words, with their units; shares, growth and chances in per cent.

    Raises
    ------
    InputError
        There is no such table or view.
    """
    names = [*explorer.answer.central, GOALS, INDEX, CHANGES]
    if what not in names:
        raise InputError("table", what, ", ".join(names))
    if view not in VIEWS:
        raise InputError("view", view, ", ".join(VIEWS))
    return {GOALS: goals, INDEX: index, CHANGES: changes}.get(what, _chart(what, view))(explorer, lang)


def _chart(name: str, view: str) -> Any:
    return lambda explorer, lang: chart(explorer, name, view, lang)


def chart(explorer: "Explorer", name: str, view: str, lang: str) -> pd.DataFrame:
    """Lines of a chart, and of levels the quantiles of the current state and what is published."""
    texts = words(lang)
    row = next(row for row in facts.indicators(explorer) if row["name"] == name)
    rule = rule_of(row["rule"], view)
    style, scale = page_styles([rule], [lang])[rule][lang], scale_of(rule, lang)
    bare = row["rule"] != "share" and view in ("level", "difference")
    unit = row["unit"][lang] if bare else style.get("suffix", "").strip()
    lines = {texts["page_current"]: explorer.answer, texts["page_baseline"]: explorer.baseline_answer}
    lines |= {run.name: run.answer for run in explorer.runs}
    columns: dict[str, pd.Series[Any]] = {}
    for label, answer in lines.items():
        if (
            name in answer.central
            and (values := viewed(answer, explorer.baseline_answer, name, view)) is not None
        ):
            columns[headed(label, unit)] = values
    if view == "level":
        quantiles = explorer.answer.quantiles[name]
        for level, path in zip(LEVELS, quantiles, strict=True):
            label = texts.say("column_quantile", level=f"{PERCENT * level:g}").text
            columns[headed(label, unit)] = pd.Series(path, explorer.answer.years)
        settings = explorer.scenario.assumptions
        held = observations(explorer.evidence, name, settings.base_year, settings.horizon, settings.vintage)
        first = settings.base_year - facts.LOOK_BACK
        held = held[held["year"] >= first].drop_duplicates("year").set_index("year")
        columns[headed(texts["column_published"], unit)] = held["value"]
    frame = pd.DataFrame(columns).sort_index() * scale
    return frame.rename_axis(texts["page_unit_year"]).reset_index()


def rule_of(rule: str, view: str) -> str:
    """By which a value of an indicator is written in a view, as the page does."""
    share = rule == "share"
    return {
        "level": rule,
        "growth": "growth_points" if share else "growth",
        "difference": "points" if share else rule,
        "percent": "change_coarse",
    }[view]


def headed(label: str, unit: str) -> str:
    """A column's name with its unit."""
    return f"{label} ({unit})"


def viewed(answer: Answer, baseline: Answer, name: str, view: str) -> "pd.Series[float] | None":
    """A central path as a chart draws it; None where the baseline has none to differ from."""
    path = pd.Series(answer.central[name], answer.years)
    if view == "level":
        return path
    if view == "growth":
        return (path.pct_change() if name in LEVELS_OF else path.diff()).iloc[1:]
    if name not in baseline.central:
        return None
    base = pd.Series(baseline.central[name], baseline.years)
    return ((path / base - 1) if view == "percent" else path - base).dropna()


def goals(explorer: "Explorer", lang: str) -> pd.DataFrame:
    """Goals, their targets, and their chances under both readings."""
    texts, rows = words(lang), []
    runs = {run.name: run for run in explorer.runs}
    beside = {texts["page_baseline"]: facts.goals(explorer.baseline_answer, None, explorer.evidence)}
    beside |= {name: facts.goals(run.answer, None, explorer.evidence) for name, run in runs.items()}
    held = {name: {row["name"]: row for row in rows_of} for name, rows_of in beside.items()}
    for goal in facts.goals(explorer.answer, explorer.evidence_answer, explorer.evidence):
        target, met, gap = None, None, None
        if goal["indicator"]:
            rule = next(row["rule"] for row in facts.indicators(explorer) if row["name"] == goal["indicator"])
            target = writer(rule, lang)(goal["target"])
            gap = -goal["gap"] * scale_of(rule, lang)
            met = texts["page_met" if goal["met"] else "page_missed"]
        others = [held[name].get(goal["name"], {}).get("chance") for name in beside]
        rows.append([goal["label"][lang], target, met, gap, goal["chance"], *others, goal["evidence"]])
    heads = [texts[f"page_head_{head}"] for head in ("goal", "target", "met", "gap", "assumed")]
    heads += [texts.say("column_assumed", run=name).text for name in beside]
    return pd.DataFrame(rows, columns=[*heads, texts["page_head_evidence"]])


def scale_of(rule: str, lang: str) -> float:
    """What a value of the library is multiplied by where it is shown."""
    style = page_styles([rule], [lang])[rule][lang]
    return float(style.get("times", 1)) / float(style.get("over", 1))


def index(explorer: "Explorer", lang: str) -> pd.DataFrame:
    """What a point of each lever does to each result."""
    texts = words(lang)
    rows = [
        [
            row["lever_label"][lang],
            row["result_label"][lang],
            row["year"],
            row["text"][lang],
        ]
        for row in effects.index(explorer)
    ]
    heads = ("page_group_levers", "page_results", "page_unit_year", "column_effect")
    return pd.DataFrame(rows, columns=[texts[head] for head in heads])


def changes(explorer: "Explorer", lang: str) -> pd.DataFrame:
    """What differs from the baseline and what was changed here, of the state and of each run."""
    texts = words(lang)
    rows = [
        [texts["page_current"], text[lang], ""]
        for text in [*facts.differences(explorer), *explorer.changes()]
    ]
    for run in explorer.runs:
        lines = [text[lang] for text in run.changes] or [
            say("page_unmoved", scenario=run.start.title.by_language())[lang]
        ]
        rows += [[run.name, line, run.note] for line in lines]
    heads = ("column_run", "page_changes", "page_note_empty")
    return pd.DataFrame(rows, columns=[texts[head] for head in heads])


def file(explorer: "Explorer", what: Iterable[str], form: str, view: str, lang: str) -> bytes:
    """Tables as a file: a CSV of the first, or a workbook with a sheet each.

    Raises
    ------
    InputError
        There is no such table, view or format.
    """
    tables = {name: table(explorer, name, view, lang) for name in what}
    if form == "csv":
        return files.csv_file(next(iter(tables.values())).to_csv(index=False, lineterminator="\r\n"))
    if form != "xlsx":
        raise InputError("format", form, ", ".join(FORMS))
    stream = io.BytesIO()
    with pd.ExcelWriter(stream, engine="xlsxwriter") as book:
        for name, frame in tables.items():
            frame.to_excel(book, sheet_name=name[:SHEET_NAME], index=False, freeze_panes=(1, 1))
            book.sheets[name[:SHEET_NAME]].autofit()
    return stream.getvalue()


def names(explorer: "Explorer") -> list[str]:
    """Every table there is."""
    return [*explorer.answer.central, GOALS, INDEX, CHANGES]
