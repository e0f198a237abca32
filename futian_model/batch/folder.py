"""A report's folder, written whole or not at all, and never over what somebody changed."""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from futian_model.batch.settings import RESULTS
from futian_model.errors import FileFault
from futian_model.files import NEW, digest, free, move, of_desktop, whole_folder, withheld, write_through

MANIFEST = "manifest.json"
OLD = ".old-"
"""Beginning of the name of a folder on its way out."""
LOCK, WRITTEN = ".lock", 0o666
"""File that a batch has open while it writes to a folder, for whoever may write to that."""


@contextmanager
def locked(outputs: Path) -> Iterator[None]:
    """Have an output folder to oneself; the system lets go of it whichever way this process ends.

    Raises
    ------
    FileFault
        Another batch has it.
    OSError
        The folder cannot be made or written.
    """
    from filelock import FileLock, Timeout

    try:
        outputs.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=outputs):
            pass  # told now, and not after an hour's work
        lock = FileLock(outputs / LOCK, mode=outputs.stat().st_mode & WRITTEN)
        lock.acquire(blocking=False)
    except Timeout:
        fault = "another batch is writing to this folder; wait for it, or name another one with --output"
        raise FileFault(outputs, fault) from None
    except PermissionError as error:
        fault = f"{error.strerror}; have its rights changed, or name another folder with --output"
        raise FileFault(outputs, fault) from None
    try:
        yield
    finally:
        lock.release()


def publish(outputs: Path, name: str, files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Path | None:
    """Put a report's files into ``outputs/<name>/`` in place of an earlier report.

    Parameters
    ----------
    outputs : Path
        The folder of all reports; exists.
    name : str
        The report's own folder.
    files : mapping of str to bytes
        Content by file name.
    manifest : mapping
        Becomes ``manifest.json``, with every file's SHA-256 under ``files``, its bytes and time of
        change (ns) under ``stats``.

    Returns
    -------
    Path or None
        Where the earlier folder went, when somebody had changed it or added to it.

    Raises
    ------
    OSError
        The folder cannot be written; what stood there before stands there still.
    """
    digests = {file: digest(content) for file, content in files.items()}
    with whole_folder(outputs / name) as folder:
        for file, content in files.items():
            write_through(folder / file, content)
        stats = {file: _stat(folder / file) for file in files}
        description = {**manifest, "files": digests, "stats": stats}
        write_through(
            folder / MANIFEST, (json.dumps(description, ensure_ascii=False, indent=2) + "\n").encode()
        )
        return _swap(folder, outputs / name)


def sweep(outputs: Path) -> None:
    """Clear away what an interrupted run left, and put back a report it had moved aside.

    What another user left and keeps to himself stays.
    """
    for aside in outputs.glob(f"{OLD}*"):
        home = outputs / aside.name.removeprefix(OLD)
        if home.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            move(aside, home)
    for leftover in outputs.glob(f"{NEW}*"):
        with suppress(PermissionError):
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()


def manifest_of(folder: Path) -> dict[str, Any] | None:
    """The manifest of a report's folder; None where there is none to read."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    return manifest if isinstance(manifest, dict) and isinstance(manifest.get("files"), dict) else None


def untouched(folder: Path) -> bool:
    """Whether a folder holds what its manifest says and nobody's own; a file is read where its time has
    changed.
    """
    manifest = manifest_of(folder)
    if manifest is None:
        return False
    present = {file.name: file for file in folder.iterdir() if not of_desktop(file.name)}
    if set(present) != {*manifest["files"], MANIFEST}:
        return False
    stats = manifest.get("stats", {})
    return all(
        _stat(present[name]) == stats.get(name) or digest(present[name].read_bytes()) == was
        for name, was in manifest["files"].items()
    )


def stands(folder: Path, stamp: str | None, langs: Sequence[str]) -> bool:
    """Whether a report was made from the same inputs, in these languages at least, and is whole."""
    manifest = manifest_of(folder) if stamp is not None else None
    return (
        manifest is not None
        and manifest.get("stamp") == stamp
        and set(langs) <= set(manifest["langs"])
        and untouched(folder)
    )


def compared(outputs: Path, name: str) -> dict[str, Any] | None:
    """Manifest of a page on several reports, if every one that it tells of is there as it was."""
    manifest = manifest_of(outputs / name)
    if manifest is None or not manifest.get("compared"):
        return None
    held = {name: manifest_of(outputs / name) or {} for name in manifest["compared"]}
    now = {name: report.get("files", {}).get(RESULTS) for name, report in held.items()}
    return manifest if now == manifest["compared"] else None


def as_written(folder: Path) -> bool:
    """Whether the files that a folder's manifest names are there unchanged, whatever lies beside them."""
    manifest = manifest_of(folder)
    return manifest is not None and all(
        (folder / name).is_file() and digest((folder / name).read_bytes()) == was
        for name, was in manifest["files"].items()
    )


def _stat(file: Path) -> list[int]:
    """By which a file that nobody wrote to is known without reading it."""
    status = file.stat()
    return [status.st_size, status.st_mtime_ns]


def _swap(folder: Path, home: Path) -> Path | None:
    """Move a finished folder to its place."""
    if not home.exists():
        move(folder, home)
        return None
    kept = None if untouched(home) else free(home)
    aside = kept or home.with_name(f"{OLD}{home.name}")
    for held in (home, aside) if kept is None else ():
        if held.exists() and not os.access(held, os.W_OK):  # could be moved and not cleared away
            raise withheld(held)
    move(home, aside)
    try:
        move(folder, home)
    except OSError:
        move(aside, home)
        raise
    if kept is None:
        shutil.rmtree(aside, ignore_errors=True)  # what is held is swept another time
    return kept
