"""Text made small, to be carried inside another file."""

import base64
import binascii
import lzma
import zlib

MOST_BYTES, MEMORY = 32_000_000, 64_000_000
"""A text beyond this is not unpacked, nor one that takes such memory for it: no report is near either."""
PRESET = 4
"""Of the compression: a stronger one takes twice the time for a twentieth less."""
XZ = b"\xfd7zXZ\x00"


def packed(text: str) -> str:
    """A text as a short one of plain letters: the same for the same text."""
    return base64.b64encode(lzma.compress(text.encode(), preset=PRESET)).decode("ascii")


def unpacked(text: str) -> str:
    """The text in such a one; also of one packed before version 2 of files, by zlib.

    Raises
    ------
    ValueError
        It is no such text.
    """
    try:
        content = base64.b64decode("".join(text.split()), validate=True)
        opened = lzma.LZMADecompressor(memlimit=MEMORY) if content.startswith(XZ) else zlib.decompressobj()
        plain: bytes = opened.decompress(content, MOST_BYTES)
    except (binascii.Error, zlib.error, lzma.LZMAError) as fault:
        raise ValueError(str(fault)) from None
    if not opened.eof:
        raise ValueError("it is cut short or too long")
    return plain.decode()
