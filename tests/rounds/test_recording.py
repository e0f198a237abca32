"""A new figure: checked with all that is held, appended byte by byte, or refused with a reason."""

import csv
import io
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from futian_model import files
from futian_model.errors import InputError, InputErrors
from futian_model.evidence import Evidence, load_evidence
from futian_model.files import replace as put
from futian_model.files import sweep, whole_folder
from futian_model.project import Project
from futian_model.rounds import Figure, Source, entered
from futian_model.rounds.recording import appended

from .conftest import laid

COLUMNS = ["geo", "indicator", "period", "value", "unit", "price_basis", "basis", "vintage", "source"]
COLUMNS += ["precision", "note_zh", "note_en", "accepted"]
FIGURE = Figure(
    "futian",
    "gdp",
    "2025",
    "6120.50",
    "亿元",
    "nominal",
    "",
    "2026-03",
    "futian_2026",
    note_zh='“初步”, "a,b"',
)
SOURCE = Source(
    "futian_2026", "统计公报", "福田区统计局", "Futian bureau of statistics", "2026-03", accessed="2026-11-23"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return laid(tmp_path_factory.mktemp("recording") / "project")


@pytest.fixture(scope="module")
def evidence(project: Project) -> Evidence:
    return load_evidence(project)


def digests(project: Project) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in project.data.iterdir()}


def test_the_row_is_appended_and_every_other_byte_stays(project: Project, evidence: Evidence) -> None:
    before = digests(project)
    file = project.data / "observations.csv"
    file.chmod(0o640)
    try:
        with entered(project, evidence, FIGURE, SOURCE) as entry:
            assert digests(project) == before  # nothing is written by the check
            entry.record()
        after = digests(project)
        assert {name for name in after if after[name] != before[name]} == {"observations.csv", "sources.csv"}
        for name in ("observations.csv", "sources.csv"):
            assert after[name].startswith(before[name])
            assert after[name][len(before[name]) :].count(b"\n") == 1
        row = next(csv.reader([after["observations.csv"].decode().splitlines()[-1]]))
        assert row == [getattr(FIGURE, name) for name in COLUMNS]
        assert entry.line == len(after["observations.csv"].decode().splitlines())
        assert file.stat().st_mode & 0o777 == 0o640
        read = load_evidence(project)
        assert read.figure("futian", "gdp", 2025).value == 6120.5
        assert dict(read.fingerprints) == dict(entry.evidence.fingerprints)
    finally:
        for name, content in before.items():
            (project.data / name).write_bytes(content)


row_of_three = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0")), min_size=3, max_size=3
)


@given(
    st.lists(row_of_three, max_size=5),
    row_of_three,
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
)
def test_any_table_keeps_its_bytes_and_gains_one_row(
    held: list[list[str]], row: list[str], ending: str, ended: bool, marked: bool
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator=ending).writerows([["a", "b", "c"], *held])
    content = text.getvalue() if ended or not held else text.getvalue().removesuffix(ending)
    before = (b"\xef\xbb\xbf" if marked else b"") + content.encode()
    after = appended(before, [dict(zip("abc", row, strict=True))])
    assert after.startswith(before)
    assert list(csv.reader(io.StringIO(after.decode("utf-8-sig"), newline=""))) == [
        ["a", "b", "c"],
        *held,
        row,
    ]
    assert (b"\r\n" in after) == (ending == "\r\n")
    assert after.endswith(ending.encode())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"indicator": "gpd"}, "unknown gpd; did you mean gdp"),
        ({"geo": "fution"}, "place = 'fution'; allowed: a row of places.csv; did you mean futian?"),
        ({"unit": "人"}, "unit = '人'; allowed: a unit of gdp, such as 亿元"),
        ({"value": "6,120"}, "value = '6,120'; allowed: a finite number"),
        ({"value": "61205000"}, "61205000 万元 is 6120.5"),
        ({"price_basis": "constant"}, "price_basis = 'constant'; allowed: nominal, the basis of gdp"),
        ({"period": "soon"}, "year = 'soon'; allowed: a year such as 2025, a half 2025H1"),
        ({"vintage": "2026-3"}, "published = '2026-3'; allowed: a year, or a year and month"),
        ({"vintage": "2024-12"}, "published = '2024-12'; allowed: a publication date not before the period"),
        ({"vintage": "2099"}, "published = '2099'; allowed: a publication date that has come"),
        ({"vintage": ""}, "published = ''; allowed: when it was published"),
        ({"basis": "census_2021"}, "basis = 'census_2021'; allowed: census_2000, "),
        ({"note_zh": "two\nlines"}, "note = 'two\\nlines'; allowed: text on one line"),
        ({"source": "futian_14fy"}, "did you mean futian_14fyp?"),
        ({"period": "2024", "value": "5948.820", "source": "nddaily_20251217", "vintage": "2026-02"},
         "a figure that is not held yet; nddaily_20251217 is held with 5948.82 亿元, published 2025-12"),
        ({"period": "2024", "value": "5948.9", "source": "nddaily_20251217", "vintage": "2025-12"},
         "figure = 'futian, gdp, 2024, 2025-12, nddaily_20251217'; allowed: one row each; line "),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_told_as_it_was_typed(
    project: Project, evidence: Evidence, change: dict[str, str], told: str
) -> None:
    before = digests(project)
    figure = replace(FIGURE, **({"source": "futian_14fyp"} | change))
    with pytest.raises(InputError) as raised, entered(project, evidence, figure):
        pass
    assert told in str(raised.value)
    assert "line " not in str(raised.value).partition(" = ")[0]
    assert digests(project) == before


