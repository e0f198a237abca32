"""Change an assumption, see the answer at once: the explorer, with and without its widget."""

from typing import TYPE_CHECKING

from futian_model.evidence import Evidence, load_evidence
from futian_model.explorer import sessions
from futian_model.explorer.answers import DRAWS, Answers
from futian_model.explorer.session import Explorer, Run
from futian_model.explorer.state import Space, State
from futian_model.languages import language
from futian_model.scenario import Scenario, Source, scenario_of

if TYPE_CHECKING:
    from futian_model.explorer.widget import ExplorerWidget

NOTEBOOK = "explorer.ipynb"
PLACE = 50


def explore(
    scenario: Scenario | Source,
    lang: str = "zh",
    *,
    evidence: Evidence | None = None,
    draws: int = DRAWS,
    session: bool = True,
) -> "ExplorerWidget":
    """Sliders and choices for a scenario, with GDP, GDP per head, shares and goals redrawn at once.

    Parameters
    ----------
    scenario : Scenario, str, Path or mapping
        Where it starts, or what `load_scenario` takes.
    lang : {"zh", "en"}
        Language it opens in; the page switches between both.
    evidence : Evidence, optional
        The project's figures; loaded when left out.
    draws : int
        Simulated paths of each answer, 100 to 100,000.
    session : bool
        Whether the session is kept in the project's `.explorer/` and brought back when the scenario is opened
        again; under Voila, which serves many, it is not.

    Returns
    -------
    ExplorerWidget
        To be shown by a notebook. Its `explorer` is the session behind it.

    Raises
    ------
    InputError
        The scenario is faulty or cannot be simulated, or an argument is out of range.
    """
    from futian_model.explorer.widget import ExplorerWidget

    language(lang)
    evidence = load_evidence() if evidence is None else evidence
    explorer = Explorer(scenario_of(scenario, evidence), evidence, draws=draws)
    kept = session and not sessions.shared()
    file = sessions.place(explorer.project, explorer.space.start)
    return ExplorerWidget(explorer, lang, sessions.Keeper(explorer, file) if kept else None)
