"""Charts and tables of a session as data: CSV, and workbooks."""

import io
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from futian_model import files
from futian_model.errors import InputError
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
GOALS, RUNS, INDEX, CHANGES = "goals", "runs", "index", "changes"
"""Tables beside those of the charts, which go by their indicators."""
FORMS = {
    "csv": "text/csv;charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHEET_NAME = 31
"""Characters that the name of a sheet may have."""
PERCENT = 100


def table(explorer: "Explorer", what: str, view: str, lang: str) -> pd.DataFrame:
    """A chart's or a table's data, a row a year, a goal, a run, a lever and result, or a change.

    Parameters
    ----------
    explorer : Explorer
    what : str
        An indicator, ``goals``, ``runs``, ``index`` or ``changes``.
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
    if what not in names(explorer):
        raise InputError("table", what, ", ".join(names(explorer)))
    if view not in VIEWS:
        raise InputError("view", view, ", ".join(VIEWS))
    tables = {GOALS: goals, RUNS: runs, INDEX: index, CHANGES: changes}
    return tables[what](explorer, lang) if what in tables else chart(explorer, what, view, lang)


def chart(explorer: "Explorer", name: str, view: str, lang: str) -> pd.DataFrame:
    """Lines of a chart, and of levels and growth the quantiles of the current state and what is published."""
    texts = words(lang)
    row = row_of(explorer, name)
    unit, scale = unit_of(row, view, lang), scale_of(rule_of(row["rule"], view), lang)
    lines = {texts["page_current"]: explorer.answer, texts["page_baseline"]: explorer.baseline_answer}
    lines |= {run.name: run.answer for run in explorer.runs}
    columns: dict[str, pd.Series[Any]] = {}
    for label, answer in lines.items():
        if (
            name in answer.central
            and (values := viewed(answer, explorer.baseline_answer, name, view)) is not None
        ):
            columns[headed(label, unit)] = values
    if view in ("level", "growth"):
        answer, level = explorer.answer, view == "level"
        spread = (answer.quantiles if level else answer.growth)[name]
        for share, path in zip(LEVELS, spread, strict=True):
            label = texts.say("column_quantile", level=f"{PERCENT * share:g}").text
            columns[headed(label, unit)] = pd.Series(path, answer.years[-len(path) :])
        published = (facts.history if level else facts.grown)(explorer).get(name, [])
        column = pd.Series({int(at): value for at, value, _ in published}, dtype=float)
        columns[headed(texts["column_published"], unit)] = column
    frame = pd.DataFrame(columns).sort_index() * scale
    return frame.rename_axis(texts["page_unit_year"]).reset_index()


def row_of(explorer: "Explorer", name: str) -> dict[str, Any]:
    """What is said of an indicator that is drawn."""
    return next(row for row in facts.indicators(explorer) if row["name"] == name)


def unit_of(row: Mapping[str, Any], view: str, lang: str) -> str:
    """The unit of an indicator in a view."""
    if row["rule"] != "share" and view in ("level", "difference"):
        return str(row["unit"][lang])
    rule = rule_of(row["rule"], view)
    return str(page_styles([rule], [lang])[rule][lang].get("suffix", "")).strip()


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
    texts, rows, (own, *others) = words(lang), [], sides(explorer, lang)
    for name, goal in own.goals.items():
        target, met = None, None
        if goal["indicator"]:
            target = writer(row_of(explorer, goal["indicator"])["rule"], lang)(goal["target"])
            met = texts["page_met" if goal["met"] else "page_missed"]
        chances = [side.goals.get(name, {}).get("chance") for side in (own, *others)]
        rows.append(
            [goal["label"][lang], target, met, beyond(explorer, goal, lang), *chances, goal["evidence"]]
        )
    heads = [texts[f"page_head_{head}"] for head in ("goal", "target", "met", "gap", "assumed")]
    heads += [texts.say("column_assumed", run=side.name).text for side in others]
    return pd.DataFrame(rows, columns=[*heads, texts["page_head_evidence"]])


def runs(explorer: "Explorer", lang: str) -> pd.DataFrame:
    """The current state, the baseline and every run by goals: how far each is beyond, and how many paths."""
    texts, every = words(lang), sides(explorer, lang)
    columns: dict[str, list[Any]] = {texts["column_run"]: [side.name for side in every]}
    for name, goal in every[0].goals.items():
        head, held = f"{goal['label'][lang]}{texts['page_colon']}", [side.goals.get(name) for side in every]
        if goal["indicator"]:
            unit = unit_of(row_of(explorer, goal["indicator"]), "difference", lang)
            gaps = [beyond(explorer, other, lang) for other in held]
            columns[headed(head + texts["page_head_gap"], unit)] = gaps
        columns[head + texts["page_head_assumed"]] = [other and other["chance"] for other in held]
    return pd.DataFrame(columns | {texts["page_note_empty"]: [side.note for side in every]})


class Side(NamedTuple):
    """Of what goals are judged, by their names, and what is written on it."""

    name: str
    goals: dict[str, dict[str, Any]]
    note: str = ""


def sides(explorer: "Explorer", lang: str) -> list[Side]:
    """The current state, the baseline, and every run."""
    texts = words(lang)

    def by_name(answer: Answer, apart: Answer | None = None) -> dict[str, dict[str, Any]]:
        return {goal["name"]: goal for goal in facts.goals(answer, apart, explorer.evidence)}

    return [
        Side(texts["page_current"], by_name(explorer.answer, explorer.evidence_answer)),
        Side(texts["page_baseline"], by_name(explorer.baseline_answer)),
        *(Side(run.name, by_name(run.answer), run.note) for run in explorer.runs),
    ]


def beyond(explorer: "Explorer", goal: Mapping[str, Any] | None, lang: str) -> float | None:
    """How far a central path is beyond a goal, below zero short of it; None without a goal of its own."""
    if goal is None or not goal["indicator"]:
        return None
    return float(-goal["gap"] * scale_of(row_of(explorer, goal["indicator"])["rule"], lang))


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
    return [*explorer.answer.central, GOALS, RUNS, INDEX, CHANGES]
