"""Files written whole or not at all, and known by their content."""

import errno
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from fnmatch import fnmatchcase
from pathlib import Path
from secrets import token_hex

from futian_model.errors import InputError

NEW = ".new-"
"""Beginning of the name of what is on its way in."""
READY = ".ready"
"""Folder of a write of several files that is decided: whoever finds it completes it."""
NOTHING = "none"
"""In the place of a digest: nothing stood there."""
SCRATCH = ".futian~"
"""Beginning of the name of a temporary folder; short, as the path of a socket in it has to be."""
RANDOM = r"[a-z0-9_]{8}"
"""What stands behind a beginning."""
LONG_AGO = 24 * 3600
"""Seconds after which nobody is at work on a folder, where the system does not say."""
BOM = "\ufeff"
"""Beginning of a CSV by which Excel knows that it is UTF-8."""
DESKTOP = (
    *(".ds_store", "._*", ".localized", "icon\r", ".directory"),
    *("thumbs.db", "ehthumbs.db", "desktop.ini", "~$*", ".~lock.*#"),
)
"""What Finder, Explorer and office programs leave in a folder that somebody looks into, in lower case."""
WAITS = (0.1, 0.3, 1.0) if os.name == "nt" else ()
"""Seconds (s) before a rename is tried again where a scanner of viruses opens whatever is new."""


UNRESERVED = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$))"
"""Before the pattern, in small letters, of what becomes a file's name: Windows has devices of these names."""
LONGEST_PATH = 259 if os.name == "nt" else 4095
"""Characters of a path that the system and its programs take."""


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def csv_file(text: str) -> bytes:
    """A CSV as a file that Excel shows in any language."""
    return f"{BOM}{text}".encode()


def write_through(file: Path, content: bytes) -> None:
    """Write a new file and have the disk keep it, so that a full disk is told here and not later."""
    fit(file)
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def fit(file: Path) -> None:
    """Have a path be one that the system takes.

    Raises
    ------
    OSError
        It is too long.
    """
    length = len(str(file.absolute()))
    if length > LONGEST_PATH:
        message = f"its path has {length} characters, of which {LONGEST_PATH} can be; shorten name or folder"
        raise OSError(errno.ENAMETOOLONG, message, str(file))


def of_desktop(name: str) -> bool:
    """Whether a file of this name is nobody's work, but left by a program that showed its folder."""
    return any(fnmatchcase(name.lower(), pattern) for pattern in DESKTOP)


def beside(home: Path) -> Path:
    """A name on the way to `home`, whose rights then follow the umask and the folder, as `home`'s would."""
    return home.with_name(f"{NEW}{home.name}-{token_hex(4)}")


def move(source: Path, target: Path) -> None:
    """Rename, also in place of a file.

    Raises
    ------
    PermissionError
        Either is open in another program or another user's; names it and says what to do.
    """
    for seconds in (*WAITS, None):
        try:
            os.replace(source, target)
            return
        except PermissionError:
            if seconds is None:
                raise withheld(target if target.exists() else source) from None
            time.sleep(seconds)


def withheld(path: Path) -> PermissionError:
    """That a file or folder cannot be changed, and what to do."""
    message = (
        f"{path.name} is open in another program, or its rights keep you out; close it, or have them changed"
    )
    return PermissionError(errno.EACCES, f"{message}, and run again", str(path))


