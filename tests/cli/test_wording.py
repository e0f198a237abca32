"""What commands refuse, in Chinese where that is asked for."""

import ast
import re
from pathlib import Path

import pytest

import futian_model
from futian_model import cli, wording
from futian_model.languages import texts
from futian_model.wording import said

PACKAGE = Path(futian_model.__file__).parent
ENGLISH = re.compile(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}")
"""Words on end, as names of fields and values are none."""
QUOTED = re.compile(r"= .*?；")
FOREIGN = ("usage", "error", "argument", "choice", "required", "unrecognized", "expected", "explicit")
FOREIGN += ("ambiguous", "system_", "yaml_found", "node")
"""Beginnings of what argparse, the system and the reader of YAML say."""
FRAME = {*wording.FIRST, *wording.LAST, "fault_allowed", "more_rows", "both_parts"}


def raised() -> set[str]:
    """Every text of the library's code, with a mark in place of its fields."""
    found = set[str]()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.add(
                    "".join(
                        str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
                    )
                )
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


def test_every_sentence_stands_in_the_code() -> None:
    """In stretches of words: a sentence may be put together."""
    code = "\n".join(raised())
    for key, text in texts(wording.ROOM, "en").items():
        if key not in FRAME and not key.startswith(FOREIGN):
            stretches = re.split(r"\{\w+\}|-?\d+|[;:,] |[_()]|each | such as | of | with | and ", text)
            assert [one for one in stretches if " " in one.strip() and one.strip() not in code] == [], key


@pytest.mark.parametrize(
    "file",
    sorted((Path(__file__).parents[1] / "faults/scenario").glob("*/message.txt")),
    ids=lambda f: f.parent.name,
)
def test_a_faulty_scenario_is_told_in_chinese(file: Path) -> None:
    for line in file.read_text("utf-8").splitlines():
        told = said(line, "zh")
        assert not ENGLISH.search(QUOTED.sub("", told)), told
        numbers = re.findall(r"\d+", line)
        assert sorted(re.findall(r"\d+", told)) == sorted(numbers)  # what is allowed is allowed in both


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["check", "--lang", "zh", "nosuch"], "scenario = 'nosuch'；应为：.yaml文件的路径，或"),
        (["run", "--lang=zh", "--draws", "0"], "用法：futian run"),
        (["run", "--lang=zh", "--draws", "0"], "futian run：错误：参数--draws：'0'；应为：不小于1的整数"),
        (["run", "--lang", "zh", "--format", "odt"], "参数--format：无此选项'odt'（可选："),
        (["track", "--lang", "zh"], "缺少参数：INDICATOR, YEAR, VALUE, --unit, --source"),
        (["show", "data", "gdpp", "--lang", "zh"], "没有gdpp；是否指gdp？"),
        (["compare", "stagnation", "nosuch", "--lang", "zh"], "应为：.yaml文件的路径"),
        (
            ["init", "README.md", "--district", "luohu", "--lang", "zh"],
            "README.md：是文件；应为：文件夹，或未用的名称",
        ),
    ],
)
def test_a_refusal_speaks_the_language_asked_for(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PACKAGE.parent)
    try:
        status = cli.main(arguments)
    except SystemExit as ended:
        status = int(ended.code or 0)
    assert status == 2
    assert told in capsys.readouterr().err
