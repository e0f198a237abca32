"""The export menu of a real JupyterLab: a report with an analyst's own cells, in every format."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from playwright.sync_api import Browser, Page
from served import JUPYTER, TOKEN, served

from futian_model.project import find_project
from futian_model.report import FORMATS
from futian_model.report.page.carried import unpack

pytestmark = pytest.mark.thorough

OWN = [
    new_markdown_cell("## 我的补充\n\n街道数据尚待**核对**。"),
    new_code_cell("import pandas as pd\n\npd.DataFrame({'街道': ['莲花', '香蜜湖'], '占比': [0.75, 0.25]})"),
    new_code_cell(
        "import matplotlib.pyplot as plt\n\nfigure, axes = plt.subplots()\naxes.plot([1, 2], [3, 5])\nNone"
    ),
]
ENTRY = ".lm-Menu-item"


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a JupyterLab whose folder holds the report with an analyst's cells."""
    root = tmp_path_factory.mktemp("lab")
    notebook = nbformat.read(find_project().notebooks / "scenario_report.ipynb", 4)
    for cell in notebook.cells:
        cell.source = cell.source.replace("draws: int = None", "draws: int = 200")
    notebook.cells[-2:-2] = OWN
    nbformat.write(notebook, root / "own.ipynb")
    settings = root / ".jupyter" / "labconfig" / "page_config.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        json.dumps({"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}})
    )
    with served(root, "jupyter", "lab", *JUPYTER, f"--ServerApp.root_dir={root}") as found:
        yield found.address


@pytest.fixture(scope="module")
def page(lab: str, browser: Browser) -> Iterator[Page]:
    """The notebook open in JupyterLab, every cell run and saved."""
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.goto(f"{lab}/lab/tree/own.ipynb?token={TOKEN}&reset")
    opened.wait_for_selector(".jp-Notebook .jp-Cell", timeout=60_000)
    ready = "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel"
    opened.wait_for_function(ready, timeout=60_000)
    opened.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
    # the last cell shows nothing but that its block is there
    opened.wait_for_function(
        "window.jupyterapp.shell.currentWidget.content.widgets.at(-1).model.outputs.length > 0",
        timeout=120_000,
    )
    opened.evaluate("window.jupyterapp.commands.execute('docmanager:save')")
    opened.wait_for_function("!window.jupyterapp.shell.currentWidget.context.model.dirty", timeout=20_000)
    yield opened
    opened.close()


def exports(page: Page) -> None:
    """Open the menu of exports."""
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.locator(".lm-MenuBar-item", has_text="File").click()
    page.locator(ENTRY, has_text="Save and Export Notebook As").hover()
    page.locator(ENTRY, has_text=f"Futian_{next(iter(FORMATS))}").wait_for(timeout=20_000)


@pytest.mark.parametrize("form", FORMATS)
def test_the_menu_gives_the_whole_report_with_the_analysts_cells(
    page: Page, form: str, tmp_path: Path
) -> None:
    exports(page)
    with page.expect_download(timeout=60_000) as downloaded:
        page.locator(ENTRY, has_text=f"Futian_{form}").click()
    file = tmp_path / f"own.{form}"
    downloaded.value.save_as(file)
    content = file.read_bytes()
    if zipfile.is_zipfile(file) and form == "md":  # its pictures beside it, as Jupyter sends several files
        with zipfile.ZipFile(file) as packed:
            content = packed.read(next(name for name in packed.namelist() if name.endswith(".md")))
    module = FORMATS[form].writer
    told = "\n".join(module.seen(content))
    for own in ("我的补充", "核对", "香蜜湖", "0.75"):
        assert own in told
    packed = module.carried(content)
    assert packed is not None
    assert len(unpack(packed).cells) > len(OWN)
