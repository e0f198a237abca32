"""What page and kernel tell each other: a message in, the messages that answer it out.

Numbers travel as a buffer of single precision, words and chances beside it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from futian_model.errors import InputError
from futian_model.explorer import facts, page, saving
from futian_model.explorer.session import Explorer, numbers
from futian_model.explorer.sessions import Keeper
from futian_model.explorer.state import Space, State
from futian_model.languages import DATA_LANGS

Content = Mapping[str, Any]
Message = tuple[dict[str, Any], list[bytes]]


class Desk:
    """Answers the page's messages about one session."""

    def __init__(self, explorer: Explorer, lang: str, keeper: Keeper | None = None) -> None:
        self.explorer, self.lang, self.keeper = explorer, lang, keeper
        self.kinds: Mapping[str, Callable[[Content], list[Message]]] = {
            "hello": self.hello,
            "state": self.move,
            "keep": self.keep,
            "drop": self.drop,
            "rename": self.rename,
            "note": self.note,
            "undo": self.undo,
            "redo": self.redo,
            "take up": self.take_up,
            "load": self.load,
            "save": self.save,
            "index": self.index,
            "target": self.target,
            "page": self.page,
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
        head = {"kind": "answer", "number": content.get("number"), **self.stands()}
        return head | facts.outcome(explorer, explorer.evidence, explorer.changes()), [
            numbers(explorer.answer)
        ]

    def kept(self) -> Message:
        """The runs that were kept."""
        runs = self.explorer.runs
        head = {"kind": "runs", "runs": [facts.named_run(run) for run in runs], **self.stands()}
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

    def undo(self, content: Content) -> list[Message]:
        """A step back."""
        before = self.explorer.space
        self.explorer.undo()
        return [*self.controls(before), self.kept(), self.answered(content)]

    def redo(self, content: Content) -> list[Message]:
        """A step that was undone, again."""
        before = self.explorer.space
        self.explorer.redo()
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
        return [({"kind": "index", "rows": facts.effects(self.explorer)}, [])]

    def target(self, content: Content) -> list[Message]:
        """The chance of a level that is aimed at."""
        asked = content["indicator"], int(content["year"]), float(content["level"])
        aimed = self.explorer.answers.aim(self.explorer.scenario, *asked)
        reading = {"share": aimed.chance.share, "chance": facts.written(*aimed.chance)}
        return [({"kind": "target", **aimed._asdict(), **reading}, [])]

    def page(self, content: Content) -> list[Message]:
        """The page by itself, as a file."""
        html = page.standalone(self.explorer, content.get("lang", self.lang))
        return [({"kind": "page", "html": html, "name": f"{self.explorer.space.start.id}.explorer.html"}, [])]
