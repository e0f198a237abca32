"""Write the lists that follow from declarations (`make fix`), each where readers expect it.

Questions, from what each page declares: on the start page, at the end of each notebook, in both READMEs.
Goal operators, from `evidence/operators.py`: in the data package.
"""

import json
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from futian_model.cli.listing import Question, questions
from futian_model.evidence.operators import OPERATORS

ROOT = Path(__file__).resolve().parent.parent
START = "start.ipynb"
LISTED = re.compile(r"(?:^\d+\. \[.*\n?)+", re.MULTILINE)
LINKED = re.compile(r"^(?:下一问|第一问)：\[.*|^\[回到所有问题\].*", re.MULTILINE)
TABLE = re.compile(r"(?<=\|---\|---\|\n)(?:\| .* \| `\w+\.ipynb` \|\n)+")


def links(asked: list[Question]) -> dict[str, str]:
    """The last line of each notebook: where its reader goes next."""
    ways = {
        here: f"{zh}：[{after.zh}]({after.notebook}) {en}: [{after.en}]({after.notebook})"
        for here, zh, en, after in zip(
            [START, *(question.notebook for question in asked)],
            ["第一问", *["下一问"] * len(asked)],
            ["First question", *["Next question"] * len(asked)],
            asked,
            strict=False,
        )
    }
    return ways | {asked[-1].notebook: f"[回到所有问题]({START}) · [Back to all questions]({START})"}


def changed(content: str, change: Callable[[Any], None]) -> str:
    """A JSON file with a change made to what it holds."""
    value = json.loads(content)
    change(value)
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def reworded(notebook: dict[str, Any], name: str, asked: list[Question]) -> None:
    """Put the questions into a notebook: the next one at its end, and all of them on the start page."""
    prose = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
    if name == START:
        lists = iter(
            "".join(
                f"{at}. [{getattr(question, lang)}]({question.notebook})\n"
                for at, question in enumerate(asked, 1)
            )
            for lang in ("zh", "en")
        )
        text = LISTED.sub(lambda _: next(lists), "".join(prose[0]["source"]))
        prose[0]["source"] = text.rstrip("\n").splitlines(keepends=True)
    text = LINKED.sub(lambda _: links(asked)[name], "".join(prose[-1]["source"]))
    prose[-1]["source"] = text.splitlines(keepends=True)


def enumerated(package: dict[str, Any]) -> None:
    """Put the operators into the data package; a commitment has one side."""
    resources = {resource["name"]: resource["schema"]["fields"] for resource in package["resources"]}
    one_sided = [symbol for symbol, known in OPERATORS.items() if known.floor != known.ceiling]
    every = list(OPERATORS)
    for table, symbols in {"plan_goals": every, "plan_commitments": one_sided, "annual_plan": every}.items():
        field = next(field for field in resources[table] if field["name"] == "operator")
        field["constraints"]["enum"] = symbols


def listings(root: Path = ROOT) -> Iterator[tuple[Path, str]]:
    """Each file that holds a list, and what it has to say."""
    asked = questions()
    for name in [START, *(question.notebook for question in asked)]:
        file = root / "notebooks" / name
        yield file, changed(file.read_text("utf-8"), lambda value, name=name: reworded(value, name, asked))
    for lang, name in (("en", "README.md"), ("zh", "README.zh.md")):
        rows = "".join(f"| {getattr(question, lang)} | `{question.notebook}` |\n" for question in asked)
        yield root / name, TABLE.sub(lambda _, rows=rows: rows, (root / name).read_text("utf-8"))
    package = root / "data" / "datapackage.json"
    yield package, changed(package.read_text("utf-8"), enumerated)


def main() -> int:
    for file, content in list(listings()):
        file.write_text(content, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
