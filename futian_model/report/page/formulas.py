"""Formulas in LaTeX as pictures, set by matplotlib."""

import logging
import re
from functools import lru_cache

SIZE = 12.0
"""Points of their letters."""
AXIS, MARGIN = 0.27 * SIZE, 0.5
"""Height of a fraction's bar above the line of writing, and room around, in points."""
LONGEST = 2000
"""Characters of a formula beyond which it is not set."""
HAN = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
SPELT = {
    "displaystyle": "",
    "textstyle": "",
    "le": r"\leq",
    "ge": r"\geq",
    "ne": r"\neq",
    "lt": "<",
    "gt": ">",
}
"""Commands of LaTeX that matplotlib has under another name, or need not be told."""
COMMAND = re.compile(r"\\(" + "|".join(SPELT) + r")(?![A-Za-z])")
FACES = dict.fromkeys(("rm", "it", "bf", "sf", "tt", "cal"), "Noto Sans CJK SC")


@lru_cache(1 << 10)
def drawn(latex: str) -> str | None:
    """A formula as an SVG, half of which lies above its axis; None where matplotlib cannot set it.

    Parameters
    ----------
    latex : str
        Without its delimiters; one line of mathematics, no environment of several.
    """
    from matplotlib import rc_context
    from matplotlib.path import Path
    from matplotlib.textpath import TextPath

    from futian_model.charts.theme import load_font

    body = COMMAND.sub(lambda match: SPELT[match[1]], " ".join(latex.split()))
    if not body or len(body) > LONGEST or "$" in body:
        return None
    fonts: dict[str, str] = {"mathtext.fontset": "stix"}
    if HAN.search(body):
        load_font()
        fonts = {f"mathtext.{name}": face for name, face in FACES.items()}
        fonts |= {"mathtext.fontset": "custom", "mathtext.fallback": "stix"}
    try:
        with rc_context(fonts):
            outline = TextPath((0, 0), f"${body}$", size=SIZE)
    except (ValueError, RecursionError):
        return None
    if not len(outline.vertices):
        return None
    box = outline.get_extents()
    half = max(box.y1 - AXIS, AXIS - box.y0) + MARGIN
    left, top, wide, high = box.x0 - MARGIN, AXIS + half, box.width + 2 * MARGIN, 2 * half
    letters = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C", Path.CLOSEPOLY: "Z"}
    steps = []
    for points, code in outline.iter_segments(simplify=False):
        places = zip(points[::2], points[1::2], strict=True) if code != Path.CLOSEPOLY else ()
        steps.append(letters[code] + " ".join(f"{x - left:.2f} {top - y:.2f}" for x, y in places))
    size = f'width="{wide:.2f}pt" height="{high:.2f}pt" viewBox="0 0 {wide:.2f} {high:.2f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><path d="{"".join(steps)}"/></svg>'


# it tells of each letter that it looks for in a second typeface
logging.getLogger("matplotlib.mathtext").setLevel(logging.ERROR)
