"""An edited line parted among the pieces that the line was made of."""

import re
from collections.abc import Sequence

from futian_model.report.verify import opcodes

TOKEN = re.compile(r"[\d.,]*\d%?|[A-Za-z]+|.", re.DOTALL)
"""A number, a word of Latin letters, or any other character."""
FIGURE = re.compile(r"\d")


def parted(pieces: Sequence[str], line: str, takes: Sequence[bool]) -> list[str]:
    """What has become of each piece in an edited line; put together they are that line.

    Parameters
    ----------
    pieces : sequence of str
        Put together, the line as it was.
    line : str
        The line as it is.
    takes : sequence of bool
        Which pieces take in what was added at their edge; the first of several.
    """
    was = [(token, at) for at, piece in enumerate(pieces) for token in TOKEN.findall(piece)]
    now = TOKEN.findall(line)
    parts = [""] * len(pieces)
    for what, start, stop, begin, end in opcodes([token for token, _ in was], now):
        if what == "equal":
            for (_, at), token in zip(was[start:stop], now[begin:end], strict=True):
                parts[at] += token
        elif start == stop:
            parts[_home(was, start, len(pieces), takes)] += "".join(now[begin:end])
        else:
            _share(parts, pieces, list(dict.fromkeys(at for _, at in was[start:stop])), now[begin:end], takes)
    return parts


def _home(was: Sequence[tuple[str, int]], start: int, count: int, takes: Sequence[bool]) -> int:
    """The piece that takes in what was added before a token."""
    left = was[start - 1][1] if start > 0 else 0
    right = was[start][1] if start < len(was) else count - 1
    return next((at for at in range(left, right + 1) if takes[at]), left)


def _share(
    parts: list[str],
    pieces: Sequence[str],
    among: Sequence[int],
    tokens: Sequence[str],
    takes: Sequence[bool],
) -> None:
    """Give what stands in place of words of several pieces to them: figures to figures, in order."""
    rest = list(tokens)
    for place, at in enumerate(among):
        last = place == len(among) - 1
        if last:
            parts[at] += "".join(rest)
        elif not takes[at]:
            whole = next((n for n, token in enumerate(rest) if FIGURE.search(token)), None)
            if whole is not None and FIGURE.search(pieces[at]):
                parts[at] += "".join(rest[: whole + 1])
                del rest[: whole + 1]
        else:
            figures = FIGURE.search(pieces[among[place + 1]])
            stop = next((n for n, token in enumerate(rest) if FIGURE.search(token)), None)
            stop = stop if figures and stop is not None else len(rest)
            parts[at] += "".join(rest[:stop])
            del rest[:stop]
