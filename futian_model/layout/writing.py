"""A project's folder, written whole or not at all, and never over what is there."""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from futian_model.errors import FileFault
from futian_model.evidence import Evidence, load_evidence
from futian_model.files import READY, finish, move, move_all, sweep, whole_folder, write_through
from futian_model.layout.notebooks import notebook_files
from futian_model.layout.params import filled, misfits, scenario_files, shared_contexts
from futian_model.layout.places import Asked, District, district_among
from futian_model.layout.tables import data_files, held_places
from futian_model.project import Project
from futian_model.scenario import load_scenario
from futian_model.scenario.json_schema import write_schema

READMES = ("README.md", "README.zh.md", "data/README.md", "data/README.zh.md")
TREND = "evidence_trend"
"""The scenario that the others build on."""


class Laid(NamedTuple):
    """A project that was laid out, and whom it is about.

    Attributes
    ----------
    own, shared : int
        Figures of the district, and of the places around it.
    """

    project: Project
    district: District
    own: int
    shared: int


def lay_out(source: Project, folder: Path, district: Asked, city: Asked | None = None) -> Laid:
    """Lay out a project for a district beside another project.

    Everything that is not the old district's own is carried over: figures of its city, of the nation and
    of the places to compare with, panels, sources, notebooks. Figures that the old project holds of the
    new district come along.

    Parameters
    ----------
    source : Project
        Where figures and notebooks come from.
    folder : Path
        Made where it is missing. One that holds anything else keeps it.
    district, city : Asked
        The city is left out where the data know it, or where it is the old project's.

    Raises
    ------
    FileFault
        The folder holds something of a project already.
    InputError
        A place cannot be what it is asked to be, or the old project's data are faulty.
    OSError
        The folder cannot be written. Nothing is left half-written.
    """
    folder = Path(os.path.abspath(folder))
    chosen = district_among(held_places(source), district, city)
    with laid_in(folder) as root:
        geo = fill(Project(root), source, chosen).observations["geo"]
    own = int((geo == chosen.geo).sum())
    return Laid(Project(folder), chosen, own, len(geo) - own)


def copy(source: Project, folder: Path) -> Project:
    """Lay out a project as another one is: its data, scenarios and notebooks.

    Raises
    ------
    FileFault
        The folder holds something of a project already.
    OSError
        The folder cannot be written. Nothing is left half-written.
    """
    ignored = shutil.ignore_patterns(".*", "__pycache__")
    folder = Path(os.path.abspath(folder))
    with laid_in(folder) as root:
        for part in (source.data, source.params, source.notebooks):
            shutil.copytree(part, root / part.name, ignore=ignored)
    return Project(folder)


@contextmanager
def laid_in(folder: Path) -> Iterator[Path]:
    """A folder to fill, which then stands in a project's place, whole."""
    finish(folder)
    refuse(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    home = folder / READY if folder.exists() else folder
    sweep(home.parent, home.name)
    with whole_folder(home) as root:
        yield root
        if home == folder:
            move(root, folder)
        else:
            move_all(root, folder)


def fill(project: Project, source: Project, chosen: District) -> Evidence:
    """Every file of the new project; what its data hold."""
    names = {f"name_{lang}": name for lang, name in chosen.names(chosen.geo).items()}
    names |= {f"city_{lang}": name for lang, name in chosen.names(chosen.city).items()}
    write(project, {name: filled(name, {"geo": chosen.geo, **names}) for name in READMES})
    write(project, {f"data/{name}": text for name, text in data_files(source, chosen).items()})
    evidence = load_evidence(project)
    write(project, scenario_files(evidence, chosen) | shared_contexts(source, same_city=chosen.same_city))
    trend = load_scenario(TREND, project, evidence=evidence)
    for file in misfits(project, evidence, trend):
        file.unlink()
    write_schema(project, evidence)
    folders = (source.params, *source.editions)
    known = [file.stem for folder in folders for file in folder.glob("[!.]*.yaml")]
    kept = [TREND, *sorted(file.stem for file in project.params.glob("[!.]*.yaml") if file.stem != TREND)]
    write(project, notebook_files(source, known, kept))
    return evidence


def write(project: Project, files: Mapping[str, str]) -> None:
    """Files by path inside the project."""
    for name, text in files.items():
        file = project.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        write_through(file, text.encode())


def refuse(folder: Path) -> None:
    """Refuse a folder in which something of a project stands."""
    if folder.exists() and not folder.is_dir():
        raise FileFault(folder, "a file; allowed: a folder, or a name not taken")
    own = ("README.md", "README.zh.md", "data", "notebooks", "params")
    taken = [name for name in own if os.path.lexists(folder / name)]
    if taken:
        message = f"holds {', '.join(taken)} already; allowed: a folder without {', '.join(own)}"
        raise FileFault(folder, message)
