"""Files written whole or not at all, and known by their content."""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEW = ".new-"
"""Beginning of the name of what is on its way in."""
READABLE = 0o644
BOM = "\ufeff"
"""Beginning of a CSV by which Excel knows that it is UTF-8."""


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


def replace(file: Path, content: bytes) -> None:
    """Write one file whole, in place of the one before and with its rights."""
    home = file.resolve()
    mode = home.stat().st_mode & 0o777 if home.exists() else READABLE
    descriptor, name = tempfile.mkstemp(prefix=f"{NEW}{home.name}-", dir=home.parent)
    made = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        made.chmod(mode)
        os.replace(made, home)
    except BaseException:
        made.unlink(missing_ok=True)
        raise


@contextmanager
def whole_folder(home: Path) -> Iterator[Path]:
    """A folder beside `home` to fill and move there; nothing of it is left where that fails."""
    folder = Path(tempfile.mkdtemp(prefix=f"{NEW}{home.name}-", dir=home.parent))
    try:
        folder.chmod(0o755)  # mkdtemp keeps others out
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def sweep(file: Path) -> None:
    """Clear away what an interrupted `replace` of a file left beside it."""
    for left in file.resolve().parent.glob(f"{NEW}{file.name}-*"):
        left.unlink()
