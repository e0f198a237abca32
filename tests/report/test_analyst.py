"""What an analyst adds to the notebook, run in a real kernel: it comes along, without its code."""

import base64
import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from futian_model.batch.execution import execute
from futian_model.report import export

CELLS = {
    "table": "import pandas as pd\npd.DataFrame({'街道': ['莲花', '华强北'], '占比': [0.25, 0.75]})",
    "styled": "pd.DataFrame({'a': [1.25]}).style.format('{:.1f}')",
    "series": "pd.Series([3.5, 4.5], name='b')",
    "figure": "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.plot([1, 2])\nplt.show()",
    "described": "display(fig, metadata={'image/png': {'alt': '一条\"线\" <b>'}})",
    "printed": "import sys\nprint('a < b')\nprint('warned', file=sys.stderr)",
    "html": (
        "from IPython.display import HTML\n"
        "HTML('<p onclick=\"evil()\">told<script>alert(1)</script><style>p{color:red}</style></p>')"
    ),
    "hidden": "print('for the notebook alone')",
}
MARKDOWN = "## 我的补充\n\n**要点** `x < 1`\n\n- 一\n- 二\n\n| 年 | 值 |\n|---|---|\n| 2021 | 3 |\n"
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGP4z8DwHwAFAAH/iZk9HQAAAABJRU5ErkJggg=="


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    folder = tmp_path_factory.mktemp("analyst")
    code = [
        new_code_cell(source, metadata={"tags": ["notebook-only"] if name == "hidden" else []})
        for name, source in CELLS.items()
    ]
    first = new_code_cell("lang: str = 'zh'", metadata={"tags": ["parameters"]})
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = new_notebook(cells=[first, new_markdown_cell(MARKDOWN), *code], metadata={"kernelspec": kernel})
    nbformat.write(made, folder / "analyst.ipynb")
    return execute(folder / "analyst.ipynb", {}, folder, name="analyst.ipynb")


@pytest.fixture(scope="module")
def shown(executed: NotebookNode) -> str:
    html = export(executed, "html", "题目").content.decode()
    return html[html.index("<body>") : html.index("</main>")]


def test_text_tables_and_prints_come_along(shown: str) -> None:
    assert "<h2>我的补充</h2>" in shown
    assert "<strong>要点</strong> <code>x &lt; 1</code>" in shown
    assert "<li>二</li>" in shown
    assert shown.count("<td>莲花</td>") == shown.count("<td>0.75</td>") == 1
    assert re.search(r"<td>2021</td>\s*<td>3</td>", shown)
    assert re.search(r"<td[^>]*>1\.2</td>", shown)
    assert "<pre>0    3.5\n1    4.5\nName: b, dtype: float64</pre>" in shown
    assert "<pre>a &lt; b\n</pre>" in shown
    assert "<p>told" in shown


def test_pictures_come_along_with_their_description(executed: NotebookNode, shown: str) -> None:
    drawn = [
        output.data["image/png"].strip()
        for cell in executed.cells
        for output in cell.get("outputs", [])
        if "image/png" in output.get("data", {})
    ]
    found = re.findall(r'<img src="data:image/png;base64,([^"]+)" alt="([^"]*)">', shown)
    assert [base64.b64decode(data) for data, _ in found] == [base64.b64decode(data) for data in drawn]
    assert [alt for _, alt in found] == ["笔记本中的图，未附说明", "一条&#34;线&#34; &lt;b&gt;"]


def test_code_warnings_and_what_is_tagged_stay_behind(shown: str) -> None:
    for gone in ("import ", "plt.", "pd.DataFrame", "lang:", "warned", "for the notebook alone"):
        assert gone not in shown
    for harmful in ("<script", "onclick", "<style", "javascript:"):
        assert harmful not in shown


def test_rules_and_scripts_are_not_printed_as_text(shown: str) -> None:
    assert "alert(1)" not in shown
    assert "color:red" not in shown
    # pandas sends these with every table
    assert "vertical-align" not in shown


@pytest.mark.parametrize("link", ["attachment:a.png", f"data:image/png;base64,{PIXEL}"])
def test_a_picture_pasted_into_markdown_comes_along(link: str) -> None:
    pasted = new_markdown_cell(f"![街道图]({link})", attachments={"a.png": {"image/png": PIXEL}})
    html = export(new_notebook(cells=[pasted]), "html", "题目").content.decode()
    assert re.findall(r'<img src="data:image/png;base64,([^"]+)" alt="街道图">', html) == [PIXEL]


@pytest.mark.parametrize(
    "cell",
    [
        new_markdown_cell("![](attachment:a.png)", attachments={"a.png": {"image/png": PIXEL}}),
        new_code_cell(
            "",
            outputs=[
                new_output("display_data", {"text/html": f"<p><img src='data:image/png;base64,{PIXEL}'></p>"})
            ],
        ),
    ],
    ids=["Markdown", "HTML"],
)
def test_a_picture_without_words_is_said_to_have_none(cell: NotebookNode) -> None:
    html = export(new_notebook(cells=[cell]), "html", "题目").content.decode()
    (tag,) = re.findall(r"<img [^>]*>", html)
    assert 'alt="笔记本中的图，未附说明"' in tag
    assert tag.count("alt=") == 1


def test_a_picture_from_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    text = "![图](http://127.0.0.1/a.png) [档](data:text/html,x) <a href='file:///etc/passwd'>f</a>"
    html = export(new_notebook(cells=[new_markdown_cell(text)]), "html", "题目").content.decode()
    assert not re.search(r"127\.0\.0\.1|data:text|file:", html)
    assert "default-src 'none'; img-src data:" in html
