"""A question's report: its material, and its sections as its notebook calls them."""

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from typing import Any, ClassVar, Concatenate, Generic, ParamSpec, Self, TypeVar, overload

from futian_model.charts.theme import share_font
from futian_model.evidence import Evidence
from futian_model.report.page import Block, Cover, Record
from futian_model.report.page.results_files import run_of
from futian_model.report.sections.material import Material, gather
from futian_model.report.words import Number, Sentence, year
from futian_model.scenario import Scenario, Source, read_back, scenario_of

Asked = ParamSpec("Asked")
Shown = TypeVar("Shown", bound=Block | None)
Held = TypeVar("Held", bound=Material)
RECORD = "the file's record"
"""Where a scenario was read that a delivered file carries."""


class Part(Generic[Asked, Shown]):
    """A section of a report, called as its method.

    Parameters
    ----------
    section : callable
        Makes it of the report's material.
    """

    def __init__(self, section: Callable[Concatenate[Any, Asked], Shown]) -> None:
        self.section, self.__doc__ = section, section.__doc__

    @overload
    def __get__(self, report: None, kind: type) -> Self: ...
    @overload
    def __get__(self, report: "Report", kind: type) -> Callable[Asked, Shown]: ...
    def __get__(self, report: "Report | None", kind: type) -> Self | Callable[Asked, Shown]:
        return self if report is None else partial(self._of, report)

    def _of(self, report: "Report", *args: Asked.args, **kwargs: Asked.kwargs) -> Shown:
        share_font()
        block = self.section(report.material, *args, **kwargs)
        return block if block is None else block.of(report.run)


class Report:
    """A question's report in one language.

    A subclass names its material and, as `Part`s, its sections in the order of its notebook.
    """

    lang: str
    material: Any

    @classmethod
    def sections(cls) -> list[str]:
        """Names of its sections, in order."""
        return [name for name, held in vars(cls).items() if isinstance(held, Part)]

    def inputs(self) -> dict[str, Any]:
        """What its results were made from, beside the data; enough to make it again."""
        raise TypeError("a report says what it was made from")

    def record(self) -> Record:
        """The results table and its inputs, carried in the notebook and not shown."""
        return self._record

    @cached_property
    def _record(self) -> Record:
        record: Record = self.material.record({"report": type(self).__name__, **self.inputs()})
        return record.of(run_of(record.inputs))

    @property
    def run(self) -> str:
        """By what it is made from: the same on every section of a page."""
        return self._record.run

    @classmethod
    def again(cls, inputs: Mapping[str, Any], lang: str, evidence: Evidence) -> Self:
        """The report that a record's inputs make.

        Raises
        ------
        InputError
            It cannot be made of today's data.
        """
        raise TypeError("a report says how it is made again")


class OfScenario(Report, Generic[Held]):
    """A report of one scenario; simulated once, at the first section asked for.

    Parameters
    ----------
    scenario : Scenario, str, Path or mapping
        From `load_scenario`, or what that takes.
    lang : {"zh", "en"}
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    draws, seed : int, optional
        Number of paths and key of the random draws; the scenario's own when left out.
    """

    kind: ClassVar[type[Material]]
    """What it is written from."""
    asked: ClassVar[tuple[str, ...]] = ("draws", "seed")
    """Inputs, beside the scenario, that it is made again with."""

    def __init__(
        self,
        scenario: Scenario | Source,
        lang: str = "zh",
        *,
        evidence: Evidence | None = None,
        draws: int | None = None,
        seed: int | None = None,
    ) -> None:
        self.scenario, self.lang = self.prepared(scenario_of(scenario, evidence)), lang
        self._asked: dict[str, Any] = {"evidence": evidence, "draws": draws, "seed": seed}

    def prepared(self, scenario: Scenario) -> Scenario:
        """The scenario as the report looks at it."""
        return scenario

    @cached_property
    def material(self) -> Held:
        """Results and the table of numbers."""
        material: Any = gather(self.kind, self.scenario, self.lang, **self._asked)
        return material

    def inputs(self) -> dict[str, Any]:
        own = self.material.given_scenario
        return {"scenario": self.scenario.to_dict()} | {name: getattr(own, name) for name in self.asked}

    @classmethod
    def again(cls, inputs: Mapping[str, Any], lang: str, evidence: Evidence) -> Self:
        asked = {name: inputs[name] for name in cls.asked}
        return cls(read_back(inputs["scenario"], evidence, RECORD), lang, evidence=evidence, **asked)


def facts(page: Material, *names: str) -> list[tuple[str, Number | Sentence | str]]:
    """Facts of a cover by the keys of their labels: ``span``, ``vintage``, ``prices``, ``draws``."""
    every: dict[str, Callable[[], Number | Sentence | str]] = {
        "span": lambda: page.span(page.first, page.last),
        "vintage": lambda: page.vintage,
        "prices": lambda: page.say("prices", year=year(page.first)),
        "draws": lambda: Number(page.given_scenario.draws, "count"),
    }
    return [(f"fact_{name}", every[name]()) for name in names]


def cover(page: Material, prefix: str, *names: str, **fields: Number | Sentence | str) -> Cover:
    """A cover of the texts ``<prefix>_title``, ``_subtitle`` and ``_question``, over these `facts`."""
    fields = {"scenario": page.title, **fields}
    title, subtitle, question = (
        page.say(f"{prefix}_{name}", **fields) for name in ("title", "subtitle", "question")
    )
    return page.cover(title, subtitle, question, facts(page, *names))