def flush(folder: Path) -> None:
    """Have the disk keep the names in a folder, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def replace(file: Path, content: bytes) -> None:
    """Write one file whole, in place of the one before and with its rights."""
    home = file.resolve()
    sweep(home.parent, home.name)
    with whole_folder(home) as folder:
        ready = folder / home.name
        write_like(home, ready, content)
        move(ready, home)


def write_like(home: Path, ready: Path, content: bytes) -> None:
    """Write what is to take the place of a file, with the rights of that."""
    write_through(ready, content)
    if home.exists():
        ready.chmod(home.stat().st_mode & 0o777)


def replace_all(folder: Path, changes: Mapping[str, tuple[bytes, bytes]]) -> None:
    """Replace several files of a folder as one write: all of them or none, whenever this process ends.

    What is to be written is laid out beside the files and decided by one rename; the files are then moved to
    their places, by the next `finish` where this one does not come to it.

    Parameters
    ----------
    folder : Path
    changes : mapping of str to (bytes, bytes)
        By file name: the content that was read, and the one to come.

    Raises
    ------
    InputError
        A file has changed since it was read.
    OSError
        A file cannot be replaced; each is as before.
    """
    sweep(folder)
    with locked(folder):
        _finish(folder)
        for name, (before, _) in changes.items():
            if (folder / name).read_bytes() != before:
                raise InputError("file", name, "a file that nobody changes meanwhile; try again")
        ready = folder / READY
        with whole_folder(ready) as stage:
            for name, (before, after) in changes.items():
                write_like((folder / name).resolve(), stage / f"{digest(before)}-{name}", after)
            try:
                _decide(stage, folder)
            except OSError:
                if ready.exists():
                    move(ready, stage)
                    for name, (before, after) in changes.items():
                        if (folder / name).read_bytes() == after:
                            replace(folder / name, before)
                raise


def move_all(stage: Path, folder: Path) -> None:
    """Move what a folder beside or inside another one holds into that, as one write.

    Raises
    ------
    OSError
        Something of a name is there already, or cannot be moved; all stands where it stood.
    """
    names = [part.name for part in stage.iterdir()]
    with locked(folder):
        for name in names:
            if os.path.lexists(folder / name):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder / name))
        for name in names:
            (stage / name).rename(stage / f"{NOTHING}-{name}")
        ready = folder / READY
        try:
            _decide(stage, folder)
        except OSError:
            if ready.exists():
                for name in names:
                    if (folder / name).exists():
                        move(folder / name, ready / f"{NOTHING}-{name}")
                move(ready, stage)
            raise


def _decide(stage: Path, folder: Path) -> None:
    """Decide a write of several files by one rename and complete it, also where somebody stops it."""
    try:
        move(stage, folder / READY)
        _finish(folder)
    except KeyboardInterrupt:
        _finish(folder)  # where it is decided
        raise


def finish(folder: Path) -> list[Path]:
    """Complete a write of several files that was cut off after it had been decided.

    Returns
    -------
    list of Path
        What was to be written in place of a file that somebody has changed since: kept beside it.
    """
    if not (folder / READY).is_dir():
        return []
    with locked(folder):
        return _finish(folder)


def _finish(folder: Path) -> list[Path]:
    ready, kept = folder / READY, []
    if not ready.is_dir():
        return []
    flush(folder)  # decided before anything is moved
    for part in sorted(ready.iterdir()):
        was, _, name = part.name.partition("-")
        home = (folder / name).resolve()
        if was == (digest(home.read_bytes()) if home.is_file() else NOTHING) and not home.is_dir():
            move(part, home)
        else:
            kept.append(free(home))
            move(part, kept[-1])
    flush(folder)
    ready.rmdir()
    return kept


def free(path: Path) -> Path:
    """A name not taken for what stands at `path` and is to be kept: ``<name>.kept-1`` and so on."""
    number = 1
    while (kept := path.with_name(f"{path.stem}.kept-{number}{path.suffix}")).exists():
        number += 1
    return kept


@contextmanager
def whole_folder(home: Path) -> Iterator[Path]:
    """A folder beside `home` to fill and move there; nothing of it is left where that fails."""
    with own_folder(beside(home)) as folder:
        yield folder


def temporary() -> list[Path]:
    """Folders for what is temporary: the one asked for, and the system's own, whose path is short."""
    places = dict.fromkeys((tempfile.gettempdir(), "/tmp"))
    return [Path(place) for place in places if os.access(place, os.W_OK)]


@contextmanager
def scratch(place: Path | None = None) -> Iterator[Path]:
    """A temporary folder; that of a process that was killed goes with the next `sweep_scratch`."""
    with own_folder((place or Path(tempfile.gettempdir())) / f"{SCRATCH}{token_hex(4)}", 0o700) as folder:
        yield folder


@contextmanager
def own_folder(folder: Path, mode: int = 0o777) -> Iterator[Path]:
    """A new folder that is this process's while the block lasts, and is cleared away unless it was moved."""
    lock = None
    try:
        folder.mkdir(mode)
        with suppress(OSError):
            lock = lock_of(folder)
        folder.mkdir(mode, exist_ok=True)  # somebody may have taken it for abandoned
        yield folder
    finally:
        try:
            shutil.rmtree(folder, ignore_errors=True)
        except KeyboardInterrupt:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        if lock is not None:
            os.close(lock)


def sweep(folder: Path, name: str = "") -> None:
    """Clear away what an interrupted process left on the way into a folder, or to a name in it."""
    clear(folder, f"{NEW}{name}")


def sweep_scratch() -> None:
    """Clear away temporary folders of processes that have ended."""
    for place in temporary():
        clear(place, SCRATCH)


def clear(folder: Path, beginning: str) -> None:
    """Clear away what begins so and nobody is at work on."""
    mine = re.compile(f"{re.escape(beginning)}.*{'' if beginning == NEW else RANDOM}")
    for left in folder.iterdir() if folder.is_dir() else ():
        if mine.fullmatch(left.name):
            with suppress(OSError), abandoned(left):
                shutil.rmtree(left) if left.is_dir() else left.unlink()


@contextmanager
def abandoned(path: Path) -> Iterator[None]:
    """Have what nobody is at work on to oneself.

    Raises
    ------
    OSError
        Somebody is.
    """
    lock = lock_of(path)
    try:
        if lock is None and time.time() - path.stat().st_mtime < LONG_AGO:
            raise BlockingIOError
        yield
    finally:
        if lock is not None:
            os.close(lock)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Have a folder to oneself, once whoever has it is done."""
    lock = lock_of(folder, wait=True)
    try:
        yield
    finally:
        if lock is not None:
            os.close(lock)


def lock_of(path: Path, *, wait: bool = False) -> int | None:
    """Descriptor by which this process alone has a file or folder until it is closed; None where the system
    has no such locks.

    Raises
    ------
    OSError
        Another process has it, or it is gone.
    """
    try:
        import fcntl
    except ImportError:
        return None
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        os.close(descriptor)
        raise
    except OSError:  # some network drives
        os.close(descriptor)
        return None
    return descriptor
