"""`futian explore`: the explorer drawn, without code; `futian lab`: JupyterLab, open on its notebook."""

import argparse
import datetime
import json
import os
import sys
from pathlib import Path

from futian_model import files
from futian_model.cli.arguments import Commands, ready
from futian_model.errors import InputError, nearest
from futian_model.kernels import OWN_SERVER
from futian_model.project import Project

NEWS = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}
"""JupyterLab asks on its first start whether it may fetch news; here it does not."""
HIDDEN = "notebook-only"
"""Tag of cells that lead a reader of the notebook."""
PROMPT = "futian_model.cli.connection.PromptConnection"
"""How JupyterLab talks to its kernels."""


STARTED = "evidence_trend"
"""Where a page starts that no scenario is named for."""
MOVED = {
    "contexts": "sensitivity",
    **dict.fromkeys(("plan_arithmetic", "scorecard", "tracker"), "plan"),
}
"""Notebooks that became part of another one."""


def add(commands: Commands) -> None:
    """Its options."""
    exploring = commands.add_parser(
        "lab",
        help="open JupyterLab on the explorer, or on another notebook of the project",
        description="Opens JupyterLab on the explorer. What stands after -- goes to JupyterLab:"
        " futian lab -- --no-browser --port 8889",
    )
    exploring.add_argument("notebook", nargs="?", default="explorer", metavar="NOTEBOOK",
                           help="name of a notebook of the project (default: explorer)")  # fmt: skip
    exploring.add_argument("options", nargs="*", metavar="OPTION", help="for JupyterLab, after --")
    exploring.set_defaults(command=lab)
    drawn = commands.add_parser(
        "explore",
        help="open the explorer drawn, without code; JupyterLab is one click away",
        description="Opens the explorer in a browser, drawn and without code. What stands after -- goes to"
        " JupyterLab's server: futian explore -- --no-browser --port 8889",
    )
    drawn.add_argument("--page", metavar="FILE",
                       help="write a page that computes offline to this .html, and open nothing")  # fmt: skip
    drawn.add_argument("options", nargs="*", metavar="OPTION",
                       help="for the server, after --; with --page the scenario's id or file")  # fmt: skip
    ready(drawn, explore, "--lang")


def explore(options: argparse.Namespace, project: Project) -> int:
    """The explorer's notebook run and shown without its cells, by Voila inside the server of JupyterLab."""
    if options.page is not None:
        return live_page(options, project)
    file = located("explorer", project)
    hidden = ("--TagRemovePreprocessor.enabled=True", f"--TagRemovePreprocessor.remove_cell_tags={HIDDEN}")
    os.environ[OWN_SERVER] = "yes"
    return serve(
        project, f"/voila/render/{file.relative_to(project.root).as_posix()}", *hidden, *options.options
    )


def live_page(options: argparse.Namespace, project: Project) -> int:
    """The page of a scenario that computes in the browser, as a file."""
    from futian_model.evidence import load_evidence
    from futian_model.explorer import live
    from futian_model.explorer.session import Explorer
    from futian_model.scenario import scenario_of

    file = Path(options.page)
    if file.suffix != ".html":
        raise InputError("--page", options.page, "the path of an .html file")
    if len(options.options) > 1:
        raise InputError("scenario", " ".join(options.options), "a single id or file")
    if file.exists():
        raise InputError("--page", options.page, "a file that is not there yet")
    evidence = load_evidence(project)
    explorer = Explorer(scenario_of((options.options or [STARTED])[0], evidence), evidence)
    files.write_through(file, live.page(explorer, options.lang, datetime.date.today()).encode())
    print(file)
    return 0


def lab(options: argparse.Namespace, project: Project) -> int:
    """JupyterLab, open on a notebook."""
    notebook, passed_on = options.notebook, list(options.options)
    if notebook.startswith("-"):  # nothing but options after the --
        notebook, passed_on = "explorer", [notebook, *passed_on]
    file = located(notebook, project)
    return serve(project, f"/lab/tree/{file.relative_to(project.root).as_posix()}", *passed_on)


def serve(project: Project, address: str, *passed_on: str) -> int:
    """JupyterLab's server in place of this process, so that it gets every signal."""
    command = [
        *(sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={project.root}"),
        f"--ServerApp.kernel_websocket_connection_class={PROMPT}",
        f"--LabApp.default_url={address}",
        *passed_on,
    ]
    os.chdir(project.root)
    os.execve(command[0], command, {**os.environ, **settings()})


def located(name: str, project: Project) -> Path:
    """A notebook of the project by its name."""
    known = {file.stem: file for file in sorted(project.notebooks.glob("[!.]*.ipynb"))}
    stem = name.removesuffix(".ipynb")
    if stem in MOVED and MOVED[stem] in known:
        raise InputError("notebook", name, f"{MOVED[stem]}, of which it is part now")
    if stem not in known:
        allowed = ", ".join(known) or "none is there"
        raise InputError("notebook", name, allowed, nearest=nearest(stem, known))
    return known[stem]


def settings() -> dict[str, str]:
    """Where JupyterLab finds its settings: the reader's own, and on top of them no question about news."""
    from jupyter_core.paths import jupyter_config_dir

    own = Path(jupyter_config_dir())
    config = own / "futian"
    page = config / "labconfig" / "page_config.json"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(json.dumps(NEWS), "utf-8")
    beside = [str(own), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    kept = {"JUPYTERLAB_SETTINGS_DIR": "user-settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces"}
    return {
        **{name: os.environ.get(name, str(own / "lab" / folder)) for name, folder in kept.items()},
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_CONFIG_PATH": os.pathsep.join(beside),
    }
