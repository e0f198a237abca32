"""What page and kernel tell each other: a message in, the messages that answer it out.

Numbers travel as a buffer of single precision, words and chances beside it.
"""

from collections.abc import Callable, Mapping
from typing import Any

from futian_model.errors import InputError
from futian_model.explorer import facts, page, saving
from futian_model.explorer.session import Explorer, numbers
from futian_model.explorer.state import State
from futian_model.languages import DATA_LANGS

Content = Mapping[str, Any]
Message = tuple[dict[str, Any], list[bytes]]


class Desk:
    """Answers the page's messages about one session."""

    def __init__(self, explorer: Explorer, lang: str) -> None:
        self.explorer, self.lang = explorer, lang
        self.kinds: Mapping[str, Callable[[Content], list[Message]]] = {
            "hello": self.hello,
            "state": self.move,
            "keep": self.keep,
            "drop": self.drop,
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
        return [(head | {"asked": asked, "view": view}, buffers) for head, buffers in self.answers(content)]

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
        return {"state": self.explorer.state.to_dict(), "ground": self.explorer.ground}

    def hello(self, content: Content) -> list[Message]:
        """All that a page needs to begin."""
        return [self.layout(), self.kept(), self.answered(content)]

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
        return {"kind": "runs", "runs": [facts.named_run(run) for run in runs]}, [
            numbers(run.answer) for run in runs
        ]

    def move(self, content: Content) -> list[Message]:
        """Another state."""
        explorer, state, before = self.explorer, content["state"], self.explorer.space
        explorer.move(State(dict(state["choices"]), dict(state["numbers"])), content.get("ground"))
        if explorer.space is before:
            return [self.answered(content)]
        head = {"kind": "controls", **facts.controls(explorer), "lapsed": explorer.lapsed}
        return [(head, []), self.answered(content)]

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
