"""The explorer as a widget, for JupyterLab, Notebook, Voila and VS Code."""

import base64
import os
from typing import Any

import anywidget
import traitlets

from futian_model.explorer import page
from futian_model.explorer.messages import Desk
from futian_model.explorer.session import Explorer
from futian_model.explorer.sessions import Keeper, voila
from futian_model.explorer.still import still
from futian_model.explorer.texts import page_texts
from futian_model.kernels import OWN_SERVER


class ExplorerWidget(anywidget.AnyWidget):
    """A session under the reader's hands.

    Attributes
    ----------
    explorer : Explorer
        The session; what is moved on the page is moved in it.
    beside : bool
        Whether JupyterLab is served beside the page, which then leads there.
    picture : str
        The session as it was when it was shown, as SVG: for a page without a kernel.
    """

    _esm = page.script()
    _css = page.asset("explorer.css")
    lang = traitlets.Unicode().tag(sync=True)
    silent = traitlets.Unicode().tag(sync=True)
    beside = traitlets.Bool().tag(sync=True)
    picture = traitlets.Unicode().tag(sync=True)

    def __init__(self, explorer: Explorer, lang: str, keeper: Keeper | None = None) -> None:
        beside = OWN_SERVER in os.environ
        super().__init__(lang=lang, silent=page_texts()[lang]["silent"], beside=beside)
        self.explorer = explorer
        self.desk = Desk(explorer, lang, keeper)
        self.desk.later = self.send
        self.on_msg(self.heard)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The page, and for exports a picture; Voila's page is all that there is to see.

        The picture is in dots: of an SVG nbconvert asks for Inkscape where it makes a PDF.
        """
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is None or voila():
            return bundle
        drawn, (data, about) = still(self.explorer, self.lang), bundle
        self.picture = drawn.svg
        dots = base64.b64encode(drawn.png()).decode("ascii")
        return {**data, "image/png": dots, "text/plain": drawn.alt}, about

    def heard(self, widget: Any, content: dict[str, Any], buffers: list[memoryview]) -> None:
        """Answer a message of the page."""
        for message, numbers in self.desk.answer(content):
            self.send(message, numbers)
