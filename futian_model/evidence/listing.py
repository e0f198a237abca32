"""What is known of an indicator, as lines for a terminal and as records for a script."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from futian_model.errors import UnknownName
from futian_model.evidence.checks import MAIN
from futian_model.evidence.contradictions import KEY
from futian_model.evidence.figures import month
from futian_model.evidence.package import Evidence
from futian_model.evidence.replaced import FIGURE
from futian_model.languages import language, texts

WIDTH = 100
ROOM = Path(__file__).parent


def records(evidence: Evidence, indicator: str, place: str | None = None) -> list[dict[str, Any]]:
    """Every release of an indicator, or of what is published as it: the district's first.

    Parameters
    ----------
    indicator : str
        Of the glossary.
    place : str, optional
        This place alone.

    Returns
    -------
    list of dict
        Keys geo, indicator, period, value (as published, in unit), printed (the value as written), unit,
        price_basis, basis, vintage, source, source_title, precision, note_zh, note_en, differs (from
        another release, beyond rounding), explanation_zh, explanation_en, replaced_by (a source; empty
        where the figure is in use), reason_zh, reason_en (why it is replaced).

    Raises
    ------
    UnknownName
        No such indicator or place.
    """
    for name, table in ((indicator, evidence.indicators), (place, evidence.places)):
        if name is not None and name not in table.index:
            raise UnknownName(name, table.index)
    rows = evidence.observations
    rows = rows[rows["indicator"].isin(held_as(evidence, indicator))]
    if place is not None:
        rows = rows[rows["geo"] == place]
    reasons = evidence.contradictions().drop_duplicates(KEY)
    rows = rows.merge(reasons[[*KEY, "differs", "explanation_zh", "explanation_en"]], on=KEY, how="left")
    rows = rows.merge(evidence.replaced, on=FIGURE, how="left")
    empty = ["explanation_zh", "explanation_en", "replaced_by", "reason_zh", "reason_en"]
    rows = rows.fillna({"differs": False, **dict.fromkeys(empty, "")})
    rows["differs"] &= rows["replaced_by"] == ""
    rows["source_title"] = rows["source"].map(evidence.sources["title"])
    order = {geo: at for at, geo in enumerate(by_role(evidence.places))}
    rows = rows.assign(at=rows["geo"].map(order), released=rows["vintage"].map(month).astype(int))
    rows = rows.sort_values(["at", "indicator", "period", "released"], kind="stable")
    figures = rows.drop(columns=["at", "released"]).to_dict("records")
    return [{str(name): value for name, value in row.items()} for row in figures]


def held_as(evidence: Evidence, indicator: str) -> list[str]:
    """The indicator itself where figures of it are held, else those that it is published as."""
    if (evidence.observations["indicator"] == indicator).any():
        return [indicator]
    return [name for name in str(evidence.indicators.loc[indicator, "published_as"]).split(";") if name]


def by_role(places: pd.DataFrame) -> list[str]:
    """Places, the district first, those it is compared with last."""
    rank = {role: at for at, role in enumerate(MAIN)}
    return list(places["role"].map(rank).fillna(len(MAIN)).sort_values(kind="stable").index)


def listing(evidence: Evidence, indicator: str, lang: str, place: str | None = None) -> str:
    """Text of `records`, at most 100 columns wide; without a place, only the main ones in full."""
    figures = records(evidence, indicator, place)
    main = set(evidence.places.index[evidence.places["role"].isin(MAIN)])
    full = [row for row in figures if place is not None or row["geo"] in main]
    lines = [heading(evidence, indicator, lang)]
    for (geo, name), rows in grouped(full, "geo", "indicator"):
        count = texts(ROOM, lang)["figures"].format(count=len(rows))
        lines += ["", f"{evidence.name(geo, lang)} ({geo})  {name}  {count}"]
        for _, releases in grouped(rows, "period"):
            lines += period(releases, lang)
    others = [(geo, rows) for (geo,), rows in grouped(figures, "geo") if rows[0] not in full]
    if others:
        lines += ["", texts(ROOM, lang)["also"]]
        lines += [beside(evidence, geo, rows, lang) for geo, rows in others]
    if full:
        lines += ["", texts(ROOM, lang)["sources"]]
        titles = {row["source"]: row["source_title"] for row in full}
        for source, title in titles.items():
            lines += wrapped(title, f"  {padded(source, 22)}", 24)
    return "\n".join(lines)


def heading(evidence: Evidence, indicator: str, lang: str) -> str:
    """The indicator's name, and where to look when it is not published itself."""
    words, known = texts(ROOM, lang), evidence.indicators.loc[indicator]
    line, names = f"{evidence.name(indicator, lang)} ({indicator})", held_as(evidence, indicator)
    if names == [indicator]:
        return line
    if names:
        return f"{line}: {words['as'].format(names=', '.join(names))}"
    see = [name for name in str(known["see_also"]).split(";") if name]
    parts = [words["none_held"], *([words["see"].format(names=", ".join(see))] if see else [])]
    return f"{line}: {'; '.join(parts)}"


