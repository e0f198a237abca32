"""What an analyst adds, as people have it: shown in every format, or told of with its cell."""

import base64
import io
import re
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

from futian_model.report import FORMATS, export
from futian_model.report.page.carried import unpack
from futian_model.report.page.held import whole
from futian_model.report.page.outputs import document
from futian_model.report.verify import edited


def picture(form: str = "PNG", colour: str = "green") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 20), colour).save(out, form)
    return out.getvalue()


def text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def output(**data: Any) -> NotebookNode:
    named = {"html": "text/html", "latex": "text/latex", "plain": "text/plain", "markdown": "text/markdown"}
    return new_output("display_data", {named.get(kind, kind): content for kind, content in data.items()})


def coded(*outputs: NotebookNode, source: str = "show()") -> NotebookNode:
    return new_code_cell(source, outputs=list(outputs), execution_count=1)


ATTACHED = {name: {"image/png": text(picture())} for name in ("image.png", "截图.png", "my pic.png")}
WIDGET = "application/vnd.jupyter.widget-view+json"
SLIDER = {"model_name": "IntSliderModel", "state": {"description": "年份", "value": 2026}}
LATEX = r"$g=\frac{Y_t}{Y_{t-1}}-1$"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A notebook's folder inside a project."""
    for name, form in (("pic.png", "PNG"), ("图 片.gif", "GIF"), ("photo.webp", "WEBP")):
        (tmp_path / "notebooks" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "notebooks" / name).write_bytes(picture(form))
    (tmp_path / "above.png").write_bytes(picture())
    return tmp_path / "notebooks"


@pytest.fixture
def own(folder: Path) -> NotebookNode:
    """A notebook with all that can be shown."""
    words = f"""增速 {LATEX}，人均

$$\\text{{增速}}=\\sum_{{i=1}}^n w_i$$

- [x] 完成
- [ ] 待办
"""
    pictures = "\n\n".join(
        [
            *("![a](pic.png)", "![b](图%20片.gif)", "![c](../above.png)", '<img src="attachment:image.png">'),
            *(
                "![d](attachment:截图.png)",
                "![e](attachment:my%20pic.png)",
                "[![f](photo.webp)](https://a.b)",
            ),
        ]
    )
    shown = [
        output(latex=r"$\displaystyle \frac{a}{b}$", plain="<IPython.core.display.Latex object>"),
        new_output("display_data", {"application/json": {"年": [1]}, "text/plain": "<JSON object>"}),
        new_output("display_data", {WIDGET: {"model_id": "m"}, "text/plain": "IntSlider(value=2026)"}),
        output(html='<img src="pic.png">'),
        output(markdown="![](pic.png)"),
    ]
    cells = [new_markdown_cell(words), new_markdown_cell(pictures, attachments=ATTACHED), coded(*shown)]
    state = {"application/vnd.jupyter.widget-state+json": {"state": {"m": SLIDER}}}
    return whole(new_notebook(cells=cells, metadata={"widgets": state}), folder)


@pytest.mark.parametrize("form", FORMATS)
def test_what_people_write_is_shown_in_every_format(own: NotebookNode, form: str, tmp_path: Path) -> None:
    written = export(own, form)
    assert written.warnings == ()
    writer = FORMATS[form].writer
    words = "\n".join(writer.seen(written.content))
    formulas = {"html": 3, "docx": 3, "xlsx": 3, "pdf": 0, "md": 0}[form]  # on paper they are words
    if form != "pdf":
        assert len(writer.pictures(written.content)) == 9 + formulas
    for told in ("☑ 完成", "☐ 待办", '"年"', "年份 2026"):
        assert told in words
    for source in ("object>", "IntSlider", "attachment:"):
        assert source not in words
    # what it carries makes it again, without the folder
    for name, content in written.beside.items():
        (tmp_path / name).write_bytes(content)
    assert edited(written.content, unpack(writer.carried(written.content) or ""), form, tmp_path) == []


def test_a_formula_is_drawn_and_read_out(own: NotebookNode) -> None:
    page = export(own, "html", "a").content.decode()
    (shown,) = re.findall(r'<img src="(data:image/svg[^"]+)" alt="\$g=', page)
    assert b"<path" in base64.b64decode(shown.partition(",")[2])
    assert LATEX in export(own, "md", "a").content.decode()


LOST: dict[str, NotebookNode] = {
    "no such file": new_markdown_cell("![a](gone.png)"),
    "a file outside": new_markdown_cell("![a](../../other/secret.png)"),
    "no such attachment": new_markdown_cell("![a](attachment:%E6%88%AA.png)"),
    "another site": new_markdown_cell("![a](https://example.com/a.png)"),
    "a formula of several lines": new_markdown_cell(r"$\begin{cases}a\end{cases}$"),
    "a frame": new_markdown_cell("<iframe src='https://example.com'></iframe>"),
    "a script": coded(output(html="<script>draw()</script>")),
    "a program": coded(
        new_output("display_data", {"application/javascript": "1", "text/plain": "<J object>"})
    ),
    "a widget without its state": coded(new_output("display_data", {WIDGET: {"model_id": "x"}})),
    "a broken picture": coded(new_output("display_data", {"image/png": text(b"\x89PNG nothing")})),
    "letters that are boxes": coded(
        new_output("stream", name="stderr", text="UserWarning: Glyph 31119 missing from font(s) DejaVu Sans.")
    ),
}


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
def test_what_cannot_be_shown_is_told_with_its_cell(lost: NotebookNode, folder: Path) -> None:
    (folder.parent.parent / "other").mkdir(exist_ok=True)
    (folder.parent.parent / "other" / "secret.png").write_bytes(picture())
    notebook = whole(new_notebook(cells=[new_markdown_cell("题"), lost]), folder)
    told = document(notebook).warnings
    assert len(told) == 1
    assert told[0].startswith("cell 2 (")


def test_cells_that_were_not_run_in_order_are_told() -> None:
    cells = [coded(output(plain=str(at)), source=f"show({at})") for at in range(3)]
    for cell, count in zip(cells, (5, 3, None), strict=True):
        cell.execution_count = count
    cells[2].outputs = []
    assert document(new_notebook(cells=cells)).warnings == (
        "cell 2 (show(1)): was run before a cell above it, and may show what no longer holds",
        "cell 3 (show(2)): has not been run",
    )


def test_charts_beside_the_reports_have_its_chinese_letters(tmp_path: Path) -> None:
    """In a kernel, since a chart is drawn with what the notebook has loaded."""
    import nbformat

    from futian_model.batch.execution import execute

    chart = (
        "import matplotlib.pyplot as plt\nplt.style.use('default')\n",
        "fig, ax = plt.subplots()\nax.set_title('福田区GDP增速（%）')\nplt.show()",
    )
    first = "from futian_model.charts.theme import share_font\nshare_font()"
    cells = [
        new_code_cell("lang = 'zh'", metadata={"tags": ["parameters"]}),
        *(new_code_cell(source) for source in (first, *chart)),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "chart.ipynb")
    executed = execute(tmp_path / "chart.ipynb", {}, tmp_path, name="chart.ipynb")
    shown = executed.cells[-1].outputs
    assert [one.output_type for one in shown] == ["display_data"]
    assert document(executed).warnings == ()
