"""A report's folder on a real disk: whole or not at all, and nothing of a user's overwritten."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from futian_model import files
from futian_model.batch.folder import OLD, locked, manifest_of, publish, sweep, untouched
from futian_model.evidence import load_evidence
from futian_model.files import replace
from futian_model.project import Project
from futian_model.scenario import attempt_all, builtin_scenarios

FILES = {"a.html": b"<p>A</p>", "results.csv": b"value\n1\n"}


def held(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and file.name != "manifest.json"
    }


def test_a_report_comes_with_the_digest_of_every_file(tmp_path: Path) -> None:
    assert publish(tmp_path, "a", FILES, {"id": "a"}) is None
    assert held(tmp_path / "a") == FILES
    manifest = manifest_of(tmp_path / "a")
    assert manifest is not None
    assert manifest["id"] == "a"
    # echo -n '<p>A</p>' | sha256sum
    assert manifest["files"]["a.html"] == "88f8e72647fda6eedd96d8678131dd1b6320185127612942a7c7e184c516f626"
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


def test_a_later_report_replaces_the_earlier_one_whole(tmp_path: Path) -> None:
    publish(tmp_path, "a", FILES, {"id": "a"})
    assert publish(tmp_path, "a", {"b.html": b"B"}, {"id": "a"}) is None
    assert held(tmp_path) == {"a/b.html": b"B"}


@pytest.mark.parametrize("change", ["edit", "add", "remove", "no manifest", "manifest of another form"])
def test_a_folder_that_somebody_changed_is_kept(tmp_path: Path, change: str) -> None:
    publish(tmp_path, "a", FILES, {"id": "a"})
    folder = tmp_path / "a"
    if change == "edit":
        (folder / "a.html").write_bytes(b"<p>mine</p>")
    elif change == "add":
        (folder / "notes.txt").write_bytes(b"mine")
    elif change == "remove":
        (folder / "a.html").unlink()
    elif change == "no manifest":
        (folder / "manifest.json").unlink()
    else:
        (folder / "manifest.json").write_text("[]")
    before = held(folder)
    assert not untouched(folder)
    for number in (1, 2):
        (folder / "again").touch()
        kept = publish(tmp_path, "a", FILES, {"id": "a"})
        assert kept == tmp_path / f"a.kept-{number}"
        assert held(folder) == FILES
    assert held(tmp_path / "a.kept-1") == {**before, "again": b""}


def test_a_users_file_in_the_place_of_the_folder_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"mine")
    assert publish(tmp_path, "a", FILES, {"id": "a"}) == tmp_path / "a.kept-1"
    assert (tmp_path / "a.kept-1").read_bytes() == b"mine"


def test_what_cannot_be_written_leaves_the_earlier_report(tmp_path: Path) -> None:
    publish(tmp_path, "a", FILES, {"id": "a"})
    with pytest.raises(OSError, match="File name too long"):
        publish(tmp_path, "a", {"b.html": b"B", "b" * 300: b""}, {"id": "a"})
    assert held(tmp_path) == {f"a/{name}": content for name, content in FILES.items()}
    assert untouched(tmp_path / "a")


def test_an_interruption_at_any_moment_is_mended(tmp_path: Path) -> None:
    publish(tmp_path, "a", FILES, {"id": "a"})
    publish(tmp_path, "b", FILES, {"id": "b"})
    # stopped between moving the old report out and the new one in; and before clearing the old one
    (tmp_path / "a").rename(tmp_path / ".old-a")
    publish(tmp_path, ".old-b", FILES, {"id": "b"})
    publish(tmp_path, ".new-c-x", FILES, {"id": "c"})
    (tmp_path / ".new-index.html").touch()
    sweep(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a", "b"]
    assert untouched(tmp_path / "a")


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "index.html"
    replace(file, b"one")
    replace(file, b"two")
    assert held(tmp_path) == {"index.html": b"two"}
    with pytest.raises(OSError, match="File name too long"):
        replace(tmp_path / ("i" * 252), b"three")
    assert held(tmp_path) == {"index.html": b"two"}


@pytest.mark.parametrize(
    "name",
    [".DS_Store", "._a.html", "Thumbs.db", "desktop.ini", "Icon\r", "~$a.docx", ".~lock.results.csv#"],
)
def test_what_a_desktop_leaves_is_nobodys_work(tmp_path: Path, name: str) -> None:
    publish(tmp_path, "a", FILES, {"id": "a"})
    (tmp_path / "a" / name).write_bytes(b"\0")
    assert untouched(tmp_path / "a")
    assert publish(tmp_path, "a", FILES, {"id": "a"}) is None
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_what_a_desktop_leaves_is_no_scenario(project: Project) -> None:
    before = builtin_scenarios(project)
    (project.params / ".ipynb_checkpoints").mkdir()
    for folder in (project.params, *project.params.iterdir()):
        if folder.is_dir():
            (folder / "._evidence_trend.yaml").write_bytes(b"\0\5\x16\7")
    assert builtin_scenarios(project) == before
    assert [folder.name for folder in project.editions] == ["plan_2021"]
    (attempt,) = attempt_all(before[:1], project, load_evidence(project))
    assert attempt.faults == ()


@pytest.fixture(params=[0o002, 0o022, 0o077], ids="{:03o}".format)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Rights that new files do not get."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_rights_follow_the_umask_and_the_group_of_the_folder(tmp_path: Path, umask: int) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o2777 & ~umask)  # as for two users of a group
    with locked(shared):
        publish(shared, "a", FILES, {"id": "a"})
        replace(shared / "index.html", b"new")
    modes = {str(path.relative_to(shared)): path.stat().st_mode & 0o7777 for path in shared.rglob("*")}
    folder, file = 0o2777 & ~umask, 0o666 & ~umask
    assert modes.pop("a") == folder
    assert set(modes) == {".lock", "index.html", "a/a.html", "a/results.csv", "a/manifest.json"}
    assert set(modes.values()) == {file}


def test_what_somebody_holds_open_is_told_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, "a", FILES, {"id": "a"})
    replace(tmp_path / "index.html", b"earlier")
    before = held(tmp_path)
    asked = []

    def refused(source: Path, target: Path) -> None:  # as Windows does
        asked.append((source, target))
        raise PermissionError(13, "Access is denied", str(source), 32, str(target))

    monkeypatch.setattr(os, "replace", refused)
    monkeypatch.setattr(files, "WAITS", (0, 0))
    for name, write in (
        ("a", lambda: publish(tmp_path, "a", {"b.html": b"B"}, {"id": "a"})),
        ("index.html", lambda: replace(tmp_path / "index.html", b"later")),
    ):
        with pytest.raises(
            PermissionError, match=f"^.*{name} is open in another program.*close it"
        ) as raised:
            write()
        assert raised.value.filename == str(tmp_path / name)
    assert len(asked) == 6
    assert held(tmp_path) == before


def test_another_users_folder_is_told_before_anything_moves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", f"{OLD}a", "b"):
        publish(tmp_path, name, FILES, {"id": name})
    before = held(tmp_path)
    kept = {str(tmp_path / "a"), str(tmp_path / f"{OLD}a")}
    monkeypatch.setattr(os, "access", lambda path, mode: str(path) not in kept)
    monkeypatch.setattr(shutil, "rmtree", lambda path, **how: None)  # a root's tests may clear everything
    sweep(tmp_path)
    with pytest.raises(PermissionError, match="its rights keep you out"):
        publish(tmp_path, "a", FILES, {"id": "a"})
    monkeypatch.undo()
    assert {name: held(tmp_path)[name] for name in before} == before
    assert publish(tmp_path, "b", FILES, {"id": "b"}) is None


def test_a_path_too_long_for_the_system_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "LONGEST_PATH", 259)  # as on Windows
    home = tmp_path / ("x" * 60)
    with pytest.raises(OSError, match=r"its path has 2\d\d characters, of which 259 can be"):
        files.fit(files.beside(home / ("i" * 64)) / f"{'i' * 64}.zh.ipynb")
    files.fit(tmp_path / "i.zh.ipynb")
