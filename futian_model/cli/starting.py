"""`futian init`: a project for another district."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from futian_model.cli.arguments import Commands, ready
from futian_model.languages import language, texts
from futian_model.project import Project

if TYPE_CHECKING:
    from futian_model.layout import Laid


ROOM = Path(__file__).parent


def add(commands: Commands) -> None:
    """Its options."""
    starting = commands.add_parser(
        "init",
        help="lay out a project, for this district or another one",
        description="Lay out data, scenarios and notebooks: a copy of the project around the working folder,"
        " else of the one that comes with the library; or for another district what every district shares,"
        " and the figures held of that one. Nothing is overwritten.",
    )
    option = starting.add_argument
    option("folder", type=Path, metavar="DIR", help="where; made where it is missing")
    named = "id or name of a district of data/places.csv, or a new id"
    option("--district", metavar="NAME", help=f"{named} (default: the project's own, all of it)")
    option("--name-zh", metavar="NAME", help="Chinese name of a new district")
    option("--name-en", metavar="NAME", help="English name of a new district")
    around = "id or name of its city, or a new id (default: as the data know, else the project's own city)"
    option("--city", metavar="NAME", help=around)
    option("--city-name-zh", metavar="NAME", help="Chinese name of a new city")
    option("--city-name-en", metavar="NAME", help="English name of a new city")
    starting.set_defaults(lays_out=True)
    ready(starting, start, "--lang")


def start(options: argparse.Namespace, project: Project) -> int:
    """A project for another district, and what is missing in it."""
    from futian_model.layout import Asked, copy, lay_out

    if options.district is None:
        copied = copy(project, options.folder)
        print(texts(ROOM, options.lang)["copied"].format(folder=copied.root))
        return 0
    district = Asked(options.district, options.name_zh, options.name_en)
    city = None if options.city is None else Asked(options.city, options.city_name_zh, options.city_name_en)
    laid = lay_out(project, options.folder, district, city)
    print(_laid_out(laid, options.lang))
    guide = laid.project.data / f"README{language(options.lang).manual}.md"
    print(texts(ROOM, options.lang)["next"].format(guide=guide))
    return 0


def _laid_out(laid: "Laid", lang: str) -> str:
    geo = laid.district.geo
    place = f"{laid.district.names(geo)[language(lang).data]} ({geo})"
    return texts(ROOM, lang)["laid_out"].format(
        place=place, folder=laid.project.root, own=laid.own, shared=laid.shared
    )
