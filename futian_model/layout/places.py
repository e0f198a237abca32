"""Who plays which part in the new project: the district, its city, the others."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from futian_model.errors import InputError, nearest
from futian_model.files import UNRESERVED

Place = dict[str, str]
"""A row of `places.csv`."""
NAMES = ("name_zh", "name_en")
ROLES = {"district": ("district", "comparable_district"), "city": ("city", "comparable_city")}
"""Parts that a place may play so far to become the district, or the city."""
ID = rf"{UNRESERVED}[a-z][a-z0-9_]*"


class Asked(NamedTuple):
    """A place as a user names it: its id or one of its names, and names where it is not held yet."""

    name: str
    name_zh: str | None = None
    name_en: str | None = None


class District(NamedTuple):
    """The district of a new project, and what becomes of the places of the old one.

    Attributes
    ----------
    geo, city : str
        Ids of the district and of its city.
    places : list of dict
        Rows of the new `places.csv`.
    is_new : bool
        Whether another district was the old project's, so that its plan is not this one's.
    same_city : bool
        Whether the old project's city is this one's too.
    """

    geo: str
    city: str
    places: list[Place]
    is_new: bool
    same_city: bool

    @property
    def kept(self) -> set[str]:
        """Ids of the places that the new project knows."""
        return {place["geo"] for place in self.places}

    def names(self, geo: str) -> dict[str, str]:
        """Names of a place by language."""
        place = next(row for row in self.places if row["geo"] == geo)
        return {name.removeprefix("name_"): place[name] for name in NAMES}


def district_among(places: Sequence[Place], district: Asked, city: Asked | None = None) -> District:
    """The district and its city among the places held, or beside them.

    The old project's district leaves with its figures; its city becomes one to compare with, where the
    new one is another. A province that the new city does not lie in leaves too.

    Raises
    ------
    InputError
        A place that is not held lacks its names, plays another part, or lies in another city.
    """
    rows = [dict(place) for place in places]
    own = located(rows, district, "district")
    around = city_of(rows, own, city)
    if own is None:
        own = added(district, "district", around["geo"])
        rows.append(own)
    former = playing(rows, "district")
    is_new = former is not None and former["geo"] != own["geo"]
    if former is not None and is_new:
        rows.remove(former)
    before = playing(rows, "city")
    same_city = before is not None and before["geo"] == around["geo"]
    if before is not None and not same_city:
        before["role"] = "comparable_city"
    if around not in rows:
        rows.append(around)
    own["role"], around["role"] = "district", "city"
    rows = [own, *(row for row in rows if row is not own)]
    return District(own["geo"], around["geo"], without_strangers(rows, around), is_new, same_city)


def located(rows: Sequence[Place], asked: Asked, role: str) -> Place | None:
    """The held place that is meant; None where there is none and it may be added."""
    for row in rows:
        if asked.name.casefold() in [row[name].casefold() for name in ("geo", *NAMES)]:
            if row["role"] not in ROLES[role]:
                allowed = f"a {role}; {row['geo']} is the {row['role'].replace('_', ' ')} of the data"
                raise InputError(role, asked.name, allowed)
            return row
    if asked.name_zh and asked.name_en and re.fullmatch(ID, asked.name):
        return None
    held = [row["geo"] for row in rows if row["role"] in ROLES[role]]
    close = nearest(asked.name, [*held, *(row[name] for row in rows for name in NAMES)])
    allowed = f"a {role} of data/places.csv: {', '.join(held)}; or a new id such as new_{role}"
    prefix = "" if role == "district" else f"{role}-"
    allowed += f" (a-z, 0-9, _) with --{prefix}name-zh and --{prefix}name-en"
    raise InputError(role, asked.name, allowed, nearest=close)


def city_of(rows: Sequence[Place], district: Place | None, asked: Asked | None) -> Place:
    """The city around a district: where it lies by the data, as asked, or the old project's."""
    parent = next((row for row in rows if district is not None and row["geo"] == district["parent"]), None)
    if asked is None:
        around = parent if parent is not None else playing(rows, "city")
        if around is None:
            raise InputError("city", None, "a city: name it")
        return around
    around = located(rows, asked, "city")
    if parent is not None and (around is None or around["geo"] != parent["geo"]):
        raise InputError("city", asked.name, f"{parent['geo']}, in which the district lies")
    nation = playing(rows, "nation")
    return around if around is not None else added(asked, "city", nation["geo"] if nation else "")


def playing(rows: Sequence[Place], role: str) -> Place | None:
    """The place that plays a part."""
    return next((row for row in rows if row["role"] == role), None)


def added(asked: Asked, role: str, parent: str) -> Place:
    """A place that is not held yet."""
    names = {"name_zh": asked.name_zh or "", "name_en": asked.name_en or ""}
    return {"geo": asked.name, "role": role, "parent": parent, **names}


def without_strangers(rows: Sequence[Place], city: Place) -> list[Place]:
    """The places without a province around another city; what lay in it lies in what is around it."""
    parents = {row["geo"]: row["parent"] for row in rows}
    above = ancestors(city["geo"], parents)
    leaving = {row["geo"] for row in rows if row["role"] == "province"} - above
    kept = [row for row in rows if row["geo"] not in leaving]
    for row in kept:
        while row["parent"] in leaving:
            row["parent"] = parents[row["parent"]]
    return kept


def ancestors(geo: str, parents: Mapping[str, str]) -> set[str]:
    """Places around a place."""
    above = set[str]()
    while geo := parents.get(geo, ""):
        above.add(geo)
    return above
