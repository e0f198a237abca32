"""Files of the explorer's page."""

import base64
from importlib.resources import files

from futian_model.report.page.display import CHARTS, NUMBERS, template_file


def script() -> str:
    """The page's script, after those it shares with the reports."""
    return "".join(map(template_file, (NUMBERS, CHARTS))) + asset("room.js") + asset("explorer.js")


def asset(name: str) -> str:
    """A file of the page as it is."""
    return (files("futian_model.explorer") / "static" / name).read_text("utf-8")


def text(content: bytes) -> str:
    """Numbers as a page carries them."""
    return base64.b64encode(content).decode("ascii")
