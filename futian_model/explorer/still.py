"""A picture of the session for where no page is live: GDP and the goals, as exports of a notebook show it."""

import pandas as pd

from futian_model.charts import FanWords, drawable, fan
from futian_model.charts.chart import Chart
from futian_model.explorer import facts
from futian_model.explorer.session import Explorer
from futian_model.explorer.tables import unit_of
from futian_model.explorer.texts import say, words
from futian_model.report.sections.fan_sentences import band_names, marked
from futian_model.report.words import Number
from futian_model.report.words.axes import on_axis
from futian_model.simulation.frames import QUANTILES

SHOWN = "real_gdp"


def still(explorer: Explorer, lang: str) -> Chart:
    """Path and bands of GDP in the current state, the baseline, what was published, and the plan's goals.

    Below it stand all goals, each with the paths that meet it.
    """
    texts, answer, base = words(lang), explorer.answer, explorer.baseline_answer
    row = next(row for row in facts.indicators(explorer) if row["name"] == SHOWN)
    goals = facts.goals(answer, explorer.evidence_answer, explorer.evidence)
    scenario = explorer.space.start.title.by_language()
    title = say("moved_title", scenario=scenario) if explorer.changes() else scenario
    met = [f"{goal['label'][lang]} {goal['chance']}" for goal in goals if goal["chance"]]
    below = f"{texts['page_head_assumed']}{texts['page_colon']}{texts['page_separator'].join(met)}"
    known = facts.history(explorer)[SHOWN]
    aims = [
        (goal["year"], Number(goal["target"], row["rule"])) for goal in goals if goal["indicator"] == SHOWN
    ]

    def drawn(table: pd.DataFrame, *columns: str) -> pd.DataFrame:
        return on_axis(table, row["rule"], lang, columns or ("value",))

    path = pd.DataFrame({"year": base.years, "value": base.central[SHOWN]})
    bands = pd.DataFrame(answer.quantiles[SHOWN].T, columns=QUANTILES)
    return fan(
        drawn(bands.assign(year=answer.years, central=answer.central[SHOWN]), *QUANTILES, "central"),
        words=FanWords(
            title=drawable(title[lang]),
            subtitle=f"{row['label'][lang]}{texts['page_comma']}{unit_of(row, 'level', lang)}",
            source=drawable(below),
            alt=drawable(f"{title[lang]}{texts['page_colon']}{below}"),
            scenario=texts["page_current"],
            bands=band_names(lang),
            history=texts["column_published"],
            reference=texts["page_baseline"],
            before=texts["page_edge_before"],
            after=texts["page_edge_after"],
        ),
        history=drawn(pd.DataFrame(known, columns=["year", "value", "known"]).astype({"known": bool})),
        goals=drawn(marked(texts, aims)),
        reference=drawn(path[path["year"] >= facts.edge(explorer.baseline, explorer.evidence)]),
        edge=facts.edge(explorer.scenario, explorer.evidence),
    )
