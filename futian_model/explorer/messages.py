"""What page and kernel tell each other: a message in, the messages that answer it out.

Numbers travel as a buffer of single precision, words and chances beside it.
"""

import datetime
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

from futian_model.errors import InputError
from futian_model.explorer import effects, facts, live, saving, tables
from futian_model.explorer.implied import implied
from futian_model.explorer.session import Explorer, numbers
from futian_model.explorer.sessions import Keeper
from futian_model.explorer.state import Space, State
from futian_model.languages import DATA_LANGS, LANGS

Content = Mapping[str, Any]
Message = tuple[dict[str, Any], list[bytes]]


FAULTS = 5
"""Lines of what a report's process said that are passed on."""


class Desk:
    """Answers the page's messages about one session.

    Attributes
    ----------
    later : callable
        Sends a message that is ready only some time after it was asked for.
    """

    def __init__(self, explorer: Explorer, lang: str, keeper: Keeper | None = None) -> None:
        self.explorer, self.lang, self.keeper = explorer, lang, keeper
        self.later: Callable[[dict[str, Any], list[bytes]], None] = lambda head, buffers: None
        self.kinds: Mapping[str, Callable[[Content], list[Message]]] = {
            "hello": self.hello,
            "state": self.move,
            "keep": self.keep,
            "drop": self.drop,
            "rename": self.rename,
            "note": self.note,
            "undo": self.step,
            "redo": self.step,
            "take up": self.take_up,
            "load": self.load,
            "save": self.save,
            "index": self.index,
            "effect": self.effect,
            "presets": self.presets,
            "target": self.target,
            "page": self.page,
            "data": self.data,
            "show": self.show,
            "report": self.report,
        }

    def answer(self, content: Content) -> list[Message]:
        """The messages that answer one; a fault of the user's is an answer, not raised.

        Every view of the session hears them: each says which view asked, and what.
        """
        asked, view = content["kind"], content.get("view")
        messages = self.answers(content)
        if self.keeper is not None:
            self.keeper.put()
        return [(head | {"asked": asked, "view": view}, buffers) for head, buffers in messages]

    def answers(self, content: Content) -> list[Message]:
        """What is answered."""
        try:
            return self.kinds[content["kind"]](content)
        except saving.Taken as fault:
            return [({"kind": "taken", "faults": facts.faults(fault)}, [])]
        except InputError as fault:
            return [({"kind": "refused", "faults": facts.faults(fault)} | self.stands(), [])]

    def stands(self) -> dict[str, Any]:
        """Where the session is."""
        explorer = self.explorer
        return {
            "state": explorer.state.to_dict(),
            "ground": explorer.ground,
            "undo": bool(explorer.past),
            "redo": bool(explorer.ahead),
            "unkept": self.keeper.fault if self.keeper is not None else "",
        }

    def hello(self, content: Content) -> list[Message]:
        """All that a page needs to begin."""
        return [self.layout(), self.kept(), self.answered(content), *self.session()]

    def session(self) -> list[Message]:
        """What was brought back, said once."""
        if self.keeper is None or not (self.keeper.restored or self.keeper.unread):
            return []
        head = {"kind": "session", "restored": self.keeper.restored, "unread": self.keeper.unread}
        self.keeper.restored = False
        return [(head, [])]

    def layout(self) -> Message:
        """Words and controls, with the baseline's numbers."""
        head = {"kind": "layout", **facts.layout(self.explorer), **facts.controls(self.explorer)}
        return head, [numbers(self.explorer.baseline_answer)]

    def answered(self, content: Content) -> Message:
        """What the current state leads to."""
        explorer = self.explorer
        head = {"kind": "answer", "number": content.get("number"), "implied": implied(explorer)}
        return head | self.stands() | facts.outcome(explorer), [numbers(explorer.answer)]

    def kept(self) -> Message:
        """The runs that were kept."""
        runs = self.explorer.runs
        head = {
            "kind": "runs",
            "runs": [facts.named_run(run, self.explorer.evidence) for run in runs],
            **self.stands(),
        }
        return head, [numbers(run.answer) for run in runs]

    def move(self, content: Content) -> list[Message]:
        """Another state."""
        explorer, state, before = self.explorer, content["state"], self.explorer.space
        explorer.move(
            State(dict(state["choices"]), dict(state["numbers"])),
            content.get("ground"),
            content.get("gesture"),
        )
        return [*self.controls(before), self.answered(content)]

    def controls(self, before: Space) -> list[Message]:
        """What can be moved, where that is not what it was."""
        explorer = self.explorer
        if explorer.space is before:
            return []
        if explorer.space.start is not before.start:
            return [self.layout()]
        return [({"kind": "controls", **facts.controls(explorer), "lapsed": explorer.lapsed}, [])]

    def step(self, content: Content) -> list[Message]:
        """A step back, or one that was undone again."""
        explorer, before = self.explorer, self.explorer.space
        (explorer.undo if content["kind"] == "undo" else explorer.redo)()
        return [*self.controls(before), self.kept(), self.answered(content)]

    def rename(self, content: Content) -> list[Message]:
        """Another name for a run."""
        self.explorer.rename(content["name"], content["new"])
        return [self.kept()]

    def note(self, content: Content) -> list[Message]:
        """A note on a run."""
        self.explorer.annotate(content["name"], content["note"])
        return [self.kept()]

    def keep(self, content: Content) -> list[Message]:
        """The current state kept under a name."""
        self.explorer.keep(content["name"])
        return [self.kept()]

    def drop(self, content: Content) -> list[Message]:
        """A run less."""
        self.explorer.drop(content["name"])
        return [self.kept()]

    def take_up(self, content: Content) -> list[Message]:
        """Back to a run."""
        self.explorer.take_up(content["name"])
        return [self.layout(), self.answered(content)]

    def load(self, content: Content) -> list[Message]:
        """Another start."""
        self.explorer.load(content["file"].strip())
        return [self.layout(), self.answered(content)]

    def save(self, content: Content) -> list[Message]:
        """The current state as a file."""
        title = {lang: content.get(lang, "") for lang in DATA_LANGS}
        file = self.explorer.save(content["name"].strip(), title, replace=content.get("replace", False))
        shown = self.explorer.project.shown(file)
        return [({"kind": "saved", "file": shown, "scenarios": facts.scenarios(self.explorer)}, [])]

    def index(self, content: Content) -> list[Message]:
        """Which lever moves what."""
        return [({"kind": "index", "rows": effects.index(self.explorer)}, [])]

    def effect(self, content: Content) -> list[Message]:
        """What a step of the number under the hand does to each goal; nothing where there is none."""
        try:
            return [({"kind": "effect", **effects.effect(self.explorer, str(content["name"]))}, [])]
        except InputError:
            return [({"kind": "effect", "name": content["name"], "step": 0.0, "goals": []}, [])]

    def presets(self, content: Content) -> list[Message]:
        """The project's scenarios to start from."""
        return [({"kind": "presets", "presets": facts.presets(self.explorer)}, [])]

    def target(self, content: Content) -> list[Message]:
        """The chance of a level that is aimed at."""
        asked = content["indicator"], int(content["year"]), float(content["level"])
        aimed = self.explorer.answers.aim(self.explorer.scenario, *asked)
        reading = {"share": aimed.chance.share, "chance": facts.written(*aimed.chance)}
        return [({"kind": "target", **aimed._asdict(), **reading}, [])]

    def data(self, content: Content) -> list[Message]:
        """A chart or a table, or all of them, as a file."""
        explorer, form, lang = self.explorer, content["form"], content.get("lang", self.lang)
        what = [content["what"]] if content.get("what") else tables.names(explorer)
        view = content.get("drawn", tables.VIEWS[0])
        held = tables.file(explorer, what, form, view, lang)
        drawn = [view] if what[0] in explorer.answer.central and len(what) == 1 else []
        parts = [explorer.space.start.id, *(what if len(what) == 1 else []), *drawn]
        head = {"kind": "file", "name": ".".join([*parts, form]), "type": tables.FORMS[form]}
        return [(head, [held])]

    def show(self, content: Content) -> list[Message]:
        """The state as Python, as YAML or as a text."""
        explorer, form = self.explorer, content["form"]
        name = content.get("name", "").strip() or f"{explorer.space.start.id}_explored"
        title = {lang: content.get(lang, "") for lang in DATA_LANGS}
        makers = {
            "python": explorer.as_python,
            "yaml": lambda: explorer.as_yaml(name, title),
            "text": explorer.as_text,
        }
        if form not in makers:
            raise InputError("form", form, ", ".join(makers))
        return [({"kind": "shown", "form": form, "text": makers[form]()}, [])]

    def report(self, content: Content) -> list[Message]:
        """The report of the current state, which is saved first where it was moved; said once it is made."""
        explorer = self.explorer
        file = explorer.source
        messages: list[Message] = []
        if file is None or explorer.space.changes(explorer.state):
            messages, file = self.saved(content), content["name"].strip()
        lang = content.get("lang", self.lang)
        asked = {"asked": "report", "view": content.get("view")}
        Thread(target=lambda: self.later(self.reported(file, lang) | asked, []), daemon=True).start()
        return [*messages, ({"kind": "working"}, [])]

    def saved(self, content: Content) -> list[Message]:
        """The current state as a file, unless it is that file already."""
        try:
            return self.save(content)
        except saving.Taken:
            name, title = content["name"].strip(), {lang: content.get(lang, "") for lang in DATA_LANGS}
            file = self.explorer.project.params / f"{name}.yaml"
            if file.read_text("utf-8") != self.explorer.as_yaml(name, title):
                raise
            return []

    def reported(self, file: str, lang: str) -> dict[str, Any]:
        """What became of a report, which another process makes."""
        project = self.explorer.project
        folder = None if project.shipped else project.root
        command = [sys.executable, "-m", "futian_model.cli", "run", file, "--lang", lang, "--format", "html"]
        done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace")
        if done.returncode:
            lines = (done.stderr or done.stdout).strip().splitlines()[-FAULTS:]
            return {"kind": "refused", "faults": [dict.fromkeys(LANGS, line) for line in lines]}
        page_file = project.outputs / Path(file).stem / f"{Path(file).stem}.{lang}.html"
        return {"kind": "reported", "file": project.shown(page_file)}

    def page(self, content: Content) -> list[Message]:
        """The page that computes without a kernel, as a file."""
        html = live.page(self.explorer, content.get("lang", self.lang), datetime.date.today())
        return [({"kind": "page", "html": html, "name": f"{self.explorer.space.start.id}.explorer.html"}, [])]
