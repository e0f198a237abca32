"""Bytes of a data file as text, whichever program of an office saved it."""

import hashlib
import re
from itertools import islice
from pathlib import Path

from futian_model.errors import FileFault, InputErrors
from futian_model.files import BOM
from futian_model.project import Project

HAN = range(0x4E00, 0xA000)
BEYOND = re.compile(r"[^\x00-\x7f]+")
RUNS = 400
"""Texts beyond ASCII that are looked at, from the beginning of a file."""
NAMED = "the file that datapackage.json names"
READ_AS = {"gb18030": "GBK", "cp1252": "Western European"}
"""Encodings in which office programs open a UTF-8 file without its mark."""
RESTORE = (
    "take the file from before it was opened (a backup, version control);"
    " open a CSV by the program's import of text, as UTF-8"
)


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
        text = data.decode().lstrip(BOM)
    except FileNotFoundError:
        raise InputErrors([FileFault(project.shown(path), f"no such file; allowed: {NAMED}")]) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = fault_of(data)
    else:
        at, fault = spoilt(text)
        if not fault:
            return text, hashlib.sha256(data).hexdigest()
        line = text.count("\n", 0, at) + 1
    raise InputErrors([FileFault(project.shown(path), fault, line=line)])


def fault_of(data: bytes) -> str:
    """What bytes that are no UTF-8 are, as far as it can be seen, and what to do."""
    if b"\0" in data[:4]:
        return "not UTF-8; save it as UTF-8"
    for encoding in READ_AS:
        _, fault = spoilt(data.decode(encoding, "replace"), whole=False)
        if fault:
            return fault
    return f"{'GBK' if is_gbk(data) else 'not UTF-8'}; save it as UTF-8"


def spoilt(text: str, *, whole: bool = True) -> tuple[int, str]:
    """Where a text begins to be UTF-8 that was opened as something else, and what to do, if it was.

    Parameters
    ----------
    text : str
    whole : bool
        Whether the text was read without a letter that could not be.

    Examples
    --------
    >>> spoilt("gdp,5514.49,浜垮厓")[1][:63]
    'UTF-8 that was opened as GBK and saved: 浜垮厓 was 亿元; to get it b'
    """
    if text.isascii():
        return 0, ""
    runs = [run for run in islice(BEYOND.finditer(text), RUNS) if len(run[0]) > 1]
    for encoding, name in READ_AS.items():
        meant = [(run, original) for run in runs if (original := before(run[0], encoding))]
        if len(meant) * 2 > len(runs):
            run, original = meant[0]
            first = f"UTF-8 that was opened as {name} and saved: {run[0][:12]} was {original[:12]}"
            if whole and is_whole(text, encoding):
                back = f"to get it back, save it as {name} (ANSI) in a text editor and open that as UTF-8"
                return run.start(), f"{first}; {back}, or {RESTORE}"
            return run.start(), f"{first}, and letters are lost; {RESTORE}"
    at = text.find("\ufffd") if whole else -1
    return (at, f"letters are lost (\ufffd); {RESTORE}") if at >= 0 else (0, "")


def is_whole(text: str, encoding: str) -> bool:
    """Whether every letter leads back to the bytes it was read from."""
    try:
        return bool(text.encode(encoding).decode("utf-8"))
    except UnicodeError:
        return False


def before(letters: str, encoding: str) -> str:
    """Chinese that letters were before their UTF-8 was read as another encoding; empty where it was none."""
    held = letters.encode(encoding, "ignore")
    chinese = "".join(letter for letter in held.decode("utf-8", "ignore") if ord(letter) in HAN)
    return chinese if len(chinese) * 3 > len(held) * 2 / 3 else ""


def is_gbk(data: bytes) -> bool:
    """Whether bytes read as GBK are mostly Chinese characters, as a Chinese table's are."""
    try:
        beyond = [character for character in data.decode("gb18030") if not character.isascii()]
    except UnicodeDecodeError:
        return False
    return sum(ord(character) in HAN for character in beyond) > len(beyond) / 2
