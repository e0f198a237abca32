"""The notebooks as one guided set: a start page that links them, and a way from question to question."""

import base64
import json
import re
from pathlib import Path

import pytest
from nbconvert.exporters import HTMLExporter, MarkdownExporter, get_exporter

from futian_model.project import find_project
from futian_model.scenario import builtin_scenarios

PROJECT = find_project(Path(__file__).parent)
NOTEBOOKS = {file.name: json.loads(file.read_text("utf-8")) for file in PROJECT.notebooks.glob("*.ipynb")}
LINK = re.compile(r"\[[^]]+\]\(([\w.]+)\)")


def words(name, place):
    return "".join(
        [cell for cell in NOTEBOOKS[name]["cells"] if cell["cell_type"] == "markdown"][place]["source"]
    )


def test_the_start_page_links_every_notebook_in_both_languages():
    linked = LINK.findall(words("start.ipynb", 0))
    others = set(NOTEBOOKS) - {"start.ipynb"}
    assert sorted(linked) == sorted([*others, *others])


def test_the_way_from_question_to_question_visits_every_notebook_once():
    order, here = [], "start.ipynb"
    while here not in order:
        order.append(here)
        (here,) = set(LINK.findall(words(here, -1)))
    assert here == "start.ipynb"
    assert sorted(order) == sorted(NOTEBOOKS)
    # and in the order in which the start page lists them
    assert order[1:] == LINK.findall(words("start.ipynb", 0))[: len(order) - 1]


@pytest.mark.parametrize("name", sorted(set(NOTEBOOKS) - {"start.ipynb"}))
def test_a_notebook_opens_with_its_question_in_both_languages(name):
    first = words(name, 0)
    assert re.match(r"# .*[\u4e00-\u9fff].* · [A-Z]", first)
    assert "？" in first


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_start_page_lists_the_scenarios(papermilled, lang):
    notebook = papermilled("start.ipynb", lang=lang)
    told = str([cell.get("outputs") for cell in notebook.cells])
    assert all(file.stem in told for file in builtin_scenarios(PROJECT))
    assert ("现有数据趋势" if lang == "zh" else "Evidence trend") in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_explorer_is_one_call(papermilled, lang):
    notebook = papermilled("explorer.ipynb", lang=lang, scenario="plan_targets")
    (output,) = notebook.cells[-2].outputs
    view = output["data"]["application/vnd.jupyter.widget-view+json"]
    states = notebook.metadata["widgets"]["application/vnd.jupyter.widget-state+json"]["state"]
    state = states[view["model_id"]]["state"]
    assert state["lang"] == lang
    assert state["picture"].startswith("<svg")  # for a page that holds the widget and has no kernel
    # where the notebook holds no state of widgets, nbconvert shows the picture, else the widget
    picture, goals = output["data"]["image/png"].strip(), ("50%", "11%")
    assert all(goal in output["data"]["text/plain"] for goal in goals)
    embedded = f"data:image/png;base64,{picture}"
    assert embedded not in HTMLExporter().from_notebook_node(notebook)[0]
    assert embedded in get_exporter("futian-html")().from_notebook_node(notebook)[0]
    del notebook.metadata["widgets"]
    assert embedded in HTMLExporter().from_notebook_node(notebook)[0]
    page, resources = MarkdownExporter().from_notebook_node(notebook)
    (name,) = re.findall(r"!\[png\]\((.*)\)", page)
    assert resources["outputs"][name] == base64.b64decode(picture)
