"""Bytes of a data file as text, whichever program of an office saved it."""

import hashlib
from pathlib import Path

from futian_model.errors import FileFault, InputErrors
from futian_model.project import Project

HAN = range(0x4E00, 0xA000)


def text_of(project: Project, path: Path) -> tuple[str, str]:
    """A file's text and SHA-256; UTF-8, with or without the mark that Excel puts first.

    Raises
    ------
    InputErrors
        No such file, or not UTF-8. A GBK file is named as such and not read: whoever saves it as
        UTF-8 sees that every character is right, which no reader can know.
    """
    try:
        data = path.read_bytes()
        return data.decode("utf-8-sig"), hashlib.sha256(data).hexdigest()
    except FileNotFoundError:
        fault = FileFault(project.shown(path), "no such file")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        encoding = "GBK" if is_gbk(data) else "not UTF-8"
        fault = FileFault(project.shown(path), f"{encoding}; save it as UTF-8", line=line)
    raise InputErrors([fault])


def is_gbk(data: bytes) -> bool:
    """Whether bytes read as GBK are mostly Chinese characters, as a Chinese table's are."""
    try:
        beyond = [character for character in data.decode("gb18030") if not character.isascii()]
    except UnicodeDecodeError:
        return False
    return sum(ord(character) in HAN for character in beyond) > len(beyond) / 2
