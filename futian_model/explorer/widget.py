"""The explorer as a widget, for JupyterLab, Notebook, Voila and VS Code."""

from typing import Any

import anywidget
import traitlets

from futian_model.explorer import page
from futian_model.explorer.messages import Desk
from futian_model.explorer.session import Explorer
from futian_model.explorer.sessions import Keeper
from futian_model.explorer.texts import page_texts


class ExplorerWidget(anywidget.AnyWidget):
    """A session under the reader's hands.

    Attributes
    ----------
    explorer : Explorer
        The session; what is moved on the page is moved in it.
    """

    _esm = page.script()
    _css = page.asset("explorer.css")
    lang = traitlets.Unicode().tag(sync=True)
    silent = traitlets.Unicode().tag(sync=True)

    def __init__(self, explorer: Explorer, lang: str, keeper: Keeper | None = None) -> None:
        super().__init__(lang=lang, silent=page_texts()[lang]["silent"])
        self.explorer = explorer
        self.desk = Desk(explorer, lang, keeper)
        self.desk.later = self.send
        self.on_msg(self.heard)

    def heard(self, widget: Any, content: dict[str, Any], buffers: list[memoryview]) -> None:
        """Answer a message of the page."""
        for message, numbers in self.desk.answer(content):
            self.send(message, numbers)
