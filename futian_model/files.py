"""Files written whole or not at all, and known by their content."""

import errno
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path

NEW = ".new-"
"""Beginning of the name of what is on its way in."""
BOM = "\ufeff"
"""Beginning of a CSV by which Excel knows that it is UTF-8."""
DESKTOP = (
    *(".ds_store", "._*", ".localized", "icon\r", ".directory"),
    *("thumbs.db", "ehthumbs.db", "desktop.ini", "~$*", ".~lock.*#"),
)
"""What Finder, Explorer and office programs leave in a folder that somebody looks into, in lower case."""
WAITS = (0.1, 0.3, 1.0) if os.name == "nt" else ()
"""Seconds (s) before a rename is tried again where a scanner of viruses opens whatever is new."""


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def csv_file(text: str) -> bytes:
    """A CSV as a file that Excel shows in any language."""
    return f"{BOM}{text}".encode()


def write_through(file: Path, content: bytes) -> None:
    """Write a new file and have the disk keep it, so that a full disk is told here and not later."""
    with file.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def of_desktop(name: str) -> bool:
    """Whether a file of this name is nobody's work, but left by a program that showed its folder."""
    return any(fnmatchcase(name.lower(), pattern) for pattern in DESKTOP)


def beside(home: Path) -> Path:
    """A name on the way to `home`, whose rights then follow the umask and the folder, as `home`'s would."""
    return home.with_name(f"{NEW}{home.name}-{secrets.token_hex(4)}")


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
    told = (
        f"{path.name} is open in another program, or its rights keep you out; close it, or have them changed"
    )
    return PermissionError(errno.EACCES, f"{told}, and run again", str(path))


def replace(file: Path, content: bytes) -> None:
    """Write one file whole, in place of the one before and with its rights."""
    home = file.resolve()
    made = beside(home)
    try:
        write_through(made, content)
        if home.exists():
            made.chmod(home.stat().st_mode & 0o777)
        move(made, home)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


@contextmanager
def whole_folder(home: Path) -> Iterator[Path]:
    """A folder beside `home` to fill and move there; nothing of it is left where that fails."""
    folder = beside(home)
    folder.mkdir()
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def sweep(file: Path) -> None:
    """Clear away what an interrupted `replace` of a file left beside it."""
    for left in file.resolve().parent.glob(f"{NEW}{file.name}-*"):
        left.unlink()
