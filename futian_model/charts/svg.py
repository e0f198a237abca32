"""Matplotlib's SVG made fit for a page that holds several: small, scalable, told in words, no shared ids."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape

from futian_model.charts.page import WIDTH

_ROOT = re.compile(r'.*?<svg [^>]*viewBox="([^"]+)"[^>]*>', re.DOTALL)
_VIEW = re.compile(r"""viewBox=["'][-\d.e]+ [-\d.e]+ ([\d.e]+) ([\d.e]+)["']""")
# Clip paths go too: the axes span the data, and markers on their edge are meant to be whole.
Point = tuple[int, int]
END = "</svg>"
_NEEDLESS = re.compile(
    r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->|<clipPath.*?</clipPath>"
    r'| clip-path="[^"]*"|stroke-dashoffset: 0; ',
    re.DOTALL,
)
_PATH = re.compile(r'\bd="([^"]*)"( transform="scale\(0\.015625\)")?')
_STEP = re.compile(r"([MLQCz])([^MLQCz]*)")
# What matplotlib writes at length, and the short way to say the same; order matters.
_SHORTER = (
    (r"\s*\n\s*", " "),
    (r"> +<", "><"),
    (r' transform="translate\(([-\d.]+) 0\)"/>', r' x="\1"/>'),
    ("xlink:href=", "href="),
    (r"(?<=[a-z]): (?=[^<>]*>)", ":"),
    (r"(?<=[\w)]); (?=[^<>]*>)", ";"),
    (r"<defs></defs>|<g\b[^>]*/>", ""),
)


def finish(drawn: str, alt: str, written: str = "") -> str:
    """Rewrite an SVG as matplotlib wrote it.

    Parameters
    ----------
    drawn : str
        The file, text as paths.
    alt : str
        What the picture shows; becomes its accessible name.
    written : str
        More of it, over all else, as short as it is to be.

    Returns
    -------
    str
        One ``<svg>`` element without prolog, with a ``viewBox`` in place of a fixed size and ids that
        begin with a hash of the content.
    """
    root = _ROOT.match(drawn)
    if root is None:
        raise ValueError("matplotlib wrote an SVG without a viewBox")
    body = _NEEDLESS.sub("", drawn[root.end() :])
    body = _PATH.sub(_compact, body)
    body = re.sub(r"-?\d+\.\d{3,}", lambda match: brief(float(match[0])), body)
    for long, short in _SHORTER:
        body = re.sub(long, short, body)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{root[1]}" role="img" aria-label="{escape(alt)}" '
        # On the root, not in a style element: a rule for "*" would reach the whole page.
        'style="stroke-linejoin:round;stroke-linecap:butt">'
    )
    whole = head + _own_ids(f"{_ungrouped(body.strip()).removesuffix(END)}{written}{END}", alt)
    return whole.replace('"', "'")  # a link in a page holds them as they are


def size(svg: str) -> tuple[float, float]:
    """Units across and down that an SVG says it was drawn in; those of a square chart where it does not."""
    view = _VIEW.search(svg)
    return (float(view[1]), float(view[2])) if view else (WIDTH, WIDTH)


def _ungrouped(body: str) -> str:
    """Drop the groups that say nothing about what they hold."""
    plain: list[bool] = []

    def kept(match: re.Match[str]) -> str:
        if match[0] == "</g>":
            return "" if plain.pop() else match[0]
        plain.append(re.fullmatch(r'<g(?: id="[^"]*")?>', match[0]) is not None)
        return "" if plain[-1] else match[0]

    return re.sub(r"</?g\b[^>]*>", kept, body)


def _own_ids(body: str, alt: str) -> str:
    """Keep the ids something refers to, under a prefix and a number of their own."""
    digest = hashlib.sha256((alt + body).encode()).digest()
    prefix = "c" + base64.b32encode(digest).decode()[:6].lower()
    used = dict.fromkeys(re.findall(r'href="#([^"]+)', body))
    names = {name: f"{prefix}{number}" for number, name in enumerate(used)}
    body = re.sub(
        r' id="([^"]+)"', lambda match: f' id="{names[match[1]]}"' if match[1] in names else "", body
    )
    return re.sub(r'href="#([^"]+)', lambda match: f'href="#{names[match[1]]}', body)


def _compact(path: re.Match[str]) -> str:
    """A path in relative steps: hundredths of a point, for a glyph parts of 250 to the em."""
    if path[2]:
        return f'd="{_outline(path[1])}" transform="scale(.4)"'
    return f'd="{"".join(_steps(path[1], 0.01, lambda count: brief(count / 100)))}"'


@lru_cache(maxsize=1 << 12)
def _outline(path: str) -> str:
    """A glyph, which every chart of a report has again."""
    return "".join(_steps(path, 25.6, str))


def brief(number: float) -> str:
    """A number in hundredths."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _steps(path: str, unit: float, shown: Callable[[int], str]) -> Iterator[str]:
    parts = []
    for command, numbers in _STEP.findall(path):
        grid = [round(float(number) / unit) for number in numbers.split()]
        parts.append((command.lower(), list(zip(grid[::2], grid[1::2], strict=True))))
    return relative(parts, shown)


def relative(
    parts: Iterable[tuple[str, Sequence[Point]]], shown: Callable[[int], str] = str
) -> Iterator[str]:
    """Commands of a path, each with its points on a grid, as relative steps."""
    here = begun = (0, 0)
    for command, points in parts:
        # Steps between rounded places, so that rounding never adds up along the path.
        steps = [ahead - at for point in points for ahead, at in zip(point, here, strict=True)]
        yield _step(command, steps, shown)
        here = points[-1] if points else begun
        begun = here if command == "m" else begun


def _step(command: str, steps: list[int], shown: Callable[[int], str]) -> str:
    if command == "l" and 0 in steps:
        across, up = steps
        return f"h{shown(across)}" if up == 0 else f"v{shown(up)}"
    return command + " ".join(map(shown, steps)).replace(" -", "-")
