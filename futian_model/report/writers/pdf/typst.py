"""Pages set by typst: from the template, data and pictures in a folder of their own."""

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from futian_model.report.page.carried import NAME
from futian_model.report.page.elements import Run
from futian_model.report.writers.pdf.data import look
from futian_model.report.writers.pdf.fonts import Spelling

if TYPE_CHECKING:
    from typst import Fonts


def pages(
    report: dict[str, Any], pictures: Mapping[str, bytes], packed: str, spelling: Spelling
) -> tuple[bytes, list[str]]:
    """A PDF to read and to have read aloud (PDF/UA).

    Parameters
    ----------
    report : dict
        What the template lays out.
    pictures : mapping of str to bytes
        By the names that the report gives them.
    packed : str
        The notebook to carry.
    spelling : Spelling

    Returns
    -------
    bytes
    list of str
        What had to be left out: pictures that cannot be read, whose descriptions stand instead.
    """
    from typst import TypstError

    sources = {NAME: packed.encode("ascii"), **pictures}
    fonts = spelling.faces.fonts
    try:
        return _reported(report, sources, fonts), []
    except TypstError:
        broken = {name for name, content in pictures.items() if not _readable(name, content, fonts)}
    told: list[str] = []
    report = report | {"spreads": _without(report["spreads"], broken, told, spelling)}
    try:
        return _reported(report, sources, fonts), told
    except TypstError as error:
        told.append(f"not a PDF to be read aloud (PDF/UA): {error}")
        return _reported(report, sources, fonts, aloud=False), told


def _reported(
    report: Mapping[str, Any], sources: Mapping[str, bytes], fonts: "Fonts", *, aloud: bool = True
) -> bytes:
    data = json.dumps(report, ensure_ascii=False, default=look).encode()
    return _set({"main.typ": _template(), "report.json": data, **sources}, fonts, aloud=aloud)


@lru_cache
def _template() -> bytes:
    return (files("futian_model.report.writers.pdf") / "templates" / "report.typ").read_bytes()


def _set(sources: Mapping[str, bytes], fonts: "Fonts", *, aloud: bool = True) -> bytes:
    from typst import compile as set_in_type

    # nothing outside the folder can be referred to
    with TemporaryDirectory() as folder:
        for name, content in sources.items():
            (Path(folder) / name).write_bytes(content)
        made = set_in_type(
            Path(folder) / "main.typ",
            root=Path(folder),
            font_paths=fonts,
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"] if aloud else [],
        )
    return made


def _readable(name: str, content: bytes, fonts: "Fonts") -> bool:
    from typst import TypstError

    source = f'#set document(title: "{NAME}")\n#image("{name}", alt: "{NAME}")'
    try:
        _set({"main.typ": source.encode(), name: content}, fonts)
    except TypstError:
        return False
    return True


def _without(content: Any, broken: set[str], told: list[str], spelling: Spelling) -> Any:
    """The same data with descriptions in place of some pictures, which are told of."""
    if isinstance(content, Mapping):
        if content.get("file") in broken:
            told.append(
                f"a picture cannot be read, so its description stands instead: {content['alternative']}"
            )
            return {"is": "paragraph", "runs": [Run(spelling(content["alternative"]), italic=True)]}
        return {key: _without(value, broken, told, spelling) for key, value in content.items()}
    return (
        [_without(one, broken, told, spelling) for one in content] if isinstance(content, list) else content
    )