def period(releases: list[dict[str, Any]], lang: str) -> Iterator[str]:
    """Lines of one period: a release each, its basis and note below, then why they differ."""
    words = texts(ROOM, lang)
    for at, row in enumerate(releases):
        mark, first = "!" if row["differs"] else " ", row["period"] if at == 0 else ""
        cells = [
            padded(f"{first}", 10), mark, f"{row['printed']:>12} ", padded(row["unit"], 12),
            padded(words[row["price_basis"]], 9), padded(row["vintage"], 9),
            padded(words[row["precision"]], 12), row["source"],
        ]  # fmt: skip
        yield "".join(cells)
        note = row[language(lang).column("note")]
        beneath = "; ".join(filter(None, (basis_told(row["basis"], lang), note, replaced_told(row, lang))))
        if beneath:
            yield from wrapped(beneath, " " * 24, 24)
    reason = releases[0][language(lang).column("explanation")]
    if reason or any(row["differs"] for row in releases):
        yield from wrapped(reason or words["differ"], f"{'':10}! ", 12)


def beside(evidence: Evidence, geo: str, rows: list[dict[str, Any]], lang: str) -> str:
    """A place that is not printed in full: how many figures of which years, and how to see them."""
    words = texts(ROOM, lang)
    years = f"{rows[0]['period'][:4]}-{rows[-1]['period'][:4]}"
    count = words["figures"].format(count=len(rows))
    option = padded(words["place"].format(geo=geo), 28)
    return f"  {option}{years:11}{padded(count, 14)}{evidence.name(geo, lang)}"


def basis_told(basis: str, lang: str) -> str:
    """A statistical basis in words."""
    if not basis:
        return ""
    year = basis[-4:]
    kind = re.sub(r"_?(economic_)?census_\d{4}$", "", basis) or (
        "economic" if "economic" in basis else "census"
    )
    return texts(ROOM, lang)[kind].format(year=year)


def replaced_told(row: Mapping[str, Any], lang: str) -> str:
    """Which source stands in place of a figure's own, and why."""
    if not row["replaced_by"]:
        return ""
    return texts(ROOM, lang)["replaced"].format(
        source=row["replaced_by"], reason=row[language(lang).column("reason")]
    )


def grouped(rows: list[dict[str, Any]], *keys: str) -> list[tuple[tuple[str, ...], list[dict[str, Any]]]]:
    """Rows by the values of their keys, in their order."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[key] for key in keys), []).append(row)
    return list(groups.items())


def columns(text: str) -> int:
    """Columns of a terminal that a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def padded(text: str, width: int) -> str:
    """Text filled with spaces to a number of columns, with one space at least."""
    return text + " " * max(1, width - columns(text))


def wrapped(text: str, start: str, indent: int) -> list[str]:
    """Text over as many lines as it needs, the first behind `start`, the others indented."""
    room, lines, line = WIDTH - indent, [], ""
    # breaks between words, and between any two wide characters
    for piece in re.findall(r"[^\s⺀-￿]+\s*|[⺀-￿]\s*|\s+", text):
        if line and columns(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [f"{start if at == 0 else ' ' * indent}{text}" for at, text in enumerate([*lines, line.rstrip()])]