def test_a_figure_beside_which_a_held_one_cannot_stand_is_told_before_it(
    project: Project, evidence: Evidence
) -> None:
    """The city's finance of 2020 below Futian's, whose row alone no check would doubt."""
    fact = {"geo": "shenzhen", "indicator": "finance_value_added", "period": "2020", "value": "1960.5"}
    figure = replace(FIGURE, source="sz_2025_app", basis="unstated", **fact)
    with pytest.raises(InputErrors) as fault, entered(project, evidence, figure):
        pass
    first, *held = fault.value.faults
    assert (first.field, first.value, first.file, first.line) == ("value", "1960.5", None, None)
    assert [other.line for other in held] == [line_of("futian,finance_value_added,2020,", project)]
    assert "no more than 1960.5 亿元" in held[0].allowed


def line_of(beginning: str, project: Project) -> int:
    """The one line of the observations that begins so."""
    lines = (project.data / "observations.csv").read_text("utf-8-sig").splitlines()
    (line,) = (number for number, text in enumerate(lines, 1) if text.startswith(beginning))
    return line


def test_a_source_described_twice_is_refused(project: Project, evidence: Evidence) -> None:
    figure = replace(FIGURE, source="futian_14fyp")
    source = replace(SOURCE, source="futian_14fyp")
    with (
        pytest.raises(InputError, match="source = 'futian_14fyp'; allowed: a name that no source has yet"),
        entered(project, evidence, figure, source),
    ):
        pass


def test_a_second_release_is_a_row_of_its_own(project: Project, evidence: Evidence) -> None:
    figure = replace(FIGURE, period="2024", value="6010")
    with entered(project, evidence, figure, SOURCE) as entry:
        assert entry.revises == (("5948.82", "亿元", "2025-12", "nddaily_20251217"),)
        table = entry.evidence.all_figures("futian", "gdp")
        assert list(table.loc[table["period"] == "2024", "value"]) == [5948.82, 6010.0]
        assert entry.evidence.figure("futian", "gdp", 2024).value == 6010.0


def test_a_file_that_somebody_else_changes_meanwhile_is_left_alone(
    project: Project, evidence: Evidence
) -> None:
    file = project.data / "observations.csv"
    before = file.read_bytes()
    try:
        with entered(project, evidence, FIGURE, SOURCE) as entry:
            file.write_bytes(
                before
                + b"futian,gdp,2023,5500,\xe4\xba\xbf\xe5\x85\x83,nominal,,2024,futian_14fyp,point,,,\n"
            )
            theirs = file.read_bytes()
            with pytest.raises(InputError, match="a file that nobody changes meanwhile; try again"):
                entry.record()
        assert file.read_bytes() == theirs
    finally:
        file.write_bytes(before)
        (project.data / "sources.csv").write_bytes(entry.files[project.data / "sources.csv"][0])


@pytest.mark.parametrize("moves", [0, 1, 2])
def test_several_files_cut_off_are_completed(
    moves: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a kill leaves them: all once that is decided, by the first move; what somebody wrote since stays."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"old")
    changes = {"a.csv": (b"old", b"new a"), "b.csv": (b"old", b"new b")}
    left, move = [None] * moves, os.replace

    def cut_off(*paths: Path) -> None:
        if not left:
            raise KeyboardInterrupt
        left.pop()
        move(*paths)

    monkeypatch.setattr(files.os, "replace", cut_off)
    with pytest.raises(KeyboardInterrupt):
        files.replace_all(tmp_path, changes)
    monkeypatch.undo()
    other = next(file for file in sorted(tmp_path.glob("*.csv")) if file.read_bytes() == b"old")
    if moves == 2:
        other.write_bytes(b"mine")
    kept = files.finish(tmp_path)
    held = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    whole = {name: after if moves else before for name, (before, after) in changes.items()}
    if moves == 2:
        beside = f"{other.stem}.kept-1.csv"
        assert [file.name for file in kept] == [beside]
        whole |= {other.name: b"mine", beside: whole[other.name]}
    assert held == whole


def test_a_file_that_cannot_be_replaced_leaves_all_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a program that has a file open keeps it."""
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"old")
    moves, move = list[Path](), os.replace

    def refusing(made: Path, home: Path) -> None:
        moves.append(home)
        if len(moves) == 3:
            raise PermissionError(13, "in use", str(home))
        move(made, home)

    monkeypatch.setattr(files.os, "replace", refusing)
    with pytest.raises(PermissionError, match="open in another program"):
        files.replace_all(tmp_path, {"a.csv": (b"old", b"new a"), "b.csv": (b"old", b"new b")})
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"a.csv": b"old", "b.csv": b"old"}


def test_a_folder_that_somebody_is_at_work_on_is_not_swept(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "report") as folder:
        sweep(tmp_path)
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


KILLED = """
import sys
from pathlib import Path
from futian_model.files import replace
while True:
    replace(Path({file!r}), b"new" * 20_000_000)
"""


def test_a_kill_leaves_a_file_whole(tmp_path: Path) -> None:
    file = tmp_path / "observations.csv"
    file.write_bytes(b"old")
    started = subprocess.Popen([sys.executable, "-c", KILLED.format(file=str(file))])
    try:
        deadline = time.monotonic() + 30
        while not list(tmp_path.glob(".new-*")):
            assert time.monotonic() < deadline
    finally:
        os.kill(started.pid, signal.SIGKILL)
        started.wait()
    assert file.read_bytes() in (b"old", b"new" * 20_000_000)
    sweep(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["observations.csv"]
    put(file, b"third")
    assert file.read_bytes() == b"third"
