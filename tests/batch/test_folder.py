"""A report's folder on a real disk: whole or not at all, and nothing of a user's overwritten."""

from pathlib import Path

import pytest

from futian_model.batch.folder import manifest_of, publish, sweep, untouched
from futian_model.files import replace

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
