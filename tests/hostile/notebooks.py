"""Notebooks as the exporters read them."""

import copy
import json
import random
from typing import Any

from nbconvert.utils.exceptions import ConversionException

from futian_model import report
from futian_model.report.writers.formats import FORMATS
from tests.hostile.attack import Attack, Ground, Refused, kind
from tests.hostile.scenarios import reach, ways

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def converted(
    ground: Ground, content: dict[str, Any] | str | bytes, form: str, sound: bool | None, *names: str
) -> Attack:
    """A notebook as a file in one format."""
    text = content if isinstance(content, str | bytes) else json.dumps(content)

    def act() -> None:
        file = ground.folder / "notebooks" / "probe.ipynb"
        file.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        exporter = getattr(report, f"Futian{form.upper()}Exporter")()
        try:
            exporter.from_filename(str(file))
        except ConversionException as fault:
            raise Refused(str(fault)) from fault
        finally:
            file.unlink()

    return Attack(act, sound, names)


def book(ground: Ground) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(ground.delivered["ipynb"])
    return content


def form_of(rng: random.Random) -> str:
    return rng.choice(list(FORMATS))


def output(data: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


@kind("notebooks")
def own_content(rng: random.Random, ground: Ground) -> Attack:
    """Cells that an analyst adds."""
    content = book(ground)
    source = rng.choice(
        [
            "## 标题\n\n一段话",
            "$x^2$ and $$\\int$$",
            "- [ ] a\n- [x] b",
            "| a | b |\n|---|---|\n| 1 | 2 |",
            "![p](attachment:a.png)",
            "<script>x</script>",
            "```\ncode\n```",
            "a" * 5000,
            "",
        ]
    )
    data = rng.choice(
        [
            {"text/plain": "x"},
            {"text/html": "<table><tr><td>1</td></tr></table>"},
            {"image/png": PIXEL},
            {"image/png": f"{PIXEL}\n"},
            {"text/latex": "$x$", "text/plain": "x"},
            {"application/json": {"a": 1}, "text/plain": "x"},
            {
                "application/vnd.jupyter.widget-view+json": {
                    "model_id": "x",
                    "version_major": 2,
                    "version_minor": 0,
                },
                "text/plain": "x",
            },
            {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"},
            {"text/markdown": "**x**"},
            {"application/javascript": "alert(1)", "text/plain": "x"},
            {"text/html": "<div>"},
        ]
    )
    at = rng.randrange(1, len(content["cells"]))
    content["cells"].insert(at, {"cell_type": "markdown", "id": "own", "metadata": {}, "source": source})
    content["cells"].insert(
        at,
        {
            "cell_type": "code",
            "id": "own2",
            "metadata": {},
            "source": "",
            "execution_count": 1,
            "outputs": [output(data)],
        },
    )
    return converted(ground, content, form_of(rng), True)


@kind("notebooks")
def failed(rng: random.Random, ground: Ground) -> Attack:
    """A cell that ended in an error."""
    content = book(ground)
    at = rng.randrange(len(content["cells"]))
    cell = {
        "output_type": "error",
        "ename": "ValueError",
        "evalue": rng.choice(["x", "", "\x1b[31m", "x" * 9000, "a\nb"]),
        "traceback": [],
    }
    content["cells"].insert(
        at,
        {
            "cell_type": "code",
            "id": "own",
            "metadata": {},
            "source": "",
            "execution_count": 1,
            "outputs": [cell],
        },
    )
    return converted(ground, content, form_of(rng), False)


@kind("notebooks")
def another_kind(rng: random.Random, ground: Ground) -> Attack:
    """A value of the notebook, or of a block in it, of another kind or gone."""
    content = book(ground)
    shallow = rng.random() < 0.3
    way = rng.choice([way for way in ways(content) if not shallow or len(way) < 4])
    around = reach(content, way[:-1])
    if rng.random() < 0.3:
        del around[way[-1]]
    else:
        around[way[-1]] = rng.choice([None, 1, "x", [], {}, True, [1], {"a": 1}, -1e308, "字" * 2000])
    return converted(ground, content, form_of(rng), None)


@kind("notebooks")
def without(rng: random.Random, ground: Ground) -> Attack:
    """A notebook that was never run, or lacks its record."""
    content = book(ground)
    cells = content["cells"]
    choice = rng.randrange(3)
    if choice == 0:
        for cell in cells:
            cell |= {"outputs": [], "source": "report.cover()"}
    elif choice == 1:
        cells.pop()
    else:
        cells.append(copy.deepcopy(cells[-1]))
    return converted(ground, content, form_of(rng), False)


@kind("notebooks")
def no_notebook(rng: random.Random, ground: Ground) -> Attack:
    """A file that is no notebook."""
    text = ground.delivered["ipynb"].decode()
    at = rng.randrange(len(text))
    content = rng.choice(
        [
            "",
            "{",
            "[]",
            "null",
            "5",
            '"x"',
            text[:at],
            "[" * 100_000,
            "\x00",
            text.encode("utf-16"),
            b"\xff" + text.encode(),
            "PK\x03\x04",
            "{}",
            '{"cells": []}',
        ]
    )
    empty = isinstance(content, str) and content.startswith("{") and content.endswith("}")
    return converted(ground, content, form_of(rng), None if empty else False)
